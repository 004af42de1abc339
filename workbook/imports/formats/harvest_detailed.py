"""The detailed time report of Harvest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workbook.imports.format import HoursFormat, Signature, Source, VisitReading, one_of
from workbook.imports.hours import Tracker, read_hours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.records import HoursSpent

NAME: Final = "harvest_detailed"
_TRACKER: Final = Tracker(
    day=("date",),
    hours=("hours",),
    texts=("task", "project", "notes"),
)


def _read(source: Source, reading: VisitReading) -> Iterator[HoursSpent]:
    yield from read_hours(source, NAME, _TRACKER, reading)


FORMAT = HoursFormat(
    id=NAME,
    signature=Signature(headers=one_of("date", "hours", "billable?", "project")),
    read=_read,
)
