"""What reasons and goals say in documents, or the plan without social media for now."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from workbook.checks import Case, Todo
from workbook.content import find_question, load_step
from workbook.exports.documents import (
    Contribution,
    Decided,
    Material,
    Point,
    Statement,
    collect_seeds,
    cut,
    load_report_words,
    name_term,
)
from workbook.exports.report import Callout, Heading, KeyValues, Paragraph, runs
from workbook.measurement.looks import find_look
from workbook.steps.goals.answers import Cadence, Decision
from workbook.steps.goals.measures import load_stages
from workbook.steps.goals.reading import forecast, metric_of, name_goal
from workbook.steps.goals.report_places import (
    count_staying,
    decide_places,
    know,
    list_places,
    list_served,
    write_places,
)
from workbook.steps.goals.report_waiting import (
    NEEDLESS,
    date_waiting,
    list_accounts,
    write_waiting,
    write_who,
)
from workbook.values import UNKNOWN
from workbook.wording import write_answer, write_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook.content import Step
    from workbook.steps.goals.answers import Goal

STEP = "goals"
LONG_QUOTE = 240
LONG_NAME = 120
_FIELDS = (
    *("wish", "objective", "audience", "page", "metric", "direction", "baseline", "target", "due"),
    *("source", "reader", "review", "indicator", "if_missed"),
)


def contribute(material: Material) -> Contribution:
    """Aim, decision, places and goals; or what is done instead."""
    words = load_report_words(STEP, material.language)
    waits = material.plan.goals.decision is Decision.NOT_NOW
    title = words["waiting"]["title"] if waits else words["title"]
    why = tuple(_write_why(material, words))
    rest = tuple(write_waiting(material, words) if waits else _write_goals(material, words))
    return Contribution(
        step=STEP,
        title=title,
        order=words["order_waiting" if waits else "order"],
        body=(*rest, *why) if waits else (*why, *rest),
        points=tuple(_write_points(material, words)),
        decisions=tuple(_decide(material, words)),
        dated=tuple(_date(material, words, waits=waits)),
        sources=_list_sources(material),
        main_sources=_list_sources(material),
        needless=NEEDLESS if waits else (),
    )


def _case(material: Material) -> Case:
    return Case(material.plan, material.today, {}, material.language)


def _step(material: Material) -> Step:
    return load_step(STEP, material.language)


def _list_sources(material: Material) -> tuple[str, ...]:
    """The sources of the stages at which the goals stand."""
    stages = load_stages(material.language)
    metrics = [metric_of(goal, material.language) for goal in material.plan.goals.goals]
    found = [source for metric in metrics if metric for source in stages[metric.stage].sources]
    return tuple(dict.fromkeys(found))


# -- in brief ----------------------------------------------------------------------------------


def _write_points(material: Material, words: Mapping[str, Any]) -> Iterator[Point]:
    terms, answers = words["points"], material.plan.goals
    waits = answers.decision is Decision.NOT_NOW
    said = {
        "why": (10, know(material, "goals.aim"), "goals.aim"),
        "decision": (20, _write_decision(words, answers.decision), "goals.decision"),
        "instead": (25, know(material, "goals.instead") if waits else "", "goals.instead"),
        "until": (80, _write_until(material) if waits else "", "goals.instead_until"),
        "places": (40, _write_places(material, words), "goals.whys"),
        "accounts": (40, "\n".join(list_accounts(material, words)) if waits else "", "goals.whys"),
        "who": (26, write_who(material, words) if waits else "", "goals.instead"),
        "review": (90, _write_next_look(material, words, waits=waits), "goals.goals.any.review"),
    }
    goals = [] if waits else [_write_goal(material, words, goal) for goal in answers.goals]
    said["goals" if len(goals) > 1 else "goal"] = (30, "\n".join(goals), "goals.goals")
    for name, (order, text, path) in said.items():
        if text:
            seeds = find_question(path, material.language).seeds
            brief = name == "decision" and not waits
            yield Point(terms[name], runs(text), order, seeds, STEP, "brief" if brief else "")
    if measured := [] if waits else list(_list_measures(material, words)):
        seeds = find_question("goals.goals.any.source", material.language).seeds
        yield Point(terms["measure"], runs("\n".join(measured)), 35, seeds, STEP)


def _write_places(material: Material, words: Mapping[str, Any]) -> str:
    """What becomes of each place, until places are chosen: then that is told there."""
    waits = material.plan.goals.decision is Decision.NOT_NOW
    chosen = material.plan.platform_fit.first
    return "" if waits or chosen else "\n".join(list_places(material, words))


def _list_measures(material: Material, words: Mapping[str, Any]) -> Iterator[str]:
    """For each goal its number, with who reads it where that is known."""
    for goal in material.plan.goals.goals:
        metric = metric_of(goal, material.language)
        if metric is not None:
            named = goal.reader not in (None, UNKNOWN)
            form = words["goal"]["measure_read" if named else "measure"]
            yield form.format(metric=metric.label, reader=_name_reader(words, goal.reader))


def _name_reader(words: Mapping[str, Any], reader: str | None) -> str:
    """Who reads a number, within a sentence: “the office manager”, but “Anna”."""
    first, space, rest = (reader or "").partition(" ")
    return f"{first.lower()}{space}{rest}" if first in words["articles"] else f"{reader}"


def _write_decision(words: Mapping[str, Any], decision: Decision | None) -> str:
    return str(words["decided"].get(decision.value, "")) if decision else ""


def _write_until(material: Material) -> str:
    until = material.plan.goals.instead_until
    return material.day(until) if until else ""


def _write_next_look(material: Material, words: Mapping[str, Any], *, waits: bool) -> str:
    """The day on which somebody looks at the numbers next, the earliest of all goals.

    Where nobody chose a day it says how often: a day counted from today moves with each print.
    """
    plan, goals = material.plan, material.plan.goals.goals
    if waits or not goals:
        return ""
    days = [find_look(plan, goal.review, material.today) for goal in goals]
    if found := [day for day in days if day]:
        return material.day(min(found))
    cadence = min((goal.review or Cadence.MONTHLY for goal in goals), key=list(Cadence).index)
    return str(words["look_open"][cadence])


def _date(material: Material, words: Mapping[str, Any], *, waits: bool) -> Iterator[Todo]:
    """The next look at each number and the day each goal is due; or the day to look again.

    A look on no chosen day is a proposal, counted from today as all proposals are.
    """
    answers, dated = material.plan.goals, words["dated"]
    if waits:
        yield from date_waiting(material, words)
    for goal in () if waits else answers.goals:
        path, name = f"goals.goals.{goal.id}", _name(material, goal)
        metric = metric_of(goal, material.language)
        if metric is None:
            continue
        proposed = timedelta(days=words["review_days"][goal.review or Cadence.MONTHLY])
        look = find_look(material.plan, goal.review, material.today) or material.today + proposed
        text = dated["look"].format(metric=metric.label)
        yield Todo(text=text, due=look, path=f"{path}.review", why=name)
        if goal.due:
            yield Todo(text=dated["due"], due=goal.due, path=f"{path}.due", why=name)


def _write_goal(material: Material, words: Mapping[str, Any], goal: Goal) -> str:
    """A goal as one sentence: from where, to where, by when."""
    metric = metric_of(goal, material.language)
    known = goal.target is not None and goal.due is not None and metric is not None
    form = "sentence" if goal.baseline not in (None, UNKNOWN) else "sentence_firm_later"
    form = form if goal.wish else f"{form}_bare"
    return (
        str(words["goal"][form if known else "sentence_part"])
        .format(
            goal=_name(material, goal),
            baseline=_write_value(material, goal.baseline),
            target=_write_value(material, goal.target),
            unit=metric.unit if metric else "",
            due=material.day(goal.due) if goal.due else "",
        )
        .replace(" %", " %")
    )


def _name(material: Material, goal: Goal) -> str:
    """A goal in its own words, else as the checks call it."""
    wish = cut(goal.wish, LONG_NAME).rstrip(".") if goal.wish else ""
    return wish or name_goal(_case(material), goal)


def _write_value(material: Material, value: object) -> str:
    return write_number(value, material.language) if isinstance(value, int | float) else ""


# -- why and where -----------------------------------------------------------------------------


def _write_why(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    answers, step = material.plan.goals, _step(material)
    if answers == type(answers)():
        return
    yield Statement(Heading(2, words["why"]["title"]), step=STEP)
    pairs = [
        (name_term(material, step, step.questions[name]), material.answer(f"goals.{name}"))
        for name in ("aim", "objectives", "decision")
    ]
    given = [(term, text) for term, text in pairs if text]
    if given:
        asked = [step.questions[name] for name in ("aim", "objectives", "decision")]
        answered = [q for q in asked if material.answer(q.path)]
        yield Statement(KeyValues.of(*given), collect_seeds(answered), STEP)
    if answers.decision in (None, Decision.UNKNOWN):
        open_words = words["why"]
        text = Paragraph.of(open_words["open"])
        yield Statement(Callout("open", open_words["open_title"], (text,)), step=STEP)
    yield from write_places(material, words)


# -- goals -------------------------------------------------------------------------------------


def _write_goals(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    answers = material.plan.goals
    if answers == type(answers)():
        return
    if not answers.goals:
        yield Statement(Heading(2, words["goal"]["none_title"]), step=STEP)
        yield Statement(Paragraph.of(words["goal"]["none"]), step=STEP)
        return
    for number, goal in enumerate(answers.goals, 1):
        title = words["goal"]["title"].format(number=number, goal=_name(material, goal))
        heading = Heading(2, title)
        question = _step(material).questions["goals"]
        yield Statement(heading, question.seeds, STEP)
        yield from _write_goal_in_full(material, words, goal)
    yield Statement(Paragraph.of(words["goal"]["missed"]), ("back-on-track",), STEP)


def _write_goal_in_full(
    material: Material, words: Mapping[str, Any], goal: Goal
) -> Iterator[Statement]:
    step = _step(material)
    fields = {field.id: field for field in step.questions["goals"].fields}
    pairs: list[tuple[str, str]] = []
    written = []
    for name in _FIELDS:
        text = _write_field(material, goal, name)
        if text or material.switches.empty:
            pairs.append((_term(material, words, name), text or material.wording["not_said"]))
        if text:
            written.append(fields[name])
        if name == "metric" and text:
            pairs += _explain_metric(material, words, goal)
    _, chance = forecast(_case(material), goal)
    if chance:
        pairs.append((words["terms"]["forecast"], chance.strip()))
    said = KeyValues.of(*pairs) if pairs else Paragraph.of(material.wording["not_said"])
    yield Statement(said, collect_seeds(written), STEP)


def _term(material: Material, words: Mapping[str, Any], name: str) -> str:
    field = find_question(f"goals.goals.any.{name}", material.language)
    return field.label if material.switches.questions else str(words["terms"][name])


def _write_field(material: Material, goal: Goal, name: str) -> str:
    value = getattr(goal, name)
    field = find_question(f"goals.goals.any.{name}", material.language)
    text = write_answer(field, value, material.language)
    metric = metric_of(goal, material.language)
    counted = name in ("baseline", "target") and isinstance(value, int | float)
    if counted and metric:
        return f"{text} {metric.unit_one if value == 1 else metric.unit}"
    return text


def _explain_metric(
    material: Material, words: Mapping[str, Any], goal: Goal
) -> Iterator[tuple[str, str]]:
    metric = metric_of(goal, material.language)
    if metric is not None and material.switches.reasons and material.switches.in_full:
        stage = load_stages(material.language)[metric.stage]
        shown = words["goal"]["stage"].format(label=stage.label, meaning=stage.meaning)
        yield words["terms"]["formula"], metric.formula
        yield words["terms"]["stage"], shown


# -- decisions ---------------------------------------------------------------------------------


def _decide(material: Material, words: Mapping[str, Any]) -> Iterator[Decided]:
    answers = material.plan.goals
    what = _write_decision(words, answers.decision)
    if what:
        because = _give_reason(material, words)
        yield Decided(what, because, _step(material).questions["decision"].seeds, STEP)
    yield from decide_places(material, words)
    if answers.decision is not Decision.NOT_NOW:
        yield from _decide_goals(material, words)


def _give_reason(material: Material, words: Mapping[str, Any]) -> str:
    decided = words["decided"]
    if material.plan.goals.decision is Decision.NOT_NOW:
        instead = cut(know(material, "goals.instead"), LONG_QUOTE)
        return str(decided["not_now_because"].format(instead=instead or decided["no_instead"]))
    parts = []
    if aim := cut(know(material, "goals.aim"), LONG_QUOTE):
        parts.append(decided["use_because"].format(aim=aim))
    if objectives := material.answer("goals.objectives"):
        stay = count_staying(material, words)
        form = decided["places_because" if material.plan.goals.whys else "objectives_because"]
        named = len(material.plan.goals.whys)
        parts.append(form.format(objectives=objectives, count=stay, all=named))
    elif served := list_served(material):
        parts.append(decided["serves_because"].format(objectives=served))
    elif goals := material.plan.goals.goals:
        goal = _write_goal(material, words, goals[0])
        parts.append(decided["reaches_because"].format(goal=goal))
    return " ".join(parts) or str(decided["no_reason"])


def _decide_goals(material: Material, words: Mapping[str, Any]) -> Iterator[Decided]:
    decided = words["decided"]
    for goal in material.plan.goals.goals:
        metric = metric_of(goal, material.language)
        if metric is None or goal.objective is None:
            continue
        objective = material.answer(f"goals.goals.{goal.id}.objective")
        because = decided["goal_because"].format(objective=objective, metric=metric.label)
        what = decided["goal"].format(goal=_write_goal(material, words, goal))
        yield Decided(what, because, _step(material).questions["goals"].seeds, STEP)
