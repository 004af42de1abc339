"""The places in which complaints are written, and their rules."""

from __future__ import annotations

import pytest

from workbook.complaint.places import (
    find_place,
    list_rules,
    list_sources,
    load_places,
    shorten_links,
)
from workbook.evidence import load_sources
from workbook.plan import Plan, replace_answer
from workbook.platforms import load_platforms


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("facebook", "facebook"),
        ("Twitter", "x"),
        ("google", "google_business"),
        ("Google Business", "google_business"),
        ("yelp", "yelp"),
        ("mail", "email"),
    ],
)
def test_a_place_is_found_by_what_people_call_it(name, place):
    """Ids, old names and short names lead to the same place."""
    assert find_place(name).id == place


def test_an_unknown_place_is_none():
    """Nothing is guessed."""
    assert find_place("myspace") is None
    assert find_place("") is None


def test_every_platform_is_a_place_and_rules_have_sources():
    """Wherever an account may be, a complaint may be; each rule of a place rests on a source."""
    places = load_places()
    assert set(places) >= set(load_platforms())
    for place in places.values():
        assert bool(place.rules) == bool(place.sources)
        assert set(list_sources(place, is_review=True)) <= set(load_sources())


@pytest.mark.parametrize("name", ["google_business", "yelp", "trustpilot", "tripadvisor"])
def test_reviews_have_rules_of_their_own(name):
    """Where reviews are written, the rules for asking and answering are told."""
    place = find_place(name)
    assert place.review
    told = list_rules(Plan(), place, is_review=True)
    assert any("7 days" in rule for rule in told)
    assert all("{" not in rule for rule in told)


def test_rules_use_the_numbers_of_the_business():
    """Who answers reviews within three days is reminded of three."""
    plan = replace_answer(Plan(), "own_defaults.complaints.review_days", 3)
    told = " ".join(list_rules(plan, find_place("yelp"), is_review=True))
    assert "3 days" in told
    assert "24 hours" in " ".join(list_rules(plan, find_place("instagram"), is_review=False))


def test_a_link_counts_as_x_counts_it():
    """However long a link is, X takes 23 characters for it."""
    assert len(shorten_links("see https://example.com/" + "a" * 200)) == 4 + 23
