"""Days and times of a document, and a calendar file of them (iCalendar, RFC 5545)."""

from __future__ import annotations

from dataclasses import field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from pydantic.dataclasses import dataclass

from workbook.exports.report import Report
from workbook.exports.text import Line, Text  # noqa: TC001 - pydantic reads them when it runs

if TYPE_CHECKING:
    from collections.abc import Sequence

MEDIA_TYPE: Final = "text/calendar; charset=utf-8"
SUFFIX: Final = ".ics"
_OURS: Final = "social-media-strategy"
_EVERY_MONTH_HAS: Final = 28
_ZONE_YEARS: Final = 5
"""Years for which changes between summer and winter time are written down."""


@dataclass(frozen=True, slots=True)
class Dated:
    """What stands on a day: its id, title and note, when it begins, and how it comes back.

    ``lasts`` is None where it is for the whole day; ``rule`` is a recurrence rule by its parts,
    empty for what happens once.
    """

    id: str
    title: Line
    note: Text
    start: datetime | date
    lasts: timedelta | None = None
    rule: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DatedReport(Report):
    """A document which has days, so that it can become a calendar as well."""

    dates: tuple[Dated, ...] = ()


def write_dates(dates: Sequence[Dated], *, name: str, first: date) -> bytes:
    """Days and times as a calendar file, the same bytes for the same ones.

    Args:
        dates: What stands in it. Ids that stay the same let a calendar which reads the file again
            put the new in the place of the old.
        name: What the calendar is called.
        first: The day it was written.
    """
    from icalendar import Calendar  # noqa: PLC0415 - heavy, and only for calendars

    calendar = Calendar()
    calendar.add("prodid", "-//Social media strategy//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for each in dates:
        calendar.add_component(_write(each, first))
    last = first.replace(year=first.year + _ZONE_YEARS, day=min(first.day, _EVERY_MONTH_HAS))
    calendar.add_missing_timezones(first_date=first, last_date=last)
    raw: bytes = calendar.to_ical()
    return raw


def _write(each: Dated, first: date) -> Any:  # noqa: ANN401 - icalendar's event
    from icalendar import Event  # noqa: PLC0415 - heavy, and only for calendars

    event = Event()
    event.add("uid", f"{each.id}@{_OURS}")
    event.add("dtstamp", datetime.combine(first, time(), UTC))
    event.add("summary", each.title)
    event.add("description", each.note)
    event.add("dtstart", each.start)
    if each.lasts is None:
        event.add("transp", "TRANSPARENT")
    else:
        event.add("duration", each.lasts)
    if each.rule:
        event.add("rrule", each.rule)
    return event
