"""A report of Google Analytics 4, as “Download CSV” writes it: one dimension, the whole period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.imports.columns import is_google
from workbook.imports.format import Signature, Source, VisitFormat, VisitReading
from workbook.imports.google import TOOL, find_days, find_range, read_google
from workbook.imports.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.imports.reports import Report

NAME = "ga4_report"


def _read(source: Source, _: VisitReading) -> Iterator[Report]:
    span = find_days(source.preamble) if isinstance(source, Table) else None
    yield from read_google(source, NAME, span)


FORMAT = VisitFormat(
    id=NAME,
    tool=TOOL,
    signature=Signature(header=is_google, table=lambda t: find_range(t.preamble) is None),
    read=_read,
)
