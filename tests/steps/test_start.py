"""What the workbook says about a week and about accounts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.budget.need import reckon_need
from workbook.checks import Severity, list_todos, measure_progress, run
from workbook.content import find_question, load_step
from workbook.fit.phrases import write_hours
from workbook.plan import Plan
from workbook.steps.start.answers import Access, Silence

TODAY = date(2027, 1, 15)
TOO_FEW = ("hours-too-few", "hours-too-few-for-one")


def _found(start, **other):
    return {f.id: f for f in run(Plan.model_validate({"start": start, **other}), TODAY)}


def _accounts(*entries):
    return [{"id": f"ac{n:02}", "platform": "facebook", **e} for n, e in enumerate(entries)]


def test_unknown_hours_block_the_plan():
    """As long as nobody knows the hours, the plan stays a draft."""
    assert _found({"hours_per_week": "unknown"})["hours-unknown"].severity is Severity.BLOCK
    assert "hours-unknown" in _found({})
    assert "hours-unknown" not in _found({"hours_per_week": 0.5})


def test_hours_may_wait_while_social_media_waits():
    """A plan without social media for now needs no hours for it."""
    found = _found({"hours_per_week": "unknown"}, goals={"decision": "not_now"})
    assert "hours-unknown" not in found
    assert "hours-too-few-for-one" not in _found(
        {"hours_per_week": 1}, goals={"decision": "not_now"}
    )


@pytest.mark.parametrize(
    ("hours", "places", "fits"),
    [(4.25, ["facebook"], True), (4.2, ["facebook"], False), (7, ["facebook", "instagram"], True),
     (6.9, ["facebook", "instagram"], False), (4.3, ["facebook", "instagram"], False)],
)  # fmt: skip
def test_accounts_must_fit_the_hours(hours, places, fits):
    """They are held against what the week needs for them, told as the page of time tells it."""
    start = {"hours_per_week": hours, "accounts": _accounts(*[{"platform": p} for p in places])}
    found, need = _found(start), reckon_need(Plan.model_validate({"start": start}))
    blocking = [found[name] for name in TOO_FEW if name in found]
    assert (not blocking, not need.over) == (fits, fits)
    if len(places) > 1 and not fits:
        assert write_hours(need.hours) in blocking[0].what


def test_hours_somebody_signed_for_are_not_held_again():
    """The same missing hours are not signed for on one page and held up on another."""
    start = {"hours_per_week": 3, "accounts": _accounts({})}
    assert set(TOO_FEW) & set(_found(start))
    time = {"exception": "A test until summer.", "exception_by": "The owner"}
    assert not set(TOO_FEW) & set(_found(start, time=time))


def test_too_thin_says_what_would_fit():
    """The finding names the hours, what is needed, and how many accounts the hours carry."""
    places = ["facebook", "instagram", "pinterest"]
    start = {"hours_per_week": 6.5, "accounts": _accounts(*[{"platform": p} for p in places])}
    finding = _found(start)["hours-too-few"]
    needed = write_hours(reckon_need(Plan.model_validate({"start": start})).hours)
    told = f"You have 6 h 30 min a week, and the accounts in use need {needed}."
    assert finding.what == told
    assert "3 accounts that post" in finding.because
    assert "2 at most" in finding.do
    assert {"A7", "A8"} <= set(finding.seeds)


@pytest.mark.parametrize("hours", [1, 4])
def test_too_few_hours_keep_a_plan_a_draft(hours):
    """A plan that does not fit the week is a draft, unless it does without social media for now."""
    start = {"hours_per_week": hours, "accounts": _accounts(*[{"last_posted": "month"}] * 3)}
    names = {"hours-too-few", "hours-too-few-for-one"}
    used = _found(start, goals={"decision": "use"})
    assert [used[name].severity for name in names & set(used)] == [Severity.BLOCK]
    assert not names & set(_found(start, goals={"decision": "not_now"}))


def test_place_that_is_let_go_takes_no_hours():
    """Saying that a place serves nothing mends a plan with too many accounts."""
    places = ["facebook", "instagram", "x"]
    start = {"hours_per_week": 5, "accounts": _accounts(*[{"platform": p} for p in places])}
    whys = [{"id": f"wy0{n}", "platform": p, "serves": "nothing"} for n, p in enumerate(places)]
    assert "hours-too-few" in _found(start, goals={"whys": whys[:1]})
    assert "hours-too-few" not in _found(start, goals={"whys": whys[:2]})


def test_dormant_accounts_take_no_hours():
    """Accounts that nobody feeds any more do not count against the hours."""
    quiet = [{"last_posted": "longer"}, {"last_posted": "never"}, {"last_posted": "year"}]
    start = {"hours_per_week": 4.25, "accounts": _accounts({"last_posted": "month"}, *quiet)}
    assert not set(TOO_FEW) & set(_found(start))


def test_fewer_hours_than_one_account_takes():
    """One hour a week does not carry a single account, however few there are."""
    assert "hours-too-few-for-one" in _found({"hours_per_week": 1})
    assert "hours-too-few" not in _found({"hours_per_week": 1, "accounts": _accounts({})})


def test_business_may_have_its_own_hours():
    """Whoever knows that an account takes less may say so."""
    start = {"hours_per_week": 3, "accounts": _accounts({"platform": "other"})}
    assert "hours-too-few-for-one" in _found(start)
    own = {"start.account_hours": 0.5}
    found = _found(start, own_defaults=own)
    assert not {"hours-too-few", "hours-too-few-for-one"} & set(found)


@pytest.mark.parametrize(
    ("silence", "finding"),
    [
        ("month", None),
        ("quarter", "account-quiet"),
        ("year", "account-dormant"),
        ("longer", "account-dormant"),
        ("never", "account-dormant"),
        ("unknown", None),
    ],
)
def test_silence_of_an_account(silence, finding):
    """More than 30 days is quiet, more than 90 dormant; not knowing is a thing to find out."""
    found = set(_found({"accounts": _accounts({"last_posted": silence})}))
    assert found & {"account-quiet", "account-dormant"} == ({finding} if finding else set())


def test_dormancy_names_its_source():
    """The 90 days come with the public body they are taken from, and can be changed."""
    start = {"accounts": _accounts({"last_posted": "year"})}
    assert _found(start)["account-dormant"].sources == ("F17",)
    assert "90 days" in _found(start)["account-dormant"].sure
    own = {"start.dormant_days": 365}
    assert "account-dormant" not in _found(start, own_defaults=own)


def test_lost_and_left_access():
    """An account nobody can open, and one that somebody who left can open, are both named."""
    found = _found(
        {
            "accounts": _accounts(
                {"platform": "x", "handle": "@old", "access": ["nobody"]},
                {"access": ["owner", "left"]},
                {"platform": "youtube", "access": ["owner", "staff", "agency"]},
            )
        }
    )
    assert found["access-lost"].path == "start.accounts.ac00.access"
    assert "@old" in found["access-lost"].what
    assert found["access-after-leaving"].path == "start.accounts.ac01.access"
    assert "log" in found["access-after-leaving"].change


def test_place_that_is_not_chosen_yet():
    """An account whose place is not given yet is called one of yours."""
    found = _found({"accounts": [{"id": "ac01", "access": ["nobody"]}]})
    assert found["access-lost"].what == "Nobody can get into one of your accounts."


def test_account_without_a_known_reason():
    """Nobody knows why it was opened: that is said; not answered yet is no finding."""
    assert "account-without-reason" in _found(
        {"accounts": _accounts({"opened_because": "unknown"})}
    )
    assert "account-without-reason" not in _found({"accounts": _accounts({})})


def test_one_place_twice():
    """Two accounts in one place are noted; two “somewhere else” need not be the same place."""
    assert "platform-twice" in _found({"accounts": _accounts({}, {})})
    other = _accounts({"platform": "other"}, {"platform": "other"})
    assert "platform-twice" not in _found({"accounts": other})


def test_website_that_is_not_counted():
    """A website without a counter cannot tell what social media brings."""
    assert "website-not-counted" in _found({"has_website": "yes", "analytics": ["none"]})
    assert "website-not-counted" not in _found({"has_website": "yes", "analytics": ["ga4"]})
    assert "website-not-counted" not in _found({"has_website": "no", "analytics": ["none"]})
    assert "no-website" in _found({"has_website": "no"})


def test_markup_in_a_name_stays_text():
    """What somebody typed stands in a finding as it was typed, braces included."""
    handle = "{what}<script>"
    found = _found({"accounts": _accounts({"handle": handle, "access": ["nobody"]})})
    assert handle in found["access-lost"].what


def test_short_route_asks_the_few():
    """On the short route the start asks for the name, the hours and the accounts."""
    plan = Plan.model_validate({"start": {"route": "short"}})
    step = load_step("start")
    assert measure_progress(plan, step).needed == 5
    short = [q.id for q in step.questions.values() if q.short]
    assert short == ["route", "name", "hours_per_week", "has_accounts", "accounts"]


def test_accounts_are_asked_unless_there_are_none():
    """Only a clear “no” hides the list of accounts."""
    question = find_question("start.accounts")
    for answer, shown in (("yes", True), ("unknown", True), (None, True), ("no", False)):
        plan = Plan.model_validate({"start": {"has_accounts": answer}})
        assert question.is_shown(plan) is shown


def test_not_knowing_becomes_a_dated_thing_to_do():
    """“I do not know” to the hours ends as a thing to do within the next weeks."""
    plan = Plan.model_validate({"start": {"hours_per_week": "unknown", "who": "unknown"}})
    todos = list_todos(plan, run(plan, TODAY), TODAY)
    about = {todo.path: todo for todo in todos}
    assert "start.hours_per_week" in about
    assert all(TODAY < todo.due <= TODAY + timedelta(days=70) for todo in todos)
    assert about["start.who"].text == "Agree who looks after social media, and tell that person"


ACCOUNTS = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "platform": st.sampled_from(["facebook", "instagram", "x", "other"]),
            "last_posted": st.sampled_from(list(Silence)),
            "access": st.lists(st.sampled_from(list(Access)), unique=True),
            "opened_because": st.text(max_size=20) | st.just("unknown"),
        },
    ),
    max_size=12,
)


@pytest.mark.thorough
@settings(deadline=None)
@given(st.none() | st.just("unknown") | st.floats(0, 168), ACCOUNTS)
def test_any_week_and_accounts_can_be_checked(hours, accounts):
    """Whatever is answered, the checks end, and no account is said to fit and not to fit."""
    entries = [{"id": f"ac{n:02}", **entry} for n, entry in enumerate(accounts)]
    found = _found({"hours_per_week": hours, "accounts": entries})
    assert not {"hours-too-few", "hours-too-few-for-one"} <= set(found)
    if hours in (None, "unknown"):
        assert "hours-unknown" in found
