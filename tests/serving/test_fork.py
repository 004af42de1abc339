"""The warm parent: a kernel by fork, another parent when one dies, the ordinary way without."""

from __future__ import annotations

import asyncio
import html
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
from serving_fixtures import (
    ROOT,
    WIDGETS,
    Served,
    run_server,
    wait_until,
    write_notebook,
    write_pages,
)

from tests.benchmarks import memory
from tests.benchmarks.benchmark_memory import CHARTED, PAGE
from tests.benchmarks.benchmark_memory import measure as measure_memory
from tests.soak.__main__ import NOTEBOOKS, find_growth, soak
from tests.visitors import Visitor
from workbook.interface.desk import read_script
from workbook.serving.app import find_notebooks
from workbook.serving.environment import reduce_environment
from workbook.serving.warm import ForkedProcess, ForkFailed, WarmParent

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(not WarmParent.is_possible(), reason="this system has no fork by handle"),
]

START = "/voila/render/00_start.ipynb"
NOTE = "/voila/render/01_note.ipynb"


ASK = """
import json, os, random, secrets, ssl, sys, uuid
import numpy
print(json.dumps([os.getpid(), os.getsid(0), random.random(), numpy.random.random(), os.getcwd(),
                  os.getppid(), sorted(sys.modules),
                  [secrets.token_hex(), uuid.uuid4().hex, ssl.RAND_bytes(16).hex(),
                   numpy.random.default_rng().random(), os.environ["TMPDIR"]]]))
"""


GREEDY = """
import resource
try:
    bytearray(700_000_000)
except MemoryError:
    print("refused", *resource.getrlimit(resource.RLIMIT_CORE))
"""

#: What a page may take of the machine's memory here, in MB: less than the greedy page wants.
_BOUND = {"page_memory_mb": 600}


def write_asking(folder: Path) -> Path:
    """The usual pages, those of the workbook, and two that tell of their kernel."""
    pages = write_pages(folder)
    for name in (CHARTED, PAGE, *NOTEBOOKS):
        shutil.copy(find_notebooks() / name, pages)
    write_notebook(pages, "ask.ipynb", "# Ask", ASK)
    write_notebook(pages, "greedy.ipynb", "# Greedy", GREEDY)
    return pages


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with a page that tells of its kernel; killed at the end, it leaves nothing running.

    What visitors answer is kept in a database of its own.
    """
    folder = tmp_path_factory.mktemp("asked")
    store = f"sqlite:///{folder / 'plans.sqlite3'}"
    pages = write_asking(folder)
    with run_server(pages, folder / "log", store=store, kernels=60, **_BOUND) as served:
        served.folder = folder
        wait_for_copies(served)
        yield served
        known = psutil.Process(served.process.pid).children(recursive=True)
        assert len(known) >= 2
        served.process.kill()
        served.process.wait(timeout=30)
        wait_until(lambda: not any(c.is_running() for c in known), 15)


@pytest.fixture(scope="module")
def unforked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server without the warm parent, stopped as an operator does; nothing runs on."""
    folder = tmp_path_factory.mktemp("unforked")
    with run_server(write_asking(folder), folder / "log", fork=False, **_BOUND) as served:
        yield served
        served.ask(NOTE)
        known = psutil.Process(served.process.pid).children(recursive=True)
        assert known
        served.stop()
        wait_until(lambda: not any(c.is_running() for c in known), 15)


def wait_for_copies(served: Served) -> None:
    """Wait until pages come from the warm parent there is."""
    wait_until(lambda: tell(served)[5] == find_parent(served).pid, 120)


def find_parent(served: Served) -> psutil.Process:
    """The warm parent of a running server."""
    return memory.find_parent(served.process.pid)


def tell(served: Served) -> list:
    """What a kernel told of itself on its page."""
    text = re.search(
        r"<pre>(.*?)</pre>", served.ask("/voila/render/ask.ipynb")[2].decode(), re.DOTALL
    )
    return json.loads(html.unescape(text[1]))


@pytest.mark.parametrize("kind", ["asked", "unforked"])
def test_a_page_cannot_take_the_machines_memory(kind: str, request: pytest.FixtureRequest) -> None:
    """What one page reaches for beyond its bound fails in that page, and it writes no dump."""
    served: Served = request.getfixturevalue(kind)
    assert b"refused 0 0" in served.ask("/voila/render/greedy.ipynb")[2]


def test_a_parent_that_still_warms_up_is_left_alone_and_safe_to_copy() -> None:
    """On a busy machine it takes its time; then it has one thread and no socket of a kernel's.

    With its first word comes the script that the pages copied from it will ask for.
    """
    environment = reduce_environment(os.environ) | {"PYTHONPATH": str(ROOT)}
    scripts: list[bytes] = []

    async def ask_early_and_late() -> tuple[int | None, dict]:
        warm = WarmParent(environment, patience=0.01)
        warm.note_script = scripts.append
        warm.start()
        first = warm.pid
        with pytest.raises(ForkFailed, match="warms up"):
            await warm.fork(["-f", "x"], "/", {})
        warm.patience = 90.0
        said = await warm.describe()
        said["seen"] = psutil.Process(warm.pid).num_threads()
        warm.stop()
        return first, said

    first, said = asyncio.run(ask_early_and_late())
    assert said["pid"] == first
    assert said["seen"] == said["threads"] == 1
    assert said["zmq_context"] is False
    assert said["modules"] > 1000
    assert scripts == [read_script().encode()]


def test_a_copy_is_a_process_of_its_own(asked: Served) -> None:
    """A session and chance of its own, from the parent that has everything imported."""
    first, second = tell(asked), tell(asked)
    assert first[0] == first[1]
    assert first[0] != second[0]
    assert first[2:4] != second[2:4]
    assert first[5] == second[5] == find_parent(asked).pid
    wanted = {"matplotlib.figure", "pandas", "anywidget", "sqlalchemy", "ipykernel.zmqshell"}
    assert wanted <= set(first[6])


def test_a_copy_has_one_thread_for_all_its_lines(asked: Served) -> None:
    """Beside it one that ends it with the app, and two of the library that carries messages.

    They are no more where a message is long, and none listens on a port that others could reach.
    """
    copy = psutil.Process(tell(asked)[0])
    assert copy.num_threads() == 4
    assert not copy.net_connections("inet")


def test_other_options_are_for_an_ordinary_start() -> None:
    """A copy is a kernel as all of ours are; asked for another, the parent gives none."""
    environment = reduce_environment(os.environ) | {"PYTHONPATH": str(ROOT)}

    async def ask() -> None:
        warm = WarmParent(environment, patience=90.0)
        warm.start()
        try:
            with pytest.raises(ForkFailed, match="other options"):
                await warm.fork(["-f", "x", "--quiet"], "/", {})
        finally:
            warm.stop()

    asyncio.run(ask())


def test_what_a_kernel_needs_is_imported_before_the_fork(asked: Served) -> None:
    """A kernel loads next to nothing by itself: the rehearsal met all of it."""
    notebook = (
        "import sys; before = set(sys.modules)",
        WIDGETS,
        "print('new:', sorted(set(sys.modules) - before))",
    )
    write_notebook(asked.pages, "new.ipynb", "# New", *notebook)
    body = asked.ask("/voila/render/new.ipynb")[2].decode()
    assert "new: []" in body


def test_a_page_is_told_of_all_its_widgets_at_once(asked: Served) -> None:
    """Though their library was imported before there was a kernel, one question is enough."""

    async def ask() -> int:
        visitor = Visitor(asked.port)
        await visitor.arrive("00_start.ipynb")
        await visitor.connect()
        await visitor.leave()
        return len(visitor.states)

    assert asyncio.run(ask()) >= 4


def test_an_open_page_shares_most_of_its_memory(asked: Served) -> None:
    """With its plan opened and a chart drawn it has little for itself.

    The parent has practised by then, and still has one thread and no database.
    """
    found = asyncio.run(measure_memory(asked, 1))
    opened = found["with a chart"]
    assert opened["processes"] == 1
    assert opened["own_mb"] < 40
    process = find_parent(asked)
    held = [str(place.readlink()) for place in Path(f"/proc/{process.pid}/fd").iterdir()]
    assert not [place for place in held if "sqlite" in place or "/wb" in place]
    assert process.num_threads() == 1


def test_a_copy_guesses_no_secret_of_another(asked: Served) -> None:
    """What is drawn for keys and names comes from the system, anew in each copy."""
    first, second = tell(asked), tell(asked)
    assert not set(first[7]) & set(second[7])


def test_ended_copies_leave_nothing_behind(asked: Served) -> None:
    """An ended child is taken out of the system's list of processes."""
    child = psutil.Process(tell(asked)[0])
    child.kill()
    wait_until(lambda: not psutil.pid_exists(child.pid), 5)


def test_pages_open_without_any_fork(unforked: Served) -> None:
    """Switched off, kernels start the ordinary way."""
    assert b"widget-view+json" in unforked.ask(START)[2]
    names = [" ".join(c.cmdline()) for c in psutil.Process(unforked.process.pid).children()]
    assert any("ipykernel_launcher" in name for name in names)
    assert not any("forkserver" in name for name in names)


def test_a_killed_kernel_is_taken_away(asked: Served) -> None:
    """A kernel that was killed gives its place back."""
    asked.ask(NOTE)
    killed = int((asked.folder / "pids").read_text().split()[-1])
    there = asked.health()["pages"]
    os.kill(killed, signal.SIGKILL)
    wait_until(lambda: asked.health()["pages"] < there, 10)


def test_a_notebook_in_a_folder_of_its_own_runs_there(asked: Served) -> None:
    """A kernel's folder is its notebook's."""
    (asked.pages / "inner").mkdir()
    write_notebook(asked.pages / "inner", "here.ipynb", "# Here", "import os; print(os.getcwd())")
    body = asked.ask("/voila/render/inner/here.ipynb")[2]
    assert str(asked.pages / "inner").encode() in body


def test_visits_leave_nothing_behind(asked: Served) -> None:
    """Twenty visits to the workbook's pages: no process, file or memory more than before.

    ``python -m tests.soak`` makes two thousand.
    """
    before, after, seconds = asyncio.run(soak(asked, 20, settled=8))
    assert len(seconds) == 20
    assert not find_growth(before, after)


def test_pages_open_when_the_parent_was_killed(asked: Served) -> None:
    """The next page comes all the same, open pages keep their kernels, a new parent takes over."""
    assert asked.ask(NOTE)[0] == 200
    pid = int((asked.folder / "pids").read_text().split()[-1])
    old = find_parent(asked)
    old.kill()
    status, _, body = asked.ask(START)
    assert status == 200
    assert b"application/vnd.jupyter.widget-view+json" in body
    assert psutil.pid_exists(pid)
    assert find_parent(asked).pid != old.pid
    wait_for_copies(asked)


def test_a_process_that_is_not_ours_is_never_mistaken() -> None:
    """An ended process is known as ended, and no signal reaches whoever has its number next."""
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    process = ForkedProcess(child.pid, os.pidfd_open(child.pid))
    assert process.poll() is None
    process.terminate()
    assert process.wait() == 0
    child.wait()
    process.kill()
    assert process.poll() == 0
    child.stdin.close()
