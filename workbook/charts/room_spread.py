"""The picture of a room's answers: a bar for each answer, as long as many gave it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.charts.bars import FULL, Part, Row, Words
from workbook.charts.bars import draw as draw_bars
from workbook.content import load_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbook.charts.rendering import Picture


def draw(
    counts: Sequence[tuple[str, int]],
    *,
    title: str,
    answers: int,
    language: str = "en",
    name: str = "room-spread",
) -> Picture:
    """The picture of a spread, its answers in the order given.

    Args:
        counts: Each answer in words with how many gave it.
        title: What was asked.
        answers: How many answered; where several may be chosen, less than the counts together.
        language: The language of its words.
        name: A name of its own, where several such pictures stand in one document.

    Raises:
        ValueError: Nobody answered, or more gave one answer than answered at all.
    """
    if answers < 1 or any(not 0 <= count <= answers for _, count in counts):
        raise ValueError("no answer can be given by more people than answered")
    words = load_words("charts/words.toml", language)["room_spread"]
    rows = [
        Row(label, (Part(FULL, count),), words["count"].format(count=count, answers=answers))
        for label, count in counts
    ]
    listed = [words["one"].format(label=label, count=count) for label, count in counts if count]
    desc = words["desc"].format(answers=answers, counts="; ".join(listed))
    columns = (words["column-answer"], words["column-count"])
    return draw_bars(
        rows, list(counts), Words(title, desc, columns, language=language), name=name, whole=True
    )
