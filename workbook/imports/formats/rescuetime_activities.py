"""The activities that RescueTime noted by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workbook.imports.format import HoursFormat, Signature, Source, VisitReading, one_of
from workbook.imports.hours import Tracker, read_hours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.records import HoursSpent

NAME: Final = "rescuetime_activities"
_TRACKER: Final = Tracker(
    day=("date",),
    hours=("time spent (seconds)",),
    texts=("activity",),
    in_seconds=True,
)


def _read(source: Source, reading: VisitReading) -> Iterator[HoursSpent]:
    yield from read_hours(source, NAME, _TRACKER, reading)


FORMAT = HoursFormat(
    id=NAME,
    signature=Signature(headers=one_of("date", "time spent (seconds)", "activity")),
    read=_read,
)
