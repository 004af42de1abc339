"""The hours a plan needs: the same as those of the choice of places, and what is joined to them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.budget.absence import reckon_absence
from workbook.budget.colleagues import Ground, find_purpose
from workbook.budget.fortnight import reckon_routine
from workbook.budget.need import Part, list_kept, reckon_need
from workbook.budget.wording import list_left_out, list_rows, tell_gap
from workbook.checks.todo import list_todos
from workbook.fit.effort import BASE
from workbook.fit.planned import hours_of
from workbook.plan import Plan
from workbook.platforms import load_platforms
from workbook.steps.time.answers import Purpose

PLACES = sorted({*load_platforms(), "other"} - BASE)
NUMBERS = st.none() | st.integers(0, 30)


def _plan(first="facebook", **parts):
    fit = {"first": first, **parts.pop("platform_fit", {})}
    return Plan.model_validate({"goals": {"decision": "use"}, "platform_fit": fit, **parts})


@settings(max_examples=30, deadline=None)
@given(places=st.lists(st.sampled_from(PLACES), min_size=1, max_size=4, unique=True),
       posts=NUMBERS, minutes=NUMBERS, replies=NUMBERS)  # fmt: skip
def test_chosen_places_take_what_the_choice_reckons(places, posts, minutes, replies):
    """Without base, parked accounts and daily blocks there is one reckoning, whatever is said."""
    entry = {"id": "pl01", "platform": places[0], "posts": posts, "minutes": minutes,
             "replies": replies}  # fmt: skip
    further = [{"id": f"fu{n}x", "platform": place} for n, place in enumerate(places[1:])]
    plan = _plan(places[0], platform_fit={"further": further, "places": [entry]})
    need = reckon_need(plan)
    assert need.hours == pytest.approx(hours_of(plan, places))
    assert need.hours == pytest.approx(sum(need.sum_by_place().values()))
    assert need.hours == pytest.approx(sum(need.sum_by_task().values()))


def test_the_week_pays_for_the_base_too():
    """The choice of places leaves out what every business has; the week cannot."""
    accounts = [{"id": "ac01", "platform": "google_business", "last_posted": "month"}]
    plan = _plan(start={"accounts": accounts})
    assert list_kept(plan) == ("facebook", "google_business")
    assert reckon_need(plan).hours == pytest.approx(hours_of(plan, ["facebook"]) + 0.75)
    assert [row.is_base for row in list_rows(reckon_need(plan))][:2] == [False, True]
    alone = reckon_need(_plan("own"))
    assert hours_of(_plan("own"), ["own"]) == 0
    assert alone.hours > 2


def test_a_parked_account_takes_a_few_minutes_and_a_closed_one_none():
    """What is neither counted says why."""
    accounts = [{"id": f"ac0{n}", "platform": p, "last_posted": "year"}
                for n, p in enumerate(("x", "tiktok", "pinterest"))]  # fmt: skip
    fates = [{"id": "ac00", "account": "ac00", "action": "park"},
             {"id": "ac01", "account": "ac01", "action": "delete"}]  # fmt: skip
    plan = _plan(start={"accounts": accounts}, platform_fit={"fates": fates})
    need = reckon_need(plan)
    assert need.sum_part(Part.PARKED) == pytest.approx(4 / 60)
    assert [account.platform for account, _ in need.left_out] == ["tiktok", "pinterest"]
    told = list_left_out(need)
    assert "merged or closed" in told[0]
    assert "was not chosen" in told[1]


def test_an_account_nobody_knows_of_takes_no_hours_until_it_is_looked_up():
    """Not known is neither in use nor silent; it is said, and it is a thing to do."""
    plan = Plan.model_validate(
        {"start": {"accounts": [{"id": "ac01", "platform": "x", "last_posted": "unknown"}]}}
    )
    assert list_kept(plan) == ()
    assert "nobody knows when it last posted" in list_left_out(reckon_need(plan))[0]
    assert "start.accounts.ac01.last_posted" in {
        todo.path for todo in list_todos(plan, (), date(2026, 11, 22))
    }


def test_daily_blocks_are_kept_in_full_and_counted_once():
    """Answers and reading are done within them; only what is beyond is added."""
    mix = {"first_at": "09:00", "first_minutes": 20, "second_at": "16:00", "second_minutes": 20}
    plan = _plan(mix=mix)
    need, without = reckon_need(plan), reckon_need(_plan())
    within = need.sum_part(Part.REPLYING, Part.LISTENING, Part.THANKS)
    assert within == pytest.approx(reckon_routine(plan))
    assert need.hours - without.hours == pytest.approx(need.sum_part(Part.THANKS))
    short = _plan(mix={"first_at": "09:00", "first_minutes": 1})
    assert reckon_need(short).hours == pytest.approx(without.hours)


def test_nothing_is_needed_while_all_waits():
    """A plan without social media has no hours to find."""
    plan = _plan().model_copy(update={"goals": Plan.model_validate(
        {"goals": {"decision": "not_now"}}).goals})  # fmt: skip
    assert reckon_need(plan).hours == 0
    assert "needs no hours so far" in tell_gap(reckon_need(Plan()))


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        (None, "not known yet."),
        ("unknown", "not known yet."),
        (0, "You have 0 hours a week, and the plan needs 4 h 15 min. 4 h 15 min are missing."),
        (3.25, "1 hour is missing."),
        (4.25, "It fits."),
        (168, "It fits."),
    ],
)
def test_the_gap_is_told(hours, told):
    """What there is, what is needed, and what is missing."""
    need = reckon_need(_plan(start={"hours_per_week": hours}))
    assert tell_gap(need).endswith(told)


def test_absurd_numbers_are_reckoned_and_not_dropped():
    """A thousand million posts do not fit, and nothing breaks over them."""
    entry = {"id": "pl01", "platform": "facebook", "posts": 1e9, "minutes": 1e9}
    plan = _plan(start={"hours_per_week": 5}, platform_fit={"places": [entry]})
    assert reckon_need(plan).over > 1e15
    assert "are missing" in tell_gap(reckon_need(plan))


# -- what hours are for -------------------------------------------------------------------------


def _counted(peers, clients, **parts):
    audience = {
        "peers_asked": 8,
        "peers": [["linkedin", peers]],
        "tallies": [
            {"id": "tl01", "question": "use", "asked": 12, "counts": [["linkedin", clients]]},
            {"id": "tl02", "question": "found", "asked": 12, "counts": [["linkedin", 12]]},
        ],
    }
    return Plan.model_validate({"audience": audience, **parts})


@pytest.mark.parametrize(
    ("peers", "clients", "purpose"),
    [(6, 2, Purpose.PARTNERS), (6, 9, Purpose.CLIENTS), (2, 9, Purpose.CLIENTS),
     (0, 0, Purpose.CLIENTS), (12, 2, Purpose.CLIENTS)],
)  # fmt: skip
def test_hours_among_colleagues_are_for_referrals(peers, clients, purpose):
    """Where a larger part of colleagues is than of clients; counts that cannot be are left out."""
    meant = find_purpose(_counted(peers, clients), "linkedin")
    assert meant.purpose is purpose
    assert (meant.ground is Ground.COUNTED) is (purpose is Purpose.PARTNERS)


def test_what_was_said_of_a_place_counts():
    """A place that serves referrals is for partners, one for service is for service."""
    for serves, purpose in (
        ("referrals", "partners"),
        ("service", "service"),
        ("leads", "clients"),
    ):
        whys = [{"id": "wh01", "platform": "x", "serves": serves}]
        meant = find_purpose(Plan.model_validate({"goals": {"whys": whys}}), "x")
        assert (meant.purpose, meant.ground) == (purpose, Ground.SAID)
    assert find_purpose(Plan(), "x").ground is Ground.USUAL


def test_a_week_off_parts_what_waits_from_what_does_not():
    """The substitute answers, posts are made before, the rest waits, others go on."""
    blocks = [
        {"id": "bl01", "task": "make", "day": "monday", "minutes": 60},
        {"id": "bl02", "task": "answer", "day": "workdays", "minutes": 12},
        {"id": "bl03", "task": "report", "day": "monday", "minutes": 60, "often": "monthly"},
        {"id": "bl04", "task": "answer", "day": "monday", "minutes": 30, "who": "Sam"},
    ]
    time = {"owner": "The owner", "substitute": "Sam", "blocks": blocks}
    absence = reckon_absence(_plan(time=time))
    assert absence == ("The owner", "Sam", 1.0, 1.0, 0.25, 0.5)
    by_need = reckon_absence(_plan())
    assert by_need.answering == pytest.approx(0.5 + 50 / 60)
    assert (by_need.owner, by_need.substitute) == ("", "")
