"""The page of the review: numbers with their verdicts, the next ninety days, and versions."""

from __future__ import annotations

import pytest

from tests.interface.conftest import widgets_of
from workbook.plan import Plan
from workbook.storage.versions import MOST_VERSIONS

PLACES = [
    {
        "id": "aaaa", "platform": "facebook", "first": "2027-01-01", "last": "2027-03-30",
        "leads": 9, "referrals": 1, "hours": 30,
    },
    {
        "id": "bbbb", "platform": "instagram", "first": "2027-01-01", "last": "2027-03-30",
        "leads": 3, "referrals": 0, "hours": 12,
    },
]  # fmt: skip
GOAL = {
    "id": "goal1", "wish": "More <b>enquiries</b>", "objective": "leads",
    "metric": "leads_per_month", "baseline": 2, "target": 4, "due": "2027-03-15",
}  # fmt: skip
WHOLE = {
    "goals": {"decision": "use", "goals": [GOAL]},
    "measurement": {"numbers": PLACES},
    "review": {
        "day": "2027-03-31",
        "first": "2027-01-01",
        "last": "2027-03-30",
        "readings": [
            {"id": "rd01", "goal": "goal1", "count": 12, "happened": "A <i>fair</i> in March"}
        ],
    },
}


def _plan(**parts):
    return Plan.model_validate({**WHOLE, **parts})


def _labels(browser):
    return [w.description for w in widgets_of(browser.page) if hasattr(w, "description")]


def test_numbers_are_one_press_away(visit_page):
    """Goals become entries, and what the numbers of places come to is taken over with a press."""
    review = {"first": "2027-01-01", "last": "2027-03-30"}
    browser = visit_page("review", _plan(review=review), at="review.readings")
    browser.press("Begin with your goal")
    browser.press(
        "Take 12 for “More <b>enquiries</b>”, from your numbers (Facebook 9, Instagram 3)"
    )
    (reading,) = browser.page.there.plan.review.readings
    assert (reading.goal, reading.count) == ("goal1", 12)
    browser.say("undo")
    browser.say("undo")
    assert browser.page.there.plan.review.readings == ()


def test_days_that_nobody_counted_are_told(visit_page):
    """Where days are missing nothing is added up, and the place that lacks them is named."""
    readings = [{"id": "rd01", "goal": "goal1"}]
    review = {"first": "2026-12-22", "last": "2027-03-30", "readings": readings}
    browser = visit_page("review", _plan(review=review), at="review.readings")
    assert not [label for label in _labels(browser) if label.startswith("Take")]
    assert "Missing: Facebook, 10 of 99 days, Instagram, 10 of 99 days" in browser.html()


def test_verdicts_stand_beside_what_else_happened(visit_page):
    """Every number is followed by what else happened, and nothing typed becomes markup."""
    browser = visit_page("review", _plan(), at="review/outcome")
    html = browser.html()
    assert "Cannot tell" in html
    assert html.index("Cannot tell") < html.index("A &lt;i&gt;fair&lt;/i&gt; in March")
    assert "More &lt;b&gt;enquiries&lt;/b&gt;" in html
    assert "In 80 of 100 cases" in html
    assert "<i>fair" not in html


def test_what_is_suggested_is_taken_over_once(visit_page):
    """A suggestion becomes a decision with its reason, and is not offered again."""
    browser = visit_page("review", _plan(), at="review.decisions")
    label = next(x for x in _labels(browser) if x.startswith("Take over: Give"))
    browser.press(label)
    (decision,) = browser.page.there.plan.review.decisions
    assert (decision.choice, decision.goal, decision.baseline) == ("change", "goal1", 4)
    assert decision.due.isoformat() == "2027-06-29"
    assert "15 March 2027" in decision.reason
    assert label not in _labels(browser)


@pytest.fixture
def decided():
    """A review with a decision that gives the goal a new number and day."""
    decision = {
        "id": "dc01", "choice": "change", "what": "Aim higher", "reason": "It worked",
        "goal": "goal1", "baseline": 4, "target": 6, "due": "2027-06-30",
    }  # fmt: skip
    return _plan(review={**WHOLE["review"], "decisions": [decision]})


def test_next_ninety_days_begin_once_they_are_asked_for(visit_page, decided):
    """What happens is shown first; then the plan is kept by name and the next days begin."""
    browser = visit_page("review", decided, at="review/begin")
    assert "First 89 days, to 30 March 2027" in browser.html()
    assert "What is it now" not in browser.html()
    browser.press("Begin the next ninety days")
    browser.press("Not yet")
    assert browser.page.there.plan == decided
    browser.press("Begin the next ninety days")
    browser.press("Yes, keep the plan and begin")
    session = browser.page.there
    assert [v.name for v in session.versions] == ["First 89 days, to 30 March 2027"]
    assert session.versions[0].plan == decided
    (goal,) = session.plan.goals.goals
    assert (goal.baseline, goal.target) == (4, 6)
    assert session.plan.review.readings == ()
    assert session.plan.review.earlier[0].held.readings[0].count == 12
    assert "have begun" in browser.html()
    browser.say("undo")
    assert session.plan == decided


def test_name_is_refused_before_anybody_presses(visit_page, decided):
    """A name too long, or one that is taken, is told with a way to mend it and no button."""
    long = decided.review.model_copy(update={"next_name": "x" * 206})
    browser = visit_page("review", decided.model_copy(update={"review": long}), at="review/begin")
    assert "Begin the next ninety days" not in _labels(browser)
    assert "80" in browser.html()
    browser.page.there.answer("review.next_name", "Spring")
    browser.page.there.name_version("spring")
    browser.say("show", at="review/begin")
    assert "Begin the next ninety days" not in _labels(browser)
    browser.page.there.answer("review.next_name", "Summer")
    browser.say("show", at="review/begin")
    assert "Begin the next ninety days" in _labels(browser)


def test_empty_review_begins_nothing(visit_page):
    """Before anything was counted or decided there is nothing to begin."""
    browser = visit_page("review", _plan(review={}), at="review/begin")
    assert "Begin the next ninety days" not in _labels(browser)
    assert "There is no review yet" in browser.html()


def test_second_round_of_the_diagnosis_keeps_the_first(visit_page):
    """The first round stands beside that of today, and the questions are empty again."""
    diagnosis = {"goal_dated": "no", "miss_noticed": "no", "hours_fixed": "no"}
    browser = visit_page("review", _plan(diagnosis=diagnosis), at="review/rounds")
    browser.press("Begin a second round")
    plan = browser.page.there.plan
    assert plan.diagnosis.goal_dated is None
    assert plan.diagnosis.earlier[0].evidence.goal_dated == "no"
    assert "Answer the diagnosis" in browser.html()
    browser.page.there.answer("diagnosis.goal_dated", "yes")
    browser.say("show", at="review/rounds")
    assert "First, 31 March 2027" in browser.html()


# -- versions ------------------------------------------------------------------------------------


def _name(browser, name):
    browser.say("try", path="review/versions/name", raw=name)
    return browser.press("Keep the plan as it stands")


def test_versions_are_kept_compared_opened_and_removed(visit_page):
    """A version is kept by its name, held against today, opened again and removed when sure."""
    browser = visit_page("review", _plan(), at="review/versions")
    assert "No version is kept yet" in browser.html()
    _name(browser, "Spring <b>")
    session = browser.page.there
    session.answer("start.name", "Bar")
    browser.press("Compare “Spring <b>” with today")
    html = browser.html()
    assert "1 answer differs" in html
    assert "Spring &lt;b&gt;" in html
    assert "<b>" not in html
    browser.press("Open “Spring <b>” again")
    assert session.plan.start.name is None
    assert len(session.versions) == 2
    newest = session.versions[1].name
    browser.press(f"Remove “{newest}”")
    browser.press(f"Keep “{newest}”")
    browser.press(f"Remove “{newest}”")
    browser.press(f"Yes, remove “{newest}”")
    assert [v.name for v in session.versions] == ["Spring <b>"]


def test_name_that_cannot_be_is_told(visit_page):
    """No name, a name that is taken, and one version too many are told in words."""
    browser = visit_page("review", _plan(), at="review/versions")
    assert browser.press("Keep the plan as it stands")[0]["errors"]
    _name(browser, "Spring")
    told = [m for m in _name(browser, "spring") if m["kind"] == "failed"]
    assert "already" in told[0]["what"]
    for number in range(MOST_VERSIONS - 1):
        browser.page.there.name_version(f"No. {number}")
    told = [m for m in _name(browser, "One more") if m["kind"] == "failed"]
    assert str(MOST_VERSIONS) in told[0]["what"]


def test_many_differences_are_shown_bit_by_bit(visit_page):
    """Of 500 differences some are shown, and the others come a press at a time."""
    browser = visit_page("review", Plan(), at="review/versions")
    _name(browser, "Empty")
    accounts = [{"id": f"a{n:05}", "handle": f"name{n}"} for n in range(500)]
    changed = Plan.model_validate({"start": {"accounts": accounts}})
    browser.page.there.replace(changed)
    browser.press("Compare “Empty” with today")
    html = browser.html()
    assert "500 answers differ" in html
    assert html.count('class="wb-added"') == 40
    assert len(html) < 60_000
    browser.press("Show 40 more")
    assert browser.html().count('class="wb-added"') == 80


def test_short_route_leads_to_the_full_one(visit_page):
    """Whoever took the short route is told, and can go on with the full one at once."""
    plan = _plan(start={"route": "short"})
    browser = visit_page("review", plan)
    assert len([s for s in browser.page.screens if s.is_shown(plan)]) == 1
    assert "You took the short route" in browser.html()
    browser.press("Go on with the full route")
    assert browser.page.there.plan.start.route == "full"
    assert "review.day" in browser.page.fields
