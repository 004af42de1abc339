"""The screens for complaints: the questions, and the benches behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.steps.complaints.editor_drill import CompareBench, DrillBench
from workbook.steps.complaints.editor_measures import arrange_measures
from workbook.steps.complaints.editor_walk import WalkBench

if TYPE_CHECKING:
    from workbook.content import Step
    from workbook.interface.screens import Screen


def arrange(forms: list[Screen], step: Step, language: str) -> list[Screen]:
    """The questions, the tree for a real case, the drill, then figures and staffing."""
    tried: list[Screen] = [
        WalkBench(step.id, "walk", language),
        DrillBench(step.id, "drill", language),
        CompareBench(step.id, "compare", language),
    ]
    return arrange_measures([*forms, *tried], step, language)
