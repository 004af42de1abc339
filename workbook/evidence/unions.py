"""How many of some people use at least one of several platforms, each of them counted once.

Platforms that a survey asked about together are fitted pair by pair. Where no wave asked about two
platforms together, only the lowest and the highest possible union is known. This module needs
numpy, and is imported only when used.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from workbook.evidence.pair_odds import find_odds, load_odds
from workbook.evidence.pairwise import Block, fit_blocks
from workbook.evidence.shares import Share, bound
from workbook.evidence.survey import load_pairs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from workbook.evidence.profiles import Profile

    Floats = NDArray[np.float64]
    Numbers = NDArray[np.int64]

MOST_PLATFORMS = 18
_LEAST, _GREATEST = 0.0005, 0.9995
"""No share is taken for nobody or everybody."""


@dataclass(frozen=True, slots=True)
class Together:
    """What share of people use at least one of some platforms; all in percent.

    Where two of them were never asked about together, ``percent`` is None, ``low`` and ``high``
    are the lowest and the highest that is possible with these shares, and ``least`` and ``most``
    also hold how unsure the shares themselves are. Elsewhere both are the 95 percent interval.
    """

    platforms: tuple[str, ...]
    percent: float | None
    low: float
    high: float
    least: float
    most: float

    @property
    def is_bounds(self) -> bool:
        """Whether only the lowest and the highest possible is known."""
        return self.percent is None


def number_of(platforms: tuple[str, ...], chosen: Iterable[str]) -> int:
    """The number of a set of platforms; what is not among them is left out."""
    last, wanted = len(platforms) - 1, set(chosen)
    return sum(1 << (last - at) for at, name in enumerate(platforms) if name in wanted)


class JointUse(ABC):
    """How one group of people uses several platforms together.

    A set of platforms is a number, the first platform being its highest bit. ``likely``,
    ``lowest`` and ``highest`` hold, for each of the 2^k sets, the share who use none of it: the
    most likely one, and the limits within which it is certain. They differ where two platforms
    were never asked about together; the likely one then takes their use for unrelated.
    """

    platforms: tuple[str, ...]
    likely: Floats
    lowest: Floats
    highest: Floats

    def number_of(self, platforms: Iterable[str]) -> int:
        """The number of a set of platforms; those that are not among these are left out."""
        return number_of(self.platforms, platforms)

    @abstractmethod
    def spreads(self, sums: Sequence[Mapping[int, float]]) -> Floats:
        """The standard errors of sums of shares who use none of a set, each times its factor."""

    @abstractmethod
    def interval(self, share: float, spread: float) -> tuple[float, float]:
        """The 95 percent interval of a share with its standard error."""

    def unite(self, platforms: Iterable[str]) -> Together:
        """What share of these people use at least one of some platforms.

        Raises KeyError for a platform that there is no figure on.
        """
        wanted = tuple(dict.fromkeys(platforms))
        if unknown := set(wanted) - set(self.platforms):
            raise KeyError(*sorted(unknown))
        chosen = self.number_of(wanted)
        likely = 1 - float(self.likely[chosen])
        lowest, highest = 1 - float(self.highest[chosen]), 1 - float(self.lowest[chosen])
        spread = float(self.spreads([{chosen: -1.0}])[0])
        least = 100 * min(self.interval(lowest, spread)[0], lowest)
        most = 100 * max(self.interval(highest, spread)[1], highest)
        if highest - lowest < 1e-9:  # noqa: PLR2004 - as good as none
            return Together(wanted, 100 * likely, least, most, least, most)
        return Together(wanted, None, 100 * lowest, 100 * highest, least, most)


# -- from a survey -----------------------------------------------------------------------------


class Groups(NamedTuple):
    """Platforms by which wave asked about them: both, the newer alone, the older alone, none."""

    core: tuple[str, ...]
    newer: tuple[str, ...]
    older: tuple[str, ...]
    apart: tuple[str, ...]


@cache
def group_platforms(platforms: tuple[str, ...]) -> Groups:
    """Which platforms were asked about together."""
    old, new = sorted({pair.wave for pair in load_pairs()})
    asked: dict[str, set[str]] = {old: set(), new: set()}
    for pair in load_pairs():
        asked[pair.wave] |= {pair.first, pair.second}
    core = asked[old] & asked[new]
    groups = (core, asked[new] - core, asked[old] - core)
    known = [tuple(p for p in platforms if p in group) for group in groups]
    apart = tuple(p for p in platforms if not any(p in group for group in known))
    return Groups(known[0], known[1], known[2], apart)


@cache
def map_sets(platforms: tuple[str, ...], part: tuple[str, ...]) -> Numbers:
    """For each set of platforms, which set of a part of them is in it."""
    found = np.zeros(1, dtype=np.int64)
    for name in reversed(platforms):
        bit = 1 << (len(part) - 1 - part.index(name)) if name in part else 0
        found = np.concatenate([found, found | bit])
    return found


@dataclass(frozen=True)
class SurveyUse(JointUse):
    """How people use several platforms together, from their shares and a survey's odds ratios."""

    platforms: tuple[str, ...]
    shares: Floats
    errors: Floats
    """Standard errors of the shares, on the logit scale."""
    block: Block
    """The platforms that a survey asked about."""
    likely: Floats = field(init=False)
    lowest: Floats = field(init=False)
    highest: Floats = field(init=False)

    def __post_init__(self) -> None:
        """Work out how many use none of each set."""
        for name, found in zip(("likely", "lowest", "highest"), self._bound_none(), strict=True):
            object.__setattr__(self, name, found)

    def _bound_none(self) -> tuple[Floats, Floats, Floats]:
        """The likely, the lowest and the highest share who use none of each set.

        Among those who use none of what both waves asked about, so many use one of the newer and
        so many one of the older ones; how far these are the same people is not known.
        """
        groups = group_platforms(self.platforms)
        sets = map_sets(self.platforms, self.block.platforms)
        core, newer, older = (
            self.block.none[sets & number_of(self.block.platforms, (*groups.core, *side))]
            for side in ((), groups.newer, groups.older)
        )
        likely = self.block.none[sets]
        highest = np.minimum(newer, older)
        lowest = np.maximum(newer + older - core, 0)
        for name in groups.apart:
            used = np.where(self._holds(name), self.shares[self.platforms.index(name)], 0.0)
            likely = likely * (1 - used)
            highest = np.minimum(highest, 1 - used)
            lowest = np.maximum(lowest - used, 0)
        return likely, lowest, highest

    def _holds(self, name: str) -> NDArray[np.bool_]:
        """Which of the sets hold a platform."""
        return map_sets(self.platforms, (name,)) > 0

    def interval(self, share: float, spread: float) -> tuple[float, float]:
        """The 95 percent interval of a share, symmetric on the logit."""
        kept = min(max(share, _LEAST), _GREATEST)
        return bound(share, spread / (kept * (1 - kept)))

    def spreads(self, sums: Sequence[Mapping[int, float]]) -> Floats:
        """The standard errors, from those of the shares and the odds ratios (delta method).

        Shares of the same interviews err together as far as the use of the platforms goes
        together; odds ratios err on their own.
        """
        sets = sorted({number for terms in sums for number in terms if number})
        if not sets:
            return np.zeros(len(sums))
        factors = np.array([[terms.get(number, 0.0) for number in sets] for terms in sums])
        by_share, by_odds = self._differentiate(np.array(sets))
        moved = (factors @ by_share) * self.errors
        variance = ((moved @ self._correlation) * moved).sum(axis=1)
        errors = np.array([odds.error for odds in self.block.odds])
        variance += (((factors @ by_odds) * errors) ** 2).sum(axis=1)
        return np.asarray(np.sqrt(np.maximum(variance, 0)))

    @cached_property
    def _correlation(self) -> Floats:
        found = np.eye(len(self.platforms))
        at = [self.platforms.index(name) for name in self.block.platforms]
        found[np.ix_(at, at)] = self.block.correlation()
        return found

    def _differentiate(self, numbers: Numbers) -> tuple[Floats, Floats]:
        """How the likely share who use none of each set moves with shares and odds ratios."""
        sets = map_sets(self.platforms, self.block.platforms)[numbers]
        own, by_odds = self.block.differentiate(sets)
        likely = self.likely[numbers]
        apart = (likely / self.block.none[sets])[:, None]
        by_share = np.zeros((len(numbers), len(self.platforms)))
        by_share[:, [self.platforms.index(name) for name in self.block.platforms]] = apart * own
        for name in group_platforms(self.platforms).apart:
            at = self.platforms.index(name)
            by_share[:, at] = np.where(self._holds(name)[numbers], -likely * self.shares[at], 0.0)
        return by_share, apart * by_odds


def join_shares(
    groups: Sequence[Mapping[str, Share]], profiles: Sequence[Profile] = ()
) -> tuple[SurveyUse, ...]:
    """How some groups of people use the same platforms together.

    Args:
        groups: For each group its shares by platform; all groups have the same platforms.
        profiles: Who the people of each group are; without it, all adults of the United States.

    Returns:
        One joint use per group.

    Raises:
        ValueError: More platforms than 18, or groups with different ones.

    Source: pairwise log-linear model by iterative proportional fitting, on the odds ratios of the
    survey [U1], as ``pair_odds.find_odds`` has them for each group.
    """
    platforms = tuple(groups[0]) if groups else ()
    if len(platforms) > MOST_PLATFORMS or any(set(g) != set(platforms) for g in groups):
        raise ValueError(f"at most {MOST_PLATFORMS} platforms, the same in every group")
    percents = np.array([[group[name].percent for name in platforms] for group in groups])
    shares = np.clip(percents / 100, _LEAST, _GREATEST)
    asked = tuple(name for name in platforms if name not in group_platforms(platforms).apart)
    odds = [find_odds(each) for each in profiles] or [load_odds()] * len(groups)
    blocks = fit_blocks(asked, shares[:, [platforms.index(name) for name in asked]], odds)
    errors = [np.array([group[name].error for name in platforms]) for group in groups]
    found = zip(shares, errors, blocks, strict=True)
    return tuple(SurveyUse(platforms, *each) for each in found)
