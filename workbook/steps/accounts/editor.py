"""The page for accounts: the list of all of them, each account in short parts, and the import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.interface.form import FormScreen
from workbook.steps.accounts.editor_account import PARTS, PartScreen, Selection
from workbook.steps.accounts.editor_import import ImportBench
from workbook.steps.accounts.editor_list import ListScreen

if TYPE_CHECKING:
    from workbook.content import Step
    from workbook.interface.screens import Screen


def arrange(forms: list[Screen], step: Step, language: str) -> list[Screen]:
    """The list in the place of its form, the parts of one account, and the bench for a list."""
    chosen = Selection()
    arranged: list[Screen] = []
    for form in forms:
        if isinstance(form, FormScreen) and form.step.id == step.id:
            arranged.append(ListScreen(form.section, chosen, language))
            arranged.extend(PartScreen(part, chosen, language) for part in PARTS)
        else:
            arranged.append(form)
    return [*arranged, ImportBench(step.id, "import", language)]
