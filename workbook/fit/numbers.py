"""The numbers that places are chosen by: those we chose, or the business's own instead."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from workbook.content import default_of
from workbook.discovery import read_toml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook.plan import Plan

STEPS = ("start", "audience", "platform_fit")
"""The steps whose ``defaults.toml`` hold them."""
SHARED_HOURS = "start.shared_hours"
"""Hours a week that any presence takes once, however many places there are."""
ELSEWHERE = "start.account_hours"
"""The number of hours that an account takes at a place of which nothing is known."""
ROUNDING = 0.5
"""Shares such as three times 33.3 add up to less than 100 by so much."""


def default(path: str) -> float:
    """A number we chose, such as ``platform_fit.unknown``; KeyError where there is none."""
    step, _, name = path.partition(".")
    return float(read_toml(f"steps/{step}/defaults.toml")[name]["value"])


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of one business: its own where it has chosen some, else ours."""

    own: Mapping[str, float] = field(default_factory=dict)
    """By ``step.name``."""

    def __getitem__(self, path: str) -> float:
        """The number to reckon with."""
        return self.own[path] if path in self.own else default(path)

    def put(self, path: str, value: float) -> Numbers:
        """The same with another number in one place."""
        return replace(self, own={**self.own, path: value})


OURS = Numbers()


def list_own(plan: Plan) -> tuple[tuple[str, float], ...]:
    """The numbers a plan has instead of ours, in the order of their names."""
    return tuple(
        (path, default_of(plan, path))
        for path in sorted(plan.own_defaults)
        if path.partition(".")[0] in STEPS
    )
