"""What small counts can tell, and what they cannot."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import nbinom

from workbook.evidence.intervals import (
    Verdict,
    change_p,
    compare_counts,
    compare_with_expected,
    count_interval,
    forecast_count,
    proportion_interval,
)

patient = settings(deadline=None)
"""The first call imports scipy, which takes its time."""

COUNTS = st.integers(0, 100_000)


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [
        (0, 0, 3.69),
        (1, 0.03, 5.57),
        (2, 0.24, 7.22),
        (3, 0.62, 8.77),
        (5, 1.62, 11.67),
        (7, 2.81, 14.42),
        (10, 4.80, 18.39),
        (12, 6.20, 20.96),
        (20, 12.22, 30.89),
        (40, 28.58, 54.47),
    ],
)
def test_interval_of_a_count(count, low, high):
    """The 95 % interval of a count is the exact Poisson one."""
    assert count_interval(count) == pytest.approx((low, high), abs=0.005)


@patient
@given(COUNTS)
def test_interval_holds_its_count(count):
    """Whatever was counted lies within its own interval, which is never below nothing."""
    low, high = count_interval(count)
    assert 0 <= low <= count < high


@patient
@given(COUNTS, st.floats(0.5, 0.9))
def test_surer_means_wider(count, share):
    """An interval that is to hold more often is wider."""
    narrow, wide = count_interval(count, share=share), count_interval(count, share=share + 0.09)
    assert wide[0] <= narrow[0]
    assert narrow[1] < wide[1]


@patient
@given(st.integers(1, 400))
def test_interval_ends_where_the_tail_begins(count):
    """At the low end, so many or more has a chance of 2.5 %; at the high end, so many or fewer."""
    low, high = count_interval(count)

    def at_most(most, rate):
        return sum(
            math.exp(k * math.log(rate) - rate - math.lgamma(k + 1)) for k in range(most + 1)
        )

    assert 1 - at_most(count - 1, low) == pytest.approx(0.025, abs=1e-6)
    assert at_most(count, high) == pytest.approx(0.025, abs=1e-6)


@pytest.mark.parametrize(
    ("count", "likely", "nearly_sure"),
    [
        (0, (0, 2), (0, 3)),
        (1, (0, 4), (0, 6)),
        (3, (1, 7), (0, 10)),
        (7, (3, 13), (1, 16)),
        (12, (7, 19), (4, 24)),
    ],
)
def test_forecast_of_the_next_count(count, likely, nearly_sure):
    """After 3 leads in a quarter the next will most likely bring 1 to 7, if nothing changes."""
    assert forecast_count(count) == likely
    assert forecast_count(count, share=0.95) == nearly_sure


@patient
@given(COUNTS, st.floats(0.1, 10), st.floats(0.5, 0.95))
def test_forecast_holds_as_often_as_it_says(count, ratio, share):
    """The range covers at least its share of cases, and one count less on a side would not."""
    low, high = forecast_count(count, exposure_ratio=ratio, share=share)
    ahead = nbinom(count + 0.5, 1 / (1 + ratio))
    tail = (1 - share) / 2
    assert 0 <= low <= high
    assert ahead.cdf(low - 1) < tail + 1e-9 <= ahead.cdf(low) + 2e-9
    assert ahead.cdf(high - 1) < 1 - tail + 1e-9 <= ahead.cdf(high) + 2e-9


@patient
@given(st.integers(0, 1_000))
def test_forecast_grows_with_its_period(count):
    """Twice the time ahead never brings a lower forecast."""
    once, twice = forecast_count(count), forecast_count(count, exposure_ratio=2)
    assert once[0] <= twice[0]
    assert once[1] <= twice[1]


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(0, 10, 0, 0.2172), (3, 10, 0.0927, 0.6058), (10, 10, 0.7828, 1), (0, 0, 0, 1)],
)
def test_interval_of_a_proportion(hits, of, low, high):
    """A proportion gets the Jeffreys interval, closed at an end that was reached."""
    assert proportion_interval(hits, of) == pytest.approx((low, high), abs=0.0001)


@patient
@given(st.integers(0, 500), st.integers(0, 500))
def test_interval_holds_its_proportion(hits, misses):
    """Whatever share was seen lies within its own interval, between nothing and all."""
    low, high = proportion_interval(hits, hits + misses)
    assert 0 <= low < high <= 1
    if hits + misses:
        assert low <= hits / (hits + misses) <= high


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        (0, 0, Verdict.CANNOT_TELL),
        (3, 4, Verdict.CANNOT_TELL),
        (3, 7, Verdict.CANNOT_TELL),
        (3, 9, Verdict.HINT),
        (9, 3, Verdict.HINT),
        (3, 12, Verdict.LIKELY_CHANGE),
        (40, 70, Verdict.LIKELY_CHANGE),
    ],
)
def test_comparison_of_two_counts(before, after, verdict):
    """Three leads and then seven cannot be told from luck; three and then twelve can."""
    assert compare_counts(before, after) is verdict


def test_comparison_takes_hours_into_account():
    """Twice the leads in twice the hours are no change."""
    assert compare_counts(30, 60, exposure_before=10, exposure_after=20) is Verdict.CANNOT_TELL
    assert compare_counts(30, 60, exposure_before=20, exposure_after=20) is Verdict.LIKELY_CHANGE


@patient
@given(st.integers(0, 300), st.integers(0, 300), st.floats(0.1, 50), st.floats(0.1, 50))
def test_comparison_does_not_depend_on_the_order(before, after, hours_before, hours_after):
    """Counts swapped together with their hours tell the same."""
    there = change_p(before, after, exposure_before=hours_before, exposure_after=hours_after)
    back = change_p(after, before, exposure_before=hours_after, exposure_after=hours_before)
    assert there == pytest.approx(back, rel=1e-6, abs=1e-12)
    assert 0 <= there <= 1


@pytest.mark.parametrize(
    "ask",
    [
        lambda: count_interval(-1),
        lambda: count_interval(1, share=1),
        lambda: proportion_interval(3, 2),
        lambda: proportion_interval(-1, 2),
        lambda: forecast_count(-1),
        lambda: forecast_count(1, exposure_ratio=0),
        lambda: forecast_count(1, share=0),
        lambda: compare_counts(-1, 1),
        lambda: compare_counts(1, 1, exposure_after=0),
    ],
)
def test_impossible_figures_are_refused(ask):
    """A count below zero, a share above one or a period of no length is refused by name."""
    with pytest.raises(ValueError, match="must"):
        ask()


# -- how often luck alone says “likely” ---------------------------------------------------------


def _chances(mean):
    """The chances of each count of a Poisson rate, but for a last millionth."""
    chances, term, left, count = [], math.exp(-mean), 1.0, 0
    while left > 1e-6:
        chances.append(term)
        left -= term
        count += 1
        term *= mean / count
    return chances


@pytest.mark.parametrize(("rate", "before", "after"), [(1.5, 1, 3), (5, 1, 1), (3, 2, 1)])
def test_luck_alone_seldom_says_likely(rate, before, after):
    """With no change at all, “likely” is said in at most 1 of 20 cases, by every pair of counts."""
    said = dict.fromkeys(Verdict, 0.0)
    for first, chance in enumerate(_chances(rate * before)):
        for then, other in enumerate(_chances(rate * after)):
            verdict = compare_counts(first, then, exposure_before=before, exposure_after=after)
            said[verdict] += chance * other
    assert said[Verdict.LIKELY_CHANGE] <= 0.05
    assert said[Verdict.LIKELY_CHANGE] + said[Verdict.HINT] <= 0.2
    assert sum(said.values()) == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("expected", [0.3, 1, 2.7, 6, 18.5, 60])
def test_luck_alone_seldom_misses_a_settled_number(expected):
    """A place that brings just what is wanted is called off it in at most 1 of 20 cases."""
    likely = sum(
        chance
        for count, chance in enumerate(_chances(expected))
        if compare_with_expected(count, expected) is Verdict.LIKELY_CHANGE
    )
    assert likely <= 0.05


@patient
@given(st.integers(0, 2_000), st.floats(0.1, 2_000))
def test_settled_number_is_likely_off_just_outside_the_interval(count, expected):
    """The word and the interval of a count never tell different things."""
    low, high = count_interval(count)
    outside = not low <= expected <= high
    if abs(expected - low) > 1e-6 and abs(expected - high) > 1e-6:
        verdict = compare_with_expected(count, expected)
        assert (verdict is Verdict.LIKELY_CHANGE) is outside


@pytest.mark.parametrize("expected", [0, -1, math.inf])
def test_nothing_is_held_against_an_impossible_number(expected):
    """A settled number is more than nothing, and not endless."""
    with pytest.raises(ValueError, match="expected"):
        compare_with_expected(3, expected)
