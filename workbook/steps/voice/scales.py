"""The four scales of a voice [N1], with the places on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.charts.voice import ScalePlace
from workbook.content import BASE_LANGUAGE, find_question

if TYPE_CHECKING:
    from workbook.plan import Plan

SCALES = ("casual", "funny", "irreverent", "enthusiastic")
MIDDLE = 50


def list_places(plan: Plan, language: str = BASE_LANGUAGE) -> tuple[ScalePlace, ...]:
    """Each scale by its ends, and where the plan stands on it."""
    found = []
    for name in SCALES:
        low, high = find_question(f"voice.{name}", language).ends
        found.append(ScalePlace(low, high, getattr(plan.voice, name)))
    return tuple(found)
