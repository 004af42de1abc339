"""What the workbook says about hours, promises, people and rules for complaints."""

from __future__ import annotations

from datetime import date

import pytest

from tests.complaint.sample_plan import ANSWERS, make_plan
from tests.exports.sample_plans import IN_FULL
from workbook.checks import Severity, Status, measure_progress, run
from workbook.content import find_question, load_step
from workbook.evidence import load_sources
from workbook.exports.documents import build_document, gather
from workbook.exports.report import Figure
from workbook.plan import Plan
from workbook.steps.complaints.answers import Channel
from workbook.steps.complaints.facts import load_facts

TODAY = date(2027, 1, 15)
FULL = {**ANSWERS, "urgent": "open", "house_rules": "Hate goes.", "hours_published": "yes"}
OURS = set(load_step("complaints").findings)


def _found(**changes):
    """The findings of this step about a plan that is sound but for these answers."""
    plan = make_plan(**{**FULL, **changes})
    return {f.id: f for f in run(plan, TODAY) if f.id in OURS}


def test_sound_answers_pass():
    """Hours, people, a private place and rules: nothing is to be said."""
    assert _found() == {}


@pytest.mark.parametrize("field", ["page_owner"])
@pytest.mark.parametrize("value", [None, "unknown"])
def test_nobody_who_answers_keeps_the_plan_a_draft(field, value):
    """A complaint that belongs to nobody is an open decision."""
    found = _found(**{field: value})
    assert found["nobody-answers"].severity is Severity.BLOCK


def test_an_empty_plan_is_asked_for_one_thing_only():
    """Before the step is begun only the open decision is told, not every gap."""
    assert [f.id for f in run(Plan(), TODAY) if f.id in OURS] == ["nobody-answers"]


def test_without_social_media_nothing_is_asked():
    """A plan without social media for now needs no rules for complaints, and is complete."""
    plan = Plan.model_validate({"goals": {"decision": "not_now"}, "complaints": {"initials": "AB"}})
    assert [f.id for f in run(plan, TODAY) if f.id in OURS] == []
    assert measure_progress(plan, load_step("complaints")).needed == 0


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        ({"business_owner": None}, "nobody-decides"),
        ({"approver": "unknown"}, "nobody-approves"),
        ({"backup": None}, "no-backup"),
        ({"backup": "managing DIRECTOR"}, "no-backup"),
        ({"hours": []}, "hours-missing"),
        ({"zone": None}, "zone-missing"),
        ({"stop": "none"}, "no-stop-rule"),
        ({"stop": "own"}, "no-stop-rule"),
        ({"channel": None}, "no-channel"),
        ({"holding_line": None}, "no-holding-line"),
    ],
)
def test_what_is_missing_is_found(changes, finding):
    """Each gap has its finding, and only that."""
    assert set(_found(**changes)) == {finding}


@pytest.mark.parametrize("channel", [c for c in Channel if c.has_window])
def test_a_window_of_a_day_and_a_weekend_do_not_go_together(channel):
    """On each network of Meta a weekend without a plan is a trap; e-mail is not."""
    finding = _found(channel=channel.value, weekend="auto")["window-trap"]
    assert "24 hours" in finding.what
    assert "63 hours" in finding.what
    assert "Friday 15 January, 18:00" in finding.because
    assert {"P14", "P24"} <= set(finding.sources)
    for weekend in ("duty", "email"):
        assert "window-trap" not in _found(channel=channel.value, weekend=weekend)


def test_open_every_day_is_no_trap_until_a_break_comes():
    """Who opens daily is closed for nights only; the Christmas break makes the trap."""
    days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    hours = [{"id": "hr01", "days": days, "opens": "10:00", "closes": "22:00"}]
    assert "window-trap" not in _found(channel="messenger", weekend="nothing", hours=hours)
    closed = [{"id": "cl01", "first": "2027-12-24", "last": "2027-12-26"}]
    found = _found(channel="messenger", weekend="nothing", hours=hours, closed=closed)
    assert "84 hours" in found["window-trap"].what
    assert "84 hours" in found["nothing-at-weekend"].what


@pytest.mark.parametrize("urgent", [None, "always", "unknown"])
def test_minutes_day_and_night_need_somebody_at_night(urgent):
    """One hour is promised round the clock, and nobody is there for 63 hours."""
    finding = _found(urgent=urgent)["promise-while-closed"]
    assert "60 minutes" in finding.what
    assert "63 hours" in finding.what


def test_somebody_who_is_called_keeps_the_promise():
    """Where the clock runs at night by choice and somebody is named, nothing is said."""
    named = {"urgent": "always", "weekend": "duty"}
    assert "promise-while-closed" not in _found(**named, weekend_who="The owner")
    assert "promise-while-closed" in _found(**named, weekend_who="unknown")


def test_a_graver_case_is_not_to_wait_longer():
    """Two business days for an annoyance are fine, a day for a fire is not."""
    assert "promise-backwards" not in _found(first_s1=2)
    finding = _found(first_s4=300)["promise-backwards"]
    assert finding.path == "complaints.first_s4"
    assert "S4 is graver than S3" in finding.what
    assert "300 minutes" in finding.because


def test_a_line_for_grave_cases_blames_nobody():
    """Words that would hurt are found in the approved line too."""
    finding = _found(holding_line="We guarantee that you should have known.")["holding-line-hurts"]
    assert finding.path == "complaints.holding_line"


def test_facts_are_dated_and_have_a_source():
    """Each figure says who was asked and when; none is from a page of collected statistics."""
    facts = load_facts()
    assert len(facts) == 6
    for fact in facts:
        assert load_sources()[fact.source].url
        assert any(year in fact.sample for year in ("2013", "2015", "2016", "2017", "2023"))
        assert any(sign.isdigit() for sign in fact.text) or "Seven" in fact.text


def test_the_strategy_holds_what_staff_need():
    """The tree, the levels with names and clock, drafts with marked gaps, and the advice on law."""
    report = build_document("strategy", gather(make_plan(**FULL), TODAY, switches=IN_FULL))
    text = report.text()
    for words in (
        "Keep people safe", "Workshop lead", "4 open hours",
        "60 minutes, counted while you are open",
        "[their name]", "help@example.com", "General information, not legal advice",
        "We have seen this and are looking into it.", "More than 1,500 people",
    ):  # fmt: skip
        assert words in text, words
    assert [b.name for b in report.blocks if isinstance(b, Figure)] == ["decision-tree"]


def test_the_short_document_keeps_people_and_clock():
    """Without the rest, who answers and how soon is still there."""
    from workbook.exports.documents import Switches

    switches = Switches(length="short")
    text = build_document("strategy", gather(make_plan(**FULL), TODAY, switches=switches)).text()
    assert "Workshop lead" in text
    assert "Ask one open question" not in text


def test_the_step_can_be_completed():
    """Every needed question has an answer in the sample, and nothing is needed besides."""
    plan = make_plan(**FULL, review_sites=["google"])
    assert measure_progress(plan, load_step("complaints")).status is Status.COMPLETED


def test_only_what_has_an_address_is_asked_for_one():
    """Private messages on a network need no address; an e-mail does."""
    question = find_question("complaints.channel_address")
    assert question.is_shown(make_plan(channel="email"))
    assert not question.is_shown(make_plan(channel="messenger"))
