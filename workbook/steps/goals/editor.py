"""What the page of goals adds to its questions: an entry for each place the business is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.interface.form import FormScreen
from workbook.interface.furniture import draw_button
from workbook.platforms import load_platforms

if TYPE_CHECKING:
    from ipywidgets import Widget

    from workbook.content import Step
    from workbook.interface.page import Page
    from workbook.interface.screens import Screen


def arrange(forms: list[Screen], step: Step, language: str) -> list[Screen]:  # noqa: ARG001
    """The same screens, save that the reasons may begin with the accounts there are."""
    return [
        ReasonScreen(form.step, form.section)
        if isinstance(form, FormScreen) and "whys" in form.section.questions
        else form
        for form in forms
    ]


class ReasonScreen(FormScreen):
    """Asks for a reason per place; the places of the accounts are one click away."""

    def draw(self, page: Page) -> list[Widget]:
        """The form, and while it lacks a place of the accounts, a button that enters them."""
        widgets = super().draw(page)
        if places := self._missing(page):
            names = load_platforms(page.language)
            known = ", ".join(names[p].name if p in names else p for p in places)
            label = page.words["begin_with_places"].format(places=known)
            button = draw_button(
                label, lambda _: page.guard(lambda: self._enter(page)), name="quiet"
            )
            at = next(i for i, w in enumerate(widgets) if w is page.fields["goals.whys"])
            widgets.insert(at, button)
        return widgets

    def _missing(self, page: Page) -> list[str]:
        plan = page.there.plan
        there = {why.platform for why in plan.goals.whys}
        wanted = dict.fromkeys(a.platform for a in plan.start.accounts if a.platform)
        return [place for place in wanted if place not in there]

    def _enter(self, page: Page) -> None:
        for place in self._missing(page):
            entry = page.there.add_record("goals.whys")
            page.there.answer(f"goals.whys.{entry}.platform", place)
        page.tell_kept()
        page.redraw(focus="goals.whys")
