"""The picture of the people wanted: what share of them is on each place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.charts.reach import draw
from workbook.content import BASE_LANGUAGE
from workbook.steps.audience.overview import survey

if TYPE_CHECKING:
    from datetime import date

    from workbook.charts.rendering import Picture
    from workbook.plan import Plan


def draw_step(plan: Plan, _: date, language: str = BASE_LANGUAGE) -> Picture:
    """The places of the largest group, by the survey, by clients, and by both together."""
    groups = [group for group in survey(plan, language).groups if group.places]
    if not groups:
        return draw((), "", "", language=language)
    return max(groups, key=lambda group: group.known.audience.share).draw()
