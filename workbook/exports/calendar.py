"""The blocks and review days of a plan as a calendar file (iCalendar, RFC 5545).

Blocks stand in the time zone of the business where that is known; else in no zone, so that nine
o'clock is nine o'clock wherever the calendar is opened.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from workbook.audit.inventory import name_place
from workbook.budget.blocks import list_days, read_clock, read_owner
from workbook.budget.wording import load_budget_words, name_task
from workbook.content import BASE_LANGUAGE, default_of, find_question, load_words
from workbook.exports.dates import MEDIA_TYPE, SUFFIX, Dated, write_dates
from workbook.measurement.looks import find_look
from workbook.plan import read_answer
from workbook.steps.goals.answers import Cadence, Decision
from workbook.steps.measurement.answers import ReadingDay
from workbook.steps.time.answers import Often, Task

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook.plan import Plan
    from workbook.steps.time.answers import Block

WORDS = "exports/calendar.toml"
LONGEST = 120
"""Letters of an answer in a title."""
__all__ = [
    "MEDIA_TYPE",
    "SUFFIX",
    "ComingBack",
    "count_entries",
    "find_coming_back",
    "list_dates",
    "list_entries",
    "mark_id",
    "shorten",
    "write_calendar",
    "write_coming_back",
]
Rule = dict[str, Any]
_REVIEW = "review.day"
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAYS_IN_A_WEEK, _EVERY_MONTH_HAS = 7, 28
_EVERY: dict[Cadence, Rule] = {
    Cadence.WEEKLY: {"freq": "weekly"},
    Cadence.MONTHLY: {"freq": "monthly"},
    Cadence.QUARTERLY: {"freq": "monthly", "interval": 3},
}


def write_calendar(plan: Plan, first: date, *, language: str = BASE_LANGUAGE) -> bytes:
    """The blocks and review days of a plan as a calendar file.

    Args:
        plan: The plan.
        first: The day from which on blocks recur; days before it are left out.
        language: The language of the titles.

    Returns:
        The file, the same bytes for the same plan and day. The ids of its entries stay the same
        while the business keeps its name, so that a calendar which reads it again puts the new in
        the place of the old.
    """
    return write_dates(
        list_dates(plan, first, language),
        name=_name(plan, load_words(WORDS, language)),
        first=first,
    )


@dataclass(frozen=True, slots=True)
class ComingBack:
    """The day on which a plan is to be opened again, and where it comes from.

    ``origin`` is “set” where an answer names it, “listed” where the action list does, “again” where
    the business does without social media until then, “default” where it is ours, counted from
    today.
    """

    day: date
    origin: str


def find_coming_back(plan: Plan, today: date) -> ComingBack:
    """When a plan is to be opened again; a day that is over is none."""
    if plan.goals.decision is Decision.NOT_NOW:
        given = [(read_answer(plan, "goals.instead_until"), "again")]
    else:
        listed = (a.due for a in plan.integration.actions if a.about == _REVIEW and a.is_open)
        given = [(plan.review.day, "set"), *((due, "listed") for due in listed)]
    ahead = (ComingBack(d, name) for d, name in given if isinstance(d, date) and d > today)
    days = max(1, int(default_of(plan, "integration.days")))
    return next(ahead, ComingBack(today + timedelta(days=days), "default"))


def write_coming_back(plan: Plan, today: date, *, language: str = BASE_LANGUAGE) -> bytes:
    """The calendar of a plan, which holds the day of coming back whatever else it holds.

    Args:
        plan: The plan.
        today: The day from which on blocks recur.
        language: The language of the titles.
    """
    words, dates = load_words(WORDS, language), list_dates(plan, today, language)
    name = "again" if plan.goals.decision is Decision.NOT_NOW else "review"
    mark = mark_id(plan, name)
    if all(each.id != mark for each in dates):
        day = find_coming_back(plan, today).day
        dates = (*dates, Dated(mark, words[name], words[f"{name}_note"], day))
    return write_dates(dates, name=_name(plan, words), first=today)


def list_dates(plan: Plan, first: date, language: str = BASE_LANGUAGE) -> tuple[Dated, ...]:
    """What the calendar holds from a day on, under ids that are the business's own."""
    return tuple(
        replace(each, id=mark_id(plan, each.id)) for each in list_entries(plan, first, language)
    )


def mark_id(plan: Plan, name: str) -> str:
    """An id that no other business has; it stays the same while the business keeps its name."""
    mark = blake2b((plan.start.name or "").encode(), digest_size=6).hexdigest()
    return f"{name}-{mark}"


def _name(plan: Plan, words: Mapping[str, Any]) -> str:
    business = shorten(plan.start.name)
    return str(words["name"]).format(business=business) if business else str(words["name_bare"])


def shorten(text: str | None) -> str:
    """A text on one line, cut where a calendar would no longer show it."""
    told = " ".join((text or "").split())
    return told if len(told) <= LONGEST else f"{told[: LONGEST - 1].rstrip()}…"


# -- what stands in it ----------------------------------------------------------------------------


def list_entries(plan: Plan, first: date, language: str = BASE_LANGUAGE) -> list[Dated]:
    """What the calendar holds from a day on: blocks, then days on which something is looked at."""
    words = load_words(WORDS, language)
    if plan.goals.decision is Decision.NOT_NOW:
        return [*_list_day(plan, "goals.instead_until", "again", first, words)]
    return [
        *_list_blocks(plan, first, words, language),
        *_list_readings(plan, first, words),
        *_list_goals(plan, first, words),
        *_list_look_back(plan, first, words),
        *_list_day(plan, "conduct.review", "rules", first, words),
    ]


def count_entries(plan: Plan, first: date) -> int:
    """How many entries the calendar file holds."""
    return len(list_entries(plan, first))


def _list_day(
    plan: Plan, path: str, name: str, first: date, words: Mapping[str, Any]
) -> Iterator[Dated]:
    """A single day that some answer names, unless it is over."""
    day = read_answer(plan, path)
    if isinstance(day, date) and day >= first:
        yield Dated(name, words[name], words[f"{name}_note"], day)


def _list_blocks(
    plan: Plan, first: date, words: Mapping[str, Any], language: str
) -> Iterator[Dated]:
    """The blocks that have a day, a time and minutes, each from its first day on."""
    zone = ZoneInfo(plan.complaints.zone) if plan.complaints.zone else None
    owner = read_owner(plan)
    for block in plan.time.blocks:
        days = list_days(block.day)
        if not (days and block.at and block.minutes):
            continue
        hour, minute = divmod(read_clock(block.at), 60)
        day = _find_first(first, days, monthly=block.often is Often.MONTHLY)
        yield Dated(
            id=f"block-{block.id}",
            title=_title_block(block, words, language),
            note=_note_block(block, owner, words, language),
            start=datetime.combine(day, time(hour, minute), zone),
            lasts=timedelta(minutes=round(block.minutes)) or timedelta(minutes=1),
            rule=_rule_block(block, days),
        )


def _title_block(block: Block, words: Mapping[str, Any], language: str) -> str:
    question = find_question("time.blocks.any.task", language)
    task = question.label_of(block.task) if block.task else name_task(Task.PLAN, language)
    if block.platform is None:
        return task
    return str(words["block"]).format(task=task, place=name_place(block.platform, language))


def _note_block(block: Block, owner: str, words: Mapping[str, Any], language: str) -> str:
    said, who = load_budget_words(language), shorten(block.who or owner)
    lines = []
    if block.purpose:
        purpose, judged = said["purposes"][block.purpose], said["judged"][block.purpose]
        lines.append(words["note"].format(purpose=purpose, judged=judged))
    return " ".join([*lines, *([words["who"].format(who=who)] if who else [])])


def _rule_block(block: Block, days: tuple[int, ...]) -> Rule:
    """How a block recurs; once a month it is the first such day of the month."""
    if block.often is Often.MONTHLY:
        return {"freq": "monthly", "byday": [f"1{_DAYS[day]}" for day in days]}
    rule: Rule = {"freq": "weekly", "byday": [_DAYS[day] for day in days]}
    return rule | ({"interval": 2} if block.often is Often.FORTNIGHTLY else {})


def _find_first(first: date, days: tuple[int, ...], *, monthly: bool = False) -> date:
    """The first day from a day on that is one of some days of the week; in a month, its first."""
    day = first
    while day.weekday() not in days or (monthly and day.day > _DAYS_IN_A_WEEK):
        day += timedelta(days=1)
    return day


def _list_readings(plan: Plan, first: date, words: Mapping[str, Any]) -> Iterator[Dated]:
    """The day on which the numbers are read; a block for it stands in the week already."""
    said = plan.measurement
    blocks = [block for block in plan.time.blocks if block.task is Task.REPORT and block.day]
    chosen = said.next_reading if said.next_reading and said.next_reading >= first else None
    if blocks:
        if chosen and not any(_falls_on(block, chosen) for block in blocks):
            yield Dated("reading", words["reading"], words["reading_note"], chosen)
        return
    start = max(said.next_reading or first, first)
    if said.reading_day is None:
        if chosen:
            yield Dated("reading", words["reading"], words["reading_note"], chosen)
        return
    if said.reading_day is ReadingDay.FIRST:
        rule: Rule = {"freq": "monthly", "bymonthday": 1}
        while start.day != 1:
            start += timedelta(days=1)
    else:
        number = list(ReadingDay).index(said.reading_day)
        rule = {"freq": "weekly", "byday": [_DAYS[number]]}
        start = _find_first(start, (number,))
    yield Dated("reading", words["reading"], words["reading_note"], start, rule=rule)


def _falls_on(block: Block, day: date) -> bool:
    """Whether a block may lie on a day: on its day of the week, in a month on the first one."""
    monthly = block.often is Often.MONTHLY
    return day.weekday() in list_days(block.day) and not (monthly and day.day > _DAYS_IN_A_WEEK)


def _list_look_back(plan: Plan, first: date, words: Mapping[str, Any]) -> Iterator[Dated]:
    """The day of the review: the one that was set, or that of the action list, or in its days."""
    if plan.review.day:
        yield from _list_day(plan, _REVIEW, "review", first, words)
        return
    actions = plan.integration.actions
    looks = [each for each in actions if each.about == _REVIEW and each.due]
    if not (actions or plan.goals.goals) or any(not each.is_open for each in looks):
        return
    last = first + timedelta(days=max(1, int(default_of(plan, "integration.days"))))
    day = looks[0].due if looks else last
    if day and day >= first:
        yield Dated("review", words["review"], words["review_note"], day)


def _list_goals(plan: Plan, first: date, words: Mapping[str, Any]) -> Iterator[Dated]:
    """When each goal is looked at until it is due, and the day on which it is."""
    for number, goal in enumerate(plan.goals.goals, 1):
        start = find_look(plan, goal.review, first) or first
        wish = shorten(goal.wish) or words["goal"].format(number=number)
        if goal.review and (goal.due is None or goal.due > start):
            note = words["look_note"].format(cadence=words["cadence"][goal.review])
            day, rule = _recur(start, goal.review, (plan.measurement.next_reading or start).day)
            until = {"until": goal.due} if goal.due else {}
            title = words["look"].format(wish=wish)
            yield Dated(f"look-{goal.id}", title, note, day, rule=rule | until)
        if goal.due and goal.due >= first:
            title = words["due"].format(wish=wish)
            yield Dated(f"due-{goal.id}", title, words["due_note"], goal.due)


def _recur(start: date, cadence: Cadence, day: int) -> tuple[date, Rule]:
    """The first day and the rule of something that recurs; a month without its day has the last."""
    rule = _EVERY[cadence]
    if cadence is Cadence.WEEKLY or day <= _EVERY_MONTH_HAS:
        return start, rule
    return start, rule | {"bymonthday": [*range(_EVERY_MONTH_HAS, day + 1)], "bysetpos": -1}
