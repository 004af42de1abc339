"""The page about people in the browser: counts, the question to copy, the bench, and reach."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.browser.app.conftest import App, Visitor

pytestmark = pytest.mark.browser

LIST = "Client;Uses;Found us\r\nAnna Quokka;FACEBOOK, Tik Tok;Google\r\nBob; none ;a friend\r\n"


def _open(visitor: Visitor, screen: str, example: str = "example=1&") -> None:
    visitor.open("03_places", f"#{example}at=audience/{screen}")
    expect(visitor.page.get_by_role("heading", level=2)).to_be_visible()


def test_a_number_for_each_place_is_typed_and_kept(visitor: Visitor) -> None:
    """Numbers are saved as they are typed; what is no number is said where it stands."""
    visitor.start()
    visitor.name_business("Example Plumbing")
    _open(visitor, "peers", "")
    page = visitor.page
    page.get_by_label("LinkedIn", exact=True).fill("6")
    page.get_by_label("Another place").fill("2")
    page.keyboard.press("Tab")
    visitor.see_saved()
    page.reload()
    expect(page.get_by_label("LinkedIn", exact=True)).to_have_value("6")
    expect(page.get_by_label("Another place")).to_have_value("2")
    page.get_by_label("Reddit").fill("several")
    page.keyboard.press("Tab")
    visitor.see_saved()
    visitor.go_on()
    summary = page.get_by_role("alert").filter(has_text="There is a problem")
    expect(summary).to_be_visible()
    expect(page.get_by_label("Reddit")).to_have_value("several")
    expect(page.get_by_label("LinkedIn", exact=True)).to_have_value("6")
    page.get_by_label("Reddit").fill("")
    page.keyboard.press("Tab")
    visitor.see_saved()
    visitor.go_on()
    visitor.see("Do you know other figures?")


def test_the_question_is_copied(visitor: Visitor) -> None:
    """One press puts the text message into the clipboard, with the name of the business."""
    visitor.start()
    visitor.name_business("Example & Sons <Plumbing>")
    visitor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    _open(visitor, "ask", "")
    page = visitor.page
    page.get_by_role("button", name="Copy: As a text message").click()
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Hello, this is Example & Sons <Plumbing>.")
    assert "Do you ever use" in copied


def test_answers_are_counted_and_names_are_kept_nowhere(visitor: Visitor, app: App) -> None:
    """A list becomes counts in the plan; no name is in the store, the log or this browser."""
    visitor.start()
    visitor.name_business("Example Plumbing")
    _open(visitor, "count", "")
    page = visitor.page
    page.get_by_label("Do you ever use …?").check()
    file = {
        "name": "clients.csv",
        "mimeType": "text/csv",
        "buffer": b"\xef\xbb\xbf" + LIST.encode(),
    }
    page.get_by_label("Or do you have a list?").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Count", exact=True).click()
    expect(page.get_by_role("heading", name="What was counted", exact=True)).to_be_focused()
    expect(page.get_by_role("row", name=re.compile("^TikTok 1 50 %"))).to_be_visible()
    page.get_by_role("button", name="Put these counts into my plan").first.click()
    told = page.get_by_role("status").filter(has_text="The counts are in your plan.")
    expect(told).to_have_count(1)
    visitor.see_saved()
    page.get_by_role("link", name="Look at them").click()
    counts = page.get_by_role("group", name=re.compile("How many of them named each place?"))
    expect(counts.get_by_label("TikTok")).to_have_value("1")
    expect(page.get_by_label("How many clients answered?")).to_have_value("2")
    kept = page.evaluate("JSON.stringify({...localStorage}) + JSON.stringify({...sessionStorage})")
    assert "Quokka" not in kept
    assert "Quokka" not in app.log()
    for stored in app.store.parent.glob(f"{app.store.name}*"):
        assert b"Quokka" not in stored.read_bytes()


def test_reach_is_a_picture_and_a_table(visitor: Visitor) -> None:
    """Three marks side by side with their names; each figure with its interval and its source."""
    _open(visitor, "result")
    page = visitor.page
    picture = page.get_by_role("img", name=re.compile("^Who uses which place: Owners"))
    expect(picture.first).to_be_visible()
    page.get_by_text("The same as a table, with sources").first.click()
    table = page.get_by_role("region", name=re.compile("^Who uses which place: Owners"))
    row = table.get_by_role("row", name=re.compile("^Facebook"))
    expect(row).to_contain_text(re.compile(r"\d+ % \(\d+ to \d+\).*1, 2, your count"))
    expect(page.get_by_text("They are adults, not your customers.").first).to_be_visible()
    expect(page.get_by_text(re.compile("bears no responsibility"))).to_be_visible()


def test_the_page_fits_a_phone(visitor: Visitor) -> None:
    """Nothing reaches over the edge of a narrow screen, counts and tables included."""
    visitor.page.set_viewport_size({"width": 320, "height": 700})
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    for screen in ("groups", "ask", "count", "clients", "peers", "figures", "result"):
        _open(visitor, screen)
        page = visitor.page
        for entry in page.locator("details:not([open]) > summary").all():
            if entry.is_visible():
                entry.click()
        assert not page.evaluate(wide), screen
