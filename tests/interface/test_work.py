"""Long work beside a page: it is told where pages are drawn, and a button stops it."""

from __future__ import annotations

import asyncio
import threading

import pytest

from tests.interface.conftest import widgets_of
from workbook.interface.work import LongWork
from workbook.measurement.embedded import Cancelled

WORDS = {
    "name": "Reading", "doing": "Reading: {percent} %", "said": "{percent} % read",
    "stop": "Stop", "stopped": "Stopped.",
}  # fmt: skip


@pytest.fixture
def goals(visit_page):
    """A page of the app, with what it tells."""
    return visit_page("goals")


def test_work_ends_where_the_page_is_drawn(goals):
    """Its progress and its end come to the thread that draws, and quarters are said."""
    told, threads = [], []

    async def run():
        done = asyncio.Event()
        work = LongWork(goals.page, WORDS)
        shown = work.draw()

        def do(watch):
            threads.append(threading.get_ident())
            return [watch(share) for share in (0.1, 0.3, 0.9)]

        def finish(found):
            told.append((found, threading.get_ident()))
            done.set()

        work.start(do, finish, done.set)
        await asyncio.wait_for(done.wait(), 10)
        return next(w.value for w in widgets_of(shown) if "progress" in getattr(w, "value", ""))

    html = asyncio.run(run())
    assert told == [([True] * 3, threading.get_ident())]
    assert threads != [threading.get_ident()]
    assert 'value="90"' in html
    said = [m["text"] for m in goals.heard if m["kind"] == "announce"]
    assert said == ["25 % read", "75 % read"]


def test_the_button_stops_it(goals):
    """The work hears it at its next look, and what it came to is told to nobody."""
    ended = []

    async def run():
        stopped, left = asyncio.Event(), threading.Event()
        work = LongWork(goals.page, WORDS)
        button = next(w for w in widgets_of(work.draw()) if hasattr(w, "click"))
        loop = asyncio.get_running_loop()

        def do(watch):
            loop.call_soon_threadsafe(button.click)
            while watch(0.5):
                left.wait(0.001)
            ended.append("heard")
            loop.call_soon_threadsafe(stopped.set)
            raise Cancelled

        work.start(do, lambda _: ended.append("told"), lambda: ended.append("shown"))
        await asyncio.wait_for(stopped.wait(), 10)

    asyncio.run(run())
    assert sorted(ended) == ["heard", "shown"]
    assert "Stopped." in [m.get("text") for m in goals.heard]


def test_work_that_fails_is_told_on_the_page(goals):
    """No thread ends in silence."""

    async def run():
        failed = asyncio.Event()
        LongWork(goals.page, WORDS).start(lambda _: 1 / 0, lambda _: None, failed.set)
        await asyncio.wait_for(failed.wait(), 10)

    asyncio.run(run())
    assert "failed" in [m["kind"] for m in goals.heard]
