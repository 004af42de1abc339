"""Reads goals and reasons for the checks: how they are called, what to offer, what may come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.checks.check import Case, Found, Offer
from workbook.checks.progress import is_asked
from workbook.checks.vanity import Replacement, Vanity, list_replacements
from workbook.content import find_question, load_step, load_words
from workbook.evidence.intervals import forecast_count
from workbook.steps.goals.answers import Decision, Direction, Goal, Why
from workbook.steps.goals.measures import Metric, load_metrics
from workbook.values import UNKNOWN
from workbook.wording import write_answer, write_number

if TYPE_CHECKING:
    from collections.abc import Iterable

_PHRASES = "steps/goals/phrases.toml"
_TITLE_LIMIT = 60
_MOST_OFFERS = 3
_MONTHS_IN_A_QUARTER = 3


def path_of(goal: Goal, field: str) -> str:
    """The path of an answer of a goal."""
    return f"goals.goals.{goal.id}.{field}"


def list_goals(case: Case) -> tuple[Goal, ...]:
    """The goals to look at: none while social media waits."""
    goals = case.plan.goals
    return () if goals.decision is Decision.NOT_NOW else goals.goals


def list_whys(case: Case) -> tuple[tuple[Why, str], ...]:
    """The reasons, each with the name of its place."""
    question = find_question("goals.whys.any.platform", case.language)
    nameless = str(load_words(_PHRASES, case.language)["nameless"])
    return tuple(
        (why, question.label_of(why.platform) if why.platform else nameless)
        for why in case.plan.goals.whys
    )


def list_chosen(case: Case) -> str:
    """What the business wants, in words."""
    question = find_question("goals.objectives", case.language)
    words = write_answer(question, case.plan.goals.objectives, case.language)
    return words or str(load_words(_PHRASES, case.language)["none"])


def metric_of(goal: Goal, language: str) -> Metric | None:
    """The measure of a goal, where one is chosen."""
    return load_metrics(language).get(goal.metric or "")


def is_compared(goal: Goal) -> bool:
    """Whether a goal has both a number now and a number to reach."""
    return goal.target is not None and goal.baseline not in (None, UNKNOWN)


def describe(case: Case, goal: Goal) -> dict[str, object]:
    """The values that the words of findings about a goal may name."""
    metric = metric_of(goal, case.language)
    step = load_step("goals", case.language)
    fields = {field.id: field for field in step.questions["goals"].fields}
    words = load_words(_PHRASES, case.language)
    period = words["periods"].get(metric.period if metric else "", {"one": "", "many": ""})
    return {
        "goal": name_goal(case, goal),
        "metric": metric.label if metric else "",
        "hint": metric.source_hint if metric else words["no_hint"],
        "unit": metric.unit if metric else "",
        "period": period["one"],
        "periods": period["many"],
        "objective": write_answer(fields["objective"], goal.objective, case.language),
        "direction": write_answer(fields["direction"], goal.direction, case.language),
        "baseline": write_answer(fields["baseline"], goal.baseline, case.language),
        "target": write_answer(fields["target"], goal.target, case.language),
    }


def find_in(case: Case, goal: Goal, field: str, *, rests_on: str = "") -> Found:
    """A finding at an answer of a goal, and another answer of it that the finding rests on."""
    others = (path_of(goal, rests_on),) if rests_on else ()
    return Found(path_of(goal, field), describe(case, goal), rests_on=others)


def name_goal(case: Case, goal: Goal) -> str:
    """How a goal is called: its own words, else its measure, else its number in the list."""
    metric = metric_of(goal, case.language)
    if goal.wish:
        line = " ".join(goal.wish.split())
        return line if len(line) <= _TITLE_LIMIT else line[: _TITLE_LIMIT - 1].rstrip() + "…"
    if metric:
        return metric.label
    noun = load_step("goals", case.language).questions["goals"].record
    return f"{noun} {1 + [g.id for g in case.plan.goals.goals].index(goal.id)}"


def forecast(case: Case, goal: Goal) -> tuple[tuple[int, int] | None, str]:
    """What the next period may bring if nothing changes, as a range and in words.

    Nothing where the number is no count of events, or is not known.
    """
    metric = metric_of(goal, case.language)
    if metric is None or not metric.count or goal.baseline in (None, UNKNOWN):
        return None, ""
    count = round(float(goal.baseline or 0))
    share = case.default("goals.forecast_share") / 100
    low, high = forecast_count(count, share=min(max(share, 0.01), 0.99))
    words = load_words(_PHRASES, case.language)
    text = words["forecast"].format(
        count=write_number(float(goal.baseline or 0), case.language),
        unit=metric.unit_one if goal.baseline == 1 else metric.unit,
        period=words["periods"][metric.period]["one"],
        low=write_number(low, case.language),
        high=write_number(high, case.language),
    )
    return (low, high), text


# -- offers -------------------------------------------------------------------------------------


def offer_label(case: Case, finding: str) -> str:
    """The words on the button that mends a finding."""
    return load_step("goals", case.language).findings[finding].offer


def offer_longer(case: Case, goal: Goal) -> tuple[Offer, ...]:
    """Count the same over a quarter; the number now has to be counted anew."""
    metric = metric_of(goal, case.language)
    if metric is None or not metric.longer:
        return ()
    target = write_number(goal.target * _MONTHS_IN_A_QUARTER) if goal.target is not None else ""
    answers = [
        (path_of(goal, "metric"), metric.longer),
        (path_of(goal, "target"), target),
        (path_of(goal, "baseline"), ""),
    ]
    return (Offer(label=offer_label(case, "goal-too-few"), answers=tuple(answers)),)


def offer_replacements(case: Case, goal: Goal, vanity: Vanity) -> tuple[Offer, ...]:
    """Goals to put in the place of one that only counts being seen or being busy."""
    kept = _choose_fitting(case, goal, vanity.replacements)
    return tuple(_offer(case, goal, item, item.wish, item.indicator) for item in kept)


def offer_objectives(case: Case, goal: Goal) -> tuple[Offer, ...]:
    """Measures of results, with the one at hand kept as the early sign."""
    kept = _choose_fitting(case, goal, list_replacements(case.language))
    return tuple(_offer(case, goal, item, "", goal.metric or "") for item in kept)


def _choose_fitting(
    case: Case, goal: Goal, replacements: Iterable[Replacement]
) -> tuple[Replacement, ...]:
    """Those that serve what was chosen, the one for the goal's own purpose first."""
    chosen = case.plan.goals.objectives
    every = tuple(replacements)
    fitting = tuple(r for r in every if r.objective in chosen) or every
    ordered = sorted(fitting, key=lambda r: r.objective != goal.objective)
    return tuple(ordered[:_MOST_OFFERS])


_ONLY_ASKED = ("objective", "direction")
"""What is put in place only where it is asked for: elsewhere nobody could change it later."""


def _offer(case: Case, goal: Goal, item: Replacement, wish: str, indicator: str) -> Offer:
    answers = {
        "wish": wish,
        "objective": item.objective,
        "metric": item.metric,
        "indicator": indicator,
        "direction": Direction.INCREASE.value,
    }
    worded = [(field, path_of(goal, field), value) for field, value in answers.items()]
    given = [
        (path, value)
        for field, path, value in worded
        if value and (field not in _ONLY_ASKED or is_asked(find_question(path), case.plan))
    ]
    if goal.metric != item.metric:
        given += [(path_of(goal, field), "") for field in ("baseline", "target")]
    return Offer(label=item.label, answers=tuple(given))
