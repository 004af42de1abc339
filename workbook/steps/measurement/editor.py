"""The page for measurement: questions, what to set up, links, where to look, what it came to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.interface.form import FormScreen
from workbook.steps.measurement.editor_export import ExportBench
from workbook.steps.measurement.editor_kept import KeptScreen
from workbook.steps.measurement.editor_links import LinkBench, LinksScreen
from workbook.steps.measurement.editor_outcome import ClicksScreen, OutcomeScreen
from workbook.steps.measurement.editor_setup import BoardScreen, SetupScreen
from workbook.steps.measurement.editor_verify import VerifyBench

if TYPE_CHECKING:
    from workbook.content import Step
    from workbook.interface.screens import Screen

NUMBERS = "numbers"


def arrange(forms: list[Screen], step: Step, language: str) -> list[Screen]:
    """The questions, the plan for counting, then the numbers and what they come to."""
    numbers = [form for form in forms if _asks_numbers(form)]
    return [
        *(form for form in forms if form not in numbers),
        BoardScreen(language),
        SetupScreen(language),
        LinksScreen(language),
        ClicksScreen(language),
        *numbers,
        KeptScreen(language),
        OutcomeScreen(language),
        ExportBench(step.id, "export", language),
        LinkBench(step.id, "link", language),
        VerifyBench(step.id, "verify", language),
    ]


def _asks_numbers(form: Screen) -> bool:
    return isinstance(form, FormScreen) and form.section.id == NUMBERS
