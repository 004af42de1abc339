"""The page about places in the browser: the answer, accounts in one click, the sheet, a phone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.browser.app.conftest import Visitor

pytestmark = pytest.mark.browser

PAGE = "03_places"
SCREENS = ("team", "places", "result", "choice", "fates", "sheet", "trial")
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def test_the_answer_shows_its_picture_and_the_same_as_a_table(visitor: Visitor) -> None:
    """The recommendation, the sets as a picture, and behind it a table with the same numbers."""
    visitor.open(PAGE, "#example=1&at=platform_fit/result")
    page = visitor.page
    expect(page.get_by_role("heading", name="Which places fit?")).to_be_visible()
    expect(page.get_by_text("By what your clients said")).to_be_visible()
    expect(page.get_by_role("img", name="What the hours can reach").first).to_be_visible()
    page.get_by_text("The same as a table").click()
    table = page.get_by_role("table", name="What the hours can reach")
    expect(table.get_by_role("row", name=re.compile("^Facebook .*your choice"))).to_be_visible()
    expect(table.get_by_role("row", name=re.compile("^No place"))).to_be_visible()


def test_accounts_are_entered_with_one_click_and_kept(visitor: Visitor) -> None:
    """From the list of accounts to a decision on each, saved, and still there after a reload."""
    visitor.start()
    visitor.name_business("Example Plumbing")
    visitor.open("00_start", "#at=start.accounts")
    page = visitor.page
    page.get_by_label("Yes").first.check()
    page.get_by_role("button", name="Add the first account").click()
    page.get_by_label("Where is it?").select_option(label="X")
    visitor.see_saved()
    visitor.open(PAGE, "#at=platform_fit.first")
    page.get_by_label("Which place comes first?").select_option(label="Facebook")
    visitor.see_saved()
    visitor.open(PAGE, "#at=platform_fit/fates")
    page.get_by_role("button", name="Enter my accounts with these proposals").click()
    expect(page.get_by_text("X: Park it", exact=True)).to_be_visible()
    visitor.see_saved()
    page.reload()
    expect(page.get_by_text("X: Park it", exact=True)).to_be_visible()


def test_a_place_is_looked_up(visitor: Visitor) -> None:
    """Choosing a place shows all that is known of it, above the table of all places."""
    visitor.open(PAGE, "#example=1&at=platform_fit/sheet")
    page = visitor.page
    expect(page.get_by_role("table", name="What is known of each place")).to_be_visible()
    page.get_by_label("Which place?").select_option(label="Reddit")
    expect(page.get_by_role("heading", name="Reddit: what is known")).to_be_visible()
    expect(page.get_by_role("term").filter(has_text="Links in posts")).to_be_visible()


def test_the_page_fits_a_phone(visitor: Visitor) -> None:
    """Nothing reaches over the edge of a narrow screen, pictures and tables included."""
    visitor.page.set_viewport_size({"width": 360, "height": 740})
    for screen in SCREENS:
        visitor.open(PAGE, f"#example=1&at=platform_fit/{screen}")
        expect(visitor.page.get_by_role("heading", level=2)).to_be_visible()
        assert not visitor.page.evaluate(WIDER), screen
