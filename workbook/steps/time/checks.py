"""What can be wrong with hours, blocks, owner and substitute."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from workbook.audit.inventory import name_place
from workbook.budget.blocks import (
    MINUTES_IN_A_DAY,
    MINUTES_IN_AN_HOUR,
    WEEKDAYS,
    Span,
    cover,
    find_overlaps,
    list_spans,
    read_clock,
    read_owner,
    sum_blocks,
    sum_days,
)
from workbook.budget.colleagues import Ground, find_purpose
from workbook.budget.cuts import find_way, list_cuts
from workbook.budget.fortnight import reckon
from workbook.budget.need import Need, Part, is_held_in_week, is_signed, reckon_need
from workbook.budget.proposal import shorten_blocks
from workbook.budget.wording import (
    list_rows,
    load_budget_words,
    name_task,
    tell_cut,
    tell_meant,
    tell_span,
    tell_way,
)
from workbook.checks.check import Case, Found, Offer, Severity, check
from workbook.content import find_question, load_step
from workbook.fit.fates import list_named
from workbook.fit.phrases import write_hours
from workbook.fit.planned import hours_of, list_chosen
from workbook.steps.time.answers import Block, Purpose, Task, Time
from workbook.values import UNKNOWN
from workbook.wording import title_records, write_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workbook.plan import Plan

STEP = "time"
_BLOCKS, _EXCEPTION, _EXCEPTION_BY = "time.blocks", "time.exception", "time.exception_by"
_MOST_OFFERS = 3
_MOST_NAMED = 3


def _time(case: Case) -> Time:
    """What the plan says of time; while social media waits, nothing is asked of it."""
    return Time() if case.answer("goals.decision") == "not_now" else case.plan.time


def _need(case: Case) -> Need:
    """What the plan needs, reckoned once for all checks."""
    return case.once(_reckon)


def _reckon(plan: Plan, _: str) -> Need:
    return reckon_need(plan)


def _is_begun(case: Case) -> bool:
    return _time(case) != Time()


def _offer(case: Case, finding: str, *answers: tuple[str, str], **values: str) -> Offer:
    words = load_step(STEP, case.language).findings[finding].offer
    return Offer(label=words.format(**values), answers=answers)


def _phrase(case: Case, name: str) -> str:
    return load_step(STEP, case.language).phrases[name]


def _path(block: Block, field: str) -> str:
    return f"{_BLOCKS}.{block.id}.{field}"


def _title(case: Case, block: Block) -> str:
    """What a block is called in its list."""
    question = find_question(_BLOCKS, case.language)
    return title_records(question, (block,), case.language)[0]


def _join(case: Case, items: Iterable[str], most: int = _MOST_NAMED) -> str:
    """Several things in one line; of many the first ones, and how many more there are."""
    words, named = load_budget_words(case.language)["units"], list(items)
    rest = len(named) - most
    more = [str(words["more"]).format(count=rest)] if rest > 0 else []
    return str(words["joined"]).join([*named[:most], *more])


# -- whether it fits ----------------------------------------------------------------------------


def _is_held_here(case: Case, need: Need) -> bool:
    """Whether the hours are held against the whole week here, and not on an earlier page.

    Until a place is chosen, the accounts are held against them; until the week is begun, the places
    alone, as far as those do not fit by themselves.
    """
    chosen = hours_of(case.plan, list_chosen(case.plan))
    alone = need.available is not None and chosen <= need.available
    return bool(list_named(case.plan)) and (is_held_in_week(case.plan) or alone)


@check("plan-over-hours", Severity.BLOCK)
def plan_over_hours(case: Case) -> Iterator[Found]:
    """The plan needs more hours than there are, and nobody has signed for them."""
    need, said = _need(case), case.plan.time
    half_signed = bool(said.exception) is not bool(said.exception_by)
    if not need.over or is_signed(case.plan) or half_signed or not _is_held_here(case, need):
        return
    way, cuts = find_way(case.plan), list_cuts(case.plan)
    sentence, steps = tell_way(way, need, case.language)
    enough = [cut for cut in cuts if cut.saves >= need.over][:_MOST_OFFERS]
    offers = tuple(
        Offer(label=tell_cut(cut, need.over, case.language).what, answers=cut.answers)
        for cut in enough
    )
    yield Found(
        _EXCEPTION,
        {
            "hours": write_hours(need.available or 0.0, case.language),
            "needed": write_hours(need.hours, case.language),
            "rows": _tell_rows(case, need),
            "way": " ".join([sentence, *(f"{step}." for step in steps[:_MOST_NAMED])]),
        },
        offers,
    )


def _tell_rows(case: Case, need: Need) -> str:
    rows = sorted(list_rows(need, case.language), key=lambda row: row.name)
    return _join(case, (f"{row.name} {row.hours}" for row in rows), 8)


@check("time-exception-half-signed", Severity.BLOCK)
def time_exception_half_signed(case: Case) -> Iterator[Found]:
    """The exception has a reason and no name, or a name and no reason."""
    said = _time(case)
    if _need(case).over and bool(said.exception) is not bool(said.exception_by):
        lacks = "lacks_name" if said.exception else "lacks_reason"
        path = _EXCEPTION_BY if said.exception else _EXCEPTION
        yield Found(path, {"lacks": _phrase(case, lacks)})


@check("exception-not-needed", Severity.NOTE)
def exception_not_needed(case: Case) -> Iterator[Found]:
    """Somebody signed for missing hours, and none are missing."""
    need, said = _need(case), _time(case)
    if (said.exception or said.exception_by) and need.available is not None and not need.over:
        mend = _offer(case, "exception-not-needed", (_EXCEPTION, ""), (_EXCEPTION_BY, ""))
        path = _EXCEPTION if said.exception else _EXCEPTION_BY
        yield Found(path, {"needed": write_hours(need.hours, case.language)}, (mend,))


@check("two-weeks-take-more", Severity.NOTE)
def two_weeks_take_more(case: Case) -> Iterator[Found]:
    """The posts of the first two weeks take more than the plan reckons with."""
    weeks, planned = reckon(case.plan), _need(case).sum_part(Part.MAKING)
    room = case.default("time.short_of") / MINUTES_IN_AN_HOUR
    if _is_begun(case) and planned and weeks.making > planned + room:
        values = {
            "making": write_hours(weeks.making, case.language),
            "planned": write_hours(planned, case.language),
        }
        yield Found(_BLOCKS, values, rests_on=("mix.weeks",))


# -- who ----------------------------------------------------------------------------------------


@check("owner-missing", Severity.WARN)
def owner_missing(case: Case) -> Iterator[Found]:
    """The week was begun, and nobody keeps the hours."""
    if _is_begun(case) and _time(case).owner in (None, UNKNOWN):
        who = case.answer("start.who")
        offers = (_offer(case, "owner-missing", ("time.owner", who), who=who),) if who else ()
        yield Found("time.owner", offers=offers)


@check("substitute-missing", Severity.WARN)
def substitute_missing(case: Case) -> Iterator[Found]:
    """The week was begun, and nobody answers while the owner is away."""
    if _is_begun(case) and _time(case).substitute in (None, UNKNOWN):
        yield Found("time.substitute")


@check("substitute-is-owner", Severity.WARN)
def substitute_is_owner(case: Case) -> Iterator[Found]:
    """The owner stands in for the owner."""
    said = _time(case)
    owner, other = case.answer("time.owner"), case.answer("time.substitute")
    if said.owner and owner and other and owner.casefold() == other.casefold():
        yield Found("time.substitute", {"who": other})


# -- blocks -------------------------------------------------------------------------------------


@check("blocks-missing", Severity.WARN)
def blocks_missing(case: Case) -> Iterator[Found]:
    """The week was begun, hours are needed, and none of them has a place in the week."""
    need = _need(case)
    if _is_begun(case) and need.hours and not _time(case).blocks:
        yield Found(_BLOCKS, {"needed": write_hours(need.hours, case.language)})


@check("task-without-block", Severity.WARN)
def task_without_block(case: Case) -> Iterator[Found]:
    """There are blocks, and what a task needs does not stand in them."""
    blocks = _time(case).blocks
    if not blocks:
        return
    room = case.default("time.short_of") / MINUTES_IN_AN_HOUR
    short = [each for each in cover(_need(case), blocks) if each.lacking > room]
    if short:
        form = str(load_budget_words(case.language)["units"]["lacks"])
        told = (
            form.format(
                task=name_task(each.task, case.language),
                hours=write_hours(each.lacking, case.language),
            )
            for each in short
        )
        yield Found(_BLOCKS, {"tasks": _join(case, told, len(short))})


@check("block-unfinished", Severity.WARN)
def block_unfinished(case: Case) -> Iterator[Found]:
    """Blocks have no task, day, time or minutes, so that they are in no calendar."""
    wanted = ("task", "day", "at", "minutes")
    open_ = [
        (block, field)
        for block in _time(case).blocks
        for field in wanted
        if getattr(block, field) is None
    ]
    if open_:
        block, field = open_[0]
        count = len({each.id for each, _ in open_})
        name = _phrase(case, "unfinished_one" if count == 1 else "unfinished_many")
        yield Found(_path(block, field), {"blocks": name.format(count=count)})


@check("block-of-nothing", Severity.WARN)
def block_of_nothing(case: Case) -> Iterator[Found]:
    """A block has no minutes."""
    for block in [b for b in _time(case).blocks if b.minutes == 0][:_MOST_NAMED]:
        yield Found(_path(block, "minutes"), {"block": _title(case, block)})


@check("blocks-overlap", Severity.WARN)
def blocks_overlap(case: Case) -> Iterator[Found]:
    """Two blocks of one person lie across each other."""
    pairs = list(find_overlaps(_time(case).blocks, read_owner(case.plan)))
    for first, second in pairs[:_MOST_NAMED]:
        more = _phrase(case, "more_overlaps").format(count=len(pairs) - _MOST_NAMED)
        last = second is pairs[min(len(pairs), _MOST_NAMED) - 1][1]
        values = {
            "first": _tell_span(case, first),
            "second": _tell_span(case, second),
            "more": more if last and len(pairs) > _MOST_NAMED else "",
        }
        yield Found(_path(second.block, "at"), values)


def _tell_span(case: Case, span: Span) -> str:
    task = name_task(span.block.task, case.language) or _title(case, span.block)
    return tell_span(span, task, case.language)


@check("block-at-night", Severity.NOTE)
def block_at_night(case: Case) -> Iterator[Found]:
    """A block lies at night, and the business is not open then."""
    late = [span for span in list_spans(_time(case).blocks) if _is_at_night(case, span)]
    blocks = {span.block.id: span for span in late}
    for span in islice(blocks.values(), _MOST_NAMED):
        values = {
            "block": _title(case, span.block),
            "earliest": write_number(case.default("time.earliest"), case.language),
            "latest": write_number(case.default("time.latest"), case.language),
        }
        yield Found(_path(span.block, "at"), values)


def _is_at_night(case: Case, span: Span) -> bool:
    earliest = case.default("time.earliest") * MINUTES_IN_AN_HOUR
    latest = case.default("time.latest") * MINUTES_IN_AN_HOUR
    if span.start >= earliest and span.end <= latest:
        return False
    return not any(_is_open(hours, span) for hours in _list_open(case))


def _list_open(case: Case) -> Iterator[tuple[tuple[int, ...], int, int]]:
    """When the business is open: on which days, from when to when, past midnight in two."""
    names = [day.value for day in WEEKDAYS]
    for hours in case.plan.complaints.hours:
        if hours.opens is None or hours.closes is None:
            continue
        days = tuple(names.index(day.value) for day in hours.days)
        opens, closes = read_clock(hours.opens), read_clock(hours.closes)
        if closes > opens:
            yield days, opens, closes
        else:
            yield days, opens, MINUTES_IN_A_DAY
            yield tuple((day + 1) % len(names) for day in days), 0, closes


def _is_open(hours: tuple[tuple[int, ...], int, int], span: Span) -> bool:
    days, opens, closes = hours
    return span.day in days and opens <= span.start and span.end <= closes


@check("day-over-24-hours", Severity.WARN)
def day_over_24_hours(case: Case) -> Iterator[Found]:
    """The blocks of one person on one day take longer than a day."""
    days = sum_days(_time(case).blocks, read_owner(case.plan))
    fullest = max(days, key=lambda key: days[key], default=None)
    if fullest is not None and days[fullest] > MINUTES_IN_A_DAY:
        day = load_budget_words(case.language)["units"]["days"][fullest[0]]
        hours = write_hours(days[fullest] / MINUTES_IN_AN_HOUR, case.language)
        yield Found(_BLOCKS, {"day": day, "hours": hours})


@check("blocks-over-hours", Severity.WARN)
def blocks_over_hours(case: Case) -> Iterator[Found]:
    """The blocks take more hours than there are, and nobody has signed for them."""
    hours, taken = _need(case).available, sum_blocks(_time(case).blocks)
    room = case.default("time.short_of") / MINUTES_IN_AN_HOUR
    if hours is not None and taken > hours + room and not is_signed(case.plan):
        values = {
            "taken": write_hours(taken, case.language),
            "hours": write_hours(hours, case.language),
        }
        answers = tuple(
            (f"{_BLOCKS}.{name}.minutes", write_number(minutes, case.language))
            for name, minutes in shorten_blocks(case.plan).items()
        )
        offers = (_offer(case, "blocks-over-hours", *answers),) if answers else ()
        yield Found(_BLOCKS, values, offers)


# -- what hours are for -------------------------------------------------------------------------


@check("colleagues-booked-as-clients", Severity.WARN)
def colleagues_booked_as_clients(case: Case) -> Iterator[Found]:
    """Hours among colleagues are booked for new clients."""
    booked = [b for b in _time(case).blocks if b.purpose is Purpose.CLIENTS and b.platform]
    for block in booked[: _MOST_NAMED * 2]:
        meant = find_purpose(case.plan, block.platform or "")
        if meant.purpose is Purpose.PARTNERS:
            path = _path(block, "purpose")
            mend = _offer(case, "colleagues-booked-as-clients", (path, Purpose.PARTNERS.value))
            resting = ("audience.peers",) if meant.ground is Ground.COUNTED else ("goals.whys",)
            values = {
                "block": _title(case, block),
                "place": name_place(block.platform or "", case.language),
                "why": tell_meant(meant, case.language),
            }
            yield Found(path, values, (mend,), rests_on=resting)


@check("upkeep-for-one-purpose", Severity.NOTE)
def upkeep_for_one_purpose(case: Case) -> Iterator[Found]:
    """Posts or answers are booked for everything, so that nothing can be judged by them."""
    blocks = [b for b in _time(case).blocks if _serves_one(b) and b.purpose is Purpose.ALL]
    if blocks:
        yield Found(_path(blocks[0], "purpose"), {"block": _title(case, blocks[0])})


def _serves_one(block: Block) -> bool:
    return block.task in (Task.MAKE, Task.ANSWER)
