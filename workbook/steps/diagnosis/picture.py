"""The picture of the diagnosis: the signs found for each cause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.charts.causes import CauseCount, draw
from workbook.content import BASE_LANGUAGE
from workbook.steps.diagnosis.causes import weigh

if TYPE_CHECKING:
    from datetime import date

    from workbook.charts.rendering import Picture
    from workbook.plan import Plan


def draw_step(plan: Plan, _: date, language: str = BASE_LANGUAGE) -> Picture:
    """For each cause, how many of its signs were found."""
    causes = weigh(plan, language=language)
    counts = [CauseCount(c.title, c.found, c.open, c.asked, c.partly) for c in causes]
    return draw(counts, language=language)
