"""The main job: a business opens a link, answers, comes back, and leaves with its strategy."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.app.conftest import App, Visitor

pytestmark = pytest.mark.browser

HOSTILE = "Example <script>alert(1)</script> & “Café”"


def test_answers_are_there_in_another_browser(
    visitor: Visitor, another: Callable[..., Visitor]
) -> None:
    """Whoever opens the link sees the same answers, and may go on with them."""
    visitor.start()
    visitor.name_business(HOSTILE)
    link = visitor.link()
    friend = another()
    friend.page.goto(link)
    expect(friend.menu).to_be_visible()
    friend.open(fragment="#at=start.name")
    expect(friend.page.get_by_label("What is your business called?")).to_have_value(HOSTILE)


def test_the_key_leaves_the_address_and_stands_in_no_log(visitor: Visitor, app: App) -> None:
    """Once the browser has kept the key, neither address nor log shows it."""
    visitor.start()
    visitor.name_business("Example Bakery")
    key = visitor.link().partition("key=")[2]
    assert len(key) == 22
    visitor.open(fragment=f"#key={key}")
    expect(visitor.page).to_have_url(re.compile(r"00_start\.ipynb$"))
    assert key not in app.log()
    assert "Example Bakery" not in app.log()


def test_a_plan_becomes_a_word_strategy(visitor: Visitor) -> None:
    """Goal, diagnosis and check of answers lead to a Word file with the answers in it."""
    import docx

    visitor.start()
    visitor.name_business(HOSTILE)
    visitor.open("02_goals", "#at=goals.aim")
    visitor.page.get_by_label("What should be different for the business in a year?").fill(
        "More cake"
    )
    visitor.page.keyboard.press("Tab")
    visitor.see_saved()
    visitor.open("11_finish")
    visitor.page.get_by_role("button", name="Go on to your documents").click()
    visitor.see("Your documents")
    with visitor.page.expect_download() as given:
        visitor.page.get_by_role("button", name=re.compile("Word")).first.click()
    raw = given.value.path().read_bytes()
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(raw)).paragraphs)
    assert "<script>alert(1)</script>" in text
    assert given.value.suggested_filename.endswith(".docx")


def test_what_cannot_be_read_is_shown_with_how_to_mend_it(visitor: Visitor) -> None:
    """Continue stays, says how to mend the answer, and keeps what was typed."""
    visitor.start()
    visitor.go_on()
    visitor.see("Your week")
    hours = visitor.page.get_by_label(re.compile("How many hours a week"))
    hours.fill("a few")
    expect(visitor.page.get_by_text("There is a problem")).to_be_hidden()
    visitor.go_on()
    summary = visitor.page.get_by_role("alert").filter(has_text="There is a problem")
    expect(summary).to_be_focused()
    expect(visitor.page).to_have_title(re.compile("^Error: "))
    expect(hours).to_have_value("a few")
    expect(hours).to_have_attribute("aria-invalid", "true")
    summary.get_by_role("link").click()
    expect(hours).to_be_focused()
    hours.fill("2½ hours")
    visitor.go_on()
    visitor.see("Your website")
    visitor.page.get_by_role("button", name="Back").click()
    visitor.see("Your week")
    expect(hours).to_have_value("2.5")


def test_a_vanity_goal_is_refused_and_replaced_with_one_click(visitor: Visitor) -> None:
    """“Get 5,000 followers” is no goal; what to count instead is one click away."""
    visitor.open("02_goals", "#at=goals.decision")
    visitor.page.get_by_role("radio", name=re.compile("^Yes, with a goal")).check()
    visitor.go_on()
    visitor.see("Your goals")
    visitor.page.get_by_role("button", name="Add the first goal").click()
    wish = visitor.page.get_by_label("What do you want to reach?")
    wish.fill("Get 5,000 followers")
    visitor.page.keyboard.press("Tab")
    expect(
        visitor.page.get_by_role("heading", name=re.compile("is no goal to be held to"))
    ).to_be_visible()
    visitor.page.get_by_role("button", name="Count enquiries from social media instead").click()
    expect(visitor.page.get_by_label("What does this goal serve?")).to_have_value("leads")
    expect(
        visitor.page.get_by_role("heading", name=re.compile("is no goal to be held to"))
    ).to_be_hidden()


def test_a_plan_file_carries_everything_to_another_plan(
    visitor: Visitor, another: Callable[..., Visitor]
) -> None:
    """Download my plan and Open a plan file are the two ends of one thing."""
    visitor.start()
    visitor.name_business("Example Garden Centre")
    with visitor.page.expect_download() as given:
        visitor.choose("Download my plan")
    path = given.value.path()
    assert json.loads(path.read_text())["plan"]["start"]["name"] == "Example Garden Centre"
    friend = another()
    friend.open()
    with friend.page.expect_file_chooser() as chooser:
        friend.choose("Open a plan file")
    chooser.value.set_files(path)
    expect(friend.page.get_by_role("heading", name="Your tasks")).to_be_visible()
    friend.open(fragment="#at=start.name")
    expect(friend.page.get_by_label("What is your business called?")).to_have_value(
        "Example Garden Centre"
    )


def test_a_file_that_is_no_plan_changes_nothing(visitor: Visitor, tmp_path: Any) -> None:
    """A wrong file is named, with what to choose instead; the plan and its link stay."""
    visitor.start()
    visitor.name_business("Example Tailor")
    link = visitor.link()
    wrong = tmp_path / "holiday.json"
    wrong.write_text("<b>not a plan</b>")
    for way in ("Open it as a plan of its own", "Put it in place of this plan"):
        with visitor.page.expect_file_chooser() as chooser:
            visitor.choose("Open a plan file")
        chooser.value.set_files(wrong)
        visitor.page.get_by_role("button", name=way).click()
        told = visitor.page.get_by_role("alert").filter(has_text="holiday.json")
        expect(told).to_be_visible()
        visitor.name_business(f"Example Tailor, {way}")
        expect(told).to_be_hidden()
    assert visitor.link() == link
    visitor.page.reload()
    expect(visitor.page.get_by_label("What is your business called?")).to_have_value(
        f"Example Tailor, {way}"
    )


def test_a_deleted_plan_is_gone_for_everybody(
    visitor: Visitor, another: Callable[..., Visitor]
) -> None:
    """After “Delete my plan” the link opens nothing, and says so with a way on."""
    visitor.start()
    visitor.name_business("Example Florist")
    link = visitor.link()
    visitor.choose("Delete my plan")
    dialog = visitor.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Delete my plan").click()
    expect(visitor.page.get_by_role("button", name="Start now")).to_be_visible()
    friend = another()
    friend.page.goto(link)
    notice = friend.page.get_by_role("alert").filter(has_text="No plan is kept under this link")
    expect(notice).to_be_visible()
    notice.get_by_role("button", name="Start a new plan").click()
    expect(friend.page.get_by_role("button", name="Start now")).to_be_visible()


@pytest.mark.parametrize(
    ("key", "message"),
    [("abc", "This link is not complete"), ("A" * 22, "No plan is kept under this link")],
)
def test_a_wrong_link_says_what_to_do(visitor: Visitor, key: str, message: str) -> None:
    """A link that was cut off or mistyped is told apart from an empty plan."""
    visitor.page.goto(f"{visitor.app.address}voila/render/00_start.ipynb#key={key}")
    expect(visitor.page.get_by_role("alert").filter(has_text=message)).to_be_visible()


def test_forgetting_leaves_the_plan_but_not_the_browser(visitor: Visitor) -> None:
    """“Forget me on this device” empties the browser; the link still opens the plan."""
    visitor.start()
    visitor.name_business("Example Joinery")
    link = visitor.link()
    visitor.choose("Forget me on this device")
    visitor.page.get_by_role("dialog").get_by_role(
        "button", name="Forget me on this device"
    ).click()
    expect(visitor.page.get_by_role("button", name="Start now")).to_be_visible()
    kept = visitor.page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
    assert link.partition("key=")[2] not in kept
    visitor.page.goto("about:blank")
    visitor.page.goto(link)
    expect(visitor.page.get_by_role("heading", name="Your tasks")).to_be_visible()


def test_the_example_is_finished_and_keeps_nothing(visitor: Visitor) -> None:
    """The finished example can be looked at and tried; one click leads to a plan of one's own."""
    visitor.open()
    visitor.page.get_by_role("link", name="See a finished example").click()
    note = visitor.page.get_by_role("note").filter(has_text="This is a finished example")
    expect(note).to_be_visible()
    visitor.page.get_by_role("link", name="Find out what misses the mark").click()
    expect(note).to_be_visible()
    note.get_by_role("button", name="Start my own plan").click()
    expect(visitor.page.get_by_role("button", name="Start now")).to_be_visible()


def test_what_happens_to_answers_is_one_click_away(visitor: Visitor) -> None:
    """Who runs the server, what they can read and when plans are deleted, from every page."""
    for name in ("00_start", "01_diagnosis", "02_goals", "11_finish"):
        visitor.open(name)
        expect(
            visitor.page.get_by_role("link", name="What happens to your answers")
        ).to_be_visible()
    visitor.page.get_by_role("link", name="What happens to your answers").click()
    expect(visitor.page.get_by_text("Example Workshops")).to_be_visible()
    expect(visitor.page.get_by_text(re.compile("13 months"))).to_be_visible()
