"""The gallery in a browser: real fields, and nobody is shut out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from serving_fixtures import run_server

from tests.browser.app.roles import read_kept, read_roles
from tests.browser.app.test_accessibility import (
    BY_LOOK,
    SIZES,
    assert_accessible,
    assert_at_every_size,
)
from workbook.content import load_words
from workbook.interface.fields import field_kinds
from workbook.serving.gallery import find_gallery

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

STATES = load_words("interface/gallery.toml")["states"]
WAITING = load_words("serving/words.toml")["waiting"]["line"]
MOVES = """() => [...document.querySelectorAll('*')].filter(element => ['', '::before', '::after']
  .some(part => {
    const look = getComputedStyle(element, part || undefined);
    return parseFloat(look.transitionDuration) > 0
      || (look.animationName !== 'none' && parseFloat(look.animationDuration) > 0);
  })).map(element => element.className)"""
MARK = "element => getComputedStyle(element, '::before').backgroundColor"


def test_gallery_shows_real_fields_and_is_accessible(browser: Browser, tmp_path: Path) -> None:
    """Every state and kind, to eyes, ears and keys; and who finds no place is told so kindly."""
    with run_server(find_gallery(), tmp_path / "log", fork="no", kernels=1) as served:
        page = browser.new_page(viewport=SIZES["phone"], color_scheme="dark")
        page.set_default_timeout(30_000)
        expect.set_options(timeout=30_000)
        page.goto(served.address)
        expect(page.locator("[data-wb-end]").first).to_be_attached()
        expect(page.locator("html")).to_have_attribute("lang", "en")
        for words in STATES.values():
            expect(page.get_by_role("heading", name=words["title"], exact=True)).to_be_visible()
        check_fields(page)
        check_what_is_told(page)
        assert_accessible(page, "phone, dark")
        check_looks(page)
        waiting = browser.new_page(viewport=SIZES["phone"], color_scheme="dark")
        waiting.goto(served.address)
        expect(waiting.get_by_role("heading", level=1)).to_have_text(WAITING["title"])
        assert_at_every_size(waiting, "waiting")
        page.close()
        waiting.close()


def check_fields(page: Page) -> None:
    """Errors stand at their fields, and fields take what is typed."""
    error = page.get_by_role("group").get_by_text(re.compile("Write the answer as it is asked"))
    expect(error.first).to_be_visible()
    field = page.get_by_label("text: what would you like to say?", exact=True).first
    field.fill("Typed")
    field.press("Tab")
    expect(field).to_have_value("Typed")
    field.fill("")
    field.press("Tab")


def check_what_is_told(page: Page) -> None:
    """Each kind has its roles, names, values, hints and errors, as they were found right."""
    told, kept = read_roles(page), read_kept()
    assert set(kept) >= set(field_kinds()), "python -m tests.browser.app.roles writes what is new"
    for kind, states in told.items():
        assert states == kept[kind], kind
    slider = page.get_by_role("slider").nth(1)
    expect(slider).to_have_attribute("aria-valuetext", re.compile("of 100, where 0 is Formal"))


def check_looks(page: Page) -> None:
    """Nothing moves for who wants no motion; own colours, strong contrast and paper work too."""
    page.emulate_media(reduced_motion="reduce", contrast="more", color_scheme="light")
    assert page.evaluate(MOVES) == []
    assert_accessible(page, "strong contrast, light", BY_LOOK)
    page.emulate_media(forced_colors="active", contrast="no-preference")
    chosen = page.locator(".wb-option input:checked").first
    other = page.locator(".wb-option input[type=radio]:not(:checked)").first
    assert chosen.evaluate(MARK) != chosen.evaluate("e => getComputedStyle(e).backgroundColor")
    other.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.emulate_media(forced_colors="none", media="print", color_scheme="dark")
    expect(page.locator("#wb-header")).to_be_hidden()
    assert_accessible(page, "on paper", BY_LOOK)
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == "rgb(255, 255, 255)"
