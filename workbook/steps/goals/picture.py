"""The picture of goals: where each stands, what chance alone may bring, where it should stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.charts.bars import EMPTY, FULL, Part, Row, Words, draw
from workbook.checks import Case
from workbook.content import BASE_LANGUAGE, load_words
from workbook.steps.goals.reading import forecast, metric_of, name_goal
from workbook.values import UNKNOWN
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from workbook.charts.rendering import Picture
    from workbook.plan import Plan
    from workbook.steps.goals.answers import Goal

WORDS = "steps/goals/picture.toml"


def draw_step(plan: Plan, today: date, language: str = BASE_LANGUAGE) -> Picture:
    """For each goal, the number now, what the next period may bring by chance, and the target."""
    words = load_words(WORDS, language)
    case = Case(plan, today, language=language)
    pairs = [_write_goal(case, goal, words) for goal in plan.goals.goals]
    told = [words["row"].format(goal=row[0], now=row[2], target=row[4]) for _, row in pairs]
    said = Words(
        language=language,
        title=words["title"],
        desc=words["desc"].format(count=len(pairs), rows=" ".join(told)).strip(),
        columns=tuple(words[f"column-{n}"] for n in ("goal", "measure", "now", "chance", "target")),
        keys=((EMPTY, words["now"]), (FULL, words["target"])),
    )
    rows = [row for drawn, _ in pairs for row in drawn]
    return draw(rows, [row for _, row in pairs], said, name="goals")


def _write_goal(
    case: Case, goal: Goal, words: Mapping[str, str]
) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """A goal as two bars and as a row of the table."""
    name, metric = name_goal(case, goal), metric_of(goal, case.language)
    limits, _ = forecast(case, goal)
    now = None if goal.baseline in (None, UNKNOWN) else float(goal.baseline or 0)
    unknown, none = words["unknown"], words["none"]
    chance = words["chance"].format(low=limits[0], high=limits[1]) if limits else none
    texts = (
        unknown if now is None else write_number(now, case.language),
        chance,
        unknown if goal.target is None else write_number(goal.target, case.language),
    )
    drawn = (
        Row(
            words["row-now"].format(goal=name),
            () if now is None else (Part(EMPTY, max(now, 0.0)),),
            texts[0],
            (float(limits[0]), float(limits[1])) if limits else None,
        ),
        Row(words["row-target"], (Part(FULL, max(goal.target or 0.0, 0.0)),), texts[2]),
    )
    return drawn, (name, metric.label if metric else none, *texts)
