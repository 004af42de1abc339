"""The action list in numbers: what is open, when it is due, and the hours there are for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from workbook.budget.need import is_signed, reckon_need
from workbook.content import default_of
from workbook.values import UNKNOWN

if TYPE_CHECKING:
    from datetime import date

    from workbook.plan import Plan
    from workbook.steps.integration.answers import Action

STEP = "integration"
DAYS_IN_A_WEEK = 7
_WHOLE = 100
NEARLY = 1e-6
"""Hours that are none: sums of hours may differ by so little."""
_LEAST = 1 / 60
"""A minute a week: with less than that, nothing is left."""


@dataclass(frozen=True, slots=True)
class Budget:
    """The hours a week that may go into the list, and those in all its days; None if unknown."""

    weekly: float | None
    share: float
    days: int
    left: float | None = None
    """What the week leaves over beside posts and answers; None where that is not reckoned."""

    @property
    def a_week(self) -> float | None:
        """Hours of the list in a week: what the week leaves over, up to the share of it."""
        if self.weekly is None:
            return None
        shared = self.weekly * self.share / _WHOLE
        return shared if self.left is None else min(shared, self.left)

    @property
    def shared(self) -> float | None:
        """The share of the hours in all the days of the list, whatever the week takes."""
        if self.weekly is None:
            return None
        return self.weekly * self.share / _WHOLE * self.days / DAYS_IN_A_WEEK

    @property
    def is_used_up(self) -> bool:
        """Whether the week leaves nothing over for a list."""
        return self.a_week is not None and self.a_week < _LEAST

    @property
    def all(self) -> float | None:
        """Hours of the list in all its days."""
        return None if self.a_week is None else self.a_week * self.days / DAYS_IN_A_WEEK


def budget_of(plan: Plan) -> Budget:
    """The hours there are for the action list of a plan.

    It is what the week leaves over once places, answers and planning have theirs, by the reckoning
    that the finding about list and week uses; the short route, which plans no week, has the share.
    """
    hours = plan.start.hours_per_week
    weekly = None if hours is None or hours == UNKNOWN else float(hours)
    share = min(default_of(plan, f"{STEP}.setup_share"), _WHOLE)
    days = max(1, int(default_of(plan, f"{STEP}.days")))
    is_reckoned = weekly is not None and (plan.start.route != "short" or is_signed(plan))
    left = max(0.0, (weekly or 0.0) - reckon_need(plan).hours) if is_reckoned else None
    return Budget(weekly, share, days, left)


def last_of_list(plan: Plan, today: date) -> date:
    """The last day the list reaches, counted from today."""
    return today + timedelta(days=budget_of(plan).days)


def is_full(plan: Plan) -> bool:
    """Whether nothing is left for a list: the week takes all, or what stands on the list does."""
    budget = budget_of(plan)
    if budget.all is None:
        return False
    return budget.is_used_up or count_listed(plan) >= budget.all - NEARLY


def count_listed(plan: Plan) -> float:
    """The hours of what stands on the list and is still to be done."""
    return sum(action.hours or 0.0 for action in list_open(plan))


def list_open(plan: Plan) -> tuple[Action, ...]:
    """The actions that are still to be done, by day; those without one at the end."""
    open_ones = [action for action in plan.integration.actions if action.is_open]
    return tuple(sort_actions(open_ones))


def sort_actions(actions: list[Action]) -> list[Action]:
    """Actions in the order of their days, those without a day at the end, else as they stood."""
    return sorted(actions, key=lambda action: (action.due is None, action.due))
