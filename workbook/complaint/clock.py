"""The clock of a promise: it runs while the business is open, or round the clock.

Opening hours are a week of spells in the business's own time zone; a spell that closes at or
before the time it opens goes on past midnight. All sums are of real minutes, so that a night in
which the clocks change is as long as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

DAYS_IN_A_WEEK = 7
MINUTES_IN_A_DAY = 1440
_FARTHEST = 400
"""Days that are looked ahead for an open minute."""
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Spell:
    """From opening to closing on some days of the week, Monday being 0."""

    days: frozenset[int]
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Calendar:
    """When a business is open: its zone, its week, and the days it is closed.

    Without spells nobody said when it is open: then every minute counts.
    """

    zone: tzinfo
    spells: tuple[Spell, ...] = ()
    closed: tuple[tuple[date, date], ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether anybody said when it is open."""
        return any(spell.days for spell in self.spells)

    def is_closed_on(self, day: date) -> bool:
        """Whether a day is one of those on which it does not open."""
        return any(first <= day <= last for first, last in self.closed)

    def open_between(self, start: datetime, days: int) -> Iterator[tuple[datetime, datetime]]:
        """The open stretches, in UTC and in order, of some days from the one before a moment.

        Stretches that touch or overlap are one; those that are over at the moment are left out.
        """
        first = start.astimezone(self.zone).date() - timedelta(days=1)
        found = (
            stretch
            for number in range(days + 2)
            for stretch in sorted(self._open_on(first + timedelta(days=number)))
            if stretch[1] > start
        )
        yield from _join(found)

    def _open_on(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        if self.is_closed_on(day):
            return
        for spell in self.spells:
            if day.weekday() in spell.days:
                last = day if spell.closes > spell.opens else day + timedelta(days=1)
                opens, closes = self._at(day, spell.opens), self._at(last, spell.closes)
                if closes > opens:
                    yield opens, closes

    def _at(self, day: date, clock: time) -> datetime:
        """A moment in UTC; a time that the clocks skip counts from before they go forward."""
        return datetime.combine(day, clock, self.zone).astimezone(UTC)


def _join(stretches: Iterator[tuple[datetime, datetime]]) -> Iterator[tuple[datetime, datetime]]:
    """Stretches in the order of their beginnings, those that touch or overlap made one."""
    held: tuple[datetime, datetime] | None = None
    for start, end in stretches:
        if held and start <= held[1]:
            held = (held[0], max(held[1], end))
            continue
        if held:
            yield held
        held = (start, end)
    if held:
        yield held


def read_clock(text: str) -> time:
    """The time of day in a text such as 17:30, as answers keep it."""
    hour, minute = text.split(":")
    return time(int(hour), int(minute))


def add_minutes(calendar: Calendar, start: datetime, minutes: float) -> datetime | None:
    """The moment by which so many open minutes have passed, in the business's zone.

    Without opening hours every minute counts. None when it is not open for so many minutes in
    more than a year, or when no calendar reaches so far.
    """
    try:
        if not calendar.is_known:
            return add_plain_minutes(calendar, start, minutes)
        return _count_down(calendar, start.astimezone(UTC), timedelta(minutes=minutes))
    except OverflowError:
        return None


def _count_down(calendar: Calendar, start: datetime, left: timedelta) -> datetime | None:
    for opens, closes in calendar.open_between(start, _FARTHEST):
        begin = max(opens, start)
        if begin + left <= closes:
            return (begin + left).astimezone(calendar.zone)
        left -= closes - begin
    return None


def add_plain_minutes(calendar: Calendar, start: datetime, minutes: float) -> datetime:
    """The moment so many minutes later round the clock, in the business's zone."""
    return (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(calendar.zone)


def count_minutes(calendar: Calendar, start: datetime, end: datetime) -> float:
    """The open minutes between two moments; all of them where nobody said when it is open."""
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    if end <= start:
        return 0.0
    if not calendar.is_known:
        return (end - start) / _MINUTE
    days = (end - start).days + 1
    total = timedelta()
    for opens, closes in calendar.open_between(start, days):
        if opens < end:
            total += min(closes, end) - max(opens, start)
    return total / _MINUTE


def minutes_in_a_business_day(calendar: Calendar) -> int:
    """The open minutes of a usual open day: those of a week, shared among its open days.

    Without opening hours a day has 1,440 minutes.
    """
    open_days = {day for spell in calendar.spells for day in spell.days}
    if not open_days:
        return MINUTES_IN_A_DAY
    monday = datetime(2001, 1, 1, tzinfo=UTC)  # any week in which no clock changes
    week = Calendar(UTC, calendar.spells)
    return round(count_minutes(week, monday, monday + timedelta(days=7)) / len(open_days))


def longest_closed(calendar: Calendar) -> timedelta:
    """The longest time from closing to opening in a usual week; nothing where it is not known."""
    if not calendar.is_known:
        return timedelta()
    week = Calendar(UTC, calendar.spells)
    monday = datetime(2001, 1, 1, tzinfo=UTC)
    stretches = list(week.open_between(monday, 2 * DAYS_IN_A_WEEK))
    gaps = [after[0] - before[1] for before, after in pairwise(stretches)]
    return max(gaps, default=timedelta())


@lru_cache(maxsize=64)  # a year is walked through, and an answer elsewhere changes nothing in it
def longest_closed_ahead(
    calendar: Calendar, start: datetime, days: int
) -> tuple[datetime, datetime] | None:
    """The longest time from closing to opening in the days to come, closed days counted.

    It is as long as it looks on the wall, so that of all weekends the next one is named, and not
    the one in which the clocks go back. None where it is not known when the business is open, or
    where it closes once at the most.
    """
    if not calendar.is_known:
        return None
    gaps = [
        (before[1].astimezone(calendar.zone), after[0].astimezone(calendar.zone))
        for before, after in pairwise(calendar.open_between(start, days))
    ]
    return max(gaps, key=lambda gap: gap[1] - gap[0], default=None)


def closed_spell_after(
    calendar: Calendar, start: datetime, within: timedelta
) -> tuple[datetime, datetime] | None:
    """The longest closed time that begins or is under way between a moment and a time later.

    Closed days count. None where it is not known when the business is open, or where it stays
    open.
    """
    if not calendar.is_known:
        return None
    now = start.astimezone(UTC)
    found: list[tuple[datetime, datetime]] = []
    closed_since = now
    for opens, closes in calendar.open_between(now, _FARTHEST):
        if closed_since > now + within:
            break
        if opens > closed_since:
            found.append((closed_since, opens))
        closed_since = closes
    else:
        if closed_since <= now + within:
            found.append((closed_since, now + timedelta(days=_FARTHEST)))
    longest = max(found, key=lambda spell: spell[1] - spell[0], default=None)
    if longest is None:
        return None
    return longest[0].astimezone(calendar.zone), longest[1].astimezone(calendar.zone)


def is_open(calendar: Calendar, moment: datetime) -> bool:
    """Whether the business is open at a moment; always, where nobody said when it is."""
    if not calendar.is_known:
        return True
    first = next(calendar.open_between(moment, 1), None)
    return first is not None and first[0] <= moment.astimezone(UTC)
