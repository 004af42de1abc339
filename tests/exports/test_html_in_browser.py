"""The HTML document in a browser: accessible, no wider than a phone, and silent on the network."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.exports.sample_plans import PLANS, TODAY
from tests.exports.sample_reports import SAMPLES
from workbook.exports import write
from workbook.exports.documents import gather, list_formats, load_documents, write_document

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


LOOKS = [(360, "light"), (1200, "dark"), (360, "dark"), (1200, "light")]
SCRIPT = Axe().axe_script
FIND = """() => axe.run({resultTypes: ["violations"]}).then(
  found => found.violations.flatMap(rule => rule.nodes.map(node => [rule.id, node.html])))"""


def _find_barriers(page, looks):
    """What axe has against a page in each of some widths and colours."""
    page.evaluate(SCRIPT)
    found = []
    for width, scheme in looks:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        found += [(width, scheme, *barrier) for barrier in page.evaluate(FIND)]
    return found


@pytest.mark.parametrize("sample", ["rich", "hostile", "empty"])
def test_axe_finds_nothing(open_sample, sample):
    """The accessibility checker has no complaint, on phone and desktop, in light and dark."""
    assert _find_barriers(open_sample(sample, 360), LOOKS) == []


@pytest.mark.parametrize("plan", sorted(PLANS))
def test_axe_finds_nothing_in_any_document(browser, tmp_path, plan):
    """Every document of the three plans on a phone, the finished one on a desktop too."""
    material = gather(PLANS[plan](), TODAY)
    context = browser.new_context()
    page = context.new_page()
    for name in load_documents():
        if "html" in list_formats(name):
            path = tmp_path / f"{name}.html"
            path.write_bytes(write_document(name, "html", material))
            page.goto(path.as_uri())
            looks = LOOKS[:2] if plan == "finished" else LOOKS[:1]
            assert _find_barriers(page, looks) == [], name
    context.close()


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
