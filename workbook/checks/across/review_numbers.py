"""Checks that hold the review against the numbers of places and what becomes of accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.checks.check import Case, Found, Offer, Severity, check
from workbook.content import find_question, load_words
from workbook.discovery import read_toml
from workbook.steps.platform_fit.answers import Action
from workbook.steps.review.answers import Choice
from workbook.steps.review.places import add_up
from workbook.steps.review.spans import span_of
from workbook.steps.review.verdicts import KINDS
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS = "checks/across/review_numbers.toml"
NUMBERS = "measurement.numbers"
FATES = "platform_fit.fates"


def _is_used(case: Case) -> bool:
    return bool(case.answer("goals.decision") != "not_now")


@check("count-differs-from-numbers", Severity.WARN)
def count_differs_from_numbers(case: Case) -> Iterator[Found]:
    """A goal's count in the review is not what the numbers of places come to on the same days."""
    counted: dict[str, str] = read_toml(KINDS)["counted"]
    goals = {goal.id: goal for goal in case.plan.goals.goals}
    for reading in case.plan.review.readings if _is_used(case) else ():
        goal, span = goals.get(reading.goal or ""), span_of(case.plan, reading, case.today)
        number = counted.get(goal.metric or "") if goal else None
        if not number or span is None or not isinstance(reading.count, int | float):
            continue
        total, _ = add_up(case.plan, number, span.first, span.last, case.language)
        if total is not None and total != reading.count:
            words = load_words(WORDS, case.language)["findings"]["count-differs-from-numbers"]
            path, known = f"review.readings.{reading.id}.count", write_number(total, case.language)
            label = str(words["offer"]).format(total=known)
            offer = Offer(label=label, answers=((path, f"{total:.0f}"),))
            values = {"count": write_number(reading.count, case.language), "total": known}
            yield Found(path, values, (offer,), rests_on=(NUMBERS,))


@check("stopped-and-kept", Severity.WARN)
def stopped_and_kept(case: Case) -> Iterator[Found]:
    """A place is to stop by the review, and an account there is to be kept."""
    accounts = {account.id: account.platform for account in case.plan.start.accounts}
    kept = {
        accounts.get(fate.account or ""): fate.id
        for fate in case.plan.platform_fit.fates
        if fate.action is Action.KEEP
    }
    question = find_question("review.decisions.any.platform", case.language)
    for decision in case.plan.review.decisions if _is_used(case) else ():
        place = decision.platform
        if decision.choice is Choice.STOP and place is not None and place in kept:
            path = f"{FATES}.{kept[place]}.action"
            yield Found(path, {"place": question.label_of(place)}, rests_on=("review.decisions",))
