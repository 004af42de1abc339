"""The next look at a number: one day for all documents, that no print moves."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.measurement.looks import advance, find_look, find_reading
from workbook.plan import Plan
from workbook.steps.goals.answers import Cadence

CHOSEN = date(2026, 12, 1)


def _plan(**said):
    return Plan.model_validate({"measurement": said})


def test_until_it_is_over_the_chosen_day_stands():
    """On every day before it, and on the day itself, the answer is the same."""
    plan = _plan(next_reading="2026-12-01")
    for today in (date(2026, 11, 22), date(2026, 11, 30), CHOSEN):
        assert find_look(plan, Cadence.MONTHLY, today) == CHOSEN


@pytest.mark.parametrize(
    ("cadence", "expected"),
    [
        (Cadence.WEEKLY, date(2027, 1, 12)),
        (Cadence.MONTHLY, date(2027, 2, 1)),
        (Cadence.QUARTERLY, date(2027, 3, 1)),
        (None, date(2027, 2, 1)),
    ],
)
def test_once_over_it_goes_on_in_its_rhythm(cadence, expected):
    """Ten days into January the next look is the next Tuesday, the next first, or in March."""
    assert find_look(_plan(next_reading="2026-12-01"), cadence, date(2027, 1, 10)) == expected


def test_without_a_chosen_day_there_is_none():
    """A day counted from today would be another one tomorrow."""
    assert find_look(Plan(), Cadence.WEEKLY, CHOSEN) is None
    assert find_reading(Plan(), CHOSEN) is None


def test_the_end_of_a_month_is_kept():
    """The 31st is the last day of a shorter month, and the 31st again after it."""
    first = date(2027, 1, 31)
    assert advance(first, Cadence.MONTHLY, date(2027, 2, 2)) == date(2027, 2, 28)
    assert advance(first, Cadence.MONTHLY, date(2027, 3, 1)) == date(2027, 3, 31)


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(Cadence), st.dates(date(2025, 1, 1), date(2027, 1, 1)), st.integers(0, 500))
def test_no_look_is_over_and_none_comes_twice(cadence, first, later):
    """It lies within one round of today, and stays the same until it is over."""
    today = first + timedelta(days=later)
    day = advance(first, cadence, today)
    rounds = {Cadence.WEEKLY: 7, Cadence.MONTHLY: 31, Cadence.QUARTERLY: 92}
    assert today <= day < today + timedelta(days=rounds[cadence] + 1)
    assert advance(first, cadence, day) == day


def test_numbers_of_places_are_read_on_their_day_of_the_week():
    """Once the chosen day is over, the next Monday; or the next first of a month."""
    weekly = _plan(next_reading="2026-12-07", reading_day="monday")
    assert find_reading(weekly, date(2026, 12, 9)) == date(2026, 12, 14)
    monthly = _plan(next_reading="2026-12-01", reading_day="first")
    assert find_reading(monthly, date(2026, 12, 2)) == date(2027, 1, 1)
    assert find_reading(_plan(next_reading="2026-12-01"), date(2026, 12, 2)) is None
