"""Blocks for what has none yet: posts made in one go, two short looks a day, and the numbers.

What the page on being social says of daily blocks is taken over as it stands. Everything else is
our default, to be moved to where the week has room.
"""

from __future__ import annotations

from hashlib import blake2b
from math import ceil, floor
from typing import TYPE_CHECKING, NamedTuple

from workbook.budget.blocks import (
    DAYS_IN_A_WEEK,
    MINUTES_IN_A_DAY,
    MINUTES_IN_AN_HOUR,
    WEEKDAYS,
    Cover,
    count_week,
    cover,
    list_days,
    list_spans,
    pool_of,
    read_clock,
    write_clock,
)
from workbook.budget.colleagues import find_purpose
from workbook.budget.fortnight import list_routine
from workbook.budget.need import Need, Part, is_signed, reckon_need
from workbook.content import default_of
from workbook.steps.measurement.answers import ReadingDay
from workbook.steps.time.answers import Block, Days, Often, Purpose, Task

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workbook.plan import Plan

MORNING, AFTERNOON = "09:00", "16:00"
_MAKING = (Days.TUESDAY, Days.THURSDAY, Days.WEDNESDAY, Days.MONDAY)
_WRAP_UP = Days.FRIDAY
_GRAIN = 5
"""Minutes to which blocks are rounded while there is room."""
_MOST = 5
"""Blocks into which the posts of one purpose are split at most."""
_WORKDAYS, _MONTH = 5, 4


class _Draft(NamedTuple):
    """A block that has no time yet, and when it would best begin."""

    task: Task
    purpose: Purpose
    day: Days
    minutes: float
    at: str = MORNING
    place: str = ""
    often: Often | None = None
    is_set: bool = False
    """Whether its time is one that the business chose."""


def propose_blocks(plan: Plan) -> tuple[Block, ...]:
    """Blocks for the tasks that lack more than a guess can be wrong by.

    Args:
        plan: The plan; blocks that stand already are left as they are, and no new one lies across
            them.

    Returns:
        New blocks with ids of their own, within the hours there are. None where the plan needs more
        than those and nobody signed for it: it is to be made to fit first.
    """
    need = reckon_need(plan)
    if not need.places or (need.over and not is_signed(plan)):
        return ()
    standing = plan.time.blocks
    least = default_of(plan, "time.short_of") / MINUTES_IN_AN_HOUR
    short = [
        c for c in cover(need, standing) if c.lacking and (c.lacking > least or not c.standing)
    ]
    for grain in (_GRAIN, 1):
        drafts = [draft for each in short for draft in _draft(plan, need, each, grain)]
        made = _place(drafts, standing)
        hours = sum(count_week(block) for block in (*standing, *made)) / MINUTES_IN_AN_HOUR
        if need.available is None or hours <= need.available:
            break
    return made


def shorten_blocks(plan: Plan) -> dict[str, float]:
    """The minutes of blocks that are longer than the plan needs, by their ids, so that they fit.

    Days and times stay. Nothing is shortened where the plan itself does not fit, and blocks whose
    task the plan does not need are left to the business.
    """
    need, blocks = reckon_need(plan), plan.time.blocks
    if need.over:
        return {}
    found: dict[str, float] = {}
    for each in cover(need, blocks):
        if each.needed and each.standing > each.needed:
            share = each.needed / each.standing
            mine = [b for b in blocks if pool_of(b.task) is each.task and b.minutes]
            found |= {b.id: max(floor((b.minutes or 0) * share + 1e-6), 1) for b in mine}
    return {b.id: found[b.id] for b in blocks if b.id in found and found[b.id] != b.minutes}


def is_routine_longer(plan: Plan, blocks: Sequence[Block]) -> bool:
    """Whether proposed blocks for answers are longer than the daily blocks they are made from."""
    told = dict(list_routine(plan))
    mine = [b for b in blocks if b.task is Task.ANSWER and b.at in told]
    return any((b.minutes or 0) > told[b.at or ""] for b in mine)


def _draft(plan: Plan, need: Need, short: Cover, grain: int) -> Iterator[_Draft]:
    minutes = short.lacking * MINUTES_IN_AN_HOUR
    if short.task is Task.MAKE:
        return _draft_making(plan, need, short, grain)
    if short.task is Task.ANSWER:
        return _draft_answering(plan, need, short, grain)
    if short.task is Task.REPORT:
        return _draft_report(plan, minutes, grain)
    day = _Draft(Task.PLAN, Purpose.ALL, _WRAP_UP, _round(minutes, grain))
    return iter((day,))


def _round(minutes: float, grain: int) -> float:
    """Rounded up, so that a block holds what it is for; a day at the most."""
    return min(ceil(minutes / grain - 1e-6) * grain, MINUTES_IN_A_DAY)


def _draft_making(plan: Plan, need: Need, short: Cover, grain: int) -> Iterator[_Draft]:
    """The posts of a week in one go for each purpose; after some hours on a second day."""
    share = short.lacking / short.needed
    by_purpose: dict[Purpose, dict[str, float]] = {}
    for each in need.demands:
        if each.part is Part.MAKING and each.hours:
            places = by_purpose.setdefault(find_purpose(plan, each.place).purpose, {})
            places[each.place] = places.get(each.place, 0.0) + each.hours
    longest = max(default_of(plan, "time.longest_making"), 1.0)
    day = 0
    for purpose, places in by_purpose.items():
        minutes = sum(places.values()) * share * MINUTES_IN_AN_HOUR
        parts = min(ceil(minutes / longest), _MOST)
        place = next(iter(places)) if len(places) == 1 else ""
        for _ in range(parts):
            one = _round(minutes / parts, grain)
            yield _Draft(Task.MAKE, purpose, _MAKING[day % len(_MAKING)], one, place=place)
            day += 1


def _draft_answering(plan: Plan, need: Need, short: Cover, grain: int) -> Iterator[_Draft]:
    """The daily blocks of the page on being social, or two of ours, as long as the need wants."""
    purpose = _find_service(plan, need)
    routine = () if short.standing else list_routine(plan)
    days = _list_routine_days(plan) if routine else (Days.WORKDAYS,)
    number = sum(len(list_days(day)) for day in days)
    wanted = short.lacking * MINUTES_IN_AN_HOUR / number
    if routine:
        told = sum(minutes for _, minutes in routine)
        longer = max(wanted / told, 1.0) if told else 1.0
        looks = [(at, m if longer <= 1 else _round(m * longer, 1)) for at, m in routine]
    else:
        looks = _split_looks(plan, need, wanted, grain)
    for at, minutes in looks:
        for day in days:
            yield _Draft(Task.ANSWER, purpose, day, minutes, at, is_set=bool(routine))


def _split_looks(plan: Plan, need: Need, wanted: float, grain: int) -> list[tuple[str, float]]:
    """Two looks a day: as long as is usual where the hours have room, else as the need wants."""
    usual, shortest = (
        default_of(plan, "time.answer_minutes"),
        default_of(plan, "time.shortest_block"),
    )
    room = 2 * usual
    if need.available is not None:
        spare = max(need.available - need.hours, 0.0) * MINUTES_IN_AN_HOUR / _WORKDAYS
        room = min(room, floor((wanted + spare) / grain) * grain)
    whole = max(_round(wanted, grain), room)
    first = max(_round(whole / 2, grain), min(shortest, whole))
    looks = [(MORNING, first), (AFTERNOON, whole - first)]
    return [look for look in looks if look[1] > 0]


def _list_routine_days(plan: Plan) -> tuple[Days, ...]:
    """The days on which the business has its daily blocks."""
    number = max(1, min(int(default_of(plan, "mix.routine_days")), DAYS_IN_A_WEEK))
    whole = {_WORKDAYS: (Days.WORKDAYS,), DAYS_IN_A_WEEK: (Days.EVERY_DAY,)}
    return whole.get(number, WEEKDAYS[:number])


def _find_service(plan: Plan, need: Need) -> Purpose:
    """What answers are for: service, or partners where every place is for them."""
    meant = {find_purpose(plan, place).purpose for place in need.places}
    return Purpose.PARTNERS if meant == {Purpose.PARTNERS} else Purpose.SERVICE


def _draft_report(plan: Plan, minutes: float, grain: int) -> Iterator[_Draft]:
    """The numbers, on the day on which they are read; once a month where they are read then."""
    day = plan.measurement.reading_day
    if day is ReadingDay.FIRST:
        month = _round(minutes * _MONTH, grain)
        yield _Draft(Task.REPORT, Purpose.ALL, Days.MONDAY, month, often=Often.MONTHLY)
        return
    at = Days(day.value) if day else _WRAP_UP
    yield _Draft(Task.REPORT, Purpose.ALL, at, _round(minutes, grain))


# -- where they lie -------------------------------------------------------------------------------


def _place(drafts: Sequence[_Draft], standing: Sequence[Block]) -> tuple[Block, ...]:
    """The drafts as blocks; those whose time is set first, so that the others make room."""
    taken, made = [*standing], list[Block]()
    order = sorted(drafts, key=lambda draft: (not draft.is_set, draft.task is not Task.ANSWER))
    for draft in order:
        block = _make(draft, taken)
        taken.append(block)
        made.append(block)
    days = list(Days)
    last = len(days)
    return tuple(sorted(made, key=lambda b: (days.index(b.day) if b.day else last, b.at or "")))


def _make(draft: _Draft, taken: Sequence[Block]) -> Block:
    at = draft.at if draft.is_set else _find_room(draft, taken)
    return Block(
        id=_name(draft, at, {block.id for block in taken}),
        task=draft.task,
        purpose=draft.purpose,
        platform=draft.place or None,
        day=draft.day,
        at=at,
        minutes=draft.minutes,
        often=draft.often,
    )


def _find_room(draft: _Draft, taken: Sequence[Block]) -> str:
    """The first time from the wanted one on at which nothing else lies on its days."""
    days = set(list_days(draft.day))
    spans = [span for span in list_spans(taken) if span.day in days]
    start = wanted = float(read_clock(draft.at))
    for span in sorted(spans, key=lambda span: span.start):
        if span.start < start + draft.minutes and span.end > start:
            start = ceil(span.end / _GRAIN) * _GRAIN
    late = start + draft.minutes > MINUTES_IN_A_DAY
    return write_clock(wanted if late else start)


def _name(draft: _Draft, at: str, taken: set[str]) -> str:
    """An id that stays the same for the same block, and belongs to no other."""
    for number in range(len(taken) + 1):
        text = f"{draft.task}{draft.purpose}{draft.place}{draft.day}{at}{number}"
        name = f"b{blake2b(text.encode(), digest_size=4).hexdigest()}"
        if name not in taken:
            return name
    return "b0"
