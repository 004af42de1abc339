"""How strongly the use of two platforms goes together in a group of people.

Of all adults the survey says it. Part of that is only that the young use one as well as the other;
within a group of people alike, that part falls away. So for each pair one log odds ratio is found
that, taken for every cell of the model, makes the pair come out as the survey has it; what it is in
a group follows from the group's cells. This module needs numpy, and is imported only when used.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from workbook.evidence.pairwise import Odds, use_both
from workbook.evidence.profiles import Profile, list_cells, load_cell_use
from workbook.evidence.survey import US, find_country, load_pairs, load_uncertainty

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from workbook.evidence.profiles import CellUse
    from workbook.evidence.survey import Pair

    Floats = NDArray[np.float64]
    Numbers = NDArray[np.int64]

_CLOSE, _MOST_STEPS, _LONGEST = 1e-12, 50, 1.0
"""How near the share who use both must come, in how many steps, none longer than that."""


@cache
def _newest_pairs() -> dict[frozenset[str], Pair]:
    """Each pair of platforms, as the newest wave has it that asked about both."""
    ordered = sorted(load_pairs(), key=lambda pair: pair.wave)
    return {frozenset((pair.first, pair.second)): pair for pair in ordered}


@cache
def load_odds() -> dict[frozenset[str], Odds]:
    """The log odds ratio of each pair of platforms among all adults of the United States."""
    return {names: Odds(pair.log_odds, pair.error) for names, pair in _newest_pairs().items()}


def find_odds(profile: Profile) -> Mapping[frozenset[str], Odds]:
    """The log odds ratio of each pair of platforms in a group of people.

    Args:
        profile: The group.

    Returns:
        Those that the group's cells make; outside the United States those of everybody there,
        less sure for it.

    Source: pairs and cells of the survey [U1]; that within a cell the log odds ratio is the same
    in every cell, and the extra uncertainty elsewhere, are our assumptions.
    """
    if find_country(profile.country) != US:
        return _widen_odds()
    return _find_odds(tuple(profile.narrowed().items()))


@cache
def _widen_odds() -> dict[frozenset[str], Odds]:
    extra: float = load_uncertainty()["odds"]["elsewhere"]
    return {k: Odds(o.log, float(np.hypot(o.error, extra))) for k, o in load_odds().items()}


@cache
def _find_odds(narrowed: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[frozenset[str], Odds]:
    found = dict(load_odds())
    if not narrowed:
        return found
    for wave in sorted({pair.wave for pair in _newest_pairs().values()}):
        chosen = list_cells(wave, Profile(US, dict(narrowed)))
        if not chosen:
            continue
        within = load_within(wave)
        for names, log in zip(within.pairs, within.find_logs(chosen), strict=True):
            found[names] = Odds(float(log), found[names].error)
    return found


# -- within cells ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Within:
    """How the use of two platforms goes together within the cells of a wave, pair by pair."""

    pairs: tuple[frozenset[str], ...]
    cells: CellUse
    first: Numbers
    """Of each pair, the place of its first platform in the cells."""
    second: Numbers
    logs: Floats
    """Of each pair, its log odds ratio within any cell."""
    both: Floats
    """The share who use both: cells by pairs."""

    def find_logs(self, chosen: list[int]) -> Floats:
        """The log odds ratio of each pair in the people of some cells together."""
        weights = self.cells.weights[chosen] / self.cells.weights[chosen].sum()
        use, both = weights @ self.cells.use[chosen], weights @ self.both[chosen]
        first, second = use[self.first], use[self.second]
        apart = (first - both) * (second - both)
        return np.asarray(np.log(both * (1 - first - second + both) / apart))


@cache
def load_within(wave: str) -> Within:
    """The log odds ratios within cells, of the pairs that this wave is the newest to have."""
    cells = load_cell_use(wave)
    found = {names: pair for names, pair in _newest_pairs().items() if pair.wave == wave}
    pairs = [p for p in found.values() if {p.first, p.second} <= set(cells.platforms)]
    first = np.array([cells.platforms.index(pair.first) for pair in pairs])
    second = np.array([cells.platforms.index(pair.second) for pair in pairs])
    whole = np.array([pair.log_odds for pair in pairs])
    logs, both = _solve(cells, first, second, whole)
    names = tuple(frozenset((pair.first, pair.second)) for pair in pairs)
    return Within(names, cells, first, second, logs, both)


def _solve(cells: CellUse, first: Numbers, second: Numbers, whole: Floats) -> tuple[Floats, Floats]:
    """The log odds ratios within cells that make those of everybody (Newton's method)."""
    weights = cells.weights / cells.weights.sum()
    use_first, use_second = cells.use[:, first], cells.use[:, second]
    wanted = use_both(weights @ use_first, weights @ use_second, whole)
    logs, both = whole.copy(), use_both(use_first, use_second, whole)
    for _ in range(_MOST_STEPS):
        off = weights @ both - wanted
        if float(np.abs(off).max()) < _CLOSE:
            break
        apart = (use_first - both, use_second - both, 1 - use_first - use_second + both, both)
        slope = weights @ (1 / sum(1 / each for each in apart))
        logs = logs - np.clip(off / slope, -_LONGEST, _LONGEST)
        both = use_both(use_first, use_second, logs)
    return logs, both
