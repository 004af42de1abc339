"""How the use of several platforms goes together, fitted to pairs of them and no further.

A joint distribution over the 2^k ways to use k platforms or not, with given shares and given odds
ratios of pairs, and without any other interaction (a pairwise log-linear model), is found by
iterative proportional fitting. A state is a number whose bits say what is used, the first platform
being the highest bit. This module needs numpy, and is imported only when used.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Numbers = NDArray[np.int64]

_NEAR, _CLOSE = 0.1, 1e-7
"""How far off a share may be before the last steps are taken, and in the end."""
_MOST_SWEEPS, _MOST_STEPS = 500, 8
_LONGEST = 5
"""No step changes a state by more than this power of e."""
_NO_ODDS = 1e-9
"""Odds ratios so near to 1 are 1."""


class Odds(NamedTuple):
    """The log odds ratio of using two platforms, with its standard error."""

    log: float
    error: float


def use_both(first: Floats, second: Floats, log_odds: Floats) -> Floats:
    """The share who use both of two platforms.

    Args:
        first: Share who use the first, between 0 and 1.
        second: Share who use the second.
        log_odds: Log odds ratio of the two.

    Returns:
        The share that has this odds ratio with these margins (the solution of a quadratic).
    """
    ratio = np.exp(log_odds)
    rise = ratio - 1
    level = np.where(np.abs(rise) < _NO_ODDS, 1.0, rise)
    sum_ = 1 + (first + second) * rise
    root = np.sqrt(np.maximum(sum_**2 - 4 * ratio * rise * first * second, 0))
    both = np.where(np.abs(rise) < _NO_ODDS, first * second, (sum_ - root) / (2 * level))
    return np.asarray(both, dtype=np.float64)


def sum_subsets(states: Floats) -> Floats:
    """For each state, the sum over the states that use nothing else; along the last axis."""
    return _sum_along(states, source=0, target=1)


def sum_supersets(states: Floats) -> Floats:
    """For each state, the sum over the states that use at least this; along the last axis."""
    return _sum_along(states, source=1, target=0)


def _sum_along(states: Floats, *, source: int, target: int) -> Floats:
    found = states.copy()
    step = 1
    while step < found.shape[-1]:
        parts = found.reshape(*found.shape[:-1], -1, 2, step)
        parts[..., target, :] += parts[..., source, :]
        step *= 2
    return found


# -- the shape of a model ----------------------------------------------------------------------


class _Shape(NamedTuple):
    """What a model of so many platforms is made of: its single platforms, then its pairs."""

    sets: Numbers
    """Of each platform and each pair, its set as a state."""
    joined: Numbers
    """Of each two of them, the set of both."""
    features: Floats
    """Of each state, which of them it uses: states by platforms and pairs."""
    first: Numbers
    """The first platform of each pair."""
    second: Numbers


Pairs = tuple[tuple[int, int], ...]
"""Pairs of platforms by their places, the smaller place first."""


@cache
def _shape_of(size: int, pairs: Pairs) -> _Shape:
    bits = [1 << (size - 1 - number) for number in range(size)]
    sets = np.array([*bits, *(bits[i] | bits[j] for i, j in pairs)], dtype=np.int64)
    states = np.arange(2**size)
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return _Shape(
        sets=sets,
        joined=sets[:, None] | sets[None, :],
        features=((states[:, None] & sets) == sets).astype(np.float64),
        first=ends[:, 0],
        second=ends[:, 1],
    )


# -- fitting -----------------------------------------------------------------------------------


def fit_pairs(shares: Floats, pairs: Pairs, both: Floats) -> Floats:
    """The joint distributions of some groups of people, by iterative proportional fitting.

    Once a sweep over all pairs has come near, a Newton step on all of them at once comes much
    nearer than the next sweep would; it leads to the same distribution, which is the only one
    of its kind.

    Args:
        shares: Share who use each platform: groups by platforms, between 0 and 1.
        pairs: The pairs of which it is known how many use both; others get no interaction.
        both: Share who use both of two platforms: groups by pairs.

    Returns:
        Probabilities of the states: groups by 2^platforms.
    """
    groups, size = shares.shape
    states = np.ones((groups, 1))
    for number in range(size):
        either = np.stack([1 - shares[:, number], shares[:, number]], axis=1)
        states = (states[:, :, None] * either[:, None, :]).reshape(groups, -1)
    if not pairs:
        return states
    wanted = np.concatenate([shares, both], axis=1)
    for _ in range(_MOST_SWEEPS):
        off = _sweep(states, shares, pairs, both)
        if off < _NEAR:
            states, off = _step(states, wanted, _shape_of(size, pairs))
        if off < _CLOSE:
            break
    return states


def _sweep(states: Floats, shares: Floats, pairs: Pairs, both: Floats) -> float:
    """Fit each pair once, in place; gives how far off the worst was."""
    size, worst = shares.shape[1], 0.0
    for number, (i, j) in enumerate(pairs):
        view = states.reshape(len(states), 2**i, 2, 2 ** (j - i - 1), 2, 2 ** (size - j - 1))
        found = np.einsum("abcdef->ace", view)
        first, second, pair = shares[:, i], shares[:, j], both[:, number]
        cells = [[1 - first - second + pair, second - pair], [first - pair, pair]]
        table = np.array(cells).transpose(2, 0, 1)
        worst = max(worst, float(np.abs(found - table).max()))
        view *= (table / found)[:, None, :, None, :, None]
    return worst


def _step(states: Floats, wanted: Floats, shape: _Shape) -> tuple[Floats, float]:
    """Newton steps towards the wanted moments, while they help; and how far off it is then."""
    moments, covariance = _measure(states, shape)
    off = float(np.abs(moments - wanted).max())
    for _ in range(_MOST_STEPS):
        move = np.linalg.solve(covariance, (wanted - moments)[:, :, None])[:, :, 0]
        # einsum, since a product this small waits longer for a second processor than it takes
        risen = np.einsum("gf,sf->gs", move, shape.features)
        moved = states * np.exp(np.clip(risen, -_LONGEST, _LONGEST))
        moved /= moved.sum(axis=1, keepdims=True)
        moments, covariance = _measure(moved, shape)
        now = float(np.abs(moments - wanted).max())
        if not now < off:
            break
        states, off = moved, now
        if off < _CLOSE:
            break
    return states, off


def _measure(states: Floats, shape: _Shape) -> tuple[Floats, Floats]:
    """The moments of the platforms and pairs, and their covariance; the groups come first."""
    sums = sum_supersets(states)
    moments = sums[..., shape.sets]
    covariance = sums[..., shape.joined] - moments[..., :, None] * moments[..., None, :]
    return moments, covariance


@dataclass(frozen=True)
class Block:
    """The joint use of some platforms in one group of people."""

    platforms: tuple[str, ...]
    shares: Floats
    pairs: Pairs
    odds: tuple[Odds, ...]
    """Of each pair."""
    states: Floats

    @cached_property
    def none(self) -> Floats:
        """For each set of platforms, as a state, the share who use none of it."""
        return sum_subsets(self.states)[::-1]

    @cached_property
    def _measured(self) -> tuple[Floats, Floats]:
        return _measure(self.states, self._shape)

    @property
    def _shape(self) -> _Shape:
        return _shape_of(len(self.platforms), self.pairs)

    def correlation(self) -> Floats:
        """How the use of each two platforms correlates: platforms by platforms."""
        size = len(self.platforms)
        covariance = self._measured[1][:size, :size]
        spread = np.sqrt(np.diag(covariance))
        return np.asarray(covariance / np.outer(spread, spread))

    def differentiate(self, sets: Numbers) -> tuple[Floats, Floats]:
        """How the share who use none of a set moves with what it is made of.

        Args:
            sets: Sets of platforms, as states.

        Returns:
            Its derivatives by the logit of each share (sets by platforms) and by the log odds
            ratio of each pair (sets by pairs). In an exponential family a mean moves with the
            fitted moments by its covariance with them.
        """
        size = len(self.platforms)
        shape = self._shape
        moments, covariance = self._measured
        outside = (np.arange(2**size) & sets[:, None]) == 0
        weighted = outside * self.states
        within = sum_supersets(weighted)[:, shape.sets]
        common = within - weighted.sum(axis=1)[:, None] * moments
        by_moment = np.linalg.solve(covariance, common.T).T
        by_share, by_pair = by_moment[:, :size].copy(), by_moment[:, size:]
        by_first, by_second, by_odds = self._slopes
        np.add.at(by_share.T, shape.first, (by_pair * by_first).T)
        np.add.at(by_share.T, shape.second, (by_pair * by_second).T)
        return by_share * (self.shares * (1 - self.shares)), by_pair * by_odds

    @cached_property
    def _slopes(self) -> tuple[Floats, Floats, Floats]:
        """How the share who use both of a pair moves with either share and the log odds ratio."""
        shape = self._shape
        both = self._measured[0][len(self.platforms) :]
        first, second = self.shares[shape.first], self.shares[shape.second]
        neither, only_first, only_second = 1 - first - second + both, first - both, second - both
        total = 1 / both + 1 / only_first + 1 / only_second + 1 / neither
        return (
            (1 / neither + 1 / only_first) / total,
            (1 / neither + 1 / only_second) / total,
            1 / total,
        )


def fit_blocks(
    platforms: tuple[str, ...], shares: Floats, odds: Sequence[Mapping[frozenset[str], Odds]]
) -> tuple[Block, ...]:
    """The joint use of some platforms in several groups of people.

    Args:
        platforms: The platforms.
        shares: Groups by platforms, between 0 and 1.
        odds: For each group the log odds ratios that are known, of the same pairs in every
            group; pairs without one get no interaction.

    Returns:
        One block per group.
    """
    pairs = tuple(
        (i, j)
        for i, j in combinations(range(len(platforms)), 2)
        if odds and frozenset((platforms[i], platforms[j])) in odds[0]
    )
    names = [frozenset((platforms[i], platforms[j])) for i, j in pairs]
    found = [tuple(own[name] for name in names) for own in odds]
    logs = np.array([[each.log for each in own] for own in found]).reshape(len(odds), len(pairs))
    shape = _shape_of(len(platforms), pairs)
    both = use_both(shares[:, shape.first], shares[:, shape.second], logs)
    fitted = fit_pairs(shares, pairs, both)
    groups = zip(shares, found, fitted, strict=True)
    return tuple(Block(platforms, own, pairs, logs_, states) for own, logs_, states in groups)
