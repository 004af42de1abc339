"""The drafted reply: a form for every outcome, filled from the plan and the case."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.complaint.sample_plan import make_plan
from workbook.complaint.draft import (
    Written,
    choose_template,
    list_templates,
    setting_of,
    write_draft,
)
from workbook.complaint.reply import check_reply
from workbook.complaint.severity import Level
from workbook.complaint.tree import load_tree
from workbook.plan import Plan

TEMPLATES = list(list_templates())
DUE = datetime(2026, 5, 11, 17, 50, tzinfo=ZoneInfo("Europe/Berlin"))
SAID = Written(platform="facebook", text="You came two hours late.", name="Kim", topic="the wait")
OUTCOMES = load_tree().outcomes


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_draft_keeps_to_its_own_linter(template):
    """Filled from a full plan, a draft has no fault but the gaps it marks itself."""
    draft = write_draft(make_plan(), template, SAID, DUE)
    faults = check_reply(draft.text, setting_of(make_plan(), draft, SAID, 280, "X"))
    assert [fault for fault in faults if fault.id != "gap"] == []
    assert "{" not in draft.text
    assert "  " not in draft.text


@pytest.mark.parametrize("template", [name for name in TEMPLATES if name != "holding"])
def test_what_is_not_known_is_a_marked_gap(template):
    """From an empty plan and a bare case, a draft shows what is still to be written."""
    draft = write_draft(Plan(), template, Written())
    assert draft.text.count("[") == draft.text.count("]") >= 1
    faults = check_reply(draft.text, setting_of(Plan(), draft, Written()))
    assert {fault.id for fault in faults} == {"gap"}


def test_a_draft_is_filled_from_plan_and_case():
    """Name, topic, private place, day and time, and initials stand in their places."""
    text = write_draft(make_plan(), "restore", SAID, DUE).text
    for part in ("Hello Kim,", "the wait", "help@example.com", "Monday 11 May, 17:50", "AB"):
        assert part in text


def test_without_an_approved_line_nothing_is_drafted():
    """In a grave case there are no words unless the plan holds some."""
    for line in (None, "unknown"):
        assert write_draft(make_plan(holding_line=line), "holding", SAID) is None
    assert write_draft(make_plan(), "holding", SAID).text.startswith("We have seen this")
    assert write_draft(make_plan(), "", SAID) is None


@pytest.mark.parametrize(
    ("channel", "platform", "part"),
    [
        ("email", "x", "write to help@example.com"),
        ("phone", "x", "call help@example.com"),
        ("messenger", "facebook", "private message here"),
        ("messenger", "google_business", "on Messenger"),
        ("instagram", "instagram", "private message here"),
        ("instagram", "facebook", "on Instagram"),
        ("whatsapp", "facebook", "on WhatsApp"),
        ("other_dm", "x", "private message"),
        (None, "x", "contact us at"),
        ("unknown", "x", "contact us at"),
    ],
)
def test_the_private_place_fits_where_they_wrote(channel, platform, part):
    """Who wrote on the network itself is not sent elsewhere, and others are told where."""
    draft = write_draft(make_plan(channel=channel), "restore", Written(platform=platform), DUE)
    assert part in draft.text


@pytest.mark.parametrize(
    ("outcome", "written", "asked", "template"),
    [
        ("thank", SAID, False, "thank"),
        ("thank", SAID, True, "answer"),
        ("thank", Written(is_review=True), True, "review_positive"),
        ("restore", Written(is_review=True), False, "review_negative"),
        ("restore", SAID, True, "restore"),
        ("legal", SAID, False, "holding"),
        ("legal", Written(text="my number is 0151 2345 6789"), False, "privacy"),
        ("emergency", Written(text="my number is 0151 2345 6789"), False, "holding"),
        ("ignore_or_report", SAID, False, ""),
        ("let_stand", SAID, False, ""),
        ("monitor", SAID, False, "decline"),
    ],
)
def test_the_form_follows_outcome_and_place(outcome, written, asked, template):
    """A question is answered, a review as a review, and details made public are hidden first."""
    assert choose_template(OUTCOMES[outcome], written, needs_answer=asked) == template


@pytest.mark.parametrize("level", ["S3", "S4"])
@pytest.mark.parametrize(
    ("outcome", "template"),
    [
        ("restore", "holding"),
        ("correct", "holding"),
        ("monitor", "holding"),
        ("let_stand", ""),
        ("thank", "thank"),
    ],
)
def test_a_case_that_spreads_gets_the_holding_line(outcome, template, level):
    """What would be answered gets the approved line; what is not answered stays so."""
    found = choose_template(OUTCOMES[outcome], SAID, needs_answer=False, level=Level(level))
    assert found == template


def test_every_variant_is_there():
    """Eleven variants and the open question."""
    wanted = "thank answer restore restore_escalate correct holding close_public decline privacy"
    assert {*wanted.split(), "review_positive", "review_negative", "ask"} == set(TEMPLATES)
