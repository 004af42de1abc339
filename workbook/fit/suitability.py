"""How well a place suits a business, whoever is there: the criteria besides the people."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from workbook.fit.numbers import OURS, Numbers


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


WEIGHTS = {
    Criterion.CONTENT: "platform_fit.weight_content",
    Criterion.GOAL: "platform_fit.weight_goal",
    Criterion.PATH: "platform_fit.weight_path",
    Criterion.SERVICE: "platform_fit.weight_service",
    Criterion.ASSET: "platform_fit.weight_asset",
}
"""The number that says how much each criterion counts."""
UNKNOWN = "platform_fit.unknown"
"""The number that counts for a criterion that is not known."""


class Suitability(NamedTuple):
    """How well a place suits, from 0 to 1, and which criteria were not known."""

    value: float
    unknown: tuple[Criterion, ...]


Criteria = Mapping[Criterion, float | None]
"""From 0 to 1 each; None, or not there, where it is to be found out."""


def weigh_criteria(criteria: Criteria, numbers: Numbers = OURS) -> Suitability:
    """The mean of the criteria, their weights rescaled to one.

    Args:
        criteria: What is known, from 0 to 1.
        numbers: The weights, and what counts for a criterion that is not known. Where no
            criterion has a weight, all count alike.

    Returns:
        The suitability, and the criteria to be found out.

    Raises:
        ValueError: A criterion outside 0 to 1.
    """
    known = {key: value for key, value in criteria.items() if value is not None}
    if any(not 0 <= value <= 1 for value in known.values()):
        raise ValueError(f"a criterion lies between 0 and 1: {known}")
    weights = {key: max(numbers[path], 0.0) for key, path in WEIGHTS.items()}
    if not any(weights.values()):
        weights = dict.fromkeys(Criterion, 1.0)
    instead = min(max(numbers[UNKNOWN], 0.0), 1.0)
    value = sum(weights[key] * known.get(key, instead) for key in Criterion)
    whole = sum(weights.values())
    return Suitability(value / whole, tuple(key for key in Criterion if key not in known))
