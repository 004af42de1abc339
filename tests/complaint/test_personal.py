"""Personal details are found, and ordinary numbers are not taken for them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.complaint.personal import find_personal


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("write to kim.lee+shop@example.co.uk today", "mail"),
        ("call me on +44 20 7946 0958", "phone"),
        ("(030) 901820-33 is my number", "phone"),
        ("DE89 3704 0044 0532 0130 00", "iban"),
        ("GB33BUKB20201555555555", "iban"),
        ("4111 1111 1111 1111", "card"),
        ("order no. AB-20331", "order"),
        ("Booking #9911", "order"),
        ("invoice number: 2026-1181", "order"),
        ("after your diagnosis", "health"),
    ],
)
def test_a_detail_is_found(text, kind):
    """Addresses, numbers, accounts, cards, orders and health."""
    assert kind in {detail.kind for detail in find_personal(text)}


@pytest.mark.parametrize(
    "text",
    [
        "We open on 2026-05-08 at 17:50.",
        "From 08.05.2026 to 12.05.2026",
        "It cost 1,200 and took 45 minutes.",
        "10,000,000 people",
        "Room 1234",
        "24/7, since 1998",
        "https://example.com/page",
        "@acme thanks",
    ],
)
def test_an_ordinary_number_is_free(text):
    """Days, prices, times, rooms and names of accounts are nobody's details."""
    assert find_personal(text) == ()


def test_our_own_address_is_no_secret():
    """What the plan names as its own place may stand in public, however it is written."""
    own = ("help@example.com", "+44 20 7946 0958")
    text = "Write to Help@example.com or call +44 (20) 7946-0958."
    assert find_personal(text, own) == ()
    assert len(find_personal(text)) == 2


def test_a_detail_is_told_once():
    """The same number twice is one detail."""
    assert len(find_personal("0151 2345 6789, again 0151 2345 6789")) == 1


@settings(max_examples=40)
@given(st.text(alphabet="0123456789 +-()./@aAZ#", max_size=200))
def test_any_text_can_be_searched(text):
    """Whatever stands there, it is found in the text as it is quoted."""
    for detail in find_personal(text):
        assert detail.quote in text


@pytest.mark.thorough
@pytest.mark.parametrize("piece", ["a.", "1 ", "A1", "order ", "AA00 ", "x@", "+"])
def test_a_huge_text_is_searched_at_once(piece):
    """Half a megabyte of anything takes no more than a moment."""
    text = piece * (500_000 // len(piece))
    begin = time.process_time()
    find_personal(text)
    assert time.process_time() - begin < 2


def test_numbers_of_other_scripts_break_nothing():
    """Digits of any script may stand where those of an account would."""
    assert not [each for each in find_personal("DE٨٩ 3704 0044 0532") if each.kind == "iban"]
