"""The end of the way: documents, the day to come back with its calendar, and the link there."""

from __future__ import annotations

import base64
from datetime import date, timedelta

import pytest

from tests.interface.conftest import NOW, widgets_of
from workbook.exports.calendar import find_coming_back, write_coming_back
from workbook.plan import Plan, replace_answer
from workbook.steps.goals.answers import Decision
from workbook.steps.integration.answers import Action
from workbook.steps.start.answers import Route
from workbook.storage.example import read_demo

TODAY = NOW.date()
LINK = "https://plans.example.org/voila/render/00_start.ipynb#key=AAAAAAAAAAAAAAAAAAAAAA"


def _listed(due):
    action = Action(id="look1", what="Look back", about="review.day", due=due)
    return replace_answer(Plan(), "integration.actions", (action,))


@pytest.mark.parametrize(
    ("plan", "days", "origin"),
    [
        (Plan(), 90, "default"),
        (replace_answer(Plan(), "own_defaults.integration.days", 60), 60, "default"),
        (replace_answer(Plan(), "review.day", TODAY + timedelta(days=30)), 30, "set"),
        (replace_answer(Plan(), "review.day", TODAY - timedelta(days=1)), 90, "default"),
        (_listed(TODAY + timedelta(days=20)), 20, "listed"),
    ],
)
def test_the_day_to_come_back_is_that_of_the_plan_else_our_default(plan, days, origin):
    """The day that was set, else that of the list, else ninety days; a day that is over is none."""
    coming = find_coming_back(plan, TODAY)
    assert (coming.day, coming.origin) == (TODAY + timedelta(days=days), origin)
    told = write_coming_back(plan, TODAY).decode()
    assert f"DTSTART;VALUE=DATE:{coming.day:%Y%m%d}" in told
    assert told.count("UID:review-") == 1


def test_who_does_without_social_media_comes_back_on_the_day_they_chose():
    """The calendar asks then whether it pays by now, and holds no review."""
    plan = replace_answer(Plan(), "goals.decision", Decision.NOT_NOW)
    plan = replace_answer(plan, "goals.instead_until", date(2027, 9, 1))
    assert find_coming_back(plan, TODAY).origin == "again"
    told = write_coming_back(plan, TODAY).decode()
    assert "DTSTART;VALUE=DATE:20270901" in told
    assert "UID:review-" not in told


def test_the_end_offers_documents_the_day_and_the_link(visit_page):
    """One press gives the calendar; the link is filled in by the browser, which alone knows it."""
    plan = replace_answer(read_demo(TODAY).plan, "review.day", None)
    browser = visit_page("finish", plan, at="end")
    assert "data-wb-way-back" in browser.html()
    assert [told["kind"] for told in browser.heard].count("way_back") == 1
    (given,) = [t for t in browser.press("Put it into my calendar") if t["kind"] == "download"]
    assert given["name"].endswith("-calendar.ics")
    (gone,) = [t for t in browser.press("Back to all tasks") if t["kind"] == "go"]
    assert gone["href"] == "00_start.ipynb#at=tasks"


def test_an_empty_plan_ends_gently_and_without_a_link(visit_page):
    """Nothing is kept yet, so the link comes with the first answer; the day is our default."""
    html = visit_page("finish", at="end").html()
    assert "Nothing is answered yet, and that is fine." in html
    assert "Your link comes with your first answer." in html
    assert "Our default is in 90 days, on 29 June 2027" in html
    assert "data-wb-way-back" not in html


def test_the_owners_link_becomes_a_code_and_stands_nowhere_else(visit_page, caplog):
    """The picture goes to the browser in a message; no widget, answer or log holds the key."""
    browser = visit_page("finish", Plan(), at="end")
    before = len(browser.heard)
    ask = {"kind": "own_code", "name": "own", "raw": LINK}
    browser.page.desk._handle_custom_msg(ask, [])
    (told,) = [t for t in browser.heard[before:] if t["kind"] == "code"]
    assert base64.b64decode(told["svg"]).startswith(b"<svg")
    key = LINK.rpartition("=")[2]
    assert key not in browser.html() + caplog.text + repr(browser.page.desk.get_state())
    assert browser.page.there.plan == Plan()


@pytest.mark.parametrize("raw", [None, 3, "", "https://plans.example.org/#read=AAAA", "x" * 2000])
def test_no_code_is_drawn_of_what_is_no_link_of_an_owner(visit_page, raw):
    """Whatever else comes from a browser is not drawn."""
    browser = visit_page("finish", Plan(), at="end")
    before = len(browser.heard)
    browser.page.desk._handle_custom_msg({"kind": "own_code", "name": "own", "raw": raw}, [])
    assert not [t for t in browser.heard[before:] if t["kind"] == "code"]


def test_what_is_not_known_stands_in_one_place_with_how_to_find_out(visit_page):
    """Every “I do not know” is named once, with the way to its question and the question itself."""
    plan = read_demo(TODAY).plan
    for path in ("start.hours_per_week", "start.who"):
        plan = replace_answer(plan, path, "unknown")
    html = visit_page("start", plan, at="tasks").html()
    _, _, rest = html.partition("To find out")
    assert "start.ipynb#at=start.hours_per_week" in rest
    assert "Write down for one week how long you spend on social media" in rest
    assert html.count("Write down for one week how long you spend on social media") == 1


def test_the_short_way_ends_with_the_one_page_it_promises(visit_page):
    """Who took the short way is handed the plan on one page first, and can change it in Word."""
    plan = replace_answer(read_demo(TODAY).plan, "start.route", Route.SHORT)
    browser = visit_page("finish", plan, at="end")
    labels = [w.description for w in widgets_of(browser.page) if getattr(w, "description", "")]
    first = next(label for label in labels if " in Word" in label)
    assert first == "One-page strategy in Word"
