"""The frameworks that are compared: how each is started, and what its address is."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import Request, urlopen

import psutil
from serving_fixtures import BROWSER, run_server, write_notebook

from workbook.plan import Plan
from workbook.storage.database import DatabaseStore
from workbook.storage.encryption import new_key
from workbook.storage.plan_file import PlanFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

APPS = Path(__file__).resolve().parent / "apps"
NOTEBOOK = "00_page.ipynb"
PLACES = 400
"""How many pages ours may have open: as many as are wanted, on whatever machine."""


@dataclass(frozen=True)
class Running:
    """A server that runs: what a browser opens, its port, its main process and its store."""

    address: str
    port: int
    pid: int
    store: str = ""

    def weigh(self) -> float:
        """Proportional memory of the server and all it started, in MB."""
        return sum(self._ask_each(lambda process: process.memory_full_info().pss)) / 1024**2

    def count_work(self) -> float:
        """Seconds of processor time that the server and all it started have taken."""
        return sum(self._ask_each(lambda process: sum(process.cpu_times()[:2])))

    def _ask_each(self, ask: Callable[[psutil.Process], float]) -> Iterator[float]:
        main = psutil.Process(self.pid)
        for process in [main, *main.children(recursive=True)]:
            with suppress(psutil.NoSuchProcess):
                yield ask(process)


def make_plan(store: str) -> str:
    """A plan in a store whose business has a website, so that all questions are asked; its key."""
    key = new_key()
    plan = Plan.model_validate({"start": {"has_website": "yes"}})
    kept = DatabaseStore(store, key, today=date.today())  # noqa: DTZ011 - this machine's own day
    kept.save(PlanFile(plan=plan), expected_revision=0, now=datetime.now(UTC))
    return key


@contextmanager
def run_ours(folder: Path, _: str) -> Iterator[Running]:
    """Our server with its encrypted store, over a folder of one notebook."""
    pages = folder / "ours"
    pages.mkdir()
    _write_page(pages, "ours.py")
    store = f"sqlite:///{folder / 'plans.sqlite3'}"
    limits = {"kernels": PLACES, "opening_per_address": PLACES, "spares": 2}
    with run_server(pages, folder / "ours.log", store=store, **limits) as served:
        address = f"{served.address}voila/render/{NOTEBOOK}#key={make_plan(store)}"
        yield Running(address, served.port, served.process.pid, store)


@contextmanager
def run_stock(folder: Path, _: str) -> Iterator[Running]:
    """Voila as it comes, over a folder of one notebook."""
    pages = folder / "stock"
    pages.mkdir()
    _write_page(pages, "stock.py")
    command = [sys.executable, "-m", "voila", str(pages), "--no-browser", "--port={port}"]
    with _run(command, folder / "stock.log", pages) as (port, pid):
        yield Running(f"http://127.0.0.1:{port}/voila/render/{NOTEBOOK}", port, pid)


@contextmanager
def run_streamlit(folder: Path, python: str) -> Iterator[Running]:
    """Streamlit, asked to open no browser and to send no statistics."""
    command = [python, "-m", "streamlit", "run", str(APPS / "streamlit_page.py")]
    command += ["--server.port={port}", "--server.headless=true", "--server.address=127.0.0.1"]
    command += ["--browser.gatherUsageStats=false", "--server.fileWatcherType=none"]
    with _run(command, folder / "streamlit.log", APPS) as (port, pid):
        yield Running(f"http://127.0.0.1:{port}/", port, pid)


@contextmanager
def run_panel(folder: Path, python: str) -> Iterator[Running]:
    """Panel, as its own command serves a file."""
    command = [python, "-m", "panel", "serve", str(APPS / "panel_page.py"), "--port={port}"]
    command += ["--address=127.0.0.1", "--allow-websocket-origin=127.0.0.1:{port}"]
    with _run(command, folder / "panel.log", APPS) as (port, pid):
        yield Running(f"http://127.0.0.1:{port}/panel_page", port, pid)


@contextmanager
def run_solara(folder: Path, python: str) -> Iterator[Running]:
    """Solara, in the way its documentation gives for production."""
    command = [python, "-m", "solara", "run", str(APPS / "solara_page.py"), "--production"]
    command += ["--port={port}", "--host=127.0.0.1", "--no-open"]
    with _run(command, folder / "solara.log", APPS) as (port, pid):
        yield Running(f"http://127.0.0.1:{port}/", port, pid)


FRAMEWORKS: dict[str, Callable[[Path, str], AbstractContextManager[Running]]] = {
    "ours": run_ours,
    "stock": run_stock,
    "streamlit": run_streamlit,
    "panel": run_panel,
    "solara": run_solara,
}
"""What is compared, by name: what runs it, in a folder, by a Python that has it."""


def warm_up(running: Running) -> None:
    """Ask for the page once: what a server loads for its first visitor is no visitor's figure."""
    asked = Request(running.address.partition("#")[0], headers={"User-Agent": BROWSER})
    with urlopen(asked, timeout=60) as answer:
        answer.read()


def _write_page(folder: Path, name: str) -> None:
    """A notebook of two cells: the questions, and the page that asks them."""
    cells = [(APPS / part).read_text(encoding="utf-8") for part in ("questions.py", name)]
    cells[1] = re.sub(r"^from questions import .*\n", "", cells[1], flags=re.MULTILINE)
    write_notebook(folder, NOTEBOOK, "# Your business", *cells, title="Your business")


@contextmanager
def _run(command: list[str], log: Path, place: Path) -> Iterator[tuple[int, int]]:
    """A command that serves, on a free port; the port and its process, once it takes visitors."""
    port = find_port()
    with log.open("wb") as file:
        process = subprocess.Popen(
            [part.format(port=port) for part in command],
            stdout=file,
            stderr=subprocess.STDOUT,
            cwd=place,
            env={**os.environ, "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False"},
        )
    try:
        _wait_for(port, process, log)
        yield port, process.pid
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a server and all it started."""
    try:
        children = psutil.Process(process.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        children = []
    process.terminate()
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for child in psutil.wait_procs(children, timeout=5)[1]:
        child.kill()


def find_port() -> int:
    """A port that nobody uses at the moment."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    message = f"It did not start:\n{log.read_text(encoding='utf-8', errors='replace')[-2000:]}"
    raise RuntimeError(message)


def find_chromium() -> str:
    """The browser of the comparison."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    return found or os.environ["CHROMIUM"]
