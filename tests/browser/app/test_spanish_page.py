"""The app in another language: asked for by the browser, written into a document, switched."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.app.test_accessibility import assert_accessible
from workbook.content import load_step, load_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    from tests.browser.app.conftest import Visitor

pytestmark = pytest.mark.browser

START, GOALS = load_step("start", "es"), load_step("goals", "es")
TASKS, FINISH = (load_words(f"interface/{name}.toml", "es") for name in ("tasks", "finish"))
SAID = load_words("interface/words.toml", "es")
TITLES = load_words("exports/documents/words.toml", "es")
PHONE = {"width": 320, "height": 640}
NAME = "Fontanería Ejemplo"


def _press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).first.click()


def _field(page: Page, label: str) -> Locator:
    return page.get_by_label(label, exact=True).first


def _see_saved(page: Page) -> None:
    form = re.escape(SAID["desk"]["saved"].partition("{")[0])
    expect(page.get_by_text(re.compile(f"^{form}\\S")).first).to_be_visible()


def _open(visitor: Visitor, name: str, fragment: str = "") -> Page:
    visitor.page.goto(f"{visitor.app.address}voila/render/{name}.ipynb{fragment}")
    expect(visitor.page.locator("[data-wb-end]")).to_be_attached()
    return visitor.page


def test_a_spanish_browser_gets_it_in_spanish_and_may_switch(
    another: Callable[..., Visitor],
) -> None:
    """From the first page to a document; whoever switches finds their answers where they were."""
    import docx

    visitor = another(locale="es-MX", viewport=PHONE)
    page = _open(visitor, "00_start")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    assert_accessible(page, "the start page in Spanish")
    _press(page, TASKS["introduction"]["start"])
    page.get_by_role("radio", name=re.compile(START.questions["route"].options[0].label)).check()
    _press(page, SAID["page"]["continue"])
    _field(page, START.questions["name"].label).fill("Ejemplo")
    page.keyboard.press("Tab")
    _see_saved(page)
    _switch_and_back(page)

    page = _open(visitor, "02_goals", "#at=goals.decision")
    finding = GOALS.findings["decision-missing"].what
    expect(page.get_by_text(finding).first).to_be_visible()
    assert_accessible(page, "a page with a finding in Spanish")

    page = _open(visitor, "11_finish")
    _press(page, FINISH["answers"]["continue"])
    with page.expect_download() as given:
        page.get_by_role("button", name=re.compile("Word")).first.click()
    text = "\n".join(
        p.text for p in docx.Document(io.BytesIO(given.value.path().read_bytes())).paragraphs
    )
    assert NAME in text
    assert any(TITLES[name]["title"] in text for name in ("one_page", "strategy"))


def _switch_and_back(page: Page) -> None:
    """By the menu to English, by the foot back; typed in the very moment of going."""
    _field(page, START.questions["name"].label).fill(NAME)
    page.locator("summary").filter(has_text=SAID["desk"]["menu"]).click()
    page.locator("#wb-tools").get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(_field(page, load_step("start").questions["name"].label)).to_have_value(NAME)
    expect(page).to_have_url(re.compile(r"00_start\.ipynb$"))
    page.locator("#wb-footer").get_by_role("link", name="Español").click()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(_field(page, START.questions["name"].label)).to_have_value(NAME)
