"""The page of accounts in the browser: a list comes in, no password does, a register goes out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.app.test_accessibility import SIZES, assert_accessible

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.app.conftest import App, Visitor

pytestmark = pytest.mark.browser

SECRETS = ("hunter2", "Summer2024!", "xY7#kk2")
PLACE = "Where is the password kept?"
NOTES = "What else should the next person know?"


def _write_list(folder: Path) -> Path:
    rows = "".join(f"Facebook;shop{n};Owner {n % 3};hunter2\n" for n in range(60))
    path = folder / "accounts.csv"
    path.write_bytes(f"Plattform;Konto;Zuständig;Passwort\n{rows}".encode("cp1252"))
    return path


def _list_kept(page: Page) -> str:
    """Everything that this browser keeps of the workbook."""
    script = "() => JSON.stringify([{...localStorage}, {...sessionStorage}])"
    return json.dumps(page.evaluate(script), ensure_ascii=False)


def _bring_in(visitor: Visitor, folder: Path) -> None:
    page = visitor.page
    page.get_by_label("Which file?").set_input_files(_write_list(folder))
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="What the list holds")).to_be_focused()
    expect(page.get_by_text("60 accounts are new.")).to_be_visible()
    expect(page.get_by_text("The column “Passwort” seems to hold passwords")).to_be_visible()
    assert_accessible(page, "accounts, list read")
    page.get_by_role("button", name="Take these accounts over").click()
    visitor.see_saved()


def _look_through(page: Page) -> None:
    """Twenty accounts at a time, and one of them is opened."""
    expect(page.get_by_role("table", name="Your accounts: all, 1 to 20 of 60")).to_be_visible()
    page.get_by_role("button", name="Show the next").click()
    expect(page.get_by_role("table", name="Your accounts: all, 21 to 40 of 60")).to_be_visible()
    assert_accessible(page, "accounts, phone")
    page.get_by_role("link", name="Facebook shop20").click()
    expect(page.get_by_label("Who looks after it?")).to_be_focused()
    expect(page.get_by_label("Who looks after it?")).to_have_value("Owner 2")


def _refuse_a_password(page: Page) -> None:
    """Typed and left, the field is empty and says why; nothing of it is kept by the browser."""
    field = page.get_by_label(PLACE)
    field.press_sequentially("Summer2024!")
    assert not [secret for secret in SECRETS if secret in _list_kept(page)]
    page.keyboard.press("Enter")
    expect(page.get_by_text("What was typed looks like a password").first).to_be_visible()
    expect(field).to_have_value("")
    expect(field).to_have_attribute("aria-invalid", "true")
    assert_accessible(page, "accounts, password refused")
    field.fill("KeePass, safe in office")
    page.keyboard.press("Tab")
    expect(field).not_to_have_attribute("aria-invalid", "true")


def _mend_a_note(page: Page) -> None:
    """What was typed stays in its field alone until the password is taken out of it."""
    notes = page.get_by_label(NOTES)
    notes.fill("Ask the owner first. pw: xY7#kk2")
    page.get_by_role("button", name="Continue", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Take the password or code out of")
    expect(notes).to_have_value("Ask the owner first. pw: xY7#kk2")
    assert not [secret for secret in SECRETS if secret in _list_kept(page)]
    notes.fill("Ask the owner first.")
    page.get_by_role("button", name="Continue", exact=True).click()


def test_a_list_comes_in_and_no_password_does(
    another: Callable[..., Visitor], app: App, tmp_path: Path
) -> None:
    """From a spreadsheet to the register and out again, on a phone; no secret is left anywhere."""
    visitor = another(viewport=SIZES["phone"])
    visitor.open("08_time", "#new&at=accounts/import")
    page = visitor.page
    _bring_in(visitor, tmp_path)
    page.get_by_role("button", name="Back").click()
    visitor.see("Your accounts")
    _look_through(page)
    visitor.go_on()
    visitor.see("Facebook shop20: The way in")
    _refuse_a_password(page)
    for part in ("If you are locked out", "What it does", "Name, money and notes"):
        visitor.go_on()
        visitor.see(f"Facebook shop20: {part}")
    _mend_a_note(page)
    visitor.see("Facebook shop20: What becomes of it")
    page.get_by_role("button", name="Back to the list").click()
    visitor.see("Your accounts")
    with page.expect_download() as given:
        page.get_by_role("button", name="Download as CSV").click()
    text = Path(given.value.path()).read_text("utf-8-sig")
    assert "KeePass, safe in office" in text
    assert text.count("\n") == 61
    kept = text + _list_kept(page) + app.log()
    assert not [secret for secret in SECRETS if secret in kept]
