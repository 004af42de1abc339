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

    from playwright.sync_api import Locator, Page

    from tests.browser.app.conftest import Visitor
    from tests.browser.conftest import Watch

pytestmark = pytest.mark.browser

SIZES = {
    "phone": {"width": 320, "height": 640},
    "tablet": {"width": 768, "height": 1024},
    "desktop": {"width": 1280, "height": 900},
}
"""A phone is as wide as a desktop at 400 %, which leaves 320 of its 1280 pixels."""
PAGES = sorted({step.page for step in load_steps()} | {"11_finish"})
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BY_LOOK = {"type": "rule", "values": ["color-contrast", "target-size"]}
"""What else but the names and roles a screen has hangs on its colours."""
FINISH = re.compile("Go on to your documents|Continue|Start now")


LOOKS = {
    "empty": {"tablet, light": TAGS, "phone, dark": BY_LOOK, "desktop, light": None},
    "filled": {"phone, light": TAGS, "desktop, dark": TAGS, "tablet, dark": None},
}
"""Sizes and colours each state is looked at in, with the rules; none: only how wide it is."""
SCRIPT = Axe().axe_script
FIND = """options => axe.run(options).then(found => found.violations.flatMap(rule => rule.nodes.map(
  node => `${rule.id}: ${node.target} ${node.failureSummary}`)))"""
MUTE_CHARTS = """() => [...document.querySelectorAll('.wb-chart')].filter(chart =>
  !chart.querySelector('table tbody td') || [...chart.querySelectorAll('svg')].some(picture =>
    picture.getAttribute('role') !== 'img' || !['title', 'desc'].every(
      part => picture.querySelector(part)?.textContent))).map(chart => chart.textContent)"""


def assert_accessible(page: Page, state: str, rules: Any = TAGS) -> None:
    """Axe finds nothing, and nothing is wider than the screen."""
    if rules:
        if page.evaluate("!('axe' in window)"):
            page.evaluate(SCRIPT)
        found = page.evaluate(FIND, {"runOnly": rules, "resultTypes": ["violations"]})
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
    """Every screen of every page: empty by keyboard alone, and filled with all of it unfolded."""
    visitor = another(viewport=SIZES["phone"])
    visitor.page.add_init_script(NOTE_STOPS)
    visitor.open(fragment=fragment)
    press = click_on if state == "filled" else tab_on
    for name in PAGES:
        visitor.open(name, "#at=start.route" if name == "00_start" and fragment else "")
        walk_screens(visitor.page, name, LOOKS[state], press)
        if state == "filled" and name == "11_finish":
            take_document(visitor.page)
            for screen in ("links", "defaults", "end"):
                visitor.open(name, f"#at={screen}")
                assert_at_every_size(visitor.page, f"{name}, {screen}")


def walk_screens(
    page: Page, name: str, looks: dict[str, Any], press: Callable[[Page, Locator], None]
) -> None:
    """Look at each screen of a page, until it leads elsewhere or back to one seen before."""
    heading, seen = page.get_by_role("heading", level=2).first, set()
    while True:
        expect(heading).to_be_visible()
        title = heading.inner_text()
        if title in seen:
            return
        seen.add(title)
        if press is click_on:
            page.evaluate(UNFOLD)
        for look, rules in looks.items():
            look_at(page, look)
            assert_accessible(page, f"{name}, {title}, {look}", rules)
        assert page.evaluate(MUTE_CHARTS) == [], f"{name}, {title}"
        onward = page.get_by_role("button", name=FINISH)
        if title == "Your documents" or not onward.count():
            return
        press(page, onward.first)
        page.wait_for_function(HAS_GONE_ON, arg=[name, title])
        if f"/{name}.ipynb" not in page.url:
            return


def take_document(page: Page) -> None:
    """A document that was made and taken, and what the page says of it."""
    with page.expect_download():
        page.get_by_role("button", name="One-page strategy in Word").click()
    expect(page.get_by_role("status").filter(has_text="is downloaded")).to_be_attached()
    assert_at_every_size(page, "document ready")


UNFOLD = "for (const folded of document.querySelectorAll('main details')) folded.open = true"
"""Findings, reasons, entries of lists and the numbers of charts."""
HAS_GONE_ON = """([name, title]) => !location.pathname.endsWith(`/${name}.ipynb`)
  || ![undefined, title].includes(document.querySelector('main h2')?.innerText)"""
"""Another screen is there, or another page is on its way, which nobody need wait for."""
NOTE_STOPS = """window.stops = [];
addEventListener('focusin', ({ target }) => {
  const look = getComputedStyle(target);
  const shown = (look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2)
    || (look.boxShadow !== 'none' && target.matches(':focus-visible'));
  const name = target.labels?.[0]?.innerText || target.ariaLabel || target.innerText || target.id;
  stops.push({ name: `${target.tagName} ${name}`.trim().slice(0, 80), shown });
});"""
COUNT_STOPS = """onward => {
  const all = document.querySelectorAll('a[href], button, input, select, textarea, summary,'
    + '[tabindex="0"]');
  const isAhead = element =>
    document.activeElement.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING
    && !(onward.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING)
    && !element.disabled && element.checkVisibility({ visibilityProperty: true });
  stops = [];
  return new Set([...all].filter(isAhead).map(
    element => element.type === 'radio' ? element.name : element)).size;
}"""
MOST_INNER = 40
"""Stops within single fields, such as day, month and year of a date."""


def click_on(_: Page, onward: Locator) -> None:
    """Go on with a pointer."""
    onward.click()


def tab_on(page: Page, onward: Locator) -> None:
    """Go on by keyboard: from the heading through every stop, each of which shows its focus."""
    there = "onward => document.activeElement === onward"
    for _ in range(onward.evaluate(COUNT_STOPS)):
        page.keyboard.press("Tab")
    for _ in range(MOST_INNER):
        if onward.evaluate(there):
            break
        page.keyboard.press("Tab")
    stops = page.evaluate("stops")
    assert onward.evaluate(there), f"Continue cannot be reached by keyboard: {stops}"
    assert [stop["name"] for stop in stops if not stop["shown"]] == []
    page.keyboard.press("Enter")


def test_errors_findings_and_dialogs_are_accessible(another: Callable[..., Visitor]) -> None:
    """With an error summary, an open finding, the menu and a dialog on the page."""
    visitor = another(viewport=SIZES["desktop"])
    page = visitor.page
    visitor.start()
    visitor.name_business("Example Café")
    expect(page.get_by_role("status").filter(has_text=re.compile(r"^Saved \d"))).to_be_visible()
    visitor.go_on()
    visitor.see("Your week")
    page.get_by_label(re.compile("How many hours a week")).fill("some")
    visitor.go_on()
    expect(page.get_by_role("alert").filter(has_text="There is a problem")).to_be_focused()
    assert_at_every_size(page, "error")
    visitor.open("02_goals", "#at=goals.decision")
    page.get_by_text(re.compile("^Because:")).first.click()
    assert_at_every_size(page, "finding open")
    visitor.menu.click()
    assert_at_every_size(page, "menu open")
    page.get_by_role("button", name="Delete my plan", exact=True).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert_at_every_size(page, "dialog")


def assert_at_every_size(page: Page, state: str) -> None:
    """What stands on the page now is accessible at three widths, light or dark by turns."""
    before = page.viewport_size
    for size, scheme in zip(SIZES, ("dark", "light", "dark"), strict=True):
        look_at(page, f"{size}, {scheme}")
        assert_accessible(page, f"{state}, {size}, {scheme}")
    if before:
        page.set_viewport_size(before)
    page.emulate_media(color_scheme="light")


def test_an_ended_session_is_accessible(another: Callable[..., Any], watch: Watch) -> None:
    """The bar that says the connection is lost has a name, a contrast and a button."""
    watch.allowed += ["Failed to load resource", "WebSocket connection", "ERR_"]
    visitor = another(viewport=SIZES["phone"])
    visitor.start()
    visitor.page.route("**/api/kernels/**", lambda route: route.abort())
    visitor.page.evaluate("dispatchEvent(new Event('online'))")
    bar = visitor.page.get_by_role("alert").filter(has_text="lost its connection")
    expect(bar).to_be_visible(timeout=30_000)
    assert_at_every_size(visitor.page, "session ended")


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
