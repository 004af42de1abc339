"""What documents say of time: what the week takes, its blocks, and a week off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.budget.absence import reckon_absence
from workbook.budget.listed import find_beside
from workbook.budget.need import Need, is_signed, reckon_need
from workbook.budget.wording import (
    list_rows,
    load_budget_words,
    tell_absence,
    tell_gap,
)
from workbook.exports.documents import (
    Contribution,
    Decided,
    Material,
    Point,
    Statement,
    cut,
    in_full,
    lay_out_rows,
    load_report_words,
)
from workbook.exports.report import Bullets, Figure, Heading, Paragraph, runs
from workbook.fit.phrases import write_hours
from workbook.steps.time.answers import Purpose, Task, Time
from workbook.steps.time.week import draw_week, sort_blocks, sum_purposes, write_when
from workbook.values import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

STEP = "time"
TIME, THIN, PURPOSE = ("A7",), ("A8", "A7"), ("A5",)
_NEED_WIDTHS = (1.2, 2.6, 0.8)
_LONGEST, _SHORT = 240, 60
_MOST_ROWS, _MOST_BLOCKS = 14, 14


def contribute(material: Material) -> Contribution:
    """The hours, the week and a week off; nothing while all waits."""
    words = load_report_words(STEP, material.language)
    plan = material.plan
    need = reckon_need(plan)
    begun = plan.time != Time() or bool(plan.platform_fit.first)
    said = begun and plan.goals.decision != "not_now"
    return Contribution(
        step=STEP,
        title=str(words["title"]),
        order=int(words["order"]),
        body=tuple(_write(material, words, need)) if said else (),
        points=tuple(_write_points(material, words["point"])) if said else (),
        decisions=tuple(_decide(material, words["decided"], need)) if said else (),
    )


def _write(material: Material, words: Mapping[str, Any], need: Need) -> Iterator[Statement]:
    if need.demands:
        yield from _write_need(material, words["need"], need)
    if material.plan.time.blocks:
        yield from in_full(_write_week(material, words["week"]))
    lines = tell_absence(material.plan, material.language)
    if lines and material.plan.time != Time():
        owner = reckon_absence(material.plan).owner
        told = cut(owner, _SHORT) or load_budget_words(material.language)["away"]["owner"]
        yield Statement(Heading(2, words["away"]["title"].format(owner=told)), TIME, STEP)
        yield Statement(Bullets.of(*lines), TIME, STEP)


# -- hours --------------------------------------------------------------------------------------


def _write_need(material: Material, words: Mapping[str, Any], need: Need) -> Iterator[Statement]:
    said, rows = material.plan.time, list_rows(need, material.language)
    yield Statement(Heading(2, words["title"]), TIME, STEP)
    yield Statement(
        Paragraph.of(tell_gap(need, material.language, find_beside(material.plan, material.today))),
        TIME,
        STEP,
    )
    if need.over and is_signed(material.plan):
        reason = cut(said.exception or "", _LONGEST)
        text = words["signed"].format(who=cut(said.exception_by or "", _SHORT), reason=reason)
        yield Statement(Paragraph.of(text), TIME, STEP)
    cells = [[row.name, row.parts, row.hours] for row in rows[:_MOST_ROWS]]
    more = len(rows) - _MOST_ROWS
    if more > 0:
        cells.append([words["more"].format(count=more), "", ""])
    for block in lay_out_rows(
        material, words["columns"], cells, words["caption"], widths=_NEED_WIDTHS
    ):
        yield Statement(block, THIN, STEP, is_detail=True)
    if any(row.is_base for row in rows):
        yield Statement(Paragraph.of(words["base"]), TIME, STEP, is_detail=True)


# -- the week -----------------------------------------------------------------------------------


def _write_week(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    plan, language = material.plan, material.language
    yield Statement(Heading(2, words["title"]), TIME, STEP)
    picture = draw_week(plan, language, "time-week-report", most=_MOST_BLOCKS)
    yield Statement(Figure.of(picture), TIME, STEP)
    yield from _write_purposes(material, words)


def _write_purposes(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    """The hours of each purpose, and by what they are judged."""
    said = load_budget_words(material.language)
    sums = sum_purposes(material.plan.time.blocks, material.language)
    lines = [
        words["lead"].format(
            purpose=said["purposes"][p], hours=sums[p.value], judged=said["judged"][p]
        )
        for p in Purpose
        if p.value in sums and p is not Purpose.ALL
    ]
    if lines:
        yield Statement(Bullets.of(*lines), PURPOSE, STEP)
    if Purpose.PARTNERS in sums:
        yield Statement(Paragraph.of(words["partners"]), PURPOSE, STEP)


# -- in brief -----------------------------------------------------------------------------------


def _write_points(material: Material, words: Mapping[str, Any]) -> Iterator[Point]:
    said, lines = material.plan.time, []
    for task, name in ((Task.MAKE, "make"), (Task.ANSWER, "answer")):
        mine = [block for block in sort_blocks(said.blocks) if block.task is task]
        if task is Task.ANSWER and material.plan.mix.first_at:
            continue  # the point about talking says it
        when = [write_when(block, material.language) for block in mine[:2]]
        if when:
            lines.append(words[name].format(when=words["joined"].join(when)))
    if said.substitute and said.substitute != UNKNOWN:
        lines.append(words["away"].format(who=cut(said.substitute, _SHORT)))
    if lines:
        text = runs("\n".join(lines))
        yield Point(words["term"], text, int(words["order"]), TIME, STEP, only="brief")


def _decide(material: Material, words: Mapping[str, Any], need: Need) -> Iterator[Decided]:
    said = material.plan.time
    if said.owner and said.owner != UNKNOWN:
        what = words["owner"].format(who=cut(said.owner, _SHORT))
        yield Decided(what, words["owner_because"], TIME, STEP)
    if need.over and is_signed(material.plan):
        what = words["exception"].format(over=write_hours(need.over, material.language))
        because = words["exception_because"].format(
            reason=cut(said.exception or "", _LONGEST), who=cut(said.exception_by or "", _SHORT)
        )
        yield Decided(what, because, TIME, STEP)
