"""Checks that hold the goal named in the diagnosis against what a goal can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.checks.check import Case, Found, Severity, check
from workbook.checks.vanity import recognise
from workbook.steps.goals.answers import Decision, Goal
from workbook.steps.goals.reading import offer_replacements

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIRST = "first"
"""The id of the goal that an offer adds to a plan without one."""


@check("goal-words-vanity", Severity.BLOCK)
def goal_words_vanity(case: Case) -> Iterator[Found]:
    """The goal so far counts how seen the business is, and no better one has taken its place."""
    goals = case.plan.goals
    words = case.answer("diagnosis.goal_words")
    if goals.goals or goals.decision is Decision.NOT_NOW or not words:
        return
    vanity = recognise(words, case.language)
    if vanity:
        offers = offer_replacements(case, Goal(id=_FIRST), vanity)
        values = {"reason": vanity.reason, "instead": vanity.instead}
        yield Found("diagnosis.goal_words", values, offers)
