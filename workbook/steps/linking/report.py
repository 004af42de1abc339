"""What the links come to in documents: who leads to whom, what to change, what to put where."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workbook.audit.addresses import strip_tracking
from workbook.audit.inventory import Standing
from workbook.content import load_words
from workbook.exports.documents import (
    Contribution,
    Material,
    Point,
    Statement,
    in_full,
    lay_out_rows,
    load_report_words,
    write_step,
)
from workbook.exports.report import Bullets, Figure, Heading, KeyValues, Paragraph, runs
from workbook.steps.linking.overview import MOST_DRAWN, WORDS, Overview, survey

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook.audit.inventory import Profile

STEP = "linking"
SEEDS = ("B2",)
TRACK = ("A6", "B2")
_WIDTHS = (1.6, 1.0, 1.0, 1.6, 1.6)
_ADDRESS_WIDTHS = (1.0, 2.6)
_POINT_ORDER = 64


def contribute(material: Material) -> Contribution:
    """The picture, what was found on each profile, what to change, and the other answers."""
    said = write_step(material, STEP)
    if material.plan.goals.decision == "not_now":
        return said
    words = load_words(WORDS, material.language)
    found = survey(material.plan, material.language)
    body = tuple(_write(material, words, found))
    points = said.points
    if found.count and any(p.has_entry for p in found.profiles):
        text = words["count"].format(both=found.both, count=found.count)
        points = (Point(words["point"], runs(text), _POINT_ORDER, SEEDS, STEP, "brief"), *points)
    return replace(said, body=(*body, *said.body), points=points)


def _write(material: Material, words: Mapping[str, Any], found: Overview) -> Iterator[Statement]:
    if any(profile.has_entry for profile in found.profiles):
        yield from in_full(_draw(words, found))
        yield from in_full(_write_found(material, words, found))
    yield from in_full(_write_week(material, words))
    yield from in_full(_write_wanted(material, words, found))


def _draw(words: Mapping[str, Any], found: Overview) -> Iterator[Statement]:
    """Which profile leads to the website, and back."""
    yield Statement(Heading(2, words["title"]), SEEDS, STEP)
    yield Statement(Paragraph.of(words["lead"]), SEEDS, STEP)
    yield Statement(Figure.of(found.draw()), SEEDS, STEP)
    if len(found.profiles) > MOST_DRAWN:
        yield Statement(Paragraph.of(words["more"].format(count=MOST_DRAWN)), step=STEP)


def _write_found(
    material: Material, words: Mapping[str, Any], found: Overview
) -> Iterator[Statement]:
    """What was found on each profile that somebody looked at."""
    shown = [profile for profile in found.profiles if profile.has_entry]
    rows = [_write_row(material, profile) for profile in shown]
    for block in lay_out_rows(material, words["columns"], rows, words["profiles"], widths=_WIDTHS):
        yield Statement(block, TRACK, STEP)
    bios = [(profile.label, profile.said.bio) for profile in shown if profile.said.bio]
    if bios:
        yield Statement(Heading(2, words["bios"]), SEEDS, STEP)
        yield Statement(KeyValues.of(*bios), SEEDS, STEP)


def _write_row(material: Material, profile: Profile) -> list[str]:
    path = f"{STEP}.profiles.{profile.said.id}"
    answers = [material.answer(f"{path}.{name}") for name in ("linked", "links_back")]
    link = strip_tracking(profile.said.link) if profile.said.link else ""
    return [profile.label, *answers, link, material.answer(f"{path}.bio_says")]


def _write_week(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    """What to change first; the rest stands among what is open."""
    most = int(load_report_words(STEP, material.language)["most_this_week"])
    mine = [f for f in material.findings if f.path.startswith(f"{STEP}.")][:most]
    if mine:
        seeds = tuple(dict.fromkeys(seed for finding in mine for seed in finding.seeds))
        yield Statement(Heading(2, words["week"]), seeds, STEP)
        lines = dict.fromkeys(f"{finding.what} {finding.do}" for finding in mine)
        yield Statement(Bullets.of(*lines), seeds, STEP)


def _write_wanted(
    material: Material, words: Mapping[str, Any], found: Overview
) -> Iterator[Statement]:
    """The tagged address for each profile in use."""
    rows = [
        [profile.label, found.wanted[profile.id]]
        for profile in found.profiles
        if profile.standing is Standing.ACTIVE and found.wanted.get(profile.id)
    ]
    if not rows:
        return
    yield Statement(Heading(2, words["wanted"]), TRACK, STEP)
    yield Statement(Paragraph.of(words["wanted_lead"]), TRACK, STEP)
    columns = words["wanted_columns"]
    for block in lay_out_rows(material, columns, rows, words["wanted"], widths=_ADDRESS_WIDTHS):
        yield Statement(block, TRACK, STEP)
