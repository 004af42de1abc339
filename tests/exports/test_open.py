"""What a document says about itself agrees with what is open in it."""

from __future__ import annotations

import re

import pytest

from tests.exports.sample_plans import DIAGNOSIS, GOALS, START, TODAY, make_finished, make_waiting
from workbook.checks import Status, measure_progress
from workbook.checks.progress import count_minutes
from workbook.content import load_step, load_steps
from workbook.exports.documents import build_document, gather
from workbook.exports.report import KeyValues, Table
from workbook.plan import Plan

NOTHING_OPEN = "Nothing is open."
CAFE = {
    "start": {
        "route": "short",
        "name": "Café Blau",
        "hours_per_week": 2,
        "has_accounts": "yes",
        "accounts": [{"id": "acc1", "platform": "instagram"}],
    },
    "diagnosis": {"reason_written": "none", "goal_dated": "no", "unanswered": 3, "offers": 2},
    "goals": {
        "decision": "use",
        "whys": [{"id": "why1", "platform": "instagram", "serves": "leads"}],
        "goals": [
            {
                "id": "goal1",
                "metric": "leads_per_month",
                "baseline": 3,
                "target": 4,
                "due": "2027-04-30",
                "reader": "The office manager",
            }
        ],
    },
}


def make(**parts):
    """A plan of raw answers; a part that is given replaces that of the café."""
    return Plan.model_validate({**CAFE, **parts})


def read(plan, name="strategy"):
    """The words of a document of a plan."""
    return build_document(name, gather(plan, TODAY)).text()


def list_pairs(plan, name="one_page"):
    """What stands beside each term at the head of a document."""
    report = build_document(name, gather(plan, TODAY))
    block = next(block for block in report.blocks if isinstance(block, KeyValues))
    return {term: "".join(run.text for run in value) for term, value in block.pairs}


def list_rows(plan, caption):
    """The rows of the table with this caption."""
    report = build_document("strategy", gather(plan, TODAY))
    tables = [b for b in report.walk() if isinstance(b, Table) and caption in b.caption]
    return [row for table in tables for row in table.rows]


# -- no contradiction --------------------------------------------------------------------------


def test_a_place_that_is_still_open_keeps_the_document_from_saying_that_nothing_is():
    """“Instagram: still open” and “Nothing is open” never stand in one document."""
    text = read(make())
    assert "Instagram: still open" in text
    assert NOTHING_OPEN not in text
    assert "This is not settled yet:" in text


def test_a_step_that_is_not_finished_is_named_with_its_question():
    """What is not settled names the question that comes next, and the entry it is asked of."""
    whys = [{"id": "why1", "platform": "instagram", "reason": "Guests ask us there for a table."}]
    text = read(make(goals={**CAFE["goals"], "whys": whys}))
    assert NOTHING_OPEN not in text
    assert "Some questions are still without an answer." in text
    assert "next comes “What does it serve?” (Instagram)" in text


@pytest.mark.parametrize("plan", [make_finished(), make_waiting(), make()])
def test_nothing_is_open_only_where_nothing_is(plan):
    """The sentence needs every step complete, no open decision and nothing to find out."""
    material = gather(plan, TODAY)
    report = build_document("strategy", material)
    complete = all(measure_progress(plan, step).status is Status.COMPLETED for step in load_steps())
    said = NOTHING_OPEN in report.text()
    assert not said or not (material.blocking or "still open" in report.text())
    assert not said or complete or plan.goals.decision == "not_now"


def test_a_complete_plan_says_that_nothing_is_open():
    """Without social media: what instead, who and until when is all that has to be said."""
    goals = {
        "decision": "not_now",
        "instead": "Ask each guest to bring a friend.",
        "instead_who": "Anna",
        "instead_until": "2027-06-30",
    }
    start = {**CAFE["start"], "has_accounts": "no", "accounts": []}
    assert NOTHING_OPEN in read(make(start=start, goals=goals))
    assert NOTHING_OPEN not in read(make(start=start, goals={**goals, "instead_who": None}))


def test_a_decision_is_never_said_to_lack_the_reason_that_stands_beside_it():
    """What goals and places serve is the reason, where no aim was asked for."""
    rows = dict(list_rows(make(), "with their reasons"))
    assert rows["Social media, with a goal"] == "It is to serve: More enquiries."
    because = rows["Instagram: still open"]
    assert because == "It is to serve: More enquiries. Why there, of all places, is not said yet."


# -- no social media for now -------------------------------------------------------------------


def test_the_next_steps_without_social_media_are_the_other_thing_a_tally_and_a_day():
    """Begin with it, keep a tally, look again: no goals to set, no hours, no mends."""
    todos = [row[1] for row in list_rows(make_waiting(), "with dates")]
    assert todos[0].startswith("Begin with it: Phone ten past clients")
    assert any("keep a tally" in text for text in todos)
    assert todos[-1] == "Look at this decision again: still not for now?"
    for words in ("Say why", "In half an hour", "hours"):
        assert not any(words in text for text in todos), words


def test_the_sheet_without_social_media_says_who_until_when_and_what_about_accounts():
    """What instead, who sees to it, accounts meanwhile, the day; and nothing of hours or causes."""
    goals = {**GOALS, "decision": "not_now", "instead": "Ask each guest.", "goals": []}
    plan = Plan.model_validate({"start": START, "diagnosis": DIAGNOSIS, "goals": goals})
    said = list_pairs(plan)
    assert said["Who sees to it"] == "Still open"
    assert "X exampleplumbing: Win it back" in said["Accounts meanwhile"]
    assert not {"Time", "Who does it", "What misses the mark", "Goal"} & set(said)
    named = Plan.model_validate(
        {"start": START, "goals": {**goals, "instead_who": "Anna, on Mondays"}}
    )
    assert list_pairs(named)["Who sees to it"] == "Anna, on Mondays"


# -- the sheet ---------------------------------------------------------------------------------


def test_the_sheet_says_whether_the_places_fit_into_the_hours():
    """2 hours do not carry one place; 6 do."""
    assert list_pairs(make())["Time"] == (
        "2 hours a week. That is too few: one place in use, and the week needs 4 h 45 min"
    )
    start = {**CAFE["start"], "hours_per_week": 6}
    assert "That is enough" in list_pairs(make(start=start))["Time"]


def test_a_goal_without_words_of_its_own_is_said_once():
    """One sentence with its numbers; its measure stands once, with who reads it."""
    said = list_pairs(make())
    assert said["Goal"] == "From 3 to 4 enquiries a month by 30 April 2027"
    assert said["Measured by"] == (
        "Enquiries from social media, each month; read by the office manager"
    )


def test_what_the_goal_reaches_is_a_reason_where_nothing_else_is_said():
    """A goal with a number stands for what social media is used for."""
    whys = [{"id": "why1", "platform": "instagram"}]
    rows = dict(list_rows(make(goals={**CAFE["goals"], "whys": whys}), "with their reasons"))
    assert rows["Social media, with a goal"] == (
        "It is to reach this: From 3 to 4 enquiries a month by 30 April 2027."
    )


def test_each_of_our_numbers_stands_by_itself():
    """No row of the printed table goes on from the row above it."""
    for row in list_rows(make_finished(), "Our defaults"):
        assert row[0][0].isupper(), row[0]
        assert not row[0].startswith("Below this")


def test_a_name_keeps_its_capital():
    """“read by Anna”, “read by Theo”: only a description begins small."""
    for reader in ("Anna", "Theo Example"):
        goal = {**CAFE["goals"]["goals"][0], "reader": reader}
        said = list_pairs(make(goals={**CAFE["goals"], "goals": [goal]}))
        assert said["Measured by"].endswith(f"read by {reader}")


def test_next_steps_are_whole_sentences_and_name_the_missing_question():
    """A mend keeps the sentences that belong to it, and no task stands for a question."""
    text = read(make(), "one_page")
    assert "“We are here so that …”. Where no sentence comes, write “stop?”." in text
    assert "this week" not in text
    assert "Answer “Why there, for this business?” (Instagram)" in text
    assert ": Say why, and set one to three goals" not in text


def test_the_sheet_is_filled_before_steps_are_left_out():
    """A plan with little in it shows each of its next steps, a full one its first four at least."""
    assert "more, in the full strategy" not in read(make_waiting(), "one_page")
    steps = read(make_finished(), "one_page")
    assert len(re.findall(r"^\d+ \w+ 20\d\d(?: \(proposed\))?: ", steps, re.MULTILINE)) >= 4


def test_a_cause_that_the_goals_have_mended_is_no_next_step():
    """Where goal and reasons now stand, nobody is asked to write them once more."""
    whys = [
        {
            "id": "why1",
            "platform": "instagram",
            "reason": "Guests ask us there for a table.",
            "serves": "leads",
        }
    ]
    said = read(make(goals={**CAFE["goals"], "whys": whys}))
    assert "Mended: each place in this plan has a written reason." in said
    assert "Begin with: No clear reason or goal" not in said
    assert "Begin with: No clear reason or goal" in read(make())


def test_a_sign_that_the_goals_mend_is_said_to_be_mended():
    """“There is no goal” stands beside the goal only with what has mended it since."""
    text = read(make())
    assert "date. Mended: you now have a goal with a number and a date." in text
    assert "1 mended since" in text
    bare = read(make(goals={"decision": "use"}))
    assert "Mended" not in bare


def test_missing_parts_tell_the_minutes_of_the_way_that_was_chosen():
    """Who took the short way is told what its questions take, as on the list of tasks."""
    step = load_step("complaints")
    assert count_minutes(step, make()) < step.minutes
    assert f"{step.task} (about {count_minutes(step, make())} minutes)" in read(make())


def test_too_few_hours_are_not_told_as_a_part_of_them():
    """“4 h of 2 hours” cannot be; what is needed stands beside what there is."""
    chosen = {"first": "instagram"}
    said = read(make(platform_fit=chosen))
    assert re.search(r"needed; there are 2 hours", said)
    assert not re.search(r"\d min of 2 hours", said)


def test_parts_told_elsewhere_are_named_in_one_line():
    """One sentence names every part whose findings are told there."""
    assert read(make()).count("is not repeated here.") <= 1
