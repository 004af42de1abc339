"""The places that a case rejects: those looked at, and those that the reckoning looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from workbook.budget.need import reckon_need
from workbook.evidence.survey import place_ids
from workbook.exports.documents._answers import lay_out_rows
from workbook.exports.documents._contribution import Statement
from workbook.exports.documents._parts import say_more
from workbook.exports.report import Heading, Paragraph
from workbook.fit.fates import list_named, serves_nothing
from workbook.fit.phrases import write_hours
from workbook.fit.planned import efforts_of
from workbook.steps.platform_fit.chosen import name_place
from workbook.steps.platform_fit.figures import list_gains, look_up, write_amount
from workbook.values import YesNo

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook.exports.documents._material import Material

THIN: Final = ("A8",)
STEP: Final = "platform_fit"
_WIDTHS: Final = (1.0, 2.6)
_MOST: Final = 6


def write_rejected(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    """The places not chosen, each with what speaks against it.

    Those of the plan's own answers come first, then those that the people wanted use, by how
    many more they would reach.
    """
    plan, named = material.plan, list_named(material.plan)
    yield Statement(Heading(1, words["title"], "rejected"), THIN, STEP)
    if not named:
        yield Statement(Paragraph.of(words["open"]), THIN, STEP)
        return
    looked = [place.platform for place in plan.platform_fit.places]
    looked += [why.platform for why in plan.goals.whys]
    looked += [account.platform for account in plan.start.accounts]
    gains = _list_gains(material)
    found = [each for each in dict.fromkeys((*looked, *gains)) if each and each not in named]
    if not found:
        yield Statement(Paragraph.of(words["none"]), THIN, STEP)
        return
    rows = [
        [name_place(place, material.language), _tell_against(material, place, gains, words)]
        for place in found[:_MOST]
    ]
    for block in lay_out_rows(material, words["columns"], rows, words["caption"], widths=_WIDTHS):
        yield Statement(block, THIN, STEP)
    yield from say_more(words["more"], len(found) - _MOST, THIN, STEP)


def _list_gains(material: Material) -> dict[str, str]:
    """Places by what they would reach beside the choice, where that is anybody; the most first."""
    found, ids = look_up(material.plan, material.language), place_ids()
    return {
        ids[gain.place]: write_amount(found, gain.reach, bounds=gain.is_limits)
        for gain in list_gains(found)
        if gain.reach.high > 0
    }


def _tell_against(
    material: Material, place: str, gains: Mapping[str, str], words: Mapping[str, Any]
) -> str:
    """What the plan's own answers, its hours and the reckoning say against a place."""
    plan = material.plan
    said = [each for each in plan.platform_fit.places if each.platform == place]
    lines = []
    if serves_nothing(plan, place) or any(each.serves is YesNo.NO for each in said):
        lines.append(words["serves"])
    if any(each.answers is YesNo.NO for each in said):
        lines.append(words["answers"])
    effort, need = efforts_of(plan).get(place), reckon_need(plan)
    if effort is not None and need.available is not None:
        left = max(0.0, need.available - need.hours)
        takes, there = (write_hours(h, material.language) for h in (effort.hours, left))
        lines.append(words["hours"].format(takes=takes, left=there))
    if place in gains:
        lines.append(words["gain"].format(reach=gains[place]))
    return " ".join(lines) or str(words["bare"])
