"""What the real pages cost over the wire, with a store as visitors meet it."""

from __future__ import annotations

import asyncio
import sys
import threading
from contextlib import suppress
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from workbook.serving.app import find_notebooks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.browser.app.conftest import App, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.server]

FIRST_VISIT, NEXT_VISIT = 100_000, 25_000
NAMES = sorted(path.stem for path in find_notebooks().glob("*.ipynb"))


class Wire:
    """A way to the server on which every byte is counted, in both directions."""

    def __init__(self, port: int) -> None:
        """Listen on a port of its own and pass everything on."""
        self._loop = asyncio.new_event_loop()
        self._target = port
        self._bytes = 0
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        opened = asyncio.start_server(self._carry, "127.0.0.1", 0)
        self._server = asyncio.run_coroutine_threadsafe(opened, self._loop).result(10)
        self.address = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/"

    def take(self) -> int:
        """The bytes carried since it was last asked."""
        taken, self._bytes = self._bytes, 0
        return taken

    def close(self) -> None:
        """Carry nothing any more."""
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _end(self) -> None:
        self._server.close()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _carry(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        far, forth = await asyncio.open_connection("127.0.0.1", self._target)
        try:
            await asyncio.gather(self._pass(near, forth), self._pass(far, back))
        finally:
            forth.close()
            back.close()

    async def _pass(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while some := await source.read(65536):
                self._bytes += len(some)
                target.write(some)
                await target.drain()
        with suppress(OSError, RuntimeError):
            target.write_eof()


@pytest.fixture
def wire(visitor: Visitor, app: App) -> Iterator[Wire]:
    """The visitor's way to the app, counted."""
    counted = Wire(app.port)
    visitor.app = SimpleNamespace(address=counted.address)
    yield counted
    visitor.page.goto("about:blank")
    counted.close()


@pytest.mark.parametrize("name", NAMES)
def test_each_real_page_is_light_at_first_and_nearly_nothing_then(
    visitor: Visitor, wire: Wire, name: str
) -> None:
    """Files and line together stay below 1.6 MB, and below 50 KB once the files are known."""
    sent = []
    for _ in range(2):
        visitor.page.goto("about:blank")
        wire.take()
        visitor.page.goto(f"{wire.address}voila/render/{name}.ipynb", wait_until="commit")
        expect(visitor.page.locator("[data-wb-end], #main form").first).to_be_attached(
            timeout=60_000  # the first of all pages may come before the app is warm
        )
        visitor.page.wait_for_load_state("networkidle")
        sent.append(wire.take())
    sys.stdout.write(f"\n{name}: bytes of first visit {sent[0]:,}, next visit {sent[1]:,}\n")
    assert 0 < sent[0] <= FIRST_VISIT
    assert 0 < sent[1] <= NEXT_VISIT
