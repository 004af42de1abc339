"""What the business says in documents: its answers, and whether its places fit into its hours."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workbook.budget.need import is_signed, reckon_need
from workbook.content import default_of, find_question
from workbook.exports.documents import Contribution, Material, Point, load_report_words, write_step
from workbook.exports.report import runs
from workbook.fit.fates import list_named
from workbook.fit.phrases import write_hours
from workbook.values import UNKNOWN
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Mapping

STEP = "start"
HOURS = f"{STEP}.hours_per_week"


def contribute(material: Material) -> Contribution:
    """The answers; while there is no social media, neither hours nor who looks after it."""
    said = write_step(material, STEP)
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
    hours, count = material.plan.start.hours_per_week, _count_places(material)
    if hours is None:
        return str(material.wording["not_said"]) if material.switches.empty else ""
    if hours == UNKNOWN or not isinstance(hours, int | float):
        return material.answer(HOURS)
    if list_named(material.plan):
        return _write_need(material, words, hours)
    shared = default_of(material.plan, f"{STEP}.shared_hours")
    needed = shared + count * default_of(material.plan, f"{STEP}.account_hours")
    form = "none" if not count else "fits" if hours >= needed else "short"
    named = words["one" if hours == 1 else "many"].format(hours=write_number(hours))
    places = words["place" if count == 1 else "places"].format(count=count)
    return str(words[form].format(hours=named, places=places, needed=write_number(needed)))


def _write_need(material: Material, words: Mapping[str, Any], hours: float) -> str:
    """The hours there are against those of the whole plan, once places are chosen."""
    need = reckon_need(material.plan)
    signed = is_signed(material.plan)
    form = "plan_fits" if not need.over else "plan_signed" if signed else "plan_short"
    named = words["one" if hours == 1 else "many"].format(hours=write_number(hours))
    needed = write_hours(need.hours, material.language)
    who = material.plan.time.exception_by
    return str(words[form].format(hours=named, needed=needed, who=who))


def _count_places(material: Material) -> int:
    """The accounts that are not dormant; without accounts, the places that serve something."""
    most = default_of(material.plan, f"{STEP}.dormant_days")
    accounts = material.plan.start.accounts
    if accounts:
        return sum(a.last_posted is None or a.last_posted.days <= most for a in accounts)
    return sum(why.serves != "nothing" for why in material.plan.goals.whys)
