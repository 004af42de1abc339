"""Our page of goals against the same page in stock Voila, in one run on one machine.

Ours keeps every answer in its encrypted store, stock Voila in a plan file.

Run as ``python -m tests.benchmarks.benchmark_serving``, or with ``--short`` for a quick look.
Prints the median of each figure and the ratio; thresholds stand in no test.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from serving_fixtures import Served, run_server, write_notebook

from workbook.serving.app import find_notebooks
from workbook.storage.database import DatabaseStore
from workbook.storage.encryption import new_key
from workbook.storage.plan_file import PlanFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import BrowserContext, Page

NAME = "02_goals.ipynb"

#: Stock Voila opens the same page on a plan file, at the same question.
CELL = """
from workbook import page
goals = page("goals", plan="stock.json")
goals.show("goals.decision")
goals
"""

#: In the page: when the question can be answered, and when a finding has come or gone.
WATCH = """
(() => {
  const see = () => {
    if (!window.seenFields && document.querySelector("[data-path='goals.decision'] input")) {
      window.seenFields = performance.now();
    }
    const findings = document.querySelectorAll(".wb-finding").length > 0;
    if (window.wanted !== undefined && findings === window.wanted) {
      window.seenFinding = performance.now();
      window.wanted = undefined;
    }
  };
  new MutationObserver(see).observe(document, {childList: true, subtree: true});
})()
"""

#: A decision takes its finding away; taking it back brings the finding.
ANSWER = """
(back) => {
  const question = document.querySelector("[data-path='goals.decision']");
  window.wanted = back;
  window.seenFinding = null;
  window.asked = performance.now();
  (back ? question.querySelector(".wb-clear") : question.querySelector("input")).click();
}
"""


@contextmanager
def run_stock(notebooks: Path, log: Path) -> Iterator[str]:
    """Voila as it comes, over a folder of notebooks; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "voila", str(notebooks), "--no-browser", f"--port={port}"]
    with log.open("wb") as file:
        process = subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT)
    try:
        for _ in range(600):
            with socket.socket() as line:
                if line.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/voila/render/{NAME}"
    finally:
        process.terminate()
        process.wait(timeout=30)


@contextmanager
def run_ours(notebooks: Path, log: Path) -> Iterator[str]:
    """Our app with its encrypted store; the address of a plan, once the parent is warm."""
    store = f"sqlite:///{notebooks / 'plans.sqlite3'}"
    key = new_key()
    plan = DatabaseStore(store, key, today=date.today())  # noqa: DTZ011 - this machine's own day
    plan.save(PlanFile(), expected_revision=0, now=datetime.now(UTC))
    with run_server(find_notebooks(), log, store=store) as served:
        _warm_up(served)
        yield f"{served.address}voila/render/{NAME}#key={key}&at=goals.decision"


def _warm_up(served: Served) -> None:
    served.ask("/voila/render/" + NAME)


def wait_for(page: Page, name: str) -> float:
    """A moment the page notes, in milliseconds of its own clock."""
    for _ in range(1200):
        if seen := page.evaluate(f"window.{name} || 0"):
            return float(seen)
        time.sleep(0.05)
    message = f"The page never came to {name}"
    raise TimeoutError(message)


def measure(visitor: BrowserContext, address: str, figures: dict[str, list[float]]) -> None:
    """One visitor: a first visit, return visits and answers, noted in milliseconds.

    The visitor has a profile on disk, as browsers have: without one, scripts are compiled anew at
    each visit.
    """
    visitor.add_init_script(WATCH)
    page = visitor.new_page()
    for number in range(4):
        page.goto("about:blank")
        page.goto(address, wait_until="commit")
        seen = wait_for(page, "seenFields")
        figures["return visit" if number else "first visit"].append(seen)
        time.sleep(2)
    for number in range(6):
        page.evaluate(ANSWER, bool(number % 2))
        figures["answer"].append(wait_for(page, "seenFinding") - page.evaluate("window.asked"))
        time.sleep(0.5)


def compare(rounds: int) -> dict[str, dict[str, float]]:
    """Medians of both, in milliseconds, and the ratio.

    They take turns, so that whatever else the machine does meets both alike.
    """
    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium") or os.environ["CHROMIUM"]
    arguments = ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    kinds = ("first visit", "return visit", "answer")
    measured: dict[str, dict[str, list[float]]] = {
        name: {kind: [] for kind in kinds} for name in ("ours", "stock")
    }
    with tempfile.TemporaryDirectory(prefix="wb") as folder, sync_playwright() as playwright:
        write_notebook(Path(folder), NAME, "# Why, and goals", CELL)

        def visit() -> BrowserContext:
            return playwright.chromium.launch_persistent_context(
                tempfile.mkdtemp(dir=folder), executable_path=found, args=arguments
            )

        notebooks, logs = Path(folder), Path(folder)
        with (
            run_ours(notebooks, logs / "ours.log") as ours,
            run_stock(notebooks, logs / "stock.log") as stock,
        ):
            for _ in range(rounds):
                for name, address in (("ours", ours), ("stock", stock)):
                    with visit() as visitor:
                        measure(visitor, address, measured[name])
                    time.sleep(3)
    return {what: _summarise(measured, what) for what in measured["ours"]}


def _summarise(measured: dict[str, dict[str, list[float]]], what: str) -> dict[str, float]:
    ours, stock = (statistics.median(measured[name][what]) for name in ("ours", "stock"))
    return {"ours_ms": round(ours), "stock_ms": round(stock), "ratio": round(ours / stock, 2)}


def main(arguments: list[str]) -> None:
    """Measure and print, as text for people and one line of JSON for programs."""
    result: dict[str, Any] = compare(2 if "--short" in arguments else 8)
    for what, row in result.items():
        line = f"{what:14} ours {row['ours_ms']:6} ms   stock {row['stock_ms']:6} ms"
        sys.stdout.write(f"{line}   ratio {row['ratio']}\n")
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
