"""The limits of the two weeks, and what their daily blocks are made of in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.budget.fortnight import count_block_minutes, reckon, reckon_routine
from workbook.content import BASE_LANGUAGE, default_of, load_words
from workbook.fit.phrases import write_hours
from workbook.wording import write_number

if TYPE_CHECKING:
    from workbook.plan import Plan

STEP = "mix"
WORDS = "steps/mix/editor.toml"


@dataclass(frozen=True, slots=True)
class Share:
    """A share in percent that the business set as a limit, or ours in its place."""

    percent: float
    is_own: bool


def find_limit(plan: Plan, name: str) -> Share:
    """The share the business chose, ``promotion_most`` or ``talk_least``; else our default."""
    own: float | None = getattr(plan.mix, name)
    return Share(default_of(plan, f"{STEP}.{name}") if own is None else own, own is not None)


def tell_blocks(plan: Plan, language: str = BASE_LANGUAGE) -> str:
    """The hours a week of blocks and answers, and from which minutes and days they come."""
    words, hours = load_words(WORDS, language)["fortnight"]["blocks"], reckon(plan).blocks
    usual, minutes = reckon_routine(plan), count_block_minutes(plan)
    name = "none" if not minutes else "outgrown" if hours > usual else "kept"
    return str(words[name]).format(
        hours=write_hours(hours, language),
        minutes=write_number(minutes, language),
        days=write_number(default_of(plan, "mix.routine_days"), language),
        usual=write_hours(usual, language),
    )
