"""Blank worksheets: every question on paper, with room for the answer."""

from __future__ import annotations

import pytest

from tests.exports.sample_plans import TODAY, make_finished
from workbook.content import load_steps
from workbook.exports.documents import build_document, gather
from workbook.exports.documents.worksheets import MOST_BOXES
from workbook.exports.report import Blank, Heading, PageBreak, Paragraph, Table, join
from workbook.plan import Plan

STEPS = load_steps()


@pytest.fixture(scope="module")
def sheets():
    """The worksheets of an empty plan."""
    return build_document("worksheets", gather(Plan(), TODAY))


def _find(report, question):
    """Where a question stands among the blocks, and its words."""
    for place, block in enumerate(report.blocks):
        if isinstance(block, Paragraph) and question.label in join(block.runs):
            return place, join(block.runs)
    raise AssertionError(question.label)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.id)
def test_every_question_of_every_step_is_there_with_room(sheets, step):
    """A step begins a sheet; each question has its hint and boxes, lines or columns."""
    at = next(
        n for n, b in enumerate(sheets.blocks) if isinstance(b, Heading) and b.anchor == step.id
    )
    assert isinstance(sheets.blocks[at - 1], PageBreak)
    for section in step.sections:
        for name in section.questions:
            question = step.questions[name]
            place, text = _find(sheets, question)
            assert question.hint in text
            follows = sheets.blocks[place + 1] if place + 1 < len(sheets.blocks) else None
            assert isinstance(follows, Blank | Table) or "\u2610" in text or question.ends


def test_what_can_be_chosen_has_boxes_and_long_lists_a_line():
    """A box for each of a few options, a line to write on for more than a page would hold."""
    text = build_document("worksheets", gather(Plan(), TODAY)).text().replace("\u00a0", " ")
    for step in STEPS:
        for question in step.questions.values():
            if 0 < len(question.options) <= MOST_BOXES:
                assert all(f"\u2610 {option.label}" in text for option in question.options)


def test_lists_have_columns_for_three_entries(sheets):
    """The questions of an entry stand below each other, and nothing stands in the cells."""
    tables = [b for b in sheets.blocks if isinstance(b, Table) and not b.caption]
    lists = [q for step in STEPS for q in step.questions.values() if q.kind == "records"]
    assert len(tables) == len(lists)
    for table, question in zip(tables, lists, strict=False):
        assert table.room_mm > 0
        assert all(row[1:] == ("", "", "") for row in table.rows)
        assert len(table.rows) >= 1, question.path


def test_why_is_said_in_two_sentences(sheets):
    """The first sentences of the guidance stand below the title of each step."""
    for at, block in enumerate(sheets.blocks):
        if isinstance(block, Heading) and block.anchor in {step.id for step in STEPS}:
            why = join(sheets.blocks[at + 1].runs)
            step = next(step for step in STEPS if step.id == block.anchor)
            assert why
            assert "**" not in why
            assert step.guidance.replace("**", "").replace("\n", " ").startswith(why[:40])
            assert len(why) < 400


def test_a_question_that_depends_says_on_what(sheets):
    """On paper nothing disappears, so it says when a question may be left out."""
    assert (
        "Only if you answered \u201cDoes the business have a website of its own?\u201d"
        in sheets.text()
    )


def test_the_short_way_is_marked(sheets):
    """Whoever has forty minutes sees which questions are enough."""
    for step in STEPS:
        for section in step.sections:
            for name in section.questions:
                question = step.questions[name]
                _, text = _find(sheets, question)
                assert (f"{question.label} \u25cf" in text) is question.short


def test_they_begin_with_an_agenda_and_end_with_decisions(sheets):
    """Half a day, three hours and one hour by parts; then what, who, by when, and what waits."""
    agenda, *_, decided, parked = [b for b in sheets.blocks if isinstance(b, Table) and b.caption]
    for column, length in ((2, 210), (3, 180), (4, 60)):
        *parts, together = [row[column] for row in agenda.rows]
        assert together == length == sum(part for part in parts if isinstance(part, int))
    assert [column.title for column in decided.columns] == ["What", "Who", "By when"]
    assert parked.columns[-1].title == "Who takes it up"
    assert not any(any(row) for row in (*decided.rows, *parked.rows))
    goals = next(n for n, step in enumerate(STEPS, 1) if step.id == "goals")
    assert f"Sheet {goals}." in agenda.rows[2][1]
    assert "The minutes are our default." in sheets.text()


def test_nothing_that_was_answered_stands_in_them(sheets):
    """They are blank whatever the plan says, and no draft."""
    filled = build_document("worksheets", gather(make_finished(), TODAY))
    assert filled.blocks == sheets.blocks
    assert filled.header_note == ""
    assert "Example Plumbing" not in filled.text()


def test_they_stay_within_what_somebody_prints(sheets):
    """Not more lines to write on than fit on about fifty sheets."""
    lines = sum(b.lines for b in sheets.blocks if isinstance(b, Blank))
    rows = sum(len(b.rows) for b in sheets.blocks if isinstance(b, Table))
    assert lines + rows < 50 * 10
