"""Which goal an action serves, where the plan tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.actions.candidates import Candidate, Kind
from workbook.plan import read_answer

if TYPE_CHECKING:
    from workbook.plan import Plan

_COUNTING = (Kind.SETUP, Kind.READING)
_NUMBERS = "measurement"


def find_served(plan: Plan, candidate: Candidate) -> str | None:
    """The id of the goal that an action serves; None where the plan does not tell.

    An occasion serves the goal that is said to help it. What counts serves the goal there is; of
    several it serves the first, which is the one a business is asked for first.
    """
    goals = [goal.id for goal in plan.goals.goals]
    if candidate.kind is Kind.PREPARE:
        name = read_answer(plan, f"{candidate.about.rpartition('.')[0]}.name")
        helped = [s.goal for s in plan.integration.supports if s.activity == name and s.goal]
        return next(iter(helped), None)
    is_counting = candidate.kind in _COUNTING or candidate.about.startswith(f"{_NUMBERS}.")
    return goals[0] if goals and is_counting else None
