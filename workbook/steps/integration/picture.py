"""The picture of the list: what is to be done, in the order of its days, with its hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.charts.bars import EMPTY, FULL, STRIPED, Part, Row, Words, draw
from workbook.content import BASE_LANGUAGE, load_words
from workbook.steps.integration.listing import budget_of, count_listed, sort_actions
from workbook.wording import cut_line, write_day, write_number

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from workbook.charts.rendering import Picture
    from workbook.plan import Plan
    from workbook.steps.integration.answers import Action

WORDS = "steps/integration/picture.toml"
_LONGEST = 60


def draw_step(plan: Plan, today: date, language: str = BASE_LANGUAGE) -> Picture:
    """The hours of each thing to do, those done and those late told apart."""
    words = load_words(WORDS, language)
    actions = sort_actions([*plan.integration.actions])
    rows = [_draw(action, today, words, language) for action in actions]
    there = budget_of(plan).all
    form = "desc" if there is not None else "desc-unknown"
    said = Words(
        language=language,
        title=words["title"],
        desc=words[form].format(
            count=len(actions),
            hours=write_number(round(count_listed(plan), 1), language),
            there=write_number(round(there or 0, 1), language),
        ),
        columns=tuple(words[f"column-{name}"] for name in ("what", "who", "due", "hours", "done")),
        keys=((FULL, words["open"]), (STRIPED, words["late"]), (EMPTY, words["done"])),
    )
    table = [_write(action, words, language) for action in actions]
    return draw(rows, table, said, name="actions")


def _draw(action: Action, today: date, words: Mapping[str, str], language: str) -> Row:
    is_late = action.is_open and action.due is not None and action.due < today
    filling = STRIPED if is_late else FULL if action.is_open else EMPTY
    hours = float(action.hours or 0)
    told = (
        words["hours"].format(hours=write_number(hours, language))
        if action.hours
        else words["unknown"]
    )
    return Row(cut_line(action.what or words["unknown"], _LONGEST), (Part(filling, hours),), told)


def _write(action: Action, words: Mapping[str, str], language: str) -> tuple[str | float, ...]:
    return (
        action.what or words["unknown"],
        action.who or words["unknown"],
        write_day(action.due, language) if action.due else words["unknown"],
        float(action.hours or 0),
        words["no" if action.is_open else "yes"],
    )
