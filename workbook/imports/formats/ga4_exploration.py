"""An exploration of Google Analytics 4: any dimensions side by side, its total in the first row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.imports.columns import is_google
from workbook.imports.format import Signature, Source, VisitFormat, VisitReading
from workbook.imports.google import TOOL, find_range, read_google
from workbook.imports.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.imports.reports import Report

NAME = "ga4_exploration"


def _read(source: Source, _: VisitReading) -> Iterator[Report]:
    span = find_range(source.preamble) if isinstance(source, Table) else None
    yield from read_google(source, NAME, span)


FORMAT = VisitFormat(
    id=NAME,
    tool=TOOL,
    signature=Signature(header=is_google, table=lambda t: find_range(t.preamble) is not None),
    read=_read,
)
