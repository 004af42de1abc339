"""The HTML document in a browser: accessible, no wider than a phone, and silent on the network."""

from __future__ import annotations

import pytest

from tests.exports.sample_reports import SAMPLES
from workbook.exports import write

pytestmark = pytest.mark.browser


@pytest.fixture
def open_sample(browser, tmp_path):
    """Opens a sample at a width and in light or dark, and notes what it asks for and says."""
    contexts = []

    def open_one(sample, width, scheme="light"):
        path = tmp_path / f"{sample}.html"
        path.write_bytes(write(SAMPLES[sample](), "html"))
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.heard = []
        page.on("console", lambda message: page.heard.append(message.text))
        page.on("dialog", lambda dialog: (page.heard.append("dialog"), dialog.dismiss()))
        page.on("request", lambda request: page.heard.append(request.url))
        page.goto(path.as_uri())
        assert page.heard.pop(0) == path.as_uri()
        return page

    yield open_one
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
@pytest.mark.parametrize("sample", ["rich", "hostile", "empty"])
def test_axe_finds_nothing(open_sample, sample, width, scheme):
    """The accessibility checker has no complaint, on phone and desktop, in light and dark."""
    from axe_playwright_python.sync_playwright import Axe

    page = open_sample(sample, width, scheme)
    found = Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in found] == []


@pytest.mark.parametrize("sample", sorted(SAMPLES))
def test_no_phone_scrolls_sideways(open_sample, sample):
    """At 320 pixels the page is no wider than the screen."""
    page = open_sample(sample, 320)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_nothing_is_asked_for_and_nothing_runs(open_sample):
    """Hostile answers start no script, and the page makes no request and no complaint."""
    page = open_sample("hostile", 1200)
    assert page.heard == []
    assert page.get_by_role("heading", name="<script>alert(1)</script>").first.is_visible()


def test_the_numbers_of_a_picture_open_by_keyboard(open_sample):
    """The table behind a chart is one key press away."""
    page = open_sample("rich", 360)
    numbers = page.get_by_role("row", name="Nobody asked why, and there is no goal 2 0 1 3")
    assert not numbers.is_visible()
    page.get_by_text("Show the numbers").focus()
    page.keyboard.press("Enter")
    assert numbers.is_visible()


def test_the_skip_link_leads_past_the_contents(open_sample):
    """The first press of Tab offers the way to the text."""
    page = open_sample("rich", 1200)
    page.keyboard.press("Tab")
    assert page.get_by_role("link", name="Skip to the text").evaluate(
        "link => link === document.activeElement"
    )
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "MAIN"
