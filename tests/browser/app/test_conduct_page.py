"""Rules for staff in the guided app: one page, sixteen sections, own words, and an old policy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.app.test_accessibility import SIZES, assert_accessible

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.app.conftest import Visitor

pytestmark = pytest.mark.browser

NOTE = "General information, not legal advice; check with a lawyer in your country."
PAGE = "04_voice"


def open_rules(visitor: Visitor, at: str = "conduct.countries") -> Page:
    """The page of conduct at the screen that asks for an answer."""
    visitor.open(PAGE, f"#at={at}")
    return visitor.page


def expect_screen(page: Page, title: str) -> None:
    """Wait until a screen is there, wherever the focus is."""
    expect(page.get_by_role("heading", name=title, level=2)).to_be_visible()


def go_to_rules(visitor: Visitor) -> Page:
    """From the first questions to the rules on one page."""
    page = open_rules(visitor, "conduct.pauser")
    expect_screen(page, "Who can stop everything")
    visitor.go_on()
    visitor.see("Your rules on one page")
    return page


def test_rules_are_changed_narrowed_and_found_again(visitor: Visitor) -> None:
    """Own words that are too wide are narrowed with one click, and are there after a reload."""
    page = go_to_rules(visitor)
    expect(page.get_by_text(NOTE)).to_be_visible()
    page.get_by_role("button", name="Change: Respect").click()
    words = page.get_by_label("Your own words: Respect")
    expect(words).to_be_focused()
    expect(words).to_have_value(re.compile("no insults"))
    words.fill("Be kind. Employees must not discuss their pay or hours.")
    page.keyboard.press("Tab")
    expect(page.get_by_role("heading", name="This forbids more than it needs to")).to_be_visible()
    page.get_by_role("button", name="Use the narrower wording").click()
    expect(page.get_by_role("heading", name="This forbids more")).to_be_hidden()
    expect(words).to_have_value(re.compile(r"^Be kind\. Keep to yourself trade secrets"))
    visitor.see_saved()
    page.reload()
    expect_screen(page, "Your rules on one page")
    expect(page.get_by_label("Your own words: Respect")).to_have_value(re.compile("^Be kind"))


def test_rule_is_left_out_and_put_back_with_the_keyboard_in_place(visitor: Visitor) -> None:
    """What was done to a rule keeps the focus at that rule, and nothing typed is lost."""
    page = go_to_rules(visitor)
    page.get_by_role("button", name="Change: Mistakes").click()
    page.get_by_label("Your own words: Mistakes").fill("Ring the owner.")
    page.get_by_role("button", name="Leave out: Mistakes").click()
    expect(page.get_by_role("heading", name="Mistakes", exact=True)).to_be_focused()
    page.get_by_role("button", name="Put back: Mistakes").click()
    expect(page.get_by_role("heading", name="Mistakes", exact=True)).to_be_focused()
    page.get_by_role("button", name="Change: Mistakes").click()
    expect(page.get_by_label("Your own words: Mistakes")).to_have_value("Ring the owner.")


def test_sixteen_sections_are_a_click_away(visitor: Visitor) -> None:
    """From the one page to the sections and back; Continue leads through all four groups."""
    page = go_to_rules(visitor)
    page.get_by_role("button", name="Show all sixteen sections").click()
    visitor.see("Your rules: Who the rules are for, and who speaks")
    for title in ("What we post, and what we do not", "When something goes wrong",
                  "Rights, breaches and looking again"):  # fmt: skip
        visitor.go_on()
        visitor.see(f"Your rules: {title}")
    page.get_by_role("button", name="Back to one page").click()
    visitor.see("Your rules on one page")


POLICY = (
    "Employees must not:\n- discuss their salary\n- talk to the media\n\n"
    "A very particular sentence. All information about the company is confidential."
)


def test_old_policy_is_looked_at_and_kept_nowhere(visitor: Visitor) -> None:
    """What is too wide is shown; nothing of it is in the browser's storage or in the store."""
    page = go_to_rules(visitor)
    visitor.go_on()
    visitor.see("Rules you have already")
    page.get_by_label("The text of your rules").fill(POLICY)
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("heading", name="What we see")).to_be_focused()
    expect(page.get_by_text("3 sentences could be narrower, or clearer.")).to_be_visible()
    expect(page.get_by_text("discuss their salary").last).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Take the text with the narrower wording").click()
    taken = waiting.value.path().read_text(encoding="utf-8")
    assert "very particular" in taken
    assert "All information" not in taken
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "particular" not in kept
    assert b"very particular" not in visitor.app.store.read_bytes()
    page.reload()
    expect_screen(page, "Rules you have already")
    expect(page.get_by_label("The text of your rules")).to_have_value("")


def assert_at_both_sizes(page: Page, state: str) -> None:
    """Axe finds nothing on a phone and on a desktop."""
    for size, viewport in SIZES.items():
        page.set_viewport_size(viewport)
        assert_accessible(page, f"{state}, {size}")


def test_every_screen_with_rules_is_accessible(another: Callable[..., Visitor]) -> None:
    """Questions, findings, rules in each state, sections and what the bench found."""
    visitor = another(viewport=SIZES["phone"])
    page = open_rules(visitor)
    page.get_by_label("The European Union").check()
    page.get_by_label("We ask only happy customers").check()
    expect(page.get_by_role("heading", name="You ask only happy customers")).to_be_visible()
    assert_at_both_sizes(page, "reach")
    for title in ("Who speaks, and who decides", "Who can stop everything", "Your visitors’ data"):  # noqa: RUF001 - as it stands on the page
        visitor.go_on()
        visitor.see(title)
        assert_at_both_sizes(page, title)
    visitor.go_on()
    visitor.see("Your rules on one page")
    page.get_by_role("button", name="Change: What stays with us").click()
    page.get_by_label("Your own words: What stays with us").fill("All information is confidential.")
    page.get_by_role("button", name="Change: Passwords and leavers").click()
    page.get_by_role("button", name="Leave out: Passwords and leavers").click()
    expect(page.get_by_role("heading", name="Passwords and leavers", exact=True)).to_be_focused()
    assert_at_both_sizes(page, "rules")
    page.get_by_role("button", name="Show all sixteen sections").click()
    visitor.see("Your rules: Who the rules are for, and who speaks")
    assert_at_both_sizes(page, "sections")
    open_rules(visitor, "conduct/policy")
    expect_screen(page, "Rules you have already")
    page.get_by_label("The text of your rules").fill(POLICY)
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("heading", name="What we see")).to_be_focused()
    assert_at_both_sizes(page, "bench")
