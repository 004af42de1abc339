"""The page of the larger plan in the browser: an occasion in its month, and a list that stays."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.app.test_accessibility import assert_accessible

if TYPE_CHECKING:
    from tests.browser.app.conftest import Visitor

pytestmark = pytest.mark.browser


def test_an_occasion_finds_its_month_and_the_list_its_days(visitor: Visitor) -> None:
    """From the fair to the months, from what is open to a list, and from there to the tasks."""
    visitor.start()
    visitor.name_business("Example Café")
    visitor.open("10_larger_plan", "#at=integration.occasions")
    page = visitor.page
    page.get_by_role("button", name="Add the first occasion").click()
    page.get_by_label("What is it called?").fill("Summer terrace <b>")
    page.get_by_label("On which day does it begin?").fill("2035-06-01")
    page.get_by_role("checkbox", name="Counter, window or stall").check()
    visitor.see_saved()
    expect(page.get_by_role("heading", name=re.compile("is far away: 1 June 2035"))).to_be_visible()
    page.get_by_role("button", name=re.compile("^It is 1 June 20")).click()
    expect(page.get_by_role("heading", name=re.compile("is far away"))).to_have_count(0)
    expect(page.get_by_label("On which day does it begin?")).to_be_focused()
    visitor.go_on()
    visitor.see("Your year on a page")
    row = page.get_by_role("row", name=re.compile("^June 20"))
    expect(row).to_contain_text("Summer terrace <b>")
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.get_by_role("heading", name=re.compile("^June 20"))).to_be_visible()
    visitor.go_on()
    visitor.see("What does each goal help?")
    visitor.go_on()
    visitor.see("What we propose for your list")
    assert_accessible(page, "proposals on a phone")
    page.get_by_role("button", name=re.compile("^Put the ticked")).click()
    expect(page.get_by_text("There is nothing more to propose for your list.")).to_be_visible()
    visitor.go_on()
    visitor.see("Your list for the next 90 days")
    page.get_by_text(re.compile("^Look back: read the numbers")).first.click()
    page.get_by_role("radio", name="Done", exact=True).last.check()
    visitor.go_on()
    visitor.see("Your list on a page")
    expect(page.get_by_text(re.compile(r"1 of \d+ done\."))).to_be_visible()
    visitor.open("00_start", "#at=tasks")
    expect(page.get_by_text(re.compile(r"by \d+ \w+ 20\d\d")).first).to_be_visible()
