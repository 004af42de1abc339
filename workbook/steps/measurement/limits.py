"""What the numbers of a business can tell, and what they cannot."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from workbook.content import BASE_LANGUAGE, load_words
from workbook.evidence.intervals import Verdict
from workbook.measurement.periods import find_stretches
from workbook.measurement.targets import STAGES
from workbook.steps.measurement.outcome import RESULTS, WORDS, compare_places
from workbook.steps.measurement.setup import BY_HAND, asks_first, is_tallied, list_tools
from workbook.wording import write_day, write_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from workbook.plan import Plan
    from workbook.steps.measurement.outcome import Outcome, PlaceOutcome

_ORDER = ("visits", *STAGES)
_MOST_SPANS = 3


def list_can(outcome: Outcome, language: str = BASE_LANGUAGE) -> tuple[str, ...]:
    """What the numbers can tell, a sentence each; one that says so where it is nothing."""
    words = load_words(WORDS, language)["can"]
    told = [
        words[name].format(places=_name(outcome, lambda place, n=name: place.counts[n] is not None))  # type: ignore[misc] # n is bound
        for name in _ORDER
        if any(place.counts[name] is not None for place in outcome.places)
    ]
    if outcome.has_rates:
        told.append(words["rates"].format(places=_name(outcome, _has_rate)))
    return tuple(told) or (words["nothing"],)


def list_cannot(plan: Plan, outcome: Outcome, language: str = BASE_LANGUAGE) -> tuple[str, ...]:
    """What the numbers cannot tell, a sentence each, the heaviest gaps first."""
    words = load_words(WORDS, language)["cannot"]
    return (
        *_list_gaps(outcome, words),
        *_list_parts(outcome, language),
        *_list_blurs(outcome, load_words(WORDS, language)),
        *_list_unseen(plan, words, language),
        words["each"],
    )


def _has_rate(place: PlaceOutcome) -> bool:
    return any(place.per_hour.values())


def _name(outcome: Outcome, holds: Callable[[PlaceOutcome], bool]) -> str:
    return ", ".join(place.name for place in outcome.places if holds(place))


# -- what is missing ---------------------------------------------------------------------------


def _list_gaps(outcome: Outcome, words: Mapping[str, str]) -> Iterator[str]:
    """The numbers that nobody counted, by number, with the places they are missing for."""
    gaps: dict[str, Callable[[PlaceOutcome], bool]] = {
        **{name: _lacks(name) for name in (*_ORDER, *RESULTS)},
        "hours": lambda place: place.hours is None,
        "few_hours": _lacks_time,
        "dates": lambda place: not place.days,
    }
    for name, is_missing in gaps.items():
        places = _name(outcome, is_missing)
        if places:
            yield words[name].format(places=places)
    overruled = _name(outcome, lambda place: bool(place.overruled))
    if overruled:
        yield words["overruled"].format(places=overruled)
    aside = sum(len(place.aside) for place in outcome.places)
    if aside:
        yield words["aside_one" if aside == 1 else "aside"].format(count=aside)


def _list_parts(outcome: Outcome, language: str) -> Iterator[str]:
    """Of which visits and days a stage is known, where not of all; and what cannot be."""
    words = load_words(WORDS, language)
    for place in outcome.places:
        for stage in STAGES:
            share, visits = place.shares[stage], place.counts["visits"]
            if stage in place.excess:
                count, of = place.excess[stage]
                values = {"place": place.name, "count": write_number(count, language)}
                yield words["odd_files"][stage].format(of=write_number(of, language), **values)
            elif share and (share.of, share.count) != (visits, place.counts[stage]):
                yield words["part"][stage].format(
                    place=place.name,
                    visits=write_number(visits or 0, language),
                    of=write_number(share.of, language),
                    count=write_number(share.count, language),
                    days=_write_days(share.days, words["spans"], language),
                )
        if place.is_times:
            yield words["times"]["used"].format(place=place.name)


def _write_days(days: frozenset[int], words: Mapping[str, str], language: str) -> str:
    """Days as stretches without a gap; how many they are, where there are too many of these."""
    spans = [
        tuple(write_day(date.fromordinal(day), language) for day in stretch)
        for stretch in find_stretches(days)
    ]
    if not spans:
        return words["undated"]
    if len(spans) > _MOST_SPANS:
        values = {"first": spans[0][0], "last": spans[-1][1]}
        return words["many"].format(count=write_number(len(days), language), **values)
    return words["and"].join(
        words["day" if first == last else "days"].format(first=first, last=last)
        for first, last in spans
    )


def _lacks(name: str) -> Callable[[PlaceOutcome], bool]:
    return lambda place: place.counts[name] is None


def _lacks_time(place: PlaceOutcome) -> bool:
    """Whether there are results and hours, and too few hours to make a rate of them."""
    counted = any(place.counts[name] is not None for name in RESULTS)
    return counted and place.hours is not None and not _has_rate(place)


def _list_blurs(outcome: Outcome, words: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """The first pair of places that counts this small cannot tell apart, for each result."""
    for result in RESULTS:
        rated = [place for place in outcome.places if place.per_hour[result]]
        ranked = sorted(rated, key=lambda place: -_rate_of(place, result))
        for one, other in pairwise(ranked):
            higher = _rate_of(one, result) > _rate_of(other, result)
            if higher and compare_places(one, other, result) is Verdict.CANNOT_TELL:
                values = {"one": one.name, "other": other.name, "what": words["results"][result]}
                yield words["cannot"]["small"].format(**values)
                break


def _rate_of(place: PlaceOutcome, result: str) -> float:
    found = place.per_hour[result]
    return found.rate.value if found else 0.0


def _list_unseen(plan: Plan, words: Mapping[str, str], language: str) -> Iterable[str]:
    """What the way of counting leaves out."""
    by_hand = set(plan.measurement.contact_ways) & set(BY_HAND)
    if by_hand and not is_tallied(plan):
        yield words["calls"]
    if asks_first(plan):
        yield words["banner"]
    people = set(load_words(WORDS)["shows_people"]["tools"]) & set(list_tools(plan))
    if people:
        names = load_words("steps/measurement/setup.toml", language)["tools"]
        yield words["people"].format(
            tools=", ".join(names[tool]["name"] for tool in sorted(people))
        )
