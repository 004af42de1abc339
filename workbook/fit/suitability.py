"""How well a place suits a business, whoever is there: the criteria besides the people."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from workbook.fit.effort import default


class Criterion(StrEnum):
    """What counts for a place besides the people on it."""

    CONTENT = "content"
    """The team can make, every week, what the place lives on."""
    GOAL = "goal"
    """The place serves the goal."""
    PATH = "path"
    """People can get from there to the website."""
    SERVICE = "service"
    """Customers can be answered there in time."""
    ASSET = "asset"
    """An account there is alive already."""


class Suitability(NamedTuple):
    """How well a place suits, from 0 to 1, and which criteria were not known."""

    value: float
    unknown: tuple[Criterion, ...]


Criteria = Mapping[Criterion, float | None]
"""From 0 to 1 each; None, or not there, where it is to be found out."""


def weigh_criteria(
    criteria: Criteria,
    *,
    weights: Mapping[Criterion, float] | None = None,
    unknown: float | None = None,
) -> Suitability:
    """The mean of the criteria, their weights rescaled to one.

    Args:
        criteria: What is known, from 0 to 1.
        weights: Weights instead of our defaults.
        unknown: What counts for a criterion that is not known, instead of our default.

    Returns:
        The suitability, and the criteria to be found out.

    Raises:
        ValueError: A criterion outside 0 to 1, or weights that add up to nothing.
    """
    known = {key: value for key, value in criteria.items() if value is not None}
    if any(not 0 <= value <= 1 for value in known.values()):
        raise ValueError(f"a criterion lies between 0 and 1: {known}")
    own = weights or {}
    parts = {key: own.get(key, default(f"weight_{key.value}")) for key in Criterion}
    whole = sum(parts.values())
    if whole <= 0 or min(parts.values()) < 0:
        raise ValueError(f"weights are zero or more, and not all zero: {parts}")
    instead = default("unknown") if unknown is None else unknown
    value = sum(parts[key] * known.get(key, instead) for key in Criterion) / whole
    return Suitability(value, tuple(key for key in Criterion if key not in known))
