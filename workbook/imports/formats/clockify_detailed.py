"""The detailed report of Clockify."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workbook.imports.format import HoursFormat, Signature, Source, VisitReading, one_of
from workbook.imports.hours import Tracker, read_hours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.records import HoursSpent

NAME: Final = "clockify_detailed"
_TRACKER: Final = Tracker(
    day=("start date",),
    hours=("duration (decimal)", "duration (h)"),
    texts=("tags", "task", "project", "description"),
)


def _read(source: Source, reading: VisitReading) -> Iterator[HoursSpent]:
    yield from read_hours(source, NAME, _TRACKER, reading)


FORMAT = HoursFormat(
    id=NAME,
    signature=Signature(headers=one_of("start date", "duration (h)", "project")),
    read=_read,
)
