"""How many of a group a survey interviewed: only what was counted, never a share made into one."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from workbook.evidence.survey import (
    ALL,
    CELL_DIMENSIONS,
    US,
    load_interviewed,
    load_published,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Interviewed(NamedTuple):
    """How many were interviewed of the smallest group that is known to hold another one."""

    number: int
    within: tuple[str, ...]
    """What that group is narrowed down by."""

    def is_at_most(self, narrowed: Iterable[str]) -> bool:
        """Whether the group itself is narrowed down further, so that it holds so many at most."""
        return set(self.within) != set(narrowed)


def count_interviewed(wave: str, narrowed: Mapping[str, tuple[str, ...]]) -> Interviewed:
    """How many people of a group were interviewed in a wave, or at most how many.

    Args:
        wave: The wave, by its year.
        narrowed: The dimensions that leave somebody out, with the levels that are meant.

    Returns:
        The number itself for everybody, for levels of one dimension, and for age, sex and
        education together; otherwise that of the smallest of such groups that holds this one.

    Source: the numbers asked of the survey [U1], not weighted; those of age, sex and education
    together are our own count, of the people who told all three.
    """
    together = tuple(key for key in narrowed if key in CELL_DIMENSIONS)
    groups: list[tuple[str, ...]] = [(), *((key,) for key in narrowed)]
    if len(together) > 1:
        groups.append(together)
    known = [Interviewed(_count(wave, narrowed, keys), keys) for keys in groups]
    itself = (each for each in known if not each.is_at_most(narrowed))
    return next(itself, min(known, key=lambda each: each.number))


def _count(wave: str, narrowed: Mapping[str, tuple[str, ...]], keys: tuple[str, ...]) -> int:
    """How many are of a group that it is known of."""
    if len(keys) > 1:
        return sum(
            cell.asked
            for cell in load_interviewed()
            if cell.wave == wave and all(cell.levels[key] in narrowed[key] for key in keys)
        )
    dimension = keys[0] if keys else ALL
    asked = _list_asked(wave, dimension)
    levels = narrowed[dimension] if keys else tuple(asked)
    return sum(asked[level] for level in levels)


@cache
def _list_asked(wave: str, dimension: str) -> dict[str, int]:
    """How many were asked of each level of a dimension."""
    rows = (r for r in load_published() if r.country == US and r.start.startswith(wave))
    return {row.group: row.asked for row in rows if row.dimension == dimension}
