"""The picture of what the checks find: for each step, how many findings of each weight."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from workbook.charts.bars import EMPTY, FULL, STRIPED, Part, Row, Words, draw
from workbook.checks.check import Severity
from workbook.checks.run import run
from workbook.content import BASE_LANGUAGE, load_steps, load_words

if TYPE_CHECKING:
    from datetime import date

    from workbook.charts.rendering import Picture
    from workbook.plan import Plan

WORDS = "checks/picture.toml"
_FILLINGS = {Severity.BLOCK: FULL, Severity.WARN: STRIPED, Severity.NOTE: EMPTY}


def draw_findings(plan: Plan, today: date, language: str = BASE_LANGUAGE) -> Picture:
    """How many decisions are open in each step, what may not work, and what is worth knowing."""
    words = load_words(WORDS, language)
    found = Counter((each.step, each.severity) for each in run(plan, today, language=language))
    rows: list[Row] = []
    table: list[tuple[str | int, ...]] = []
    for step in load_steps(language):
        counts = [found[step.id, severity] for severity in Severity]
        parts = (Part(_FILLINGS[s], n) for s, n in zip(Severity, counts, strict=True))
        rows.append(Row(step.title, tuple(parts), str(sum(counts))))
        table.append((step.title, *counts))
    said = Words(
        language=language,
        title=words["title"],
        desc=words["desc"].format(
            steps=len(rows), **{s.value: sum(found[key] for key in found if key[1] is s)
                                for s in Severity}
        ),
        columns=(words["column-step"], *(words[severity.value] for severity in Severity)),
        keys=tuple((_FILLINGS[severity], words[severity.value]) for severity in Severity),
    )  # fmt: skip
    return draw(rows, table, said, name="findings")
