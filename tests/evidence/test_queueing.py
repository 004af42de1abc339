"""Whether a promise can be kept: the simulation against formulas, and against common sense."""

from __future__ import annotations

import math
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.evidence.queueing import (
    ALWAYS,
    MINUTES_IN_A_WEEK,
    Week,
    chance_answered,
    erlang_c,
    look_ahead,
    week_of,
)

NOON = week_of((day, 720, 780) for day in range(4))
"""Four hours a week: one from Monday to Thursday."""
OPEN = week_of((day, 540, 1020) for day in range(5))


def _look(**other):
    usual = {"per_week": 6, "weeks_counted": 4, "minutes_per_reply": 10, "duty": NOON}
    return look_ahead(**(usual | other))


def _estimate(*, promise=60, **other):
    return _look(**other).keep(promise)


# -- formulas ----------------------------------------------------------------------------------


def test_erlang_c_agrees_with_another_program():
    """A published example: 100 calls in half an hour, three minutes each, 14 people [Z1]."""
    waits = erlang_c(10, 14)
    assert waits == pytest.approx(0.1741319, abs=1e-7)
    assert 1 - waits * math.exp(-(14 - 10) * 20 / 180) == pytest.approx(0.88835, abs=1e-6)


@pytest.mark.parametrize("load", [0.0, 0.3, 0.9])
def test_one_person_is_busy_as_often_as_there_is_work(load):
    """For one person the formula is the load itself."""
    assert erlang_c(load, 1) == pytest.approx(load)
    assert erlang_c(load, 2) == pytest.approx(load**2 / (2 + load))


@pytest.mark.parametrize(("load", "people"), [(-0.1, 1), (1, 1), (2.5, 2)])
def test_more_work_than_people_has_no_formula(load, people):
    """Where the pile only grows there is no lasting chance."""
    with pytest.raises(ValueError, match="load must lie"):
        erlang_c(load, people)


def test_time_in_a_queue_of_one_is_exponential():
    """M/M/1: the time from complaint to reply is exponential with the spare speed."""
    chance = chance_answered(4 / 60, 8, 1, 20)
    assert chance == pytest.approx(1 - math.exp(-(1 / 8 - 4 / 60) * 20))


def test_a_spare_person_changes_the_formula_smoothly():
    """Two forms of the formula meet where exactly one person is spare."""
    at, near = (chance_answered(load / 6, 6, 3, 20) for load in (2.0, 2.0 + 1e-6))
    assert at == pytest.approx(near, abs=1e-5)


# -- simulation --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hourly", "minutes", "people", "within"),
    [(4, 8, 1, 20), (2, 8, 1, 5), (6, 9, 1, 60), (20, 6, 3, 20), (30, 6, 4, 10), (1, 8, 2, 8)],
)
def test_simulation_agrees_with_the_formula(hourly, minutes, people, within):
    """With somebody always on duty, the simulated chance is that of M/M/c within its error."""
    found = look_ahead(
        per_week=hourly * 168, weeks_counted=1e6, minutes_per_reply=minutes, duty=ALWAYS,
        people=people,
    ).keep(within)  # fmt: skip
    exact = chance_answered(hourly / 60, minutes, people, within)
    assert found.chance == pytest.approx(exact, abs=0.02)
    assert found.low - 0.005 <= exact <= found.high + 0.005


def test_few_complaints_wait_for_the_next_hour_of_duty_alone():
    """Where nobody waits for another, the chance is the part of the week from which duty is near.

    An answer comes within 12 hours to what arrives in the hour of duty or the 12 hours before.
    """
    duty = week_of((day, 720, 780) for day in range(7))
    found = _estimate(per_week=0.2, duty=duty, minutes_per_reply=0.01, promise=720)
    assert found.chance == pytest.approx(780 / 1440, abs=0.015)


def test_nobody_keeps_one_hour_with_four_hours_a_week():
    """Most complaints come while nobody is there; one hour is kept now and then by luck."""
    found = _look()
    assert found.keep(60).chance < 0.1
    assert found.keep(60).high < 0.15
    assert found.load == pytest.approx(0.25)
    assert found.usual(0.9) > 2 * 24 * 60


def test_a_promise_in_open_hours_is_easier_to_keep():
    """The clock that stands still at night allows what no clock round the day allows."""
    plain, office = _estimate(promise=480), _estimate(promise=480, clock=OPEN)
    assert office.chance > plain.chance + 0.2


def test_more_work_than_hours_is_never_kept():
    """Thirty replies of ten minutes do not fit into four hours, whatever is promised."""
    found = _look(per_week=30)
    assert (found.keep(100_000).chance, found.keep(100_000).high) == (0.0, 0.0)
    assert found.usual(0.9) is None
    assert found.load == pytest.approx(1.25)


def test_the_count_allows_a_bad_time():
    """Where the count allows more work than fits, the interval goes down to nothing."""
    found = _look(per_week=20, weeks_counted=1)
    assert found.keep(3 * 1440).chance > 0.3
    assert found.keep(3 * 1440).low == 0.0
    assert found.usual_when_busy(0.9) is None


def test_a_longer_count_narrows_the_interval():
    """Twelve weeks of counting say more than one."""
    one, many = (_estimate(weeks_counted=n, promise=480, clock=OPEN) for n in (1, 52))
    assert one.high - one.low > many.high - many.low
    one, many = (_look(weeks_counted=n) for n in (1, 52))
    assert one.rate_high - one.rate_low > many.rate_high - many.rate_low


def test_the_same_answers_give_the_same_chance():
    """Nothing changes from one visit to the next."""
    assert _estimate() == _estimate()


def test_a_chance_is_found_at_once():
    """A page shows it while one looks: three simulations in well under a third of a second."""
    _estimate()  # what is loaded when it is first used
    before = process_time()
    _estimate(people=3, per_week=15)
    assert process_time() - before < 0.3


@settings(max_examples=6, deadline=None)
@given(
    st.floats(0, 40), st.integers(1, 30), st.integers(1, 3), st.integers(10, 5000),
    st.floats(1, 20),
)  # fmt: skip
def test_chances_are_chances_and_grow_with_time(per_week, minutes, people, promise, weeks):
    """Any answers give a chance within its interval; twice the time never makes it worse."""
    usual = {"per_week": per_week, "minutes_per_reply": minutes, "people": people}
    short = _estimate(**usual, promise=promise, weeks_counted=weeks)
    long = _estimate(**usual, promise=2 * promise, weeks_counted=weeks)
    assert 0 <= short.low <= short.chance <= short.high <= 1
    assert long.chance >= short.chance


@pytest.mark.parametrize(
    "wrong",
    [{"duty": Week(())}, {"clock": Week(())}, {"promise": 0}, {"minutes_per_reply": 0},
     {"people": 0}, {"weeks_counted": 0}],
)  # fmt: skip
def test_nothing_gives_no_chance(wrong):
    """Nobody on duty, no time or no count is an error of whoever asks."""
    with pytest.raises(ValueError, match=next(iter(wrong))):
        _estimate(**wrong)


# -- weeks -------------------------------------------------------------------------------------


def test_blocks_that_touch_are_one():
    """A week is made of spells in order, however the blocks were given."""
    week = week_of([(1, 600, 660), (0, 540, 600), (0, 600, 720), (1, 630, 700)])
    assert week.spells == ((540, 720), (2040, 2140))
    assert week.minutes == 280
    assert week.days == 2


def test_a_block_past_midnight_goes_on():
    """A bar that closes at two is on duty on the next day, from Sunday into Monday too."""
    assert week_of([(4, 1200, 120)]).spells == ((4 * 1440 + 1200, 5 * 1440 + 120),)
    week = week_of([(6, 1200, 120)])
    assert week.spells == ((0, 120), (6 * 1440 + 1200, MINUTES_IN_A_WEEK))
    assert week_of([(0, 0, 0)]).minutes == 1440
