"""The page about people: whom you want, the question to clients, a bench to count, and reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.interface.form import FormScreen
from workbook.steps.audience.editor_asking import AskScreen
from workbook.steps.audience.editor_counting import CountBench
from workbook.steps.audience.editor_reach import ReachScreen

if TYPE_CHECKING:
    from workbook.content import Step
    from workbook.interface.screens import Screen

STEP = "audience"


def arrange(forms: list[Screen], step: Step, language: str) -> list[Screen]:
    """The groups; the question to copy and the bench before the counts; reach after them all."""
    mine = [f for f in forms if isinstance(f, FormScreen) and f.step.id == step.id]
    others = [form for form in forms if form not in mine]
    groups = [form for form in mine if "groups" in form.section.questions]
    rest = [form for form in mine if form not in groups]
    asking: list[Screen] = [AskScreen(STEP, language), CountBench(STEP, "count", language)]
    return [*groups, *asking, *rest, ReachScreen(STEP, language), *others]
