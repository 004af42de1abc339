"""Those who wait for a place, and those whose page is there while the app is restarted."""

from __future__ import annotations

import re
import signal
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from serving_fixtures import Served, run_server, write_pages

from workbook.serving.app import find_notebooks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.server]

START = "voila/render/00_start.ipynb"
NOTE = "voila/render/01_note.ipynb"
FULL = "Every place is taken right now"

#: What the browser itself writes down when a page is not there yet, or a server is gone.
EXPECTED = ["Failed to load resource", "WebSocket connection", "ERR_CONNECTION"]


def find_faults(page: Page) -> list[Any]:
    """What axe has against a page, on a phone and a large screen, in light and dark."""
    found = []
    for width in (390, 1280):
        for colours in ("light", "dark"):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=colours)
            found += Axe().run(page).response["violations"]
    return [fault["id"] for fault in found]


def test_who_waits_comes_in_by_themselves_with_their_link(
    page: Page, browser: Browser, serve: Callable[..., Served], tmp_path: Path, watch: Any
) -> None:
    """In the order of arrival; whoever works takes the place along to the next page."""
    watch.allowed += EXPECTED
    served = serve(write_pages(tmp_path), kernels=1, grace_seconds=0)
    page.goto(served.address + START)
    page.get_by_role("textbox", name="Name").wait_for()
    visitor, plain = browser.new_context(), browser.new_context(java_script_enabled=False)
    waits, without = visitor.new_page(), plain.new_page()
    waits.goto(f"{served.address}{NOTE}#key=abc")
    expect(waits.get_by_role("heading", name=FULL)).to_be_visible()
    expect(waits.get_by_role("status")).to_have_text("You are next: nobody is before you.")
    without.goto(f"{served.address}{START}#at=tasks")
    expect(without.get_by_role("status")).to_have_text("One person is before you.")
    assert find_faults(waits) == []

    page.goto(served.address + NOTE)
    page.get_by_role("textbox", name="Answer").wait_for()
    expect(waits.get_by_role("heading", name=FULL)).to_be_visible()

    page.close()
    waits.get_by_role("textbox", name="Answer").wait_for(timeout=60_000)
    assert waits.url.endswith("#key=abc")
    expect(without.get_by_role("status")).to_have_text("You are next: nobody is before you.")
    visitor.close()
    expect(without.get_by_role("heading", name="Start")).to_be_visible(timeout=60_000)
    plain.close()


def test_a_restart_is_told_and_loses_nothing(page: Page, tmp_path: Path, watch: Any) -> None:
    """What is being typed is saved before the end, and the page comes back where it was."""
    watch.allowed += EXPECTED
    pages, store = find_notebooks(), f"sqlite:///{tmp_path}/plans.sqlite3"
    name = page.get_by_label("What is your business called?")
    told = page.get_by_role("alert").filter(has_text="The workbook is being restarted.")
    with run_server(pages, tmp_path / "log", store=store) as served:
        page.goto(served.address + START)
        page.get_by_role("button", name="Start now").click()
        page.get_by_role("button", name="Continue", exact=True).click()
        name.fill("Bakery")
        served.process.send_signal(signal.SIGTERM)
        told.wait_for()
        expect(page.get_by_text(re.compile(r"^Saved \d"))).to_be_visible()
        served.process.wait(timeout=20)
        port = served.port
    page.get_by_role("button", name="Reload").wait_for(state="detached")
    with run_server(pages, tmp_path / "log2", port=port, store=store):
        told.wait_for(state="detached", timeout=60_000)
        expect(name).to_have_value("Bakery", timeout=60_000)
        expect(page.get_by_role("heading", name="Your business", level=2)).to_be_visible()
        assert page.evaluate("Object.keys(localStorage).filter(k => k.includes('draft:'))") == []
