"""Hours that time trackers and calendars tell of, by platform and day, without what was done."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from workbook.imports.amounts import read_duration, read_spans
from workbook.imports.places import find_place
from workbook.imports.tables import Table
from workbook.measurement.names import find_platform
from workbook.platforms import load_platforms
from workbook.records import SEVERAL, HoursSpent
from workbook.values import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from workbook.imports.format import Source, VisitReading

_DAY: Final = 24.0
_SHORT: Final = 2
"""A name of one sign, such as X, is looked for where it stands alone, never within a sentence."""
_OWN: Final = "own"
"""The website of the business, which is no network; the word stands in many an entry."""
_LONGEST_TEXT: Final = 500
_HOST: Final = re.compile(r"[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True, slots=True)
class Tracker:
    """Where in a tracker's table things stand; the first column there is counts."""

    day: tuple[str, ...]
    hours: tuple[str, ...]
    texts: tuple[str, ...]
    """What names the place, the likeliest first: the tag, the task, the project …"""
    in_seconds: bool = False


def read_hours(
    source: Source, name: str, tracker: Tracker, reading: VisitReading
) -> Iterator[HoursSpent]:
    """The hours of a tracker's table, by platform and day.

    An entry belongs to the place that its first telling column names, and to “several” where
    that names more than one.
    """
    if not isinstance(source, Table):
        return
    column = next((each for each in tracker.day if source.has(each)), tracker.day[0])
    cells = [cell.split("T")[0] for cell in source.column(column)]
    days = read_spans(_title(source, column), cells, source.numbers, reading)
    if days is None:
        return
    named = _title(source, column)
    column = next((each for each in tracker.hours if source.has(each)), tracker.hours[0])
    texts = [source.column(each) for each in tracker.texts]
    added: dict[tuple[str, str], HoursSpent] = {}
    lost: list[int] = []
    dayless: list[int] = []
    for at, (day, cell) in enumerate(zip(days, source.column(column), strict=True)):
        hours = read_duration(cell)
        hours = hours / 3600 if hours is not None and tracker.in_seconds else hours
        if hours is None or hours > _DAY:
            lost.append(source.numbers[at])
        elif day is None:
            dayless += [] if cells[at] else [source.numbers[at]]
        else:
            place = name_places(each[at] for each in texts)
            key = (place, day[0].isoformat())
            before = added[key].hours if key in added else 0.0
            added[key] = HoursSpent(place, name, day[0], before + hours)
    if dayless:
        values = {"column": named, "rows": tuple(dayless)}
        reading.problems.append(Problem("visits-days-unreadable", values))
    if lost:
        values = {"column": _title(source, column), "rows": tuple(lost)}
        reading.problems.append(Problem("hours-unreadable", values))
    yield from added.values()


def _title(table: Table, column: str) -> str:
    at = table.headers.index(column) if table.has(column) else None
    return table.heading[at].strip() if at is not None else column


def name_places(texts: Iterable[str]) -> str:
    """The platform that the first telling text names; “several” for more, empty for none."""
    for text in texts:
        found = _find_places(text[:_LONGEST_TEXT])
        if found:
            return next(iter(found)) if len(found) == 1 else SEVERAL
    return ""


def _find_places(text: str) -> frozenset[str]:
    plain = text.casefold()
    found = {place for host in _HOST.findall(plain) if (place := find_place(host))}
    for piece in re.split(r"[,;|/+&]", plain):
        platform = find_platform(piece.strip().lstrip("#@"))
        found |= {platform.id} if platform else set()
    for platform_id, pattern in _patterns():
        if pattern.search(plain):
            found.add(platform_id)
    return frozenset(found)


@cache
def _patterns() -> Sequence[tuple[str, re.Pattern[str]]]:
    """How each platform is named within a sentence."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    for platform in load_platforms().values():
        if platform.id == _OWN:
            continue
        told = {platform.id.replace("_", " "), platform.name.casefold()}
        told |= {host.split(".")[0] for host in platform.hosts}
        names[platform.id] |= {name for name in told if len(name) > _SHORT}
    return [
        (place, re.compile(rf"(?<![\w.-])(?:{'|'.join(map(re.escape, sorted(found)))})(?![\w-])"))
        for place, found in names.items()
        if found
    ]
