"""How complaints were handled: each measure with its n, its interval and what it leaves out."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.complaint.clock import Calendar, Spell, count_minutes
from workbook.complaint.measures import OpenTime, measure
from workbook.evidence.intervals import median_interval, proportion_interval
from workbook.records import Case

ZONE = ZoneInfo("Europe/London")
WEEKDAYS = Calendar(ZONE, (Spell(frozenset(range(5)), time(9), time(17)),))
MONDAY = datetime(2026, 5, 4, 9, tzinfo=ZONE)
HOUR = timedelta(hours=1)


def _case(number=1, after=None, seen=MONDAY, **more):
    """A case seen on a Monday at nine, answered so many hours later."""
    replied = None if after is None else seen + after * HOUR
    told = {"is_answered": after is not None, "replied_at": replied} | more
    return Case(key=str(number), seen_at=seen, **told)


def _measure(*cases, due=None):
    return measure(cases, WEEKDAYS, due or (lambda case: case.seen_at + 4 * HOUR))


# -- how soon ----------------------------------------------------------------------------------


def test_first_response_counts_open_hours():
    """A night and a weekend are no waiting; the median and its n are given."""
    friday = MONDAY + timedelta(days=4, hours=7)
    found = _measure(_case(1, 2), _case(2, 24), _case(3, 66, seen=friday)).first_response
    assert (found.n, found.median) == (3, 120)
    assert found.left_out == ()


def test_every_minute_counts_where_no_hours_are_known():
    """Without opening hours time runs round the clock."""
    found = measure([_case(1, 24)], Calendar(ZONE), lambda _: None).first_response
    assert found.median == 1440


def test_what_has_no_time_is_told_beside_the_median():
    """Unanswered, undated and impossible replies are left out, each with its reason."""
    found = _measure(
        _case(1, 1), _case(2), _case(3, -1), _case(4, 1, has_time=False),
        _case(5, is_answered=True), _case(6, needs_answer=False), _case(7, is_answered=None),
    ).first_response  # fmt: skip
    assert found.n == 1
    assert dict(found.left_out) == {"unanswered": 1, "backwards": 1, "no-time": 3}


def test_nine_of_ten_need_ten():
    """The ninth of ten is shown from ten cases on, the interval of the median from six."""
    nine = _measure(*(_case(n, n / 10) for n in range(1, 10))).first_response
    ten = _measure(*(_case(n, n / 10) for n in range(1, 11))).first_response
    assert nine.p90 is None
    assert ten.p90 == pytest.approx(54.6)
    assert (ten.median, ten.low, ten.high) == pytest.approx((33, 12, 54))
    few = _measure(*(_case(n, 1) for n in range(5))).first_response
    assert (few.median, few.low) == (60, None)


def test_resolution_rests_while_the_customer_thinks():
    """Time of waiting for the customer is taken off where the help desk counted it."""
    done = {"resolved_at": MONDAY + 5 * HOUR}
    found = _measure(_case(1, 1, **done, waiting_minutes=60.0), _case(2, 1, **done)).resolution
    assert (found.n, found.median, found.paused) == (2, 270, 1)
    assert dict(_measure(_case(1, 1)).resolution.left_out) == {"unsettled": 1}


# -- promises ----------------------------------------------------------------------------------


def test_a_promise_is_kept_by_those_answered_in_time():
    """In time, too late and not at all, out of those whose time is over."""
    late = _case(4, seen=MONDAY + timedelta(days=3))
    cases = [_case(1, 3), _case(2, 4), _case(3, 5), late, _case(5, 1, seen=late.seen_at)]
    found = _measure(*cases).first_kept
    assert (found.hits, found.n) == (3, 4)
    assert dict(found.left_out) == {"in-time": 1}
    assert (found.low, found.high) == proportion_interval(3, 4)


def test_silence_past_the_time_is_a_promise_broken():
    """A case without an answer counts against the promise once its time is over."""
    found = _measure(_case(1), _case(2, 30)).first_kept
    assert (found.hits, found.n) == (0, 2)


def test_where_nothing_was_promised_nothing_is_judged():
    """No promise, no answer known, no time of day: each is left out by its reason."""
    found = _measure(
        _case(1, 1), _case(2, is_answered=None), _case(3, 1, has_time=False),
        due=lambda case: None if case.key == "1" else case.seen_at,
    ).first_kept  # fmt: skip
    assert found.n == 0
    assert found.share is None
    assert dict(found.left_out) == {"no-promise": 1, "unknown": 1, "no-time": 1}


def test_settling_is_held_against_what_the_customer_was_told():
    """Each case has its own day; help desks without one are not judged."""
    by = {"promised_at": MONDAY + 8 * HOUR}
    found = _measure(
        _case(1, 1, resolved_at=MONDAY + 7 * HOUR, **by),
        _case(2, 1, resolved_at=MONDAY + 9 * HOUR, **by),
        _case(3, 1, **by),
        _case(4, 1, promised_at=MONDAY + 90 * HOUR),
        _case(5, 1, resolved_at=MONDAY + 7 * HOUR),
    ).resolution_kept
    assert (found.hits, found.n) == (1, 3)
    assert dict(found.left_out) == {"in-time": 1, "no-promise": 1}


# -- shares ------------------------------------------------------------------------------------


def test_the_rate_of_answers_leaves_out_what_needed_none():
    """Praise that stands and spam are no unanswered complaints."""
    found = _measure(
        _case(1, 1), _case(2), _case(3, needs_answer=False), _case(4, is_answered=None)
    )
    assert (found.received, found.needing_answer) == (4, 3)
    assert (found.answered.hits, found.answered.n) == (1, 2)
    assert dict(found.answered.left_out) == {"unknown": 1}


def test_ratings_of_handling_and_stars_of_reviews_stay_apart():
    """How somebody was treated is one thing, what they think of the business another."""
    found = _measure(
        _case(1, is_satisfied=True), _case(2, is_satisfied=False), _case(3, stars=4),
        _case(4, stars=3), _case(5, stars=5),
    )  # fmt: skip
    assert (found.satisfied.hits, found.satisfied.n) == (1, 2)
    assert (found.liked.hits, found.liked.n) == (2, 3)
    assert dict(found.satisfied.left_out) == {"no-rating": 3}


def test_grave_cases_are_closed_in_public():
    """From S2 on, those with the end posted, out of those that are settled."""
    found = _measure(
        _case(1, severity=2, is_followed_up=True), _case(2, severity=4, is_followed_up=False),
        _case(3, severity=1, is_followed_up=True), _case(4), _case(5, severity=3),
    ).followed_up  # fmt: skip
    assert (found.hits, found.n) == (1, 2)
    assert dict(found.left_out) == {"mild": 1, "no-severity": 1, "unsettled": 1}


def test_causes_are_ranked():
    """What happens again and again stands first; cases without a cause are counted."""
    names = ["late", "late", "broken", "", "rude", "broken", "late"]
    found = _measure(*(_case(n, cause=name) for n, name in enumerate(names))).causes
    assert found.top == (("late", 3), ("broken", 2), ("rude", 1))
    assert (found.n, found.left_out) == (6, (("no-cause", 1),))


def test_places_are_told_apart():
    """Each platform and channel has figures of its own, the busiest first."""
    found = _measure(
        _case(1, 1, platform="facebook"), _case(2, 3, platform="facebook"),
        _case(3, channel="email"),
    ).places  # fmt: skip
    assert [(p.platform, p.channel, p.received) for p in found] == [
        ("facebook", "", 2), ("", "email", 1),
    ]  # fmt: skip
    assert found[0].first_response.median == 120
    assert (found[1].answered.hits, found[1].answered.n) == (0, 1)


def test_no_cases_give_empty_figures():
    """An empty file says nothing and breaks nothing."""
    found = _measure()
    assert (found.received, found.first_response.n, found.answered.share) == (0, 0, None)
    assert found.first_day is None
    assert found.weeks == 1


# -- what they rest on -------------------------------------------------------------------------

moments = st.datetimes(
    datetime(2026, 3, 20),  # noqa: DTZ001 - the zone follows
    datetime(2026, 4, 5),  # noqa: DTZ001 - the zone follows
    timezones=st.just(UTC),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(moments, moments), min_size=1, max_size=6), st.booleans())
def test_the_quick_count_is_the_plain_one(pairs, late):
    """Walking the calendar once gives the minutes that walking it every time gives."""
    bar = Spell(frozenset({4, 5, 6}), time(20), time(2))
    calendar = Calendar(ZONE, (bar,) if late else (*WEEKDAYS.spells, bar))
    pairs = [tuple(sorted(pair)) for pair in pairs]
    flat = [moment for pair in pairs for moment in pair]
    clock = OpenTime(calendar, min(flat), max(flat))
    for start, end in pairs:
        assert clock.minutes(start, end) == pytest.approx(count_minutes(calendar, start, end))


@pytest.mark.parametrize(
    ("size", "ranks"), [(5, None), (6, (1, 6)), (9, (2, 8)), (10, (2, 9)), (20, (6, 15))]
)
def test_the_interval_of_a_median_is_that_of_tables(size, ranks):
    """Ranks as they stand in printed tables for 95 %."""
    assert median_interval(list(range(1, size + 1))) == ranks
