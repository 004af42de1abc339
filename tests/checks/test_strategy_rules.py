"""What holds accounts, voice, complaints and links together, looked at across the steps."""

from __future__ import annotations

from datetime import date

import pytest

from workbook.checks import Severity, run
from workbook.plan import Plan, annotation_of, replace_answer
from workbook.values import read

TODAY = date(2027, 1, 15)
WEEK = ["monday", "tuesday", "wednesday", "thursday", "friday"]
SHOP = [{"id": "hr01", "days": WEEK, "opens": "09:00", "closes": "17:00"}]
FACEBOOK = {"id": "ac01", "platform": "facebook", "last_posted": "month"}
SILENT = {"id": "ac02", "platform": "x", "last_posted": "longer"}
UNKNOWN = {"id": "ac04", "platform": "youtube", "last_posted": "unknown"}
RULES = {
    "places-without-voice", "places-without-owner", "place-nobody-can-answer",
    "places-without-complaint-route", "complaint-route-elsewhere", "promise-over-hours",
    "messages-without-weekend-plan", "linked-profile-idle", "active-profile-unlinked",
    "active-profile-unlisted",
}  # fmt: skip


def _plan(accounts=(FACEBOOK,), start=(), decision="use", goals=(), **parts):
    begin = {"has_website": "yes", "accounts": list(accounts), **dict(start)}
    return Plan.model_validate(
        {"start": begin, "goals": {"decision": decision, **dict(goals)}, **parts}
    )


def _found(plan):
    return {f.id: f for f in run(plan, TODAY) if f.id in RULES}


def _mend(plan, finding):
    for path, raw in finding.offers[0].answers:
        plan = replace_answer(plan, path, read(annotation_of(path), raw))
    return plan


# -- every place has voice, owner, complaint route -----------------------------------------------


def test_place_in_use_needs_voice_owner_and_route():
    """An account that is looked after, and nothing else said: three things are missing."""
    found = _found(_plan())
    assert set(found) == {
        "places-without-voice", "places-without-owner", "places-without-complaint-route",
    }  # fmt: skip
    assert "Facebook" in found["places-without-voice"].what
    assert all(f.severity is Severity.WARN for f in found.values())


def test_place_with_all_three_is_left_alone():
    """Voice, a name and a route: nothing is missing across the steps."""
    voice = {"casual": 60}
    complaints = {"channel": "email", "page_owner": "Anna"}
    assert _found(_plan(voice=voice, complaints=complaints)) == {}
    assert "places-without-owner" not in _found(_plan(start={"who": "Anna"}))


@pytest.mark.parametrize("decision", ["not_now", "unknown", None])
def test_nothing_is_missing_before_it_is_decided(decision):
    """While it is open whether social media is used at all, no rule for it is missed."""
    assert _found(_plan(decision=decision)) == {}


@pytest.mark.parametrize(
    ("accounts", "whys"),
    [
        ([SILENT], []), ([], []), ([{"id": "ac03"}], []), ([UNKNOWN], []),
        ([FACEBOOK], [{"id": "wy01", "platform": "facebook", "serves": "nothing"}]),
    ],
)  # fmt: skip
def test_places_that_are_not_in_use_need_nothing(accounts, whys):
    """One that is silent or may be, one whose place serves nothing, one that is not named yet."""
    assert _found(_plan(accounts, goals={"whys": whys})) == {}


@pytest.mark.parametrize(
    ("access", "locked"),
    [(["left"], True), (["nobody"], True), (["left", "owner"], False), (["agency"], False),
     (["unknown"], False), ([], False)],
)  # fmt: skip
def test_somebody_has_to_get_in_to_answer(access, locked):
    """A complaint on an account that nobody here can open is answered by nobody."""
    found = _found(_plan([{**FACEBOOK, "access": access}]))
    assert ("place-nobody-can-answer" in found) is locked


@pytest.mark.parametrize(
    ("channel", "elsewhere"),
    [("instagram", True), ("messenger", False), ("whatsapp", False), ("email", False)],
)
def test_private_route_needs_its_account(channel, elsewhere):
    """Messages on Instagram are no route for a business that is not on Instagram."""
    plan = _plan(complaints={"channel": channel})
    found = _found(plan)
    assert ("complaint-route-elsewhere" in found) is elsewhere
    if elsewhere:
        mended = _mend(plan, found["complaint-route-elsewhere"])
        assert mended.complaints.channel == "email"


# -- promises fit the hours ----------------------------------------------------------------------


def _promise(hours, *, spells=SHOP, **complaints):
    plan = _plan(
        start={"hours_per_week": hours}, complaints={"hours": spells, "zone": "UTC", **complaints}
    )
    return plan, _found(plan).get("promise-over-hours")


def test_nobody_promises_one_hour_with_four_hours_a_week():
    """40 open hours with a look each hour are 40 looks; four hours are 24 looks of ten minutes."""
    plan, finding = _promise(4, first_s2=1)
    assert "within 1 open hour" in finding.what
    assert "that is 24 looks a week. The promise needs 40" in finding.because
    mended = _mend(plan, finding)
    assert mended.complaints.first_s2 == 2
    assert "promise-over-hours" not in _found(mended)


@pytest.mark.parametrize(
    ("hours", "promise", "fits"),
    [
        ({"first_s2": 1}, 6.66, False), ({"first_s2": 1}, 6.67, True), ({"first_s2": 4}, 2, True),
        ({}, 4, True), ({}, 1, False), ({"first_s3": 60}, 4, False), ({"first_s3": 100}, 4, True),
        ({"first_s1": 0.1}, 4, False),
    ],
)  # fmt: skip
def test_promise_is_held_against_the_looks_there_can_be(hours, promise, fits):
    """So many looks of ten minutes, each good for the length of the promise, fill the open time."""
    _, finding = _promise(promise, **hours)
    assert (finding is None) is fits


@pytest.mark.parametrize("field", ["first_s1", "first_s2", "first_s3", "first_s4"])
@pytest.mark.parametrize("hours", [0.5, 1, 2.5])
def test_later_promise_that_is_offered_can_be_kept(field, hours):
    """One click gives the soonest promise that fits, never one that does not."""
    amount = 1 if field in {"first_s3", "first_s4"} else 0.1
    plan, _ = _promise(hours, **{"first_s1": 30, "first_s2": 90, field: amount})
    found = [f for f in run(plan, TODAY) if f.id == "promise-over-hours"]
    mine = next(f for f in found if f.path == f"complaints.{field}")
    mended = _mend(plan, mine)
    left = {f.path for f in run(mended, TODAY) if f.id == "promise-over-hours"}
    assert f"complaints.{field}" not in left


def test_default_for_a_case_that_spreads_is_not_held_against_anybody():
    """Our own hour for a grave case is an alarm, no look; only a promise they gave is counted."""
    assert _promise(4, first_s2=8)[1] is None


def test_length_of_a_look_can_be_changed():
    """Whoever looks in for two minutes can promise more."""
    plan, _ = _promise(4, first_s2=1)
    quick = plan.model_copy(update={"own_defaults": {"conduct.look_minutes": 2}})
    none = plan.model_copy(update={"own_defaults": {"conduct.look_minutes": 0}})
    assert "promise-over-hours" not in _found(quick)
    assert "promise-over-hours" not in _found(none)


@pytest.mark.parametrize(
    "spells",
    [
        [],
        [{"id": "hr01", "days": WEEK}],
        [{"id": "hr01", "opens": "09:00", "closes": "17:00"}],
    ],
)
def test_without_opening_hours_nothing_is_counted(spells):
    """No hours, or hours without days or times: there is nothing to hold a promise against."""
    assert _promise(1, spells=spells, first_s2=1)[1] is None


def test_night_counts_once_and_overlaps_do_not_count_twice():
    """A bar from six to two, entered twice, is open for eight hours a day."""
    bar = {"days": ["friday", "sunday"], "opens": "18:00", "closes": "02:00"}
    spells = [{"id": "hr01", **bar}, {"id": "hr02", **bar}]
    _, tight = _promise(1, spells=spells, first_s2=2)
    assert "needs 8 while you are open" in tight.because
    assert _promise(1.5, spells=spells, first_s2=2)[1] is None


def test_no_hours_at_all_offer_no_promise():
    """Where not a single look fits into the week, no promise is offered."""
    plan, finding = _promise(0.1, first_s2=1)
    assert finding.offers == ()
    assert plan.complaints.first_s2 == 1


# -- private messages and the weekend -------------------------------------------------------------


@pytest.mark.parametrize("channel", ["messenger", "instagram", "whatsapp", "email", "other_dm"])
@pytest.mark.parametrize("weekend", [None, "nothing", "unknown", "auto", "email", "duty"])
def test_messages_on_meta_need_a_plan_for_closed_days(channel, weekend):
    """24 hours run on Sundays too: without a plan, or a plan without a name, they run out."""
    plan = _plan(complaints={"channel": channel, "weekend": weekend})
    found = "messages-without-weekend-plan" in _found(plan)
    on_meta = channel in {"messenger", "instagram", "whatsapp"}
    assert found is (on_meta and weekend in {None, "nothing", "unknown", "duty"})


def test_whoever_looks_in_is_offered():
    """The person who looks after social media can be named with one click."""
    plan = _plan(start={"who": "Anna"}, complaints={"channel": "whatsapp", "weekend": "duty"})
    finding = _found(plan)["messages-without-weekend-plan"]
    assert finding.path == "complaints.weekend_who"
    mended = _mend(plan, finding)
    assert mended.complaints.weekend_who == "Anna"
    assert "messages-without-weekend-plan" not in _found(mended)


def test_known_hours_leave_the_trap_to_its_dates():
    """Where the step of complaints tells the trap by its dates, it is not told twice."""
    complaints = {"channel": "whatsapp", "weekend": "nothing", "hours": SHOP, "zone": "UTC"}
    plan = _plan(complaints=complaints)
    assert "messages-without-weekend-plan" not in _found(plan)
    assert "window-trap" in {f.id for f in run(plan, TODAY)}


# -- links -----------------------------------------------------------------------------------------


def _linked(*profiles, accounts=(FACEBOOK, SILENT), **start):
    plan = _plan(accounts, start, linking={"profiles": list(profiles)})
    return plan, {k: v for k, v in _found(plan).items() if "profile" in k}


def test_every_linked_profile_is_active():
    """A link to an account that has been silent for a year is told, and gone with one click."""
    plan, found = _linked(
        {"id": "ac01", "platform": "facebook", "linked": "yes"},
        {"id": "ac02", "platform": "x", "linked": "yes"},
    )
    assert set(found) == {"linked-profile-idle"}
    assert "X" in found["linked-profile-idle"].what
    assert "linked-profile-idle" not in _found(_mend(plan, found["linked-profile-idle"]))


def test_every_active_profile_is_linked():
    """An account in use that the website does not lead to, or that nobody looked at."""
    _, found = _linked({"id": "ac01", "platform": "facebook", "linked": "no"})
    assert set(found) == {"active-profile-unlinked"}
    instagram = {"id": "ac03", "platform": "instagram", "last_posted": "month"}
    seen = {"id": "ac01", "platform": "facebook", "linked": "yes"}
    plan, found = _linked(seen, accounts=(FACEBOOK, SILENT, instagram))
    assert set(found) == {"active-profile-unlisted"}
    mended = _mend(plan, found["active-profile-unlisted"])
    assert [p.id for p in mended.linking.profiles] == ["ac01", "ac03"]


@pytest.mark.parametrize("linked", ["yes", "no"])
def test_a_link_to_what_may_be_silent_waits_until_that_is_known(linked):
    """Nobody knows when the account last posted: its link is neither wanted nor unwanted."""
    _, found = _linked({"id": "ac04", "platform": "youtube", "linked": linked}, accounts=(UNKNOWN,))
    assert found == {}


def test_silent_account_need_not_be_linked():
    """A dormant account without a link is as it should be."""
    _, found = _linked({"id": "ac02", "platform": "x", "linked": "no"}, accounts=(SILENT,))
    assert found == {}


def test_two_accounts_in_one_place_are_told_apart():
    """Each is found by its own id; one entered by hand belongs to neither."""
    shops = [
        {**FACEBOOK, "handle": "north"},
        {"id": "ac02", "platform": "facebook", "handle": "south", "last_posted": "longer"},
    ]
    _, found = _linked(
        {"id": "ac02", "platform": "facebook", "linked": "yes"},
        {"id": "byhand", "platform": "facebook", "linked": "no"},
        accounts=shops,
    )
    assert set(found) == {"linked-profile-idle", "active-profile-unlisted"}
    assert "Facebook south" in found["linked-profile-idle"].what
    assert "Facebook north" in found["active-profile-unlisted"].what


def test_without_a_website_nothing_has_to_be_linked():
    """Where there is no website, there is no link to miss."""
    _, found = _linked({"id": "ac01", "platform": "facebook", "linked": "no"}, has_website="no")
    assert found == {}
