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
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from .arrivals import answer_among_idle, arrive
from .browser import measure_visits
from .frameworks import FRAMEWORKS, warm_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .browser import Figures

Table = dict[str, dict[str, float]]
PARTS = ("visits", "arrivals", "idle")
SHORT = ("ours", "stock")
REST = 3.0
"""Seconds between two visitors, in which the kernels of the last one end."""


def compare_visits(names: Sequence[str], python: str, rounds: int, returns: int) -> Table:
    """Medians in milliseconds, by figure and framework.

    The frameworks take turns, so that whatever else the machine does meets all alike.
    """
    from contextlib import ExitStack

    from playwright.sync_api import sync_playwright

    found: dict[str, Figures] = {name: {} for name in names}
    with (
        tempfile.TemporaryDirectory(prefix="wb") as folder,
        sync_playwright() as playwright,
        ExitStack() as servers,
    ):
        running = {
            name: servers.enter_context(FRAMEWORKS[name](Path(folder), python)) for name in names
        }
        for server in running.values():
            warm_up(server)
        for _ in range(rounds):
            for name, server in running.items():
                measure_visits(playwright, server, found[name], returns=returns, answers=3)
                time.sleep(REST)
    kinds = found[names[0]]
    return {k: {n: statistics.median(found[n][k]) for n in names} for k in kinds}


def compare_arrivals(names: Sequence[str], python: str, count: int, seconds: float) -> Table:
    """What many visitors wait for, in seconds, and what each takes, one framework at a time."""
    found: Table = {}
    for name in names:
        with (
            tempfile.TemporaryDirectory(prefix="wb") as folder,
            FRAMEWORKS[name](Path(folder), python) as running,
        ):
            for kind, value in asyncio.run(arrive(name, running, count, seconds)).items():
                found.setdefault(kind, {})[name] = value
    return found


def measure_idle(idle: int, busy: int, seconds: float) -> Table:
    """What answers wait for in ours while many others only have their page open."""
    with (
        tempfile.TemporaryDirectory(prefix="wb") as folder,
        FRAMEWORKS["ours"](Path(folder), "") as running,
    ):
        found = asyncio.run(answer_among_idle(running, idle, busy, seconds))
    return {kind: {"ours": value} for kind, value in found.items()}


def measure(
    names: Sequence[str], python: str, parts: Sequence[str], *, short: bool
) -> dict[str, Table]:
    """All tables that are asked for, by their titles."""
    tables: dict[str, Table] = {}
    if "visits" in parts:
        rounds, returns = (1, 1) if short else (3, 3)
        title = "One visitor in Chromium, medians in ms"
        tables[title] = compare_visits(names, python, rounds, returns)
    if "arrivals" in parts:
        count, seconds = (3, 1.0) if short else (50, 10.0)
        title = f"{count} visitors within {seconds:.0f} s, in s"
        tables[title] = compare_arrivals(names, python, count, seconds)
    if "idle" in parts and "ours" in names:
        idle, busy, seconds = (4, 2, 2.0) if short else (300, 30, 30.0)
        title = f"{idle} connected, {busy} of them answering, in s"
        tables[title] = measure_idle(idle, busy, seconds)
    return tables


def write_table(title: str, table: Table) -> str:
    """A table in Markdown: a row for each figure, beside each other framework its ratio to ours."""
    names = list(next(iter(table.values())))
    rows = [["", *names], ["---", *("---:" for _ in names)]]
    rows += [[kind, *(_write_cell(row, name) for name in names)] for kind, row in table.items()]
    return "\n".join([title, "", *(f"| {' | '.join(row)} |" for row in rows)]) + "\n\n"


def _write_cell(row: dict[str, float], name: str) -> str:
    shown = f"{row[name]:.0f}" if row[name] >= 20 else f"{row[name]:.2f}"
    ours = row.get("ours")
    return f"{shown} ({row[name] / ours:.1f})" if ours and name != "ours" else shown


def main(arguments: Sequence[str]) -> None:
    """Measure and print, as text for people and one line of JSON for programs."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.serving", description=__doc__)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--only", nargs="+", choices=FRAMEWORKS)
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    asked = parser.parse_args(arguments)
    names = asked.only or (SHORT if asked.short else tuple(FRAMEWORKS))
    tables = measure(names, asked.python, asked.parts, short=asked.short)
    for title, table in tables.items():
        sys.stdout.write(write_table(title, table))
    sys.stdout.write(json.dumps(tables) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
