"""The response playbook and its poster: what to do when somebody writes about the business."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from tests.exports.sample_plans import PLANS, TODAY, make_finished, make_waiting
from workbook.complaint.log import FIELDS
from workbook.complaint.tree import load_tree
from workbook.exports import Paper
from workbook.exports.documents import build_document, gather, write_document
from workbook.exports.report import Callout, Figure, Heading, KeyValues, Table, join
from workbook.plan import Plan


def _build(plan, name="playbook"):
    return build_document(name, gather(plan, TODAY))


@pytest.fixture(scope="module")
def finished():
    """The playbook of a finished plan."""
    return _build(make_finished())


def _tables(report):
    return [b for b in report.blocks if isinstance(b, Table)]


def test_its_parts_stand_in_the_order_in_which_they_are_needed(finished):
    """Whom to call first, the form to copy last."""
    titles = [b.text for b in finished.blocks if isinstance(b, Heading)]
    assert titles == [
        "Whom to call",
        "What holds for every answer",
        "Ten questions, from the top",
        "What is done",
        "How severe, who, and how soon",
        "How we sound in trouble",
        "Rules for reviews",
        "Drafts to begin with",
        "Log of one complaint",
    ]
    assert {b.level for b in finished.blocks if isinstance(b, Heading)} == {1}


def test_the_tree_is_a_picture_with_its_table(finished):
    """Whoever cannot see it reads ten questions, and where yes and no lead."""
    (figure,) = [b for b in finished.blocks if isinstance(b, Figure)]
    assert len(figure.table.rows) == len(load_tree().questions) == 10
    assert not figure.bare


def test_each_outcome_has_its_steps_and_its_end(finished):
    """All ten are told step by step, with when to stop."""
    text = finished.text()
    for outcome in load_tree().outcomes.values():
        assert outcome.title in text
        assert outcome.stop in text
        assert all(step in text for step in outcome.steps)


def test_clocks_run_in_the_opening_hours_of_the_business(finished):
    """Four open hours from Friday at four end on Monday: the door closes at 17:30."""
    table = next(t for t in _tables(finished) if t.columns[0].title == "Seen on")
    friday = next(row for row in table.rows if row[0].startswith("Friday"))
    assert friday[0] == "Friday 22 January, 16:00"
    assert friday[2] == "Monday 25 January, 10:30"
    assert [column.title for column in table.columns[1:]] == ["S1", "S2", "S3", "S4"]


def test_without_opening_hours_no_clock_is_invented():
    """It says that every clock runs day and night, and shows no moments."""
    report = _build(Plan())
    assert "each clock runs day and night" in report.text()
    assert not any(t.columns[0].title == "Seen on" for t in _tables(report))


def test_contacts_name_who_is_known_and_leave_room_for_the_rest(finished):
    """Names come from the answers; numbers are written in by hand, and so is a missing name."""
    table = _tables(finished)[0]
    rows = {row[0]: row[1:] for row in table.rows}
    assert rows["It spreads: approves each word"] == ("The owner", "")
    assert rows["A claim, an authority"] == ("The legal line of the insurer", "")
    assert table.room_mm > 0
    assert all(row[1:] == ("", "") for row in _tables(_build(Plan()))[0].rows)


def test_drafts_are_filled_from_the_plan(finished):
    """The approved line, the private place and the signature stand in the drafts."""
    text = finished.text()
    for answer in (make_finished().complaints.holding_line, make_finished().complaints.initials):
        assert answer in text
    table = next(t for t in _tables(finished) if t.columns[1].title == "Draft")
    assert len(table.rows) == 12
    assert "[their name]" in text


def test_without_an_approved_line_nothing_is_said_in_a_grave_case():
    """It says so, and offers no draft for it."""
    report = _build(Plan())
    assert "in a grave case nothing is said" in report.text()
    table = next(t for t in _tables(report) if t.columns[1].title == "Draft")
    assert "Holding line" not in [row[0] for row in table.rows]


def test_tone_comes_from_the_voice_of_the_business(finished):
    """What was said about complaints stands there, and praise is left to the strategy."""
    text = finished.text()
    assert "Calmer and shorter. We use the name and say who comes when." in text
    assert "Warm, by name." not in text
    assert "How we sound" not in _build(Plan()).text()


def test_the_log_has_a_line_for_every_field(finished):
    """As many as the log that is read back, each empty."""
    table = _tables(finished)[-1]
    assert [row[1] for row in table.rows] == [""] * len(FIELDS)
    assert "Whether it is true: yes, no or not clear" in [row[0] for row in table.rows]


@pytest.mark.thorough
def test_long_answers_end_where_the_strategy_goes_on():
    """A line of 20,000 letters takes no pages of what is looked up in a hurry."""
    text = _build(PLANS["very_long"]()).text()
    assert "(the rest stands in the strategy in full length)" in text
    assert len(text) < 20_000


def test_what_is_not_decided_yet_stands_in_a_box_at_the_top():
    """Five things a playbook cannot do without; none of them in a finished plan."""
    (box,) = [b for b in _build(Plan()).blocks if isinstance(b, Callout)]
    assert len(box.blocks[-1].items) == 5
    assert not [b for b in _build(make_finished()).blocks if isinstance(b, Callout)]


def test_hours_and_closed_days_are_told_in_words(finished):
    """A span of closed days and a single one."""
    told = next(b for b in finished.blocks if isinstance(b, KeyValues)).pairs
    hours = join(dict(told)["Open"])
    assert "08:00 to 17:30" in hours
    assert "Closed from 24 December 2027 to 2 January 2028 (Christmas)" in hours


def test_without_social_media_it_is_for_reviews_and_groups():
    """People write about a business that has no page of its own."""
    assert "People write about it all the same" in _build(make_waiting()).text()


# -- poster ------------------------------------------------------------------------------------


@pytest.mark.thorough
@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("plan", sorted(PLANS))
def test_the_poster_is_one_sheet(plan, paper):
    """On A4 and on letter, whatever the plan says."""
    raw = write_document("poster", "pdf", gather(PLANS[plan](), TODAY), paper=paper)
    assert len(PdfReader(io.BytesIO(raw)).pages) == 1


def test_the_poster_holds_the_tree_and_three_numbers_to_call():
    """Larger type, the picture alone, and all its words for whoever cannot see it."""
    report = _build(make_finished(), "poster")
    figure, table = report.blocks
    assert report.scale > 1
    assert figure.bare
    for node in load_tree().questions.values():
        assert node.short in figure.alt
    for outcome in load_tree().outcomes.values():
        assert outcome.short in figure.alt
    assert [row[1] for row in table.rows] == [
        "The office manager",
        "The owner",
        make_finished().complaints.safety_contact,
    ]


def test_the_log_on_paper_speaks_no_code():
    """Outcomes have the names that the tree gives them, and a day is written as people write it."""
    text = build_document("playbook", gather(Plan(), TODAY)).text()
    assert "such as “Put it right”" in text
    assert "let_stand" not in text
    assert "2026-05-08" not in text
    assert "n4" not in text
