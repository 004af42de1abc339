"""Being social held against staff rules, voice, complaints, places and goals: good and bad."""

from __future__ import annotations

from datetime import date

import pytest

from workbook.checks import run
from workbook.plan import Plan
from workbook.steps.mix.unshown import read_thing

TODAY = date(2027, 1, 15)
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday"]
HOURS = [{"id": "hr01", "days": WEEKDAYS, "opens": "09:00", "closes": "17:00"}]


def _post(number, text="Yes, the dog may come in.", move="post", week="first"):
    return {"id": f"wk{number:02}", "week": week, "move": move, "text": text, "minutes": 20}


def _fit(**place):
    place = {"id": "facebook", "platform": "facebook"} | place
    return {"first": "facebook", "places": [place]}


def _leads(objective="leads"):
    return {"decision": "use", "goals": [{"id": "go01", "objective": objective}]}


OUT = {"clauses": [{"id": "privacy", "clause": "privacy", "use": "out"}]}
IN = {"clauses": [{"id": "privacy", "clause": "privacy", "use": "ready"}]}
PROMISE = {"hours": HOURS, "first_s2": 4}
POSTS = [_post(number) for number in range(5)]

BAD_AND_GOOD = {
    "not-ours-without-rule": (
        {"conduct": OUT, "mix": {"not_ours": "The staff party"}},
        {"conduct": IN, "mix": {"not_ours": "The staff party"}},
    ),
    "not-ours-too-wide": (
        {"mix": {"not_ours": "The staff party\nWhat we pay: wages and hours"}},
        {"mix": {"not_ours": "The staff party\nOur prices for big builders"}},
    ),
    "speaker-not-among-speakers": (
        {"conduct": {"speakers": "The owner\nThe baker"}, "mix": {"speaks": "Sam"}},
        {"conduct": {"speakers": "The owner\nSam, from the office"}, "mix": {"speaks": "sam"}},
    ),
    "speaker-hands-nothing-over": (
        {"complaints": {"page_owner": "The owner"}, "mix": {"speaks": "Sam"}},
        {"complaints": {"page_owner": "The owner", "backup": "Sam"}, "mix": {"speaks": "Sam"}},
    ),
    "blocks-later-than-promise": (
        {"complaints": PROMISE, "mix": {"first_at": "09:00", "second_at": "16:00"}},
        {"complaints": PROMISE, "mix": {"first_at": "12:00", "second_at": "16:00"}},
    ),
    "weeks-over-cadence": (
        {"platform_fit": _fit(posts=2), "mix": {"weeks": POSTS}},
        {"platform_fit": _fit(posts=2.5), "mix": {"weeks": POSTS}},
    ),
    "blocks-short-for-replies": (
        {"platform_fit": _fit(replies=26), "mix": {"first_at": "09:00"}},
        {"platform_fit": _fit(replies=25), "mix": {"first_at": "09:00"}},
    ),
    "counter-against-voice": (
        {"voice": {"avoided": "100%\npremises = shop"}, "mix": {"across_counter": "100% safe."}},
        {"voice": {"avoided": "100%\npremises = shop"}, "mix": {"across_counter": "Safe."}},
    ),
    "draft-against-voice": (
        {"voice": {"avoided": "come along"}, "mix": {"weeks": [_post(1, "Come along, all!")]}},
        {"voice": {"avoided": "come along"}, "mix": {"weeks": [_post(1, "They come. Along!")]}},
    ),
    "goal-without-invitation": (
        {"goals": _leads(), "mix": {"weeks": POSTS}},
        {"goals": _leads(), "mix": {"weeks": [*POSTS[1:], _post(0, move="offer")]}},
    ),
    "shows-what-is-not-ours": (
        {"mix": {"not_ours": "Our staff parties", "weeks": [_post(1, "The party of our staff.")]}},
        {"mix": {"not_ours": "Our staff parties", "weeks": [_post(1, "A party. Staff wanted.")]}},
    ),
}


def _found(plan):
    return {finding.id: finding for finding in run(Plan.model_validate(plan), TODAY)}


@pytest.mark.parametrize("finding", BAD_AND_GOOD)
def test_contradiction_is_told_and_its_mended_plan_is_not(finding):
    """Of two plans that differ in one answer, the one that contradicts itself is told so."""
    bad, good = BAD_AND_GOOD[finding]
    assert finding in _found(bad)
    assert finding not in _found(good)
    waiting = {"goals": {"decision": "not_now"}}
    assert finding not in _found({**bad, **waiting})


def test_longest_wait_is_told_in_open_hours():
    """From the block at nine to that at four seven hours pass; the night does not count."""
    found = _found(BAD_AND_GOOD["blocks-later-than-promise"][0])["blocks-later-than-promise"]
    assert "within 4 open hours" in found.because
    assert "up to 7 open hours, since you look in at 09:00 and 16:00" in found.because


def test_block_while_closed_waits_a_whole_day():
    """A look at ten in the evening comes after all that was open since the last."""
    plan = {"complaints": {"hours": HOURS}, "mix": {"first_at": "22:00"}}
    assert "up to 8 open hours" in _found(plan)["blocks-later-than-promise"].because


def test_blocks_of_the_week_take_the_place_of_the_daily_times():
    """Once the page of time has blocks, those are held to the promise, and each is told once."""
    bad = BAD_AND_GOOD["blocks-later-than-promise"][0]
    week = {"time": {"blocks": [{"id": "tb01", "task": "answer", "at": "09:00"}]}}
    assert "blocks-later-than-promise" not in _found({**bad, **week})


def test_goal_of_another_kind_needs_no_invitation():
    """Nor does a plan in which one offer alone would be more than may sell."""
    assert "goal-without-invitation" not in _found(
        {"goals": _leads("retention"), "mix": {"weeks": POSTS}}
    )
    assert "goal-without-invitation" not in _found({"goals": _leads(), "mix": {"weeks": POSTS[:4]}})


def test_who_stands_in_can_be_named_with_one_click():
    """Where nobody stands in for complaints yet."""
    found = _found(BAD_AND_GOOD["speaker-hands-nothing-over"][0])["speaker-hands-nothing-over"]
    assert found.offers[0].answers == (("complaints.backup", "Sam"),)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Customers at home, unless they said yes in writing", {"customer", "home"}),
        ("The staff party", {"staff", "party"}),
        ("Anything about a client", {"client"}),
        ("What other companies did wrong there", {"company", "wrong"}),
        ("Guests who did not say yes", {"guest"}),
        ("Everything", set()),
    ],
)
def test_line_is_read_by_the_words_that_say_what_it_is(line, words):
    """Conditions and empty words are left out, and each word stands in the singular."""
    assert read_thing(line) == words


def test_several_drafts_with_the_same_words_are_told_once():
    """The first is named, the others are counted; the photo and the topic count too."""
    mix = {
        "not_ours": "Homes of customers, unless they said yes",
        "topics": [{"id": "tp01", "asked": "Warm?", "proof": "The home of a customer"}],
        "weeks": [{**_post(1, "Warm."), "topic": "tp01"}, _post(2, "A customer's home.")],
    }
    found = _found({"mix": mix})["shows-what-is-not-ours"]
    assert "and 1 other entry too" in found.what
    assert found.path == "mix.weeks.wk01.text"
