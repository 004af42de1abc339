"""WCAG 2.2 AA in every state of every page, and the whole way by keyboard alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from workbook.content import load_steps

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.app.conftest import Visitor
    from tests.browser.conftest import Watch

pytestmark = pytest.mark.browser

SIZES = {"phone": {"width": 360, "height": 740}, "desktop": {"width": 1280, "height": 900}}
PAGES = sorted({step.page for step in load_steps()} | {"11_finish"})
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
FINISH = re.compile("Go on to your documents|Continue|Start now")


LOOKS = {"empty": ("phone, light", "desktop, dark"), "filled": ("phone, dark", "desktop, light")}
"""In which sizes and colours each state is looked at."""
SCRIPT = Axe().axe_script
FIND = """options => axe.run(options).then(found => found.violations.flatMap(rule => rule.nodes.map(
  node => `${rule.id}: ${node.target} ${node.failureSummary}`)))"""


def assert_accessible(page: Page, state: str) -> None:
    """Axe finds nothing, and nothing is wider than the screen."""
    if page.evaluate("!('axe' in window)"):
        page.evaluate(SCRIPT)
    found = page.evaluate(FIND, {**RULES, "resultTypes": ["violations"]})
    assert not found, f"{state}:\n" + "\n".join(found)
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, f"{state}: {wide} px too wide"


def look_at(page: Page, look: str) -> None:
    """Make the screen as large and as dark as a look says."""
    size, scheme = look.split(", ")
    page.set_viewport_size(SIZES[size])
    page.emulate_media(color_scheme=scheme)


@pytest.mark.parametrize(("state", "fragment"), [("empty", ""), ("filled", "#example")])
def test_every_screen_is_accessible(
    another: Callable[..., Visitor], state: str, fragment: str
) -> None:
    """Every screen of every page, empty and with the finished example, at both sizes."""
    visitor = another(viewport=SIZES["phone"])
    visitor.open(fragment=fragment)
    for name in PAGES:
        visitor.open(name)
        walk_screens(visitor.page, name, LOOKS[state])


def walk_screens(page: Page, name: str, looks: tuple[str, ...]) -> None:
    """Look at each screen of a page, until it leads elsewhere or back to one seen before."""
    heading, seen = page.get_by_role("heading", level=2).first, set()
    while True:
        expect(heading).to_be_visible()
        title = heading.inner_text()
        if title in seen:
            return
        seen.add(title)
        for look in looks:
            look_at(page, look)
            assert_accessible(page, f"{name}, {title}, {look}")
        onward = page.get_by_role("button", name=FINISH)
        if title == "Your documents" or not onward.count():
            return
        onward.first.click()
        expect(heading).not_to_have_text(title)
        if f"/{name}.ipynb" not in page.url:
            return


def test_errors_findings_and_dialogs_are_accessible(another: Callable[..., Visitor]) -> None:
    """With an error summary, an open finding, the menu and a dialog on the page."""
    for size, viewport in SIZES.items():
        visitor = another(viewport=viewport)
        visitor.start()
        visitor.go_on()
        visitor.see("Your week")
        visitor.page.get_by_label(re.compile("How many hours a week")).fill("some")
        visitor.go_on()
        expect(visitor.page.get_by_text("There is a problem")).to_be_visible()
        assert_accessible(visitor.page, f"error, {size}")
        visitor.open("02_goals", "#at=goals.decision")
        visitor.page.get_by_text(re.compile("^Because:")).first.click()
        assert_accessible(visitor.page, f"finding open, {size}")
        visitor.menu.click()
        assert_accessible(visitor.page, f"menu open, {size}")
        visitor.page.get_by_role("button", name="Delete my plan", exact=True).click()
        expect(visitor.page.get_by_role("dialog")).to_be_visible()
        assert_accessible(visitor.page, f"dialog, {size}")


def test_an_ended_session_is_accessible(another: Callable[..., Any], watch: Watch) -> None:
    """The bar that says the connection is lost has a name, a contrast and a button."""
    watch.allowed += ["Failed to load resource", "WebSocket connection", "ERR_"]
    for size, viewport in SIZES.items():
        visitor = another(viewport=viewport)
        visitor.start()
        visitor.page.context.set_offline(True)
        visitor.page.evaluate("dispatchEvent(new Event('online'))")
        bar = visitor.page.get_by_role("alert").filter(has_text="lost its connection")
        expect(bar).to_be_visible(timeout=30_000)
        assert_accessible(visitor.page, f"session ended, {size}")


def press_until(visitor: Visitor, name: str, key: str = "Tab", most: int = 60) -> None:
    """Press a key until what has a name is in focus, and see that the focus shows."""
    for _ in range(most):
        visitor.page.keyboard.press(key)
        focused = visitor.page.evaluate(
            """() => { const e = document.activeElement;
            return (e.labels?.[0]?.innerText ?? e.innerText ?? '').trim().split('\\n')[0]; }"""
        )
        if focused.startswith(name):
            shown = visitor.page.evaluate(
                "getComputedStyle(document.activeElement).outlineStyle !== 'none'"
            )
            assert shown, f"{name} is in focus and does not show it"
            return
    pytest.fail(f"{name} cannot be reached with {key}")


def test_the_whole_way_by_keyboard(visitor: Visitor) -> None:
    """From the first page to a document without ever touching a pointer."""
    visitor.open()
    keys = visitor.page.keyboard
    press_until(visitor, "Skip to the page")
    press_until(visitor, "Start now")
    keys.press("Enter")
    visitor.see("How much time have you?")
    press_until(visitor, "About 40 minutes")
    keys.press("ArrowDown")
    keys.press("ArrowUp")
    expect(visitor.page.get_by_role("radio", name=re.compile("About 40"))).to_be_checked()
    press_until(visitor, "Continue")
    keys.press("Enter")
    visitor.see("Your business")
    press_until(visitor, "What is your business called?")
    keys.type("Example Keys")
    press_until(visitor, "Continue")
    keys.press("Enter")
    visitor.see("Your week")
    press_until(visitor, "How many hours a week")
    keys.type("3")
    press_until(visitor, "Continue")
    keys.press("Enter")
    visitor.see("Your accounts")
    press_until(visitor, "Add")
    keys.press("Enter")
    expect(visitor.page.get_by_label("Where is it?")).to_be_focused()
    keys.type("Insta")
    expect(visitor.page.get_by_label("Where is it?")).to_have_value("instagram")
    press_until(visitor, "Continue")
    keys.press("Enter")
    expect(visitor.page.get_by_role("heading", name="Your tasks")).to_be_visible()
    press_until(visitor, "Check your answers")
    keys.press("Enter")
    expect(visitor.page.get_by_role("heading", name="Check your answers", level=2)).to_be_visible()
    press_until(visitor, "Go on to your documents", most=200)
    keys.press("Enter")
    visitor.see("Your documents")
    press_until(visitor, "One-page strategy in Word")
    with visitor.page.expect_download():
        keys.press("Enter")
