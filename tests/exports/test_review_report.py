"""The review as a document: counts with their limits, then what is kept and what follows."""

from __future__ import annotations

from itertools import pairwise

from tests.exports.sample_plans import DIAGNOSIS, GOALS, TODAY, make_finished, make_waiting
from workbook.exports.documents import build_document, gather
from workbook.exports.report import Heading, Table
from workbook.plan import Plan

NAME = "review_report"
PAST = {
    "id": "past1",
    "held": {
        "day": "2026-10-05",
        "readings": [{"id": "rd09", "goal": "goal1", "count": 12}],
        "decisions": [{"id": "dc09", "choice": "stop", "what": "Posting on Sundays",
                       "reason": "Nobody answered."}],
    },
}  # fmt: skip


def _build(plan):
    return build_document(NAME, gather(plan, TODAY))


def _plan(**parts):
    return Plan.model_validate({"start": {"name": "Example"}, **parts})


def test_a_count_stands_with_words_and_limits():
    """What was counted, the rate with its interval, the verdicts, and what else happened."""
    text = _build(make_finished()).text()
    assert "33 in 92 days, from 1 October 2026 to 31 December 2026." in text
    assert "with 95 % certainty the true rate lies between 7.5 and 15" in text
    assert "A hint of a change: more than you had before" in text
    assert "A fair in November, and a week of frost" in text
    assert "“Likely a change” stands where luck alone" in text


def test_each_place_stands_with_what_an_hour_brought():
    """Enquiries and referrals an hour, with their limits, over the days of the review."""
    text = _build(make_finished()).text()
    assert "7 in 26 h: 0.27 (0.11 to 0.55)" in text


def test_then_and_now_what_was_decided_and_what_follows():
    """The parts are there in the order in which they are read."""
    report = _build(make_finished())
    heads = [block.text for block in report.blocks if isinstance(block, Heading)]
    assert heads == [
        "What the numbers tell",
        "What an hour brought",
        "The diagnosis, then and now",
        "What we keep, stop and change",
        "What follows",
    ]
    assert all(block.level == 1 for block in report.blocks if isinstance(block, Heading))
    captions = [block.caption for block in report.blocks if isinstance(block, Table)]
    assert "Signs found, then and now" in captions
    assert "Show prices on the page about bathrooms" in report.text()
    assert "Order the flyers for the fair" in report.text()


def test_nothing_reviewed_yet_is_said_plainly():
    """With the next day to look back, the goals that wait for a number, and what to have ready."""
    action = {"id": "ac01", "what": "Look back", "about": "review.day", "due": "2027-04-01"}
    plan = _plan(goals=GOALS, integration={"actions": [action]}, diagnosis=DIAGNOSIS)
    text = _build(plan).text()
    assert "Nothing was reviewed yet" in text
    assert "The next day to look back is 1 April 2027." in text
    assert "What was counted for the goals is not entered yet:" in text
    assert "More people in town ask us for a bathroom: from 6 to 16 enquiries a month" in text
    assert "in 92 days" not in text


def test_an_empty_plan_has_a_review_that_says_what_is_missing():
    """No goal, no day, nothing on the list: a sentence for each."""
    text = _build(Plan()).text()
    assert "This document is still empty" in text
    assert "No day to look back is set yet." in text
    assert "There is no goal yet, so no number can be held against one." in text
    assert "Nothing is on the action list." in text


def test_after_a_review_its_decisions_still_stand_there():
    """When the next ninety days have begun, what was decided at the last review is told."""
    text = _build(_plan(goals=GOALS, review={"earlier": [PAST]})).text()
    assert "Nothing was reviewed since 5 October 2026" in text
    assert "At the last review, on 5 October 2026:" in text
    assert "Posting on Sundays" in text


def test_without_social_media_there_is_nothing_to_review():
    """It says so, and points to the day on which the question is asked anew."""
    report = _build(make_waiting())
    assert len(report.blocks) == 1
    assert "does without social media for now" in report.text()


def test_an_empty_plan_is_told_nothing_untrue():
    """No round of the diagnosis and no days are spoken of where there are none, no table named."""
    for name in ("review_report", "measurement_plan", "ninety_days", "account_register"):
        report = build_document(name, gather(Plan(), TODAY))
        assert "in one round only" not in report.text()
        assert "For these days" not in report.text()
        tables = [block for block in report.blocks if isinstance(block, Table)]
        assert all(table.rows for table in tables), name
        pairs = pairwise((*report.blocks, Heading(1, "")))
        assert not any(isinstance(a, Heading) and isinstance(b, Heading) and a.level >= b.level
                       for a, b in pairs), name  # fmt: skip
