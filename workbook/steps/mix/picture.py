"""The picture of two weeks: what is posted and answered, by what it is."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from workbook.charts.bars import FULL, STRIPED, Part, Row, Words, draw
from workbook.content import BASE_LANGUAGE, find_question, load_words
from workbook.steps.mix.answers import Move, Week

if TYPE_CHECKING:
    from datetime import date

    from workbook.charts.rendering import Picture
    from workbook.plan import Plan

WORDS = "steps/mix/picture.toml"


def draw_step(plan: Plan, _: date, language: str = BASE_LANGUAGE) -> Picture:
    """How many posts of use, offers, answers, thank-yous and words for others there are."""
    words = load_words(WORDS, language)
    question = find_question("mix.weeks.any.move", language)
    found = Counter((entry.move, entry.week) for entry in plan.mix.weeks)
    rows, table = [], []
    for move in Move:
        first, second = (found[move, week] for week in (Week.FIRST, Week.SECOND))
        unset = sum(found[key] for key in found if key[0] is move) - first - second
        label = question.label_of(move.value)
        count = first + second + unset
        rows.append(Row(label, (Part(FULL, first + unset), Part(STRIPED, second)), str(count)))
        table.append((label, first + unset, second, count))
    said = Words(
        language=language,
        title=words["title"],
        desc=words["desc"].format(
            count=sum(row[3] for row in table),
            rows=" ".join(words["row"].format(move=row[0], count=row[3]) for row in table),
        ),
        columns=tuple(words[f"column-{name}"] for name in ("move", "first", "second", "both")),
        keys=((FULL, words["column-first"]), (STRIPED, words["column-second"])),
    )
    return draw(rows, table, said, name="fortnight")
