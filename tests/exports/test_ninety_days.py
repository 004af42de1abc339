"""The ninety-day plan: what by when, the week, days to look back, and the same as a calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.exports.sample_plans import HOSTILE, TODAY, make_finished, make_very_long, make_waiting
from workbook.exports import write
from workbook.exports.dates import DatedReport
from workbook.exports.documents import build_document, gather, write_document
from workbook.exports.report import Paragraph, Report, Table
from workbook.plan import Plan

NAME = "ninety_days"
LAST = TODAY + timedelta(days=90)


def _build(plan):
    return build_document(NAME, gather(plan, TODAY))


def _table(plan, caption):
    found = [block for block in _build(plan).blocks if isinstance(block, Table)]
    return next(table for table in found if table.caption == caption)


def _read(raw):
    """The events by title, as another library reads them."""
    import vobject

    events = vobject.readOne(raw.decode()).contents["vevent"]
    return {event.summary.value: event for event in events}


def test_the_list_is_in_the_order_of_its_days():
    """Each with who does it and how long it takes, nothing that lies beyond the ninety days."""
    rows = _table(make_finished(), "What to do, with who does it and how long it takes").rows
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    assert all(TODAY < row[0] <= LAST for row in rows)
    flyers = next(row for row in rows if row[1] == "Order the flyers for the fair")
    assert flyers == (date(2027, 2, 5), "Order the flyers for the fair", "The office manager", 2)
    text = _build(make_finished()).text()
    assert "31 July 2027: Compare the number with the target" in text


def test_what_is_only_proposed_stands_apart():
    """A day that nobody chose is called a proposal, with somebody the plan names, and hours."""
    plan = Plan.model_validate({"goals": {"decision": "unknown"}, "start": {"name": "Example"}})
    rows = _table(plan, "What is still open, with proposed days").rows
    assert rows
    assert all(row[3] for row in rows)
    assert all(row[2] == "" or row[2].startswith("proposed: ") for row in rows)
    assert "Nothing has a day yet." in _build(plan).text()


def test_months_week_and_looks_are_there():
    """Month by channel, every block with who does it, and each day on which something is read."""
    plan = make_finished()
    months = _table(plan, "Occasions by month and channel").rows
    assert [row[0] for row in months] == ["March 2027", "April 2027", "May 2027"]
    week = _table(plan, "The blocks of the week").rows
    assert len(week) == len(plan.time.blocks)
    assert ("Tuesday, 09:00 to 10:00", "Make posts, Facebook", "New clients", 60,
            "The office manager") in week  # fmt: skip
    days = _table(plan, "Days on which something is looked at").rows
    assert (date(2027, 2, 1), "Look at the goal: More people in town ask us for a bathroom") in days
    assert all(TODAY <= day <= LAST for day, _ in days)


def test_the_calendar_has_blocks_looks_and_what_is_to_be_done():
    """Read by another library: a block that recurs, the day of a goal, and an action on its day."""
    events = _read(write_document(NAME, "ics", gather(make_finished(), TODAY)))
    assert events["Make posts: Facebook"].rrule.value.startswith("FREQ=WEEKLY")
    flyers = events["By today: Order the flyers for the fair"]
    assert flyers.dtstart.value == date(2027, 2, 5)
    assert "The office manager" in flyers.description.value
    assert events["Today the goal is due: More people in town ask us for a bathroom"]
    assert not any("Compare the number" in title for title in events)


def test_only_chosen_days_go_into_the_calendar():
    """A proposal moves with the day of the document, so it is in no calendar."""
    plan = Plan.model_validate({"goals": {"decision": "unknown"}, "start": {"name": "Example"}})
    (event,) = _read(write_document(NAME, "ics", gather(plan, TODAY))).values()
    assert event.summary.value == "The plan has no days yet"
    assert "Choose a day for each goal" in event.description.value


def test_made_again_later_the_same_things_keep_their_ids():
    """A calendar that reads the new file puts it in the place of the old."""
    first, second = (
        build_document(NAME, gather(make_finished(), day)).dates
        for day in (TODAY, TODAY + timedelta(days=7))
    )
    assert {each.id for each in second} <= {each.id for each in first}
    assert len({each.id for each in first}) == len(first)


@pytest.mark.parametrize(
    "make", [pytest.param(make_very_long, marks=pytest.mark.thorough), make_waiting, Plan]
)
def test_every_plan_is_a_calendar(make):
    """Very long, waiting and empty: at least one entry, each with an id of its own."""
    dates = _build(make()).dates
    assert dates
    assert len({each.id for each in dates}) == len(dates)
    assert _read(write_document(NAME, "ics", gather(make(), TODAY)))


def test_nothing_typed_acts_in_a_calendar():
    """Line breaks and control characters in an action make no line of the file."""
    what = f"{HOSTILE}\x07 END:VEVENT, buy; stamps"
    actions = [{"id": "ac01", "what": what, "due": "2027-02-01"}]
    plan = Plan.model_validate({"integration": {"actions": actions}})
    raw = write_document(NAME, "ics", gather(plan, TODAY))
    assert b"\x07" not in raw
    assert raw.count(b"\r\nEND:VEVENT") == len(_build(plan).dates)


def test_a_document_without_days_says_so_as_a_calendar():
    """Any report can be written; it has one entry then, on the day it was written."""
    report = Report("Title", (Paragraph.of("Words"),))
    (event,) = _read(write(report, "ics")).values()
    assert event.summary.value == "Title"
    assert isinstance(_build(make_finished()), DatedReport)


def test_without_social_media_only_what_is_done_instead_stands_there():
    """No week of posts and no months; the day to look again is in it."""
    text = _build(make_waiting()).text()
    assert "The blocks of the week" not in text
    assert "30 June 2027" in text
