"""How long Google's export of events takes from Parquet to the funnel, beside merely reading it.

Run as ``python -m tests.benchmarks.benchmark_google [EVENTS]``; 10 million events of 200,000 people
unless another number is given. Each is measured in a process of its own: seconds on the clock,
seconds of all processors together, and peak memory. Where others use the machine, half of the
processors' seconds is what two cores would take.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Final

from tests.benchmarks.benchmark_log import OURS, PEAK, measure

EVENTS: Final = 10_000_000
_ROUNDS: Final = 2
_READ: Final = (
    """
import sys, time
import duckdb
began = time.perf_counter()
with duckdb.connect(config={"memory_limit": "600MB"}) as engine:
    engine.execute("SET enable_progress_bar = false")
    select = "SELECT count(*), sum(len(event_params)) FROM read_parquet(?)"
    found, _ = engine.execute(select, [sys.argv[1]]).fetchone()
seconds = time.perf_counter() - began
assert found == int(sys.argv[2]), found
print(seconds, time.process_time())
"""
    + PEAK
)

# -- what is measured upon -------------------------------------------------------------------------

_NAMES: Final = (
    "session_start", "page_view", "user_engagement", "scroll", "page_view", "user_engagement",
    "page_view", "form_start", "page_view", "user_engagement",
)  # fmt: skip
"""The events of a visit, one after another."""
_PAGES: Final = (0, 0, 1, 1, 2, 2, 3, 3, 4, 4)
"""How many pages were seen before each."""
_ORIGINS: Final = (
    ("instagram", "social", "Organic Social", "https://l.instagram.com/"),
    ("facebook", "paid_social", "Paid Social", "https://l.facebook.com/"),
    *[("google", "organic", "Organic Search", "https://www.google.com/")] * 4,
    ("google", "cpc", "Paid Search", "https://www.google.com/"),
    *[("(direct)", "(none)", "Direct", None)] * 5,
    ("bing", "organic", "Organic Search", "https://www.bing.com/"),
    ("linkedin.com", "referral", "Organic Social", "https://www.linkedin.com/"),
    ("l.facebook.com", "referral", "Organic Social", "https://l.facebook.com/"),
    ("newsletter", "email", "Email", None),
    ("example.org", "referral", "Referral", "https://example.org/"),
    ("youtube.com", "referral", "Organic Video", "https://www.youtube.com/"),
    ("t.co", "referral", "Organic Social", "https://t.co/a1b2"),
    ("pinterest", "social", "Organic Social", "https://www.pinterest.com/"),
)
"""Source, medium, channel and the page before; the first two by tagged links."""
_TAGGED, _PAID = "origin < 2", "origin = 6"
_DRAWN: Final = """
    SELECT *, (dice >> 8) % {origins} AS origin, dice % {people} AS person,
      1788220800 + visit * 2419200 // {visits} + (dice >> 40) % 600 AS start
    FROM (SELECT visit, step, (hash(visit) >> 2)::BIGINT AS dice FROM (
      SELECT n // 10000 * 1000 + n % 1000 AS visit, n % 10000 // 1000 AS step
      FROM range({events}) AS given(n)))"""
_TOLD: Final = """
    SELECT *, {names}[1 + step] AS name, {seen}[1 + step] AS seen,
      {sources}[1 + origin] AS source, {mediums}[1 + origin] AS medium,
      {channels}[1 + origin] AS channel, {befores}[1 + origin] AS came
    FROM drawn"""
_PLACED: Final = """
    SELECT *, 'https://www.example.com' || page || CASE
        WHEN seen = 0 AND {tagged} THEN '?utm_source=' || source || '&utm_medium=' || medium
          || '&utm_campaign=autumn&fbclid=IwAR' || format('{{:x}}', dice)
        WHEN seen = 0 AND {paid} THEN '?gclid=Cj0' || format('{{:x}}', dice) ELSE '' END AS address
    FROM (SELECT *, ['/', '/services/', '/services/roofs/', '/contact/', '/about/', '/prices/',
        '/blog/post-' || (dice >> (8 * seen)) % 200 || '/', '/services/gutters/'
      ][1 + (dice >> (3 * seen)) % 8] AS page FROM told)"""
_EVENT: Final = """
    SELECT
      strftime(make_timestamp((start + step * 17) * 1000000), '%Y%m%d') AS event_date,
      (start + step * 17) * 1000000 + dice % 1000000 AS event_timestamp,
      CASE WHEN step = 8 AND dice % 7 = 0 THEN 'generate_lead' ELSE name END AS event_name,
      list_filter([{params}], lambda found: found IS NOT NULL) AS event_params,
      (1000000000 + person) || '.' || (1780000000 + person * 11) AS user_pseudo_id,
      start * 1000000 - 86400000000 AS user_first_touch_timestamp,
      dice % 11 > 0 AS is_active_user,
      {{'category': ['mobile', 'desktop', 'tablet'][1 + person % 3],
        'operating_system': ['iOS', 'Windows', 'Android'][1 + person % 3],
        'language': ['en-gb', 'fr-fr', 'de-de'][1 + person % 3],
        'web_info': {{'browser': 'Chrome', 'browser_version': (120 + person % 20) || '.0',
          'hostname': 'www.example.com'}}}} AS device,
      {{'continent': 'Europe', 'country': ['France', 'Germany', 'Ireland'][1 + person % 3],
        'city': 'City ' || person % 900}} AS geo,
      {{'name': '(referral)', 'medium': medium, 'source': source}} AS traffic_source,
      'WEB' AS platform, '1234567890' AS stream_id,
      CASE WHEN seen = 0 THEN {{
        'manual_campaign_name': CASE WHEN {tagged} THEN 'autumn' END,
        'manual_source': CASE WHEN {tagged} THEN source END,
        'manual_medium': CASE WHEN {tagged} THEN medium END}} END AS collected_traffic_source,
      {{'manual_campaign': {{'campaign_name': CASE WHEN {tagged} THEN 'autumn' END,
          'source': source, 'medium': medium}},
        'cross_channel_campaign': {{
          'campaign_name': CASE WHEN {tagged} THEN 'autumn' ELSE '(not set)' END,
          'source': source, 'medium': medium, 'default_channel_group': channel}}
        }} AS session_traffic_source_last_click
    FROM placed"""


def write_google(path: Path, events: int) -> None:
    """Made-up events of Google's export in Parquet, nested and mixed as it is.

    Ten events a visit and about ten parameters an event, those of many visits among each other;
    addresses with a click's mark of their own.
    """
    import duckdb

    parts = {
        "drawn": _DRAWN.format(
            events=events,
            visits=max(1, events // 10),
            people=max(50, events // 50),
            origins=len(_ORIGINS),
        ),
        "told": _TOLD.format(
            names=[*_NAMES],
            seen=[*_PAGES],
            **dict(
                zip(
                    ("sources", "mediums", "channels", "befores"),
                    map(_write_list, zip(*_ORIGINS, strict=True)),
                    strict=True,
                )
            ),
        ),
        "placed": _PLACED.format(tagged=_TAGGED, paid=_PAID),
    }
    steps = ", ".join(f"{name} AS ({query})" for name, query in parts.items())
    event = _EVENT.format(tagged=_TAGGED, params=", ".join(_list_params()))
    with duckdb.connect() as engine:
        engine.execute("SET enable_progress_bar = false")
        engine.execute(f"COPY (WITH {steps} {event}) TO '{path}' (FORMAT parquet)")


def _write_list(values: tuple[str | None, ...]) -> str:
    return f"[{', '.join('NULL' if value is None else repr(value) for value in values)}]"


def _list_params() -> list[str]:
    """The parameters of an event, and when it has them."""
    tagged = f"seen = 0 AND {_TAGGED}"
    ours = _param("page_referrer", text=repr("https://www.example.com/"))
    came = _param("page_referrer", text="came")
    return [
        _param("ga_session_id", number="start"),
        _param("ga_session_number", number="1 + dice % 9"),
        _param("page_location", text="address"),
        _param("page_title", text="'Roofs and gutters: ' || page || ' | Example'"),
        f"CASE WHEN seen > 0 THEN {ours} WHEN came IS NOT NULL THEN {came} END",
        _param("session_engaged", text="'1'"),
        _param("engaged_session_event", number="1"),
        f"CASE WHEN step > 0 THEN {_param('engagement_time_msec', number='dice % 90000')} END",
        f"CASE WHEN step = 1 THEN {_param('entrances', number='1')} END",
        f"CASE WHEN name = 'scroll' THEN {_param('percent_scrolled', number='90')} END",
        f"CASE WHEN {tagged} THEN {_param('source', text='source')} END",
        f"CASE WHEN {tagged} THEN {_param('medium', text='medium')} END",
        f"CASE WHEN {tagged} THEN {_param('campaign', text=repr('autumn'))} END",
        _param("batch_page_id", number="(start + seen) * 1000"),
        _param("batch_ordering_id", number="step"),
    ]


def _param(key: str, text: str = "NULL::VARCHAR", number: str = "NULL::BIGINT") -> str:
    return (
        f"{{'key': '{key}', 'value': {{'string_value': {text}, 'int_value': ({number})::BIGINT,"
        " 'float_value': NULL::DOUBLE, 'double_value': NULL::DOUBLE}}"
    )


# -- measuring -------------------------------------------------------------------------------------


def main() -> None:
    """Measure and print a table."""
    events = int(sys.argv[1].replace("_", "")) if len(sys.argv) > 1 else EVENTS
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
        path = Path(name) / "events"
        write_google(path, events)
        print(f"{events:,} events, {path.stat().st_size / 1_000_000:.0f} MB of Parquet")  # noqa: T201 - the result
        for _ in range(_ROUNDS):
            for what, program in (("reading alone", _READ), ("ours", OURS)):
                took = measure(program, path, events)
                print(  # noqa: T201 - the result
                    f"{what:<14} {took.seconds:6.1f} s {took.processor:6.1f} s of processors"
                    f" {took.megabytes:6.0f} MB"
                )


if __name__ == "__main__":
    main()
