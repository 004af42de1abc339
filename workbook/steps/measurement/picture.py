"""The picture of what was counted: how far people came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.content import BASE_LANGUAGE
from workbook.steps.measurement.outcome import weigh
from workbook.steps.measurement.pictures import draw_way

if TYPE_CHECKING:
    from datetime import date

    from workbook.charts.rendering import Picture
    from workbook.plan import Plan


def draw_step(plan: Plan, _: date, language: str = BASE_LANGUAGE) -> Picture:
    """For each place: visits, and how many saw the services, the contact page, and got in touch."""
    return draw_way(weigh(plan, language), language)
