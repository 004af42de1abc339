"""How answers read in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.content import find_question
from workbook.steps.start.answers import Account
from workbook.values import Number, read
from workbook.wording import smooth, write_answer, write_day, write_month, write_number, write_value


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0"), (4, "4"), (100, "100"), (1200, "1,200"), (1_234_567, "1,234,567"),
        (2.5, "2.5"), (2.25, "2.25"), (2.0, "2"), (1000.0, "1,000"), (1 / 3, "0.33"),
        (Decimal("5.00"), "5.00"), (Decimal("1200.50"), "1,200.50"),
    ],
)  # fmt: skip
def test_numbers_as_a_person_writes_them(number, words):
    """Thousands set apart, no decimals that say nothing, money with both."""
    assert write_number(number) == words


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10**12) | st.integers(0, 10**9).map(lambda n: n / 100))
def test_written_numbers_read_back(number):
    """A number as it is written is understood when somebody types it."""
    assert read(Number, write_number(number)) == pytest.approx(number)


@settings(max_examples=50, deadline=None)
@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_written_days_read_back(day):
    """A day as it is written is understood when somebody types it."""
    from workbook.values import Day

    assert read(Day, write_day(day)) == day


def test_values_of_other_kinds():
    """Text stays text, and yes is no number."""
    assert write_value("Café") == "Café"
    assert write_value(value=True) == "True"
    assert write_value(date(2027, 3, 31)) == "31 March 2027"


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("start.name", None, ""),
        ("start.name", "", ""),
        ("start.analytics", (), ""),
        ("start.people", 1200, "1,200"),
        ("start.accounts", (Account(id="aaaa"),), "1 entry"),
        ("start.accounts", (Account(id="aaaa"), Account(id="bbbb")), "2 entries"),
    ],
)
def test_answers_in_words(path, value, words):
    """An answer reads as its question writes it; none reads as nothing."""
    assert write_answer(find_question(path), value) == words


def test_choices_read_as_they_were_offered():
    """A choice, several of them, and “I do not know” read as their labels."""
    analytics = find_question("start.analytics")
    labels = {o.value: o.label for o in analytics.options}
    assert write_answer(analytics, ("ga4", "other")) == f"{labels['ga4']}, {labels['other']}"
    hours = find_question("start.hours_per_week")
    assert write_answer(hours, "unknown") == hours.unknown
    assert write_answer(hours, 4.5).startswith("4.5")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Facebook y Instagram", "Facebook e Instagram"),
        ("agua y hierro", "agua y hierro"),
        ("Facebook, X y YouTube", "Facebook, X y YouTube"),
        ("X o otro lugar", "X u otro lugar"),
        ("Lunes, Martes, 07:30", "Lunes, martes, 07:30"),
    ],
)
def test_words_between_parts_fit_what_follows(text, wanted):
    """Before an i and an o Spanish has other words, and days are small; English has neither."""
    assert smooth(text, "es") == wanted
    assert smooth(text) == text


def test_a_unit_and_a_month_are_said_as_the_language_says_them():
    """One hour is no hours, and between month and year Spanish has a word."""
    asked = find_question("complaints.first_s1", "es")
    assert write_answer(asked, 1, "es").endswith("1 día hábil")
    assert write_answer(asked, 2, "es").endswith("2 días hábiles")
    assert write_answer(find_question("complaints.first_s1"), 1).endswith("1 business day")
    assert write_month(date(2027, 3, 1), "es") == "marzo de 2027"
    assert write_month(date(2027, 3, 1)) == "March 2027"
