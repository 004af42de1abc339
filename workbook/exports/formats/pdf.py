"""A report as a tagged PDF after PDF/UA-1, which screen readers read in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.exports.report import Paper

if TYPE_CHECKING:
    from workbook.exports.report import Report

NAME = "pdf"
SUFFIX = ".pdf"
MEDIA_TYPE = "application/pdf"
ORDER = 20


def write(report: Report, *, paper: Paper = Paper.A4) -> bytes:
    """The report as a PDF."""
    from workbook.exports.formats._pdf.document import build  # noqa: PLC0415 - loads typst

    return build(report, paper)
