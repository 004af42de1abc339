"""What the numbers of a business come to: per place how far people came, and per hour spent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from workbook.content import BASE_LANGUAGE, default_of
from workbook.evidence.intervals import Verdict, compare_counts, count_interval, proportion_interval
from workbook.measurement import kept
from workbook.measurement.kept import HOURS, NUMBERS, VISITS, read_files, span_of
from workbook.measurement.quadrants import find_quadrant
from workbook.measurement.spent import Rate
from workbook.measurement.targets import STAGES
from workbook.steps.measurement.answers import PlaceNumbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from workbook.measurement.results import Counted
    from workbook.plan import Plan

WORDS: Final = "steps/measurement/outcome.toml"
RESULTS: Final = ("leads", "referrals")
"""People who asked for an offer, and people who were sent by somebody."""
LEAST_HOURS: Final = 1 / 60
"""A minute; less than that is as good as no hours at all."""
COUNTED: Final = ("visits", *STAGES, *RESULTS)


NAMELESS: Final = "nameless"
"""The numbers name no place that could be judged."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with the limits the share lies in 95 % of the time."""

    count: int
    of: int
    rate: Rate
    days: frozenset[int] = frozenset()
    """The days that both are known of, as ordinals; none where nobody named any."""


@dataclass(frozen=True, slots=True)
class PerHour:
    """What came of some hours, and how much that is in one hour."""

    count: int
    hours: float
    rate: Rate


@dataclass(frozen=True, slots=True)
class PlaceOutcome:
    """What one place brought, from files and typed numbers; None for what nobody counted."""

    platform: str
    name: str
    entries: tuple[PlaceNumbers, ...]
    """The typed sets of numbers whose days are counted."""
    aside: tuple[PlaceNumbers, ...]
    """Those whose days are counted already."""
    filed: tuple[str, ...]
    """The numbers that files tell."""
    overruled: Mapping[str, tuple[str, ...]]
    """The numbers of typed sets that give way to a file, by the id of the set."""
    days: int
    """Days that are covered; 0 where no set has dates."""
    hours: float | None
    counts: Mapping[str, int | None]
    shares: Mapping[str, Share | None]
    """Of the visits, by stage; only what has both for the same days is in it."""
    excess: Mapping[str, tuple[int, int]]
    """By stage: how many came so far by files, and the visits of the same days, where these are
    fewer, which cannot be."""
    is_times: bool
    """Whether files say how often people got in touch, and not in how many visits."""
    per_hour: Mapping[str, PerHour | None]
    used_per_hour: PerHour | None
    kind: str
    """What it has turned out to be: a ``Quadrant``, or nameless."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What all places brought, the one that brought most first."""

    places: tuple[PlaceOutcome, ...]

    @property
    def has_way(self) -> bool:
        """Whether there are visits to show the way of."""
        return any(place.counts["visits"] for place in self.places)

    @property
    def has_rates(self) -> bool:
        """Whether anything can be said per hour."""
        return any(rate for place in self.places for rate in place.per_hour.values())


def weigh(plan: Plan, language: str = BASE_LANGUAGE) -> Outcome:
    """What the numbers of a plan come to, place by place; sets without any number are left out."""
    files = read_files(plan)
    groups: dict[str, list[PlaceNumbers]] = {name: [] for name in sorted(files.platforms)}
    for entry in plan.measurement.numbers:
        if any(getattr(entry, name) is not None for name in NUMBERS):
            groups.setdefault(entry.platform or "", []).append(entry)
    places = [
        _weigh_place(plan, Known(files, name, group), language) for name, group in groups.items()
    ]
    return Outcome(tuple(sorted(places, key=_rank)))


def _rank(place: PlaceOutcome) -> tuple[object, ...]:
    order = ("leads", "referrals", "used", "contact", "services", "visits")
    return (not place.platform, *(-(place.counts[name] or 0) for name in order), place.name)


def _weigh_place(plan: Plan, known: Known, language: str) -> PlaceOutcome:
    counts = {name: known.count(name) for name in COUNTED}
    days, hours = known.count_days(), known.add_hours()
    least = default_of(plan, "measurement.rate_hours")
    return PlaceOutcome(
        platform=known.platform,
        name=name_place(known.platform, language),
        entries=known.entries,
        aside=known.aside,
        filed=tuple(name for name in (*kept.FILED, HOURS) if known.is_filed(name)),
        overruled=known.list_overruled(),
        days=days,
        hours=hours,
        counts=counts,
        shares={stage: known.share(stage) for stage in STAGES},
        excess={stage: each for stage in STAGES if (each := known.find_excess(stage))},
        is_times=known.counts_times("used"),
        per_hour={name: known.rate(name, least) for name in RESULTS},
        used_per_hour=known.rate("used", least),
        kind=find_quadrant(plan, counts["leads"], counts["referrals"], days, hours or 0)
        if known.platform
        else NAMELESS,
    )


def name_place(platform: str, language: str = BASE_LANGUAGE) -> str:
    """What a place is called."""
    return kept.name_place(platform, language)


# -- what is known of a place --------------------------------------------------------------------


def share_days(one: PlaceNumbers, other: PlaceNumbers) -> bool:
    """Whether two sets of numbers have a day in common."""
    return bool(span_of(one) & span_of(other))


class Known:
    """What files and typed sets tell of one place, each day once."""

    def __init__(self, files: kept.Files, platform: str, typed: Iterable[PlaceNumbers]) -> None:
        self.platform = platform
        self._files = files
        self._result = files.results.get(platform)
        self.entries, self.aside = _part_days(typed)

    def _typed(self, *names: str) -> list[PlaceNumbers]:
        """The typed sets of which all of some numbers count."""
        return [
            entry
            for entry in self.entries
            if all(kept.counts(self._files, entry, name) for name in names)
        ]

    def is_filed(self, name: str) -> bool:
        """Whether a number comes from a file; one without days gives way to a typed set with."""
        if not self._files.tells(self.platform, name):
            return False
        dated = bool(self._files.days_of(self.platform, name))
        return dated or not any(map(span_of, self._typed(name)))

    def count(self, name: str) -> int | None:
        """How many there were, from files and typed sets; None where nobody counted."""
        found = [int(getattr(entry, name)) for entry in self._typed(name)]
        if self._result is not None and self.is_filed(name):
            counted = self._result.of("sessions" if name == VISITS else name)
            found += [counted.count] if counted else []
        return sum(found) if found else None

    def share(self, stage: str) -> Share | None:
        """How many of the visits came so far, over what has both numbers."""
        typed = self._typed(stage, VISITS)
        pairs = [(getattr(entry, stage), entry.visits or 0) for entry in typed]
        days = frozenset[int]().union(*map(span_of, typed))
        counted = self._filed(stage) if self.is_filed(VISITS) else None
        if counted is not None and (counted.excess or counted.is_times):
            return None
        if counted is not None and counted.pair:
            pairs, days = [*pairs, counted.pair], days | counted.pair_days
        return _make_share(pairs, days)

    def _filed(self, stage: str) -> Counted | None:
        """What files tell of a stage, where it counts."""
        counts = self._result is not None and self.is_filed(stage)
        return self._result.of(stage) if self._result is not None and counts else None

    def find_excess(self, stage: str) -> tuple[int, int] | None:
        """How many came so far by files, of how many visits, where these are fewer."""
        counted = self._filed(stage) if self.is_filed(VISITS) else None
        return counted.excess if counted else None

    def counts_times(self, stage: str) -> bool:
        """Whether files say how often something was done, and not in how many visits."""
        counted = self._filed(stage)
        return counted is not None and counted.is_times

    def list_overruled(self) -> dict[str, tuple[str, ...]]:
        """The typed numbers that give way to a file, by the id of their set."""
        found = {
            entry.id: tuple(
                name
                for name in (*kept.FILED, HOURS)
                if getattr(entry, name) is not None and not kept.counts(self._files, entry, name)
            )
            for entry in self.entries
        }
        return {name: numbers for name, numbers in found.items() if numbers}

    def _gives_way(self, entry: PlaceNumbers, name: str) -> bool:
        if getattr(entry, name) is None:
            return False
        if name == HOURS:
            return self._is_tracked(entry)
        return not kept.counts(self._files, entry, name)

    # -- days and hours ------------------------------------------------------------------------

    def count_days(self) -> int:
        """Days of the typed sets; where there are none, those of files."""
        typed = sum(len(span_of(entry)) for entry in self.entries)
        if typed or self.entries:
            return typed
        named = (self._files.days_of(self.platform, name) for name in NUMBERS)
        return len(frozenset[int]().union(*named))

    def _is_tracked(self, entry: PlaceNumbers) -> bool:
        """Whether a time tracker knows all days of a typed set."""
        days = span_of(entry)
        return bool(days) and days <= self._files.days_of(self.platform, HOURS)

    def hours_of(self, entry: PlaceNumbers) -> float | None:
        """Hours on the days of a typed set: by a tracker that knows them all, else as typed."""
        if self._is_tracked(entry):
            return self._files.hours.add_up(self.platform, span_of(entry))
        return entry.hours

    def add_hours(self) -> float | None:
        """Hours on the days of the typed sets; where these have none, all that files tell."""
        typed = [h for entry in self.entries if (h := self.hours_of(entry)) is not None]
        if typed:
            return sum(typed)
        known = self._files.days_of(self.platform, HOURS)
        return self._files.hours.add_up(self.platform, known) if known else None

    def rate(self, name: str, least: float) -> PerHour | None:
        """How much came of an hour, over what has both; None of fewer hours than the least."""
        pairs = [
            (getattr(entry, name), hours)
            for entry in self._typed(name)
            if (hours := self.hours_of(entry)) is not None
        ]
        if name == "used" and self.platform in self._files.tracked_use:
            pairs.append(self._files.tracked_use[self.platform])
        count, hours = sum(c for c, _ in pairs), sum(h for _, h in pairs)
        if not hours or hours < least:
            return None
        low, high = count_interval(count)
        return PerHour(count, hours, Rate(count / hours, low / hours, high / hours))


def _part_days(
    group: Iterable[PlaceNumbers],
) -> tuple[tuple[PlaceNumbers, ...], tuple[PlaceNumbers, ...]]:
    """The sets that count, and those whose days are counted already."""
    found, aside, taken = list[PlaceNumbers](), list[PlaceNumbers](), set[int]()
    for entry in group:
        days = span_of(entry)
        (aside if days & taken else found).append(entry)
        if not days & taken:
            taken |= days
    return tuple(found), tuple(aside)


def _make_share(pairs: Sequence[tuple[int, int]], days: frozenset[int]) -> Share | None:
    """The share of all pairs together; None where more came than there were."""
    count, of = sum(p for p, _ in pairs), sum(w for _, w in pairs)
    if not of or any(p > w for p, w in pairs):
        return None
    low, high = proportion_interval(count, of)
    return Share(count, of, Rate(count / of, low, high), days)


# -- what a place is ---------------------------------------------------------------------------


def compare_places(one: PlaceOutcome, other: PlaceOutcome, result: str) -> Verdict | None:
    """Whether one place really brings more an hour than another; None where it is not known."""
    first, second = one.per_hour[result], other.per_hour[result]
    if first is None or second is None:
        return None
    return compare_counts(
        first.count, second.count, exposure_before=first.hours, exposure_after=second.hours
    )
