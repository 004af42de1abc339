"""What a plan knows of each place, from files and from what was typed, nothing counted twice.

Where a file and typed numbers tell of the same days, the file counts; typed numbers fill in what
no file tells. Of typed sets that share days the first counts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from workbook.content import BASE_LANGUAGE, find_question, load_words
from workbook.measurement.keeping import read_imports
from workbook.measurement.periods import find_stretches, restrict_units, span_days
from workbook.measurement.results import TYPED, choose_stages, divide_weeks, draw_results
from workbook.measurement.spent import HoursByDay
from workbook.measurement.targets import STAGES
from workbook.records import SEVERAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from workbook.measurement.periods import Chosen
    from workbook.measurement.results import PlatformResult, Results
    from workbook.plan import Plan
    from workbook.records import HoursSpent, SocialVisits
    from workbook.steps.measurement.answers import KeptImport, PlaceNumbers

VISITS: Final = "visits"
HOURS: Final = "hours"
NUMBERS: Final = (VISITS, *STAGES, "leads", "referrals", HOURS)
FILED: Final = (VISITS, *STAGES)
"""What files of counters tell; enquiries and referrals are in none of them."""
_SESSIONS: Final = "sessions"
MOST_WEEKS: Final = 13
"""Weeks that are told one by one; a quarter."""
TRACKER: Final = "tracker"
"""What tells hours, in the place of a tool."""


@dataclass(frozen=True)
class Files:
    """What the imports of a plan come to."""

    imports: tuple[tuple[SocialVisits, ...], ...]
    spent: tuple[tuple[HoursSpent, ...], ...]

    @cached_property
    def chosen(self) -> dict[str, Chosen]:
        """The counts of “sessions” and each stage that are used."""
        return choose_stages(self.imports)

    @cached_property
    def hours(self) -> HoursByDay:
        """Hours by platform and day."""
        return HoursByDay(self.spent)

    @cached_property
    def platforms(self) -> frozenset[str]:
        """The places that files name, whether or not their visits could be read.

        The empty name is there where some visits have none.
        """
        units = [unit for each in self.chosen.values() for unit in each.units]
        named = {unit.platform for unit in units if unit.platform or unit.count}
        named |= set(filter(None, self.chosen[_SESSIONS].gaps))
        return frozenset({*named, *self.hours.platforms} - {SEVERAL})

    @cached_property
    def drawn(self) -> Results:
        """The figures, and what of the files is not counted, and why."""
        return draw_results(self.chosen, self.hours)

    @cached_property
    def weeks(self) -> tuple[tuple[date, Results], ...]:
        """The last weeks that are known by days, each by its Monday."""
        return divide_weeks(self.chosen, self.hours, MOST_WEEKS)

    @cached_property
    def tracked_use(self) -> Mapping[str, tuple[int, float]]:
        """How many got in touch, and the hours, of the days that both are known of, by place."""
        part = restrict_units(self.chosen["used"], self.chosen["used"].days & self.hours.covered)
        named = part.is_named and bool(part.units)
        return {
            platform: (
                sum(unit.count for unit in part.units if unit.platform == platform),
                self.hours.add_up(platform, part.days_of(platform)),
            )
            for platform in (self.hours.platforms & self.platforms if named else ())
        }

    @cached_property
    def results(self) -> Mapping[str, PlatformResult]:
        """The figures of each place, by its id."""
        return {result.platform: result for result in self.drawn.platforms}

    def tells(self, platform: str, number: str) -> bool:
        """Whether a number of a place is known from a file, for some days or for unnamed ones."""
        if self.days_of(platform, number):
            return True
        result = self.results.get(platform)
        return result is not None and number in FILED and result.of(_stage(number)) is not None

    def days_of(self, platform: str, number: str) -> frozenset[int]:
        """The days that files tell a number of a place for, as ordinals.

        A file that names places tells nothing of one that it never names.
        """
        if number == HOURS:
            return self.hours.covered if platform in self.hours.platforms else frozenset()
        stage = _stage(number)
        if stage not in self.chosen or platform not in self._named[stage]:
            return frozenset()
        return self._days[stage, platform]

    @cached_property
    def _days(self) -> Mapping[tuple[str, str], frozenset[int]]:
        places = {"", *self.platforms}
        return {
            (stage, place): each.days_of(place)
            for stage, each in self.chosen.items()
            for place in places
        }

    @cached_property
    def _named(self) -> Mapping[str, frozenset[str]]:
        """The places each stage is told for; all of social together is told by any of them."""
        return {
            stage: frozenset({"", *(u.platform for u in each.units if each.is_named)})
            if each.units
            else frozenset()
            for stage, each in self.chosen.items()
        }


def _stage(number: str) -> str:
    return _SESSIONS if number == VISITS else number


def read_files(plan: Plan) -> Files:
    """What the imports of a plan come to; worked out once for the same imports."""
    return _read_files(plan.measurement.imports)


@lru_cache(maxsize=2)
def _read_files(kept: tuple[KeptImport, ...]) -> Files:
    visits, hours = read_imports(kept)
    return Files(tuple(map(tuple, visits)), tuple(map(tuple, hours)))


def span_of(entry: PlaceNumbers) -> frozenset[int]:
    """The days a typed set of numbers is of, as ordinals; none without dates in order."""
    return span_days(entry.first, entry.last)


def counts(files: Files, entry: PlaceNumbers, number: str) -> bool:
    """Whether a number that was typed counts, and no file tells of one of its days."""
    if getattr(entry, number) is None:
        return False
    platform, days = entry.platform or "", span_of(entry)
    if not days:
        return not files.tells(platform, number)
    return not days & files.days_of(platform, number)


# -- between two days --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlaceBetween:
    """What is known of one place between two days; None for what nobody counted there.

    Numbers of places are never added: visits that name no network may hold those that do.
    """

    platform: str
    """An id of ``platforms/``; empty for visits from social that name no network."""
    name: str
    visits: int | None
    services: int | None
    contact: int | None
    used: int | None
    leads: int | None
    referrals: int | None
    hours: float | None
    missing: Mapping[str, tuple[tuple[date, date], ...]]
    """By number: stretches of days, first and last, that it is not known of."""
    by: Mapping[str, tuple[str, ...]]
    """By number: the tools that told it, “typed” among them; empty where nobody did."""

    def of(self, number: str) -> float | None:
        """One of ``NUMBERS``, by its name."""
        found: float | None = getattr(self, number)
        return found


def count_between(
    plan: Plan, first: date, last: date, language: str = BASE_LANGUAGE
) -> tuple[PlaceBetween, ...]:
    """What is known of each place from one day to another, nothing counted twice.

    Where a file and typed numbers tell of the same days, the file counts. Of typed sets that
    share days the first counts. What reaches over the edge of the days cannot be divided; its
    days are missing.

    Args:
        plan: The plan with what was imported and typed.
        first: The first day.
        last: The last day, included.
        language: The language of the names of places.

    Returns:
        The places that anything is known of on these days, by name.
    """
    days = frozenset(range(first.toordinal(), last.toordinal() + 1))
    files, typed = read_files(plan), plan.measurement.numbers
    found = []
    for platform in sorted({*files.platforms, *(entry.platform or "" for entry in typed)}):
        own = [entry for entry in typed if (entry.platform or "") == platform]
        known = {number: _find(files, own, platform, number, days) for number in NUMBERS}
        if any(each.days for each in known.values()):
            found.append(_write_place(platform, known, days, language))
    return tuple(sorted(found, key=lambda place: (not place.platform, place.name)))


@dataclass(slots=True)
class _Known:
    """A number of one place: how much, on which days, by which tools."""

    count: float = 0
    days: set[int] = field(default_factory=set)
    by: set[str] = field(default_factory=set)


def _find(
    files: Files,
    typed: Iterable[PlaceNumbers],
    platform: str,
    number: str,
    days: frozenset[int],
) -> _Known:
    """A number on some days: from files first, and from typed sets on the days that are left."""
    found = _find_filed(files, platform, number, days)
    for entry in typed:
        its = span_of(entry)
        if its and its <= days and counts(files, entry, number) and not its & found.days:
            found.count += getattr(entry, number)
            found.days |= its
            found.by.add(TYPED)
    return found


def _find_filed(files: Files, platform: str, number: str, days: frozenset[int]) -> _Known:
    known = files.days_of(platform, number)
    if not known & days:
        return _Known()
    if number == HOURS:
        inside = known & days
        return _Known(files.hours.add_up(platform, inside), set(inside), {TRACKER})
    part = restrict_units(files.chosen[_stage(number)], set(days))
    count = sum(unit.count for unit in part.units if unit.platform == platform)
    told = set(part.days_of(platform))
    return _Known(count, told, part.tools if told else set())


def _write_place(
    platform: str, known: Mapping[str, _Known], days: frozenset[int], language: str
) -> PlaceBetween:
    counts = {name: each.count if each.days else None for name, each in known.items()}
    return PlaceBetween(
        platform=platform,
        name=name_place(platform, language),
        **counts,  # type: ignore[arg-type] # hours alone are no whole number
        missing={name: _stretch(days - each.days) for name, each in known.items()},
        by={name: tuple(sorted(each.by)) for name, each in known.items()},
    )


def _stretch(days: Iterable[int]) -> tuple[tuple[date, date], ...]:
    """Days as stretches without a gap."""
    stretches = find_stretches(days)
    return tuple((date.fromordinal(a), date.fromordinal(b)) for a, b in stretches)


def name_place(platform: str, language: str = BASE_LANGUAGE) -> str:
    """What a place is called; visits without a network have a name of their own."""
    if platform:
        return find_question("measurement.numbers.any.platform", language).label_of(platform)
    return str(load_words("steps/measurement/outcome.toml", language)["nameless"])
