"""How the clients who were asked use several platforms together.

The shares are those that were counted, and their intervals those of the Jeffreys prior, the same as
of each count by itself. This module needs numpy, and is imported only when used.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from workbook.evidence.intervals import moments_interval
from workbook.evidence.pairwise import sum_subsets
from workbook.evidence.unions import MOST_PLATFORMS, JointUse, join_shares, map_sets, number_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from workbook.evidence.profiles import Profile
    from workbook.evidence.shares import Share
    from workbook.evidence.unions import SurveyUse

    Floats = NDArray[np.float64]
    Numbers = NDArray[np.int64]

_ALL = 100


def _pull(share: float, asked: int) -> float:
    """A share with half a client added who counts and half a one who does not."""
    return (share * asked + 0.5) / (asked + 1)


@dataclass(frozen=True)
class CountedUse(JointUse):
    """How the clients who were asked use several platforms together, counted person by person.

    The shares are those that were counted. What may lie behind them is as the Jeffreys prior has
    it: half a client is added at the lowest and half a one at the highest that can be.
    """

    platforms: tuple[str, ...]
    states: Floats
    asked: int
    likely: Floats = field(init=False)
    lowest: Floats = field(init=False)
    highest: Floats = field(init=False)

    def __post_init__(self) -> None:
        """Count how many use none of each set."""
        none = sum_subsets(self.states)[::-1]
        for name in ("likely", "lowest", "highest"):
            object.__setattr__(self, name, none)

    def interval(self, share: float, spread: float) -> tuple[float, float]:
        """The 95 percent interval of a share that was counted; Jeffreys for a union."""
        return moments_interval(_pull(share, self.asked), spread)

    def spreads(self, sums: Sequence[Mapping[int, float]]) -> Floats:
        """The standard errors, as those of means of so many clients."""
        states = self._look(sums)
        values = np.zeros((len(sums), len(states)))
        for at, terms in enumerate(sums):
            for chosen, factor in terms.items():
                values[at] += factor * ((states & chosen) == 0)
        if not len(sums):
            return np.zeros(0)
        counts, size = self.states[states] * self.asked, self.asked + 1
        least, most = values.min(axis=1), values.max(axis=1)
        mean = (values @ counts + (least + most) / 2) / size
        square = (values**2 @ counts + (least**2 + most**2) / 2) / size
        return np.asarray(np.sqrt(np.maximum(square - mean**2, 0) / (size + 1)))

    def _look(self, sums: Sequence[Mapping[int, float]]) -> Numbers:
        """The states that clients are in, and those at which a sum can be lowest and highest."""
        whole = len(self.states) - 1
        others = {whole & ~chosen for terms in sums for chosen in terms}
        ends = {0, whole, *others, *(1 << at for at in range(len(self.platforms)))}
        seen = set(np.flatnonzero(self.states).tolist())
        return np.array(sorted(seen | ends), dtype=np.int64)


@dataclass(frozen=True)
class ToldUse(JointUse):
    """How clients use several platforms together where each platform was counted by itself.

    The shares are those that were counted; each is as unsure as the Jeffreys prior makes it, since
    a count of all is not sure either.
    """

    counted: SurveyUse
    everybody: tuple[str, ...]
    """The platforms that all of them named."""
    asked: int
    platforms: tuple[str, ...] = field(init=False)
    likely: Floats = field(init=False)
    lowest: Floats = field(init=False)
    highest: Floats = field(init=False)

    def __post_init__(self) -> None:
        """Take the shares as counted; a place that all named leaves nobody out."""
        object.__setattr__(self, "platforms", self.counted.platforms)
        holds = map_sets(self.platforms, self.everybody) > 0
        for name in ("likely", "lowest", "highest"):
            object.__setattr__(self, name, np.where(holds, 0.0, getattr(self.counted, name)))

    def interval(self, share: float, spread: float) -> tuple[float, float]:
        """The 95 percent interval of a share that was counted; Jeffreys for a single platform."""
        return moments_interval(_pull(share, self.asked), spread)

    def spreads(self, sums: Sequence[Mapping[int, float]]) -> Floats:
        """The standard errors, from those of the counts and the odds ratios."""
        return self.counted.spreads(sums)


def join_counts(
    groups: Sequence[Mapping[str, Share]], profiles: Sequence[Profile] = ()
) -> tuple[ToldUse, ...]:
    """How clients use the same platforms together, of whom each platform was counted by itself.

    Args:
        groups: For each group the shares that were counted, as ``clients.count_share`` has them.
        profiles: Who the people of each group are; without it, all adults of the United States.

    Returns:
        One joint use per group, its shares those that were counted.

    Raises:
        ValueError: More platforms than 18, or groups with different ones.

    Source: as ``join_shares``; Jeffreys prior [M17].
    """
    fitted = join_shares([{n: _prepare(s) for n, s in group.items()} for group in groups], profiles)
    everybody = [tuple(n for n, s in group.items() if s.percent >= _ALL) for group in groups]
    asked = [max((share.asked for share in group.values()), default=0) for group in groups]
    return tuple(ToldUse(*each) for each in zip(fitted, everybody, asked, strict=True))


def _prepare(share: Share) -> Share:
    """A counted share to be fitted, so unsure that its standard error is that of Jeffreys.

    One of all is fitted where it is pulled to, since at the very end nothing moves with it.
    """
    seen = share.percent / _ALL
    pulled = _pull(seen, share.asked)
    if not 0 < seen < 1:
        return replace(share, percent=_ALL * pulled)
    return replace(share, error=share.error * pulled * (1 - pulled) / (seen * (1 - seen)))


def count_clients(
    platforms: tuple[str, ...], clients: Iterable[tuple[Iterable[str], int]]
) -> CountedUse:
    """How clients use several platforms together, counted.

    Args:
        platforms: The platforms to look at, at most 18.
        clients: Combinations of platforms, each with the number of clients who named just these.

    Returns:
        Their joint use; without a client it is half nobody and half everybody.

    Raises:
        ValueError: More platforms than 18.

    Source: Jeffreys prior, as in ``intervals.proportion_interval`` [M17].
    """
    if len(platforms) > MOST_PLATFORMS:
        raise ValueError(f"at most {MOST_PLATFORMS} platforms")
    states = np.zeros(2 ** len(platforms))
    asked = 0
    for named, number in clients:
        states[number_of(platforms, named)] += number
        asked += number
    if not asked:
        states[[0, -1]] += 0.5
    return CountedUse(platforms, states / max(asked, 1), asked)
