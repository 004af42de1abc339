"""What would change the choice of places: more hours, an exception, or something found out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from workbook.fit.suitability import UNKNOWN, Criterion, weigh_criteria

if TYPE_CHECKING:
    from workbook.fit.choice import Choice
    from workbook.fit.sets import Search

_SAME = 1e-9


class Lever(StrEnum):
    """What the choice turns on."""

    MORE_HOURS = "more_hours"
    FEWER_HOURS = "fewer_hours"
    EXCEPTION = "exception"
    FOUND_GOOD = "found_good"
    FOUND_BAD = "found_bad"
    CLIENTS = "clients"


@dataclass(frozen=True, slots=True)
class Change:
    """Something that would change the best set, and what the best set would be then."""

    lever: Lever
    places: tuple[str, ...] = ()
    hours: float = 0.0
    """Of a change of hours: how many more, or how few there may be."""
    place: str = ""
    """Of something found out: about which place."""
    reach: float = 0.0
    """Percent of the wanted people that the set reaches then."""


def find_changes(choice: Choice) -> tuple[Change, ...]:
    """What would change the best set of places.

    Args:
        choice: The choice as it is.

    Returns:
        Changes in the order of how much is in the user's hands: hours, the rule of one place,
        what is to be found out, and asking clients.
    """
    search = choice.search
    found: list[Change] = []
    if search.groups:
        found += [*_more_hours(search), *_fewer_hours(search), *_exception(search)]
        found += _found_out(choice)
    if choice.is_provisional:
        found.append(Change(Lever.CLIENTS))
    return tuple(found)


def _best(search: Search) -> int:
    return int(search.rank(search.feasible, 1)[0])


def _make(lever: Lever, search: Search, number: int, hours: float = 0.0) -> Change:
    option = search.describe([number])[0]
    return Change(lever, option.places, hours, reach=option.reach.percent)


def _more_hours(search: Search) -> list[Change]:
    """The fewest more hours with which something better fits."""
    values = search.value(search.allowed)
    best = search.value(search.feasible).max()
    better = search.allowed[values > best + _SAME]
    if not len(better):
        return []
    least = float(search.costs[better].min())
    wider = replace(search, available=least)
    return [_make(Lever.MORE_HOURS, wider, _best(wider), least - search.available)]


def _fewer_hours(search: Search) -> list[Change]:
    """Below how many hours the best set no longer fits, and what is best then."""
    number = _best(search)
    if not number:
        return []
    cost = float(search.costs[number])
    narrower = replace(search, available=cost - 0.01)
    return [_make(Lever.FEWER_HOURS, narrower, _best(narrower), cost)]


def _exception(search: Search) -> list[Change]:
    """What would be best if one person might keep more places than the rule allows."""
    if search.most is None:
        return []
    freed = replace(search, most=None)
    number = _best(freed)
    same = freed.name(number) == search.name(_best(search))
    return [] if same else [_make(Lever.EXCEPTION, freed, number)]


def _found_out(choice: Choice) -> list[Change]:
    """Places that would join the best set if all that is unknown of them were good, or leave it."""
    search = choice.search
    now = search.name(_best(search))
    found = []
    for name in search.places:
        if not choice.suitability[name].unknown:
            continue
        inside = name in now
        criteria = dict.fromkeys(Criterion) | dict(choice.wish.criteria.get(name, {}))
        told = choice.wish.numbers.put(UNKNOWN, 0.0 if inside else 1.0)
        value = weigh_criteria(criteria, told).value
        other = replace(search, suitability={**search.suitability, name: value})
        then = other.name(number := _best(other))
        if (name in then) != inside:
            lever = Lever.FOUND_BAD if inside else Lever.FOUND_GOOD
            found.append(replace(_make(lever, other, number), place=name))
    return found
