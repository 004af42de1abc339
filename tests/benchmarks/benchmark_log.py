"""How long a log takes from its lines to the funnel, beside merely counting its lines and GoAccess.

Run as ``python -m tests.benchmarks.benchmark_log [LINES ...]``; 0.2, 2 and 10 million lines unless
others are given, and ``google`` for ten million events of Google's export in Parquet. All is
measured in one run, each in a process of its own: seconds, peak memory, and how they grow. GoAccess
is left out where it is not installed (Debian: ``apt-get install goaccess``).
"""

from __future__ import annotations

import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

LINES = (200_000, 2_000_000, 10_000_000)
EVENTS = 10_000_000
VISITORS_A_MILLION = 30_000
OWN = "https://www.example.com/"
HEADER = "      lines       size   counting       ours     memory  ratio    GoAccess     ratio"

_OURS = """
import resource, sys, time
from workbook.measurement.logs import read_events
from workbook.measurement.targets import Targets
targets = Targets(("/services/*",), ("/contact",), ("/contact/send", "generate_lead"))
began = time.perf_counter()
counts = read_events(sys.argv[1], "benchmark", targets)
seconds = time.perf_counter() - began
assert counts.rows and counts.lines == int(sys.argv[2]), counts
print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
_COUNT = """
import resource, sys, time
import duckdb
from pathlib import Path
from workbook.measurement.embedded import read_lines
began = time.perf_counter()
with duckdb.connect() as engine:
    engine.execute("SET enable_progress_bar = false")
    (found,) = engine.execute("SELECT count(*) FROM " + read_lines(Path(sys.argv[1]))).fetchone()
seconds = time.perf_counter() - began
assert found == int(sys.argv[2]), found
print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


class Measured(NamedTuple):
    """What a program took for a file."""

    seconds: float
    megabytes: float
    """Its peak memory."""


# -- what is measured upon -------------------------------------------------------------------------


def write_log(path: Path, lines: int) -> None:
    """A made-up combined log: two fifths pages, two fifths of the visitors programs."""
    chance = random.Random(7)
    people, programs = _name_people(), _name_programs()
    visitors = [
        (f"{chance.randrange(1, 223)}.{chance.randrange(256)}.{n >> 8 & 255}.{n & 255}",
         chance.choice(people if chance.random() < 0.6 else programs))
        for n in range(max(100, lines * VISITORS_A_MILLION // 1_000_000))
    ]  # fmt: skip
    referrers = ["-"] * 30 + [OWN, f"{OWN}services/"] * 25 + ["https://www.google.com/"] * 14
    referrers += ["https://l.instagram.com/", "https://l.facebook.com/", "https://t.co/a1b2c3"]
    pages = ["/", "/services/", "/services/roofs/", "/contact/", "/about/", "/blog/a-post/"] * 3
    pages += ["/contact/send", "/services/?utm_source=instagram&utm_medium=social"]
    files = ["/assets/site.css", "/assets/site.js", "/images/team.jpg", "/favicon.ico"]
    moment = datetime(2026, 9, 1, tzinfo=UTC)
    pick = chance.random
    with path.open("w", encoding="ascii") as log:
        for n in range(lines):
            if not n % 5:
                moment += timedelta(seconds=1)
                clock = moment.strftime("%d/%b/%Y:%H:%M:%S +0000")
            address, agent = visitors[int(pick() * len(visitors))]
            asked = pages if pick() < 0.4 else files
            status = 200 if pick() < 0.92 else 404
            log.write(
                f'{address} - - [{clock}] "GET {asked[int(pick() * len(asked))]} HTTP/1.1" {status}'
                f' {int(pick() * 90000)} "{referrers[int(pick() * len(referrers))]}" "{agent}"\n'
            )


def _name_people() -> list[str]:
    windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/{}.0.{}.0 Safari/537.36"
    phone = "Mozilla/5.0 (iPhone; CPU iPhone OS {}_{} like Mac OS X) AppleWebKit/605.1.15"
    chrome = [windows.format(n, build) for n in range(100, 140) for build in range(50)]
    phones = [f"{phone.format(n, m)} Safari/604.1" for n in range(14, 19) for m in range(8)]
    return [
        *chrome,
        *phones,
        *(f"{phone.format(18, 0)} Instagram {n}.0.0.0" for n in range(300, 340)),
    ]


def _name_programs() -> list[str]:
    from crawleruseragents import CRAWLER_USER_AGENTS_DATA

    named = [name for crawler in CRAWLER_USER_AGENTS_DATA for name in crawler["instances"][:1]]
    return [name for name in named if '"' not in name and name.isascii()][:400]


def write_google(path: Path, events: int) -> None:
    """Made-up events of Google's export, nested as it is, in Parquet."""
    import duckdb

    pages = "['/', '/services/', '/services/roofs', '/contact/', '/about'][1 + (n * 7919) % 5]"
    pick = "[1 + (n // 8 * 31) % 4]"
    source = f"['instagram', 'facebook', 'google', '(direct)']{pick}"
    medium = f"['social', 'social', 'organic', '(none)']{pick}"
    with duckdb.connect() as engine:
        engine.execute(f"""
            COPY (SELECT
              strftime(DATE '2026-09-01' + (n // 400000)::INTEGER, '%Y%m%d') AS event_date,
              1788264000000000 + n * 200000 AS event_timestamp,
              CASE WHEN n % 40 = 0 THEN 'generate_lead' ELSE 'page_view' END AS event_name,
              [{{'key': 'ga_session_id', 'value': {_value(number="n // 8")}}},
               {{'key': 'ga_session_number', 'value': {_value(number="1")}}},
               {{'key': 'page_location', 'value':
                 {_value(text=f"'https://www.example.com' || {pages}")}}},
               {{'key': 'page_title', 'value': {_value(text="'A page'")}}},
               {{'key': 'engagement_time_msec', 'value': {_value(number="n % 9000")}}}]
                AS event_params,
              (n // 8)::VARCHAR || '.1788264000' AS user_pseudo_id,
              {{'cross_channel_campaign': {{'source': {source}, 'medium': {medium},
                'campaign_name': 'autumn', 'default_channel_group': 'Organic Social'}},
                'manual_campaign': {{'source': {source}, 'medium': {medium},
                'campaign_name': 'autumn'}}}} AS session_traffic_source_last_click
            FROM range({events}) AS given(n)) TO '{path}' (FORMAT parquet)""")


def _value(text: str = "NULL::VARCHAR", number: str = "NULL::BIGINT") -> str:
    return (
        f"{{'string_value': {text}, 'int_value': ({number})::BIGINT,"
        " 'float_value': NULL::DOUBLE, 'double_value': NULL::DOUBLE}"
    )


# -- measuring -------------------------------------------------------------------------------------


def measure(program: str, path: Path, lines: int) -> Measured:
    """What one of our programs takes, in a Python of its own."""
    command = [sys.executable, "-c", program, str(path), str(lines)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    seconds, kilobytes = said.split()
    return Measured(float(seconds), float(kilobytes) / 1024)


def measure_goaccess(path: Path) -> Measured | None:
    """What GoAccess takes for its report; None where it is not installed."""
    found = shutil.which("goaccess")
    if found is None:
        return None
    command = [
        found, str(path), "--log-format=COMBINED", "--no-global-config", "--no-progress",
        "-o", str(path.with_suffix(".json")),
    ]  # fmt: skip
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return Measured(seconds, max(before, peak) / 1024)


def compare(folder: Path, lines: int) -> dict[str, Measured]:
    """What each program takes for a log of so many lines."""
    path = folder / "access.log"
    write_log(path, lines)
    found = {"count": measure(_COUNT, path, lines), "ours": measure(_OURS, path, lines)}
    others = measure_goaccess(path)
    size = path.stat().st_size / 1_000_000
    path.unlink()
    ours, count = found["ours"], found["count"]
    row = f"{lines:>11,} {size:7.0f} MB {count.seconds:8.2f} s {ours.seconds:8.2f} s"
    row += f" {ours.megabytes:7.0f} MB {ours.seconds / count.seconds:7.1f}"
    if others:
        found["goaccess"] = others
        row += f" {others.seconds:9.2f} s {others.seconds / ours.seconds:9.1f}"
    print(row, flush=True)  # noqa: T201 - the result
    return found


def main() -> None:
    """Measure and print a table."""
    given = sys.argv[1:]
    sizes = [int(word.replace("_", "")) for word in given if word != "google"]
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
        folder = Path(name)
        if sizes or not given:
            print(HEADER)  # noqa: T201 - the result
            found = {n: compare(folder, n)["ours"] for n in sizes or LINES}
            for (few, small), (many, large) in pairwise(found.items()):
                grown = large.seconds / small.seconds
                print(f"{many / few:.1f} times the lines took {grown:.1f} times as long")  # noqa: T201 - the result
        if "google" in given or not given:
            write_google(folder / "events", EVENTS)
            google = measure(_OURS, folder / "events", EVENTS)
            took = f"{google.seconds:.1f} s, {google.megabytes:.0f} MB"
            print(f"Google, {EVENTS:,} events: {took}")  # noqa: T201 - the result


if __name__ == "__main__":
    main()
