"""The page of the larger plan: occasions by month, what goals help, and the list for 90 days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.content import load_words
from workbook.interface.form import FormScreen
from workbook.interface.furniture import draw_button
from workbook.steps.integration.editor_list import ListScreen
from workbook.steps.integration.editor_matrix import MatrixScreen
from workbook.steps.integration.editor_proposals import ProposalsScreen, change_actions
from workbook.steps.integration.listing import STEP, sort_actions

if TYPE_CHECKING:
    from ipywidgets import Widget

    from workbook.content import Step
    from workbook.interface.page import Page
    from workbook.interface.screens import Screen

WORDS = "steps/integration/editor.toml"
_FEW = 2
"""Actions from which on there is an order to put them in."""


def arrange(forms: list[Screen], step: Step, language: str) -> list[Screen]:
    """Occasions and their months, what goals help, then proposals, the list, and it on a page."""
    mine = {f.section.id: f for f in forms if isinstance(f, FormScreen) and f.step.id == step.id}
    others = [form for form in forms if form not in mine.values()]
    actions = ActionsForm(step, mine["actions"].section)
    return [
        mine["occasions"],
        MatrixScreen(language),
        mine["supports"],
        ProposalsScreen(language),
        actions,
        ListScreen(language),
        *others,
    ]


class ActionsForm(FormScreen):
    """Asks for the list; its order by day is one click away."""

    def draw(self, page: Page) -> list[Widget]:
        """The form, with the button that puts the actions in order where they are not."""
        widgets = super().draw(page)
        actions = page.there.plan.integration.actions
        if len(actions) < _FEW or sort_actions([*actions]) == [*actions]:
            return widgets
        label = load_words(WORDS, page.language)["actions"]["sort"]
        button = draw_button(label, lambda _: page.guard(lambda: self._sort(page)), name="quiet")
        at = widgets.index(page.fields[f"{STEP}.actions"])
        return [*widgets[:at], button, *widgets[at:]]

    def _sort(self, page: Page) -> None:
        actions = page.there.plan.integration.actions
        change_actions(page, tuple(sort_actions([*actions])), f"{STEP}.actions")
