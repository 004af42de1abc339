"""Figures about complaints from files, and the chance of keeping a promise: tried, never kept."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from workbook.complaint.log import FIELDS, write_log

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.browser.app.conftest import App, Visitor

pytestmark = pytest.mark.browser

FIGURES = "Figures from your log or help desk"
STAFFING = "Can you keep the promise?"
SECRET = "Quentin Invented"
ROWS = [
    {
        "id": str(number), "platform": "Facebook", "handle": SECRET, "type": "complaint",
        "first_seen_at": f"2026-05-0{number} 09:00", "severity": "S2",
        "first_public_reply_at": f"2026-05-0{number} 1{number}:00", "root_cause": "late delivery",
    }
    for number in range(4, 9)
]  # fmt: skip


def _open(visitor: Visitor, bench: str, title: str) -> None:
    visitor.open("05_complaints", f"#at=complaints/{bench}")
    expect(visitor.page.get_by_role("heading", name=title, level=2)).to_be_visible()


def _csv(raw: bytes, name: str = "log.csv") -> dict[str, Any]:
    return {"name": name, "mimeType": "text/csv", "buffer": raw}


def _give(visitor: Visitor, *files: dict[str, Any]) -> None:
    visitor.page.get_by_label("Your log, or an export").set_input_files(list(files))
    visitor.page.get_by_role("button", name="Work out the figures").click()


def _cells(table: Locator, row: str) -> list[str]:
    return table.get_by_role("row").filter(has_text=row).first.get_by_role("cell").all_inner_texts()


def test_a_log_becomes_figures_and_is_kept_nowhere(visitor: Visitor, app: App) -> None:
    """From the form that is downloaded to figures, with nothing of a row left anywhere."""
    _open(visitor, "figures", FIGURES)
    with visitor.page.expect_download() as told:
        visitor.page.get_by_role("button", name="Download the log form").click()
    form = told.value.path().read_bytes()
    assert tuple(next(csv.reader(io.StringIO(form.decode("utf-8-sig"))))) == FIELDS
    _give(visitor, _csv(write_log(ROWS)))
    expect(visitor.page.get_by_role("heading", name="Your figures")).to_be_focused()
    table = visitor.page.get_by_role("table", name="How complaints were answered")
    assert _cells(table, "the middle one")[:1] == ["7 hours"]
    assert _cells(table, "Answered at all")[:1] == ["100 of 100"]
    expect(visitor.page.get_by_text("“late delivery” came up 5 times.")).to_be_visible()
    kept = visitor.page.evaluate("JSON.stringify([localStorage, sessionStorage])")
    for place in (kept, app.log(), app.store.read_bytes().decode("latin-1")):
        assert SECRET not in place
        assert "late delivery" not in place


def test_dates_that_can_be_read_in_two_ways_are_asked_for(visitor: Visitor) -> None:
    """The question about day and month comes only where it is needed, and then decides."""
    _open(visitor, "figures", FIGURES)
    order = visitor.page.get_by_role("group", name=re.compile("Which comes first in the dates"))
    expect(order).to_be_hidden()
    row = {"id": "1", "first_seen_at": "03/04/2026 09:00", "root_cause": "late"}
    visitor.page.get_by_label("Your log, or an export").set_input_files([_csv(write_log([row]))])
    expect(order).to_be_visible()
    order.get_by_label(re.compile("^The day")).check()
    visitor.page.get_by_role("button", name="Work out the figures").click()
    expect(visitor.page.get_by_text(re.compile("of 3 April 2026"))).to_be_visible()


@pytest.mark.parametrize(
    ("name", "raw", "says"),
    [
        ("photo.png", b"\x89PNG\r\n\x1a\n....", "is no table and no text"),
        ("notes.csv", b"a,b\n1,2\n", "is no file we know"),
        ("empty.csv", b"\n", "is empty"),
    ],
)
def test_a_file_of_no_use_says_why(visitor: Visitor, name: str, raw: bytes, says: str) -> None:
    """A picture, a table nobody knows and an empty file are told apart."""
    _open(visitor, "figures", FIGURES)
    _give(visitor, _csv(raw, name))
    expect(visitor.page.get_by_text(f"“{name}” {says}")).to_be_visible()


def test_four_hours_a_week_do_not_keep_one_hour(visitor: Visitor) -> None:
    """Whoever has four hours a week learns what can be promised instead, and what would help."""
    _open(visitor, "staffing", STAFFING)
    page = visitor.page
    page.get_by_label("How many complaints and questions need an answer").fill("6")
    page.get_by_label("How many minutes does one answer take?").fill("10")
    page.get_by_label("How many hours a week is somebody on duty for this?").fill("4")
    days = page.get_by_role("group", name="On which days?")
    for day in ("Monday", "Tuesday", "Wednesday", "Thursday"):
        days.get_by_label(day).check()
    page.get_by_label("When does somebody look on those days?").fill("12:00")
    page.get_by_label("Within how many hours is the first answer promised?").fill("1")
    page.keyboard.press("Tab")
    page.get_by_role("group", name="How are those hours counted?").get_by_label(
        "Day and night"
    ).check()
    page.get_by_role("button", name="Work out the chance").click()
    expect(page.get_by_role("heading", name="What you can promise", exact=True)).to_be_focused()
    expect(page.get_by_role("heading", name=re.compile("Do not promise 1 hour"))).to_be_visible()
    expect(page.get_by_role("img", name="What you could promise with these hours")).to_be_visible()
    page.get_by_text("The same as a table").click()
    promises = page.get_by_role("table", name="What you could promise with these hours")
    assert re.fullmatch(r"\d of 100", _cells(promises, "1 hour")[0])
    expect(page.get_by_role("table", name="What would change it")).to_be_visible()
