"""A document which has days as a calendar file; its other words stay in the other formats."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from workbook.exports.dates import MEDIA_TYPE, SUFFIX, Dated, DatedReport, write_dates
from workbook.exports.formats._cells import words_for
from workbook.exports.report import Paper, Report

__all__ = ["MEDIA_TYPE", "NAME", "ONLY_DATES", "ORDER", "SUFFIX", "write"]
NAME: Final = "ics"
ORDER = 70
ONLY_DATES: Final = True
"""It suits only documents which have days."""
_UNDATED: Final = datetime(2000, 1, 1, tzinfo=UTC)


def write(report: Report, *, paper: Paper = Paper.A4) -> bytes:  # noqa: ARG001 - no sheet here
    """The days of a report as a calendar file; where there are none, one day that says so."""
    written = (report.properties.written or _UNDATED).date()
    dates = report.dates if isinstance(report, DatedReport) else ()
    if not dates:
        dates = (Dated("none", report.title, words_for(report.language)["empty-report"], written),)
    name = ", ".join(part for part in (report.title, report.properties.author) if part)
    return write_dates(dates, name=name, first=written)
