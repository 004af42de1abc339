"""Whether the action list fits beside the week: what it takes, and what the week leaves for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.steps.goals.answers import Decision
from workbook.steps.integration.listing import NEARLY, budget_of, last_of_list, list_open

if TYPE_CHECKING:
    from datetime import date

    from workbook.plan import Plan


@dataclass(frozen=True, slots=True)
class Beside:
    """A list that takes more hours than the week leaves for it, over some days."""

    listed: float
    left: float
    days: int

    @property
    def over(self) -> float:
        """The hours that are missing."""
        return self.listed - self.left


def find_beside(plan: Plan, today: date) -> Beside | None:
    """The action list where it does not fit beside the week; None where it does.

    Args:
        plan: The plan; while social media waits, no list is held against a week.
        today: The day from which on the days of the list are counted.

    Returns:
        Hours of what is open and due in these days, or has no day, and the hours that the week
        leaves over for it. None too where nobody knows how many hours there are.
    """
    budget = budget_of(plan)
    if plan.goals.decision is Decision.NOT_NOW or budget.all is None:
        return None
    last = last_of_list(plan, today)
    listed = sum(a.hours or 0 for a in list_open(plan) if a.due is None or a.due <= last)
    return Beside(listed, budget.all, budget.days) if listed > budget.all + NEARLY else None
