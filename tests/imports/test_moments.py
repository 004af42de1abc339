"""Days and times as files write them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from workbook.imports.format import Reading
from workbook.imports.moments import read_epoch, read_moments

BERLIN = ZoneInfo("Europe/Berlin")


def _read(*cells, zone=BERLIN, day_first=None, utc=False):
    reading = Reading(zone=zone, day_first=day_first)
    found = read_moments({"at": cells}, range(2, 2 + len(cells)), reading, utc=utc)
    return found and found["at"], reading


@pytest.mark.parametrize(
    "cell",
    [
        "2026-05-08 17:50", "2026-05-08T17:50:00", "2026-05-08 15:50 UTC", "2026-05-08T15:50:00Z",
        "2026-05-08T15:50:00.123456789Z", "2026-05-08T15:50:00+0000", "2026-05-08T17:50:00+02:00",
        "8.5.2026 17:50", "08.05.26, 17.50", "8 May 2026 17:50", "8. May 2026, 5:50 pm",
        "May 8, 2026 5:50 PM", "Fri, May 8, 2026, 17:50", "Friday 8 May 2026 17:50",
        "Fri May 08 15:50:00 +0000 2026", "2026/05/08 17:50", "2026-05-08 5:50 p.m.",
    ],
)  # fmt: skip
def test_a_moment_is_read_as_people_and_programs_write_it(cell):
    """With a zone it is taken as told, without one in the zone of the business."""
    (moment,), _ = _read(cell)
    assert moment.at.replace(second=0, microsecond=0) == datetime(2026, 5, 8, 15, 50, tzinfo=UTC)
    assert moment.at.tzinfo is UTC
    assert moment.has_time


def test_the_zone_is_said_only_where_it_was_needed():
    """A file whose times all name their zone owes nothing to ours."""
    assert not _read("2026-05-08T15:50:00Z")[1].zone_used
    assert not _read("2026-05-08 15:50", utc=True)[1].zone_used
    assert _read("2026-05-08 15:50")[1].zone_used


def test_one_day_above_twelve_tells_for_all():
    """Day and month are told apart by the whole column, in either order."""
    (first, second), _ = _read("03/04/2026 10:00", "13/04/2026 10:00")
    assert (first.at.month, first.at.day, second.at.day) == (4, 3, 13)
    (first, second), _ = _read("03/04/2026 10:00", "04/13/2026 10:00")
    assert (first.at.month, first.at.day, second.at.day) == (3, 4, 13)


def test_a_day_that_can_be_read_in_two_ways_is_asked_for():
    """Where no cell tells, nothing is guessed; the answer given is taken."""
    found, reading = _read("03/04/2026 10:00")
    assert found is None
    assert [problem.id for problem in reading.problems] == ["dates-ambiguous"]
    assert _read("03/04/2026 10:00", day_first=True)[0][0].at.month == 4
    assert _read("03/04/2026 10:00", day_first=False)[0][0].at.month == 3
    assert _read("04/04/2026 10:00")[0][0].at.month == 4


def test_two_orders_in_one_file_are_told():
    """A column with both orders cannot be read, and the message shows one of each."""
    found, reading = _read("13/04/2026", "04/14/2026")
    assert found is None
    assert reading.problems[0].values == {"one": "13/04/2026", "other": "04/14/2026"}


def test_a_day_alone_is_known_as_such():
    """Without a time of day no waiting time can be counted from it."""
    (moment,), _ = _read("2026-05-08")
    assert not moment.has_time
    assert moment.clock is None


@pytest.mark.parametrize(
    "cell",
    ["yesterday", "2026-13-01", "2026-02-30 10:00", "2026-05-08 25:00", "2026-05-08 10:61",
     "12:30", "0001-01-01", "99/99/2026", "8 Foo 2026", "2026-05-08 10:00 +99:99", "x" * 200],
)  # fmt: skip
def test_what_is_no_moment_is_named_by_its_row(cell):
    """A cell that cannot be read counts as empty, and its row is named."""
    found, reading = _read("2026-05-08 10:00", "", cell)
    assert [bool(moment) for moment in found] == [True, False, False]
    assert reading.unreadable == {"at": [4]}


def test_clocks_that_change_shift_nothing():
    """A summer and a winter time are each taken by the offset of their day."""
    (winter, summer), _ = _read("2026-03-29 01:30", "2026-03-29 03:30")
    assert (summer.at - winter.at).total_seconds() == 3600


@pytest.mark.parametrize("value", [0, -1, None, "1788253200", True, 1e30, 10])
def test_seconds_that_are_none_are_none(value):
    """Chatwoot writes 0 for never."""
    assert read_epoch(value) is None


def test_seconds_are_read():
    """Seconds since 1970 are a moment in UTC."""
    assert read_epoch(1788253200).at == datetime(2026, 9, 1, 9, tzinfo=UTC)
