"""The picture of links: who leads to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.content import BASE_LANGUAGE
from workbook.steps.linking.overview import survey

if TYPE_CHECKING:
    from datetime import date

    from workbook.charts.rendering import Picture
    from workbook.plan import Plan


def draw_step(plan: Plan, _: date, language: str = BASE_LANGUAGE) -> Picture:
    """The website and the profiles, with an arrow for each link there is."""
    return survey(plan, language).draw()
