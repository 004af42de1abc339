"""Our app against stock Voila, the same notebook, in one run on one machine.

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
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from serving_fixtures import Served, run_server, write_notebook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

NAME = "00_start.ipynb"
FIELDS = 36

#: The same for both: fields, a chart, and an answer that changes a finding.
CELL = f"""
import io
import ipywidgets
from IPython.display import display
from matplotlib.figure import Figure
import pandas
figure = Figure(figsize=(6, 3))
axes = figure.subplots()
axes.plot(pandas.Series(range(12)))
picture = io.StringIO()
figure.savefig(picture, format="svg")
fields = [ipywidgets.Text(description=f"Field {{n}}") for n in range({FIELDS})]
finding = ipywidgets.Label("nothing yet")
def answer(change):
    finding.value = "found " + change["new"]
for field in fields:
    field.observe(answer, "value")
display(ipywidgets.VBox([*fields, ipywidgets.HTML(picture.getvalue()), finding]))
"""

#: In the page: when the last field is there, and when a finding is.
WATCH = """
(() => {
  const see = () => {
    if (!window.seenFields && document.querySelectorAll("input[type=text]").length >= FIELDS) {
      window.seenFields = performance.now();
    }
    if (window.wanted && document.body.innerText.includes(window.wanted)) {
      window.seenFinding = performance.now();
      window.wanted = null;
    }
  };
  const all = {childList: true, subtree: true, characterData: true};
  new MutationObserver(see).observe(document, all);
})()
""".replace("FIELDS", str(FIELDS))

ANSWER = """
(text) => {
  window.wanted = "found " + text;
  window.seenFinding = null;
  const field = document.querySelector("input[type=text]");
  field.value = text;
  window.asked = performance.now();
  field.dispatchEvent(new Event("input", {bubbles: true}));
  field.dispatchEvent(new Event("change", {bubbles: true}));
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
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(timeout=30)


@contextmanager
def run_ours(notebooks: Path, log: Path) -> Iterator[str]:
    """Our app over the same folder; its address, once the warm parent is warm."""
    with run_server(notebooks, log) as served:
        _warm_up(served)
        yield served.address


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


def measure(browser: Browser, address: str, figures: dict[str, list[float]]) -> None:
    """One visitor: a first visit, return visits and answers, noted in milliseconds."""
    visitor = browser.new_context()
    visitor.add_init_script(WATCH)
    page = visitor.new_page()
    for number in range(4):
        page.goto(f"{address}voila/render/{NAME}", wait_until="commit")
        seen = wait_for(page, "seenFields")
        figures["return visit" if number else "first visit"].append(seen)
        time.sleep(2)
    for number in range(5):
        page.evaluate(ANSWER, f"{number}.")
        figures["answer"].append(wait_for(page, "seenFinding") - page.evaluate("window.asked"))
    visitor.close()
    time.sleep(3)


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
        write_notebook(Path(folder), NAME, "# Fields and a chart", CELL)
        browser = playwright.chromium.launch(executable_path=found, args=arguments)
        notebooks, logs = Path(folder), Path(folder)
        with (
            run_ours(notebooks, logs / "ours.log") as ours,
            run_stock(notebooks, logs / "stock.log") as stock,
        ):
            for _ in range(rounds):
                for name, address in (("ours", ours), ("stock", stock)):
                    measure(browser, address, measured[name])
        browser.close()
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
