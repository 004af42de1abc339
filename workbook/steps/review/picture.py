"""The picture of a review: what was counted with the limits it lies in, before and wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.charts.bars import EMPTY, FULL, STRIPED, Part, Row, Words, draw
from workbook.content import BASE_LANGUAGE, load_words
from workbook.steps.review.verdicts import Missing, judge
from workbook.values import UNKNOWN
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from workbook.charts.rendering import Picture
    from workbook.plan import Plan
    from workbook.steps.review.verdicts import Judged

WORDS = "steps/review/picture.toml"
OUTCOME = "steps/review/outcome.toml"


def draw_step(plan: Plan, today: date, language: str = BASE_LANGUAGE) -> Picture:
    """For each goal that was read: before, counted, and wanted, in the same length of time."""
    words = load_words(WORDS, language)
    judged = judge(plan, today, language)
    pairs = [pair for each in judged for pair in _write(each, words, language)]
    said = Words(
        language=language,
        title=words["title"],
        desc=words["desc"]
        .format(
            count=len(judged),
            rows=" ".join(words["row"].format(name=row.name, value=row.text) for row, _ in pairs),
        )
        .strip(),
        columns=tuple(words[f"column-{name}"] for name in ("what", "value", "limits")),
        keys=((EMPTY, words["before"]), (FULL, words["counted"]), (STRIPED, words["wanted"])),
    )
    return draw([row for row, _ in pairs], [line for _, line in pairs], said, name="review")


def _write(
    each: Judged, words: Mapping[str, str], language: str
) -> Iterator[tuple[Row, tuple[str, ...]]]:
    """The bars of one goal, each with its row of the table."""
    counted = each.per_period if each.per_period is not None else each.value
    limits = None if each.low is None or each.high is None else (each.low, each.high)
    values = (
        ("before", EMPTY, _read(each.goal.baseline), None),
        ("counted", FULL, counted, limits),
        ("wanted", STRIPED, _read(each.goal.target), None),
    )
    for name, filling, value, around in values:
        missing = name == "counted" and Missing.COUNT in each.missing
        told = words["uncounted" if missing else "unknown"]
        text = told if value is None else write_number(round(value, 1), language)
        said = words["between"].format(
            low=write_number(round(around[0], 1), language),
            high=write_number(round(around[1], 1), language),
        ) if around else words["none"]  # fmt: skip
        title = words["line"].format(goal=each.name, what=words[name])
        parts = () if value is None else (Part(filling, max(value, 0.0)),)
        yield Row(title, parts, text, around), (title, text, said)


def _read(number: object) -> float | None:
    """A number of a goal; None where it is not known."""
    return None if number in (None, UNKNOWN) else float(str(number))
