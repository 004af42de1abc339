"""The page of the larger plan: months, proposals with one click, and the list by day."""

from __future__ import annotations

from datetime import date

import pytest
from ipywidgets import Checkbox

from tests.exports.sample_plans import make_finished
from tests.interface.conftest import widgets_of
from workbook.plan import Plan, replace_answer
from workbook.steps.integration.answers import Action

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def finished():
    """A plan in which every decision is made, with a list."""
    return make_finished()


def _labels(browser):
    return [w.description for w in widgets_of(browser.page) if getattr(w, "description", "")]


def _press(browser, start):
    """Press the first button whose label begins so."""
    browser.press(next(label for label in _labels(browser) if label.startswith(start)))


def _actions(browser):
    return browser.page.there.plan.integration.actions


def test_months_are_a_table_with_hand_overs_and_a_list_for_the_phone(visit_page, finished):
    """Names stand in their channels, hand-overs below their month, both escaped."""
    plan = replace_answer(finished, "integration.occasions.oc02.name", HOSTILE)
    html = visit_page("integration", plan, at="integration/months").html()
    assert '<th scope="col">Social media</th>' in html
    assert '<th scope="rowgroup" rowspan="2">April 2027</th>' not in html
    assert "April 2027" in html
    assert "<h3>April 2027</h3>" in html
    assert "Nothing differs." in html
    assert "<img" not in html
    assert "&lt;img src=x" in html


def test_months_show_what_differs_with_both_texts(visit_page, finished):
    """Two wordings of one offer stand below the months, with the way to mend them."""
    path = "integration.occasions.oc01.words"
    plan = replace_answer(finished, path, "Bathroom check for £59")
    html = visit_page("integration", plan, at="integration/months").html()
    assert "Bathroom check for £59" in html
    assert "Bathroom check for £49, until 30 April" in html
    assert "Go to this entry" in html


def test_sixty_occasions_do_not_flood_the_page(visit_page):
    """A month names a few of them and counts the others."""
    many = [
        {"id": f"oc{n:02}", "name": f"Fair {n}", "first": "2027-04-01", "channels": ["print"]}
        for n in range(60)
    ]
    plan = Plan.model_validate({"integration": {"occasions": many}})
    html = visit_page("integration", plan, at="integration/months").html()
    assert "and 56 more" in html
    assert len(html) < 20_000


def _ticks(browser):
    return [w for w in widgets_of(browser.page) if isinstance(w, Checkbox)]


def test_what_is_ticked_is_taken_with_one_press_and_back_with_one(visit_page, finished):
    """It stands on the list once, and one step back takes all of it away."""
    browser = visit_page("integration", finished, at="integration/proposals")
    before = _actions(browser)
    ticked = sum(tick.value for tick in _ticks(browser))
    assert ticked
    _press(browser, f"Put the ticked on my list ({ticked}, ")
    taken = _actions(browser)
    assert len(taken) == len(before) + ticked
    assert len({action.id for action in taken}) == len(taken)
    browser.say("undo")
    assert _actions(browser) == before


def test_one_proposal_is_taken_by_itself(visit_page, finished):
    """It leaves the proposals, and the others stay."""
    browser = visit_page("integration", finished, at="integration/proposals")
    before = len(_actions(browser))
    first, *others = _ticks(browser)
    for tick in others:
        tick.value = False
    first.value = True
    _press(browser, "Put the ticked on my list (1, ")
    assert len(_actions(browser)) == before + 1


def test_with_nothing_ticked_nothing_is_taken(visit_page, finished):
    """The button stays, and says that nothing is ticked."""
    browser = visit_page("integration", finished, at="integration/proposals")
    before = _actions(browser)
    for tick in _ticks(browser):
        tick.value = False
    browser.press("Put the ticked on my list")
    assert _actions(browser) == before


def test_a_full_week_is_said(visit_page, finished):
    """Where nothing is left over, only what cannot wait or gives hours back is proposed."""
    plan = replace_answer(finished, "start.hours_per_week", 3.0)
    browser = visit_page("integration", plan, at="integration/proposals")
    assert "Your week has no hours left for a list" in browser.html()
    assert "Works on a main cause" not in browser.html()
    assert any(tick.value for tick in _ticks(browser))


def test_each_proposal_gives_its_reasons(visit_page, finished):
    """What, who, how long and by when; folded away because of what, and how sure."""
    html = visit_page("integration", finished, at="integration/proposals").html()
    for words in (
        "Cannot wait",
        "For your goal: ",
        "The office manager",
        "How sure",
        "What would change it",
    ):
        assert words in html, words
    assert "Go to the answer" in html


def test_what_does_not_fit_is_said(visit_page, finished):
    """With little left over most of it has no day, and only the rest is ticked."""
    plan = replace_answer(finished, "start.hours_per_week", 5.2)
    html = visit_page("integration", plan, at="integration/proposals").html()
    assert "do not fit into these 90 days" in html
    assert "no day" in html


def test_the_list_can_be_put_in_the_order_of_days(visit_page, finished):
    """The button is there only where the order is another."""
    browser = visit_page("integration", finished, at="integration.actions")
    browser.press("Put them in the order of their days")
    days = [action.due for action in _actions(browser)]
    assert days == sorted(days)
    assert "Put them in the order" not in str(_labels(browser))


def test_what_seems_done_is_marked_with_one_press(visit_page, finished):
    """An action whose finding is gone says so; the press marks it, nothing else."""
    gone = Action(id="p0123456789", what=f"Mend it {HOSTILE}", about="start.who", hours=1)
    actions = (*finished.integration.actions, gone)
    listed = finished.integration.model_copy(update={"actions": actions})
    plan = finished.model_copy(update={"integration": listed})
    browser = visit_page("integration", plan, at="integration/list")
    html = browser.html()
    assert "Done, it seems" in html
    assert "<img" not in html
    _press(browser, "Mark it as done")
    marked = {action.id: action.done for action in _actions(browser)}
    assert marked["p0123456789"] == "yes"
    assert marked["ac01"] == "no"


def test_two_hundred_actions_fit_on_the_page(visit_page):
    """The list is long, and drawn at once."""
    actions = [
        {"id": f"a{n:05}", "what": f"Thing {n}", "hours": 1, "due": "2027-05-01"}
        for n in range(200)
    ]
    plan = Plan.model_validate({"integration": {"actions": actions}})
    html = visit_page("integration", plan, at="integration/list").html()
    assert "Thing 199" in html
    assert "200 to do" in html


def test_tasks_show_kept_days_alone(visit_page, finished):
    """What is on the list has its day; what is not says so, and leads to the proposals."""
    path = "integration.actions.ac03.due"
    plan = replace_answer(finished, path, date(2027, 4, 9))
    html = visit_page("start", plan, at="tasks").html()
    assert "by 9 April 2027" in html
    assert "To find out" in html
    assert "10_larger_plan.ipynb#at=integration/proposals" in html


def test_a_kept_path_is_not_answered_from_outside(visit_page, finished):
    """Where an action came from is kept by the workbook, and no message changes it."""
    browser = visit_page("integration", finished, at="integration.actions")
    browser.say("answer", path="integration.actions.ac01.about", raw="start.who", number=1)
    assert _actions(browser)[0].about is None
