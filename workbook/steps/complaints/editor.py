"""The screens for complaints: the questions, and the benches behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.steps.complaints.editor_measures import arrange_measures

if TYPE_CHECKING:
    from workbook.content import Step
    from workbook.interface.screens import Screen


def arrange(forms: list[Screen], step: Step, language: str) -> list[Screen]:
    """The questions, then the benches for figures and staffing."""
    return arrange_measures(forms, step, language)
