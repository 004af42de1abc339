"""Hours by platform and day, as several trackers tell them, and what came of an hour."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from workbook.discovery import read_toml
from workbook.evidence.intervals import count_interval
from workbook.records import SEVERAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from workbook.records import HoursSpent

WORDS: Final = "measurement/results.toml"
UNNAMED: Final = ""
MINUTE: Final = 1 / 60
"""In hours; less than that is as good as no time at all."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A share or a rate with the limits it lies in 95 % of the time."""

    value: float
    low: float
    high: float


class HoursByDay:
    """Hours by platform and day; of two trackers, the one read later counts for its days."""

    def __init__(self, imports: Sequence[Sequence[HoursSpent]], least: float = MINUTE) -> None:
        """The hours of each import, in the order they were read; no rate below the least."""
        self.least = least
        self._by_day: defaultdict[int, dict[str, float]] = defaultdict(dict)
        self._covered: set[int] = set()
        for records in imports:
            self._replace(records)

    def _replace(self, records: Sequence[HoursSpent]) -> None:
        if not records:
            return
        days = [record.day.toordinal() for record in records]
        covered = range(min(days), max(days) + 1)
        for day in covered:
            self._by_day.pop(day, None)
        self._covered.update(covered)
        for record in records:
            told = self._by_day[record.day.toordinal()]
            told[record.platform] = told.get(record.platform, 0.0) + record.hours

    @property
    def is_given(self) -> bool:
        """Whether there are any."""
        return bool(self._covered)

    @property
    def covered(self) -> frozenset[int]:
        """The days that are known, as ordinals, also those on which nobody did anything."""
        return frozenset(self._covered)

    @property
    def platforms(self) -> frozenset[str]:
        """The places that hours are named for."""
        return frozenset(name for told in self._by_day.values() for name in told if name)

    def add_up(self, platform: str, days: Iterable[int]) -> float:
        """Hours on one platform on those of some days that are known."""
        return sum(self._by_day[day].get(platform, 0.0) for day in days if day in self._by_day)

    def reach(self, days: Iterable[int]) -> frozenset[int]:
        """Which of some days are known, or so near to known ones that nobody worked on them.

        None is where no day of them is known.
        """
        wanted = frozenset(days)
        near: int = read_toml(WORDS)["hours"]["edge_days"]
        known = frozenset(self._covered & wanted)
        if not known:
            return known
        first, last = min(self._covered) - near, max(self._covered) + near
        edges = {*range(first, first + near), *range(last - near + 1, last + 1)}
        return known | (wanted & edges)

    def on(self, platform: str | None, days: Iterable[int]) -> float | None:
        """Hours on a platform, or on all that were named, on those of some days that are known.

        None where no day is known, or where no hour ever names the platform.
        """
        known = self.reach(days)
        if not known or platform == UNNAMED or (platform and platform not in self.platforms):
            return None
        if platform:
            return self.add_up(platform, known)
        return sum(self.add_up(name, known) for name in self.platforms)

    def rate(self, count: int, hours: float | None) -> Rate | None:
        """How many came of an hour; None of fewer hours than the least."""
        if hours is None or hours < self.least:
            return None
        low, high = count_interval(count)
        return Rate(count / hours, low / hours, high / hours)

    def apart(self) -> dict[str, float]:
        """Hours that belong to no single platform."""
        names = (SEVERAL, UNNAMED)
        found = {n: sum(each.get(n, 0.0) for each in self._by_day.values()) for n in names}
        return {name: value for name, value in found.items() if value}
