"""What can be wrong with a review: its days, its numbers, its decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.checks.check import Case, Found, Severity, check
from workbook.steps.review.answers import Review
from workbook.wording import write_day

if TYPE_CHECKING:
    from collections.abc import Iterator


@check("review-overdue", Severity.NOTE)
def review_overdue(case: Case) -> Iterator[Found]:
    """A goal fell due, and nobody looked back."""
    if case.plan.review != Review() or case.answer("goals.decision") == "not_now":
        return
    for goal in case.plan.goals.goals:
        if goal.due is not None and goal.due < case.today and goal.wish:
            values = {"goal": goal.wish, "due": write_day(goal.due, case.language)}
            yield Found("review.day", values, rests_on=("goals.goals",))
            return
