"""The clock of a promise: open minutes, nights, closed days, and the days the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.complaint.clock import (
    Calendar,
    Spell,
    add_minutes,
    closed_spell_after,
    count_minutes,
    is_open,
    longest_closed,
    minutes_in_a_business_day,
)

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
WEEK = frozenset(range(5))
OFFICE = Calendar(BERLIN, (Spell(WEEK, time(9), time(18)),))
BAR = Calendar(BERLIN, (Spell(frozenset({4, 5}), time(20), time(4)),))
FRIDAY = datetime(2026, 5, 8, 17, 50, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("minutes", "due"),
    [
        (5, "2026-05-08T17:55:00+02:00"),
        (10, "2026-05-08T18:00:00+02:00"),
        (11, "2026-05-11T09:01:00+02:00"),
        (240, "2026-05-11T12:50:00+02:00"),
        (540, "2026-05-11T17:50:00+02:00"),
    ],
)
def test_the_clock_stands_still_over_the_weekend(minutes, due):
    """What comes on Friday evening is due on Monday, by so many open minutes."""
    assert add_minutes(OFFICE, FRIDAY, minutes).isoformat() == due


def test_closed_days_do_not_count():
    """On a public holiday the clock stands still for the whole day."""
    monday = date(2026, 5, 11)
    calendar = Calendar(BERLIN, OFFICE.spells, ((monday, monday),))
    assert add_minutes(calendar, FRIDAY, 240).isoformat() == "2026-05-12T12:50:00+02:00"


def test_a_night_belongs_to_the_day_it_began():
    """A bar that opens on Saturday evening is open on Sunday morning, holiday or not."""
    assert is_open(BAR, datetime(2026, 5, 10, 3, tzinfo=BERLIN))
    sunday = Calendar(BERLIN, BAR.spells, ((date(2026, 5, 10), date(2026, 5, 10)),))
    assert is_open(sunday, datetime(2026, 5, 10, 3, tzinfo=BERLIN))
    saturday = Calendar(BERLIN, BAR.spells, ((date(2026, 5, 9), date(2026, 5, 9)),))
    assert not is_open(saturday, datetime(2026, 5, 10, 3, tzinfo=BERLIN))


@pytest.mark.parametrize(
    ("evening", "minutes"), [((2026, 3, 28), 420), ((2026, 10, 24), 540), ((2026, 5, 9), 480)]
)
def test_a_night_is_as_long_as_it_is(evening, minutes):
    """From eight to four are eight hours; seven or nine when the clocks change."""
    start = datetime(*evening, 20, tzinfo=BERLIN)
    assert count_minutes(BAR, start, start + timedelta(days=1)) == minutes
    assert add_minutes(BAR, start, minutes).time() == time(4)


def test_the_same_time_twice_means_day_and_night():
    """Who opens and closes at the same time is open for 24 hours."""
    always = Calendar(BERLIN, (Spell(frozenset(range(7)), time(0), time(0)),))
    assert add_minutes(always, FRIDAY, 1440) == FRIDAY + timedelta(days=1)
    assert longest_closed(always) == timedelta()
    assert minutes_in_a_business_day(always) == 1440


def test_without_opening_hours_every_minute_counts():
    """Where nobody said when it is open, the clock runs day and night."""
    nothing = Calendar(BERLIN)
    assert not nothing.is_known
    assert add_minutes(nothing, FRIDAY, 60) == FRIDAY + timedelta(hours=1)
    assert minutes_in_a_business_day(nothing) == 1440
    assert closed_spell_after(nothing, FRIDAY, timedelta(days=1)) is None


def test_a_business_day_is_a_usual_open_day():
    """Nine hours in the office; for uneven days, their mean; overlapping entries count once."""
    assert minutes_in_a_business_day(OFFICE) == 540
    uneven = Calendar(
        BERLIN, (Spell(frozenset({0}), time(9), time(13)), Spell(frozenset({1}), time(9), time(19)))
    )
    assert minutes_in_a_business_day(uneven) == 420
    doubled = Calendar(BERLIN, (*OFFICE.spells, Spell(WEEK, time(10), time(12))))
    assert minutes_in_a_business_day(doubled) == 540


def test_the_longest_closed_spell_is_found():
    """From Friday at six to Monday at nine are 63 hours; a long weekend is longer."""
    assert longest_closed(OFFICE) == timedelta(hours=63)
    spell = closed_spell_after(OFFICE, FRIDAY, timedelta(hours=24))
    assert [moment.isoformat() for moment in spell] == [
        "2026-05-08T18:00:00+02:00",
        "2026-05-11T09:00:00+02:00",
    ]
    monday = datetime(2026, 5, 11, 9, tzinfo=BERLIN)
    assert closed_spell_after(OFFICE, monday, timedelta(hours=24))[0].hour == 18


def test_a_business_that_never_opens_keeps_no_promise():
    """Closed for years, there is no deadline; and the closed time has no end in sight."""
    shut = Calendar(BERLIN, OFFICE.spells, ((date(2000, 1, 1), date(2100, 1, 1)),))
    assert add_minutes(shut, FRIDAY, 10) is None
    start, end = closed_spell_after(shut, FRIDAY, timedelta(hours=24))
    assert end - start > timedelta(days=365)


def test_what_no_calendar_reaches_has_no_deadline():
    """A promise of a million years is no date."""
    assert add_minutes(OFFICE, FRIDAY, 1e12) is None
    assert add_minutes(Calendar(BERLIN), FRIDAY, 1e12) is None


# -- any opening hours -------------------------------------------------------------------------

_HOURS = st.sampled_from([0, 4, 7, 9, 12, 13, 17, 20, 23])
_TIMES = st.builds(time, _HOURS, st.sampled_from([0, 30]))
_SPELLS = st.builds(Spell, st.frozensets(st.integers(0, 6), min_size=1), _TIMES, _TIMES)
_CALENDARS = st.builds(
    Calendar,
    st.sampled_from([BERLIN, NEW_YORK, UTC]),
    st.lists(_SPELLS, min_size=1, max_size=2).map(tuple),
)
_MOMENTS = st.datetimes(datetime(2026, 3, 5), datetime(2026, 11, 5), timezones=st.just(UTC)).map(  # noqa: DTZ001 - bounds
    lambda moment: moment.replace(second=0, microsecond=0)
)


def _is_open(calendar, moment):
    """Whether the clock on the wall shows opening hours: another way to the same answer."""
    local = moment.astimezone(calendar.zone)
    today, before, now = local.weekday(), (local.weekday() - 1) % 7, local.time()
    for spell in calendar.spells:
        if spell.opens < spell.closes:
            if today in spell.days and spell.opens <= now < spell.closes:
                return True
        elif (today in spell.days and now >= spell.opens) or (
            before in spell.days and now < spell.closes
        ):
            return True
    return False


@settings(max_examples=40)
@given(_CALENDARS, _MOMENTS, st.integers(1, 1500))
def test_a_deadline_has_so_many_open_minutes_before_it(calendar, start, minutes):
    """From the moment a case is seen to its deadline lie just the open minutes promised."""
    due = add_minutes(calendar, start, minutes)
    assert count_minutes(calendar, start, due) == pytest.approx(minutes)
    assert count_minutes(calendar, start, due - timedelta(minutes=1)) < minutes
    assert add_minutes(calendar, start, minutes + 1) > due


@settings(max_examples=30)
@given(_CALENDARS, _MOMENTS)
def test_open_minutes_are_those_on_the_wall(calendar, start):
    """Counted minute by minute on a clock on the wall, two days come to the same."""
    start = start.replace(minute=0)
    steps = [start + timedelta(minutes=30 * number) for number in range(96)]
    counted = sum(30 for moment in steps if _is_open(calendar, moment))
    assert count_minutes(calendar, start, start + timedelta(days=2)) == counted
    assert is_open(calendar, start) == _is_open(calendar, start)


@settings(max_examples=25)
@given(_CALENDARS, _MOMENTS)
def test_closed_spells_hold_no_open_minute(calendar, start):
    """A closed time is closed from its beginning to its end, and open right after."""
    spell = closed_spell_after(calendar, start, timedelta(hours=24))
    if spell is not None:
        assert count_minutes(calendar, *spell) == 0
        assert is_open(calendar, spell[1])
        assert spell[0] <= start + timedelta(hours=24)
