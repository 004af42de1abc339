"""The page of time: hours against need, what could be cut, the week in blocks, the calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.budget.fortnight import list_routine
from workbook.budget.need import is_signed, reckon_need
from workbook.budget.proposal import is_routine_longer, propose_blocks
from workbook.budget.wording import tell_gap
from workbook.content import load_words
from workbook.interface.escaping import write_paragraphs
from workbook.interface.form import FormScreen
from workbook.interface.furniture import draw_button, draw_html, draw_row
from workbook.steps.time.editor_budget import BudgetScreen
from workbook.steps.time.editor_week import WeekScreen
from workbook.steps.time.week import WORDS

if TYPE_CHECKING:
    from ipywidgets import Widget

    from workbook.content import Step
    from workbook.interface.page import Page
    from workbook.interface.screens import Screen
    from workbook.plan import Plan

STEP = "time"
_BLOCKS = "time.blocks"


def arrange(forms: list[Screen], step: Step, language: str) -> list[Screen]:
    """The hours, the exception where one is needed, who does it, the blocks, and the week."""
    mine = {f.section.id: f for f in forms if isinstance(f, FormScreen) and f.step.id == step.id}
    others = [form for form in forms if form not in mine.values()]
    signed = SignedForm(step, mine["signed"].section)
    blocks = BlocksForm(step, mine["blocks"].section)
    week = WeekScreen(language)
    return [BudgetScreen(language), signed, mine["people"], blocks, week, *others]


def put_before(widgets: list[Widget], page: Page, path: str, parts: list[Widget]) -> list[Widget]:
    """The widgets of a form with others before the field of a question."""
    field = page.fields[path]
    at = next(i for i, widget in enumerate(widgets) if widget is field)
    return [*widgets[:at], *parts, *widgets[at:]]


class SignedForm(FormScreen):
    """Asks for an exception, where the plan does not fit or one was signed before."""

    def is_shown(self, plan: Plan) -> bool:
        """Whether there is anything to sign for."""
        signed = bool(plan.time.exception or plan.time.exception_by)
        return super().is_shown(plan) and (signed or bool(reckon_need(plan).over))

    def draw(self, page: Page) -> list[Widget]:
        """The form, with what is missing above it."""
        widgets = super().draw(page)
        gap = tell_gap(reckon_need(page.there.plan), page.language)
        return put_before(widgets, page, "time.exception", [draw_html(write_paragraphs(gap))])


class BlocksForm(FormScreen):
    """Asks for the blocks; those that are missing are one click away."""

    def draw(self, page: Page) -> list[Widget]:
        """The form, with what we propose and why above it."""
        widgets = super().draw(page)
        field, found = page.fields.get(_BLOCKS), propose_blocks(page.there.plan)
        if field is None or not field.shown:
            return widgets
        plan, words = page.there.plan, load_words(WORDS, page.language)["blocks"]
        if reckon_need(plan).over and not is_signed(plan):
            hint = draw_html(write_paragraphs(words["first_fit"], "wb-hint"))
            return put_before(widgets, page, _BLOCKS, [hint])
        if not found:
            return widgets
        label = words["propose_one" if len(found) == 1 else "propose"].format(count=len(found))
        routine = "why_longer" if is_routine_longer(plan, found) else "why_routine"
        why = words[routine if list_routine(plan) else "why"]
        parts = [
            draw_html(write_paragraphs(why, "wb-hint")),
            draw_row(
                draw_button(label, lambda _: page.guard(lambda: self._enter(page)), name="main")
            ),
        ]
        return put_before(widgets, page, _BLOCKS, parts)

    def _enter(self, page: Page) -> None:
        """Put the proposed blocks beside those there are, undone as one."""
        plan = page.there.plan
        page.there.answer(_BLOCKS, (*plan.time.blocks, *propose_blocks(plan)))
        page.tell_kept()
        page.redraw(focus=_BLOCKS)
