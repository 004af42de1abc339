"""The funnel comes to the same counts on every engine, by hand-worked examples.

On Spark itself, where pyspark and Java are: ``pytest -n 0 -m spark tests/measurement``.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING

import duckdb
import ibis
import psycopg
import pytest
from made_up_events import CASES, DAY, NUMBERS, event

from workbook.measurement.engines import (
    GA4,
    UMAMI,
    UMAMI_COLUMNS,
    count_on_engine,
    number_local_day,
    read_ga4,
    read_umami,
)
from workbook.measurement.events import COLUMNS, read_day
from workbook.measurement.funnel import count_funnel, events_table, read_rows
from workbook.measurement.targets import Targets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.postgresql_fixtures import Postgresql

TARGETS = Targets(services=("/services/*",), contact=("/contact",), used=("sent", "POST /contact"))
OTHERS = ("bigquery", "clickhouse", "pyspark")
OWN = ("example.com",)


class Engine:
    """An engine with tables somebody else wrote, and the expressions written for it."""

    def __init__(self, dialect: str, connection: object) -> None:
        self.dialect = dialect
        self.connection = connection

    def run(self, *statements: str) -> None:
        for statement in statements:
            self.connection.execute(statement)

    def fill(self, table: str, columns: str, rows: list[list]) -> None:
        """A new table with some rows."""
        values = ", ".join("(" + ", ".join(map(write, row)) + ")" for row in rows)
        self.run(
            f"DROP TABLE IF EXISTS {table}",
            f"CREATE TABLE {table} ({columns})",
            f"INSERT INTO {table} VALUES {values}",
        )

    def count(self, funnel: ibis.Table, format_id: str = "test"):
        """What the engine makes of a funnel."""
        return self.count_written(write_for(self.dialect, funnel), format_id)

    def count_written(self, statement: str, format_id: str = "test"):
        answer = self.connection.execute(statement)
        names = [column[0] for column in answer.description]
        rows = [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
        return read_rows(rows, format_id, TARGETS)


def write_for(dialect: str, expression: ibis.Table) -> str:
    return str(ibis.to_sql(expression, dialect=dialect, pretty=False))


@cache
def plain_funnel(dialect: str) -> str:
    """The funnel over canonical events, written once for each engine."""
    return write_for(dialect, count_funnel(events_table(), TARGETS, own_hosts=OWN))


@pytest.fixture(scope="module")
def embedded() -> Iterator[Engine]:
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        yield Engine("duckdb", connection)


@pytest.fixture(scope="module")
def connected(postgresql: Postgresql) -> Iterator[Engine]:
    """A database of its own in the PostgreSQL that all tests share."""
    with psycopg.connect(postgresql.new_database(), autocommit=True) as connection:
        yield Engine("postgres", connection)


class Spark(Engine):
    """Spark on this machine alone, in one process."""

    def __init__(self, session: object) -> None:
        super().__init__("pyspark", session)

    def fill(self, table: str, columns: str, rows: list[list]) -> None:
        shape = columns.replace("VARCHAR", "STRING")
        self.connection.createDataFrame(rows, shape).createOrReplaceTempView(table)

    def count_written(self, statement: str, format_id: str = "test"):
        rows = [row.asDict() for row in self.connection.sql(statement).collect()]
        return read_rows(rows, format_id, TARGETS)


@pytest.fixture(scope="module")
def spark() -> Iterator[Spark]:
    """Asked for by its marker alone, so that what is missing is a failure."""
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        pytest.fail("Spark is not installed: pip install pyspark, and Java 17 or newer")
    quiet = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "1"}
    begun = SparkSession.builder.master("local[1]").config(map=quiet).getOrCreate()
    begun.sparkContext.setLogLevel("ERROR")
    yield Spark(begun)
    begun.stop()


pytestmark = pytest.mark.thorough
ON_SPARK = [pytest.mark.spark, pytest.mark.filterwarnings("ignore::FutureWarning")]
SERVER = pytest.param("connected", id="postgresql", marks=pytest.mark.server)


@pytest.fixture(params=["embedded", SERVER, pytest.param("spark", marks=ON_SPARK)])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Every engine that is at hand."""
    return request.getfixturevalue(request.param)


@pytest.fixture(params=["embedded", SERVER])
def database(request: pytest.FixtureRequest) -> Engine:
    """Every engine that Umami, or a copy of its table, may be in."""
    return request.getfixturevalue(request.param)


def write(value: object) -> str:
    """A value as a literal."""
    if value is None:
        return "NULL"
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"


def fill_events(engine: Engine, events: list[dict]) -> None:
    columns = ", ".join(f"{c} {'BIGINT' if c in NUMBERS else 'VARCHAR'}" for c in COLUMNS)
    engine.fill("events", columns, [[*found.values()] for found in events])


def listed(counts) -> list[tuple]:
    names = ("platform", "sessions", "services", "contact", "went_on", "used", "by_app")
    return [tuple(getattr(row, name) for name in names) for row in counts.by_day()]


# -- the funnel --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CASES)
def test_the_funnel_comes_to_what_was_worked_out_by_hand(engine, name):
    """To the last count, on each engine."""
    events, expected = CASES[name]
    fill_events(engine, events)
    counts = engine.count_written(plain_funnel(engine.dialect))
    assert listed(counts) == expected
    assert {row.day for row in counts.rows} <= {read_day(DAY)}


def test_all_cases_together_are_the_sum_of_each(engine):
    """Hundreds of events in no order give the same as each case alone, and all visits are told."""
    together = [
        {**found, "visitor": f"{n}{copy}{found['visitor']}"}
        for copy in range(3)
        for n, (events, _) in enumerate(CASES.values())
        for found in reversed(events)
    ]
    fill_events(engine, together)
    counts = engine.count_written(plain_funnel(engine.dialect))
    expected: dict[str, list[int]] = {}
    for platform, *numbers in (row for _, rows in CASES.values() for row in rows):
        sums = expected.setdefault(platform, [0] * len(numbers))
        expected[platform] = [a + 3 * b for a, b in zip(sums, numbers, strict=True)]
    assert listed(counts) == [(p, *numbers) for p, numbers in sorted(expected.items())]
    assert (counts.sessions, counts.unknown) == (3 * 28, 3 * 2)


def test_a_shorter_silence_makes_more_visits(embedded):
    """The silence that ends a visit can be set; without a source they are unknown."""
    fill_events(
        embedded,
        [event("a", 0, tag="x"), event("a", 600, "/services"), event("a", 1300, "/contact")],
    )
    counts = embedded.count(count_funnel(events_table(), TARGETS, minutes=10))
    assert listed(counts) == [("x", 1, 1, 0, 0, 0, 0)]
    assert (counts.sessions, counts.unknown) == (2, 1)


@pytest.mark.parametrize("dialect", OTHERS)
def test_the_funnel_is_written_for_every_engine(dialect):
    """The same expression compiles, within the length that engines take."""
    written = plain_funnel(dialect)
    assert "instagram" in written
    assert len(written) < 200_000


# -- Umami ---------------------------------------------------------------------------------------

UMAMI_TYPES = {
    "session_id": "UUID", "visit_id": "UUID", "created_at": "TIMESTAMPTZ", "event_type": "INTEGER",
}  # fmt: skip


def umami_table() -> ibis.Table:
    kinds = {
        "created_at": "timestamp('UTC')", "event_type": "int32",
        "session_id": "uuid", "visit_id": "uuid",
    }  # fmt: skip
    return ibis.table({c: kinds.get(c, "string") for c in UMAMI_COLUMNS}, name="website_event")


def fill_umami(engine: Engine, *rows: dict) -> None:
    """Umami's own table, as its Prisma schema has it, with some rows."""
    columns = ", ".join(f"{c} {UMAMI_TYPES.get(c, 'VARCHAR(500)')}" for c in UMAMI_COLUMNS)
    engine.fill("website_event", columns, [[r.get(c) for c in UMAMI_COLUMNS] for r in rows])


def umami_row(visit: int, at: str, path: str, **more: object) -> dict:
    key = f"00000000-0000-4000-8000-{visit:012}"
    return {
        "session_id": key, "visit_id": key, "created_at": f"2026-09-01 {at}+00", "url_path": path,
        "event_type": 1, "hostname": "www.example.com", **more,
    }  # fmt: skip


UMAMI_ROWS = (
    umami_row(1, "12:00:00.2", "/Services/", utm_source="Instagram", utm_medium="social"),
    umami_row(1, "12:00:31", "/contact", event_type=2, event_name="Sent"),
    umami_row(2, "12:00:00", "/contact?x=1", referrer_domain="l.facebook.com", fbclid="abc"),
    umami_row(2, "13:30:00", "/services/a", referrer_domain="www.example.com"),
    umami_row(3, "12:00:00", "/", referrer_domain="www.google.com"),
    umami_row(4, "12:00:00", "/services", ttclid="x", event_type=5),
    umami_row(5, "23:30:00", "/", ttclid="x"),
)


def check_umami(counts) -> None:
    """By hand: four visits, one of them from a search engine; the last begins after midnight."""
    assert listed(counts) == [
        ("facebook", 1, 1, 1, 0, 0, 0),
        ("instagram", 1, 1, 1, 1, 1, 0),
        ("tiktok", 1, 0, 0, 0, 0, 0),
    ]
    assert [(row.platform, row.day.day) for row in counts.rows] == [
        ("facebook", 1),
        ("instagram", 1),
        ("tiktok", 2),
    ]
    assert (counts.sessions, counts.unknown) == (4, 0)


def test_umami_is_counted_with_its_own_visits(database):
    """Its own visits, its tags and hosts; performance figures are no events of a person."""
    fill_umami(database, *UMAMI_ROWS)
    events = read_umami(umami_table(), "Europe/London")
    check_umami(database.count(count_funnel(events, TARGETS, own_hosts=OWN, by_vendor=True)))


@pytest.mark.server
def test_umami_is_counted_where_it_keeps_its_events(connected):
    """An engine that is connected runs the funnel itself, and only counts come back."""
    fill_umami(connected, *UMAMI_ROWS)
    at = connected.connection.info
    theirs = ibis.postgres.connect(host=at.host, user=at.user, database=at.dbname)
    try:
        table = theirs.table("website_event")
        check_umami(count_on_engine(table, UMAMI, TARGETS, own_hosts=OWN, zone="Europe/London"))
    finally:
        theirs.disconnect()


@pytest.mark.parametrize(
    ("moment", "zone", "day"),
    [
        ("2026-03-28 23:59:59", "Europe/London", date(2026, 3, 28)),
        ("2026-03-29 23:00:00", "Europe/London", date(2026, 3, 30)),
        ("2026-10-24 23:00:00", "Europe/London", date(2026, 10, 25)),
        ("2026-10-25 23:00:00", "Europe/London", date(2026, 10, 25)),
        ("2026-09-01 03:59:59", "America/New_York", date(2026, 8, 31)),
        ("2026-09-01 04:00:00", "America/New_York", date(2026, 9, 1)),
        ("2026-09-01 18:30:00", "Asia/Kolkata", date(2026, 9, 2)),
        ("2026-09-01 18:30:00", None, date(2026, 9, 1)),
    ],
)
def test_days_are_those_of_the_business_on_any_engine(embedded, moment, zone, day):
    """Clocks put forward and back are known without the engine's own tables of zones."""
    at = datetime.fromisoformat(f"{moment}+00:00").timestamp()
    table = ibis.table({"moment": "int64"}, name="moments")
    written = write_for("duckdb", table.select(day=number_local_day(table.moment, zone)))
    embedded.run("CREATE OR REPLACE TABLE moments (moment BIGINT)")
    embedded.run(f"INSERT INTO moments VALUES ({at:.0f})")
    assert read_day(embedded.connection.execute(written).fetchone()[0]) == day


@pytest.mark.parametrize("dialect", OTHERS)
def test_umami_is_written_for_every_engine(dialect):
    """Umami keeps its events in PostgreSQL or ClickHouse; copies stand elsewhere."""
    written = write_for(dialect, read_umami(umami_table(), "Europe/Paris"))
    assert "website_event" in written


# -- Google --------------------------------------------------------------------------------------

PART = {"source": "VARCHAR", "medium": "VARCHAR", "campaign_name": "VARCHAR"}
SHAPES = {
    "event_date": "VARCHAR",
    "event_timestamp": "BIGINT",
    "event_name": "VARCHAR",
    "user_pseudo_id": "VARCHAR",
    "event_params": [
        {"key": "VARCHAR", "value": {"string_value": "VARCHAR", "int_value": "BIGINT"}}
    ],
    "collected_traffic_source": {
        "manual_source": "VARCHAR",
        "manual_medium": "VARCHAR",
        "manual_campaign_name": "VARCHAR",
    },
    "session_traffic_source_last_click": {
        "manual_campaign": PART,
        "cross_channel_campaign": {**PART, "default_channel_group": "VARCHAR"},
    },
}


def read_shape(shape: object) -> str:
    """A shape of JSON as a type of Ibis."""
    if isinstance(shape, dict):
        return f"struct<{', '.join(f'{k}: {read_shape(v)}' for k, v in shape.items())}>"
    if isinstance(shape, list):
        return f"array<{read_shape(shape[0])}>"
    return {"VARCHAR": "string", "BIGINT": "int64"}[shape]


def google(engine: Engine, columns: tuple[str, ...], rows: list[dict]) -> ibis.Table:
    """Google's nested export with some rows."""
    casts = ", ".join(
        f"json_transform(j, '{json.dumps({name: SHAPES[name]})}').{name} AS {name}"
        for name in columns
    )
    values = ", ".join(f"({write(json.dumps(row))}::JSON)" for row in rows)
    engine.run(
        f"CREATE OR REPLACE TABLE google AS SELECT {casts} FROM (VALUES {values}) AS given(j)"
    )
    return ibis.table({name: read_shape(SHAPES[name]) for name in columns}, name="google")


def count_google(engine: Engine, columns: tuple[str, ...], rows: list[dict]):
    events = read_ga4(google(engine, columns, rows))
    return engine.count(count_funnel(events, TARGETS, own_hosts=OWN, by_vendor=True), GA4)


NEWER = tuple(SHAPES)
OLDER = NEWER[:5]


def google_row(user: str | None, session: int, name: str, page: str, **more: object) -> dict:
    params = {"ga_session_id": session, "page_location": f"https://www.example.com{page}"}
    params |= more.pop("params", {})
    kinds = {int: "int_value", str: "string_value"}
    return {
        "event_date": "20260901", "event_timestamp": "1788264000123456", "event_name": name,
        "user_pseudo_id": user,
        "event_params": [
            {"key": key, "value": {kinds[type(value)]: value}} for key, value in params.items()
        ],
        **more,
    }  # fmt: skip


def last_click(source: str, medium: str, channel: str) -> dict:
    cross = {"source": source, "medium": medium, "default_channel_group": channel}
    return {"session_traffic_source_last_click": {"cross_channel_campaign": cross}}


def test_google_visits_are_google_s_own_with_its_channel_beside(embedded):
    """The visit's source as Google's pages show it; YouTube is social here, video there."""
    youtube = last_click("youtube.com", "referral", "Organic Video")
    direct = last_click("(direct)", "(none)", "Direct")
    rows = [
        google_row("1.1", 7, "page_view", "/services/a?utm_source=x", **youtube),
        google_row("1.1", 7, "sent", "/contact/", **youtube),
        google_row("1.1", 8, "page_view", "/contact", **direct),
        google_row(None, 9, "page_view", "/services", **youtube),
    ]
    counts = count_google(embedded, NEWER, rows)
    assert listed(counts) == [("youtube", 1, 1, 1, 1, 1, 0)]
    assert [(r.channel, r.day) for r in counts.rows] == [("Organic Video", date(2026, 9, 1))]
    assert (counts.sessions, counts.unknown) == (2, 1)


def test_older_exports_of_google_tell_by_tag_and_page_before(embedded):
    """Without the fields for a visit's source, the first tag or the referrer of a visit tells."""
    tagged = {"source": "facebook", "medium": "social"}
    rows = [
        google_row("1.1", 7, "page_view", "/services/", params=tagged),
        google_row(
            "1.1", 7, "page_view", "/contact", params={"page_referrer": "https://example.com/"}
        ),
        google_row("2.1", 7, "page_view", "/", params={"page_referrer": "https://t.co/abc"}),
    ]
    counts = count_google(embedded, OLDER, rows)
    assert listed(counts) == [("facebook", 1, 1, 1, 1, 0, 0), ("x", 1, 0, 0, 0, 0, 0)]


@pytest.mark.parametrize("dialect", ["bigquery", "pyspark"])
def test_google_s_nested_export_is_written_for_bigquery(embedded, dialect):
    """Parameters are looked up within an event, without joining it to itself."""
    table = google(embedded, NEWER, [google_row("1.1", 7, "page_view", "/")])
    written = write_for(dialect, read_ga4(table, "Europe/Paris"))
    assert "ga_session_id" in written
    assert "JOIN" not in written
    assert ("UNNEST" in written) == (dialect == "bigquery")
