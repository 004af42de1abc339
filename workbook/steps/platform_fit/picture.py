"""The picture of places: what each set of them reaches within the hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.charts.sets import draw
from workbook.content import BASE_LANGUAGE
from workbook.steps.platform_fit.figures import list_sets, look_up, name_asked

if TYPE_CHECKING:
    from datetime import date

    from workbook.charts.rendering import Picture
    from workbook.plan import Plan


def draw_step(plan: Plan, _: date, language: str = BASE_LANGUAGE) -> Picture:
    """The sets of places that fit into the hours, with how far each reaches."""
    found = look_up(plan, language)
    return draw(list_sets(found), asked=name_asked(found.choice), language=language)
