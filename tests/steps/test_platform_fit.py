"""Which places are chosen within the hours, and what becomes of every account."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exports.sample_plans import TODAY, make_finished
from workbook.audit.inventory import Standing, list_profiles
from workbook.charts.sets import draw
from workbook.checks import Severity, run
from workbook.checks.accounts import list_in_use
from workbook.checks.check import Case
from workbook.exports.documents import build_document, gather
from workbook.fit.fates import find_fate
from workbook.fit.phrases import write_hours
from workbook.fit.planned import hours_of
from workbook.fit.proposals import enter, list_open, propose
from workbook.plan import Plan, replace_answer
from workbook.platforms import load_platforms
from workbook.steps.platform_fit.answers import Action
from workbook.steps.platform_fit.chosen import choose_drops
from workbook.steps.platform_fit.figures import (
    is_surveyed,
    list_effort_rows,
    list_gains,
    list_sets,
    list_to_find_out,
    look_up,
    name_asked,
    write_base,
)
from workbook.steps.platform_fit.report import contribute
from workbook.steps.start.answers import Access, Silence
from workbook.values import read

US = {"id": "gr01", "name": "Owners", "buyers": "people", "share": 100, "country": "US"}
PLACES = [*load_platforms(), "other"]


def _further(*places):
    return [{"id": f"fu{n:02}", "platform": p, "reason": "More"} for n, p in enumerate(places)]


def _account(name, platform, **more):
    return {"id": name, "platform": platform, "last_posted": "month", "access": ["owner"], **more}


def _plan(*, first=None, further=(), hours=6, accounts=(), decision="use", **parts):
    fit = {"first": first, "further": _further(*further), **parts.pop("fit", {})}
    start = {"hours_per_week": hours, "accounts": accounts, **parts.pop("start", {})}
    return Plan.model_validate(
        {"start": start, "goals": {"decision": decision}, "platform_fit": fit, **parts}
    )


def _found(plan, *names):
    found = [f for f in run(plan, TODAY) if not names or f.id in names]
    return {finding.id: finding for finding in found}


# -- hours decide ----------------------------------------------------------------------------------


def test_places_beyond_the_hours_block_with_both_numbers():
    """A plan is not finished while its places need more hours than there are, and says both."""
    finding = _found(_plan(first="facebook", further=["tiktok"], hours=5))["chosen-over-hours"]
    assert finding.severity is Severity.BLOCK
    have, need, face, tik = (write_hours(hours) for hours in (5, 9, 2.25, 4.75))
    assert finding.what == f"You have {have} a week, and the plan needs {need}."
    told = f"Facebook {face}, TikTok {tik} and {write_hours(2)} for reading"
    assert told in finding.because


def test_what_adds_least_is_offered_to_go():
    """The further place that brings fewer new people goes first, until the rest fits."""
    audience = {"groups": [US]}
    plan = _plan(first="facebook", further=["instagram", "bluesky"], hours=7.2, audience=audience)
    assert choose_drops(plan, 7.2) == ("bluesky",)
    assert choose_drops(plan, 5) == ("bluesky", "instagram")
    assert choose_drops(plan, 3) == ()
    offer = _found(plan)["chosen-over-hours"].offers[0]
    assert offer.label == "Leave out Bluesky"
    assert offer.answers == (("platform_fit.further.fu01.platform", ""),)


def test_where_not_even_the_first_place_fits_social_media_may_wait():
    """Too few hours for the first place alone are offered no smaller set but to wait."""
    (offer,) = _found(_plan(first="tiktok", hours=3))["chosen-over-hours"].offers
    assert offer.answers == (("goals.decision", "not_now"),)


def test_own_minutes_make_a_plan_fit():
    """A business that is quicker than our default fits into fewer hours."""
    places = [{"id": "pl01", "platform": "facebook", "posts": 2, "minutes": 15, "replies": 5}]
    assert "chosen-over-hours" in _found(_plan(first="facebook", hours=3))
    assert "chosen-over-hours" not in _found(
        _plan(first="facebook", hours=3, fit={"places": places})
    )


def test_hours_are_told_once():
    """Once places are chosen, they are held there, and no longer beside the question of hours."""
    many = [_account(f"ac{n:02}", p) for n, p in enumerate(("x", "facebook", "instagram"))]
    assert "hours-too-few" in _found(_plan(accounts=many))
    chosen = _found(_plan(first="facebook", accounts=many))
    assert not {"hours-too-few", "hours-too-few-for-one"} & set(chosen)
    assert "hours-too-few-for-one" in _found(_plan(hours=1))
    assert "hours-too-few-for-one" not in _found(_plan(first="own", hours=1))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(PLACES), min_size=1, max_size=5, unique=True), st.floats(0, 20))
def test_what_is_left_out_makes_the_rest_fit(places, hours):
    """Whatever is chosen, the rest fits into the hours once the offered places are gone."""
    plan = _plan(first=places[0], further=places[1:], hours=hours)
    dropped = choose_drops(plan, hours)
    rest = [place for place in places if place not in dropped]
    assert not dropped or hours_of(plan, rest) <= hours
    fits = hours_of(plan, places) <= hours
    assert ("chosen-over-hours" in _found(plan, "chosen-over-hours")) is not fits


# -- one person, one place -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fit", "found"),
    [
        ({"hands": 1}, {"one-person-many-places"}),
        ({"hands": 1, "exception": "One text for both."}, {"exception-half-signed"}),
        ({"hands": 1, "exception_by": "The owner"}, {"exception-half-signed"}),
        ({"hands": 1, "exception": "One text for both.", "exception_by": "The owner"}, set()),
        ({"hands": 2}, set()),
        ({"hands": "unknown"}, set()),
    ],
)
def test_one_person_keeps_one_place_unless_it_is_signed(fit, found):
    """More places for one person need a reason and a name; the rule offers no way round."""
    plan = _plan(first="facebook", further=["linkedin"], hours=9, fit=fit)
    rules = _found(plan, "one-person-many-places", "exception-half-signed")
    assert set(rules) == found
    assert all(f.severity is Severity.BLOCK and not f.offers for f in rules.values())


def test_the_base_counts_as_no_place():
    """A blog, a newsletter and a business profile come on top of the one place of one person."""
    plan = _plan(first="facebook", further=["own", "google_business"], fit={"hands": 1})
    assert not _found(plan, "one-person-many-places", "chosen-over-hours")


# -- where the clients are -------------------------------------------------------------------------


def _asked(asked, **counts):
    tally = {"id": "ta01", "question": "time", "asked": asked, "counts": [*counts.items()]}
    return {"groups": [US], "tallies": [tally]}


def test_a_place_without_clients_comes_first_only_until_ten_are_asked():
    """With ten clients asked, a first place that none of them named is told."""
    few, enough = _asked(9, facebook=8), _asked(10, facebook=8)
    assert "first-without-clients" not in _found(_plan(first="reddit", audience=few))
    found = _found(_plan(first="reddit", audience=enough))
    assert "Facebook" in found["first-without-clients"].what
    assert "choice-provisional" not in found


def test_clients_that_are_businesses_are_not_guessed_from_a_survey():
    """Without ten clients, a place for businesses is not provisional but unfounded."""
    groups = {"groups": [{**US, "buyers": "businesses"}]}
    found = _found(_plan(first="linkedin", audience=groups))
    assert found["choice-by-survey-for-businesses"].severity is Severity.WARN
    assert not {"choice-provisional", "chosen-behind-by-survey"} & set(found)


def test_by_a_survey_a_better_set_is_worth_a_note():
    """What a survey of adults says weighs less than what clients said."""
    surveyed = _found(_plan(first="reddit", hours=9, audience={"groups": [US]}))
    told = _found(_plan(first="reddit", hours=9, audience=_asked(30, facebook=29, reddit=1)))
    assert surveyed["chosen-behind-by-survey"].severity is Severity.NOTE
    assert told["chosen-behind"].severity is Severity.WARN


def test_no_set_beyond_the_hours_counts_as_a_rival():
    """The chosen set stands in the picture with its mark, though it takes more than there is."""
    plan = _plan(first="facebook", further=["tiktok"], hours=5, audience={"groups": [US]})
    rows = list_sets(look_up(plan))
    chosen = [row for row in rows if row.is_chosen]
    assert [row.name for row in chosen] == ["Facebook and TikTok"]
    assert not chosen[0].fits
    assert rows[-1].name == "No place"
    assert sum(row.is_best for row in rows) == 1


def test_a_set_over_the_rule_of_one_place_is_no_rival():
    """One person chose two places without signing: the set is named so, and never tied or best."""
    fit = {"hands": 1}
    audience = {"groups": [US]}
    plan = _plan(first="instagram", further=["facebook"], hours=8, audience=audience, fit=fit)
    picture = draw(list_sets(look_up(plan)))
    marked = [row[0] for row in picture.rows if "(" in row[0]]
    assert "Facebook and Instagram (your choice, over the one-place rule)" in marked
    assert any(name.endswith("(best that keeps to one place)") for name in marked)
    signed = {**fit, "exception": "One text for both.", "exception_by": "The owner"}
    plan = _plan(first="instagram", further=["facebook"], hours=8, audience=audience, fit=signed)
    assert not any("rule" in row[0] for row in draw(list_sets(look_up(plan))).rows)


@pytest.mark.parametrize(
    ("question", "asked"), [("use", "use"), ("time", "time"), (None, "survey")]
)
def test_reach_says_who_was_asked_what(question, asked):
    """Ten clients who were asked where they spend time are clients, and nobody said they use it."""
    tally = {"id": "ta01", "question": question, "asked": 12, "counts": [["linkedin", 8]]}
    audience = {"groups": [US], "tallies": [tally] if question else []}
    found = look_up(_plan(first="linkedin", audience=audience))
    assert name_asked(found.choice) == asked
    assert is_surveyed(found.choice) is (question is None)


def test_both_questions_that_count_are_named_to_be_asked():
    """Whoever asks ten clients may ask what they use, or where they spend time."""
    told = dict(list_to_find_out(look_up(_plan(first="facebook", audience={"groups": [US]}))))
    plan = _plan(first="facebook", audience={"groups": [US]})
    for text in (told["audience.tallies"], _found(plan)["choice-provisional"].do):
        assert "Do you ever use" in text
        assert "Where do you spend time?" in text


def test_hours_of_a_place_are_told_as_people_say_them():
    """What a place takes stands in three columns, so that it can be read on a phone."""
    ((name, hours, parts),) = list_effort_rows(look_up(_plan()), ["LinkedIn"])
    assert (name, hours) == ("LinkedIn", write_hours(1 + 25 / 60))
    assert parts.startswith(f"{write_hours(2 / 3)} making, ")
    assert parts.endswith("(our default)")


def test_one_place_more_brings_only_those_who_are_not_there():
    """New people are at most all who use the place, and its hours come on top."""
    plan = _plan(first="facebook", hours=6, audience={"groups": [US]})
    found = look_up(plan)
    for gain in list_gains(found):
        assert gain.reach.low <= gain.reach.percent <= gain.reach.high
        assert gain.reach.percent < 60
        assert gain.hours == pytest.approx(
            found.base.hours + found.choice.efforts[gain.place].hours
        )
        assert gain.fits is (gain.hours <= 6)
    assert "Own blog or newsletter" in write_base(found)


@pytest.mark.parametrize(
    "plan",
    [Plan(), _plan(), _plan(hours=0, audience={"groups": [US]}), _plan(first="other", hours=1)],
    ids=["empty", "nobody", "no hours", "elsewhere"],
)
def test_nothing_known_is_no_reason_to_fail(plan):
    """Without people, hours or figures there is an answer, and what to find out."""
    found = look_up(plan)
    assert [row.name for row in list_sets(found)][-1] == "No place"
    assert next(path for path, _ in list_to_find_out(found)) == "audience.tallies"


# -- what becomes of accounts ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("account", "action", "reason"),
    [
        ({"platform": "facebook"}, "keep", "chosen"),
        ({"platform": "facebook", "last_posted": "longer"}, "keep", "chosen_silent"),
        ({"platform": "facebook", "last_posted": "unknown"}, "keep", "chosen_unknown"),
        ({"platform": "x"}, "park", "not_chosen"),
        ({"platform": "x", "last_posted": "never"}, "delete", "never"),
        ({"platform": "x", "access": ["left"]}, "recover", "no_access"),
        ({"platform": "facebook", "access": ["nobody"]}, "recover", "no_access"),
        ({"platform": "google_business"}, "keep", "base"),
    ],
)
def test_a_proposal_follows_from_the_choice_and_the_account(account, action, reason):
    """Chosen, silent, empty or out of reach: each has its proposal with a reason in words."""
    known = {"last_posted": "month", "access": ["owner"]}
    (proposal,) = propose(_plan(first="facebook", accounts=[{"id": "ac01", **known, **account}]))
    assert (proposal.action, proposal.reason) == (Action(action), reason)
    assert proposal.because().endswith(".")
    assert proposal.leads_to == ("facebook" if action == "park" else "")


@pytest.mark.parametrize(
    ("decision", "posted", "expected"),
    [
        ("use", "month", ("keep", "alive")),
        ("use", "longer", ("park", "silent")),
        ("use", "unknown", ("keep", "unknown")),
        ("not_now", "month", ("park", "waits")),
    ],
)
def test_without_a_choice_silence_decides(decision, posted, expected):
    """Before places are chosen, and where social media waits, there is a proposal too."""
    accounts = [_account("ac01", "x", last_posted=posted)]
    (proposal,) = propose(_plan(decision=decision, accounts=accounts))
    assert (proposal.action.value, proposal.reason) == expected


def test_of_two_accounts_in_one_place_the_livelier_is_kept():
    """The other one is merged into it, and an empty one goes."""
    accounts = [
        _account("old1", "facebook", last_posted="longer"),
        _account("new1", "facebook"),
        _account("none", "facebook", last_posted="never"),
    ]
    proposals = propose(_plan(first="facebook", accounts=accounts))
    assert [p.action for p in proposals] == [Action.MERGE, Action.KEEP, Action.DELETE]
    assert proposals[0].leads_to == "facebook"


@pytest.mark.parametrize(("posted", "merged"), [("month", 0), ("quarter", 0), ("year", 1)])
def test_an_account_of_which_nobody_knows_is_not_taken_for_the_livelier_one(posted, merged):
    """Of two in one place the one that is known to be alive stays, else the one that may be."""
    accounts = [_account("ac01", "x", last_posted="unknown"),
                _account("ac02", "x", last_posted=posted)]  # fmt: skip
    found = propose(_plan(first="x", accounts=accounts))
    assert [proposal.reason == "twice" for proposal in found].index(True) == merged


_ACCOUNTS = st.lists(
    st.fixed_dictionaries(
        {
            "platform": st.sampled_from(PLACES),
            "last_posted": st.sampled_from([each.value for each in Silence]),
            "access": st.lists(st.sampled_from([each.value for each in Access]), max_size=2),
        }
    ),
    max_size=6,
)
_DECIDED = {
    "account-without-fate", "fate-twice", "fate-of-nothing", "fate-closes-chosen",
    "fate-keeps-unchosen", "fate-needs-access", "park-without-pointer", "pointer-leads-nowhere",
    "fate-without-day", "fate-day-past",
}  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(_ACCOUNTS, st.sampled_from(PLACES))
def test_proposals_contradict_nothing(accounts, first):
    """Entered with one click, our proposals decide on each account, and no check disagrees."""
    accounts = [{"id": f"ac{n:02}", **each} for n, each in enumerate(accounts)]
    plan = _plan(first=first, accounts=accounts)
    fates = read(type(plan.platform_fit).model_fields["fates"].annotation, enter(plan, TODAY))
    entered = replace_answer(plan, "platform_fit.fates", fates)
    assert not list_open(entered)
    assert [fate.id for fate in fates] == [each["id"] for each in accounts]
    assert not set(_found(entered)) & _DECIDED


def test_what_was_decided_stays_when_the_rest_is_entered():
    """An own decision is not overwritten, and an entry without one is completed."""
    accounts = [_account("ac01", "x"), _account("ac02", "tiktok")]
    fates = [
        {"id": "mine", "account": "ac01", "action": "archive", "who": "The owner"},
        {"id": "ac02", "account": "ac02", "who": "The office"},
    ]
    plan = _plan(first="facebook", accounts=accounts, fit={"fates": fates})
    first, second = enter(plan, date(2027, 1, 1))
    assert (first["id"], first["action"], first["due"]) == ("mine", "archive", None)
    assert (second["action"], second["who"], second["due"]) == ("park", "The office", "2027-01-29")


def _fate(**more):
    fates = [{"id": "ac01", "account": "ac01", **more}]
    return _plan(first="facebook", accounts=[_account("ac01", "x")], fit={"fates": fates})


@pytest.mark.parametrize(
    ("fate", "standing", "in_use"),
    [
        ({}, Standing.LEFT_OUT, False),
        ({"action": "keep"}, Standing.ACTIVE, True),
        ({"action": "park"}, Standing.CLOSING, False),
        ({"action": "recover"}, Standing.LOST, False),
        ({"action": "unknown"}, Standing.LEFT_OUT, False),
    ],
)
def test_what_was_decided_goes_before_silence(fate, standing, in_use):
    """Everywhere else an account is in use if it was decided to keep it, or its place is chosen."""
    plan = _fate(**fate)
    assert [p.standing for p in list_profiles(plan)] == [standing]
    assert bool(list_in_use(Case(plan, TODAY))) is in_use


def test_a_silent_account_in_a_chosen_place_is_in_use():
    """Silence counts only where nothing was decided."""
    accounts = [_account("ac01", "facebook", last_posted="longer")]
    for first, expected in (("facebook", 1), (None, 0)):
        plan = _plan(first=first, accounts=accounts)
        assert len(list_in_use(Case(plan, TODAY))) == expected


def test_a_decision_quiets_what_asked_for_it():
    """A lost, silent or unexplained account is not told again once its fate is decided."""
    quieted = {"account-dormant", "access-lost", "account-without-reason", "account-without-why"}
    account = _account("ac01", "x", last_posted="longer", access=["nobody"])
    account |= {"opened_because": "unknown"}
    before = _plan(accounts=[account])
    fates = [{"id": "ac01", "account": "ac01", "action": "recover"}]
    after = _plan(first="facebook", accounts=[account], fit={"fates": fates})
    assert quieted <= set(_found(before))
    assert not quieted & set(_found(after))


def test_two_accounts_in_one_place_are_fine_once_one_goes():
    """A second account in the same place is not told again when it is merged."""
    accounts = [_account("ac01", "facebook"), _account("ac02", "facebook")]
    fates = [{"id": "ac02", "account": "ac02", "action": "merge", "leads_to": "facebook"}]
    assert "platform-twice" in _found(_plan(accounts=accounts))
    assert "platform-twice" not in _found(
        _plan(first="facebook", accounts=accounts, fit={"fates": fates})
    )


def test_a_link_to_a_parked_profile_is_told_with_its_reason():
    """The website leads to an account that is to be parked, and the finding says so."""
    fates = [{"id": "ac01", "account": "ac01", "action": "park", "leads_to": "facebook"}]
    linking = {"profiles": [{"id": "ac01", "platform": "x", "linked": "yes"}]}
    plan = _plan(
        first="facebook", accounts=[_account("ac01", "x")], fit={"fates": fates}, linking=linking
    )
    assert "you decided to park or close it" in _found(plan)["linked-profile-idle"].what


def test_what_many_accounts_lack_is_told_once():
    """Nobody is named for seven accounts: one finding, which one click mends."""
    accounts = [_account(f"ac{n:02}", "x", handle=f"name{n}") for n in range(7)]
    fates = [{"id": a["id"], "account": a["id"], "action": "archive"} for a in accounts]
    start = {"who": "The owner"}
    plan = _plan(first="facebook", accounts=accounts, fit={"fates": fates}, start=start)
    finding = _found(plan)["fate-without-person"]
    assert "and 1 more" in finding.what
    assert len(finding.offers[0].answers) == 7
    alone = _plan(first="facebook", accounts=accounts[:1], fit={"fates": fates[:1]})
    assert _found(alone)["fate-without-person"].path == "platform_fit.fates.ac00.who"


def test_an_entry_belongs_to_the_account_it_names():
    """By the account it names, else by its own id; the decided one goes before an empty one."""
    fates = [{"id": "ac01"}, {"id": "fa02", "account": "ac01", "action": "park"}]
    plan = _plan(first="facebook", accounts=[_account("ac01", "x")], fit={"fates": fates})
    assert find_fate(plan, "ac01").id == "fa02"
    assert find_fate(plan, "gone") is None


# -- documents -------------------------------------------------------------------------------------


def _text(plan, name="strategy"):
    return build_document(name, gather(plan, TODAY)).text()


def test_the_strategy_tells_the_choice_with_its_reason_and_hours():
    """Why this place, how firm that is, what it takes, and what becomes of each account."""
    text = _text(make_finished())
    assert "The places we choose" in text
    assert "Families in our town ask each other there, and we answer." in text
    assert "win it back" in text
    assert "Facebook comes first" in text
    sheet = _text(make_finished(), "one_page")
    assert re.search(r"First place:? Facebook, [\d.]+ h[^,]* a week", sheet)
    assert "X: win it back" in sheet


def test_what_is_to_be_done_with_accounts_has_its_day():
    """The fate of an account stands among the things to do, on its day."""
    dated = contribute(gather(make_finished(), TODAY)).dated
    told = {todo.text: todo.due for todo in dated}
    assert told == {"Win X exampleplumbing back": date(2027, 2, 26)}


def test_a_choice_by_survey_is_called_provisional():
    """Without ten clients the sheet calls the place provisional, and no finding repeats it."""
    plan = _plan(first="facebook", audience={"groups": [US]})
    text = _text(plan)
    assert "(provisional)" in text
    assert "is a provisional choice" not in text
    assert "no place is the main one" in text.lower()


def test_without_social_media_places_are_not_told():
    """A plan that waits tells what becomes of accounts, and no place."""
    fates = [{"id": "ac01", "account": "ac01", "action": "archive"}]
    plan = _plan(
        first="facebook", decision="not_now", accounts=[_account("ac01", "x")], fit={"fates": fates}
    )
    text = _text(plan)
    assert "save what is in it, then close it" in text
    assert "First place" not in text
