"""Checks that hold hours and blocks against people, places, promises and counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from workbook.audit.inventory import name_place
from workbook.budget.blocks import (
    MINUTES_IN_AN_HOUR,
    list_spans,
    pool_of,
    sum_blocks,
)
from workbook.budget.fortnight import list_routine
from workbook.budget.need import list_kept
from workbook.checks.accounts import is_used
from workbook.checks.check import Case, Found, Offer, Severity, check
from workbook.complaint.clock import Calendar, count_minutes
from workbook.complaint.rules import calendar_of, promise_of, write_length
from workbook.complaint.severity import Level
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
_WEEK = 7 * _DAY
_MONDAY = datetime(2027, 1, 4, tzinfo=UTC)
_HALF = 0.5


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
            "people": words["one" if people == 1 else "many"].format(
                count=write_number(people, case.language)
            ),
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
    """Between two blocks for answers there are more opening hours than a promise allows.

    Grave complaints have a clock and people of their own.
    """
    answering = [b for b in _blocks(case) if pool_of(b.task) is Task.ANSWER]
    calendar = calendar_of(case.plan)
    if not list_spans(answering) or not calendar.is_known:
        return
    longest = _find_longest_wait(answering, calendar)
    for level in (Level.S2, Level.S1):
        promise = promise_of(case.plan, level, calendar)
        if longest > promise.minutes:
            hours = round(longest / MINUTES_IN_AN_HOUR / _HALF) * _HALF
            values = {
                "level": level.value,
                "waits": write_length(hours, "open_hour", case.language),
                "promise": write_length(promise.amount, promise.unit, case.language),
            }
            rests_on = ("complaints.hours", f"complaints.first_{level.lower()}")
            yield Found(f"{_BLOCKS}.{answering[0].id}.at", values, rests_on=rests_on)
            return


def _find_longest_wait(answering: list[Block], calendar: Calendar) -> float:
    """The most open minutes from one block to the next, in an ordinary fortnight."""
    plain = Calendar(UTC, calendar.spells)
    starts = sorted({span.day * _DAY + span.start for span in list_spans(answering)})
    looks = [_MONDAY + timedelta(minutes=week + start) for week in (0, _WEEK) for start in starts]
    return max(count_minutes(plain, first, then) for first, then in pairwise(looks))
