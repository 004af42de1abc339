"""Our front end when things do not go as they should: nothing is lost, and Voila's is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from serving_fixtures import Served, write_notebook

if TYPE_CHECKING:
    from conftest import Watch
    from playwright.sync_api import Page, Route, WebSocketRoute

pytestmark = [pytest.mark.browser, pytest.mark.server]

PICTURE = """
import ipywidgets, zlib, struct
def part(kind, text):
    return struct.pack(">I", len(text)) + kind + text + struct.pack(">I", zlib.crc32(kind + text))
head = part(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
png = b"\\x89PNG\\r\\n\\x1a\\n" + head + part(b"IDAT", zlib.compress(bytes(4))) + part(b"IEND", b"")
ipywidgets.VBox([ipywidgets.HTML("Beside"), ipywidgets.Image(value=png)])
"""

COUNTS = """
import asyncio, ipywidgets
box = ipywidgets.VBox([ipywidgets.Button(description="Count")])
async def count():
    for number in range(40):
        box.children = [*box.children, ipywidgets.HTML(f"line {number}")]
        await asyncio.sleep(0.05)
box.children[0].on_click(lambda _: asyncio.get_running_loop().create_task(count()))
box
"""

HIDES = """
import ipywidgets
told = ipywidgets.HTML("Told")
press = ipywidgets.Button(description="Hide")
press.on_click(lambda _: setattr(told.layout, "display", "none"))
ipywidgets.VBox([press, told])
"""


def open_notebook(page: Page, served: Served, name: str, code: str) -> None:
    """A notebook of one cell."""
    write_notebook(served.pages, name, "# Page", code)
    page.goto(f"{served.address}voila/render/{name}")


def test_a_widget_with_bytes_is_left_to_voila(page: Page, served: Served) -> None:
    """A picture of ipywidgets shows, and the sign that the page comes goes."""
    open_notebook(page, served, "07_picture.ipynb", PICTURE)
    page.get_by_text("Beside").wait_for()
    page.locator("#main img").wait_for()
    page.get_by_text("Getting your page ready…").wait_for(state="detached")


def test_a_look_that_changes_later_is_seen(page: Page, served: Served) -> None:
    """What the kernel hides is hidden."""
    open_notebook(page, served, "08_hides.ipynb", HIDES)
    page.get_by_text("Told").wait_for()
    page.get_by_role("button", name="Hide").click()
    page.get_by_text("Told").wait_for(state="hidden")
    assert page.evaluate("Boolean(window.workbookFront)")


def test_what_the_kernel_says_during_a_cut_is_there_afterwards(
    page: Page, served: Served, watch: Watch
) -> None:
    """The line is cut three times while lines are added: none is missing in the end."""
    watch.allowed += ["WebSocket"]
    lines: list[WebSocketRoute] = []

    def carry(line: WebSocketRoute) -> None:
        lines.append(line)
        line.connect_to_server()

    page.route_web_socket("**/channels*", carry)
    open_notebook(page, served, "09_counts.ipynb", COUNTS)
    page.get_by_role("button", name="Count").click()
    for number in (5, 15, 25):
        page.get_by_text(f"line {number}", exact=True).wait_for()
        lines[-1].close()
    page.get_by_text("line 39", exact=True).wait_for()
    shown = page.locator("#main .widget-html-content").all_inner_texts()
    assert shown == [f"line {number}" for number in range(40)]


def test_a_script_that_does_not_arrive_is_asked_for_again(
    page: Page, served: Served, watch: Watch
) -> None:
    """The page comes all the same; where nothing helps, it says so and offers to load it anew."""
    watch.allowed += ["Failed to", "ERR_", "dynamically imported"]
    refused: list[str] = []

    def refuse(route: Route) -> None:
        refused.append(route.request.url)
        route.abort()

    page.route("**/front.js*", refuse)
    page.goto(served.address + "voila/render/00_start.ipynb")
    page.get_by_role("alert").get_by_role("button").wait_for()
    assert refused
