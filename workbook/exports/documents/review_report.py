"""The review: what was counted and how sure that is, the diagnosis, what is kept, what follows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workbook.content import load_words
from workbook.exports.documents._answers import cut, lay_out_rows
from workbook.exports.documents._contribution import Statement, load_report_words
from workbook.exports.documents._parts import lift, list_goals, make_columns, say_empty, say_more
from workbook.exports.report import Bullets, Callout, Heading, Paragraph, Table
from workbook.measurement.looks import find_reading
from workbook.steps.integration.listing import list_open
from workbook.steps.measurement.board import list_kpis
from workbook.steps.review.answers import Held, Review
from workbook.steps.review.report import (
    write_decisions,
    write_hours,
    write_lead,
    write_numbers,
)
from workbook.steps.review.tables import write_rounds
from workbook.steps.review.telling import WORDS as OUTCOME

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook.exports.documents._material import Material

NAME = "review_report"
HEEDS: tuple[str, ...] = ()
STEP = "review"
SEEDS = ("back-on-track",)
COUNTED = ("A6", "back-on-track")
_ROUND_WIDTHS = (2.0, 1.0, 1.0)
_ACTION_WIDTHS = (1.0, 3.4, 1.5)
_MOST_ACTIONS, _MOST_GOALS = 12, 6
_LONGEST = 240
_REVIEW_DAY = "review.day"


def write(material: Material) -> Iterator[Statement]:
    """Everything the review says, with the reasons each block meets."""
    words, said = material.wording[NAME], load_report_words(STEP, material.language)
    yield from say_empty(material)
    if material.plan.goals.decision == "not_now":
        yield Statement(Paragraph.of(words["waits"]), SEEDS, STEP)
        return
    if _is_held(material):
        yield Statement(Paragraph.of(write_lead(material, said["text"])), SEEDS, STEP)
    else:
        yield _say_none(material, words)
    yield from _write_counted(material, words, said)
    yield from _write_rounds(material, words)
    yield from _write_choices(material, words, said)
    yield from _write_following(material, words)


def _is_held(material: Material) -> bool:
    review = material.plan.review
    return bool(review.readings or review.decisions)


def _say_none(material: Material, words: Mapping[str, Any]) -> Statement:
    """That no review was held since the last one, and when the next is."""
    plan, review = material.plan, material.plan.review
    listed = (a.due for a in list_open(plan) if a.about == _REVIEW_DAY and a.due)
    day, reading = review.day or next(listed, None), find_reading(plan, material.today)
    lines = [words["none_day"].format(day=material.day(day)) if day else words["none_no_day"]]
    if reading and (day is None or reading < day):
        lines.append(words["none_read"].format(day=material.day(reading)))
    lines.append(words["none_ready"])
    held = [past.held.day for past in review.earlier if past.held.day]
    title = words["none_since"].format(day=material.day(held[-1])) if held else words["none"]
    return Statement(Callout("open", title, (Bullets.of(*lines),)), SEEDS, STEP)


# -- what was counted -----------------------------------------------------------------------------


def _write_counted(
    material: Material, words: Mapping[str, Any], said: Mapping[str, Any]
) -> Iterator[Statement]:
    numbers = list(lift(write_numbers(material, said)))
    if numbers:
        yield from numbers
        outcome = load_words(OUTCOME, material.language)
        yield Statement(Paragraph.of(outcome["verdict_text"]), COUNTED, STEP)
    else:
        yield Statement(Heading(1, said["text"]["numbers"]), COUNTED, STEP)
        yield from _list_goals(material, words)
    places = list(lift(write_hours(material, said["text"])))
    if places:
        yield from places
    else:
        yield Statement(Heading(1, said["text"]["places"]), COUNTED, STEP)
        text = words["no_places" if material.plan.review.readings else "no_days"]
        yield Statement(Paragraph.of(text), COUNTED, STEP)


def _list_goals(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    """The goals that a number is still missing for."""
    goals = list_goals(material)
    yield Statement(Paragraph.of(words["no_numbers" if goals else "no_goals"]), COUNTED, "goals")
    if goals:
        yield Statement(Bullets.of(*goals), COUNTED, "goals")


def _write_rounds(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    """The diagnosis then and now."""
    yield Statement(Heading(1, words["rounds"]), SEEDS, "diagnosis")
    table = write_rounds(material.plan, material.language)
    if table is None:
        diagnosis = material.plan.diagnosis
        text = words["no_round" if diagnosis == type(diagnosis)() else "one_round"]
        yield Statement(Paragraph.of(text), SEEDS, "diagnosis")
        return
    for block in lay_out_rows(
        material, table.columns, table.rows, table.caption, widths=_ROUND_WIDTHS
    ):
        yield Statement(block, SEEDS, "diagnosis")
    yield Statement(Paragraph.of(table.note), SEEDS, "diagnosis")


# -- what becomes of it ---------------------------------------------------------------------------


def _write_choices(
    material: Material, words: Mapping[str, Any], said: Mapping[str, Any]
) -> Iterator[Statement]:
    """What is kept, stopped and changed; where nothing is yet, what was at the last review."""
    now = list(lift(write_decisions(material, said)))
    if now:
        yield from now
        return
    yield Statement(Heading(1, said["text"]["decisions"]), SEEDS, STEP)
    yield Statement(Paragraph.of(words["no_decisions"]), SEEDS, STEP)
    last = next((p.held for p in reversed(material.plan.review.earlier) if p.held.decisions), None)
    if last is not None:
        yield from _write_last(material, last, words, said)


def _write_last(
    material: Material, held: Held, words: Mapping[str, Any], said: Mapping[str, Any]
) -> Iterator[Statement]:
    """The decisions of the last review, as they were taken."""
    given = {name: getattr(held, name) for name in Held.model_fields}
    plan = material.plan.model_copy(update={"review": Review(**given)})
    then = replace(material, plan=plan)
    day = material.day(held.day) if held.day else words["undated"]
    yield Statement(Paragraph.of(words["last_decisions"].format(day=day)), SEEDS, STEP)
    statements = write_decisions(then, said)
    yield from (s for s in statements if not isinstance(s.block, Heading))


def _write_following(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    """What is to be done next, and when each goal is looked at again."""
    yield Statement(Heading(1, words["following"]), SEEDS, "integration")
    actions = [action for action in list_open(material.plan) if action.what]
    rows = tuple(
        (action.due or words["no_day"], cut(action.what or "", _LONGEST), action.who or "")
        for action in actions[:_MOST_ACTIONS]
    )
    columns = make_columns(words["columns"], _ACTION_WIDTHS, {0: "date"})
    table = Table(columns, rows, words["caption"], empty=words["no_actions"], row_titles=False)
    yield Statement(table, SEEDS, "integration")
    yield from say_more(words["more"], len(actions) - _MOST_ACTIONS, SEEDS, "integration")
    looks = [
        words["look"].format(goal=kpi.goal.rstrip("."), when=kpi.when.rstrip("."))
        for kpi in list_kpis(material.plan, material.language, material.today)[:_MOST_GOALS]
    ]
    if looks:
        yield Statement(Bullets.of(*looks), SEEDS, "goals")
