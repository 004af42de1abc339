"""A page that loses its kernel or its server: it comes back by itself, or says so."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING, Any

import pytest
from serving_fixtures import Served, run_server, wait_until, write_pages

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.server]

NOTE = "voila/render/01_note.ipynb"
OFFLINE = "You are offline. Go on typing: it is kept in this browser"
LOST = "This page lost its connection. Your answers are kept in this browser."

#: What the browser itself writes down when a server or a kernel is gone.
EXPECTED = ["Failed to load resource", "WebSocket connection", "ERR_CONNECTION"]

REMEMBER = """
window.addEventListener("workbook:before-reload", () => sessionStorage.setItem("told", "yes"));
"""


def read_pids(folder: Path) -> list[int]:
    """The kernels that ran the noting page, in order."""
    return [int(line) for line in (folder / "pids").read_text().split()]


def open_note(page: Page, served: Served) -> None:
    """Open the noting page and wait until it can be used."""
    page.goto(served.address + NOTE)
    page.get_by_role("textbox", name="Answer").wait_for()


def test_a_lost_kernel_makes_the_page_reload_itself(
    page: Page, tmp_path: Path, serve: Callable[..., Served], watch: Any
) -> None:
    """The page comes back with a new kernel, and whoever keeps drafts is told before."""
    watch.allowed += EXPECTED
    served = serve(write_pages(tmp_path))
    page.add_init_script(REMEMBER)
    open_note(page, served)
    os.kill(read_pids(tmp_path)[0], signal.SIGKILL)
    wait_until(lambda: len(read_pids(tmp_path)) == 2, 30)
    page.get_by_role("textbox", name="Answer").fill("again")
    wait_until((tmp_path / "answers").exists, 10)
    assert page.evaluate("sessionStorage.getItem('told')") == "yes"
    assert page.get_by_text(LOST).count() == 0


def test_a_second_loss_soon_after_is_told_and_not_repeated(
    page: Page, tmp_path: Path, serve: Callable[..., Served], watch: Any
) -> None:
    """A page that keeps losing its kernel does not reload for ever: it says so."""
    watch.allowed += EXPECTED
    served = serve(write_pages(tmp_path))
    open_note(page, served)
    os.kill(read_pids(tmp_path)[0], signal.SIGKILL)
    wait_until(lambda: len(read_pids(tmp_path)) == 2, 30)
    page.get_by_role("textbox", name="Answer").wait_for()
    os.kill(read_pids(tmp_path)[1], signal.SIGKILL)
    alert = page.get_by_role("alert").filter(has_text=LOST)
    alert.wait_for(timeout=30_000)
    assert len(read_pids(tmp_path)) == 2
    alert.get_by_role("button", name="Reload").click()
    wait_until(lambda: len(read_pids(tmp_path)) == 3, 30)


def test_a_lost_server_is_told_and_found_again(page: Page, tmp_path: Path, watch: Any) -> None:
    """Within thirty seconds the page says that it lost its connection; it comes back by itself."""
    watch.allowed += EXPECTED
    pages = write_pages(tmp_path)
    with run_server(pages, tmp_path / "log") as served:
        open_note(page, served)
        port = served.port
        served.process.kill()
    page.get_by_role("alert").filter(has_text=LOST).wait_for(timeout=30_000)
    with run_server(pages, tmp_path / "log2", port=port):
        wait_until(lambda: len(read_pids(tmp_path)) == 2, 30)
        page.get_by_role("textbox", name="Answer").wait_for()
        assert page.get_by_text(LOST).count() == 0


def test_a_short_break_of_the_line_loses_nothing(
    page: Page, tmp_path: Path, serve: Callable[..., Served], watch: Any
) -> None:
    """Without network the page says so at once; afterwards it goes on with the kernel it had."""
    watch.allowed += EXPECTED
    served = serve(write_pages(tmp_path))
    open_note(page, served)
    page.context.set_offline(True)
    page.get_by_role("alert").filter(has_text=OFFLINE).wait_for(timeout=3_000)
    assert page.get_by_role("button", name="Reload").count() == 0
    page.context.set_offline(False)
    page.get_by_text(OFFLINE).wait_for(state="detached", timeout=30_000)
    page.get_by_role("status").filter(has_text="The network is back.").wait_for()
    page.get_by_role("textbox", name="Answer").fill("on")
    wait_until((tmp_path / "answers").exists, 20)
    assert len(read_pids(tmp_path)) == 1
