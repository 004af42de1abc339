"""Days and times as files write them, read as moments that know their zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Final

from workbook.values import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from workbook.imports.format import Reading

_MONTHS: Final = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
_CLOCK: Final = r"""
    (?:[T ,]+(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?
    \s*(?P<half>[ap])?\.?m?\.?)?\s*(?P<offset>Z|UTC|GMT|[+-]\d{2}:?\d{2})?$
"""


def _compile(day: str) -> re.Pattern[str]:
    return re.compile(f"^{day}{_CLOCK}", re.IGNORECASE | re.VERBOSE)


_NUMERIC: Final = _compile(
    r"(?P<one>\d{1,2})(?P<mark>[./-])(?P<two>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2})"
)
_YEAR_FIRST: Final = _compile(r"(?P<year>\d{4})[-/.](?P<two>\d{1,2})[-/.](?P<one>\d{1,2})")
_NAMED: Final = _compile(
    r"""(?:[a-z]{3,9}\.?,?\s+)?
    (?:(?P<one>\d{1,2})\.?\s+(?P<month>[a-z]{3})[a-z]*\.?
    |(?P<month2>[a-z]{3})[a-z]*\.?\s+(?P<one2>\d{1,2}))
    ,?\s+(?P<year>\d{4})"""
)
_FEED: Final = re.compile(
    r"""^[a-z]{3}\s(?P<month>[a-z]{3})\s(?P<one>\d{1,2})\s
    (?P<clock>[\d:]+)\s(?P<offset>[+-]\d{4})\s(?P<year>\d{4})$""",
    re.IGNORECASE | re.VERBOSE,
)
"""As in “Sat Dec 06 18:20:30 +0000 2025”."""
_FIRST_YEAR, _LAST_YEAR, _MONTHS_IN_A_YEAR = 2000, 2100, 12
_LONGEST: Final = 60
_ISO_LENGTH: Final = len("2026-05-08 17:50")


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in UTC, and whether the file gave a time of day with it."""

    at: datetime
    has_time: bool = True

    @property
    def clock(self) -> datetime | None:
        """The moment, where its time of day is known."""
        return self.at if self.has_time else None


def clock_of(moment: Moment | None) -> datetime | None:
    """A moment whose time of day is known, or None."""
    return moment.clock if moment else None


def read_moments(
    columns: Mapping[str, Sequence[str]],
    numbers: Sequence[int],
    reading: Reading,
    *,
    utc: bool = False,
) -> dict[str, list[Moment | None]] | None:
    """Columns of times, read in one order of day and month for the whole file.

    Args:
        columns: The cells of each column, by its name.
        numbers: Where in the file each row stands.
        reading: Zone and order for what the file leaves open; takes the problems.
        utc: Whether times without a zone are in UTC, as the source says.

    Returns:
        For each column its moments, None where nothing or nothing readable stands; or None
        altogether when day and month cannot be told apart, with a problem that says so.
    """
    day_first = _decide_order((c for cells in columns.values() for c in cells), reading)
    if isinstance(day_first, Problem):
        reading.problems.append(day_first)
        return None
    found: dict[str, list[Moment | None]] = {}
    for name, cells in columns.items():
        found[name] = [_read(cell, reading, day_first=day_first, utc=utc) for cell in cells]
        lost = [n for n, cell, m in zip(numbers, cells, found[name], strict=True) if cell and not m]
        if lost:
            reading.unreadable.setdefault(name, []).extend(lost)
    return found


def read_epoch(value: object) -> Moment | None:
    """Seconds since 1970 as a moment; 0 and what is no number mean none."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
        return None
    try:
        moment = datetime.fromtimestamp(value, UTC)
    except (OverflowError, OSError, ValueError):
        return None
    return Moment(moment) if _FIRST_YEAR <= moment.year <= _LAST_YEAR else None


def _decide_order(cells: Iterable[str], reading: Reading) -> bool | Problem:
    """Whether the day comes first, as one cell with a number above 12 tells for all."""
    seen: dict[str, str] = {}
    for cell in cells:
        may_be = len(cell) <= _LONGEST and not cell[:4].isdecimal()
        match = _NUMERIC.match(cell) if may_be else None
        if match is not None and match["mark"] != ".":
            seen.setdefault(_tell_order(int(match["one"]), int(match["two"])), cell)
    if "day" in seen and "month" in seen:
        return Problem("dates-mixed", {"one": seen["day"], "other": seen["month"]})
    if "day" in seen or "month" in seen:
        return "day" in seen
    if "open" in seen and reading.day_first is None:
        return Problem("dates-ambiguous", {"example": seen["open"]})
    return bool(reading.day_first)


def _tell_order(one: int, two: int) -> str:
    """What comes first in a date with two numbers: “day”, “month”, or it stays “open”."""
    if one > _MONTHS_IN_A_YEAR:
        return "day"
    if two > _MONTHS_IN_A_YEAR:
        return "month"
    return "same" if one == two else "open"


def _read(cell: str, reading: Reading, *, day_first: bool, utc: bool) -> Moment | None:
    if not cell or len(cell) > _LONGEST:
        return None
    try:
        moment = _read_iso(cell) or _read_feed(cell) or _read_parts(cell, day_first=day_first)
        if moment is None or not _FIRST_YEAR <= moment.at.year <= _LAST_YEAR:
            return None
        at = moment.at
        if at.tzinfo is None:
            reading.zone_used = reading.zone_used or not utc
            at = at.replace(tzinfo=UTC if utc else reading.zone)
        return Moment(at.astimezone(UTC), moment.has_time)
    except (ValueError, OverflowError):
        return None


def _read_iso(cell: str) -> Moment | None:
    """The form most programs write, read quickly; any oddity is left to the slower readers."""
    if not (len(cell) >= _ISO_LENGTH and cell[4] == "-" and cell[10] in " T"):
        return None
    try:
        return Moment(datetime.fromisoformat(cell))
    except ValueError:
        return None


def _read_feed(cell: str) -> Moment | None:
    match = _FEED.match(cell)
    if match is None:
        return None
    month = _MONTHS.index(match["month"].lower()) + 1
    text = f"{match['year']}-{month:02}-{int(match['one']):02}T{match['clock']}{match['offset']}"
    return Moment(datetime.fromisoformat(text))


def _read_parts(cell: str, *, day_first: bool) -> Moment | None:
    match = _YEAR_FIRST.match(cell) or _NUMERIC.match(cell) or _NAMED.match(cell)
    if match is None:
        return None
    groups = match.groupdict()
    year = int(groups["year"]) + (_FIRST_YEAR if len(groups["year"]) == 2 else 0)  # noqa: PLR2004 - 26 is 2026
    name = groups.get("month") or groups.get("month2")
    one = int(groups.get("one") or groups["one2"])
    two = _MONTHS.index(name.lower()) + 1 if name else int(groups["two"])
    swapped = groups.get("mark") in ("/", "-") and not day_first
    month, day = (one, two) if swapped else (two, one)
    at = datetime(year, month, day)  # noqa: DTZ001 - the zone follows
    if groups["hour"] is None:
        return Moment(at, has_time=False)
    at += timedelta(hours=_read_hour(groups), minutes=_at_most(groups["minute"], 59))
    at += timedelta(seconds=_at_most(groups["second"] or "0", 60))
    return Moment(at.replace(tzinfo=_read_offset(groups["offset"])))


def _read_hour(groups: Mapping[str, str | None]) -> int:
    hour, half = int(groups["hour"] or 0), groups["half"]
    if not half:
        return _at_most(str(hour), 24)
    return _at_most(str(hour), 12) % 12 + (12 if half.lower() == "p" else 0)


def _at_most(text: str, most: int) -> int:
    number = int(text)
    if number > most:
        raise ValueError(number)
    return number


def _read_offset(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text.upper() in {"Z", "UTC", "GMT"}:
        return UTC
    return datetime.fromisoformat(f"2000-01-01T00:00{text}").tzinfo
