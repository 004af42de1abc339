"""Spreads actions over the days of the list, within the hours there are for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import TYPE_CHECKING

from workbook.actions.candidates import Kind
from workbook.content import default_of
from workbook.steps.integration.listing import DAYS_IN_A_WEEK, budget_of, list_open

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from workbook.actions.candidates import Candidate
    from workbook.plan import Plan

_NEARLY = 1e-9


@dataclass(slots=True)
class _Weeks:
    """What is left in each week from today: hours, or things where the hours are not known."""

    today: date
    days: int
    left: list[float]

    def book(self, day: date, amount: float) -> None:
        """Take up what has a day of its own, in the week of that day."""
        week = max(0, (day - self.today).days - 1) // DAYS_IN_A_WEEK
        if self.today <= day and week < len(self.left):
            self.left[week] -= amount

    def place(self, amount: float) -> date | None:
        """The last day of the week in which so much is done; None where it does not fit."""
        left = [*self.left]
        for week, there in enumerate(left):
            used = min(max(there, 0.0), amount)
            left[week] -= used
            amount -= used
            if amount <= _NEARLY and there > -_NEARLY:
                self.left = left
                return self.today + timedelta(days=min(DAYS_IN_A_WEEK * (week + 1), self.days))
        return None


def spread(
    plan: Plan, ordered: Sequence[tuple[Candidate, float]], today: date
) -> tuple[date | None, ...]:
    """A day for each action in its order; None for what does not fit into the days of the list.

    What has a day of its own keeps it, and the actions of the plan that are open have theirs.
    Open decisions find room before anything else, since no document is finished without them.
    Where the hours of a week are not known, so many things are done in it
    (``start.todos_a_week``).

    Args:
        plan: Tells the hours there are and the actions it holds already.
        ordered: What is to be done, with its hours, what matters most first.
        today: The day from which weeks are counted.
    """
    weeks, known = _open_weeks(plan, today)
    for day, hours in _list_booked(plan, ordered):
        weeks.book(day, hours if known else 1.0)
    days: dict[str, date | None] = {c.id: c.due for c, _ in ordered}
    for candidate, hours in sorted(ordered, key=lambda pair: pair[0].kind is not Kind.DECIDE):
        if candidate.due is None:
            days[candidate.id] = weeks.place(hours if known else 1.0)
    return tuple(days[candidate.id] for candidate, _ in ordered)


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


def _list_booked(
    plan: Plan, ordered: Iterable[tuple[Candidate, float]]
) -> Iterator[tuple[date, float]]:
    """What has a day already, in the plan or by what was decided."""
    yield from ((a.due, a.hours or 0.0) for a in list_open(plan) if a.due)
    yield from ((c.due, hours) for c, hours in ordered if c.due)
