"""The page of voice in the browser: sliders with typed entry, and drafts that are kept nowhere."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator

    from tests.browser.app.conftest import App, Visitor

pytestmark = pytest.mark.browser

DRAFT = "Our Quokka premises are WORLD-CLASS! <img src=x onerror=alert(1)>"


def _scale(visitor: Visitor) -> tuple[Locator, Locator]:
    """The slider from formal to casual, and the number beside it."""
    field = visitor.page.get_by_role("group", name="How casual are you?")
    return field.get_by_role("slider"), field.get_by_role("textbox")


def test_a_scale_is_answered_by_key_and_by_number(visitor: Visitor) -> None:
    """Each follows the other, both have a name, and what was given is saved."""
    visitor.start()
    visitor.open("04_voice", "#at=voice.casual")
    slider, number = _scale(visitor)
    expect(slider).to_have_accessible_name("How casual are you? Slide from Formal to Casual")
    expect(slider).to_have_attribute("aria-valuetext", "No answer yet")
    expect(number).to_have_value("")
    slider.focus()
    visitor.page.keyboard.press("ArrowRight")
    expect(number).to_have_value("55")
    number.fill("72")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("72 of 100"))
    number.press("Tab")
    visitor.see_saved()
    visitor.page.reload()
    slider, number = _scale(visitor)
    expect(number).to_have_value("72")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("72 of 100"))


def test_a_number_that_is_no_place_is_told_how_to_mend(visitor: Visitor) -> None:
    """The summary leads to the number; what was typed stays."""
    visitor.start()
    visitor.open("04_voice", "#at=voice.casual")
    _, number = _scale(visitor)
    number.fill("170")
    number.press("Tab")
    visitor.go_on()
    message = "Enter how casual you are as a whole number from 0 to 100"
    visitor.page.get_by_role("link", name=message).click()
    _, number = _scale(visitor)
    expect(number).to_be_focused()
    expect(number).to_have_value("170")
    expect(number).to_have_attribute("aria-invalid", "true")


def test_drafts_are_checked_and_kept_nowhere(visitor: Visitor, app: App) -> None:
    """The number, the rule and the sentence; no word in the store, the log or this browser."""
    visitor.start()
    visitor.open("04_voice", "#at=voice/tone")
    page = visitor.page
    page.get_by_label("What do you want to check?").fill(DRAFT)
    page.get_by_role("button", name="Check by my rules").click()
    expect(page.get_by_role("heading", name="What your rules say")).to_be_focused()
    table = page.get_by_role("table", name="Rules, numbers and limits")
    expect(table.get_by_role("row", name=re.compile("No hype"))).to_contain_text(
        "Outside your rule"
    )
    expect(page.get_by_text("Draft 1, sentence 1").first).to_be_visible()
    assert page.locator("img[src=x]").count() == 0
    kept = page.evaluate("JSON.stringify({...localStorage}) + JSON.stringify({...sessionStorage})")
    assert "Quokka" not in kept
    assert "Quokka" not in app.log()
    for file in app.store.parent.glob(f"{app.store.name}*"):
        assert b"Quokka" not in file.read_bytes()
    page.reload()
    expect(page.get_by_label("What do you want to check?")).to_have_value("")


def test_a_file_of_posts_is_checked(visitor: Visitor) -> None:
    """An export is read, and the number of its posts told."""
    visitor.start()
    visitor.open("04_voice", "#at=voice/tone")
    raw = b'text\n"Your tap drips? Ring us."\n"We are there on Monday."\n'
    upload = {"name": "posts.csv", "mimeType": "text/csv", "buffer": raw}
    visitor.page.get_by_label("Or which file of posts?").set_input_files(upload)  # type: ignore[arg-type]
    visitor.page.get_by_role("button", name="Check by my rules").click()
    expect(visitor.page.get_by_text("We looked at 2 drafts")).to_be_visible()


def test_the_rules_are_taken_along(visitor: Visitor, tmp_path: Path) -> None:
    """Our situations come with one click; the voice stands on a page, and leaves as a style."""
    visitor.start()
    visitor.open("04_voice", "#at=voice.moments")
    page = visitor.page
    page.get_by_role("button", name="Begin with our words for six situations").click()
    entry = page.locator("summary").filter(has_text=re.compile("^Somebody complains$"))
    expect(entry).to_be_visible()
    visitor.see_saved()
    visitor.open("04_voice", "#at=voice/page")
    expect(page.get_by_role("heading", name="Somebody complains")).to_be_visible()
    expect(page.get_by_text("Calmer and shorter")).to_be_visible()
    with page.expect_download() as started:
        page.get_by_role("button", name="Download my rules for Vale").click()
    path = tmp_path / "style.zip"
    started.value.save_as(path)
    assert ".vale.ini" in zipfile.ZipFile(io.BytesIO(path.read_bytes())).namelist()
