"""What visits from several files come to: per platform, how far they came, and per hour spent.

Nothing is counted twice. Of two files from one source, the one read later counts for the days it
covers; a total that contains days which are known one by one stands aside; and two tools that
count the same days are never added, since each counts the same visits in its own way.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Final

from workbook.discovery import read_toml
from workbook.evidence.intervals import count_interval, proportion_interval
from workbook.measurement.periods import Unit, choose_units, make_batches, restrict_units
from workbook.measurement.spent import UNNAMED, HoursByDay, Rate
from workbook.measurement.targets import STAGES
from workbook.records import SocialVisits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from workbook.measurement.periods import Aside, Chosen
    from workbook.records import HoursSpent

WORDS: Final = "measurement/results.toml"
COUNTED: Final = ("sessions", *STAGES)
TYPED: Final = "typed"


@dataclass(frozen=True, slots=True)
class Counted:
    """How many visits there were, or came so far."""

    count: int
    low: float
    """Limits of the count that is to be expected in such a period, by the Poisson interval."""
    high: float
    share: Rate | None = None
    """Of the visits of the same days; None where these are not known, or for the visits."""
    per_hour: Rate | None = None
    """Over the days that hours are known of as well."""
    pair: tuple[int, int] | None = None
    """What the share is of: how many of how many visits, of the days that both are known of."""


@dataclass(frozen=True, slots=True)
class PlatformResult:
    """What one platform brought; None for what no file can tell."""

    platform: str
    """Empty for visits from social that name no network."""
    sessions: Counted | None = None
    services: Counted | None = None
    contact: Counted | None = None
    used: Counted | None = None
    hours: float | None = None
    """Hours on the days that visits and hours are both known of; None where there are none."""

    def of(self, stage: str) -> Counted | None:
        """“sessions” or a stage."""
        found: Counted | None = getattr(self, stage)
        return found


@dataclass(frozen=True, slots=True)
class Results:
    """What all files come to together."""

    platforms: tuple[PlatformResult, ...]
    """Those that brought most people to get in touch first; the unnamed at the end."""
    everything: PlatformResult
    """All of social together."""
    days: Mapping[str, frozenset[int]]
    """The days that “sessions” and each stage are known of, as ordinals; empty where undated."""
    tools: Mapping[str, tuple[str, ...]]
    aside: tuple[Aside, ...] = ()
    """What was read and not counted, since the same days are known from elsewhere."""
    hours_unknown: bool = False
    """Whether there are hours, but on no day the visits are of."""
    hours_days: frozenset[int] = frozenset()
    """The days that both visits and hours are known of; rates are of these."""
    hours_apart: Mapping[str, float] = field(default_factory=dict)
    """Hours on several platforms, which count for all of social alone, and on none, by
    “several” and an empty name."""


@cache
def find_tool(source: str) -> str:
    """The tool whose visits a format holds; formats of one tool count the same visits."""
    tools: dict[str, list[str]] = read_toml(WORDS)["tools"]
    starts = ((tool, start) for tool, names in tools.items() for start in names)
    return next((tool for tool, start in starts if source.startswith(start)), source)


def from_typed(
    sessions: int | None,
    services: int | None = None,
    contact: int | None = None,
    used: int | None = None,
    *,
    platform: str = UNNAMED,
    days: tuple[date, date] | None = None,
) -> SocialVisits:
    """The four numbers as somebody read them from a screen, as a record of their own.

    Args:
        sessions: Visits from social, or from the platform.
        services: Of these, visits that saw a Services page; None where it was not looked up.
        contact: Of these, visits that saw a Contact page.
        used: Of these, visits that got in touch.
        platform: An id of ``platforms/``; empty for all of social together.
        days: The first and the last day they are of.

    Raises:
        ValueError: A number below zero, or more visits at a stage than there were.
    """
    given = [number for number in (sessions, services, contact, used) if number is not None]
    most = sessions if sessions is not None else max(given, default=0)
    if any(not 0 <= number <= most for number in given):
        raise ValueError(f"no stage can have more than the {most} visits there were")
    start, end = days or (None, None)
    return SocialVisits(platform, TYPED, start, end, sessions, services, contact, used)


def join_visits(
    imports: Sequence[Sequence[SocialVisits]],
    hours: Sequence[Sequence[HoursSpent]] = (),
    least: float = 0,
) -> Results:
    """The visits of several imports, in the order they were read, each visit counted once.

    Args:
        imports: The records of each import.
        hours: The hours of each import of a time tracker.
        least: Hours below which no rate is told.

    Returns:
        Figures per platform: counts with exact Poisson limits, shares with Jeffreys limits, both
        of 95 %; and per hour, where hours are known for the same days.
    """
    return draw_results(choose_stages(imports), HoursByDay(hours, least))


def join_weeks(
    imports: Sequence[Sequence[SocialVisits]], hours: Sequence[Sequence[HoursSpent]] = ()
) -> tuple[tuple[date, Results], ...]:
    """The same, week by week, for what is known by days or weeks.

    Args:
        imports: The records of each import, as for ``join_visits``.
        hours: The hours of each import of a time tracker.

    Returns:
        The Monday of each week with its figures, in order. A total over several weeks is in none.
    """
    return divide_weeks(choose_stages(imports), HoursByDay(hours))


def divide_weeks(
    chosen: Mapping[str, Chosen], spent: HoursByDay, most: int | None = None
) -> tuple[tuple[date, Results], ...]:
    """Counts that were chosen, week by week; the last ones where there are more than ``most``."""
    mondays = {day - date.fromordinal(day).weekday() for c in chosen.values() for day in c.days}
    found = []
    for monday in sorted(mondays)[-(most or len(mondays)) :]:
        week = set(range(monday, monday + 7))
        parts = {stage: restrict_units(each, week) for stage, each in chosen.items()}
        if any(each.units for each in parts.values()):
            found.append((date.fromordinal(monday), draw_results(parts, spent)))
    return tuple(found)


def choose_stages(imports: Sequence[Sequence[SocialVisits]]) -> dict[str, Chosen]:
    """The counts of “sessions” and each stage that are used, no day counted twice."""
    batches = make_batches(imports, find_tool)
    return {stage: choose_units(batches, stage) for stage in COUNTED}


def draw_results(chosen: Mapping[str, Chosen], spent: HoursByDay) -> Results:
    """The figures of counts that were chosen, held against hours."""
    names = sorted({unit.platform for each in chosen.values() for unit in each.units})
    made = [_make_result(name, chosen, spent) for name in names]
    made = [r for r in made if r.platform != UNNAMED or len(made) == 1 or _is_seen(r)]
    aside = {note for each in chosen.values() for note in each.aside}
    return Results(
        platforms=tuple(sorted(made, key=_rank)),
        everything=_make_result(None, chosen, spent),
        days={stage: frozenset(each.days) for stage, each in chosen.items()},
        tools={stage: tuple(sorted(each.tools)) for stage, each in chosen.items()},
        aside=tuple(sorted(aside, key=repr)),
        hours_unknown=spent.is_given and not any(r.hours is not None for r in made),
        hours_days=frozenset(_both(_base(chosen), spent).days),
        hours_apart=spent.apart(),
    )


def _is_seen(result: PlatformResult) -> bool:
    return any(each.count for stage in COUNTED if (each := result.of(stage)))


def _rank(result: PlatformResult) -> tuple[object, ...]:
    counts = [result.of(stage) for stage in reversed(COUNTED)]
    return (
        result.platform == UNNAMED,
        *(-(each.count if each else -1) for each in counts),
        result.platform,
    )


# -- one platform ------------------------------------------------------------------------------


def _make_result(
    platform: str | None, chosen: Mapping[str, Chosen], spent: HoursByDay
) -> PlatformResult:
    """The figures of a platform, or of all together."""
    figures = {stage: _count(platform, stage, chosen, spent) for stage in COUNTED}
    return PlatformResult(
        platform=platform or UNNAMED,
        hours=spent.on(platform, _both(_base(chosen), spent).days),
        **figures,
    )


def _base(chosen: Mapping[str, Chosen]) -> Chosen:
    return chosen["used"] if chosen["used"].units else chosen["sessions"]


def _both(each: Chosen, spent: HoursByDay) -> Chosen:
    """What lies on days of which hours are known too."""
    return restrict_units(each, each.days & spent.covered)


def _count(
    platform: str | None, stage: str, chosen: Mapping[str, Chosen], spent: HoursByDay
) -> Counted | None:
    each, pair = chosen[stage], None
    if not each.units or (platform and not each.is_named):
        return None
    if platform == UNNAMED and not any(unit.platform == UNNAMED for unit in each.units):
        return None
    count = _add(platform, each.units)
    low, high = count_interval(count)
    timed = _both(each, spent)
    if stage != "sessions":
        pair = _pair(platform, each, chosen["sessions"])
    return Counted(
        count=count,
        low=low,
        high=high,
        share=_share(*pair) if pair else None,
        per_hour=spent.rate(_add(platform, timed.units), spent.on(platform, timed.days)),
        pair=pair,
    )


def _add(platform: str | None, units: Iterable[Unit]) -> int:
    return sum(unit.count for unit in units if platform is None or unit.platform == platform)


def _share(hits: int, whole: int) -> Rate:
    low, high = proportion_interval(hits, whole)
    return Rate(hits / whole, low, high)


def _pair(platform: str | None, stage: Chosen, visits: Chosen) -> tuple[int, int] | None:
    """How many of the visits of the same days, by the same tool; None where there are none."""
    if not visits.units or stage.tools != visits.tools:
        return None
    both = stage.days & visits.days
    if bool(stage.days) != bool(visits.days) or (stage.days and not both):
        return None
    told, of = _within(stage.units, both), _within(visits.units, both)
    if told is None or of is None:
        return None
    hits, whole = _add(platform, told), _add(platform, of)
    return None if hits > whole or not whole else (hits, whole)


def _within(units: Iterable[Unit], days: set[int]) -> list[Unit] | None:
    """The units of some days; None where one of them is only partly of these days."""
    found = []
    for unit in units:
        if not days or unit.days <= days:
            found.append(unit)
        elif unit.days & days:
            return None
    return found
