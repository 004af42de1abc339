"""The picture of the week, with its blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.content import BASE_LANGUAGE
from workbook.steps.time.week import draw_week

if TYPE_CHECKING:
    from datetime import date

    from workbook.charts.rendering import Picture
    from workbook.plan import Plan


def draw_step(plan: Plan, _: date, language: str = BASE_LANGUAGE) -> Picture:
    """The blocks of the week, day by day, by what they are for."""
    return draw_week(plan, language)
