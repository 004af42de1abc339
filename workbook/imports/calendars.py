"""Appointments of a calendar that are over, with those that repeat, one by one.

Rules are followed as people set them for blocks of work: every so many days or weeks, on some
weekdays, or once in a month. Others are told and left out: some of them never end, and a calendar
can be made so that looking for their next day takes for ever.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_STEPS: Final = 100_000
"""Days that are looked at for all rules together."""
_MOVED: Final = "RECURRENCE-ID"
_DAY: Final = timedelta(days=1)
_BROKEN: Final = (ValueError, TypeError, AttributeError, LookupError, ArithmeticError)
"""What the library raises for a calendar that is none, or an appointment that makes no sense."""
_PARTS: Final = frozenset({"VEVENT", "VTIMEZONE"})
_HEAD: Final = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-\n"
_PLAIN: Final = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"})
_ALLOWED: Final = {
    "DAILY": _PLAIN | {"BYDAY"},
    "WEEKLY": _PLAIN | {"BYDAY"},
    "MONTHLY": _PLAIN | {"BYDAY", "BYMONTHDAY"},
    "YEARLY": _PLAIN,
}
_WEEKDAY: Final = re.compile(r"^(?:[1-4]|-1)?(?:MO|TU|WE|TH|FR|SA|SU)$")
_EACH_MONTH: Final = 28


@dataclass(frozen=True, slots=True)
class Block:
    """One appointment: its day, how long it was, and what it is called."""

    day: date
    hours: float
    texts: tuple[str, ...]


@dataclass(slots=True)
class Calendar:
    """What a calendar comes to."""

    blocks: list[Block] = field(default_factory=list)
    unread: int = 0
    """Appointments that repeat by a rule which is not followed."""
    broken: int = 0
    """Appointments that break off, or make no sense."""


@dataclass(slots=True)
class _Steps:
    left: int = MOST_STEPS


def read_calendar(text: str, first: date, last: date) -> Calendar:
    """The appointments between two days, both included; whole days are no work and are left out.

    Raises:
        ValueError: The text is no calendar.
    """
    found, steps = Calendar(), _Steps()
    given, found.broken = _open(text)
    events = [event for event in given if _is_timed(event)]
    found.broken += sum(_begin(event) is None for event in given)
    moved = {name for event in events if _MOVED in event and (name := _name(event))}
    for event in events:
        try:
            _take(event, found, steps, moved, (first, last))
        except _BROKEN:
            found.broken += 1
    return found


def _open(text: str) -> tuple[list[Any], int]:
    """The appointments of a calendar, each by itself where not all of it can be read."""
    from icalendar import Calendar as Given  # noqa: PLC0415 - heavy, and only for calendars

    try:
        return list(Given.from_ical(text).walk("VEVENT")), 0
    except _BROKEN:
        zones, blocks, broken = _split(text)
    events: list[Any] = []
    for block in blocks:
        try:
            events += Given.from_ical(f"{_HEAD}{zones}{block}END:VCALENDAR\n").walk("VEVENT")
        except _BROKEN:
            broken += 1
    if not (events or broken):
        raise ValueError
    return events, broken


def _split(text: str) -> tuple[str, list[str], int]:
    """The zones of a calendar, its whole appointments, and how many break off."""
    zones, blocks, broken = "", [], 0
    name, kept = "", ""
    for line in text.splitlines():
        mark, _, told = line.strip().upper().partition(":")
        if mark == "BEGIN" and told in _PARTS:
            broken += name == "VEVENT"
            name, kept = told, ""
        kept = f"{kept}{line}\n" if name else ""
        if mark == "END" and told == name:
            zones += kept if name == "VTIMEZONE" else ""
            blocks += [kept] if name == "VEVENT" else []
            name = ""
    return zones, blocks, broken + (name == "VEVENT")


def _take(
    event: Any,  # noqa: ANN401 - an event as the library gives it
    found: Calendar,
    steps: _Steps,
    moved: set[tuple[str, datetime]],
    days: tuple[date, date],
) -> None:
    """Add an appointment to a calendar, as often as it was."""
    start, length = _plain(event["DTSTART"].dt), _measure(event)
    if not timedelta(0) < length < _DAY:
        return
    texts = (*_categories(event), str(event.get("SUMMARY", "")))
    starts = _repeat(event, start, days[1], steps)
    if starts is None or steps.left < 0:
        found.unread += 1
        return
    left_out = _exceptions(event)
    for at in starts:
        is_moved = _MOVED not in event and (str(event.get("UID")), at) in moved
        if days[0] <= at.date() <= days[1] and at not in left_out and not is_moved:
            found.blocks.append(Block(at.date(), length.total_seconds() / 3600, texts))


def _name(event: Any) -> tuple[str, datetime] | None:  # noqa: ANN401 - an event of the library
    """Which one of the repeated appointments was moved to another time; None for none."""
    try:
        return str(event.get("UID")), _on_clock_of(event, event[_MOVED].dt)
    except _BROKEN:
        return None


def _on_clock_of(event: Any, moment: Any) -> datetime:  # noqa: ANN401 - as above
    """A moment on the clock on which an appointment begins; other programs write them in UTC."""
    zone = event["DTSTART"].dt.tzinfo
    is_aware = isinstance(moment, datetime) and moment.tzinfo is not None
    return _plain(moment.astimezone(zone) if is_aware and zone else moment)


def _is_timed(event: Any) -> bool:  # noqa: ANN401 - an event as the library gives it
    return isinstance(_begin(event), datetime)


def _begin(event: Any) -> Any:  # noqa: ANN401 - as above
    """The day or the moment an appointment begins; None where it has none that makes sense."""
    try:
        return event["DTSTART"].dt
    except _BROKEN:
        return None


def _plain(moment: Any) -> datetime:  # noqa: ANN401 - a day or a moment
    """A moment on the clock of its own zone."""
    is_moment = isinstance(moment, datetime)
    clock = moment.time() if is_moment else datetime.min.time()
    return datetime.combine(moment.date() if is_moment else moment, clock)


def _measure(event: Any) -> timedelta:  # noqa: ANN401 - as above
    start = event["DTSTART"].dt
    end = event["DTEND"].dt if "DTEND" in event else None
    if isinstance(end, datetime):
        if (end.tzinfo is None) != (start.tzinfo is None):
            return _plain(end) - _plain(start)
        return timedelta(seconds=(end - start).total_seconds())
    length = event["DURATION"].dt if "DURATION" in event else timedelta(0)
    return length if isinstance(length, timedelta) else timedelta(0)


def _categories(event: Any) -> Iterable[str]:  # noqa: ANN401 - as above
    told = event.get("CATEGORIES", [])
    for each in told if isinstance(told, list) else [told]:
        yield from map(str, getattr(each, "cats", [each]))


def _exceptions(event: Any) -> set[datetime]:  # noqa: ANN401 - as above
    told = event.get("EXDATE", [])
    each = told if isinstance(told, list) else [told]
    return {_on_clock_of(event, day.dt) for dates in each for day in getattr(dates, "dts", ())}


# -- repeating ---------------------------------------------------------------------------------


def _repeat(event: Any, start: datetime, last: date, steps: _Steps) -> Iterable[datetime] | None:  # noqa: ANN401 - as above
    """When an appointment begins, each time; None where its rule is not followed."""
    rule = event.get("RRULE")
    if rule is None:
        return [start]
    if isinstance(rule, list) or not _is_followed(rule):
        return None
    return list(_follow(rule, start, event["DTSTART"].dt.tzinfo, last, steps))


def _is_followed(rule: Any) -> bool:  # noqa: ANN401 - as above
    how = str(rule.get("FREQ", [""])[0]).upper()
    days = [str(day).upper() for day in rule.get("BYDAY", [])]
    numbers = [int(day) for day in rule.get("BYMONTHDAY", [])]
    if not set(rule) <= _ALLOWED.get(how, frozenset()):
        return False
    plain = how == "MONTHLY" or not any(day[:1] in "-1234" for day in days)
    return (
        plain
        and all(_WEEKDAY.match(day) for day in days)
        and all(0 < number <= _EACH_MONTH for number in numbers)
        and not (days and numbers)
    )


def _follow(rule: Any, start: datetime, zone: Any, last: date, steps: _Steps) -> Iterator[datetime]:  # noqa: ANN401 - as above
    from dateutil.rrule import rrulestr  # noqa: PLC0415 - heavy, and only for calendars

    kept = {key: rule[key] for key in rule if key not in {"COUNT", "UNTIL"}}
    text = ";".join(f"{key}={','.join(map(str, values))}" for key, values in kept.items())
    most = int(rule["COUNT"][0]) if "COUNT" in rule else None
    until = _read_until(rule["UNTIL"][0], zone) if "UNTIL" in rule else None
    for number, at in enumerate(rrulestr(text, dtstart=start)):
        steps.left -= 1
        is_over = at.date() > last or (until is not None and at > until)
        if steps.left < 0 or is_over or (most is not None and number >= most):
            return
        yield at


def _read_until(until: Any, zone: Any) -> datetime:  # noqa: ANN401 - as above
    if not isinstance(until, datetime):
        return datetime.combine(until, datetime.max.time())
    return _plain(until.astimezone(zone) if until.tzinfo and zone else until)
