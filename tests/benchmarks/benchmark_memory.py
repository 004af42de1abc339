"""Memory of open pages: the warm parent, and its copies printed, opened and with a chart.

Run as ``python -m tests.benchmarks.benchmark_memory``, or with a number of pages after it. Prints
the middle of each figure in MB: a page's share (what is shared with others in proportion) and what
it has for itself.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from serving_fixtures import Served, run_server

from tests.benchmarks.memory import (
    find_copies,
    find_others,
    find_parent,
    read_memory,
    wait_until_practised,
)
from tests.visitors import Visitor
from workbook.serving.app import find_notebooks

PAGE = "02_goals.ipynb"
#: A screen with a chart, of the finished example.
CHARTED, CHART = "08_time.ipynb", "time/week"
PAGES = 50


async def measure(served: Served, number: int) -> dict[str, dict[str, float]]:
    """Open pages one after another, all to stay, and read what each process holds at each stage."""
    await _wait_until_warm(served)
    others = frozenset(find_copies(served.process.pid))
    found = {"warm parent alone": _read([find_parent(served.process.pid).pid])}
    visitors = [Visitor(served.port) for _ in range(number)]
    for visitor in visitors:
        await visitor.arrive(CHARTED)
    found["page printed"] = _read(find_others(served.process.pid, others))
    for visitor in visitors:
        await visitor.connect()
        await visitor.open()
    found["plan opened"] = _read(find_others(served.process.pid, others))
    for visitor in visitors:
        await visitor.show(CHART)
    found["with a chart"] = _read(find_others(served.process.pid, others))
    found["warm parent with them"] = _read([find_parent(served.process.pid).pid])
    found["server with them"] = _read([served.process.pid])
    for visitor in visitors:
        await visitor.leave()
    return found


async def _wait_until_warm(served: Served) -> None:
    """Until a page comes from the warm parent, and that has practised them all."""
    while True:
        visitor = Visitor(served.port)
        await visitor.arrive(PAGE)
        copies = find_copies(served.process.pid)
        await visitor.leave()
        if copies:
            await asyncio.to_thread(wait_until_practised, served.process.pid)
            return


def _read(processes: list[int]) -> dict[str, float]:
    read = [read_memory(process) for process in processes]
    return {
        "processes": len(read),
        "share_mb": round(statistics.median(one.share for one in read), 1),
        "own_mb": round(statistics.median(one.own for one in read), 1),
    }


def main(arguments: list[str]) -> None:
    """Measure and print, as text for people and one line of JSON for programs."""
    number = int(arguments[0]) if arguments else PAGES
    with tempfile.TemporaryDirectory(prefix="wb") as folder:
        store = f"sqlite:///{folder}/plans.sqlite3"
        settings = {"store": store, "kernels": number + 2}
        began = time.monotonic()
        with run_server(find_notebooks(), Path(folder) / "log", **settings) as served:
            found = asyncio.run(measure(served, number))
            seconds = time.monotonic() - began
    for stage, row in found.items():
        figures = f"share {row['share_mb']:6} MB   own {row['own_mb']:6} MB"
        sys.stdout.write(f"{stage:22} {row['processes']:3} process(es)   {figures}\n")
    sys.stdout.write(f"{number} pages in {seconds:.0f} s\n{json.dumps(found)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
