"""Files of time trackers and calendars in which something is wrong: told, and the rest counted."""

from __future__ import annotations

from datetime import date

import pytest

from workbook.imports.visits import read_visits
from workbook.measurement.targets import Targets

CALENDAR = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{}END:VCALENDAR\n"
EVENT = "BEGIN:VEVENT\nUID:{}\nSUMMARY:instagram\nDTSTART;TZID=Europe/Paris:{}\n{}\nEND:VEVENT\n"
HALF = "DURATION:PT30M"


def read(text, name="hours.csv"):
    return read_visits(text.encode(), name, Targets(), date(2026, 11, 22))


def ids(problems):
    return [problem.id for problem in problems]


TRACKERS = {
    "toggl": "Description,Project,Start date,Duration,Tags,Billable\n",
    "rescuetime": "Date,Time Spent (seconds),Number of People,Activity,Category,Productivity\n",
}


@pytest.mark.parametrize("header", TRACKERS.values(), ids=list(TRACKERS))
def test_a_tracker_s_file_without_an_entry_says_so(header):
    """A header alone is named as the problem it is."""
    file = read(header)
    assert (file.hours, ids(file.problems)) == ((), ["hours-none"])


def test_an_entry_without_a_day_is_named_by_its_row():
    """The others are counted."""
    file = read(TRACKERS["toggl"] + "a,b,2026-09-01,0:30,instagram,No\na,b,,0:45,instagram,No\n")
    assert [h.hours for h in file.hours] == [0.5]
    assert [(p.id, p.values["rows"]) for p in file.problems] == [("visits-days-unreadable", (3,))]


def test_a_calendar_that_is_cut_off_or_spoiled_is_read_as_far_as_it_goes():
    """Whole appointments are counted; one that breaks off, or makes no sense, is told."""
    first, second = (EVENT.format(n, f"2026090{n}T090000", HALF) for n in (1, 2))
    whole = CALENDAR.format(first + second)
    file = read(whole[: whole.index("END:VEVENT", whole.index("UID:2"))], "calendar.ics")
    assert [h.day.day for h in file.hours] == [1]
    assert [(p.id, p.values["count"]) for p in file.problems] == [("calendar-events", 1)]
    file = read(CALENDAR.format(first + "no line of a calendar\n" + second), "calendar.ics")
    assert [h.day.day for h in file.hours] == [1, 2]
    file = read(CALENDAR.format(first + second.replace("20260902T", "2026x")), "calendar.ics")
    assert [h.day.day for h in file.hours] == [1]
    assert ids(file.problems) == ["calendar-events"]
    assert ids(read(CALENDAR.format(""), "calendar.ics").problems) == ["hours-none"]
