"""The same page of twelve questions and a chart in five frameworks, in one run on one machine.

Ours keeps every answer in its encrypted store, the others keep nothing. Run as ``python -m
tests.benchmarks.serving``: the extra ``bench`` has the other frameworks; where they live in an
environment of their own, ``--python`` names its Python. ``--short`` has a quick look at ours and
stock Voila, ``--only`` names some, ``--parts`` says what to measure. Prints tables with the ratio
to ours, as Markdown, then one line of JSON; thresholds stand in no test.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import statistics
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from math import isnan, nan
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from playwright.async_api import async_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from .arrivals import answer_among_idle, arrive
from .browser import measure_visits
from .frameworks import FRAMEWORKS, warm_up

if TYPE_CHECKING:
    from collections.abc import Awaitable, Iterator, Sequence

    from .browser import Figures
    from .frameworks import Running

Found = TypeVar("Found")

Table = dict[str, dict[str, float]]
PARTS = ("visits", "arrivals", "idle")
SHORT = ("ours", "stock")
REST = 3.0
"""Seconds between two visitors, in which the kernels of the last one end."""
VISIT_LIMIT, CROWD_LIMIT = 90.0, 480.0
"""Seconds that one visitor may take in all, and that a crowd may."""


async def compare_visits(
    names: Sequence[str], python: str, rounds: int, returns: int, notes: list[str]
) -> Table:
    """Medians in milliseconds, by figure and framework.

    The frameworks take turns, so that whatever else the machine does meets all alike.
    """
    found: dict[str, Figures] = {name: {} for name in names}
    async with async_playwright() as playwright:
        with (
            tempfile.TemporaryDirectory(prefix="wb", ignore_cleanup_errors=True) as folder,
            ExitStack() as servers,
        ):
            started = {n: FRAMEWORKS[n](Path(folder), python) for n in names}
            running = {n: servers.enter_context(server) for n, server in started.items()}
            for server in running.values():
                await asyncio.to_thread(warm_up, server)
            for _ in range(rounds):
                for name, server in running.items():
                    visited = measure_visits(
                        playwright, server, found[name], returns=returns, answers=3
                    )
                    await _bound(f"{name}: a visitor", visited, VISIT_LIMIT, notes)
                    await asyncio.sleep(REST)
    kinds = dict.fromkeys(kind for name in names for kind in found[name])
    return {k: {n: statistics.median(found[n].get(k, [nan])) for n in names} for k in kinds}


async def compare_arrivals(
    names: Sequence[str], python: str, count: int, seconds: float, notes: list[str]
) -> Table:
    """What many visitors wait for, in seconds, and what each takes, one framework at a time."""
    found: dict[str, dict[str, float]] = {}
    for name in names:
        arriving = _arrive(name, python, count, seconds)
        found[name] = await _bound(name, arriving, CROWD_LIMIT, notes) or {}
        sys.stderr.write(f"{name}: {found[name]}\n")
    kinds = dict.fromkeys(kind for figures in found.values() for kind in figures)
    return {k: {n: found[n].get(k, nan) for n in names} for k in kinds}


async def measure_idle(idle: int, busy: int, seconds: float, notes: list[str]) -> Table:
    """What answers wait for in ours while many others only have their page open."""
    found = await _bound("ours", _idle(idle, busy, seconds), CROWD_LIMIT, notes) or {}
    return {kind: {"ours": value} for kind, value in found.items()}


async def _arrive(name: str, python: str, count: int, seconds: float) -> dict[str, float]:
    with _serve_alone(name, python) as running:
        return await arrive(name, running, count, seconds)


async def _idle(idle: int, busy: int, seconds: float) -> dict[str, float]:
    with _serve_alone("ours", "") as running:
        return await answer_among_idle(running, idle, busy, seconds)


@contextmanager
def _serve_alone(name: str, python: str) -> Iterator[Running]:
    with (
        tempfile.TemporaryDirectory(prefix="wb", ignore_cleanup_errors=True) as folder,
        FRAMEWORKS[name](Path(folder), python) as running,
    ):
        yield running


async def _bound(
    who: str, work: Awaitable[Found], seconds: float, notes: list[str]
) -> Found | None:
    """What comes of some work, or nothing and a note where it fails or takes too long."""
    try:
        return await asyncio.wait_for(work, seconds)
    except TimeoutError as error:
        notes.append(f"{who}: {str(error) or f'did not finish in {seconds:.0f} s'}")
    except Exception as error:  # noqa: BLE001 - one that fails leaves the others their figures
        notes.append(f"{who}: {type(error).__name__}: {str(error).splitlines()[0:1]}")
    return None


async def measure(names: Sequence[str], python: str, parts: Sequence[str], *, short: bool) -> None:
    """Measure and print what is asked for, as text for people and a line of JSON for programs."""
    rounds, returns = (1, 1) if short else (3, 2)
    count, seconds = (3, 1.0) if short else (50, 10.0)
    idle, busy, during = (4, 2, 2.0) if short else (300, 30, 30.0)
    notes: list[str] = []
    tables: dict[str, Table] = {}
    for part in parts:
        if part == "visits":
            title = "One visitor in Chromium, medians in ms"
            tables[title] = await compare_visits(names, python, rounds, returns, notes)
        elif part == "arrivals":
            title = f"{count} visitors within {seconds:.0f} s, in s"
            tables[title] = await compare_arrivals(names, python, count, seconds, notes)
        else:
            title = f"{idle} connected, {busy} of them answering, in s"
            tables[title] = await measure_idle(idle, busy, during, notes)
        _print(write_table(title, tables[title], notes))
        notes.clear()
    _print(json.dumps(tables) + "\n")


def _print(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def write_table(title: str, table: Table, notes: Sequence[str] = ()) -> str:
    """A table in Markdown: a row for each figure, beside each other framework its ratio to ours."""
    names = list(next(iter(table.values()), {}))
    rows = [["", *names], ["---", *("---:" for _ in names)]]
    rows += [[kind, *(_write_cell(row, name) for name in names)] for kind, row in table.items()]
    load = f"load of the machine at the end: {os.getloadavg()[0]:.1f}"
    lines = [f"{title} ({load})", "", *(f"| {' | '.join(row)} |" for row in rows)]
    return "\n".join([*lines, *(["", *notes] if notes else [])]) + "\n\n"


def _write_cell(row: dict[str, float], name: str) -> str:
    if isnan(row[name]):
        return "none"
    shown = f"{row[name]:.0f}" if row[name] >= 20 or row[name] == 0 else f"{row[name]:.2f}"
    ours = row.get("ours")
    return f"{shown} ({row[name] / ours:.1f})" if ours and name != "ours" else shown


def main(arguments: Sequence[str]) -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.serving", description=__doc__)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--only", nargs="+", choices=FRAMEWORKS)
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    asked = parser.parse_args(arguments)
    names = asked.only or (SHORT if asked.short else tuple(FRAMEWORKS))
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    asyncio.run(measure(names, asked.python, asked.parts, short=asked.short))


if __name__ == "__main__":
    main(sys.argv[1:])
