"""One budget: what the week leaves over, what is urgent, and what belongs on a work list."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.actions.test_proposals import PLAN, TODAY, _propose, _put, _take
from workbook.actions import choose_work
from workbook.budget.need import reckon_need
from workbook.checks import run
from workbook.steps.integration.listing import budget_of

WEEK = TODAY + timedelta(days=7)
CLEARED = PLAN.model_copy(
    update={"integration": PLAN.integration.model_copy(update={"actions": ()})}
)


def _choose(plan):
    return choose_work(plan, _propose(plan))


@pytest.mark.parametrize("hours", ["5", "5.2", "6", "12"])
def test_what_is_said_to_fit_fits_afterwards(hours):
    """By the finding's own reckoning nothing that was said to fit is too much once it is taken."""
    plan = _put(CLEARED, start__hours_per_week=hours)
    taken = _take(plan, [p for p in _choose(plan) if p.fits])
    assert taken.integration.actions
    found = {f.id for f in run(taken, TODAY)}
    assert not found & {"list-beside-the-week", "actions-over-hours"}


def test_the_list_gets_what_the_week_leaves_over():
    """Never more than is left beside posts and answers, and never more than its share."""
    left = 5.2 - reckon_need(CLEARED).hours
    budget = budget_of(_put(CLEARED, start__hours_per_week="5.2"))
    assert budget.a_week == pytest.approx(left)
    assert budget_of(_put(CLEARED, start__hours_per_week="40")).a_week == pytest.approx(13.2)


def test_where_nothing_is_left_only_what_is_urgent_or_saves_hours_is_proposed():
    """A week that is full already gets no list of wishes on top."""
    chosen = _choose(_put(CLEARED, start__hours_per_week="3"))
    assert chosen
    assert all(p.is_urgent or p.saves for p in chosen)
    assert not any(p.fits for p in chosen)


def test_a_list_that_is_full_already_gets_no_wishes():
    """What stands on the list counts as well as the week."""
    listed = _put(PLAN, integration__actions__ac01__hours="60")
    assert all(p.is_urgent or p.saves for p in _choose(listed))


def test_open_access_law_and_decisions_have_days_within_a_week():
    """What cannot wait is not put behind what can."""
    urgent = [p for p in _propose(CLEARED) if p.is_urgent]
    assert "start.accounts.acc2.access" in {p.about for p in urgent}
    assert all(TODAY < p.due <= WEEK for p in urgent)


def test_corrections_of_answers_are_no_work():
    """Changing an answer in the workbook stays among what is open, and is on no list."""
    work = {p.about for p in _choose(CLEARED)}
    assert work
    assert not work & {"time.blocks.bl02.at", "goals.whys.why2.serves", "mix.weeks"}
    assert "answer" not in {p.kind.value for p in _choose(_put(CLEARED, start__who=""))}


def test_nothing_is_proposed_for_an_account_that_goes():
    """What a parked account no longer needs is not asked of anybody; open access still is."""
    parked = _put(CLEARED, platform_fit__fates__acc2__action="park")
    about = {p.about for p in _choose(parked)}
    assert "accounts.inventory.acc2.second_factor" not in about
    assert "accounts.inventory.acc2.login" not in about
    assert "start.accounts.acc2.access" in about


def test_each_text_names_what_it_is_about():
    """An entry is named by the account it is, so that the list can be read without the page."""
    texts = {p.about: p.what for p in _propose(CLEARED)}
    assert texts["accounts.inventory.acc2.login"].startswith("X exampleplumbing: ")
    assert texts["linking.profiles.acc1.shows"].startswith("Facebook exampleplumbing: ")


def test_one_person_is_named_in_one_way():
    """A name with and without what stands behind its comma is one person."""
    named = {p.who for p in _propose(CLEARED)} - {None}
    assert len({name.split(",")[0].casefold() for name in named}) == len(named)


def test_what_serves_a_goal_names_it():
    """Counting and reading serve the goal there is, so that it is not told to have nothing."""
    assert {p.goal for p in _choose(CLEARED) if p.kind.value == "setup"} == {"goal1"}
    taken = _take(CLEARED, [p for p in _choose(CLEARED) if p.fits])
    assert "goal-without-action" not in {f.id for f in run(taken, TODAY)}
