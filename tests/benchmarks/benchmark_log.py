"""How long a log takes from its lines to the funnel, beside merely counting its lines and GoAccess.

Run as ``python -m tests.benchmarks.benchmark_log [LINES ...]``; 0.2, 2 and 10 million lines unless
others are given. All is measured in one run, each in a process of its own, small logs twice, and
the quicker time is told: seconds, the seconds of a log of one line, which every log costs (starting
the engine and writing its queries), seconds of all processors, peak memory, and how they grow.
GoAccess is left out where it is not installed (Debian: ``apt-get install goaccess``).
"""

from __future__ import annotations

import math
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
ONE_VISIT = 20
"""Lines of a log whose work is nothing: with fewer, nobody in it comes from social media."""
VISITORS_A_MILLION = 30_000
OWN = "https://www.example.com/"
ONCE_FROM = 5_000_000
HEADER = (
    "      lines       size   counting       ours   start-up  processors     memory    GoAccess"
    "  ratio  without start-up"
)

PEAK = """
with open("/proc/self/status") as status:
    print(next(line.split()[1] for line in status if line.startswith("VmHWM")))
"""
"""Prints the kilobytes a program held at most; what its parent held before does not count."""
OURS = (
    """
import sys, time
from datetime import date
from workbook.measurement.logs import read_events
from workbook.measurement.targets import Targets
targets = Targets(("/services/*",), ("/contact",), ("/contact/send", "generate_lead"))
began = time.perf_counter()
counts = read_events(sys.argv[1], "benchmark", targets, today=date(2027, 1, 1))
seconds = time.perf_counter() - began
assert counts.rows and counts.lines == int(sys.argv[2]), counts
print(seconds, time.process_time())
"""
    + PEAK
)
_COUNT = (
    """
import sys, time
import duckdb
from pathlib import Path
from workbook.measurement.embedded import read_lines
began = time.perf_counter()
with duckdb.connect() as engine:
    engine.execute("SET enable_progress_bar = false")
    (found,) = engine.execute("SELECT count(*) FROM " + read_lines(Path(sys.argv[1]))).fetchone()
seconds = time.perf_counter() - began
assert found == int(sys.argv[2]), found
print(seconds, time.process_time())
"""
    + PEAK
)


class Measured(NamedTuple):
    """What a program took for a file."""

    seconds: float
    processor: float
    """Seconds of all processors together."""
    megabytes: float
    """Its peak memory; not known of other people's programs."""


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


# -- measuring -------------------------------------------------------------------------------------


def measure(program: str, path: Path, lines: int) -> Measured:
    """What one of our programs takes, in a Python of its own."""
    command = [sys.executable, "-c", program, str(path), str(lines)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    seconds, processor, kilobytes = said.split()
    return Measured(float(seconds), float(processor), float(kilobytes) / 1024)


def measure_goaccess(path: Path) -> Measured | None:
    """What GoAccess takes for its report; None where it is not installed."""
    found = shutil.which("goaccess")
    if found is None:
        return None
    command = [
        found, str(path), "--log-format=COMBINED", "--no-global-config", "--no-progress",
        "-o", str(path.with_suffix(".json")),
    ]  # fmt: skip
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    seconds = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(seconds, used, math.nan)


def compare(folder: Path, lines: int, start: float) -> Measured:
    """What each program takes for a log of so many lines; prints it, and gives what ours took."""
    path = folder / "access.log"
    write_log(path, lines)
    rounds = range(1 if lines >= ONCE_FROM else 2)
    count, ours, other = (
        min((took for _ in rounds if (took := run())), default=None)
        for run in (
            lambda: measure(_COUNT, path, lines),
            lambda: measure(OURS, path, lines),
            lambda: measure_goaccess(path),
        )
    )
    row = f"{lines:>11,} {path.stat().st_size / 1_000_000:7.0f} MB {count.seconds:8.2f} s"
    row += f" {ours.seconds:8.2f} s {start:8.2f} s {ours.processor:9.2f} s {ours.megabytes:7.0f} MB"
    if other:
        row += f" {other.seconds:9.2f} s {other.seconds / ours.seconds:6.1f}"
        row += f" {other.seconds / (ours.seconds - start):17.1f}"
    print(row, flush=True)  # noqa: T201 - the result
    path.unlink()
    return ours


def measure_start(folder: Path) -> Measured:
    """What any log costs, however short: the quickest of three starts."""
    path = folder / "line"
    write_log(path, ONE_VISIT)
    return min(measure(OURS, path, ONE_VISIT) for _ in range(3))


def main() -> None:
    """Measure and print a table."""
    sizes = [int(word.replace("_", "")) for word in sys.argv[1:]] or LINES
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
        folder = Path(name)
        start = measure_start(folder)
        print(HEADER)  # noqa: T201 - the result
        found = {n: compare(folder, n, start.seconds) for n in sizes}
    for (few, small), (many, large) in pairwise(found.items()):
        told = [
            f"{(large[at] - start[at]) / (small[at] - start[at]):.1f} times {what}"
            for at, what in enumerate(("as long", "the processors' seconds"))
        ]
        whole = large.seconds / small.seconds
        print(  # noqa: T201 - the result
            f"{many / few:.1f} times the lines took {whole:.1f} times as long;"
            f" without start-up {' and '.join(told)}"
        )


if __name__ == "__main__":
    main()
