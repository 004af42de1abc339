"""The picture of the voice: where it stands between four pairs of words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.charts.voice import draw
from workbook.content import BASE_LANGUAGE
from workbook.steps.voice.scales import list_places

if TYPE_CHECKING:
    from datetime import date

    from workbook.charts.rendering import Picture
    from workbook.plan import Plan


def draw_step(plan: Plan, _: date, language: str = BASE_LANGUAGE) -> Picture:
    """The four scales, with a dot where the business stands."""
    return draw(list_places(plan, language), language=language)
