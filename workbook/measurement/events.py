"""Events of visits in one form, whatever told them, and what they come to when added up.

The form is a table with the columns of ``COLUMNS``, one row for a page seen or a thing done.
Visitors stand in it as numbers or digests; they end with the run, and only counts leave it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from workbook.measurement.targets import STAGES
from workbook.records import SocialVisits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from workbook.values import Problem

COLUMNS: Final = {
    "visitor": "who, as a digest; nobody can be told from it",
    "visit": "the vendor's own id of the visit; null where visits are to be found by silence",
    "moment": "seconds since 1970, UTC",
    "day": "days since 1970 on the business's own clock",
    "page": "the path as compared: small letters, no query, no closing slash; may be empty",
    "action": "empty for a page seen; POST, PUT, PATCH for a form sent; or the name of an event",
    "tag": "utm_source", "medium": "utm_medium", "campaign": "utm_campaign",
    "click": "the name of a click's mark in the address",
    "referrer": "the host of the page before",
    "app": "the platform whose app the page was opened in",
    "channel": "the vendor's channel, in its own words",
}  # fmt: skip
"""The canonical event; texts are empty, never null, where there is nothing."""
_FIRST_DAY: Final = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class DayCount:
    """Visits of one day from one place, and how many of them came how far, each visit once."""

    day: date
    platform: str
    """An id of ``platforms/``; “other” for a network without one; empty where none is named."""
    network: str = ""
    """The name of a network that is no platform of the workbook."""
    channel: str = ""
    """How the vendor files these visits, in its own words; empty where it does not say."""
    sessions: int = 0
    services: int = 0
    contact: int = 0
    went_on: int = 0
    """Visits that saw a Services page and then, or in the same second, a Contact page."""
    used: int = 0
    by_app: int = 0
    """Visits whose platform only the browser inside its app told."""


COUNTS: Final = tuple(f.name for f in fields(DayCount) if f.type == "int")


@dataclass(frozen=True, slots=True)
class EventCounts:
    """What a file or a database of events comes to: counts only, and what they leave open."""

    format: str
    """The id of the format; empty where the file is none that is known."""
    rows: tuple[DayCount, ...] = ()
    """From social media, by day, place and the vendor's channel."""
    told: tuple[str, ...] = STAGES
    """The stages that could be told; the others are 0 in the rows and mean nothing."""
    unseen: tuple[str, ...] = ()
    """The stages that nobody at all reached, from any source: a page may be written otherwise."""
    first: date | None = None
    last: date | None = None
    """The days from the first to the last event."""
    sessions: int = 0
    """All visits of people, from wherever they came."""
    unknown: int = 0
    """Visits that say nothing of their source: typed, bookmarked, or from an app that is silent."""
    lines: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    """How many lines were not counted, by reason."""
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    cannot_say: tuple[Problem, ...] = ()

    def total(self, platform: str | None = None) -> DayCount | None:
        """All days together, of one platform or of all; None without a visit."""
        rows = [row for row in self.rows if platform in (None, row.platform)]
        return _add(rows, rows[0].day, platform or "") if rows else None

    @property
    def platforms(self) -> tuple[str, ...]:
        """The platforms with visits, sorted."""
        return tuple(sorted({row.platform for row in self.rows}))

    def by_day(self) -> tuple[DayCount, ...]:
        """By day and platform, the vendor's channels together."""
        return _group(self.rows, lambda day: day)

    def by_week(self) -> tuple[DayCount, ...]:
        """By week and platform; a week is named by its Monday."""
        return _group(self.rows, lambda day: day - timedelta(days=day.weekday()))

    def to_visits(self) -> tuple[SocialVisits, ...]:
        """The records that are kept: by day and platform; None for a stage nobody can tell."""
        return tuple(self._record(row) for row in self.by_day())

    def _record(self, row: DayCount) -> SocialVisits:
        stages: dict[str, Any] = {s: getattr(row, s) if s in self.told else None for s in STAGES}
        return SocialVisits(
            row.platform, self.format, start=row.day, end=row.day, sessions=row.sessions, **stages
        )


def _group(rows: Iterable[DayCount], start: Callable[[date], date]) -> tuple[DayCount, ...]:
    groups: dict[tuple[date, str], list[DayCount]] = defaultdict(list)
    for row in rows:
        groups[start(row.day), row.platform].append(row)
    return tuple(_add(found, day, platform) for (day, platform), found in sorted(groups.items()))


def _add(rows: list[DayCount], day: date, platform: str) -> DayCount:
    counts = {name: sum(getattr(row, name) for row in rows) for name in COUNTS}
    return DayCount(day, platform, **counts)


def read_day(number: int) -> date:
    """The day of a number of days since 1970."""
    return _FIRST_DAY + timedelta(days=number)


def number_day(day: date) -> int:
    """How many days lie between 1970 and a day."""
    return (day - _FIRST_DAY).days
