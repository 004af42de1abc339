"""The next ninety days written over the plan: goals, actions, and the review kept as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from workbook.actions.proposals import choose_work, propose_actions, take
from workbook.checks.run import run
from workbook.content import BASE_LANGUAGE, load_words
from workbook.plan import Plan, read_answer, replace_answer
from workbook.steps.review.answers import Choice, Decision, Held, Past, Review
from workbook.steps.review.spans import find_span, span_of
from workbook.wording import write_day

if TYPE_CHECKING:
    from datetime import date

WORDS: Final = "steps/review/next.toml"
_GOAL_FIELDS = ("baseline", "target", "due")
_ACTIONS = "integration.actions"
_LIST = "review.decisions"


def suggest_name(plan: Plan, today: date, language: str = BASE_LANGUAGE) -> str:
    """What the plan so far may be called: “First 90 days, to 30 June 2027”."""
    words, span = load_words(WORDS, language), find_span(plan, today)
    number = len(plan.review.earlier)
    ordinals = words["ordinals"]
    count = ordinals[number] if number < len(ordinals) else words["later"].format(n=number + 1)
    last = write_day(span.last if span else today, language)
    days = span.days if span else 0
    form = words["name" if span else "name_bare"]
    return str(form).format(count=count, days=days, last=last)


def begin_next(plan: Plan, today: date, language: str = BASE_LANGUAGE) -> Plan:
    """The plan of the next ninety days; the one handed in stays as it is.

    Goals take the numbers and days that were decided, decisions become actions beside those the
    new plan calls for, and the review is kept as it was held.
    """
    following = _renew_goals(plan)
    following = _close_review(following, today)
    following = _put_decisions(following, plan.review.decisions)
    findings = run(following, today, language=language)
    found = choose_work(following, propose_actions(following, findings, today, language))
    fitting = [p for p in found if p.fits or p.is_urgent]
    return replace_answer(following, _ACTIONS, take(following, fitting))


def _renew_goals(plan: Plan) -> Plan:
    known = {goal.id for goal in plan.goals.goals}
    for decision in plan.review.decisions:
        for name in _GOAL_FIELDS:
            value: Any = getattr(decision, name)
            if decision.goal in known and value is not None:
                plan = replace_answer(plan, f"goals.goals.{decision.goal}.{name}", value)
    return plan


def _close_review(plan: Plan, today: date) -> Plan:
    """Keep the review with the days each number really is of, and begin an empty one."""
    review, whole = plan.review, find_span(plan, today)
    readings = []
    for reading in review.readings:
        span = span_of(plan, reading, today)
        days = {"first": span.first, "last": span.last} if span else {}
        readings.append(reading.model_copy(update=days))
    held = Held(
        day=review.day or today,
        first=whole.first if whole else review.first,
        last=whole.last if whole else review.last,
        readings=tuple(readings),
        decisions=review.decisions,
    )
    past = Past(id=_name(held, review), held=held)
    return replace_answer(plan, "review", Review(earlier=(*review.earlier, past)))


def _name(held: Held, review: Review) -> str:
    day, taken = held.day, {past.id for past in review.earlier}
    name, number = f"{day:%Y%m%d}", 2
    while name in taken:
        name, number = f"{day:%Y%m%d}x{number}", number + 1
    return name


def _put_decisions(plan: Plan, decisions: tuple[Decision, ...]) -> Plan:
    """Actions still open stay, and what is to stop or change joins them."""
    kept = tuple(action for action in plan.integration.actions if action.is_open)
    plan = replace_answer(plan, _ACTIONS, kept)
    taken = {action.id for action in kept}
    for decision in decisions:
        is_act = decision.choice in (Choice.STOP, Choice.CHANGE) and decision.what
        if is_act and decision.id not in taken:
            own = f"{_ACTIONS}.{decision.id}"
            plan = replace_answer(plan, f"{own}.what", decision.what)
            plan = replace_answer(plan, f"{own}.about", _LIST)
            plan = replace_answer(plan, f"{own}.goal", _goal_of(plan, decision))
    return plan


def _goal_of(plan: Plan, decision: Decision) -> str | None:
    known = decision.goal and read_answer(plan, f"goals.goals.{decision.goal}")
    return decision.goal if known else None
