"""The page of being social in the browser: two weeks with two clicks, and posts kept nowhere."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.app.test_accessibility import assert_accessible

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.app.conftest import App, Visitor

pytestmark = pytest.mark.browser

SAMPLES = Path(__file__).parents[2] / "samples" / "imports"
SECRET = "Quokka <img src=x onerror=alert(1)> 20% off, order now."
POSTS = f"{SECRET}\n\nQuokka tea or coffee?\n\nHow to wash a quokka: in cold water."


def _look_at(page: Page, posts: str) -> None:
    page.get_by_label("Or what are the posts?").fill(posts)
    page.get_by_role("button", name="Look at these posts").click()
    expect(page.get_by_role("heading", name="What your posts do")).to_be_focused()


def _check_beside(page: Page, *, is_beside: bool) -> None:
    """The three sentences stand beside a draft, above it on a phone; heard once, above them all."""
    draft = page.get_by_role("textbox", name="What do you write?").first
    draft.scroll_into_view_if_needed()
    said = page.get_by_text("Put a bucket under it and sleep.").filter(visible=True).last
    expect(
        page.get_by_role("complementary", name="How you say it across the counter")
    ).to_have_count(1)
    field, words = draft.bounding_box(), said.bounding_box()
    assert field
    assert words
    if is_beside:
        assert words["x"] >= field["x"] + field["width"]
    else:
        assert words["y"] + words["height"] <= field["y"]


def test_two_weeks_come_of_what_people_ask(visitor: Visitor) -> None:
    """Questions become topics, topics become posts, and all of it can be changed."""
    visitor.start()
    visitor.name_business("Example Café")
    visitor.open("07_being_social", "#at=mix.asked_counter")
    page = visitor.page
    asked = page.get_by_label("What do people ask at the counter, or on site?")
    asked.fill("May the dog come in?\nIs the soup vegan?")
    asked.press("Tab")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Make 2 topics of the questions you noted").click()
    expect(page.get_by_text("May the dog come in?").first).to_be_visible()
    visitor.open("07_being_social", "#at=mix.talk_least")
    share = page.get_by_label("What share of all you write should be talk, at least?")
    share.fill("0")
    share.press("Tab")
    visitor.open("07_being_social", "#at=mix.weeks")
    page.get_by_role("button", name="Begin with your topics and your people: 2 entries").click()
    first = page.get_by_text("First week, Monday, A post of use, May the dog").first
    expect(first).to_be_visible()
    visitor.open("07_being_social", "#at=mix/fortnight")
    expect(page.get_by_role("row", name=re.compile("^Wednesday"))).to_contain_text("soup vegan")


def test_a_post_is_put_right_with_one_click(visitor: Visitor, app: App) -> None:
    """The share follows at once, the focus stays, and only a digest is kept."""
    visitor.start()
    visitor.name_business("Example Plumbing")
    visitor.open("07_being_social", "#at=mix/posts")
    page = visitor.page
    _look_at(page, POSTS)
    expect(page.get_by_text("33 of 100 (1 of 3)").first).to_be_visible()
    assert page.locator("img[src=x]").count() == 0
    assert_accessible(page, "posts looked at")
    page.get_by_label("Which posts do you want to see?").select_option("promotion")
    choice = page.get_by_label("Helps the reader", exact=True)
    expect(choice).to_have_count(1)
    choice.check()
    expect(page.get_by_text("0 of 100 (0 of 3)").first).to_be_visible()
    expect(page.get_by_text("You said so.")).to_be_visible()
    expect(choice).to_be_focused()
    page.get_by_role("button", name="Keep 1 correction in my plan").click()
    kept_line = page.get_by_text("Kept. Next time these posts are told as you said.")
    expect(kept_line.last).to_be_visible()
    kept = page.evaluate("JSON.stringify({...localStorage}) + JSON.stringify({...sessionStorage})")
    assert "uokka" not in kept
    assert "uokka" not in app.log()
    for file in app.store.parent.glob(f"{app.store.name}*"):
        assert b"uokka" not in file.read_bytes()
    page.reload()
    expect(page.get_by_label("Or what are the posts?")).to_have_value("")
    _look_at(page, POSTS)
    expect(page.get_by_text("0 of 100 (0 of 3)").first).to_be_visible()


def test_two_exports_and_a_phone(visitor: Visitor) -> None:
    """Several files at once, each post once, and nothing wider than the screen."""
    visitor.page.set_viewport_size({"width": 320, "height": 740})
    visitor.open("07_being_social", "#example=1&at=mix.weeks")
    page = visitor.page
    page.get_by_text("First week, Monday, A post of use").first.click()
    _check_beside(page, is_beside=False)
    page.set_viewport_size({"width": 1280, "height": 800})
    _check_beside(page, is_beside=True)
    page.set_viewport_size({"width": 320, "height": 740})
    visitor.open("07_being_social", "#example=1&at=mix/posts")
    files = [str(SAMPLES / name) for name in ("x_content.csv", "x_archive.js")]
    page.get_by_label("Which files hold your posts?").set_input_files(files)
    page.get_by_role("button", name="Look at these posts").click()
    expect(page.get_by_text("2 were there twice")).to_be_visible()
    expect(page.get_by_role("img", name="Selling and talking over time").first).to_be_visible()
    assert_accessible(page, "posts of two exports on a phone")
