"""The page for measurement in the browser: a file, its numbers, the pictures, links to copy."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.app.test_accessibility import SIZES, assert_accessible, look_at

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.app.conftest import App, Visitor

pytestmark = pytest.mark.browser

SAMPLES = Path(__file__).parents[2] / "samples" / "imports"
EXPORT = "Read a file from your counter"
TAKE = "Put these numbers among mine"


def _see(visitor: Visitor, heading: str) -> None:
    expect(visitor.page.get_by_role("heading", name=heading, level=2)).to_be_visible()


def _read_file(visitor: Visitor, name: str, raw: bytes) -> None:
    visitor.start()
    visitor.name_business("Example Plumbing")
    visitor.open("09_measurement", "#at=measurement/export")
    _see(visitor, EXPORT)
    upload = {"name": name, "mimeType": "text/csv", "buffer": raw}
    visitor.page.get_by_label("Which files?").set_input_files(upload)  # type: ignore[arg-type]
    visitor.page.get_by_label("Which page says what you offer?").fill("/services")
    visitor.page.get_by_role("button", name="Read it").click()
    expect(visitor.page.get_by_role("heading", name="What this file can tell")).to_be_focused()


def test_a_file_becomes_numbers_and_numbers_a_picture(visitor: Visitor, app: App) -> None:
    """Limits first, then the table; after the button the numbers are in the plan, drawn."""
    _read_file(visitor, "ga4.csv", (SAMPLES / "ga4_exploration.csv").read_bytes())
    page = visitor.page
    expect(page.get_by_role("heading", name="What it cannot tell")).to_be_visible()
    row = page.get_by_role("row", name=re.compile("^Instagram"))
    expect(row).to_contain_text(re.compile(r"18 \(11 to 28\)"))
    page.get_by_role("button", name=TAKE).click()
    expect(page.get_by_role("button", name="They are among your numbers now.")).to_be_visible()
    visitor.open("09_measurement", "#at=measurement/outcome")
    _see(visitor, "What it came to")
    expect(page.get_by_role("heading", name="What they cannot tell")).to_be_visible()
    picture = page.get_by_role("img", name="How far visits from each place came")
    expect(picture.first).to_be_visible()
    page.get_by_text("The same as a table").first.click()
    table = page.get_by_role("table", name="How far visits from each place came")
    expect(table.get_by_role("row", name=re.compile("^Instagram"))).to_contain_text("18")
    assert "ga4.csv" not in app.log()


def test_a_file_leaves_nothing_behind(visitor: Visitor, app: App) -> None:
    """Neither this browser nor the store nor the log knows a word of a file that was read."""
    raw = b"Session source,Sessions\nquokka-secret,12\nfacebook,3\n"
    _read_file(visitor, "quokka.csv", raw)
    kept = visitor.page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    stored = b"".join(p.read_bytes() for p in app.store.parent.glob(f"{app.store.name}*"))
    for place in (kept, app.log(), stored.decode("latin-1")):
        assert "quokka" not in place


def _assert_in_both_looks(page: Page, state: str) -> None:
    for look in ("phone, dark", "desktop, light"):
        look_at(page, look)
        assert_accessible(page, f"{state}, {look}")


def test_what_was_read_is_accessible(another: Callable[..., Visitor]) -> None:
    """The result of a file and of a link that is checked, at both sizes."""
    visitor = another(viewport=SIZES["phone"])
    _read_file(visitor, "ga4.csv", (SAMPLES / "ga4_exploration.csv").read_bytes())
    _assert_in_both_looks(visitor.page, "a file")
    visitor.open("09_measurement", "#at=measurement/link")
    _see(visitor, "Check a link")
    links = "https://a.example/?utm_source=facebook&utm_medium=social\nhttps://a.example/"
    visitor.page.get_by_label("Which links?").fill(links)
    visitor.page.get_by_role("button", name="Check", exact=True).click()
    expect(visitor.page.get_by_text("It counts under “Organic Social”.")).to_be_visible()
    _assert_in_both_looks(visitor.page, "links")


def test_a_link_is_copied_with_one_press(visitor: Visitor) -> None:
    """The address that stands there is what the next programme gets."""
    visitor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visitor.open("09_measurement", "#example=1&at=measurement/links")
    _see(visitor, "Links that tell where visits come from")
    page = visitor.page
    page.get_by_role("button", name="Copy: Facebook, Link in the profile").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    address = page.evaluate("navigator.clipboard.readText()")
    assert address.endswith(
        "utm_source=facebook&utm_medium=social&utm_campaign=profile&utm_content=bio"
    )
    with page.expect_download() as found:
        page.get_by_role("button", name="All links for Excel").click()
    assert found.value.suggested_filename.endswith(".xlsx")


def test_an_import_is_kept_removed_and_pages_are_verified(visitor: Visitor, app: App) -> None:
    """Days of a file stay in the plan until they are removed; a pasted page stays nowhere."""
    _read_file(visitor, "ga4.csv", (SAMPLES / "ga4_exploration.csv").read_bytes())
    page = visitor.page
    page.get_by_role("button", name=TAKE).click()
    expect(page.get_by_role("button", name="They are among your numbers now.")).to_be_visible()
    visitor.open("09_measurement", "#at=measurement/imported")
    _see(visitor, "What was imported")
    expect(page.get_by_role("heading", name="Google Analytics 4, an exploration")).to_be_visible()
    assert_accessible(page, "what was imported")
    page.get_by_role("button", name="Remove Google Analytics 4, an exploration").click()
    expect(page.get_by_text("Nothing was imported so far.")).to_be_visible()
    visitor.open("09_measurement", "#at=measurement/verify")
    _see(visitor, "Is it really counted?")
    tag = "<script src='https://www.googletagmanager.com/gtag/js?id=G-QUOKKA01'></script>"
    pasted = page.get_by_label("What is the code of the page for getting in touch?")
    pasted.fill(f"<html><body>{tag}<a href='/?utm_source=x'>Home</a></body></html>")
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("heading", name="What we see on these pages")).to_be_focused()
    expect(page.get_by_text("/?utm_source=x", exact=True)).to_be_visible()
    assert_accessible(page, "pages that were verified")
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "QUOKKA" not in kept + app.log()
