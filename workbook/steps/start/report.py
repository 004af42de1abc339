"""What the business says in documents: its answers, and whether its places fit into its hours."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workbook.budget.listed import find_beside
from workbook.budget.need import is_signed, list_kept, reckon_need
from workbook.content import find_question, load_step
from workbook.exports.documents import (
    Contribution,
    Material,
    Point,
    in_full,
    load_report_words,
    write_answers,
    write_step,
)
from workbook.exports.report import runs
from workbook.fit.fates import list_named
from workbook.fit.phrases import write_hours
from workbook.values import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Mapping

STEP = "start"
HOURS = f"{STEP}.hours_per_week"
_MAIN = ("name", "sells", "customers", "clients", "area", "people")
_LEFT_OUT = ("route",)


def contribute(material: Material) -> Contribution:
    """The answers; while there is no social media, neither hours nor who looks after it."""
    said = write_step(material, STEP)
    step = load_step(STEP, material.language)
    rest = [n for s in step.sections for n in s.questions if n not in (*_MAIN, *_LEFT_OUT)]
    main, more = (tuple(write_answers(material, step, names)) for names in (_MAIN, rest))
    said = replace(said, body=(*main, *in_full(more)))
    if material.plan.goals.decision == "not_now":
        return replace(said, points=(), decisions=())
    words = load_report_words(STEP, material.language)["hours"]
    text = _write_hours(material, words)
    if not text:
        return said
    seeds = find_question(HOURS, material.language).seeds
    hours = Point(words["term"], runs(text), words["order"], seeds, STEP)
    return replace(said, points=(hours, *said.points))


def _write_hours(material: Material, words: Mapping[str, Any]) -> str:
    """The hours there are, and whether the places in use fit into them."""
    hours = material.plan.start.hours_per_week
    if hours is None:
        return str(material.wording["not_said"]) if material.switches.empty else ""
    if hours == UNKNOWN or not isinstance(hours, int | float):
        return material.answer(HOURS)
    return _write_need(material, words, hours)


def _write_need(material: Material, words: Mapping[str, Any], hours: float) -> str:
    """The hours there are against those that the week needs, with the places that take them."""
    need, places = reckon_need(material.plan), len(list_kept(material.plan))
    signed = is_signed(material.plan)
    chosen = "plan" if list_named(material.plan) else "places"
    form = "fits" if not need.over else "signed" if signed else "short"
    named = words["a_week"].format(hours=write_hours(hours, material.language))
    beside = find_beside(material.plan, material.today)
    if chosen == "plan" and form == "fits" and beside:
        form = "list"
    needed = write_hours(need.hours, material.language)
    who = material.plan.time.exception_by
    if not places:
        return str(words["none"]).format(hours=named)
    count = words["place" if places == 1 else "places"].format(count=places)
    told = str(words[f"{chosen}_{form}"])
    values = {"hours": named, "needed": needed, "who": who, "places": count}
    if beside:
        values |= {"missing": write_hours(beside.over, material.language), "days": beside.days}
    return told.format(**values)
