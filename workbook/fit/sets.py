"""The sets of places that fit into the hours, and how many of the wanted people each reaches.

Every wanted person counts once, with the best suitability among the places of the set that this
person uses. All sets are looked at; none is left out by a rule of thumb. This module needs numpy,
and is imported only when used.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from workbook.evidence.shares import NORMAL
from workbook.evidence.unions import map_sets, number_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from workbook.evidence.unions import JointUse

    Floats = NDArray[np.float64]
    Numbers = NDArray[np.int64]

MOST_PLACES = 18
_SAME = 1e-9


class Group(NamedTuple):
    """One of the audiences: how its people use the places, and its share of the business."""

    use: JointUse
    weight: float
    """Between 0 and 1; all groups together make 1."""


class Amount(NamedTuple):
    """A share of the wanted people in percent, with the interval it lies in."""

    percent: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Option:
    """One set of places: what it costs, whom it reaches, and how it compares with the best."""

    places: tuple[str, ...]
    hours: float
    reach: Amount
    """How many use at least one of them."""
    weighted: Amount
    """The same, each person with the best suitability of the places they use."""
    is_limits: bool
    """Whether its interval holds all that is possible, since some of its places were never asked
    about together; the percent then takes their use for unrelated."""
    is_tied: bool
    """Whether it cannot be told from the best one."""
    uncounted: tuple[str, ...] = ()
    """Those of its places that there is no figure on: they take their hours, and whom they reach
    is not known."""


class Gain(NamedTuple):
    """How many more a place reaches beside the others of its set, in percent."""

    place: str
    beside: tuple[str, ...]
    amount: Amount
    is_limits: bool
    """Whether its interval holds all that is possible."""


@dataclass(frozen=True)
class Search:
    """All the sets of some places, for some groups of people, with limited hours."""

    places: tuple[str, ...]
    groups: tuple[Group, ...]
    suitability: Mapping[str, float]
    """Of each place, between 0 and 1."""
    hours: Mapping[str, float]
    """Of each place, a week."""
    available: float
    shared: float = 0.0
    """Hours that any set takes once, unless it is empty."""
    most: int | None = None
    """The most places in a set; None for any number."""

    def __post_init__(self) -> None:
        """Refuse what cannot be searched whole."""
        if len(self.places) > MOST_PLACES:
            raise ValueError(f"at most {MOST_PLACES} places, not {len(self.places)}")

    # -- all sets ------------------------------------------------------------------------------

    @cached_property
    def costs(self) -> Floats:
        """The hours each set takes."""
        found = self._add_up([self.hours[name] for name in self.places])
        found[1:] += self.shared
        return found

    @cached_property
    def sizes(self) -> Floats:
        """How many places each set has."""
        return self._add_up([1.0] * len(self.places))

    def _add_up(self, values: Sequence[float]) -> Floats:
        found = np.zeros(1)
        for value in reversed(values):
            found = np.concatenate([found, found + value])
        return found

    @cached_property
    def allowed(self) -> Numbers:
        """The sets that have no more places than are allowed, whatever they cost."""
        most = len(self.places) if self.most is None else self.most
        return np.flatnonzero(self.sizes <= most)

    @cached_property
    def feasible(self) -> Numbers:
        """The sets that also fit into the hours; the empty set always does."""
        fits = self.costs[self.allowed] <= self.available + _SAME
        fits[0] = True
        return self.allowed[fits]

    def change(self, **changes: object) -> Search:
        """The same places and hours with other groups or another suitability."""
        other: Search = replace(self, **changes)  # type: ignore[arg-type]  # names are its own
        kept = ("costs", "sizes", "allowed", "feasible")
        other.__dict__.update({key: getattr(self, key) for key in kept})
        return other

    def value(self, sets: Numbers) -> Floats:
        """The expected share of wanted people, weighted by suitability, that each set reaches."""
        found = np.zeros(len(sets))
        for group, each in zip(self.groups, self.value_groups(sets), strict=True):
            found += group.weight * each
        return found

    def value_groups(self, sets: Numbers) -> Floats:
        """The same for each group alone: groups by sets."""
        found = np.zeros((len(self.groups), len(sets)))
        for at, group in enumerate(self.groups):
            own = map_sets(self.places, group.use.platforms)[sets]
            for step, kept in self._steps(group):
                found[at] += step * (1 - group.use.likely[own & kept])
        return found

    def _steps(self, group: Group) -> list[tuple[float, int]]:
        """Suitability taken apart into steps, each with the places that reach at least so high.

        The best suitability of a person is the sum of the steps at which they use some place.
        """
        names = [name for name in group.use.platforms if name in self.places]
        levels = sorted({self.suitability[name] for name in names}, reverse=True)
        return [
            (above - below, group.use.number_of(n for n in names if self.suitability[n] >= above))
            for above, below in pairwise([*levels, 0.0])
            if above > below
        ]

    def rank(self, sets: Numbers, most: int | None = None) -> Numbers:
        """Sets by what they reach, the most first; then those that cost less, then smaller ones.

        Args:
            sets: The sets to rank.
            most: How many of them are wanted; None for all.

        Returns:
            The sets in their order.
        """
        reached = np.round(self.value(sets), 12)
        if most is not None and most < len(sets):
            near = reached >= np.partition(reached, -most)[-most]
            sets, reached = sets[near], reached[near]
        order = np.lexsort((sets, self.sizes[sets], self.costs[sets], -reached))
        return sets[order[:most]]

    def number_of(self, names: Iterable[str]) -> int:
        """The set of some places; what is none of the places is left out."""
        return number_of(self.places, names)

    def name(self, number: int) -> tuple[str, ...]:
        """The places of a set."""
        last = len(self.places) - 1
        return tuple(name for at, name in enumerate(self.places) if number >> (last - at) & 1)

    # -- shown sets ----------------------------------------------------------------------------

    def describe(self, sets: Sequence[int]) -> tuple[Option, ...]:
        """Some sets with their intervals, compared with the first of them."""
        reach, weighted = (
            self._measure([terms(number) for number in sets])
            for terms in (self._reach_terms, self._weighted_terms)
        )
        ties = self._compare(sets, weighted)
        return tuple(
            Option(
                places=self.name(number),
                hours=float(self.costs[number]),
                reach=self._state(reach[at]),
                weighted=self._state(weighted[at], self._best_of(number)),
                is_limits=reach[at].is_limits,
                is_tied=ties[at],
            )
            for at, number in enumerate(sets)
        )

    def list_gains(self, number: int) -> tuple[Gain, ...]:
        """What each place of a set adds to the reach of the others."""
        found = []
        for name in self.name(number):
            beside = tuple(other for other in self.name(number) if other != name)
            less = self._reach_terms(self.number_of(beside))
            both = self._reach_terms(number)
            differences = [_subtract(b, o) for b, o in zip(both, less, strict=True)]
            (spread,) = self._spread([differences])
            with_it, without = (self._sum(terms, 0.0) for terms in (both, less))
            gain = _Measured(
                likely=max(with_it.likely - without.likely, 0.0),
                lowest=max(with_it.lowest - without.highest, 0.0),
                highest=max(with_it.highest - without.lowest, 0.0),
                spread=spread,
            )
            found.append(Gain(name, beside, self._state(gain), gain.is_limits))
        return tuple(found)

    def _reach_terms(self, number: int) -> list[dict[int, float]]:
        """For each group, the shares who use none that make up the reach of a set."""
        chosen = self.name(number)
        return [{group.use.number_of(chosen): 1.0} for group in self.groups]

    def _weighted_terms(self, number: int) -> list[dict[int, float]]:
        """The same for the reach weighted by suitability."""
        chosen, found = self.name(number), []
        for group in self.groups:
            own, terms = group.use.number_of(chosen), dict[int, float]()
            for step, kept in self._steps(group):
                terms[own & kept] = terms.get(own & kept, 0.0) + step
            found.append(terms)
        return found

    def _measure(self, all_terms: Sequence[Sequence[Mapping[int, float]]]) -> list[_Measured]:
        """Sums of shares who use some of a set, each times its factor, over all groups."""
        spreads = self._spread(all_terms)
        return [self._sum(terms, spread) for terms, spread in zip(all_terms, spreads, strict=True)]

    def _sum(self, terms: Sequence[Mapping[int, float]], spread: float) -> _Measured:
        ends = [0.0, 0.0, 0.0]
        for group, own in zip(self.groups, terms, strict=True):
            for number, factor in own.items():
                for at, none in enumerate((group.use.likely, group.use.highest, group.use.lowest)):
                    ends[at] += group.weight * factor * (1 - float(none[number]))
        return _Measured(ends[0], ends[1], ends[2], spread)

    def _best_of(self, number: int) -> float:
        """The most that a person can count by the places of a set."""
        return max((self.suitability[name] for name in self.name(number)), default=0.0) or 1.0

    def _state(self, found: _Measured, most: float = 1.0) -> Amount:
        """In percent, with the interval that holds chance and what is not known.

        The form of the interval is that of the largest group; ``most`` is what it cannot pass.
        """
        if max(found.likely, found.spread) <= _SAME:
            return Amount(0.0, 0.0, 0.0)
        use = max(self.groups, key=lambda group: group.weight).use
        spread, limits = found.spread / most, (found.lowest / most, found.highest / most)
        low, high = (use.interval(min(end, 1.0), spread) for end in limits)
        ends = min(most * low[0], found.likely), max(most * high[1], found.likely)
        return Amount(100 * found.likely, 100 * ends[0], 100 * ends[1])

    def _spread(self, all_terms: Sequence[Sequence[Mapping[int, float]]]) -> list[float]:
        """Standard errors over all groups, which err together at worst."""
        found = np.zeros(len(all_terms))
        for at, group in enumerate(self.groups):
            found += group.weight * group.use.spreads([terms[at] for terms in all_terms])
        return [float(spread) for spread in found]

    def _compare(self, sets: Sequence[int], weighted: Sequence[_Measured]) -> list[bool]:
        """Whether each set reaches as many as the first, as far as one can tell."""
        best = self._weighted_terms(sets[0]) if sets else []
        differences = []
        for number in sets:
            own = self._weighted_terms(number)
            differences.append([_subtract(b, o) for b, o in zip(best, own, strict=True)])
        spreads = self._spread(differences)
        first = weighted[0] if weighted else None
        return [
            first is not None
            and (
                first.likely - each.likely <= NORMAL * spread + _SAME
                or ((each.is_limits or first.is_limits) and each.highest > first.lowest + _SAME)
            )
            for each, spread in zip(weighted, spreads, strict=True)
        ]


class _Measured(NamedTuple):
    """A sum of shares: the likely one, and the limits of what is possible."""

    likely: float
    lowest: float
    highest: float
    spread: float

    @property
    def is_limits(self) -> bool:
        return self.highest - self.lowest > _SAME


def _subtract(first: Mapping[int, float], second: Mapping[int, float]) -> dict[int, float]:
    return {
        number: first.get(number, 0.0) - second.get(number, 0.0) for number in {*first, *second}
    }
