"""A workshop in the browser: an hour with two who lead and three who take part, to its end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.app.test_accessibility import (
    SIZES,
    assert_accessible,
    assert_at_every_size,
)
from workbook.workshop.prompts import read_blind
from workbook.workshop.seat import Seat, join

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.app.conftest import App, Visitor
    from tests.browser.conftest import Watch

pytestmark = pytest.mark.browser

BEAMER = {"width": 1280, "height": 720}
OPENING = """
- form "Open a room":
  - textbox "What is the workshop called?"
  - group "Who comes?":
    - radio "Many businesses, each with a plan of its own" [checked]
    - radio /Several people of one business/
  - combobox "Agenda"
  - textbox "How many minutes have you?"
  - textbox "When does it begin?"
  - group "On your board":
    - radio "Show the names of those who want to be named" [checked]
    - radio "Show nobody\u2019s name"
  - button "Open the room"
"""
JOINING = """
- form "Join a workshop":
  - textbox "Code"
  - textbox "Your name or your business (optional)"
  - group "What may the facilitator see?":
    - radio /Only how far I am/ [checked]
    - radio "How far I am, and my answers"
  - group "In ninety days":
    - checkbox /The facilitator may/
  - button "Join"
"""
NOTING = {
    "Decisions": """
- form "Decisions":
  - textbox "What is decided?"
  - textbox "Who does it?"
  - textbox "By when?"
  - button "Note the decision"
""",
    "Parking lot": """
- form "Parking lot":
  - textbox "What is parked?"
  - textbox "What is missing to settle it? (optional)"
  - textbox "Who takes it up? (optional)"
  - button "Park it"
""",
}
"""What assistive technology is told of the fields of a room: role, name, and what is chosen."""
KEPT = "() => JSON.stringify([{...localStorage}, {...sessionStorage}])"
LATER = "minutes => { const now = Date.now; Date.now = () => now() + minutes * 60e3; }"
OFFLINE = "You are offline. Go on typing: it is kept in this browser"
AIM = "What should be different for the business in a year?"
EXPECTED = ["Failed to load resource", "WebSocket connection", "ERR_"]
"""What the browser itself writes down when the network is gone."""


@dataclass
class Room:
    """A room with those in it: pages of two who lead and three who take part, and two seats."""

    app: App
    lead: Page
    second: Page
    guests: list[Page]
    code: str
    others: list[Seat]

    def ask(self, raw: object, *values: object) -> None:
        """The question that is offered is asked; each guest gives a value, the others one too."""
        self.lead.get_by_role("button", name="Ask", exact=True).click()
        for guest, value in zip(self.guests, values, strict=False):
            answer(guest, value)
        for seat in self.others:
            asked = seat.load().room.state.question
            assert asked is not None
            seat.answer(asked.name, read_blind(asked.prompt, raw))

    def go_on(self) -> None:
        """The next part of the agenda is on, and its clock runs."""
        self.lead.get_by_role("button", name="Next part").click()
        expect(self.lead.get_by_role("button", name="Show the answers")).to_be_hidden()


def answer(guest: Page, value: object) -> None:
    """Somebody answers what the room is asked: an option by its label, several, or a number."""
    guest.get_by_role("button", name="Answer", exact=True).click()
    if isinstance(value, int):
        guest.get_by_label("How many hours a week").fill(str(value))
    else:
        for label in [value] if isinstance(value, str) else value:
            guest.get_by_label(label).check()
    guest.get_by_role("button", name="Send my answer").click()
    expect(guest.get_by_role("button", name="Change it")).to_be_visible()


def test_an_hour_is_led_from_its_code_to_its_end(
    visitor: Visitor, another: Callable[..., Visitor], watch: Watch
) -> None:
    """Every part of an hour: asked, answered alone, shown, agreed on, cut off, noted, closed."""
    watch.allowed += EXPECTED
    lead = visitor.page
    code = open_room(lead, visitor.app)
    guests = [another(viewport=SIZES["phone"]), another(), another()]
    for name, guest in zip(("Ann and Sons", "Ben", ""), guests, strict=True):
        join_by_link(guest, code, name)
    second = lead_together(lead, another())
    address, now = f"sqlite:///{visitor.app.store}", datetime.now(UTC)
    others = [Seat(address, join(address, code, now=now)) for _ in range(2)]
    room = Room(visitor.app, lead, second, [each.page for each in guests], code, others)
    how_it_stands(room)
    one_goal_with_a_cut(room)
    people_and_places(room)
    time_and_people(room)
    note_and_take_back(room)
    come_back_and_leave(room, guests[0])
    close(room)


# -- coming together -----------------------------------------------------------------------------


def open_room(lead: Page, app: App) -> str:
    """Somebody opens a room for one business; its key leaves the address once it is kept."""
    lead.goto(f"{app.address}voila/render/facilitator.ipynb")
    expect(lead.get_by_role("form", name="Open a room", exact=True)).to_match_aria_snapshot(OPENING)
    lead.get_by_label("What is the workshop called?").fill("Market traders")
    lead.get_by_label("Several people of one business").check()
    lead.keyboard.press("Enter")
    lead.get_by_role("button", name="Begin", exact=True).click()
    expect(lead.get_by_role("button", name="Pause the clock")).to_be_visible()
    assert read_key(lead) in lead.evaluate(KEPT)
    assert "#" not in lead.url
    for form, told in NOTING.items():
        expect(lead.get_by_role("form", name=form)).to_match_aria_snapshot(told)
    assert_at_every_size(lead, "the facilitator's screen")
    return lead.locator(".wb-join-code").inner_text().replace("Code:", "").strip()


def read_key(lead: Page) -> str:
    """The key in the facilitator's link, as the page shows it."""
    link = lead.get_by_role("textbox", name="Your facilitator link").input_value()
    return link.partition("#room=")[2]


def join_by_link(guest: Visitor, code: str, name: str) -> None:
    """Somebody follows the link of the QR code, and says who they are, or not."""
    page = guest.page
    guest.open(fragment=f"#join={code.replace(' ', '')}")
    expect(page.get_by_label("Code")).to_have_value(code.replace(" ", ""))
    expect(page.get_by_role("form", name="Join a workshop")).to_match_aria_snapshot(JOINING)
    page.get_by_label("Your name or your business").fill(name)
    if name == "Ann and Sons":
        assert_at_every_size(page, "the way into a workshop")
    page.get_by_role("button", name="Join", exact=True).click()
    expect(page.get_by_role("heading", name="What to have ready")).to_be_visible()


def lead_together(lead: Page, second: Visitor) -> Page:
    """The link of who leads, opened in another browser, leads the same room."""
    page, key = second.page, read_key(lead)
    page.goto(f"{second.app.address}voila/render/facilitator.ipynb#room={key}")
    expect(page.get_by_role("heading", name="Market traders", level=2)).to_be_visible()
    page.evaluate("delete Navigator.prototype.clipboard")  # as over plain http
    page.get_by_role("button", name="Copy my link").click()
    expect(page.get_by_text("The link is selected.")).to_be_visible()
    assert page.evaluate("getSelection().toString()").endswith(f"#room={key}")
    return page


# -- the parts -----------------------------------------------------------------------------------


def how_it_stands(room: Room) -> None:
    """Who has answered is seen before what, that only from five on; the other one shows it."""
    lead, second, (ann, *_) = room.lead, room.second, room.guests
    visits = "Visits to our website"
    room.ask("visits", "How many people a post reached", visits, visits)
    expect(lead.get_by_text("5 of 5 have answered")).to_be_visible()
    expect(lead.get_by_role("rowheader", name="Ann and Sons")).to_be_visible()
    expect(lead.get_by_role("rowheader", name="Somebody (3)")).to_be_visible()
    second.get_by_role("button", name="Show the answers").click()
    lead.get_by_role("button", name="For the screen").click()
    lead.set_viewport_size(BEAMER)
    expect(lead.get_by_role("img").first).to_be_visible()
    expect(lead.get_by_role("heading", name="Parking lot")).to_be_hidden()
    assert_accessible(lead, "the screen at the wall")
    lead.keyboard.press("Escape")
    row = ann.get_by_role("row", name="How many people a post reached")
    expect(row.get_by_role("cell")).to_have_text("1")
    agree_on(room, "Visits to our website")


def agree_on(room: Room, label: str) -> None:
    """One answer of all goes into the plan of whoever said so."""
    ann = room.guests[0]
    ann.get_by_role("button", name="Put what we agree on into this plan").click()
    expect(ann.get_by_text("What you all agree on goes into this plan.")).to_be_visible()
    agree = room.lead.get_by_role("form", name="One answer of you all")
    agree.get_by_label(label).check()
    agree.get_by_role("button").click()
    expect(ann.get_by_text("Agreed by you all")).to_be_visible()


def one_goal_with_a_cut(room: Room) -> None:
    """Sent on; one stays. The network of one goes while all answer: theirs counts all the same."""
    lead, (ann, ben, cem) = room.lead, room.guests
    room.go_on()
    lead.get_by_role("button", name="Send everybody to this part\u2019s page").click()
    cem.get_by_role("button", name="Stay here").click()
    ben.get_by_role("button", name=re.compile("^Go there")).click()
    ben.wait_for_url("**/02_goals.ipynb*")
    expect(ben.get_by_role("timer")).to_have_text(re.compile(r"^\d+:\d\d left$"))
    assert_at_every_size(ben, "a page of a plan in a workshop")
    ben.evaluate("window.stayed = true")
    ben.context.set_offline(True)
    ben.get_by_label(AIM).fill("Fewer weekends")
    expect(ben.get_by_role("alert").filter(has_text=OFFLINE)).to_be_visible()
    lead.get_by_role("button", name="Ask", exact=True).click()
    for guest in (ann, cem):
        answer(guest, "Yes, with a goal")
    expect(lead.get_by_text("2 of 5 have answered")).to_be_visible()
    ben.context.set_offline(False)
    answer(ben, "Not for now")
    assert ben.evaluate("window.stayed")
    expect(ben.get_by_label(AIM)).to_have_value("Fewer weekends")
    expect(ben.get_by_text(re.compile(r"^Saved \d"))).to_be_visible()
    for seat in room.others:
        asked = seat.load().room.state.question
        assert asked is not None
        seat.answer(asked.name, "use")
    expect(lead.get_by_text("5 of 5 have answered")).to_be_visible()
    lead.get_by_role("button", name="Show the answers").click()
    expect(cem.get_by_role("row", name="Not for now").get_by_role("cell")).to_have_text("1")


def people_and_places(room: Room) -> None:
    """Six points: too many are counted while they are chosen; the second one goes on."""
    room.go_on()
    places = ("Facebook: 2 points", "LinkedIn: 1 point")
    room.ask(["facebook"], places, places, places)
    room.lead.get_by_role("button", name="Show the answers").click()
    row = room.guests[2].get_by_role("row", name="LinkedIn")
    expect(row.get_by_role("cell")).to_have_text("3")


def time_and_people(room: Room) -> None:
    """A number each; an overrun is told, and the clock stands when it is paused."""
    room.second.get_by_role("button", name="Next part").click()
    expect(room.lead.get_by_role("timer")).to_have_text(re.compile(r"^(10:00|9:5\d) left$"))
    room.ask("5", 3, 4, 6)
    expect(room.lead.get_by_text("5 of 5 have answered")).to_be_visible()
    room.lead.get_by_role("button", name="Show the answers").click()
    expect(room.guests[1].get_by_text("What the room")).to_have_count(0)
    room.guests[1].evaluate(LATER, 12)
    expect(room.guests[1].get_by_role("timer")).to_have_text(re.compile(r"^[12]:\d\d over$"))
    room.lead.get_by_role("button", name="Pause the clock").click()
    expect(room.second.get_by_role("timer")).to_have_text(re.compile("not running$"))


# -- the end -------------------------------------------------------------------------------------


def note_and_take_back(room: Room) -> None:
    """A decision and a parked line, by keyboard; one of two who lead takes the last step back."""
    lead = room.lead
    decide = lead.get_by_role("form", name="Decisions")
    decide.get_by_label("What is decided?").fill("One account less")
    decide.get_by_label("Who does it?").fill("Ann")
    decide.get_by_label("By when?").fill("2030-04-30")
    lead.keyboard.press("Enter")
    expect(lead.get_by_text("One account less (Ann, by 30 April 2030)")).to_be_visible()
    expect(decide.get_by_label("What is decided?")).to_be_focused()
    park = lead.get_by_role("form", name="Parking lot")
    park.get_by_label("What is parked?").fill("A logo")
    park.get_by_label("Who takes it up?").fill("Ben")
    lead.keyboard.press("Enter")
    parked = room.second.get_by_role("listitem").filter(has_text="A logo (Ben)")
    expect(parked).to_be_visible()
    room.second.get_by_role("button", name="Undo the last step").click()
    expect(parked).to_have_count(0)
    expect(lead.get_by_text("A logo (Ben)")).to_have_count(0)


def come_back_and_leave(room: Room, ann: Visitor) -> None:
    """Whoever scans the code once more has their seat; whoever leaves is on no board.

    So it is after they began another plan in the same browser.
    """
    ann.open(fragment="#new")
    expect(ann.page.get_by_role("heading", name="Workshop: Market traders")).to_have_count(0)
    ann.open(fragment=f"#join={room.code.replace(' ', '')}")
    expect(ann.page.get_by_text("You are in \u201cMarket traders\u201d.")).to_be_visible()
    ann.page.get_by_text("What the facilitator sees").click()
    ann.page.get_by_role("button", name="Leave the workshop").click()
    expect(ann.page.get_by_role("heading", name="Workshop: Market traders")).to_have_count(0)
    expect(room.lead.get_by_role("rowheader", name="Ann and Sons")).to_have_count(0)
    ann.open("01_diagnosis", fragment="#at=diagnosis.yardstick")
    expect(ann.page.get_by_label("Visits to our website")).to_be_checked()


def close(room: Room) -> None:
    """The notes are taken, then the room is closed: everybody keeps their plan."""
    with room.lead.expect_download() as notes:
        room.lead.get_by_role("button", name="Room notes (Word)").click()
    assert notes.value.suggested_filename == "room-notes.docx"
    room.second.locator("summary").filter(has_text="Close the room").click()
    room.second.get_by_role("button", name="Close the room").click()
    expect(room.lead.get_by_text("That was it")).to_be_visible()
    ben = room.guests[1]
    expect(ben.get_by_text("The workshop is over.")).to_be_visible()
    expect(ben.get_by_label(AIM)).to_have_value("Fewer weekends")
