"""Page visits in a loop, and what the server has grown by afterwards.

Run as ``python -m tests.soak`` (2,000 visits), or with another number after it. Each visit opens a
page and a plan of its own, answers a question and says goodbye. Prints processes, open files,
files on disk and memory before and after; the exit code is 1 when something grew beyond its bound.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import sys
import tempfile
import time
from dataclasses import dataclass, fields
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from serving_fixtures import Served, run_server

from tests.benchmarks.memory import (
    find_copies,
    find_others,
    find_parent,
    read_memory,
    wait_until_practised,
)
from tests.visitors import Gone, Visitor
from workbook.serving.app import find_notebooks
from workbook.storage.encryption import new_key

VISITS = 2000
AT_ONCE = 4
NOTEBOOKS = ("02_goals.ipynb", "08_time.ipynb", "00_start.ipynb", "04_voice.ipynb")

#: Visits after which the server has met everything once; what it holds then is the measure.
_SETTLED = 40


@dataclass(frozen=True)
class Held:
    """What a server holds while nobody is there; memory in MB."""

    processes: int
    server_files: int
    parent_files: int
    files_on_disk: int
    server_objects: int
    server_mb: float
    parent_mb: float


#: How much more of each there may be afterwards: a few connections that are just being closed, and
#: memory that Python keeps for the next time. All there is of a visit are 300 objects and more, so
#: that a few visits tell whether one is kept. Our defaults.
BOUNDS = Held(0, 4, 0, 2, 2000, 12.0, 4.0)


def hold(served: Served) -> Held:
    """What the server holds now."""
    server = psutil.Process(served.process.pid)
    parent = find_parent(server.pid)
    folder = re.search(r"Storing connection files in (\S+)\.", served.log())
    return Held(
        processes=len(server.children(recursive=True)),
        server_files=server.num_fds(),
        parent_files=parent.num_fds(),
        files_on_disk=len(list(Path(folder[1]).rglob("*"))) if folder else 0,
        server_objects=served.count_objects(),
        server_mb=round(read_memory(server.pid).resident, 1),
        parent_mb=round(read_memory(parent.pid).resident, 1),
    )


async def visit(served: Served, number: int) -> float:
    """One visit from the first request to the farewell; its seconds."""
    began = time.monotonic()
    visitor = Visitor(served.port)
    await visitor.come(NOTEBOOKS[number % len(NOTEBOOKS)], new_key())
    said = await visitor.answer("start.name", f"Example {number}")
    if said["kind"] != "saved":
        raise Gone(said["kind"])
    await visitor.leave()
    return time.monotonic() - began


async def visit_all(served: Served, count: int) -> list[float]:
    """So many visits, a few at a time; the seconds of each."""
    places = asyncio.Semaphore(AT_ONCE)

    async def come(number: int) -> float:
        async with places:
            return await visit(served, number)

    return await asyncio.gather(*(come(number) for number in range(count)))


async def settle(served: Served, others: frozenset[int] = frozenset()) -> Held:
    """Wait until every page has ended, but those of others, then look."""
    until = time.monotonic() + 60
    while find_others(served.process.pid, others) and time.monotonic() < until:  # noqa: ASYNC110 # processes tell no event
        await asyncio.sleep(0.05)
    await asyncio.to_thread(wait_until_practised, served.process.pid)
    return hold(served)


async def soak(
    served: Served, count: int, settled: int = _SETTLED
) -> tuple[Held, Held, list[float]]:
    """What the server held before and after so many visits, and the seconds of each.

    ``settled`` visits go before.
    """
    others = frozenset(find_copies(served.process.pid))
    while not find_copies(served.process.pid):  # the warm parent takes its time
        await visit(served, 0)
    await visit_all(served, settled)
    before = await settle(served, others)
    seconds = await visit_all(served, count)
    return before, await settle(served, others), seconds


def find_growth(before: Held, after: Held) -> list[str]:
    """What grew beyond its bound, in words."""
    return [
        f"{field.name} grew from {old} to {new}, and may grow by {bound}"
        for field in fields(Held)
        for old, new, bound in [[getattr(held, field.name) for held in (before, after, BOUNDS)]]
        if new - old > bound
    ]


def run(count: int, folder: Path) -> list[str]:
    """Soak a server of its own; what grew."""
    store = f"sqlite:///{folder / 'plans.sqlite3'}"
    with run_server(find_notebooks(), folder / "log", store=store, kernels=60) as served:
        before, after, seconds = asyncio.run(soak(served, count))
    seconds.sort()
    for field in fields(Held):
        old, new = getattr(before, field.name), getattr(after, field.name)
        sys.stdout.write(f"{field.name:14} {old:8} before {new:8} after\n")
    middle, last = seconds[len(seconds) // 2], seconds[int(len(seconds) * 0.95)]
    sys.stdout.write(f"{count} visits, the middle one {middle:.2f} s, 95 % within {last:.2f} s\n")
    return find_growth(before, after)


def main(arguments: list[str]) -> int:
    """Run the visits; gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("visits", nargs="?", type=int, default=VISITS)
    count = parser.parse_args(arguments).visits
    with tempfile.TemporaryDirectory(prefix="wb") as folder:
        grown = run(count, Path(folder))
    for line in grown:
        sys.stdout.write(line + "\n")
    return 1 if grown else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
