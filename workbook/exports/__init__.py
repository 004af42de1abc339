"""Documents: a format-free report, and the formats that can write it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from workbook.discovery import load_modules
from workbook.errors import ExportError
from workbook.exports.report import Paper, Report

if TYPE_CHECKING:
    from types import ModuleType

__all__ = ["Paper", "Report", "load_formats", "write"]


def load_formats() -> dict[str, ModuleType]:
    """The formats by name; each module has NAME, SUFFIX, MEDIA_TYPE and ``write``."""
    return load_modules("exports/formats")


def write(report: Report, format_name: str, *, paper: Paper = Paper.A4) -> bytes:
    """The report as a file of a format, the same bytes for the same report.

    Raises:
        ExportError: There is no such format.
    """
    module = load_formats().get(format_name)
    if module is None:
        known = ", ".join(sorted(load_formats()))
        raise ExportError(reason=f"“{format_name}” is none of {known}")
    return cast("bytes", module.write(report, paper=paper))
