"""Checks that hold hours and blocks against people, places, promises and counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.audit.inventory import name_place
from workbook.budget.blocks import (
    MINUTES_IN_AN_HOUR,
    WEEKDAYS,
    list_spans,
    pool_of,
    read_clock,
    sum_blocks,
)
from workbook.budget.fortnight import list_routine
from workbook.budget.need import list_kept
from workbook.checks.accounts import is_used
from workbook.checks.check import Case, Found, Offer, Severity, check
from workbook.content import find_question, load_words
from workbook.fit.fates import list_named
from workbook.fit.phrases import write_hours
from workbook.steps.goals.answers import Objective
from workbook.steps.time.answers import Purpose, Task
from workbook.wording import title_records, write_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.steps.time.answers import Block

WORDS = "checks/across/hours.toml"
_HOURS = "start.hours_per_week"
_BLOCKS = "time.blocks"
_MOST_TOLD = 3
_DAY = 24 * MINUTES_IN_AN_HOUR
_WEEK = len(WEEKDAYS) * _DAY


def _blocks(case: Case) -> tuple[Block, ...]:
    """The blocks of the week; while social media waits, there are none."""
    return () if case.answer("goals.decision") == "not_now" else case.plan.time.blocks


def _title(case: Case, block: Block) -> str:
    return title_records(find_question(_BLOCKS, case.language), (block,), case.language)[0]


@check("hours-beyond-people", Severity.WARN)
def hours_beyond_people(case: Case) -> Iterator[Found]:
    """There are more hours a week than the people have who do it."""
    hours, hands = case.answer(_HOURS), case.answer("platform_fit.hands")
    people = hands or case.answer("start.people")
    most = case.default("time.person_hours")
    if hours is not None and people and hours > people * most:
        words = load_words(WORDS, case.language)["people"]
        values = {
            "hours": write_hours(hours, case.language),
            "people": words["one" if people == 1 else "many"].format(count=write_number(people)),
            "most": write_hours(most, case.language),
        }
        rests_on = "platform_fit.hands" if hands else "start.people"
        yield Found(_HOURS, values, rests_on=(rests_on,))


@check("partner-hours-not-counted", Severity.WARN)
def partner_hours_not_counted(case: Case) -> Iterator[Found]:
    """Hours are booked for referrals, and neither a goal nor a count is about referrals."""
    booked = [block for block in _blocks(case) if block.purpose is Purpose.PARTNERS]
    goals, numbers = case.plan.goals, case.plan.measurement.numbers
    wanted = Objective.REFERRALS in goals.objectives or any(
        goal.objective is Objective.REFERRALS for goal in goals.goals
    )
    counted = any(number.referrals is not None for number in numbers)
    if sum_blocks(booked) and not (wanted or counted):
        path = f"{_BLOCKS}.{booked[0].id}.purpose"
        yield Found(path, {"hours": write_hours(sum_blocks(booked), case.language)})


@check("block-where-nothing-is-kept", Severity.WARN)
def block_where_nothing_is_kept(case: Case) -> Iterator[Found]:
    """A block is for a place that the business leaves."""
    kept, told = list_kept(case.plan), 0
    for block in _blocks(case) if is_used(case) and list_named(case.plan) else ():
        if block.platform and block.platform not in kept and told < _MOST_TOLD:
            told += 1
            path = f"{_BLOCKS}.{block.id}.platform"
            words = load_words(WORDS, case.language)["findings"]["block-where-nothing-is-kept"]
            mend = Offer(label=str(words["offer"]), answers=((path, ""),))
            place = name_place(block.platform, case.language)
            yield Found(path, {"block": _title(case, block), "place": place}, (mend,))


@check("routine-not-in-blocks", Severity.NOTE)
def routine_not_in_blocks(case: Case) -> Iterator[Found]:
    """A daily block of being social is none of the blocks of the week."""
    answering = [b for b in _blocks(case) if pool_of(b.task) is Task.ANSWER]
    times = {block.at for block in answering}
    missing = [at for at, _ in list_routine(case.plan) if at not in times]
    if _blocks(case) and missing:
        yield Found(_BLOCKS, {"at": missing[0]}, rests_on=("mix.first_at",))


@check("answers-slower-than-promised", Severity.NOTE)
def answers_slower_than_promised(case: Case) -> Iterator[Found]:
    """Between two blocks for answers there are more opening hours than a promise allows."""
    promised = case.answer("complaints.first_s2")
    answering = [b for b in _blocks(case) if pool_of(b.task) is Task.ANSWER]
    if not answering or not promised:
        return
    gap = _find_gap(case, answering)
    if gap is not None and gap > promised:
        values = {
            "gap": write_hours(gap, case.language),
            "promised": write_hours(promised, case.language),
        }
        path = f"{_BLOCKS}.{answering[0].id}.at"
        yield Found(path, values, rests_on=("complaints.first_s2", "complaints.hours"))


def _find_gap(case: Case, answering: list[Block]) -> float | None:
    """The most opening hours from the end of a block to the end of the next; None where unknown.

    The week is gone through twice, so that the way from its end to its beginning counts too.
    """
    spans = list_spans(answering)
    ends = sorted({span.day * _DAY + span.end for span in spans})
    if not ends or not case.plan.complaints.hours:
        return None
    following = [*ends[1:], ends[0] + _WEEK]
    gaps = [_sum_open(case, a, b) for a, b in zip(ends, following, strict=True)]
    return max(gaps) / MINUTES_IN_AN_HOUR


def _sum_open(case: Case, first: float, last: float) -> float:
    """The minutes a business is open between two moments, counted from Monday on."""
    names = [day.value for day in WEEKDAYS]
    total = 0.0
    for hours in case.plan.complaints.hours:
        if hours.opens is None or hours.closes is None:
            continue
        opens, closes = read_clock(hours.opens), read_clock(hours.closes)
        length = closes - opens if closes > opens else closes + _DAY - opens
        for day in hours.days:
            for week in (0, _WEEK):
                start = week + names.index(day.value) * _DAY + opens
                total += max(0.0, min(last, start + length) - max(first, start))
    return total
