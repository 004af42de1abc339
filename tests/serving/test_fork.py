"""The warm parent: a kernel by fork, another parent when one dies, the ordinary way without."""

from __future__ import annotations

import asyncio
import html
import json
import os
import re
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
from tests.benchmarks.benchmark_memory import measure as measure_memory
from tests.visitors import Visitor
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


@pytest.fixture(scope="module")
def parent() -> Iterator[WarmParent]:
    """A warm parent by itself."""
    warm = WarmParent(reduce_environment(os.environ) | {"PYTHONPATH": str(ROOT)}, patience=90)
    warm.start()
    yield warm
    warm.stop()


ASK = """
import json, os, random, secrets, ssl, sys, uuid
import numpy
print(json.dumps([os.getpid(), os.getsid(0), random.random(), numpy.random.random(), os.getcwd(),
                  os.getppid(), sorted(sys.modules),
                  [secrets.token_hex(), uuid.uuid4().hex, ssl.RAND_bytes(16).hex(),
                   numpy.random.default_rng().random(), os.environ["TMPDIR"]]]))
"""


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with a page that tells of its kernel."""
    folder = tmp_path_factory.mktemp("asked")
    pages = write_pages(folder)
    write_notebook(pages, "ask.ipynb", "# Ask", ASK)
    with run_server(pages, folder / "log") as served:
        wait_until(lambda: tell(served)[5] == find_parent(served).pid, 120)
        yield served


def find_parent(served: Served) -> psutil.Process:
    """The warm parent of a running server."""
    return memory.find_parent(served.process.pid)


def tell(served: Served) -> list:
    """What a kernel told of itself on its page."""
    text = re.search(
        r"<pre>(.*?)</pre>", served.ask("/voila/render/ask.ipynb")[2].decode(), re.DOTALL
    )
    return json.loads(html.unescape(text[1]))


GREEDY = """
import resource
try:
    bytearray(700_000_000)
except MemoryError:
    print("refused", *resource.getrlimit(resource.RLIMIT_CORE))
"""


@pytest.mark.parametrize("fork", [True, False])
def test_a_page_cannot_take_the_machines_memory(tmp_path: Path, *, fork: bool) -> None:
    """What one page reaches for beyond its bound fails in that page, and it writes no dump."""
    pages = write_pages(tmp_path)
    write_notebook(pages, "ask.ipynb", "# Ask", GREEDY)
    with run_server(pages, tmp_path / "log", page_memory_mb=600, fork=fork) as served:
        assert b"refused 0 0" in served.ask("/voila/render/ask.ipynb")[2]


def test_the_parent_is_safe_to_copy(parent: WarmParent) -> None:
    """It has one thread and no socket of a kernel's, with everything imported."""
    said = asyncio.run(parent.describe())
    assert psutil.Process(parent.pid).num_threads() == said["threads"] == 1
    assert said["zmq_context"] is False
    assert said["modules"] > 1000


def test_a_copy_is_a_process_of_its_own(asked: Served) -> None:
    """A session and chance of its own, from the parent that has everything imported."""
    first, second = tell(asked), tell(asked)
    assert first[0] == first[1]
    assert first[0] != second[0]
    assert first[2:4] != second[2:4]
    assert first[5] == second[5] == find_parent(asked).pid
    wanted = {"matplotlib.figure", "pandas", "anywidget", "sqlalchemy", "ipykernel.zmqshell"}
    assert wanted <= set(first[6])


def test_what_a_kernel_needs_is_imported_before_the_fork(asked: Served) -> None:
    """A kernel loads next to nothing by itself: the rehearsal met all of it."""
    notebook = (
        "import sys; before = set(sys.modules)",
        WIDGETS,
        "print('new:', sorted(set(sys.modules) - before))",
    )
    pages = Path(asked.pages)
    write_notebook(pages, "new.ipynb", "# New", *notebook)
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


def test_an_open_page_shares_most_of_its_memory(tmp_path: Path) -> None:
    """With its plan opened and a chart drawn it has little for itself, and no gap's worth more."""
    store = f"sqlite:///{tmp_path / 'plans.sqlite3'}"
    with run_server(find_notebooks(), tmp_path / "log", store=store) as served:
        found = asyncio.run(measure_memory(served, 1))
    opened, parent = found["with a chart"], found["warm parent alone"]
    assert opened["processes"] == 1
    assert opened["own_mb"] < 50
    assert opened["own_mb"] < parent["own_mb"] / 4


def test_the_parent_holds_no_database(parent: WarmParent) -> None:
    """It has opened pages with plans of its own making, and closed what they were kept in."""
    asyncio.run(parent.describe())
    held = [str(place.readlink()) for place in Path(f"/proc/{parent.pid}/fd").iterdir()]
    assert not [place for place in held if "sqlite" in place or place.startswith("/tmp")]


def test_a_copy_guesses_no_secret_of_another(asked: Served) -> None:
    """What is drawn for keys and names comes from the system, anew in each copy."""
    first, second = tell(asked), tell(asked)
    assert not set(first[7]) & set(second[7])


def test_ended_copies_leave_nothing_behind(asked: Served) -> None:
    """An ended child is taken out of the system's list of processes."""
    child = psutil.Process(tell(asked)[0])
    child.kill()
    wait_until(lambda: not psutil.pid_exists(child.pid), 5)


def test_a_parent_that_dies_is_replaced() -> None:
    """The request it died on fails; the next one is answered by its successor."""

    async def kill_and_ask() -> tuple[int | None, dict]:
        environment = reduce_environment(os.environ) | {"PYTHONPATH": str(ROOT)}
        warm = WarmParent(environment, patience=90)
        warm.start()
        first = (await warm.describe())["pid"]
        os.kill(first, signal.SIGKILL)
        with pytest.raises(ForkFailed):
            await warm.fork(["-f", "x"], "/", {})
        said = await warm.describe()
        warm.stop()
        return first, said

    first, said = asyncio.run(kill_and_ask())
    assert said["pid"] != first
    assert said["threads"] == 1


def test_a_parent_that_still_warms_up_is_left_alone() -> None:
    """On a busy machine it takes its time; pages start the ordinary way until it is ready."""

    async def ask_early_and_late() -> tuple[int | None, dict]:
        warm = WarmParent(reduce_environment(os.environ) | {"PYTHONPATH": str(ROOT)}, patience=0.01)
        warm.start()
        first = warm.pid
        with pytest.raises(ForkFailed, match="warms up"):
            await warm.fork(["-f", "x"], "/", {})
        warm.patience = 60.0
        said = await warm.describe()
        warm.stop()
        return first, said

    first, said = asyncio.run(ask_early_and_late())
    assert said["pid"] == first


def test_pages_open_when_the_parent_was_killed(tmp_path: Path) -> None:
    """The next page comes all the same, open pages keep their kernels, a new parent takes over."""
    with run_server(write_pages(tmp_path), tmp_path / "log") as served:
        assert served.ask(NOTE)[0] == 200
        pid = int((tmp_path / "pids").read_text().split()[0])
        old = find_parent(served)
        old.kill()
        status, _, body = served.ask(START)
        assert status == 200
        assert b"application/vnd.jupyter.widget-view+json" in body
        assert psutil.pid_exists(pid)
        assert find_parent(served).pid != old.pid
        assert b"widget-view+json" in served.ask(START)[2]
        assert served.health()["pages"] == 3


def test_pages_open_without_any_fork(tmp_path: Path) -> None:
    """Switched off, kernels start the ordinary way."""
    with run_server(write_pages(tmp_path), tmp_path / "log", fork=False) as served:
        assert b"widget-view+json" in served.ask(START)[2]
        names = [" ".join(c.cmdline()) for c in psutil.Process(served.process.pid).children()]
        assert any("ipykernel_launcher" in name for name in names)
        assert not any("forkserver" in name for name in names)


def test_a_killed_kernel_is_taken_away(tmp_path: Path) -> None:
    """A kernel that was killed gives its place back, and its page is told that it has gone."""
    with run_server(write_pages(tmp_path), tmp_path / "log") as served:
        served.ask(NOTE)
        os.kill(int((tmp_path / "pids").read_text()), signal.SIGKILL)
        wait_until(lambda: served.health()["pages"] == 0, 10)


def test_nothing_runs_on_after_the_server(tmp_path: Path) -> None:
    """Stopped or killed, the server leaves neither kernels nor the warm parent."""
    for number, end in enumerate((signal.SIGTERM, signal.SIGKILL)):
        folder = tmp_path / str(number)
        folder.mkdir()
        with run_server(write_pages(folder), folder / "log") as served:
            served.ask(NOTE)
            known = psutil.Process(served.process.pid).children(recursive=True)
            assert len(known) >= 2
            served.process.send_signal(end)
            served.process.wait(timeout=30)
            wait_until(lambda: not any(c.is_running() for c in known), 15)  # noqa: B023 # waited for here


def test_a_notebook_in_a_folder_of_its_own_runs_there(tmp_path: Path) -> None:
    """A kernel's folder is its notebook's."""
    pages = write_pages(tmp_path)
    (pages / "inner").mkdir()
    write_notebook(pages / "inner", "here.ipynb", "# Here", "import os; print(os.getcwd())")
    with run_server(pages, tmp_path / "log") as served:
        body = served.ask("/voila/render/inner/here.ipynb")[2]
    assert str(pages / "inner").encode() in body


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
