"""The screens about places without a browser: the answer, the accounts, the sheet, what if."""

from __future__ import annotations

import json

import pytest

from tests.exports.sample_plans import make_finished
from tests.interface.conftest import widgets_of
from workbook.fit.phrases import write_hours
from workbook.plan import Plan
from workbook.platforms import load_platforms

RESULT, FATES = "platform_fit/result", "platform_fit/fates"
SHEET, TRIAL = "platform_fit/sheet", "platform_fit/trial"
ENTER = "Enter my accounts with these proposals"
US = {"id": "gr01", "name": "Owners", "buyers": "people", "share": 100, "country": "US"}
ACCOUNTS = [
    {"id": "ac01", "platform": "facebook", "last_posted": "month", "access": ["owner"]},
    {"id": "ac02", "platform": "x", "last_posted": "longer", "access": ["owner"]},
]


def _plan(**parts):
    start = {"hours_per_week": 6, "has_accounts": "yes", "accounts": ACCOUNTS}
    return Plan.model_validate(
        {"start": {**start, **parts.pop("start", {})}, "goals": {"decision": "use"}, **parts}
    )


def _labels(browser):
    buttons = [getattr(widget, "description", "") for widget in widgets_of(browser.page)]
    return [label for label in buttons if label]


def _order(browser):
    return [s.id for s in browser.page.screens if s.id.startswith("platform_fit/")]


def test_screens_come_in_the_order_a_newcomer_needs(visit_page):
    """What the team can do and knows, what fits, the choice, the accounts, then what to look up."""
    order = ["team", "places", "result", "choice", "fates", "sheet", "trial"]
    browser = visit_page("platform_fit", _plan())
    assert _order(browser) == [f"platform_fit/{name}" for name in order]
    ids = [screen.id for screen in browser.page.screens]
    assert ids.index("audience/groups") < ids.index("platform_fit/team")


def test_the_short_way_shows_only_what_it_asks(visit_page):
    """On the short way there is the choice and the accounts, and nothing to look up."""
    plan = _plan(start={"route": "short"})
    browser = visit_page("platform_fit", plan, at=FATES)
    shown = [s.id for s in browser.page.screens if s.is_shown(plan)]
    assert [s for s in shown if s.startswith("platform_fit/")] == ["platform_fit/choice", FATES]
    browser.press(ENTER)
    actions = {f.id: f.action.value for f in browser.page.there.plan.platform_fit.fates}
    assert actions == {"ac01": "keep", "ac02": "park"}


# -- the answer ------------------------------------------------------------------------------------


def test_the_answer_is_headed_provisional_and_gives_its_reasons(visit_page):
    """By a survey alone the answer is provisional; what, because, how sure and what changes it."""
    browser = visit_page("platform_fit", _plan(audience={"groups": [US]}), at=RESULT)
    html = browser.html()
    assert "Provisional until 10 clients are asked" in html
    for said in ("Because:", "How sure:", "What would change it:", "a ceiling, not a reason"):
        assert said in html
    assert "What the hours can reach" in html
    assert "No place" in html
    assert "Pew Research Center bears no responsibility" in html


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({}, "Nobody is named whom you want"),
        ({"start": {"hours_per_week": 0}, "audience": {"groups": [US]}}, "0 hours a week"),
        (
            {"audience": {"groups": [{**US, "buyers": "businesses"}]}},
            "Owners buy for an organisation.",
        ),
        ({"start": {"hours_per_week": 1}, "audience": {"groups": [US]}}, "No place."),
    ],
)
def test_no_place_is_an_answer_too(visit_page, parts, said):
    """Nobody wanted, no hours, businesses: told in words, with the hours of each place."""
    html = visit_page("platform_fit", _plan(**parts), at=RESULT).html()
    assert said in html
    assert "What each place takes in a week" in html
    assert "Your base, which counts as no place" in html


def test_the_best_set_becomes_the_choice_with_one_click(visit_page):
    """By what clients said, the best set replaces the one there was, and the offer goes."""
    tally = {"id": "ta01", "question": "time", "asked": 12}
    counts = [["facebook", 9], ["linkedin", 7], ["snapchat", 1]]
    further = [{"id": "fu01", "platform": "snapchat", "reason": "Fun"}]
    fit = {"hands": 2, "first": "reddit", "further": further}
    audience = {"groups": [US], "tallies": [{**tally, "counts": counts}]}
    browser = visit_page("platform_fit", _plan(audience=audience, platform_fit=fit), at=RESULT)
    (label,) = [text for text in _labels(browser) if text.startswith("Take ")]
    browser.press(label)
    said = browser.page.there.plan.platform_fit
    places = [said.first, *(place.platform for place in said.further)]
    assert places == ["facebook", "linkedin"]
    assert not {"reddit", "snapchat"} & set(places)
    assert "By what your clients said" in browser.html()
    assert "Provisional until" not in browser.html()
    assert not [text for text in _labels(browser) if text.startswith("Take ")]


# -- accounts --------------------------------------------------------------------------------------


def test_accounts_are_entered_with_their_proposals(visit_page):
    """One click enters what is open, and one undo takes all of it back."""
    browser = visit_page("platform_fit", _plan(platform_fit={"first": "facebook"}), at=FATES)
    assert "You did not choose this place." in browser.html()
    browser.press(ENTER)
    kept, parked = browser.page.there.plan.platform_fit.fates
    assert (kept.action.value, kept.due) == ("keep", None)
    assert (parked.action.value, parked.leads_to, parked.account) == ("park", "facebook", "ac02")
    assert parked.due is not None
    assert ENTER not in _labels(browser)
    browser.say("undo")
    assert browser.page.there.plan.platform_fit.fates == ()


def test_only_what_is_open_is_proposed(visit_page):
    """An account with a decision is not proposed again; the button names those that are missing."""
    fates = [{"id": "ac01", "account": "ac01", "action": "keep"}]
    plan = _plan(platform_fit={"first": "facebook", "fates": fates})
    browser = visit_page("platform_fit", plan, at=FATES)
    assert "Enter the accounts that are missing: X" in _labels(browser)
    assert "You chose this place" not in browser.html()


def test_what_each_decision_means_is_told_step_by_step(visit_page):
    """To park, merge, close or win back: each has its steps, and saving comes first."""
    html = visit_page("platform_fit", make_finished(), at=FATES).html()
    assert html.count("<ol>") == 6
    assert "Download what is in it" in html
    assert "Google for one after two years" in html


# -- the sheet, and what if ------------------------------------------------------------------------


def test_all_places_stand_in_one_table(visit_page):
    """Each of the places has its row, with the day of its oldest fact."""
    html = visit_page("platform_fit", _plan(), at=SHEET).html()
    for platform in load_platforms().values():
        assert f'<th scope="row">{platform.name}</th>' in html
    assert "look again" in html


def test_one_place_is_shown_in_full(visit_page):
    """What is chosen is shown with who says it and of which day it is; nothing of it is kept."""
    browser = visit_page("platform_fit", _plan(), at=SHEET)
    before = browser.page.there.file
    browser.say("try", path=f"{SHEET}/place", raw="linkedin")
    html = browser.html()
    assert "LinkedIn: what is known" in html
    assert "As of" in html or "Read on" in html
    assert browser.page.there.file == before
    browser.say("try", path=f"{SHEET}/place", raw="nowhere")
    assert "LinkedIn: what is known" not in browser.html()


def _try(browser, **given):
    for name, raw in given.items():
        browser.say("try", path=f"{TRIAL}/{name}", raw=raw)
    browser.press("See what fits")
    return browser.html()


def test_other_hours_are_tried_without_touching_the_plan(visit_page):
    """More hours and places show what they would reach; the plan stays as it was."""
    browser = visit_page("platform_fit", _plan(audience={"groups": [US]}), at=TRIAL)
    before = json.dumps(browser.page.there.plan.model_dump(mode="json"))
    html = _try(browser, hours="12", people="2", places=["reddit", "mastodon"])
    assert "Your set: Reddit and Mastodon." in html
    assert "No figure on: Mastodon." in html
    assert "It fits into the hours you tried." in html
    assert json.dumps(browser.page.there.plan.model_dump(mode="json")) == before


def test_a_set_that_is_too_dear_or_too_small_is_told(visit_page):
    """Hours above those tried are named, and so is a set that reaches fewer than the best."""
    browser = visit_page("platform_fit", _plan(audience={"groups": [US]}), at=TRIAL)
    assert "more than you tried" in _try(browser, hours="4", places=["tiktok"])
    assert "beyond what chance may do" in _try(browser, hours="9", places=["reddit"])


def test_hours_are_reckoned_even_where_nobody_is_wanted(visit_page):
    """Without people there is nobody to reach, and still so many hours."""
    html = _try(visit_page("platform_fit", _plan(), at=TRIAL), places=["facebook", "linkedin"])
    assert "Nobody is named yet whom you want" in html
    assert f"It takes {write_hours(2 + 2.25 + 1 + 25 / 60)} a week." in html


CLIENTS = {"id": "ta01", "question": "time", "asked": 12,
           "counts": [["linkedin", 8], ["facebook", 3]]}  # fmt: skip


def test_clients_who_were_asked_are_called_clients(visit_page):
    """What they said of their time is not called use, and no term of a survey stands there."""
    audience = {"groups": [{**US, "buyers": "businesses"}], "tallies": [CLIENTS]}
    plan = _plan(audience=audience, platform_fit={"first": "linkedin"})
    html = visit_page("platform_fit", plan, at=RESULT).html()
    assert "In 100 clients who spend time in one of them" in html
    assert "New clients in 100" in html
    assert "In 100 who use" not in html
    for said in ("Pew Research Center", "time of the survey", "than any survey"):
        assert said not in html


def test_only_groups_of_businesses_are_called_so(visit_page):
    """Among several groups the sentence on businesses names the one it is about."""
    firms = {**US, "id": "gr02", "name": "Firms", "buyers": "businesses", "share": 50}
    audience = {"groups": [{**US, "share": 50}, firms]}
    html = visit_page("platform_fit", _plan(audience=audience), at=RESULT).html()
    assert "Firms buy for an organisation." in html
    assert "You sell to businesses" not in html
