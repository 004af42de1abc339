"""Where the name and the picture of a look stand, alike in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workbook.exports.formats._cells import words_for
from workbook.exports.formats._limits import RUNNING

if TYPE_CHECKING:
    from workbook.exports.report import Report

LOGO_MM: Final = (60.0, 12.0)
"""The room of the picture at the head of the first page; our default, as high as the head is."""


def name_logo(report: Report) -> str:
    """The words of the picture, for whoever cannot see it."""
    words, name = words_for(report.language), report.look.name
    return words["logo"].format(name=name) if name else words["logo-bare"]


def write_running(report: Report) -> str:
    """What stands at the head of every page after the first: the name, and the title."""
    title = report.title[:RUNNING]
    if not report.look.name:
        return title
    return words_for(report.language)["running"].format(name=report.look.name, title=title)
