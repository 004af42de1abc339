"""Blocks of time in a calendar: appointments with a beginning and an end, repeated ones too."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from workbook.imports.calendars import read_calendar
from workbook.imports.containers import Text
from workbook.imports.format import HoursFormat, Signature, Source, VisitReading
from workbook.imports.hours import name_places
from workbook.records import HoursSpent
from workbook.values import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

NAME: Final = "calendar_blocks"
_BACK: Final = timedelta(days=3 * 366)
"""How far back appointments are looked for."""


def _read(source: Source, reading: VisitReading) -> Iterator[HoursSpent]:
    """Hours by place and day, of appointments that are over."""
    if not isinstance(source, Text):
        return
    try:
        found = read_calendar(source.text, reading.today - _BACK, reading.today)
    except Exception:  # noqa: BLE001 - a damaged calendar fails in any way the library knows
        reading.problems.append(Problem("calendar-damaged", {"name": source.name}))
        return
    if found.broken:
        values = {"name": source.name, "count": found.broken}
        reading.problems.append(Problem("calendar-events", values))
    elif "END:VCALENDAR" not in source.text:
        reading.problems.append(Problem("visits-cut", {"name": source.name}))
    if found.unread:
        values = {"name": source.name, "count": found.unread}
        reading.problems.append(Problem("calendar-rules", values))
    added: dict[tuple[str, date], float] = {}
    for block in found.blocks:
        key = (name_places(block.texts), block.day)
        added[key] = added.get(key, 0.0) + block.hours
    for (place, day), hours in added.items():
        yield HoursSpent(place, NAME, day, hours)


FORMAT = HoursFormat(
    id=NAME,
    signature=Signature(text=lambda text: text.lstrip().startswith("BEGIN:VCALENDAR")),
    read=_read,
)
