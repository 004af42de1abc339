"""The picture of how far the plan is: what each step has of the answers it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.charts.bars import EMPTY, FULL, Part, Row, Words, draw
from workbook.checks import measure_progress
from workbook.content import BASE_LANGUAGE, load_steps, load_words

if TYPE_CHECKING:
    from datetime import date

    from workbook.charts.rendering import Picture
    from workbook.plan import Plan

WORDS = "steps/start/picture.toml"


def draw_step(plan: Plan, _: date, language: str = BASE_LANGUAGE) -> Picture:
    """For each step, how many of the answers that are needed are given."""
    words = load_words(WORDS, language)
    rows, table, given, needed = [], [], 0, 0
    for step in load_steps(language):
        found = measure_progress(plan, step)
        told = words["count"].format(answered=found.answered, needed=found.needed)
        parts = (Part(FULL, found.answered), Part(EMPTY, found.needed - found.answered))
        rows.append(Row(step.title, parts, told if found.needed else words["none"]))
        table.append((step.title, found.answered, found.needed))
        given, needed = given + found.answered, needed + found.needed
    said = Words(
        language=language,
        title=words["title"],
        desc=words["desc"].format(steps=len(rows), answered=given, needed=needed),
        columns=tuple(words[name] for name in ("column-step", "column-given", "column-needed")),
        keys=((FULL, words["given"]), (EMPTY, words["open"])),
    )
    return draw(rows, table, said, name="progress")
