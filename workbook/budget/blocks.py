"""The week in blocks: when each lies, how many minutes it takes, and what lies across another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from workbook.budget.need import Need, Part
from workbook.steps.time.answers import Block, Days, Often, Task

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from workbook.plan import Plan

MINUTES_IN_AN_HOUR, MINUTES_IN_A_DAY, DAYS_IN_A_WEEK = 60, 1440, 7
WEEKDAYS = (
    Days.MONDAY, Days.TUESDAY, Days.WEDNESDAY, Days.THURSDAY, Days.FRIDAY, Days.SATURDAY,
    Days.SUNDAY,
)  # fmt: skip
_DAYS: dict[Days, tuple[int, ...]] = {
    Days.WORKDAYS: tuple(range(5)),
    Days.EVERY_DAY: tuple(range(DAYS_IN_A_WEEK)),
    **{day: (number,) for number, day in enumerate(WEEKDAYS)},
}
_WEEKS = {Often.WEEKLY: 1.0, Often.FORTNIGHTLY: 0.5, Often.MONTHLY: 0.25}
"""How much of a block falls on a week; a month counts as four, as in our shared hours."""
POOLS: dict[Task, frozenset[Part]] = {
    Task.MAKE: frozenset({Part.MAKING}),
    Task.ANSWER: frozenset({Part.REPLYING, Part.THANKS, Part.LISTENING}),
    Task.PLAN: frozenset({Part.PLANNING, Part.CARE, Part.PARKED}),
    Task.REPORT: frozenset({Part.REPORTING}),
}
"""What a block of a task also does: who answers reads first; who plans looks at the profiles."""
_POOL_OF = {Task.LISTEN: Task.ANSWER, Task.CARE: Task.PLAN}


class Span(NamedTuple):
    """A block on one day of the week, Monday being 0, in minutes after midnight."""

    day: int
    start: float
    end: float
    block: Block


class Cover(NamedTuple):
    """What a task needs in a week, and what of it stands in blocks, in hours."""

    task: Task
    needed: float
    standing: float

    @property
    def lacking(self) -> float:
        """Hours that have no block; 0 where there are enough."""
        return max(self.needed - self.standing, 0.0)


def list_days(day: Days | None) -> tuple[int, ...]:
    """The days of the week of a block, Monday being 0; none while it is open."""
    return _DAYS[day] if day else ()


def read_clock(at: str) -> int:
    """A time of day as minutes after midnight."""
    hour, _, minute = at.partition(":")
    return int(hour) * MINUTES_IN_AN_HOUR + int(minute)


def write_clock(minutes: float) -> str:
    """Minutes after midnight as a time of day; after 24 hours it begins anew."""
    hour, minute = divmod(int(minutes) % MINUTES_IN_A_DAY, MINUTES_IN_AN_HOUR)
    return f"{hour:02}:{minute:02}"


def count_week(block: Block) -> float:
    """The minutes a week of a block; one without a day counts once."""
    times = max(len(list_days(block.day)), 1)
    return (block.minutes or 0.0) * times * _WEEKS[block.often or Often.WEEKLY]


def sum_blocks(blocks: Iterable[Block]) -> float:
    """The hours a week of some blocks."""
    return sum(count_week(block) for block in blocks) / MINUTES_IN_AN_HOUR


def list_spans(blocks: Iterable[Block]) -> list[Span]:
    """Each block on each of its days, in order; those without day, time or minutes are none.

    What goes on after midnight is a span of the next day as well.
    """
    found: list[Span] = []
    for block in blocks:
        if block.at is None or not block.minutes:
            continue
        start = read_clock(block.at)
        for day in list_days(block.day):
            end = start + block.minutes
            found.append(Span(day, start, min(end, MINUTES_IN_A_DAY), block))
            if end > MINUTES_IN_A_DAY:
                over = end - MINUTES_IN_A_DAY
                found.append(Span((day + 1) % DAYS_IN_A_WEEK, 0.0, over, block))
    return sorted(found, key=lambda span: span[:3])


def find_overlaps(blocks: Iterable[Block], owner: str = "") -> Iterator[tuple[Span, Span]]:
    """Two spans of one person that lie across each other, each pair of blocks once.

    Args:
        blocks: The blocks.
        owner: Who does those that name nobody.
    """
    by_person: dict[tuple[int, str], list[Span]] = {}
    for span in list_spans(blocks):
        by_person.setdefault((span.day, name_doer(span.block, owner)), []).append(span)
    seen: set[tuple[str, str]] = set()
    for spans in by_person.values():
        last = spans[0]
        for span in spans[1:]:
            pair = (last.block.id, span.block.id)
            if span.start < last.end and pair not in seen:
                seen.add(pair)
                yield last, span
            last = max(last, span, key=lambda each: each.end)


def name_doer(block: Block, owner: str = "") -> str:
    """Who does a block, in a form that can be compared."""
    return (block.who or owner).strip().casefold()


def sum_days(blocks: Iterable[Block], owner: str = "") -> dict[tuple[int, str], float]:
    """Minutes by day of the week and person, those without a time too."""
    found: dict[tuple[int, str], float] = {}
    for block in blocks:
        for day in list_days(block.day):
            key = (day, name_doer(block, owner))
            found[key] = found.get(key, 0.0) + (block.minutes or 0.0)
    return found


def pool_of(task: Task | None) -> Task | None:
    """The task in whose blocks a task is done as well."""
    return _POOL_OF.get(task, task) if task else None


def cover(need: Need, blocks: Sequence[Block]) -> tuple[Cover, ...]:
    """What each task needs and what of it stands in blocks, in the order of tasks."""
    return tuple(
        Cover(
            task,
            need.sum_part(*parts),
            sum_blocks(block for block in blocks if pool_of(block.task) is task),
        )
        for task, parts in POOLS.items()
    )


def read_owner(plan: Plan) -> str:
    """Who keeps the hours; empty where nobody is named."""
    owner = plan.time.owner
    return owner if owner and owner != "unknown" else ""
