"""A report as a Word document: real styles, captions, headers that repeat, fields, alt text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.exports.report import Paper

if TYPE_CHECKING:
    from workbook.exports.report import Report

NAME = "docx"
SUFFIX = ".docx"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ORDER = 10


TAKES_TEMPLATE = True


def write(report: Report, *, paper: Paper = Paper.A4, template: bytes | None = None) -> bytes:
    """The report as a Word document, on its own or in a company's template.

    Raises:
        TemplateUnusable: The template cannot be used.
    """
    from workbook.exports.formats._docx.document import build  # noqa: PLC0415 - loads python-docx

    return build(report, paper, template)
