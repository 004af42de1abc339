"""What the voice says in documents: scales as a picture, traits, situations, examples, rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.charts.voice import draw
from workbook.content import find_question, load_step
from workbook.exports.documents import (
    Contribution,
    Decided,
    Material,
    Point,
    Statement,
    collect_seeds,
    in_full,
    lay_out_rows,
    load_report_words,
    name_term,
)
from workbook.exports.report import (
    Column,
    Figure,
    Heading,
    KeyValues,
    Paragraph,
    Table,
    runs,
)
from workbook.steps.voice.scales import list_places
from workbook.tone import rules_of
from workbook.tone.wording import list_rules
from workbook.wording import write_answer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from workbook.steps.voice.answers import Trait
    from workbook.values import Record

STEP = "voice"
SEEDS = ("B2",)
_DETAILS = ("moments", "rewrites")
SOURCES = ("N1", "N4", "N7", "N8")
_WIDTHS = {"traits": (1, 1, 2), "moments": (1.2, 1.6, 2.4, 0.8), "rewrites": (1, 1)}


def contribute(material: Material) -> Contribution:
    """The voice on a page, with the rules drafts are held against; nothing while all waits."""
    words = load_report_words(STEP, material.language)
    voice = material.plan.voice
    waits = material.plan.goals.decision == "not_now"
    said = voice != type(voice)() and not waits
    return Contribution(
        step=STEP,
        title=str(words["title"]),
        order=int(words["order"]),
        body=tuple(_write(material, words)) if said else (),
        points=tuple(_write_points(material, words)) if said else (),
        decisions=tuple(_decide(material, words)) if said else (),
        sources=SOURCES if said else (),
    )


def _write(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    yield from _write_scales(material, words)
    for name in ("traits", "moments", "rewrites"):
        records = getattr(material.plan.voice, name)
        if records:
            part = _write_records(material, words, name, records)
            yield from in_full(part) if name in _DETAILS else part
    yield from _write_words(material, words)
    yield from in_full(_write_rules(material, words))


def _write_scales(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    places = list_places(material.plan, material.language)
    language = material.answer(f"{STEP}.language")
    if any(place.place is not None for place in places):
        title, lead = Heading(2, words["scales"]["title"]), Paragraph.of(words["scales"]["lead"])
        figure = Figure.of(draw(places, language=material.language))
        yield from in_full(Statement(block, SEEDS, STEP) for block in (title, lead, figure))
    if language:
        yield Statement(KeyValues.of((_term(material, "language"), language)), step=STEP)


def _term(material: Material, name: str) -> str:
    step = load_step(STEP, material.language)
    return name_term(material, step, find_question(f"{STEP}.{name}", material.language))


def _write_records(
    material: Material, words: Mapping[str, Any], name: str, records: Sequence[Record]
) -> Iterator[Statement]:
    """A list as a table, the columns left out that nobody filled in."""
    step = load_step(STEP, material.language)
    given = [
        (field, width)
        for field, width in zip(step.questions[name].fields, _WIDTHS[name], strict=True)
        if any(getattr(record, field.id) for record in records)
    ]
    if not given:
        return
    yield Statement(Heading(2, words[name]["title"]), SEEDS, STEP)
    if lead := words[name].get("lead"):
        yield Statement(Paragraph.of(lead), step=STEP)
    fields = [field for field, _ in given]
    rows = [
        [write_answer(f, getattr(record, f.id), material.language) for f in fields]
        for record in records
    ]
    terms = [name_term(material, step, field) for field in fields]
    caption = str(words[name].get("caption", words[name]["title"]))
    seeds = collect_seeds([step.questions[name], *fields])
    widths = [width for _, width in given]
    for block in lay_out_rows(material, terms, rows, caption, widths=widths):
        yield Statement(block, seeds, STEP)


def _write_words(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    pairs = [
        (_term(material, name), text)
        for name in ("avoided", "allowed", "names", "capitals")
        if (text := material.answer(f"{STEP}.{name}"))
    ]
    if pairs:
        yield Statement(Heading(2, words["words"]["title"]), step=STEP)
        yield Statement(KeyValues.of(*pairs), SEEDS, STEP)


def _write_rules(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    said = words["rules"]
    rows = tuple(
        (told.title, told.limit, told.whose, told.why)
        for told in list_rules(rules_of(material.plan), material.language)
    )
    widths = (1.6, 1.1, 0.8, 2.6)
    columns = tuple(Column(t, width=w) for t, w in zip(said["columns"], widths, strict=True))
    yield Statement(Heading(2, said["title"]), SEEDS, STEP)
    yield Statement(Paragraph.of(said["lead"]), step=STEP)
    yield Statement(Table(columns, rows, said["caption"]), SEEDS, STEP)


# -- in brief ----------------------------------------------------------------------------------


def _list_traits(material: Material, words: Mapping[str, Any]) -> list[str]:
    """The traits as “plain, but not blunt”."""
    return [
        _write_trait(trait, words["traits"])
        for trait in material.plan.voice.traits
        if trait.trait is not None
    ]


def _write_trait(trait: Trait, words: Mapping[str, str]) -> str:
    form = words["both" if trait.but_not else "alone"]
    return form.format(trait=trait.trait, but_not=trait.but_not or "")


def _write_points(material: Material, words: Mapping[str, Any]) -> Iterator[Point]:
    traits = "\n".join(_list_traits(material, words))
    if traits:
        point = words["point"]
        yield Point(point["term"], runs(traits), int(point["order"]), SEEDS, STEP)


def _decide(material: Material, words: Mapping[str, Any]) -> Iterator[Decided]:
    traits = _list_traits(material, words)
    if traits:
        what = words["decided"]["what"].format(traits="; ".join(traits))
        yield Decided(what, words["decided"]["because"], SEEDS, STEP)
