"""Spreads actions over the days of the list, within the hours there are for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import TYPE_CHECKING

from workbook.actions.sorting import find_last_day, find_urgency, is_work
from workbook.content import default_of
from workbook.steps.integration.listing import DAYS_IN_A_WEEK, budget_of, list_open

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbook.actions.candidates import Candidate
    from workbook.plan import Plan

_NEARLY = 1e-9


@dataclass(frozen=True, slots=True)
class Placed:
    """The day of an action, None without one, and whether there are hours left for it."""

    day: date | None
    fits: bool


@dataclass(slots=True)
class _Weeks:
    """What is left in each week from today: hours, or things where the hours are not known."""

    today: date
    days: int
    left: list[float]

    def book(self, day: date | None, amount: float) -> bool:
        """Take up what has a day of its own; what its week does not hold, the others pay for.

        Returns:
            Whether there was room for all of it. What is due after the last day takes nothing.
        """
        own = 0 if day is None else max(0, (day - self.today).days - 1) // DAYS_IN_A_WEEK
        if day is not None and (day - self.today).days > self.days:
            return True
        weeks = range(len(self.left))
        for week in sorted(weeks, key=lambda week: (week < own, abs(week - own))):
            used = min(self.left[week], amount)
            self.left[week] -= used
            amount -= used
        return amount <= _NEARLY

    def has_room(self, amount: float) -> bool:
        """Whether so much is left in all the weeks together."""
        return amount <= sum(self.left) + _NEARLY

    def place(self, amount: float) -> date | None:
        """The last day of the week in which so much is done; None where it does not fit."""
        left = [*self.left]
        for week, there in enumerate(left):
            used = min(there, amount)
            left[week] -= used
            amount -= used
            if amount <= _NEARLY and (used > 0 or there > _NEARLY):
                self.left = left
                return self.today + timedelta(days=min(DAYS_IN_A_WEEK * (week + 1), self.days))
        return None


def spread(
    plan: Plan, ordered: Sequence[tuple[Candidate, float]], today: date
) -> tuple[Placed, ...]:
    """A day for each action in its order; None for what does not fit into the days of the list.

    The actions of the plan that are open pay first, then what cannot wait and gets its day in any
    case, then what has a day of its own; what is no work takes nothing and has no day.
    Where the hours of a week are not known, so many things are done in it
    (``start.todos_a_week``).

    Args:
        plan: Tells the hours there are and the actions it holds already.
        ordered: What is to be done, with its hours, what matters most first.
        today: The day from which weeks are counted.
    """
    weeks, known = _open_weeks(plan, today)
    for action in list_open(plan):
        weeks.book(action.due, (action.hours or 0.0) if known else 1.0)
    placed: dict[str, Placed] = {}
    for candidate, hours in sorted(ordered, key=lambda pair: _rank(pair[0])):
        amount = hours if known else 1.0
        placed[candidate.id] = _place(plan, weeks, candidate, amount, today)
    return tuple(placed[candidate.id] for candidate, _ in ordered)


def _rank(candidate: Candidate) -> int:
    """What is paid for first: what cannot wait, then what has a day, then the rest."""
    if find_urgency(candidate):
        return 0
    return 1 if candidate.due else 2


def _place(plan: Plan, weeks: _Weeks, candidate: Candidate, amount: float, today: date) -> Placed:
    day = find_last_day(plan, candidate, today)
    if not is_work(candidate):
        return Placed(day, fits=False)
    if day is None:
        found = weeks.place(amount)
        return Placed(found, fits=found is not None)
    if find_urgency(candidate):
        return Placed(day, fits=weeks.book(day, amount))
    return Placed(day, fits=weeks.has_room(amount) and weeks.book(day, amount))


def _open_weeks(plan: Plan, today: date) -> tuple[_Weeks, bool]:
    """The weeks of the list with what each holds, and whether that is counted in hours."""
    budget = budget_of(plan)
    count = ceil(budget.days / DAYS_IN_A_WEEK)
    if budget.a_week is None:
        things = float(max(1, int(default_of(plan, "start.todos_a_week"))))
        return _Weeks(today, budget.days, [things] * count), False
    left = [budget.a_week] * count
    if budget.days % DAYS_IN_A_WEEK:
        left[-1] *= budget.days % DAYS_IN_A_WEEK / DAYS_IN_A_WEEK
    return _Weeks(today, budget.days, left), True
