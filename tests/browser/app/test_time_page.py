"""The page of time in the browser: a cut, a week with one click, and a file for the calendar."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from tests.browser.app.test_accessibility import assert_accessible
from workbook.plan import Plan
from workbook.storage.plan_file import PlanFile, write_plan_file

if TYPE_CHECKING:
    from tests.browser.app.conftest import Visitor

pytestmark = pytest.mark.browser

PLAN = {
    "start": {"route": "full", "name": "Example Garden Centre", "hours_per_week": 4.5},
    "goals": {"decision": "use"},
    "platform_fit": {
        "first": "facebook",
        "further": [{"id": "fu01", "platform": "linkedin"}],
    },
}


def test_a_plan_is_cut_until_it_fits_and_gets_its_week(visitor: Visitor) -> None:
    """From “it does not fit” to blocks in the calendar, on a phone, and nothing too wide."""
    page = visitor.page
    page.set_viewport_size({"width": 390, "height": 844})
    visitor.open()
    raw = write_plan_file(PlanFile(plan=Plan.model_validate(PLAN)))
    visitor.menu.click()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Open a plan file", exact=True).click()
    chooser.value.set_files({"name": "plan.json", "mimeType": "application/json", "buffer": raw})
    expect(visitor.menu).to_contain_text("Example Garden")
    visitor.open("08_time", "#at=time/budget")
    expect(page.get_by_text("the plan needs 5 h 40 min")).to_be_visible()
    assert_accessible(page, "a plan that does not fit")
    page.get_by_role("button", name="Leave LinkedIn", exact=True).click()
    expect(page.get_by_role("heading", name="It fits.")).to_be_visible()
    visitor.go_on()
    visitor.see("Who does it?")
    page.get_by_label("Who keeps these hours?").fill("The owner")
    visitor.go_on()
    page.get_by_role("button", name="Propose 5 blocks for what has none yet").click()
    expect(page.get_by_text("Make posts, Tuesday, 09:10", exact=True)).to_be_visible()
    visitor.go_on()
    visitor.see("Your week")
    expect(page.get_by_role("img", name="Your week in blocks").last).to_be_visible()
    assert_accessible(page, "the week")
    with page.expect_download() as told:
        page.get_by_role("button", name="Download the calendar file").click()
    events = Calendar.from_ical(Path(told.value.path()).read_bytes()).walk("VEVENT")
    assert [str(e["SUMMARY"]) for e in events][:2] == ["Answer and thank", "Answer and thank"]
    assert told.value.suggested_filename == "example-garden-centre-week.ics"
