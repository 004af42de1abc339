"""Blocks of a week: when they lie, what lies across another, and those that are proposed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.budget.blocks import count_week, cover, find_overlaps, list_spans, sum_blocks
from workbook.budget.cuts import put
from workbook.budget.need import reckon_need
from workbook.budget.proposal import is_routine_longer, propose_blocks, shorten_blocks
from workbook.checks import run
from workbook.plan import Plan
from workbook.steps.time.answers import Block, Days, Often, Task

TIMES = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))
BLOCKS = st.lists(
    st.builds(
        Block,
        id=st.integers(0, 10**6).map("b{:07}".format),
        task=st.sampled_from(Task),
        day=st.none() | st.sampled_from(Days),
        at=st.none() | TIMES,
        minutes=st.none() | st.integers(0, 1440),
        often=st.none() | st.sampled_from(Often),
        who=st.sampled_from([None, "Sam"]),
    ),
    max_size=6,
    unique_by=lambda block: block.id,
)


def _block(at="09:00", minutes=30, day="monday", number=1, **more):
    return Block(id=f"bl{number:02}", day=day, at=at, minutes=minutes, **more)


def _plan(hours=6, **parts):
    fit = {"first": "facebook", **parts.pop("platform_fit", {})}
    return Plan.model_validate({
        "start": {"hours_per_week": hours, **parts.pop("start", {})},
        "goals": {"decision": "use", **parts.pop("goals", {})}, "platform_fit": fit, **parts,
    })  # fmt: skip


@pytest.mark.parametrize(
    ("day", "often", "minutes"),
    [("monday", None, 20), ("workdays", None, 100), ("every_day", "weekly", 140),
     ("monday", "fortnightly", 10), ("monday", "monthly", 5), (None, None, 20)],
)  # fmt: skip
def test_what_comes_back_is_counted_by_the_week(day, often, minutes):
    """A month counts as four weeks."""
    assert count_week(_block(minutes=20, day=day, often=often)) == minutes


@pytest.mark.parametrize(
    ("second", "is_across"),
    [({"at": "09:29"}, True), ({"at": "09:30"}, False), ({"at": "09:00", "day": "tuesday"}, False),
     ({"at": "09:00", "who": "Sam"}, False), ({"at": "09:10", "day": "workdays"}, True),
     ({"at": "09:10", "who": "the OWNER"}, True), ({"at": "08:00", "minutes": 61}, True)],
)  # fmt: skip
def test_blocks_of_one_person_lie_across_each_other(second, is_across):
    """At the same time on the same day; whoever is not named is the owner."""
    blocks = [_block(), _block(number=2, **second)]
    assert bool(list(find_overlaps(blocks, "The owner"))) is is_across


def test_a_block_goes_on_after_midnight():
    """Late on Sunday it meets what begins early on Monday."""
    late = _block("23:30", 90, "sunday")
    assert [span[:3] for span in list_spans([late])] == [(0, 0.0, 60.0), (6, 1410, 1440)]
    assert list(find_overlaps([late, _block("00:30", number=2)]))


@settings(max_examples=40, deadline=None)
@given(blocks=BLOCKS, at=st.integers(0, 10079))
def test_where_two_meet_is_where_both_are(blocks, at):
    """For any minute of the week: two of one person on it means that an overlap is told."""
    day, minute = divmod(at, 1440)
    here = [s for s in list_spans(blocks) if s.day == day and s.start <= minute < s.end]
    doers = [span.block.who for span in here]
    if len(doers) != len(set(doers)):
        assert list(find_overlaps(blocks))


def test_proposal_batches_posts_and_answers_twice_a_day():
    """One block a week for posts, two looks a day, plan and numbers; within the hours."""
    plan = _plan()
    blocks = propose_blocks(plan)
    told = [(b.task.value, b.day.value, b.at, b.minutes) for b in blocks]
    assert told == [
        ("answer", "workdays", "09:00", 15), ("answer", "workdays", "16:00", 15),
        ("make", "tuesday", "09:15", 90), ("plan", "friday", "09:15", 70),
        ("report", "friday", "10:25", 15),
    ]  # fmt: skip
    assert {b.purpose.value for b in blocks if b.task is Task.MAKE} == {"clients"}


@pytest.mark.parametrize("hours", [4.25, 4.3, 5, 9, 40])
@pytest.mark.parametrize("mix", [{}, {"first_at": "08:00", "first_minutes": 13}])
def test_proposal_keeps_to_the_hours_there_are(hours, mix):
    """What the need has room for, the proposal has; each task gets what it needs."""
    plan = _plan(hours, mix=mix)
    need, blocks = reckon_need(plan), propose_blocks(plan)
    assert need.over == 0
    assert sum_blocks(blocks) <= hours + 1 / 12
    assert all(each.lacking < 1 / 59 for each in cover(need, blocks))
    assert not list(find_overlaps(blocks))


def test_daily_blocks_of_being_social_are_taken_over():
    """Their times and minutes are not asked again; on six days each day is its own block."""
    mix = {"first_at": "08:10", "first_minutes": 20, "second_at": "17:00", "second_minutes": 10}
    blocks = [b for b in propose_blocks(_plan(mix=mix)) if b.task is Task.ANSWER]
    assert [(b.at, b.minutes, b.day) for b in blocks] == [
        ("08:10", 20, Days.WORKDAYS), ("17:00", 10, Days.WORKDAYS),
    ]  # fmt: skip
    six = _plan(mix=mix, own_defaults={"mix.routine_days": 6})
    days = [b.day for b in propose_blocks(six) if b.at == "08:10"]
    assert len(days) == 6
    assert Days.SATURDAY in days


def test_hours_among_colleagues_get_a_block_of_their_own():
    """Posts for partners are not mixed with posts for clients."""
    whys = [{"id": "wh01", "platform": "linkedin", "serves": "referrals"}]
    further = [{"id": "fu01", "platform": "linkedin"}]
    plan = _plan(9, platform_fit={"further": further}, goals={"whys": whys})
    made = {b.purpose.value: b.platform for b in propose_blocks(plan) if b.task is Task.MAKE}
    assert made == {"clients": "facebook", "partners": "linkedin"}


def test_numbers_come_on_the_day_they_are_read():
    """Once a month as one longer block, else each week."""
    for day, expected in (("first", ("monday", "monthly", 60)), ("tuesday", ("tuesday", None, 15))):
        plan = _plan(measurement={"reading_day": day})
        (block,) = [b for b in propose_blocks(plan) if b.task is Task.REPORT]
        assert (block.day, block.often, block.minutes) == expected


def test_only_what_has_no_block_is_proposed():
    """What stands stays, nothing lies across it, and a second press adds nothing."""
    standing = [{"id": "bl01", "task": "make", "purpose": "clients", "day": "friday",
                 "at": "09:00", "minutes": 90}]  # fmt: skip
    plan = _plan(time={"blocks": standing})
    more = propose_blocks(plan)
    assert {b.task for b in more} == {Task.ANSWER, Task.PLAN, Task.REPORT}
    blocks = (*plan.time.blocks, *more)
    assert not list(find_overlaps(blocks))
    full = plan.model_copy(update={"time": plan.time.model_copy(update={"blocks": blocks})})
    assert propose_blocks(full) == ()
    assert len({b.id for b in blocks}) == len(blocks)


def test_a_great_need_is_split_over_days():
    """No block is longer than a day, and there are never dozens of them."""
    entry = {"id": "pl01", "platform": "facebook", "posts": 1e6}
    blocks = propose_blocks(_plan(platform_fit={"places": [entry]}))
    assert len(blocks) < 12
    assert all(0 < (b.minutes or 0) <= 1440 for b in blocks)


def test_nothing_is_proposed_for_nothing():
    """Without a place there is nothing to give a block to."""
    assert propose_blocks(Plan()) == ()


def test_no_blocks_are_proposed_for_a_plan_that_does_not_fit():
    """What is proposed is not blamed afterwards; with a signature it is proposed."""
    assert propose_blocks(_plan(3)) == ()
    signed = {"exception": "Until summer", "exception_by": "The owner"}
    assert propose_blocks(_plan(3, time=signed))


def test_blocks_are_shortened_to_what_a_plan_needs_after_a_cut():
    """They keep their days and times, and then fit into the hours there are."""
    long = [
        {"id": "bl01", "task": "make", "day": "tuesday", "at": "09:00", "minutes": 180},
        {"id": "bl02", "task": "make", "day": "thursday", "at": "09:00", "minutes": 180},
        {"id": "bl03", "task": "answer", "day": "workdays", "at": "09:00", "minutes": 12},
    ]
    plan = _plan(4.25, time={"blocks": long})
    shorter = shorten_blocks(plan)
    assert shorter == {"bl01": 45, "bl02": 45}
    (finding,) = [f for f in run(plan, date(2027, 1, 15)) if f.id == "blocks-over-hours"]
    changed = put(plan, finding.offers[0].answers)
    assert [b.minutes for b in changed.time.blocks] == [45, 45, 12]
    assert sum_blocks(changed.time.blocks) <= 4.25
    assert shorten_blocks(changed) == {}


def test_longer_daily_blocks_are_told_as_longer():
    """Ten and five minutes that do not hold the answers become more, and that is said."""
    mix = {"first_at": "08:00", "first_minutes": 10, "second_at": "16:00", "second_minutes": 2}
    short = _plan(mix=mix)
    assert is_routine_longer(short, propose_blocks(short))
    mix = {**mix, "first_minutes": 15, "second_minutes": 15}
    assert not is_routine_longer(_plan(mix=mix), propose_blocks(_plan(mix=mix)))
