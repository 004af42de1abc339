"""What counts come to by day, week and platform, and which pages count for which stage."""

from __future__ import annotations

from datetime import date
from functools import cache

import duckdb
import ibis
import pytest
from made_up_events import DAY, event

from workbook.measurement.events import COLUMNS, DayCount, EventCounts, number_day, read_day
from workbook.measurement.funnel import count_funnel, events_table, pages_seen, read_rows
from workbook.measurement.targets import Targets
from workbook.records import SocialVisits

MONDAY, SUNDAY = date(2026, 8, 31), date(2026, 9, 6)
TUESDAY, NEXT = date(2026, 9, 1), date(2026, 9, 7)
COUNTS = EventCounts(
    "log_combined",
    (
        DayCount(TUESDAY, "facebook", channel="Organic Social", sessions=3, services=2, contact=1),
        DayCount(TUESDAY, "facebook", channel="Paid Social", sessions=2, used=1),
        DayCount(SUNDAY, "facebook", sessions=1, went_on=1, by_app=1),
        DayCount(NEXT, "facebook", sessions=4),
        DayCount(TUESDAY, "other", "VK", sessions=1),
        DayCount(TUESDAY, "other", "XING", sessions=2),
    ),
    told=("services", "contact"),
)


def test_a_day_holds_all_channels_and_networks_of_a_platform():
    """The vendor's channels are shown beside, and never part a platform's figures."""
    assert [(row.day, row.platform, row.sessions) for row in COUNTS.by_day()] == [
        (TUESDAY, "facebook", 5),
        (TUESDAY, "other", 3),
        (SUNDAY, "facebook", 1),
        (NEXT, "facebook", 4),
    ]


def test_a_week_begins_on_monday():
    """Tuesday and Sunday are one week, the Monday after is the next."""
    assert [(row.day, row.platform, row.sessions) for row in COUNTS.by_week()] == [
        (MONDAY, "facebook", 6),
        (MONDAY, "other", 3),
        (NEXT, "facebook", 4),
    ]


def test_the_whole_is_the_sum():
    """Of a platform, and of all; of nothing there is none."""
    whole, facebook = COUNTS.total(), COUNTS.total("facebook")
    assert whole is not None
    assert facebook is not None
    assert (whole.sessions, whole.services, whole.used, whole.by_app) == (13, 2, 1, 1)
    assert (facebook.sessions, facebook.contact, facebook.went_on) == (10, 1, 1)
    assert COUNTS.total("x") is None
    assert COUNTS.platforms == ("facebook", "other")


def test_records_say_what_they_cannot_tell():
    """A stage nobody named is unknown, not zero."""
    first, *_ = COUNTS.to_visits()
    assert first == SocialVisits(
        "facebook", "log_combined", TUESDAY, TUESDAY, sessions=5, services=2, contact=1, used=None
    )


@pytest.mark.parametrize("day", [date(1970, 1, 1), date(2026, 2, 28), date(2028, 2, 29)])
def test_days_have_numbers(day):
    """A day's number leads back to it."""
    assert read_day(number_day(day)) == day


def test_rows_of_engines_are_read_whatever_their_numbers_are():
    """Engines answer with decimals or texts; a channel may be missing."""
    rows = [
        {"day": "20697", "source": 17, "channel": None, "sessions": 2, "services": 1,
         "contact": 0, "went_on": 0, "used": 0},
        {"day": 20697, "source": None, "channel": "", "sessions": 5, "services": 9,
         "contact": 9, "went_on": 9, "used": 9},
    ]  # fmt: skip
    counts = read_rows(rows, "x", Targets(services=("/s",)))
    assert counts.rows == (DayCount(read_day(DAY), "facebook", sessions=2, services=1),)
    assert (counts.sessions, counts.unknown, counts.told) == (7, 5, ("services",))


@cache
def write_funnel(targets: Targets) -> str:
    return str(ibis.to_sql(count_funnel(events_table(), targets), dialect="duckdb"))


@pytest.fixture(scope="module")
def engine():
    kinds = ", ".join(f"{c} {'BIGINT' if c in {'moment', 'day'} else 'VARCHAR'}" for c in COLUMNS)
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE events ({kinds})")
        yield connection


def reach(engine, targets: Targets, path: str, action: str = "") -> dict[str, bool]:
    """Which stages a visit of one event comes to."""
    values = [*event("a", 0, path, action, tag="x").values()]
    engine.execute("DELETE FROM events")
    engine.execute(f"INSERT INTO events VALUES ({', '.join('?' * len(values))})", values)
    answer = engine.execute(write_funnel(targets))
    names = [column[0] for column in answer.description]
    row = dict(zip(names, answer.fetchone(), strict=True))
    return {stage: bool(row[stage]) for stage in ("services", "contact", "used")}


WIDE = Targets(
    services=("/services/*", "/prices"),
    contact=("https://www.example.com/Contact Us/",),
    used=("POST /send", "/thank-you", "Form Sent", "/contact us"),
)


@pytest.mark.parametrize(
    ("path", "action", "stages"),
    [
        ("/services", "", {"services"}),
        ("/services/roof", "", {"services"}),
        ("/services-old", "", set()),
        ("/prices", "", {"services"}),
        ("/prices/more", "", set()),
        ("/contact us", "", {"contact"}),
        ("/contact%20us", "", {"contact"}),
        ("/contact%20us", "POST", {"contact", "used"}),
        ("/send", "POST", {"used"}),
        ("/send", "", set()),
        ("/thank-you", "", {"used"}),
        ("/", "form sent", {"used"}),
        ("/contact us", "form sent", {"contact", "used"}),
    ],
)
def test_pages_forms_and_events_count_for_their_stage(engine, path, action, stages):
    """What is written as a target counts, in either spelling; a page that is seen is not used."""
    found = reach(engine, WIDE, path, action)
    assert {stage for stage, is_reached in found.items() if is_reached} == stages


def test_a_page_that_is_contact_and_used_is_told():
    """Only forms sent to it count as used, so the page is known."""
    assert {target.value for target in pages_seen(WIDE)} & {"/contact us"}
