"""What visits from several files come to: per platform, how far they came, and per hour spent.

Nothing is counted twice. Of two files from one source, the one read later counts for the days it
covers; a total that contains days which are known one by one stands aside; and two tools that
count the same days are never added, since each counts the same visits in its own way. Which of
them counts does not depend on the order they were read in; see ``periods.choose_units``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Final

from workbook.discovery import read_toml
from workbook.evidence.intervals import count_interval, proportion_interval
from workbook.measurement.periods import Unit, choose_units, make_batches, restrict_units
from workbook.measurement.spent import MINUTE, UNNAMED, HoursByDay, Rate
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
    excess: tuple[int, int] | None = None
    """The same where more came so far than there were visits, which cannot be; no share then."""
    is_times: bool = False
    """Whether it says how often something was done, and not in how many visits; no share then."""
    days: frozenset[int] = frozenset()
    """The days the count is of, as ordinals; none where a file names no days."""
    pair_days: frozenset[int] = frozenset()
    """The days the pair is of."""


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
    unread: tuple[str, ...] = ()
    """The platforms whose visits could not be read on days that those of others are known of."""
    aside: tuple[Aside, ...] = ()
    """What was read and not counted, since the same days are known from elsewhere."""
    hours_unknown: bool = False
    """Whether there are hours, but on no day the visits are of."""
    hours_days: frozenset[int] = frozenset()
    """The days that both visits and hours are known of; rates are of these."""
    hours_covered: frozenset[int] = frozenset()
    """All days that hours are known of."""
    hours_least: float = MINUTE
    """Hours below which no rate is told."""
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
    least: float = MINUTE,
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
    told = {unit.platform for each in chosen.values() for unit in each.units}
    names = sorted(told.union(*(each.gaps for each in chosen.values())))
    made = [_make_result(name, chosen, spent) for name in names]
    made = [r for r in made if r.platform != UNNAMED or len(made) == 1 or _is_seen(r)]
    return Results(
        platforms=tuple(sorted(made, key=_rank)),
        everything=_make_result(None, chosen, spent),
        days={stage: frozenset(each.days) for stage, each in chosen.items()},
        tools={stage: tuple(sorted(each.tools)) for stage, each in chosen.items()},
        unread=tuple(sorted(filter(None, chosen["sessions"].gaps))),
        aside=_gather(note for each in chosen.values() for note in each.aside),
        hours_unknown=spent.is_given and not any(r.hours is not None for r in made),
        hours_days=frozenset(_both(_base(chosen), spent).days),
        hours_covered=spent.covered,
        hours_least=spent.least,
        hours_apart=spent.apart(),
    )


def _gather(notes: Iterable[Aside]) -> tuple[Aside, ...]:
    """What stands aside, of the same days and for the same reason once for all its stages."""
    found: dict[Aside, list[str]] = {}
    for note in notes:
        found.setdefault(replace(note, stages=()), []).extend(note.stages)
    return tuple(sorted((replace(n, stages=tuple(s)) for n, s in found.items()), key=repr))


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
        hours=spent.on(platform, _both(_base(chosen), spent).days_of(platform)),
        **figures,
    )


def _base(chosen: Mapping[str, Chosen]) -> Chosen:
    return chosen["used"] if chosen["used"].units else chosen["sessions"]


def _both(each: Chosen, spent: HoursByDay) -> Chosen:
    """What lies on days of which hours are known too."""
    return restrict_units(each, set(spent.reach(each.days)))


def _count(
    platform: str | None, stage: str, chosen: Mapping[str, Chosen], spent: HoursByDay
) -> Counted | None:
    each = chosen[stage]
    whole = _Part() if stage == "sessions" else _hold(platform, each, chosen["sessions"])
    if not _is_told(platform, each, whole) or _is_apart(platform, each, chosen["sessions"]):
        return None
    count, is_times = _add(platform, each.units), any(unit.is_times for unit in each.units)
    low, high = count_interval(count)
    timed = _both(each, spent)
    hours = spent.on(platform, timed.days_of(platform))
    is_share = bool(whole.of) and not whole.is_odd and not is_times
    return Counted(
        count=count,
        low=low,
        high=high,
        share=_share(whole.hits, whole.of) if is_share else None,
        per_hour=spent.rate(_add(platform, timed.units), hours),
        pair=(whole.hits, whole.of) if is_share else None,
        excess=(whole.hits, whole.of) if whole.hits > whole.of and not is_times else None,
        is_times=is_times,
        days=each.days_of(platform),
        pair_days=whole.days if is_share else frozenset(),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """How many of the visits of the same days came so far."""

    hits: int = 0
    of: int = 0
    days: frozenset[int] = frozenset()
    is_odd: bool = False
    """Whether more came than there were, from one platform at least."""


def _is_told(platform: str | None, each: Chosen, whole: _Part) -> bool:
    """Whether files tell a stage of a platform: no file tells of one that it never names.

    Where one file names its visits and another of the same tool and days names those who came so
    far, and not the platform, then nobody came so far.
    """
    if not each.units or (platform and not each.is_named):
        return False
    if platform is None:
        return not each.gaps or bool(each.days_of(None)) or bool(_add(None, each.units))
    is_named = any(unit.platform == platform for unit in each.units)
    return is_named or bool(platform and whole.of)


def _is_apart(platform: str | None, stage: Chosen, visits: Chosen) -> bool:
    """Whether there are visits, all on days a stage is not known of, and nobody came so far."""
    came = [u for u in visits.units if u.count and platform in (None, u.platform)]
    if not came or stage is visits or _add(platform, stage.units):
        return False
    days = stage.days_of(platform)
    return bool(days) and not any(unit.days & days for unit in came)


def _add(platform: str | None, units: Iterable[Unit]) -> int:
    return sum(unit.count for unit in units if platform is None or unit.platform == platform)


def _share(hits: int, whole: int) -> Rate:
    low, high = proportion_interval(hits, whole)
    return Rate(hits / whole, low, high)


def _hold(platform: str | None, stage: Chosen, visits: Chosen) -> _Part:
    """A stage held against the visits of the same days, by the same tool."""
    shared = stage.tools & visits.tools
    both = {d for tool in shared for d in stage.by_tool[tool] & visits.by_tool[tool]}
    both &= stage.whole_days(platform) & visits.whole_days(platform)
    every = (*stage.units, *visits.units)
    undated = not stage.days and not visits.days and stage.tools == visits.tools
    is_lost = platform is None and (stage.gaps or visits.gaps)
    nameless = bool(platform) and not (stage.is_named and visits.is_named)
    if nameless or (not both and (not undated or is_lost)):
        return _Part()
    days = _settle(every, both)
    if both and not days:
        return _Part()
    told, of = _within(stage.units, days), _within(visits.units, days)
    names = {unit.platform for unit in told} if platform is None else {platform}
    is_odd = any(_add(name, told) > _add(name, of) for name in names)
    return _Part(_add(platform, told), _add(platform, of), frozenset(days), is_odd)


def _settle(units: Sequence[Unit], days: set[int]) -> set[int]:
    """Those of some days that no count reaches over the edge of, since none can be divided."""
    left = set(days)
    while astride := [unit.days for unit in units if unit.days & left and not unit.days <= left]:
        left -= frozenset[int]().union(*astride)
    return left


def _within(units: Iterable[Unit], days: set[int]) -> list[Unit]:
    return [unit for unit in units if unit.days <= days]
