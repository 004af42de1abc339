"""Processes that are ready before a page is asked for: handed out once, and only while new."""

from __future__ import annotations

import asyncio
import signal
from typing import TYPE_CHECKING, Any

import psutil
import pytest
from serving_fixtures import run_server, wait_until, write_notebook

from tests.benchmarks.memory import find_copies
from tests.visitors import Visitor
from workbook.serving.spares import Spares

if TYPE_CHECKING:
    from pathlib import Path

TELLS = "import os\nprint('process', os.getpid(), 'from', os.environ['WORKBOOK_ORIGIN'][:4])"


class Parent:
    """A warm parent by its number."""

    def __init__(self) -> None:
        self.pid = 1

    async def describe(self) -> dict[str, Any]:
        """It is ready."""
        return {}


class Kernel:
    """A kernel that lives until it is told otherwise."""

    def __init__(self) -> None:
        self.lives = True

    async def is_alive(self) -> bool:
        """Whether it lives."""
        return self.lives


class Kernels(dict[str, Kernel]):
    """The kernels of all pages, without processes."""

    def __init__(self) -> None:
        super().__init__()
        self.warm_parent: Parent | None = Parent()
        self.spares: set[str] = set()
        self.parents: dict[str, int] = {}
        self.fails = 0

    async def start_kernel(self, *, kernel_id: str, path: str, env: object) -> str:
        """Start one, or fail as often as is wished."""
        if self.fails:
            self.fails -= 1
            raise OSError
        self[kernel_id] = Kernel()
        self.parents[kernel_id] = self.warm_parent.pid
        return kernel_id

    def get_kernel(self, kernel_id: str) -> Kernel:
        """One of them."""
        return self[kernel_id]

    def is_new(self, kernel_id: str) -> bool:
        """Whether it is a copy of the parent there is."""
        return kernel_id in self and self.parents[kernel_id] == self.warm_parent.pid

    async def end_spare(self, kernel_id: str) -> None:
        """End one."""
        self.spares.discard(kernel_id)
        self.pop(kernel_id, None)


async def fill(spares: Spares) -> None:
    """Let it be quiet, and wait for what follows."""
    spares.wait_for_quiet(0)
    await asyncio.sleep(0.01)
    await spares._task


def test_a_spare_is_handed_out_once() -> None:
    """Two wait; each page gets one of its own, and a third gets none."""

    async def run() -> None:
        kernels = Kernels()
        spares = Spares(kernels, 2, {})
        await fill(spares)
        assert len(kernels) == len(kernels.spares) == 2
        first = spares.find()
        spares.claim(first)
        second = spares.find()
        spares.claim(second)
        assert len({first, second, spares.find()}) == 3
        assert spares.find() == ""
        assert kernels.spares == set()
        await fill(spares)
        assert len(kernels) == 4
        assert spares.find() not in {first, second}

    asyncio.run(run())


def test_what_is_old_or_dead_is_replaced() -> None:
    """A copy of an older parent is offered to nobody; it ends when the next ones are made."""

    async def run() -> None:
        kernels = Kernels()
        spares = Spares(kernels, 2, {})
        await fill(spares)
        old = set(kernels)
        kernels.warm_parent.pid = 2
        assert spares.find() == ""
        await fill(spares)
        assert len(kernels) == 2
        assert not old & set(kernels)
        dead = spares.find()
        kernels[dead].lives = False
        await fill(spares)
        assert dead not in kernels
        assert len(kernels) == 2

    asyncio.run(run())


def test_one_that_could_not_be_made_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is nobody's fault and nobody's wait."""
    monkeypatch.setattr("workbook.serving.spares._AGAIN", 0.01)

    async def run() -> None:
        kernels = Kernels()
        kernels.fails = 2
        spares = Spares(kernels, 1, {})
        spares._pause = 0.01
        await fill(spares)
        for _ in range(200):
            if spares.find():
                break
            await asyncio.sleep(0.01)
        assert spares.find()
        assert kernels.spares == set(kernels)

    asyncio.run(run())


def test_none_are_made_where_none_are_wanted() -> None:
    """With 0, or where processes cannot be copied, each page waits for its own."""

    async def run() -> None:
        for kernels, most in ((Kernels(), 0), (Kernels(), 2)):
            if most:
                kernels.warm_parent = None
            spares = Spares(kernels, most, {})
            spares.wait_for_quiet(0)
            await asyncio.sleep(0.02)
            assert not kernels

    asyncio.run(run())


@pytest.mark.server
def test_a_page_takes_the_process_that_is_ready(tmp_path: Path) -> None:
    """It counts as no page before, knows its visitor after, and a dead one is nobody's."""
    pages = tmp_path / "pages"
    pages.mkdir()
    write_notebook(pages, "00_start.ipynb", "# Tells", TELLS)
    with run_server(pages, tmp_path / "log", spares=1) as served:

        def started() -> int:
            return served.log().count("Kernel started")

        wait_until(lambda: started() == 1, 60)
        (ready,) = find_copies(served.process.pid)
        assert served.health()["pages"] == 0

        async def ask() -> str:
            visitor = Visitor(served.port)
            answer = await visitor.arrive("00_start.ipynb")
            return answer.body.decode()

        assert f"process {ready} from" in asyncio.run(ask())
        assert served.health()["pages"] == 1
        wait_until(lambda: started() == 2, 60)
        (following,) = set(find_copies(served.process.pid)) - {ready}
        psutil.Process(following).send_signal(signal.SIGKILL)
        wait_until(lambda: len(find_copies(served.process.pid)) == 1, 10)
        text = asyncio.run(ask())
        assert "process " in text
        assert f"process {following} " not in text
