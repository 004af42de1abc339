"""Ninety days later in the browser: numbers, verdicts, the next ninety days, and a way back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.app.test_accessibility import assert_accessible
from tests.exports.sample_plans import make_finished
from workbook.storage.plan_file import PlanFile, write_plan_file

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.app.conftest import Visitor

pytestmark = pytest.mark.browser

KEPT = "First 90 days, to 31 December"


def _bring(visitor: Visitor, folder: Path) -> None:
    """Open the plan of a business that comes back with its numbers."""
    visitor.open()
    file = folder / "plan.json"
    file.write_bytes(write_plan_file(PlanFile(plan=make_finished())))
    with visitor.page.expect_file_chooser() as chooser:
        visitor.choose("Open a plan file")
    chooser.value.set_files(file)
    expect(visitor.menu).to_have_text(re.compile("Example Plumbing"))


def test_ninety_days_later(visitor: Visitor, tmp_path: Path) -> None:
    """The numbers are judged, the next days begin once asked for, and the old plan comes back."""
    _bring(visitor, tmp_path)
    page = visitor.page
    page.set_viewport_size({"width": 360, "height": 740})
    visitor.open("12_review", "#at=review/outcome")
    expect(page.get_by_text("A hint of a change: more than you had before")).to_be_visible()
    expect(page.get_by_text("A fair in November, and a week of frost")).to_be_visible()
    expect(page.get_by_text("In 80 of 100 cases")).to_be_visible()
    assert_accessible(page, "numbers judged")
    visitor.open("12_review", "#at=review.decisions")
    page.get_by_role("button", name="Take over: Give the hours of X to another place").click()
    expect(page.get_by_text("Taken over", exact=True)).to_be_visible()
    visitor.open("12_review", "#at=review/begin")
    page.get_by_role("button", name="Begin the next ninety days").click()
    page.get_by_role("button", name="Yes, keep the plan and begin").click()
    expect(page.get_by_text(f"The plan is kept as “{KEPT}”").first).to_be_visible()
    page.get_by_role("link", name="Look at the versions").click()
    page.get_by_role("button", name=f"Compare “{KEPT}” with today").click()
    expect(page.get_by_role("heading", name="Side by side")).to_be_focused()
    expect(page.get_by_role("link", name="What is the number now?")).to_be_visible()
    assert_accessible(page, "versions side by side")
    page.get_by_role("button", name=f"Open “{KEPT}” again").click()
    expect(page.get_by_text(f"“{KEPT}” is your plan again.").first).to_be_visible()
    visitor.open("12_review", "#at=review.day")
    expect(page.get_by_label("On which day do you hold this review?")).to_have_value("2027-01-08")
