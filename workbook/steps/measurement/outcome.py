"""What the numbers of a business come to: per place how far people came, and per hour spent."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from workbook.content import BASE_LANGUAGE, default_of, find_question, load_words
from workbook.evidence.intervals import Verdict, compare_counts, count_interval, proportion_interval
from workbook.measurement.results import Rate
from workbook.measurement.targets import STAGES
from workbook.steps.measurement.answers import PlaceNumbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from workbook.plan import Plan

WORDS: Final = "steps/measurement/outcome.toml"
RESULTS: Final = ("leads", "referrals")
"""People who asked for an offer, and people who were sent by somebody."""
LEAST_HOURS: Final = 1 / 60
"""A minute; less than that is as good as no hours at all."""
COUNTED: Final = ("visits", *STAGES, *RESULTS)


class Kind(StrEnum):
    """What a place has turned out to be so far."""

    BOTH = "both"
    CLIENTS = "clients"
    RELATIONS = "relations"
    HOBBY = "hobby"
    EARLY = "early"
    OPEN = "open"
    """Nobody counted enquiries or referrals."""
    NAMELESS = "nameless"
    """The numbers name no place that could be judged."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with the limits the share lies in 95 % of the time."""

    count: int
    of: int
    rate: Rate


@dataclass(frozen=True, slots=True)
class PerHour:
    """What came of some hours, and how much that is in one hour."""

    count: int
    hours: float
    rate: Rate


@dataclass(frozen=True, slots=True)
class PlaceOutcome:
    """What one place brought; None for what nobody counted."""

    platform: str
    name: str
    entries: tuple[PlaceNumbers, ...]
    """The sets of numbers that are counted."""
    aside: tuple[PlaceNumbers, ...]
    """Those whose days are counted already."""
    days: int
    """Days that are covered; 0 where no set has dates."""
    hours: float | None
    counts: Mapping[str, int | None]
    shares: Mapping[str, Share | None]
    """Of the visits, by stage; only sets that have both are in it."""
    per_hour: Mapping[str, PerHour | None]
    kind: Kind

    @property
    def contact_use(self) -> Share | None:
        """How many of those who saw the page for getting in touch did so."""
        return share_of(self.entries, "used", "contact")


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
    groups: defaultdict[str, list[PlaceNumbers]] = defaultdict(list)
    for entry in plan.measurement.numbers:
        if any(getattr(entry, name) is not None for name in (*COUNTED, "hours")):
            groups[entry.platform or ""].append(entry)
    places = [_weigh_place(plan, name, group, language) for name, group in groups.items()]
    return Outcome(tuple(sorted(places, key=_rank)))


def _rank(place: PlaceOutcome) -> tuple[object, ...]:
    order = ("leads", "referrals", "used", "contact", "services", "visits")
    return (not place.platform, *(-(place.counts[name] or 0) for name in order), place.name)


def _weigh_place(
    plan: Plan, platform: str, group: Sequence[PlaceNumbers], language: str
) -> PlaceOutcome:
    kept, aside, days = _part_days(group)
    counts = {name: _add(kept, name) for name in COUNTED}
    hours = sum(each.hours for each in kept if each.hours is not None)
    told = any(each.hours is not None for each in kept)
    return PlaceOutcome(
        platform=platform,
        name=name_place(platform, language),
        entries=kept,
        aside=aside,
        days=days,
        hours=hours if told else None,
        counts=counts,
        shares={stage: share_of(kept, stage, "visits") for stage in STAGES},
        per_hour={name: _rate(plan, kept, name) for name in RESULTS},
        kind=_judge(plan, counts, days, hours) if platform else Kind.NAMELESS,
    )


def name_place(platform: str, language: str = BASE_LANGUAGE) -> str:
    """What a place is called."""
    question = find_question("measurement.numbers.any.platform", language)
    if platform:
        return question.label_of(platform)
    return str(load_words(WORDS, language)["nameless"])


# -- days --------------------------------------------------------------------------------------


def days_of(entry: PlaceNumbers) -> range:
    """The days a set of numbers is of, as ordinals; none where it has no dates in order."""
    if entry.first is None or entry.last is None:
        return range(0)
    return range(entry.first.toordinal(), entry.last.toordinal() + 1)


def share_days(one: PlaceNumbers, other: PlaceNumbers) -> bool:
    """Whether two sets of numbers have a day in common."""
    mine, theirs = days_of(one), days_of(other)
    if not mine or not theirs:
        return False
    return mine.start < theirs.stop and theirs.start < mine.stop


def _part_days(
    group: Sequence[PlaceNumbers],
) -> tuple[tuple[PlaceNumbers, ...], tuple[PlaceNumbers, ...], int]:
    """The sets that count, those whose days are counted already, and how many days there are."""
    kept, aside = list[PlaceNumbers](), list[PlaceNumbers]()
    for entry in group:
        shares = any(share_days(entry, other) for other in kept)
        (aside if shares else kept).append(entry)
    return tuple(kept), tuple(aside), sum(len(days_of(entry)) for entry in kept)


# -- counts ------------------------------------------------------------------------------------


def _add(entries: Iterable[PlaceNumbers], name: str) -> int | None:
    told = [getattr(entry, name) for entry in entries if getattr(entry, name) is not None]
    return sum(told) if told else None


def share_of(entries: Iterable[PlaceNumbers], part: str, whole: str) -> Share | None:
    """How many of so many, over the sets that have both; None where more came than there were."""
    pairs = [
        (getattr(entry, part), getattr(entry, whole))
        for entry in entries
        if getattr(entry, part) is not None and getattr(entry, whole) is not None
    ]
    count, of = sum(p for p, _ in pairs), sum(w for _, w in pairs)
    if not of or any(p > w for p, w in pairs):
        return None
    low, high = proportion_interval(count, of)
    return Share(count, of, Rate(count / of, low, high))


def _rate(plan: Plan, entries: Iterable[PlaceNumbers], name: str) -> PerHour | None:
    """How much came of an hour, over the sets that have both; None of minutes."""
    pairs = [
        (getattr(entry, name), entry.hours)
        for entry in entries
        if getattr(entry, name) is not None and entry.hours is not None
    ]
    count, hours = sum(c for c, _ in pairs), sum(h for _, h in pairs)
    if not hours or hours < default_of(plan, "measurement.rate_hours"):
        return None
    low, high = count_interval(count)
    return PerHour(count, hours, Rate(count / hours, low / hours, high / hours))


# -- what a place is ---------------------------------------------------------------------------


def _judge(plan: Plan, counts: Mapping[str, int | None], days: int, hours: float) -> Kind:
    leads, referrals = counts["leads"], counts["referrals"]
    if not leads and not referrals and None in (leads, referrals):
        return Kind.OPEN
    long_enough = days >= default_of(plan, "measurement.verdict_days")
    if not long_enough or hours < default_of(plan, "measurement.verdict_hours"):
        return Kind.EARLY
    if leads and referrals:
        return Kind.BOTH
    if leads or referrals:
        return Kind.CLIENTS if leads else Kind.RELATIONS
    return Kind.HOBBY


def compare_places(one: PlaceOutcome, other: PlaceOutcome, result: str) -> Verdict | None:
    """Whether one place really brings more an hour than another; None where it is not known."""
    first, second = one.per_hour[result], other.per_hour[result]
    if first is None or second is None:
        return None
    return compare_counts(
        first.count, second.count, exposure_before=first.hours, exposure_after=second.hours
    )
