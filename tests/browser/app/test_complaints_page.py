"""The page about complaints: opening hours, a real case with its reply, and the drill."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.browser.app.conftest import App, Visitor

pytestmark = pytest.mark.browser

SECRET = "Quentin Xylander came two hours late & left mud"
WALK, DRILL = "Walk a complaint through the tree", "Practise: five cases"
RESTORE = (
    ("Is there a legal claim", "No"),
    ("Is it about us", "Yes"),
    ("Does it ask a question", "Yes"),
    ("Is it praise", "No"),
    ("Is the complaint true", "Yes"),
    ("Can we put it right", "Yes"),
)


def _open(visitor: Visitor, place: str, title: str) -> None:
    visitor.open("05_complaints", f"#at=complaints/{place}")
    expect(visitor.page.get_by_role("heading", name=title, level=2)).to_be_visible()


def _press(visitor: Visitor, answer: str) -> None:
    visitor.page.get_by_role("button", name=answer, exact=True).click()


def _walk(visitor: Visitor, *steps: tuple[str, str]) -> None:
    """Answer the questions one after the other, each once the focus is on it."""
    for question, answer in steps:
        heading = visitor.page.get_by_role("heading", name=re.compile(f"^{question}"))
        expect(heading).to_be_focused()
        _press(visitor, answer)


def _look(visitor: Visitor) -> None:
    found = Axe().run(visitor.page)
    assert found.response["violations"] == [], found.generate_report()


def test_opening_hours_are_answered_with_a_clock(visitor: Visitor) -> None:
    """Days, a time to open and one after midnight to close; what is typed is there again."""
    _open(visitor, "hours", "When you are there")
    page = visitor.page
    page.get_by_role("button", name=re.compile("^Add")).first.click()
    page.get_by_label("Friday").check()
    page.get_by_label("From when?").fill("17:00")
    page.get_by_label("Until when?").fill("03:00")
    page.get_by_label("In which time zone is that?").fill("new york")
    page.keyboard.press("Tab")
    visitor.see_saved()
    page.reload()
    expect(page.get_by_text("Friday, 17:00, 03:00", exact=True)).to_be_visible()
    expect(page.get_by_label("In which time zone is that?")).to_have_value("America/New_York")


def test_a_case_is_walked_to_a_reply_and_kept_nowhere(visitor: Visitor, app: App) -> None:
    """By keyboard and eye: one question after the other, an outcome, a reply that is looked at."""
    visitor.open("00_start", "#example")
    _open(visitor, "walk", WALK)
    page = visitor.page
    page.get_by_label("What did they write?").fill(SECRET)
    page.get_by_label(re.compile("^Where did they write it")).select_option(label="Facebook")
    expect(page.get_by_role("img", name=re.compile("What to do about"))).to_be_visible()
    _press(visitor, "No")
    _walk(visitor, *RESTORE[:3])
    expect(
        page.get_by_role("heading", name="Is it praise, or neither good nor bad?")
    ).to_be_focused()
    _press(visitor, "One question back")
    _walk(visitor, *RESTORE[2:])
    expect(page.get_by_role("heading", name="Put it right", level=3)).to_be_focused()
    page.get_by_label("Is it true, and our doing?").select_option(label="Yes, ours")
    page.get_by_label("On which day did you see it?").fill("2026-05-08")
    page.get_by_label("At what time?").fill("16:00")
    expect(page.get_by_text("The office manager").first).to_be_visible()
    expect(page.get_by_text("Monday 11 May, 11:05").first).to_be_visible()
    reply = page.get_by_label("Your reply")
    expect(reply).to_have_value(re.compile(r"^Hello \[their name\],"))
    _look(visitor)
    reply.fill("Hello Kim, it was your own fault. We will clean the hall by Monday.")
    expect(page.get_by_text("puts the blame on somebody")).to_be_visible()
    reply.fill(
        "Hello Kim, thank you for telling us about the mud. We will clean the hall by Monday."
    )
    expect(page.get_by_text("None of our rules finds a fault")).to_be_visible()
    with page.expect_download() as told:
        _press(visitor, "Take it along as a text file")
    assert "We will clean the hall by Monday." in told.value.path().read_text()
    kept = page.evaluate("JSON.stringify([localStorage, sessionStorage])")
    for place in (kept, app.log(), app.store.read_bytes().decode("latin-1")):
        assert "Xylander" not in place
        assert "clean the hall" not in place


def test_a_group_practises_and_compares(visitor: Visitor) -> None:
    """The same number, five cases, a line to send, and a table of where two people differ."""
    _open(visitor, "drill", DRILL)
    page = visitor.page
    page.get_by_label("Which number?").fill("7")
    page.get_by_label(re.compile("What are you called")).fill("Kim")
    _press(visitor, "Deal five cases")
    ways = ("NNN", "Y", "NNYNY", "NNYNNNNNY", "NNYNNYY")
    levels = ("", "S4", "", "S1", "S1")
    for number, (way, level) in enumerate(zip(ways, levels, strict=True), 1):
        expect(page.get_by_role("heading", name=re.compile(f"^Case {number} of 5"))).to_be_visible()
        for at, letter in enumerate(way):
            _press(visitor, "Yes" if letter == "Y" else "No")
            back = page.get_by_role("button", name="One question back")
            expect(back).to_have_count(1)
            expect(page.locator("h3[data-wb-result]").first).to_be_focused()
            assert at < 10
        if level:
            page.get_by_role("radio", name=level).check()
        _press(visitor, "Compare with our way")
        expect(page.get_by_text("You went our way, and found it as severe")).to_be_visible()
        if number == 1:
            _look(visitor)
        _press(visitor, "Next case" if number < 5 else "See all five")
    line = "Kim 7: NNN1 Y4 NNYNY1 NNYNNNNNY1 NNYNNYY1"
    expect(page.get_by_text(line)).to_be_visible()
    _look(visitor)
    visitor.go_on()
    visitor.see("Where the group differs")
    page.get_by_label("The lines of the group").fill(f"{line}\nAlex 7: NNN1 NY3")
    _press(visitor, "Compare")
    table = page.get_by_role("table", name="Ill after lunch: who ended where")
    expect(table.get_by_role("row").filter(has_text="Alex")).to_contain_text("Hand it to the owner")
    expect(page.get_by_text("You end in 2 different places.").first).to_be_visible()
    _look(visitor)


def test_the_picture_can_be_read_on_a_phone(another: Any) -> None:
    """The narrow picture fits the screen, and nothing has to be moved sideways."""
    visitor = another(viewport={"width": 390, "height": 844})
    _open(visitor, "walk", WALK)
    picture = visitor.page.get_by_role("img", name=re.compile("What to do about"))
    expect(picture).to_be_visible()
    box = picture.bounding_box()
    assert box is not None
    assert 300 < box["width"] <= 390
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 390
    letters = picture.locator("text").first.bounding_box()
    assert letters is not None
    assert letters["height"] >= 9
