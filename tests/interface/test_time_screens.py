"""The page of time: the gap, cuts with one press, blocks proposed, the week and the calendar."""

from __future__ import annotations

import pytest

from tests.exports.sample_plans import make_finished
from tests.interface.conftest import widgets_of
from workbook.plan import Plan

HOSTILE = "<img src=x onerror=alert(1)>"


def _plan(hours=4.5, **parts):
    fit = {"first": "facebook", "further": [{"id": "fu01", "platform": "linkedin"}]}
    return Plan.model_validate({
        "start": {"hours_per_week": hours, **parts.pop("start", {})},
        "goals": {"decision": "use"}, "platform_fit": fit, **parts,
    })  # fmt: skip


def test_the_gap_comes_first_with_what_could_be_cut(visit_page):
    """Hours there are, hours needed, and which cut makes it fit."""
    html = visit_page("time", _plan(), at="time/budget").html()
    assert "You have 4 h 30 min a week, and the plan needs 5 h 40 min." in html
    assert "One cut makes it fit: leave LinkedIn." in html
    assert "Or find 1 h 10 min more a week." in html
    assert "VerticalResponse" in html
    assert "from 2012" in html


def test_a_cut_is_one_press_and_one_step_back(visit_page):
    """Its answers are put in place together, and what was not understood elsewhere stays."""
    browser = visit_page(
        "time", _plan(), at="time/budget", unclear={"platform_fit.hands": "two or three"}
    )
    browser.press("Leave LinkedIn")
    session = browser.page.there
    assert session.plan.platform_fit.further[0].platform is None
    assert "It fits." in browser.html()
    assert session.file.unclear == {"platform_fit.hands": "two or three"}
    browser.say("undo")
    assert session.plan.platform_fit.further[0].platform == "linkedin"


def test_hours_among_colleagues_are_told_as_such(visit_page):
    """With the counts that say so."""
    tally = {"id": "tl01", "question": "use", "asked": 12, "counts": [["linkedin", 1]]}
    audience = {"peers_asked": 8, "peers": [["linkedin", 6]], "tallies": [tally]}
    html = visit_page("time", _plan(audience=audience), at="time/budget").html()
    assert "Colleagues: 6 of 8. Clients: 1 of 12." in html
    assert "judged by referrals" in html


@pytest.mark.parametrize(("hours", "asked"), [(3, True), (40, False)])
def test_an_exception_is_asked_for_only_where_it_does_not_fit(visit_page, hours, asked):
    """What fits needs no signature."""
    browser = visit_page("time", _plan(hours))
    signed = next(s for s in browser.page.screens if s.id == "time/signed")
    assert signed.is_shown(browser.page.there.plan) is asked


def test_blocks_are_proposed_with_one_press(visit_page):
    """With the reason; then each is an entry like any other, and nothing more is proposed."""
    browser = visit_page("time", _plan(9), at="time.blocks")
    assert "It is our default" in browser.html()
    browser.press("Propose 5 blocks for what has none yet")
    blocks = browser.page.there.plan.time.blocks
    assert len(blocks) == 5
    browser.answer(f"time.blocks.{blocks[0].id}.at", "11 am")
    assert browser.page.there.plan.time.blocks[0].at == "11:00"
    labels = [getattr(w, "description", "") for w in widgets_of(browser.page)]
    assert not [label for label in labels if label.startswith("Propose")]


def test_the_week_is_a_picture_with_its_table(visit_page):
    """And says what has no block, what a purpose is judged by, and who answers in a week off."""
    html = visit_page("time", make_finished(), at="time/week").html()
    assert '<figure class="wb-chart">' in html
    assert "Monday to Friday, 08:30 to 08:45" in html
    assert "Judged by referrals, and by what partners send you." in html
    assert "The master plumber answers" in html


def test_the_calendar_file_is_handed_over(visit_page):
    """From today on, in the time zone of the business."""
    browser = visit_page("time", make_finished(), at="time/week")
    assert "Times are those of Europe/London." in browser.html()
    told = browser.press("Download the calendar file")
    (given,) = [message for message in told if message["kind"] == "download"]
    assert (given["name"], given["type"][:13]) == ("example-plumbing-week.ics", "text/calendar")
    assert b"DTSTART;TZID=Europe/London:20270406T090000" in given["buffers"][0]


def test_without_blocks_there_is_no_calendar_yet(visit_page):
    """The way there is told instead."""
    browser = visit_page("time", _plan(9), at="time/week")
    assert "Once a block has a day" in browser.html()
    labels = [getattr(w, "description", "") for w in widgets_of(browser.page)]
    assert "Download the calendar file" not in labels


def test_what_was_typed_stays_text(visit_page):
    """Names and handles are shown as they were typed."""
    accounts = [{"id": "ac01", "platform": "x", "handle": HOSTILE.replace(" ", "/")}]
    time = {"owner": HOSTILE, "substitute": HOSTILE, "exception": HOSTILE, "exception_by": HOSTILE,
            "blocks": [{"id": "bl01", "task": "make", "day": "monday", "at": "09:00",
                        "minutes": 5, "who": HOSTILE}]}  # fmt: skip
    plan = _plan(1, time=time, start={"accounts": accounts})
    browser = visit_page("time", plan)
    for at in ("time/budget", "time/signed", "time/week"):
        browser.say("show", at=at)
        assert "<img" not in browser.html()
    assert "&lt;img" in browser.html()


def test_while_all_waits_there_is_nothing_to_fit(visit_page):
    """Neither hours nor blocks."""
    browser = visit_page("time", Plan.model_validate({"goals": {"decision": "not_now"}}))
    assert "nothing to fit into your week" in browser.html()
    assert not browser.page.screens[4].is_shown(browser.page.there.plan)


def test_an_empty_plan_says_where_to_begin(visit_page):
    """With places, and with hours."""
    html = visit_page("time", Plan(), at="time/budget").html()
    assert "platform_fit.first" in html
    assert "start.hours_per_week" in html


def test_a_plan_that_does_not_fit_is_to_be_settled_on_the_tasks(visit_page):
    """The page of tasks does not call it finished, and leads to what is to be settled."""
    plan = make_finished()
    start = plan.start.model_copy(update={"hours_per_week": 0.5})
    plan = plan.model_copy(update={"start": start})
    html = visit_page("start", plan, at="tasks").html()
    rows = html.split('<li class="wb-task">')[1:]
    row = next(row.partition("</li>")[0] for row in rows if "08_time" in row)
    assert ("To settle" in row, "#at=time.exception" in row) == (True, True)
    assert "Everything is answered. Look" not in html


def test_a_screen_that_is_about_to_go_shows_no_change(visit_page):
    """What a press brings is seen on the new screen only: presses on the old one are lost."""
    browser = visit_page("time", _plan(40), at="time.blocks")
    before = browser.page.fields["time.blocks"]
    seen = []
    before.observe(lambda change: seen.append(change["new"]), "value")
    browser.press("Propose 5 blocks for what has none yet")
    assert seen == []
    assert len(browser.page.fields["time.blocks"].value) == 5
    browser.page.guard(lambda: browser.page.there.answer("time.blocks", None))
    assert browser.page.fields["time.blocks"].value in ([], None)
