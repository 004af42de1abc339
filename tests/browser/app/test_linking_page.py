"""The page about links in the browser: entries, lines to copy, and pages that are kept nowhere."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.browser.app.conftest import App, Visitor

pytestmark = pytest.mark.browser

SITE = Path(__file__).parents[2] / "audit" / "site"
SECRET = "<title>Quokka</title><h1>Quokka <img src=x onerror=alert(1)></h1><a href='/contact'>c</a>"


def _open_bench(visitor: Visitor) -> None:
    visitor.start()
    visitor.name_business("Example Plumbing")
    visitor.open("06_linking", "#at=linking/audit")
    expect(visitor.page.get_by_role("heading", name="Look at the pages of")).to_be_visible()


def test_a_profile_is_entered_with_one_click(visitor: Visitor) -> None:
    """The accounts become entries, what is answered is saved, and the picture shows it."""
    visitor.open("06_linking", "#example=1")
    page = visitor.page
    expect(page.get_by_role("heading", name="Your profiles, one by one")).to_be_visible()
    visitor.open("06_linking", "#example=1&at=linking/overview")
    expect(page.get_by_role("heading", name="Who leads to whom")).to_be_visible()
    expect(page.get_by_role("img", name="Who leads to whom").first).to_be_visible()
    page.get_by_text("The same as a table").click()
    row = page.get_by_role("row", name=re.compile("^Facebook"))
    expect(row).to_contain_text("leads there")


def test_pages_are_looked_at_and_kept_nowhere(visitor: Visitor, app: App) -> None:
    """What is to mend, why and how; no word in the store, the log or this browser."""
    _open_bench(visitor)
    page = visitor.page
    expect(page.get_by_label("What is the address of your page?")).to_have_count(0)
    page.get_by_label("What is the code of your page?").fill(SECRET)
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("heading", name="What we see on these pages")).to_be_focused()
    expect(page.get_by_role("heading", name="A shared link shows a title")).to_be_visible()
    assert page.locator("img[src=x]").count() == 0
    kept = page.evaluate("JSON.stringify({...localStorage}) + JSON.stringify({...sessionStorage})")
    assert "Quokka" not in kept
    assert "Quokka" not in app.log()
    for file in app.store.parent.glob(f"{app.store.name}*"):
        assert b"Quokka" not in file.read_bytes()
    page.reload()
    expect(page.get_by_label("What is the code of your page?")).to_have_value("")


def test_several_files_are_looked_at_together(visitor: Visitor) -> None:
    """Three saved pages are one website; one that is a picture is told apart."""
    _open_bench(visitor)
    page = visitor.page
    files = [
        {"name": path.name, "mimeType": "text/html", "buffer": path.read_bytes()}
        for path in sorted(SITE.glob("*.html"))
    ]
    files.append({"name": "van.html", "mimeType": "text/html", "buffer": b"\x89PNG"})
    page.get_by_label("Or which pages did you save?").set_input_files(files)  # type: ignore[arg-type]
    page.get_by_role("button", name="Look at it").click()
    expect(
        page.get_by_text("We looked at: contact.html, index.html, services.html.")
    ).to_be_visible()
    expect(page.get_by_text("“van.html” is a picture, not a web page.")).to_be_visible()


def test_lines_are_copied_and_taken_along(visitor: Visitor, tmp_path: Path) -> None:
    """One press puts the lines into the clipboard; one file holds all of them."""
    visitor.start()
    visitor.name_business("Example & Sons <Plumbing>")
    visitor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visitor.open("06_linking", "#at=linking/lines")
    page = visitor.page
    page.get_by_role("button", name="Copy: Who you are, for search engines").click()
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert '"name": "Example \\u0026 Sons \\u003cPlumbing\\u003e"' in copied
    with page.expect_download() as started:
        page.get_by_role("button", name="Download all lines as one file").click()
    path = tmp_path / "lines.txt"
    started.value.save_as(path)
    assert "application/ld+json" in path.read_text(encoding="utf-8")


def test_the_page_fits_a_phone(visitor: Visitor) -> None:
    """Nothing reaches over the edge of a narrow screen, entries and results included."""
    visitor.page.set_viewport_size({"width": 360, "height": 740})
    visitor.open("06_linking", "#example=1")
    page = visitor.page
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    for at in ("profiles", "overview", "lines", "audit"):
        visitor.open("06_linking", f"#example=1&at=linking/{at}")
        expect(page.get_by_role("heading", level=2)).to_be_visible()
        assert not page.evaluate(wide), at
    page.get_by_label("What is the code of your page?").fill((SITE / "index.html").read_text())
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("heading", name="What we see on these pages")).to_be_visible()
    assert not page.evaluate(wide)
