"""Several notebooks on one plan file: an answer in one is seen in the other, none is lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.server]

AIM = "What should be different for the business in a year?"
SAVED = re.compile(r"^Saved \d")


def answer(panel, text, label=AIM):
    """Answer a question of a page, and wait until it is saved."""
    field = panel.get_by_label(label)
    field.fill(text)
    field.press("Tab")
    expect(panel.get_by_text(SAVED)).to_be_visible()


def open_copy(analyst, context):
    """The same page once more, in a copy of its notebook and a window of its own."""
    (analyst.path / "copy.ipynb").write_bytes((analyst.path / "02_goals.ipynb").read_bytes())
    other = type(analyst)(context.new_page(), analyst.lab, analyst.folder)
    other.page.set_default_timeout(20_000)
    other.open("copy")
    other.run("copy")
    return other.panel("copy")


def test_two_notebooks_on_one_plan_see_each_other(analyst):
    """What is answered in one notebook shows in the other when somebody turns to it again."""
    analyst.open("00_start")
    analyst.run("00_start")
    start = analyst.panel("00_start")
    analyst.open_beside("02_goals")
    analyst.run("02_goals")
    answer(analyst.panel("02_goals"), "More jobs in town")
    analyst.tab("00_start").click()
    start.get_by_role("button", name="Start now").click()
    analyst.see("How much time have you?", "00_start")
    analyst.go_on("00_start")
    analyst.see("Your business", "00_start")
    answer(start, "North Street Plumbing", "What is your business called?")
    plan = analyst.read_plan()
    assert plan["start"]["name"] == "North Street Plumbing"
    assert plan["goals"]["aim"] == "More jobs in town"


def test_the_same_question_answered_twice_is_offered(analyst, context):
    """Who was slower sees the answer that is saved, and their own offered below it."""
    analyst.open()
    analyst.run()
    first = analyst.panel()
    other = open_copy(analyst, context)
    first.get_by_label(AIM).focus()
    answer(other, "Theirs")
    analyst.page.bring_to_front()
    first.get_by_label(AIM).press_sequentially("Ours")
    first.get_by_label(AIM).press("Tab")
    expect(first.get_by_text("“Ours”")).to_be_visible()
    expect(first.get_by_label(AIM)).to_have_value("Theirs")
    assert analyst.read_plan()["goals"]["aim"] == "Theirs"
    first.get_by_role("button", name="Use what I typed").click()
    expect(first.get_by_text(SAVED)).to_be_visible()
    expect(first.get_by_label(AIM)).to_have_value("Ours")
    assert analyst.read_plan()["goals"]["aim"] == "Ours"


def test_a_page_shown_twice_keeps_its_questions_apart(analyst):
    """A label belongs to the field below it, also where one page is open in two notebooks.

    Who comes back to the first sees what was answered in the second.
    """
    (analyst.path / "copy.ipynb").write_bytes((analyst.path / "02_goals.ipynb").read_bytes())
    analyst.open()
    analyst.run()
    analyst.open_beside("copy")
    analyst.run("copy")
    copy = analyst.panel("copy")
    copy.locator("label").get_by_text(AIM, exact=True).click()
    expect(copy.get_by_label(AIM)).to_be_focused()
    copy.locator("label").get_by_text("More enquiries", exact=True).click()
    expect(copy.get_by_text(SAVED)).to_be_visible()
    expect(copy.get_by_role("checkbox", name="More enquiries")).to_be_checked()
    answer(copy, "Fewer weekends")
    analyst.tab("02_goals").click()
    analyst.panel().get_by_role("checkbox", name="More sales").focus()
    expect(analyst.panel().get_by_label(AIM)).to_have_value("Fewer weekends")
    expect(analyst.panel().get_by_role("checkbox", name="More enquiries")).to_be_checked()
