"""A workshop in the browser: one who leads, people who join, and what each of them sees."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.app.test_accessibility import SIZES, assert_accessible
from workbook.workshop.seat import Seat, join

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.app.conftest import App, Visitor

pytestmark = pytest.mark.browser

BEAMER = {"width": 1280, "height": 720}
KEPT = "() => JSON.stringify([{...localStorage}, {...sessionStorage}])"


def test_room_is_led_from_its_code_to_its_decision(
    visitor: Visitor, another: Callable[..., Visitor]
) -> None:
    """Opened, joined on a phone, answered alone, shown, sent on, noted, taken back, and left."""
    lead = visitor.page
    code = open_room(lead, visitor.app)
    guest = another(viewport=SIZES["phone"])
    join_by_link(guest, code)
    expect(lead.get_by_role("rowheader", name="Ann and Sons")).to_be_visible()
    answer_alone(lead, guest.page, visitor.app, code)
    lead.get_by_role("button", name="Send everybody to this part\u2019s page").click()
    guest.page.get_by_role("button", name="Go there: Find out what misses the mark").click()
    guest.page.wait_for_url("**/01_diagnosis.ipynb*")
    bar = guest.page.get_by_role("heading", name="Workshop: Market traders", level=2)
    expect(bar).to_be_visible()
    expect(guest.page.get_by_role("timer")).to_have_text(re.compile(r"^\d+:\d\d left$"))
    assert_accessible(guest.page, "a page of a plan in a workshop")
    note_and_take_back(lead)
    guest.page.get_by_text("What the facilitator sees").click()
    guest.page.get_by_role("button", name="Leave the workshop").click()
    expect(bar).to_have_count(0)
    expect(lead.get_by_role("rowheader", name="Ann and Sons")).to_have_count(0)


def open_room(lead: Page, app: App) -> str:
    """Somebody opens a room; its key leaves the address once the browser keeps it."""
    lead.goto(f"{app.address}voila/render/facilitator.ipynb")
    lead.get_by_label("What is the workshop called?").fill("Market traders")
    lead.keyboard.press("Enter")
    lead.get_by_role("button", name="Begin", exact=True).click()
    expect(lead.get_by_role("button", name="Pause the clock")).to_be_visible()
    key = lead.get_by_role("textbox", name="Your facilitator link").input_value()
    assert key.partition("#room=")[2] in lead.evaluate(KEPT)
    assert "#" not in lead.url
    assert_accessible(lead, "the facilitator's screen")
    return lead.locator(".wb-join-code").inner_text().replace("Code:", "").strip()


def join_by_link(guest: Visitor, code: str) -> None:
    """Somebody follows the link of the QR code on a phone, and says who they are."""
    guest.open(fragment=f"#join={code.replace(' ', '')}")
    page = guest.page
    expect(page.get_by_label("Code")).to_have_value(code.replace(" ", ""))
    page.get_by_label("Your name or your business").fill("Ann and Sons")
    assert_accessible(page, "the way into a workshop")
    page.get_by_role("button", name="Join", exact=True).click()
    expect(page.get_by_role("heading", name="What to have ready")).to_be_visible()


def answer_alone(lead: Page, guest: Page, app: App, code: str) -> None:
    """Everybody is asked; who has answered is seen before what, and that only from five on."""
    lead.get_by_role("button", name="Ask", exact=True).click()
    guest.get_by_role("button", name="Answer", exact=True).click()
    guest.get_by_label("How many people a post reached").check()
    guest.get_by_role("button", name="Send my answer").click()
    expect(guest.get_by_role("button", name="Change it")).to_be_visible()
    expect(lead.get_by_text("1 of 1 has answered")).to_be_visible()
    address, now = f"sqlite:///{app.store}", datetime.now(UTC)
    for value in ("visits", "followers", "nothing", "unknown"):
        seat = Seat(address, join(address, code, now=now))
        question = seat.load().room.state.question
        assert question is not None
        seat.answer(question.name, value)
    expect(lead.get_by_text("5 of 5 have answered")).to_be_visible()
    lead.get_by_role("button", name="Show the answers").click()
    lead.get_by_role("button", name="For the screen").click()
    lead.set_viewport_size(BEAMER)
    expect(lead.get_by_role("img").first).to_be_visible()
    expect(lead.get_by_role("heading", name="Parking lot")).to_be_hidden()
    assert_accessible(lead, "the screen at the wall")
    lead.keyboard.press("Escape")
    row = guest.get_by_role("row", name="How many people a post reached")
    expect(row.get_by_role("cell")).to_have_text("1")


def note_and_take_back(lead: Page) -> None:
    """A decision and a parked line, by keyboard; the last step is taken back."""
    decide = lead.get_by_role("form", name="Decisions")
    decide.get_by_label("What is decided?").fill("One account less")
    decide.get_by_label("Who does it?").fill("Ann")
    lead.keyboard.press("Enter")
    expect(lead.get_by_text("One account less (Ann)")).to_be_visible()
    expect(decide.get_by_label("What is decided?")).to_be_focused()
    lead.get_by_role("form", name="Parking lot").get_by_label("What is parked?").fill("A logo")
    lead.keyboard.press("Enter")
    parked = lead.get_by_role("listitem").filter(has_text="A logo")
    expect(parked).to_be_visible()
    lead.get_by_role("button", name="Undo the last step").click()
    expect(parked).to_have_count(0)
