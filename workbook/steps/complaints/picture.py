"""The picture of promises: how soon the first answer comes, by how severe a case is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workbook.charts.bars import FULL, STRIPED, Part, Row, Words, draw
from workbook.complaint.rules import calendar_of, promise_of, write_promise
from workbook.complaint.severity import Level, load_tiers
from workbook.content import BASE_LANGUAGE, load_words

if TYPE_CHECKING:
    from datetime import date

    from workbook.charts.rendering import Picture
    from workbook.plan import Plan

WORDS = "steps/complaints/picture.toml"
_MINUTES_IN_AN_HOUR: Final = 60


def draw_step(plan: Plan, _: date, language: str = BASE_LANGUAGE) -> Picture:
    """For each level, within how many hours the first answer is promised."""
    words, tiers = load_words(WORDS, language), load_tiers(language)
    calendar, rows, table = calendar_of(plan), [], []
    for level in Level:
        promise = promise_of(plan, level, calendar)
        told = write_promise(promise, calendar, language)
        hours = round(promise.minutes / _MINUTES_IN_AN_HOUR, 2)
        own = getattr(plan.complaints, f"first_{level.lower()}") is not None
        name = tiers[level].title
        rows.append(Row(name, (Part(FULL if own else STRIPED, hours),), told))
        table.append((name, hours, told, words["own" if own else "ours"]))
    said = Words(
        language=language,
        title=words["title"],
        desc=words["desc"].format(
            rows=" ".join(words["row"].format(level=row.name, promise=row.text) for row in rows)
        ),
        columns=tuple(words[f"column-{name}"] for name in ("level", "hours", "promise", "whose")),
        keys=((FULL, words["own"]), (STRIPED, words["ours"])),
    )
    return draw(rows, table, said, name="promises")
