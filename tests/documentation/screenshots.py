"""Takes the pictures of the documentation from the running app, with the example open.

Run as ``python -m tests.documentation.screenshots [FOLDER] [NAME …]``. Without a folder the
pictures in ``workbook/documentation/images`` are made anew; names choose some of them. Each picture
has few colours, so that all of them together stay small.
"""

from __future__ import annotations

import io
import re
import shutil
import sys
import tempfile
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from playwright.sync_api import expect, sync_playwright

from tests.conftest import ARGUMENTS, CHROMIUM
from tests.documentation.scenes import IMAGES, SCENES, Scene
from tests.serving_fixtures import run_server
from workbook.serving.app import find_notebooks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from playwright.sync_api import Browser, Page

COLOURS = 64
_ON = re.compile(r"^(Continue|Go on to your documents)$")
_SHARPNESS = 1.5
_TOP, _COLUMN = 16, 840
"""Pixels above the heading, and how much of a wide page is shown."""


def take(scenes: Iterable[Scene], browser: Browser, address: str) -> Iterable[tuple[str, bytes]]:
    """The pictures of some scenes by their names, each as a small PNG."""
    for size, of_size in groupby(sorted(scenes, key=lambda each: each.size), lambda s: s.size):
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            device_scale_factor=_SHARPNESS,
            reduced_motion="reduce",
        )
        page = context.new_page()
        page.set_default_timeout(60_000)
        expect.set_options(timeout=60_000)
        page.goto(f"{address}voila/render/00_start.ipynb#example")
        expect(page.get_by_role("heading", name="Your tasks", level=2)).to_be_visible()
        for name, of_page in groupby(of_size, lambda each: each.page):
            yield from _take_page(page, f"{address}voila/render/{name}.ipynb", list(of_page))
        context.close()


def _take_page(page: Page, address: str, scenes: Sequence[Scene]) -> Iterable[tuple[str, bytes]]:
    """The pictures of one page of the app, from its first screen on."""
    page.goto(address)
    for scene in scenes:
        _go_to(page, scene.heading)
        shown = page.get_by_role("heading", name=scene.top or scene.heading, exact=True).first
        shown.evaluate(f"each => window.scrollBy(0, each.getBoundingClientRect().top - {_TOP})")
        page.evaluate("document.activeElement.blur()")
        page.mouse.move(0, 0)
        width, height = scene.size
        left = max(0, (width - _COLUMN) / 2)
        shown_part = {"x": left, "y": 0, "width": width - 2 * left, "height": height}
        yield scene.name, shrink(page.screenshot(animations="disabled", clip=shown_part))


def _go_to(page: Page, heading: str) -> None:
    """Press Continue until a screen is there."""
    wanted = page.get_by_role("heading", name=heading, exact=True, level=2)
    while True:
        shown = page.get_by_role("heading", level=2).and_(page.locator("[data-wb-screen]"))
        expect(shown.first).to_be_visible()
        if wanted.count():
            return
        text = shown.first.inner_text()
        page.get_by_role("button", name=_ON).first.click()
        expect(shown.first).not_to_have_text(text)


def shrink(picture: bytes) -> bytes:
    """A picture with few colours."""
    with Image.open(io.BytesIO(picture)) as opened:
        small = opened.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    written = io.BytesIO()
    small.save(written, "PNG", optimize=True)
    return written.getvalue()


def main(arguments: Sequence[str]) -> None:
    """Take the pictures that are named, or all, and put them into the folder."""
    names = {each.name for each in SCENES}
    folder = next((Path(each) for each in arguments if each not in names), IMAGES)
    chosen = [s for s in SCENES if s.name in arguments] if names & {*arguments} else SCENES
    folder.mkdir(parents=True, exist_ok=True)
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        store = f"sqlite:///{place}/plans.sqlite3"
        with run_server(find_notebooks(), Path(place) / "log", store=store) as served:
            for name, picture in take(chosen, browser, served.address):
                (folder / f"{name}.png").write_bytes(picture)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
