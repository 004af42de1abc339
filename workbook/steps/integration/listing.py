"""The action list in numbers: what is open, when it is due, and the hours there are for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from workbook.content import default_of
from workbook.values import UNKNOWN

if TYPE_CHECKING:
    from datetime import date

    from workbook.plan import Plan
    from workbook.steps.integration.answers import Action

STEP = "integration"
DAYS_IN_A_WEEK = 7
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Budget:
    """The hours a week that may go into the list, and those in all its days; None if unknown."""

    weekly: float | None
    share: float
    days: int

    @property
    def a_week(self) -> float | None:
        """Hours of the list in a week."""
        return None if self.weekly is None else self.weekly * self.share / _WHOLE

    @property
    def all(self) -> float | None:
        """Hours of the list in all its days."""
        return None if self.a_week is None else self.a_week * self.days / DAYS_IN_A_WEEK


def budget_of(plan: Plan) -> Budget:
    """The hours there are for the action list of a plan."""
    hours = plan.start.hours_per_week
    weekly = None if hours is None or hours == UNKNOWN else float(hours)
    share = min(default_of(plan, f"{STEP}.setup_share"), _WHOLE)
    return Budget(weekly, share, max(1, int(default_of(plan, f"{STEP}.days"))))


def last_of_list(plan: Plan, today: date) -> date:
    """The last day the list reaches, counted from today."""
    return today + timedelta(days=budget_of(plan).days)


def list_open(plan: Plan) -> tuple[Action, ...]:
    """The actions that are still to be done, by day; those without one at the end."""
    open_ones = [action for action in plan.integration.actions if action.is_open]
    return tuple(sort_actions(open_ones))


def sort_actions(actions: list[Action]) -> list[Action]:
    """Actions in the order of their days, those without a day at the end, else as they stood."""
    return sorted(actions, key=lambda action: (action.due is None, action.due))
