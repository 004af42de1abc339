"""The response playbook: what staff do when somebody writes about the business."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from workbook.charts.decision_tree import draw
from workbook.complaint.draft import Written, list_templates, write_draft
from workbook.complaint.log import FIELDS
from workbook.complaint.log import WORDS as LOG_WORDS
from workbook.complaint.places import Place, list_rules
from workbook.complaint.rules import calendar_of, promise_of, write_moment
from workbook.complaint.severity import Level
from workbook.complaint.tree import load_tree
from workbook.content import load_step, load_words
from workbook.exports.documents._answers import lay_out_rows
from workbook.exports.documents._contacts import write_contacts
from workbook.exports.documents._contribution import Statement, load_report_words
from workbook.exports.documents._shortening import shorten
from workbook.exports.report import (
    Bullets,
    Callout,
    Column,
    Figure,
    Heading,
    KeyValues,
    PageBreak,
    Paragraph,
    Table,
    emphasis,
    runs,
    strong,
)
from workbook.steps.complaints.report import list_sites, write_levels
from workbook.steps.voice.answers import Situation
from workbook.values import UNKNOWN
from workbook.wording import write_answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from workbook.exports.documents._material import Material

NAME = "playbook"
HEEDS = ("open_findings",)
STEP = "complaints"
SEEDS = ("B2",)
TREE_MM = 116.0
"""The width of the tree, so that it shares a sheet with its table."""
LOG_ROOM_MM = 7.6
NEEDED = ("hours", "page_owner", "channel", "holding_line", "business_owner")
"""Without these a playbook does not work on the day."""
EXAMPLES = ((1, 10), (4, 16), (5, 20))
"""Moments in a week at which somebody may write: the weekday, Monday being 0, and the hour."""


def write(material: Material) -> Iterator[Statement]:
    """Everything the playbook says, with the reasons each block meets.

    It is looked things up in, in a hurry, so that of a long answer it holds the beginning.
    """
    rest = material.wording["elsewhere"]["rest"]
    return (shorten(statement, rest) for statement in _write(material))


def _write(material: Material) -> Iterator[Statement]:
    words = material.wording[NAME]
    text = load_report_words(STEP, material.language)["text"]
    waits = material.plan.goals.decision == "not_now"
    yield Statement(Paragraph.of(words["waits" if waits else "lead"]), SEEDS, STEP)
    yield from _write_missing(material, words)
    yield from _write_glance(material, words)
    yield from _write_tree(material, words)
    yield from _write_outcomes(material, words)
    yield from _raise(write_levels(material, text))
    yield from _write_clocks(material, words)
    yield from _write_sound(material, words)
    yield from _write_reviews(material, words)
    yield from _write_drafts(material, words)
    yield from _write_log(material, words)


def _raise(statements: Iterable[Statement]) -> Iterator[Statement]:
    """The same with headings one level higher, since they are no part of a larger document."""
    for statement in statements:
        block = statement.block
        if isinstance(block, Heading):
            yield replace(statement, block=Heading(1, block.text))
        else:
            yield statement


def _write_missing(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    """What has to be decided before anybody can work by it."""
    step, ours = load_step(STEP, material.language), material.plan.complaints
    names = [
        step.questions[name].subject
        for name in NEEDED
        if getattr(ours, name) in (None, (), "", UNKNOWN)
    ]
    if names and material.switches.open_findings:
        blocks = (Paragraph.of(words["missing_text"]), Bullets.of(*names))
        yield Statement(Callout("open", words["missing"], blocks), step=STEP)


def _write_glance(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    """Whom to call, when the business is open, and what may be said."""
    called = words["contacts_for"]
    yield Statement(Heading(1, words["contacts"]), step=STEP)
    yield Statement(Paragraph.of(words["contacts_lead"]), step=STEP)
    table = write_contacts(material, called, words["contacts_columns"])
    yield Statement(table, SEEDS, STEP)
    pairs = [(words["open"], "\n".join(_write_hours(material, words)))]
    pairs += [(term, _say(material, names)) for names, term in words["said"].items()]
    said = [(term, value) for term, value in pairs if value]
    if said:
        yield Statement(Heading(1, words["glance"]), step=STEP)
        yield Statement(KeyValues.of(*said), SEEDS, STEP)


def _say(material: Material, names: str) -> str:
    """The answers to some questions, those that the plan calls for, one after the other."""
    asked = load_step(STEP, material.language).questions
    shown = (name for name in names.split() if asked[name].is_shown(material.plan))
    answers = (material.answer(f"{STEP}.{name}") for name in shown)
    return str(material.wording[NAME]["joined"]).join(answer for answer in answers if answer)


def _write_hours(material: Material, words: Mapping[str, Any]) -> Iterator[str]:
    """When the business is open, and when it is closed besides."""
    ours, step = material.plan.complaints, load_step(STEP, material.language)
    days = {field.id: field for field in step.questions["hours"].fields}["days"]
    for each in ours.hours:
        if each.days and each.opens and each.closes:
            named = write_answer(days, each.days, material.language)
            yield words["hours"].format(days=named, opens=each.opens, closes=each.closes)
    for spell in ours.closed:
        if spell.first:
            first, last = spell.first, max(spell.first, spell.last or spell.first)
            form = words["closed_day" if first == last else "closed_days"]
            told = form.format(first=material.day(first), last=material.day(last))
            yield f"{told} ({spell.what})" if spell.what else told


def _write_tree(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    tree = load_tree(material.language)
    picture = draw(tree, language=material.language, large=True)
    figure = Figure.of(picture, caption=words["tree_caption"])
    yield Statement(PageBreak())
    yield Statement(Heading(1, words["tree"]), step=STEP)
    yield Statement(Paragraph.of(words["tree_lead"]), SEEDS, STEP)
    yield Statement(replace(figure, width_mm=TREE_MM), SEEDS, STEP)


def _write_outcomes(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    """What is done in each case, step by step, and when to stop."""
    outcomes = load_tree(material.language).outcomes.values()
    rows = tuple((each.title, "\n".join(each.steps), each.stop) for each in outcomes)
    titled = zip(words["outcomes_columns"], (0.9, 3.0, 1.2), strict=True)
    columns = tuple(Column(title, width=width) for title, width in titled)
    yield Statement(Heading(1, words["outcomes"]), step=STEP)
    yield Statement(Table(columns, rows), SEEDS, STEP)


def _write_clocks(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    """What the promises come to on the clock of the business, for moments in the week ahead."""
    plan, language = material.plan, material.language
    calendar = calendar_of(plan)
    if not calendar.is_known:
        yield Statement(Paragraph.of(words["clock_unknown"]), step=STEP)
        return
    monday = material.today + timedelta(days=7 - material.today.weekday())
    rows = []
    for weekday, hour in EXAMPLES:
        day = monday + timedelta(days=weekday)
        seen = datetime.combine(day, time(hour), calendar.zone)
        due = (promise_of(plan, level, calendar).due(calendar, seen) for level in Level)
        row = (write_moment(moment, language) if moment else words["never"] for moment in due)
        rows.append((write_moment(seen, language), *row))
    heads = (words["seen"], *(level.value for level in Level))
    columns = tuple(Column(title) for title in heads)
    yield Statement(Table(columns, tuple(rows), words["clock_caption"]), SEEDS, STEP)


def _write_sound(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    """How the tone of the business shifts, where its voice was described."""
    step = load_step("voice", material.language)
    fields = {field.id: field for field in step.questions["moments"].fields}
    rows = [
        tuple(write_answer(fields[n], getattr(moment, n), material.language) for n in _SOUND)
        for moment in material.plan.voice.moments
        if moment.situation in _TROUBLE and moment.shift
    ]
    if not rows:
        return
    yield Statement(Heading(1, words["sound"]), step="voice")
    for block in lay_out_rows(material, words["sound_columns"], rows, "", widths=(1.0, 2.4)):
        yield Statement(block, SEEDS, "voice")


_SOUND = ("situation", "shift")
_TROUBLE = (Situation.COMPLAINT, Situation.OUTAGE, Situation.CRISIS)


def _write_drafts(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    """Every draft as far as the plan fills it; the approved line where there is one."""
    found = [
        (title, draft.text)
        for name, title in list_templates(material.language).items()
        if (draft := write_draft(material.plan, name, Written(), language=material.language))
    ]
    yield Statement(Heading(1, words["drafts"]), step=STEP)
    yield Statement(Paragraph.of(words["drafts_lead"]), step=STEP)
    if material.plan.complaints.holding_line in (None, UNKNOWN, ""):
        yield Statement(Paragraph.of(words["drafts_none"]), step=STEP)
    for block in lay_out_rows(material, words["drafts_columns"], found, "", widths=(1.0, 4.6)):
        yield Statement(block, SEEDS, STEP)


def _write_reviews(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    """How reviews are answered, and what holds besides in each place that has them."""
    plan, language = material.plan, material.language
    anywhere = list_rules(plan, Place(id="", name=""), is_review=True, language=language)
    yield Statement(Heading(1, words["reviews"]), step=STEP)
    told = {
        place.name: " ".join(list_rules(plan, place, is_review=False, language=language))
        for place in list_sites(material)
    }
    there = (runs(strong(name), words["joined"], rules) for name, rules in told.items() if rules)
    yield Statement(Bullets.of(*anywhere, *there), SEEDS, STEP)


def _write_log(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    """The log of one complaint, to fill in by hand."""
    fields = load_words(LOG_WORDS, material.language)["fields"]
    columns = (Column(words["log_field"], width=1.5), Column(words["log_room"], width=1.6))
    rows = tuple((_name_field(words, name, fields[name]["hint"]), "") for name in FIELDS)
    yield Statement(PageBreak())
    yield Statement(Heading(1, words["log"]), step=STEP)
    yield Statement(Paragraph.of(words["log_lead"]), step=STEP)
    yield Statement(Table(columns, rows, room_mm=LOG_ROOM_MM), SEEDS, STEP)
    yield Statement(Paragraph.of(emphasis(_write_law(material))), step=STEP)


def _name_field(words: Mapping[str, Any], name: str, hint: str) -> str:
    """What is written in; a hint that only lists what may be said has a name before it."""
    named, by_hand = words["log_named"].get(name), words["log_by_hand"].get(name)
    return f"{named}{words['joined']}{hint}" if named else by_hand or hint


def _write_law(material: Material) -> str:
    """The line that goes with all of this: it is no legal advice."""
    return str(load_report_words(STEP, material.language)["text"]["law"])
