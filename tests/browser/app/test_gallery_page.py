"""The gallery in a browser: real fields, and nobody is shut out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from serving_fixtures import run_server

from tests.browser.app.test_accessibility import SIZES, assert_accessible
from workbook.content import load_words
from workbook.serving.gallery import find_gallery

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

STATES = load_words("interface/gallery.toml")["states"]


def test_gallery_shows_real_fields_and_is_accessible(browser: Browser, tmp_path: Path) -> None:
    """Every state stands on the page; fields take what is typed; axe finds nothing."""
    with run_server(find_gallery(), tmp_path / "log", fork="no") as served:
        page = browser.new_page(viewport=SIZES["phone"], color_scheme="dark")
        page.set_default_timeout(30_000)
        expect.set_options(timeout=30_000)
        page.goto(served.address)
        for words in STATES.values():
            expect(page.get_by_role("heading", name=words["title"], exact=True)).to_be_visible()
        error = page.get_by_role("group").get_by_text(re.compile("Write the answer as it is asked"))
        expect(error.first).to_be_visible()
        field = page.get_by_label("text: what would you like to say?", exact=True).first
        field.fill("Typed")
        field.press("Tab")
        expect(field).to_have_value("Typed")
        assert_accessible(page, "phone, dark")
        page.close()
