"""What is known of a place, in values and in words."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from workbook.fit.places import list_facts, sheet_rows, write_cadence, write_checked, write_posts
from workbook.platforms import load_platforms
from workbook.platforms.sheet import (
    Cadence,
    Forms,
    Links,
    Per,
    Presence,
    is_old,
    weigh_path,
)

DAY = date(2025, 5, 1)
TODAY = date(2026, 11, 22)


def _facts(place):
    return {fact.name: fact for fact in list_facts(load_platforms()[place])}


@pytest.mark.parametrize(
    ("links", "profile", "value"),
    [
        (Links.OK, Presence.UNKNOWN, 1.0),
        (Links.DEMOTED, Presence.YES, 0.8),
        (Links.VARIES, Presence.UNKNOWN, 0.8),
        (Links.NONE, Presence.YES, 0.6),
        (Links.NONE, Presence.VARIES, 0.3),
        (Links.NONE, Presence.NO, 0.0),
        (Links.NONE, Presence.UNKNOWN, None),
        (Links.UNKNOWN, Presence.YES, None),
    ],
)
def test_way_to_the_website_is_worth_less_the_longer_it_is(links, profile, value):
    """A link where people read is best, one in the profile is less, and unknown stays unknown."""
    assert weigh_path(links, profile) == value


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("pinterest", 1.0),
        ("facebook", 0.8),
        ("instagram", 0.6),
        ("tiktok", 0.3),
        ("nextdoor", None),
    ],
)
def test_places_have_the_way_that_their_sheet_tells(place, value):
    """A link in each picture, a demoted one, one in the profile, one for some, and none found."""
    assert load_platforms()[place].path_value == value


@pytest.mark.parametrize(
    ("per", "week"), [(Per.DAY, (21, 35)), (Per.WEEK, (3, 5)), (Per.MONTH, (9 / 13, 15 / 13))]
)
def test_findings_can_be_compared_by_the_week(per, week):
    """Posts a day, a week and a month come to the same measure."""
    told = Cadence(low=3, high=5, per=per, checked_on=DAY, source="P5")
    assert told.a_week == pytest.approx(week)


def test_an_open_end_stays_open():
    """Where only the least is told there is no most, and the words say so."""
    told = Cadence(low=2, per=Per.MONTH, checked_on=DAY, source="P26")
    assert told.a_week == (pytest.approx(24 / 52), None)
    assert write_cadence(told) == "At least 2 posts a month."


def test_a_place_lives_on_something():
    """A sheet that names no form is refused."""
    with pytest.raises(ValidationError):
        Forms(value=(), checked_on=DAY)


def test_half_a_year_is_old():
    """After 180 days a fact is old, on the 180th it is not."""
    assert not is_old(DAY, date(2025, 10, 28))
    assert is_old(DAY, date(2025, 10, 29))


def test_disagreeing_findings_are_both_shown():
    """Two sources advise differently on Facebook; both stand there, with their days."""
    shown = [f for f in list_facts(load_platforms()["facebook"]) if f.name == "cadence"]
    assert [f.text.partition(".")[0] for f in shown] == [
        "3 to 5 posts a week",
        "1 to 2 posts a day",
    ]
    assert len({f.source_line for f in shown}) == 2


def test_an_old_fact_says_so_and_a_fresh_one_does_not():
    """The day stands behind each fact, and after half a year what to do about it."""
    facts = _facts("facebook")
    assert write_checked(facts["links"], TODAY) == (
        "As of 18 June 2025, more than 180 days ago: look before you rely on it."
    )
    assert write_checked(facts["post_limit"], TODAY) == "As of 1 June 2026."
    assert write_checked(facts["ours"], TODAY) == "Ours, of 21 November 2026."


def test_a_page_without_a_date_is_told_apart():
    """A fact read on a page that shows no date may be older, and says so."""
    assert "shows no date" in write_checked(_facts("facebook")["window_hours"], TODAY)
    assert write_checked(_facts("nextdoor")["links"], TODAY) == "Looked for on 21 November 2026."


def test_time_to_answer_is_told_with_its_rule():
    """On Messenger 24 hours count from the customer's last message."""
    told = _facts("facebook")["window_hours"].text
    assert told.startswith("You may answer freely for 24 hours after their last message.")
    assert "Only their message starts the time anew" in told


def test_second_hand_sources_are_called_so():
    """Who quotes the original is named as such."""
    assert "tells it second hand" in _facts("facebook")["links"].source_line
    assert "second hand" not in _facts("facebook")["post_limit"].source_line


@pytest.mark.parametrize(
    ("place", "posts"),
    [
        ("youtube", "a long video a month, a short video a week"),
        ("nextdoor", "a short text every two weeks"),
        ("x", "5 short texts a week"),
    ],
)
def test_our_default_is_said_as_people_say_it(place, posts):
    """A quarter of a video a week is one a month."""
    assert write_posts(place) == posts


def test_one_row_tells_what_a_business_chooses_by():
    """The row of Instagram: forms, ways to the website, messages, reviews, our default, the day."""
    rows = {row[0]: row[1:] for row in sheet_rows("en", TODAY).rows}
    assert rows["Instagram"] == (
        "Short videos, pictures to leaf through, stories",
        "Not in posts; in the profile",
        "Yes, free answers for 24 hours",
        "None found",
        "2 pictures with a text a week, a set of pictures to leaf through a week",
        "No day told; read on 21 November 2026",
    )
    assert rows["YouTube"][-1] == "10 August 2023: look again"
    assert rows["LinkedIn"][-1] == "10 June 2026"
    assert rows["Own blog or newsletter"][-1] == "Our default"
