"""The first screen of all: what this is, how long it takes, and the task list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.interface.tasks import TasksScreen

if TYPE_CHECKING:
    from workbook.content import Step
    from workbook.interface.screens import Screen


def arrange(forms: list[Screen], step: Step, language: str) -> list[Screen]:  # noqa: ARG001
    """The task list first, then the questions about the business."""
    return [TasksScreen(language), *forms]
