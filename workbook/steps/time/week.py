"""The week of a plan as a picture and as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.audit.inventory import name_place
from workbook.budget.blocks import count_week, list_spans, read_clock, write_clock
from workbook.budget.wording import load_budget_words
from workbook.charts.week import MEANINGS, MOST_ROWS, Bar, Line, draw
from workbook.content import find_question, load_words
from workbook.fit.phrases import write_hours
from workbook.steps.time.answers import Days, Often
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbook.charts.rendering import Picture
    from workbook.charts.week import Meaning
    from workbook.plan import Plan
    from workbook.steps.time.answers import Block

WORDS = "steps/time/editor.toml"
MINUTES = 60


def draw_week(plan: Plan, language: str, name: str = "week", *, most: int = MOST_ROWS) -> Picture:
    """The blocks of a plan, day by day; those without day and time stand in the table alone."""
    blocks = plan.time.blocks
    bars = [Bar(s.day, s.start, s.end, _mean(s.block)) for s in list_spans(blocks)]
    lines = [write_line(block, language) for block in sort_blocks(blocks)]
    sums = sum_purposes(blocks, language)
    return draw(bars, lines, sums, language=language, name=name, most=most)


def _mean(block: Block) -> Meaning:
    return block.purpose.value if block.purpose else "open"


def sum_purposes(blocks: Sequence[Block], language: str) -> dict[str, str]:
    """The hours a week of each purpose there is, in words."""
    found: dict[Meaning, float] = {}
    for block in blocks:
        found[_mean(block)] = found.get(_mean(block), 0.0) + count_week(block)
    return {m: write_hours(found[m] / MINUTES, language) for m in MEANINGS if found.get(m)}


def sort_blocks(blocks: Sequence[Block]) -> list[Block]:
    """The blocks by day and time: those of several days first, those without a day last."""
    days = list(Days)
    last = len(days)
    return sorted(blocks, key=lambda b: (days.index(b.day) if b.day else last, b.at or ""))


def write_line(block: Block, language: str) -> Line:
    """A block in words: when, what and where, what for, and its minutes."""
    words = load_words(WORDS, language)["week"]
    return Line(
        when=write_when(block, language),
        what=write_what(block, language) or words["open"],
        purpose=name_purpose(block, language) or words["open"],
        minutes=write_number(block.minutes, language)
        if block.minutes is not None
        else words["open"],
    )


def write_when(block: Block, language: str) -> str:
    """On which day and at what time a block lies, and how often where that is not each week."""
    words = load_words(WORDS, language)["week"]
    day = _label("day", block.day, language) or words["no_day"]
    if block.at and block.minutes:
        end = write_clock(read_clock(block.at) + block.minutes)
        time = words["from_to"].format(start=block.at, end=end)
    else:
        time = block.at or ""
    told = [part for part in (day, time) if part]
    if block.often and block.often is not Often.WEEKLY:
        told.append(_label("often", block.often, language).lower())
    return str(words["between"]).join(told)


def write_what(block: Block, language: str) -> str:
    """What is done in a block, where, and by whom where that is not the owner."""
    words = load_words(WORDS, language)["week"]
    task = _label("task", block.task, language)
    place = name_place(block.platform, language) if block.platform else ""
    return str(words["between"]).join(part for part in (task, place, block.who) if part)


def name_purpose(block: Block, language: str) -> str:
    """What a block is for."""
    return str(load_budget_words(language)["purposes"][block.purpose]) if block.purpose else ""


def _label(field: str, value: object, language: str) -> str:
    question = find_question(f"time.blocks.any.{field}", language)
    return question.label_of(value) if value else ""
