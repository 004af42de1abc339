"""The action list: proposed from all that is open, in order, within the hours, never twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exports.sample_plans import TODAY, make_blocked, make_finished, make_very_long
from tests.storage.any_plan import PLANS
from workbook.actions import explain_actions, is_settled, propose_actions, take
from workbook.actions.candidates import LOOK_BACK, is_proposed
from workbook.checks import list_todos, run
from workbook.plan import Plan, annotation_of, replace_answer
from workbook.steps.diagnosis.causes import rank
from workbook.steps.integration.answers import Action, Done, Integration
from workbook.steps.integration.listing import budget_of
from workbook.values import TEXT_LIMIT, read

LAST = TODAY + timedelta(days=90)


def _propose(plan, today=TODAY):
    return propose_actions(plan, run(plan, today), today)


def _put(plan, **answers):
    for path, raw in answers.items():
        where = path.replace("__", ".")
        plan = replace_answer(plan, where, read(annotation_of(where), raw))
    return plan


def _take(plan, proposals):
    listed = plan.integration.model_copy(update={"actions": take(plan, proposals)})
    return plan.model_copy(update={"integration": listed})


PLAN = make_finished()
PROPOSED = _propose(PLAN)


def test_an_empty_plan_proposes_no_more_than_its_open_decisions():
    """Nothing begun is nothing to mend, and nobody is named for it."""
    proposed = _propose(Plan())
    assert {p.about for p in proposed} <= {f.path for f in run(Plan(), TODAY)}
    assert {p.who for p in proposed} <= {None}


def test_every_open_finding_and_decision_becomes_an_action():
    """Findings, what is not known, accounts that go, counting, readings and the look back."""
    settled = {p.about for p in PROPOSED} | {p.why for p in PROPOSED}
    for finding in run(PLAN, TODAY):
        told = finding.path in settled or finding.what in settled
        assert told or finding.sums_up or finding.path.startswith("integration.actions"), finding.id
    kinds = {p.kind.value for p in PROPOSED}
    assert kinds >= {"find_out", "cause", "mend", "look", "account", "setup", "reading", "review"}
    assert "decide" in {p.kind.value for p in _propose(make_blocked())}


def test_main_causes_come_first_then_what_takes_least_time():
    """The causes stand in the order of the diagnosis; within one the short things lead."""
    main = [cause.title for cause in rank(PLAN)]
    causes = list(dict.fromkeys(p.cause for p in PROPOSED))
    assert causes[: len(main)] == main
    assert [p.is_main for p in PROPOSED] == sorted((p.is_main for p in PROPOSED), reverse=True)
    for cause in causes:
        hours = [p.hours for p in PROPOSED if p.cause == cause]
        assert hours == sorted(hours)


def test_each_action_says_because_of_what_how_sure_and_what_would_change_it():
    """No proposal stands without its reasons, whatever it was made of."""
    for proposal in PROPOSED:
        for text in (proposal.what, proposal.why, proposal.because, proposal.sure, proposal.change):
            assert text.strip() == text
            assert text
            assert "{" not in text
        assert len(proposal.what) <= TEXT_LIMIT


def test_people_are_those_the_plan_names():
    """The reader of a goal reads it, the person of an account sees to it, nobody is invented."""
    named = PLAN.model_dump_json()
    assert all(p.who is None or p.who in named for p in PROPOSED)
    about = {p.about: p.who for p in PROPOSED}
    assert about["goals.goals.goal1.review"] == "The office manager"
    assert about["platform_fit.fates.acc2.due"] == "The office manager"
    assert about["measurement.contact_ways"] == "The office manager"


def test_days_lie_within_ninety_days_and_the_hours_there_are():
    """No week holds more than its share of the hours, save what has a day of its own."""
    plan = _put(PLAN, start__hours_per_week="6")
    proposed, budget = _propose(plan), budget_of(plan)
    days = [p.due for p in proposed if p.due]
    assert all(TODAY < day <= LAST for day in days)
    free = [p for p in proposed if p.due and p.kind.value not in ("account", "reading", "review")]
    done = sorted(free, key=lambda p: p.due)
    for proposal in done:
        weeks = -(-(proposal.due - TODAY).days // 7)
        booked = sum(p.hours for p in done if p.due <= proposal.due)
        assert booked <= budget.a_week * weeks + 1e-6


def test_what_does_not_fit_has_no_day():
    """With few hours the rest waits; with none at all, nothing that is free gets a day."""
    few = _propose(_put(PLAN, start__hours_per_week="1"))
    assert 0 < sum(p.due is None for p in few) < len(few)
    none = _propose(_put(PLAN, start__hours_per_week="0"))
    with_a_day = {"account", "reading", "prepare", "review"}
    assert {p.kind.value for p in none if p.due and not p.is_urgent} <= with_a_day
    assert not any(p.fits for p in none)


def test_open_decisions_find_room_first():
    """Where little fits, it is what keeps the documents drafts."""
    tight = _propose(_put(make_blocked(), start__hours_per_week="1"))
    decisions = [p for p in tight if p.kind.value == "decide"]
    assert decisions
    assert all(p.due is not None for p in decisions)
    assert any(p.due is None for p in tight)


def test_without_known_hours_so_many_things_are_done_in_a_week():
    """The number of things a week is the business's own, or ours."""
    plan = _put(PLAN, start__hours_per_week="unknown", own_defaults__start__todos_a_week="2")
    plan = plan.model_copy(update={"integration": Plan().integration})
    days = [p.due for p in _propose(plan) if p.kind.value in ("mend", "look", "cause", "find_out")]
    assert max(days.count(day) for day in set(days) - {None}) <= 2


def test_hours_are_our_defaults_and_may_be_changed():
    """A number of the business takes the place of ours, and the list follows."""
    plan = _put(PLAN, own_defaults__integration__setup_hours="5")
    setup = [p for p in _propose(plan) if p.kind.value == "setup"]
    assert setup
    assert {p.hours for p in setup} == {5.0}


def test_taken_twice_is_there_once():
    """What is on the list is not proposed again, even after its words were changed."""
    taken = _take(PLAN, PROPOSED)
    assert len(taken.integration.actions) == len(PLAN.integration.actions) + len(PROPOSED)
    assert take(taken, PROPOSED) == taken.integration.actions
    assert not {p.id for p in _propose(taken)} & {p.id for p in PROPOSED}
    first = PROPOSED[0].id
    changed = _put(taken, **{f"integration__actions__{first}__what": "In our own words"})
    assert first not in {p.id for p in _propose(changed)}


def test_one_can_be_taken_and_the_list_is_in_the_order_of_days():
    """Each by itself, among those that somebody wrote."""
    one = next(p for p in PROPOSED if p.due)
    actions = _take(PLAN, [one]).integration.actions
    days = [a.due for a in actions if a.due]
    assert days == sorted(days)
    kept = next(a for a in actions if a.id == one.id)
    assert (kept.what, kept.about, kept.who, kept.due) == (one.what, one.about, one.who, one.due)


def test_days_on_the_list_stay_while_proposed_ones_follow_today():
    """A week later the list says the same; what is not on it counts from that day."""
    later = TODAY + timedelta(days=7)
    listed = [t for t in list_todos(PLAN, run(PLAN, TODAY), TODAY) if t.is_listed]
    after = [t for t in list_todos(PLAN, run(PLAN, later), later) if t.is_listed]
    assert listed == after
    assert [t.due for t in listed] == [date(2027, 1, 29), date(2027, 2, 5), date(2027, 2, 26)]


def test_an_action_whose_finding_is_gone_seems_done():
    """It stays on the list, and says so; nothing that somebody wrote ever does."""
    plan = _take(PLAN, PROPOSED)
    action = next(a for a in plan.integration.actions if a.about == "linking.profiles.acc1.shows")
    before = explain_actions(plan, run(plan, TODAY), TODAY)
    assert not is_settled(action, before)
    assert before[action.id].because
    mended = _put(plan, linking__profiles__acc1__shows=["route", "hours"])
    reasons = explain_actions(mended, run(mended, TODAY), TODAY)
    settled = {a.id for a in mended.integration.actions if is_settled(a, reasons)}
    assert action.id in settled
    assert all(is_proposed(name) for name in settled)
    done = _put(mended, **{f"integration__actions__{action.id}__done": "yes"})
    assert not is_settled(next(a for a in done.integration.actions if a.id == action.id), reasons)


def test_the_look_back_stands_at_the_end_of_ninety_days():
    """Its day is the last of the list, and once it is on it, it stays."""
    look = next(p for p in PROPOSED if p.id == LOOK_BACK)
    assert look.due is not None
    kept = _take(PLAN, [look])
    assert LOOK_BACK not in {p.id for p in _propose(kept, TODAY + timedelta(days=30))}


def test_an_occasion_is_got_ready_before_it_begins():
    """What social media does before it is to be done the day before, and no later."""
    about = {p.about: p for p in PROPOSED}
    assert about["integration.occasions.oc02.before"].due == date(2027, 2, 28)
    past = _propose(PLAN, date(2027, 3, 2))
    assert "integration.occasions.oc02.before" not in {p.about for p in past}


def test_many_entries_with_one_fault_are_one_action():
    """Two hundred accounts and a list of 200 make a list that can be read, and quickly."""
    plan = make_very_long()
    proposed = _propose(plan)
    assert len(proposed) < 60
    assert any(" more: " in p.what for p in proposed)
    assert len({p.id for p in proposed}) == len(proposed)
    actions = tuple(Action(id=f"a{n:05}", what=f"Thing {n}", hours=1) for n in range(200))
    listed = plan.integration.model_copy(update={"actions": actions})
    long = plan.model_copy(update={"integration": listed})
    on_the_list = [f for f in run(long, TODAY) if f.path.startswith("integration.actions")]
    assert 0 < len(on_the_list) < 12


def test_an_action_about_nothing_we_know_leads_to_itself():
    """A file of another making may name an answer that no step asks for; its page still opens."""
    action = Action(id="a00001", what="Thing", about="elsewhere.thing")
    plan = Plan(integration=Integration(actions=(action,)))
    (todo,) = [t for t in list_todos(plan, run(plan, TODAY), TODAY) if t.is_listed]
    assert todo.path == "integration.actions.a00001.what"


def test_what_was_decided_against_is_not_proposed_again():
    """An action that the business leaves stays left."""
    one = PROPOSED[0]
    path = f"integration__actions__{one.id}__done"
    left = _put(_take(PLAN, [one]), **{path: Done.DROPPED.value})
    assert one.id not in {p.id for p in _propose(left)}
    assert one.what not in {t.text for t in list_todos(left, run(left, TODAY), TODAY)}


ANY_DAY = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@settings(max_examples=3, suppress_health_check=list(HealthCheck))
@given(PLANS, ANY_DAY)
def test_any_plan_on_any_day_has_proposals_that_can_be_taken(plan, today):
    """Whatever was answered: each has an id, hours and words that the list holds."""
    hold_proposals(plan, today)


@pytest.mark.thorough
@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(PLANS, ANY_DAY)
def test_many_plans_have_proposals_that_can_be_taken(plan, today):
    """The same of more plans than the quick tests have the time for."""
    hold_proposals(plan, today)


def hold_proposals(plan, today):
    """What is proposed for a plan can be taken, is kept, and is not proposed again."""
    findings = run(plan, today)
    proposed = propose_actions(plan, findings, today)
    taken = _take(plan, proposed)
    assert Plan.model_validate_json(taken.model_dump_json()) == taken
    again = propose_actions(taken, findings, today)
    assert not {p.id for p in again} & {p.id for p in proposed}
    assert all(p.hours >= 0 for p in proposed)


@pytest.mark.parametrize("decision", ["not_now"])
def test_while_social_media_waits_little_is_proposed(decision):
    """Accounts that go and what is not known stay; counting and readings do not."""
    kinds = {p.kind.value for p in _propose(_put(PLAN, goals__decision=decision))}
    assert not kinds & {"setup", "reading", "prepare"}
