"""The social media policy: rules that staff can read, and sign."""

from __future__ import annotations

import pytest

from tests.exports.sample_plans import (
    TODAY,
    make_blocked,
    make_finished,
    make_very_long,
    make_waiting,
)
from workbook.exports.documents import build_document, gather
from workbook.exports.report import Blank, Callout, Heading, Table
from workbook.plan import Plan
from workbook.steps.conduct.clauses import load_clauses


def _build(plan):
    return build_document("policy", gather(plan, TODAY))


@pytest.fixture(scope="module")
def finished():
    """The policy of a finished plan."""
    return _build(make_finished())


def _titles(report, level):
    return [b.text for b in report.blocks if isinstance(b, Heading) and b.level == level]


def test_every_rule_that_is_kept_has_a_section_of_its_own(finished):
    """Fifteen of sixteen, numbered through, in full wording; what is left out leaves no trace."""
    sections = _titles(finished, 2)
    kept = [clause.label for name, clause in load_clauses().items() if name != "politics"]
    assert sorted(section.partition(". ")[2] for section in sections) == sorted(kept)
    numbers = [int(section.partition(".")[0]) for section in sections]
    assert numbers == list(range(1, 16))
    assert "Clear: #ad, #sponsored, #ExamplePlumbingEmployee." in finished.text()
    assert "Politics" not in finished.text()


def test_own_words_stand_in_the_place_of_ours(finished):
    """Wording of the business reads like the rest, without a mark."""
    text = finished.text()
    assert "Take a picture, ring the owner, then write below what is right." in text
    assert "own words" not in text


def test_it_reads_like_a_policy_and_not_like_a_workbook(finished):
    """Nobody who signs it meets findings, reasons, or the words of the workbook."""
    text = finished.text().lower()
    for word in ("finding", "workbook", "still open", "decision", "our default", "because you"):
        assert word not in text
    assert not any(isinstance(block, Callout) for block in finished.blocks)
    assert finished.header_note == ""


def test_it_says_for_whom_it_is_and_until_when(finished):
    """Version and next look, and that it is no legal advice."""
    text = finished.text()
    assert "Everybody who works for Example Plumbing" in text
    assert "This version: 15 January 2027" in text
    assert "Looked at again: 1 December 2027" in text
    assert "General information, not legal advice; check with a lawyer in your country." in text


def test_what_is_not_to_be_shown_is_a_list():
    """What is of interest and not for everybody stands below what stays inside."""
    plan = Plan.model_validate({"mix": {"not_ours": "Homes of customers\nOur summer party"}})
    text = _build(plan).text()
    assert text.index("What stays with us") < text.index("Our summer party") < text.index("Respect")


def test_contacts_have_room_for_a_number(finished):
    """Everybody named in the rules is there once more, with an empty cell beside."""
    (table,) = [b for b in finished.blocks if isinstance(b, Table)]
    assert table.room_mm > 0
    assert (
        "Pausing everything that is planned",
        "The owner, on the mobile phone",
        "",
    ) in table.rows
    assert all(row[2] == "" for row in table.rows)
    assert len(table.rows) == 6


def test_it_ends_with_a_line_to_sign(finished):
    """Name, date and signature."""
    assert finished.blocks[-1] == Blank(labels=("Name", "Date", "Signature"))


def test_an_empty_plan_gives_rules_with_blanks_and_says_which():
    """The ready rules are all there; what has to be filled in stands in a box before them."""
    report = _build(Plan())
    (box,) = [b for b in report.blocks if isinstance(b, Callout)]
    told = report.text()
    assert box.kind == "open"
    assert "who may speak for the business" in told
    assert "________ (names of those who may speak)" in told
    assert len(_titles(report, 2)) == 16


def test_one_person_alone_needs_nobody_to_stand_in():
    """Whoever works alone is not asked for somebody else."""
    alone = Plan.model_validate({"start": {"people": 1}})
    assert "when that person is away" not in _build(alone).text()


def test_a_draft_says_so_at_its_head_and_nowhere_else():
    """Open decisions of the plan head each page and stay out of the rules."""
    report = _build(make_blocked())
    assert report.header_note == "Draft: 2 decisions open"
    assert not any(isinstance(block, Callout) for block in report.blocks)


def test_without_social_media_the_rules_say_what_they_are_for():
    """Staff may write about a business that has no page of its own."""
    assert "does without social media of its own" in _build(make_waiting()).text()


def test_a_business_that_chose_one_page_gets_the_short_wording():
    """Who said that a page is enough is not given five."""
    short = Plan.model_validate({"conduct": {"form": "one_page"}})
    assert len(_build(short).text()) < 0.7 * len(_build(Plan()).text())


def test_every_rule_may_be_left_out():
    """Then there is a line about it, and no empty sections."""
    out = [{"id": name, "clause": name, "use": "out"} for name in load_clauses()]
    report = _build(Plan.model_validate({"conduct": {"clauses": out}}))
    assert _titles(report, 2) == []
    assert "left out all of the rules" in report.text()


@pytest.mark.thorough
def test_no_word_of_a_long_rule_is_lost():
    """Rules of 20,000 characters end with their last word."""
    text = _build(make_very_long()).text()
    for name in ("purpose", "respect", "rights", "speakers"):
        assert f"{name}, the very last word" in text
