"""The numbers a business will look at: one for each goal, and those on the way to a customer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from workbook.content import BASE_LANGUAGE, find_question, load_words
from workbook.measurement.looks import find_look, find_reading
from workbook.steps.measurement.answers import ContactWay
from workbook.steps.measurement.setup import BY_EVENT, list_pages, list_tools, name_event, path_of
from workbook.steps.measurement.setup import WORDS as SETUP
from workbook.values import UNKNOWN
from workbook.wording import write_answer, write_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from workbook.plan import Plan

WORDS: Final = "steps/measurement/board.toml"
METRICS: Final = "steps/goals/metrics.toml"
STAGES: Final = "steps/goals/stages.toml"
_TITLE: Final = 90


@dataclass(frozen=True, slots=True)
class Kpi:
    """One number of a goal, with all that is needed to read it and to act on it."""

    goal: str
    number: str
    stage: str
    formula: str
    unit: str
    aim: str
    source: str
    reader: str
    when: str
    decision: str


@dataclass(frozen=True, slots=True)
class WayNumber:
    """One number on the way from a visit to a customer, as complete as that of a goal."""

    label: str
    stage: str
    formula: str
    unit: str
    source: str
    reader: str
    when: str
    decision: str


def list_kpis(
    plan: Plan, language: str = BASE_LANGUAGE, today: date | None = None
) -> tuple[Kpi, ...]:
    """A row for each goal of a plan; with today the next look is one that is not over."""
    return tuple(
        _make_kpi(plan, goal, number, language, today)
        for number, goal in enumerate(plan.goals.goals, 1)
    )


def _make_kpi(
    plan: Plan,
    goal: Any,  # noqa: ANN401 - of another step
    number: int,
    language: str,
    today: date | None,
) -> Kpi:
    words = load_words(WORDS, language)
    metric: Mapping[str, Any] = load_words(METRICS, language)["metrics"].get(goal.metric, {})
    stages = load_words(STAGES, language)
    missing = words["missing"]
    wish = " ".join((goal.wish or "").split())
    title = wish if len(wish) <= _TITLE else f"{wish[: _TITLE - 1].rstrip()}…"
    return Kpi(
        goal=title or metric.get("label", "") or words["unnamed"].format(number=number),
        number=metric.get("label", missing),
        stage=stages[metric["stage"]]["label"] if metric else missing,
        formula=metric.get("formula", missing),
        unit=metric.get("unit", missing),
        aim=_write_aim(goal, metric, words, language),
        source=_know(goal.source) or metric.get("source_hint", missing),
        reader=_know(goal.reader) or _know(plan.measurement.reader) or words["nobody"],
        when=_write_when(plan, goal, language, today),
        decision=_write_decision(goal, metric, words, language),
    )


def _know(value: str | None) -> str:
    return "" if value in (None, UNKNOWN) else str(value)


def _write(name: str, value: object, language: str) -> str:
    return write_answer(find_question(f"goals.goals.any.{name}", language), value, language)


def _write_aim(
    goal: Any,  # noqa: ANN401 - of another step
    metric: Mapping[str, Any],
    words: Mapping[str, Any],
    language: str,
) -> str:
    if goal.target is None or goal.due is None:
        return str(words["missing"])
    form = "from_open" if goal.baseline in (None, UNKNOWN) else "from_to"
    return str(
        words[form].format(
            baseline=_write("baseline", goal.baseline, language),
            target=_write("target", goal.target, language),
            unit=metric.get("unit", ""),
            due=write_day(goal.due, language),
        )
    ).replace("  ", " ")


def _write_decision(
    goal: Any,  # noqa: ANN401 - of another step
    metric: Mapping[str, Any],
    words: Mapping[str, Any],
    language: str,
) -> str:
    """What is done when the number is on the wrong side of the target on its day."""
    then = _know(goal.if_missed)
    if not then or goal.target is None or goal.due is None:
        return then or str(words["decision_open"])
    form = "above" if metric.get("good") == "down" else "below"
    target, due = _write("target", goal.target, language), write_day(goal.due, language)
    said = words[form].format(target=target, unit=metric.get("unit", ""), due=due, then=then)
    return str(said).replace("  ", " ")


def _write_when(
    plan: Plan,
    goal: Any,  # noqa: ANN401 - of another step
    language: str,
    today: date | None,
) -> str:
    words, said = load_words(WORDS, language), plan.measurement
    cadence = _write("review", goal.review, language) or words["missing"]
    day = words["on_day"].get(str(said.reading_day), "")
    chosen = find_look(plan, goal.review, today) if today else said.next_reading
    date = write_day(chosen, language) if chosen else ""
    if day and date:
        return str(words["when"].format(cadence=cadence, day=day, date=date))
    if date:
        return str(words["when_date"].format(cadence=cadence, date=date))
    return str(words["when_plain"].format(cadence=cadence, day=day)) if day else str(cadence)


# -- the numbers on the way --------------------------------------------------------------------


def list_way(
    plan: Plan, language: str = BASE_LANGUAGE, today: date | None = None
) -> tuple[WayNumber, ...]:
    """The numbers from a visit to a customer, and the line of people who are sent.

    With today the next reading is one that is not over.
    """
    words, setup = load_words(WORDS, language), load_words(SETUP, language)
    stages, rules = load_words(STAGES, language), load_words(WORDS)["way"]
    counter = ", ".join(setup["tools"][tool]["name"] for tool in list_tools(plan))
    by = {"counter": counter or words["counter_open"], "tally": words["tally"]}
    slots = {"used": _write_used(plan, words, setup)}
    for name, address in list_pages(plan).items():
        slots[name] = path_of(address) if address else setup[f"page_{name}"]
    return tuple(
        WayNumber(
            label=entry["label"],
            stage=stages[rules[name]["stage_of"]]["label"],
            formula=entry["formula"].format(**slots),
            unit=entry["unit"],
            source=by[rules[name]["by"]],
            reader=_know(plan.measurement.reader) or words["nobody"],
            when=_write_reading(plan, words, language, today),
            decision=entry["decision"],
        )
        for name, entry in words["way"].items()
    )


def _write_reading(plan: Plan, words: Mapping[str, Any], language: str, today: date | None) -> str:
    """The weekday of readings and the day of the next one, as far as they are said."""
    said = plan.measurement
    day = words["on_day"].get(str(said.reading_day), "")
    chosen = find_reading(plan, today) if today else said.next_reading
    date = write_day(chosen, language) if chosen else ""
    if day and date:
        return str(words["way_when"].format(day=day, date=date))
    return str(day or date or words["missing"])


def _write_used(plan: Plan, words: Mapping[str, Any], setup: Mapping[str, Any]) -> str:
    """What counts as getting in touch, for the ways that a counter can see."""
    said, forms = plan.measurement, words["used"]
    found = []
    if ContactWay.FORM_THANKS in said.contact_ways:
        page = said.thanks_page
        thanks = path_of(page) if page else setup["page_thanks"]
        found.append(forms["form_thanks"].format(thanks=thanks))
    if set(said.contact_ways) & set(BY_EVENT):
        tool = next(iter(list_tools(plan)), "other")
        found.append(forms["event"].format(event=said.event or name_event(tool, setup)))
    return str(forms["or"].join(found) or forms["open"])
