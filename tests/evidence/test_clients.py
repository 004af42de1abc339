"""What the last clients said, beside what a survey says of everybody."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta

from workbook.evidence.clients import (
    Counted,
    Question,
    count_share,
    update_share,
    view_platform,
)
from workbook.evidence.intervals import proportion_interval
from workbook.evidence.profiles import Profile, estimate_reach
from workbook.evidence.shares import Method

SURVEY = estimate_reach(Profile("US")).shares
SLOW_START = settings(deadline=None, max_examples=60)


def count(asked, question=Question.USE, **counts):
    """What so many clients said."""
    return Counted(question, asked, counts)


def test_clients_move_the_survey_towards_what_they_say():
    """Nine of twelve clients use LinkedIn; the survey, worth ten clients, says a third."""
    combined = update_share(SURVEY["LinkedIn"], count(12, LinkedIn=9), worth=10)
    assert combined.percent == pytest.approx((3.22 + 9) / 22 * 100)
    told = beta(3.22 + 9, 6.78 + 3).ppf([0.025, 0.975]) * 100
    assert (combined.low, combined.high) == pytest.approx(tuple(told))
    assert combined.method is Method.COMBINED
    assert combined.source == SURVEY["LinkedIn"].source


@pytest.mark.parametrize("worth", [1, 10, 40])
def test_what_the_survey_is_worth_is_stated_and_changeable(worth):
    """The more clients the survey is worth, the closer the result stays to it."""
    combined = update_share(SURVEY["Facebook"], count(10, Facebook=0), worth=worth)
    assert combined.percent == pytest.approx(worth * 70.8 / (worth + 10))


def test_a_survey_is_worth_no_more_than_it_knows():
    """An unsure figure does not become sure because somebody trusts it."""
    counted = count(10, LinkedIn=5)
    trusted = update_share(SURVEY["LinkedIn"], counted, worth=100_000)
    known = update_share(SURVEY["LinkedIn"], counted, worth=2_000)
    assert trusted == known
    assert trusted.high - trusted.low > 6


@pytest.mark.parametrize("question", [Question.TIME, Question.FOUND])
def test_other_questions_are_counts_of_their_own(question):
    """Where clients spend time, and how they found the business, no survey has asked."""
    views = view_platform("Facebook", SURVEY["Facebook"], count(10, question, Facebook=4), worth=10)
    assert views.combined is None
    assert views.survey is SURVEY["Facebook"]
    low, high = proportion_interval(4, 10)
    assert (views.own.percent, views.own.low, views.own.high) == pytest.approx(
        (40, 100 * low, 100 * high)
    )


def test_a_survey_that_asked_something_else_is_no_prior():
    """Canadians were asked whether they have an account, which is another question."""
    canada = estimate_reach(Profile("Canada")).shares["LinkedIn"]
    assert update_share(canada, count(10, LinkedIn=5), worth=10) is None


def test_nobody_asked_yet():
    """Without a client there is no count and nothing to combine; the survey stands alone."""
    views = view_platform("X", SURVEY["X"], count(0), worth=10)
    assert (views.own, views.combined) == (None, None)


def test_places_no_survey_knows_have_the_count_alone():
    """A place without a survey figure is counted among clients all the same."""
    views = view_platform("Nextdoor", None, count(10, Nextdoor=6), worth=10)
    assert views.survey is None
    assert views.own.percent == 60


@SLOW_START
@given(st.integers(0, 30), st.integers(0, 30), st.floats(0.5, 50))
def test_combined_lies_between_both(hits, misses, worth):
    """Survey and count are mixed, never left; the interval holds the result."""
    counted = count(hits + misses, TikTok=hits)
    combined = update_share(SURVEY["TikTok"], counted, worth=worth)
    if not counted.asked:
        assert combined is None
        return
    own = count_share(counted, "TikTok")
    low, high = sorted((own.percent, SURVEY["TikTok"].percent))
    assert low - 1e-9 <= combined.percent <= high + 1e-9
    assert 0 <= combined.low < combined.percent < combined.high <= 100
    assert own.low <= own.percent <= own.high
    assert own.error > 0


@pytest.mark.parametrize(
    ("asked", "counts", "combinations"),
    [
        (5, {"X": 6}, {}),
        (5, {"X": -1}, {}),
        (-1, {}, {}),
        (5, {"X": 2}, {frozenset(["X"]): 2}),
    ],
)
def test_counts_that_cannot_be_true_are_refused(asked, counts, combinations):
    """More clients than were asked, or combinations of fewer than all, are a fault."""
    with pytest.raises(ValueError, match="asked"):
        Counted(Question.USE, asked, counts, combinations)


@pytest.mark.parametrize("worth", [0, -1, math.nan, math.inf])
def test_a_worth_that_is_none_is_refused(worth):
    """A survey cannot be worth no client, or all there are."""
    with pytest.raises(ValueError, match="worth"):
        update_share(SURVEY["X"], count(1), worth=worth)
