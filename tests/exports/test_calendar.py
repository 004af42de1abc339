"""The calendar file: read back by the library that wrote it, and by one that did not."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import islice

import pytest

from tests.exports.sample_plans import HOSTILE, TODAY, make_finished
from workbook.exports.calendar import count_entries, write_calendar
from workbook.measurement.looks import find_look
from workbook.plan import Plan

BLOCK = {"id": "bl01", "task": "make", "purpose": "clients", "platform": "facebook",
         "day": "tuesday", "at": "09:00", "minutes": 45}  # fmt: skip
FRIDAY = date(2027, 1, 15)


def _plan(*blocks, **more):
    time = {"owner": "The owner", "blocks": [{**BLOCK, **b, "id": f"bl{n:02}"} for n, b in
            enumerate(blocks)]}  # fmt: skip
    return Plan.model_validate({"start": {"name": "Example"}, "time": time} | more)


def _read(raw):
    """The events by title, as a second library reads them."""
    import vobject

    found = vobject.readOne(raw.decode())
    return {event.summary.value: event for event in found.contents.get("vevent", ())}


def _days(event, count):
    """The first days of an event, worked out by the second library."""
    return [day.date() for day in islice(event.getrruleset(addRDate=True), count)]


@pytest.mark.parametrize(
    ("block", "days"),
    [
        ({}, [(1, 19), (1, 26), (2, 2)]),
        ({"day": "friday"}, [(1, 15), (1, 22), (1, 29)]),
        ({"day": "workdays"}, [(1, 15), (1, 18), (1, 19)]),
        ({"day": "every_day"}, [(1, 15), (1, 16), (1, 17)]),
        ({"often": "fortnightly"}, [(1, 19), (2, 2), (2, 16)]),
        ({"often": "monthly"}, [(2, 2), (3, 2), (4, 6)]),
        ({"often": "monthly", "day": "friday"}, [(2, 5), (3, 5), (4, 2)]),
    ],
)
def test_a_block_recurs_on_its_days(block, days):
    """From the first such day on; once a month it is the first such day of the month."""
    (event,) = _read(write_calendar(_plan(block), FRIDAY)).values()
    assert _days(event, 3) == [date(2027, month, day) for month, day in days]


def test_nine_o_clock_is_nine_o_clock():
    """Without a known zone in no zone at all, else in that of the business, all the year."""
    (event,) = _read(write_calendar(_plan({}), FRIDAY)).values()
    assert event.dtstart.value == datetime(2027, 1, 19, 9, 0)  # noqa: DTZ001 - no zone is meant
    assert event.duration.value == timedelta(minutes=45)
    zoned = write_calendar(_plan({}, complaints={"zone": "Europe/London"}), FRIDAY)
    (event,) = _read(zoned).values()
    assert event.dtstart.value.utcoffset() == timedelta(0)
    summer = list(islice(event.getrruleset(), 30))[-1]
    assert (summer.hour, summer.month) == (9, 8)
    assert b"BEGIN:VTIMEZONE" in zoned
    assert b"TZID:Europe/London" in zoned


def test_both_libraries_read_the_finished_plan_alike():
    """Titles, beginnings and ids; each entry has an id of its own."""
    from icalendar import Calendar

    raw = write_calendar(make_finished(), TODAY)
    ours = {str(e["SUMMARY"]): e for e in Calendar.from_ical(raw).walk("VEVENT")}
    theirs = _read(raw)
    assert set(ours) == set(theirs)
    assert len(raw.split(b"BEGIN:VEVENT")) - 1 == count_entries(make_finished(), TODAY)
    for title, event in theirs.items():
        assert event.uid.value == str(ours[title]["UID"])
        start = ours[title].decoded("DTSTART")
        assert str(event.dtstart.value)[:16] == str(start)[:16]
    assert len({str(e["UID"]) for e in ours.values()}) == len(ours)
    assert write_calendar(make_finished(), TODAY) == raw


def test_days_on_which_something_is_looked_at():
    """Goals until they are due, the numbers, the rules and the review; what is over is left out."""
    plan = make_finished().model_copy(update={"time": Plan().time})
    events = _read(write_calendar(plan, TODAY))
    look = next(e for title, e in events.items() if title.startswith("Look at the goal"))
    assert _days(look, 99)[0] == date(2027, 2, 1)
    assert _days(look, 99)[-1] == date(2027, 7, 1)
    assert _days(events["Note the numbers"], 2) == [date(2027, 2, 1), date(2027, 3, 1)]
    assert events["Read the rules for staff once more"].dtstart.value == date(2027, 12, 1)
    later = _read(write_calendar(plan, date(2028, 1, 31)))
    assert set(later) == {"Note the numbers"}


def test_numbers_are_not_told_twice():
    """Where a block for them stands in the week, no day beside it says the same."""
    titles = [b"SUMMARY:Note the numbers"]
    raw = write_calendar(make_finished(), TODAY)
    assert [raw.count(title) for title in titles] == [1]


def test_while_all_waits_there_is_one_day():
    """The one on which the question is asked anew."""
    goals = {"decision": "not_now", "instead_until": "2027-06-30"}
    events = _read(write_calendar(_plan({}, goals=goals), FRIDAY))
    assert [e.dtstart.value for e in events.values()] == [date(2027, 6, 30)]


@pytest.mark.parametrize("name", [HOSTILE, "a;b,c\\n\nBEGIN:VALARM\r\nX:1", "漢" * 300])
def test_what_was_typed_stays_text(name):
    """Nothing typed begins a line of its own, and no line is longer than a calendar reads."""
    goal = {"id": "g001", "wish": name, "review": "weekly", "due": "2027-06-30"}
    plan = _plan({"who": name[:300]}, goals={"goals": [goal]}, start={"name": name})
    raw = write_calendar(plan, FRIDAY)
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert raw.count(b"\nBEGIN:VEVENT") == raw.count(b"\nEND:VEVENT") == 4
    assert b"\nBEGIN:VALARM" not in raw
    assert len(_read(raw)) == 4


def test_only_blocks_that_are_finished_stand_in_it():
    """Without a day, a time or minutes there is nothing to enter; four hundred are no harm."""
    assert count_entries(_plan({"day": None}, {"at": None}, {"minutes": 0}), FRIDAY) == 0
    many = _plan(*({"minutes": 5} for _ in range(99)))
    assert len(write_calendar(many, FRIDAY).split(b"BEGIN:VEVENT")) == 100


def test_the_look_back_of_the_action_list_stands_in_it():
    """The day that was set; else that of the list; else as far as the list reaches."""
    goals = {"goals": [{"id": "g001", "wish": "More guests"}]}
    action = {"id": "ac01", "what": "Look back", "about": "review.day", "due": "2027-05-03"}
    for parts, day in (
        ({"goals": goals}, FRIDAY + timedelta(days=90)),
        ({"goals": goals, "integration": {"actions": [action]}}, date(2027, 5, 3)),
        ({"goals": goals, "review": {"day": "2027-06-07"}}, date(2027, 6, 7)),
    ):
        events = _read(write_calendar(_plan({}, **parts), FRIDAY))
        looks = [e for title, e in events.items() if title.startswith("Review")]
        assert [e.dtstart.value for e in looks] == [day]


def test_a_chosen_day_for_numbers_stands_beside_a_block_on_another():
    """A block on Mondays does not say that the numbers are read on a Thursday."""
    block = {"task": "report", "day": "monday"}
    for day, count in (("2027-03-04", 2), ("2027-03-01", 1)):
        raw = write_calendar(_plan(block, measurement={"next_reading": day}), FRIDAY)
        assert raw.count(b"SUMMARY:Note the numbers") == count


def test_a_look_on_the_last_of_the_month_stays_there():
    """From the 31st on: the last of each month, as every document names it, never the 1st."""
    goal = {"id": "go01", "metric": "leads_per_month", "review": "monthly"}
    plan = _plan({}, goals={"goals": [goal]}, measurement={"next_reading": "2027-01-31"})
    look = next(
        e
        for t, e in _read(write_calendar(plan, date(2027, 2, 2))).items()
        if t.startswith("Look at")
    )
    days = _days(look, 3)
    assert days == [date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)]
    assert find_look(plan, plan.goals.goals[0].review, date(2027, 3, 1)) == days[1]
