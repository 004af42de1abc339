"""What the page of goals adds to its questions: an entry for each place the business is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.interface.form import FormScreen

if TYPE_CHECKING:
    from ipywidgets import Widget

    from workbook.content import Step
    from workbook.interface.page import Page
    from workbook.interface.screens import Screen


def arrange(forms: list[Screen], step: Step, language: str) -> list[Screen]:  # noqa: ARG001
    """The same screens, save that the reasons begin with the accounts there are."""
    return [
        ReasonScreen(form.step, form.section)
        if isinstance(form, FormScreen) and "whys" in form.section.questions
        else form
        for form in forms
    ]


class ReasonScreen(FormScreen):
    """Asks for a reason per place, with an entry ready for every place an account is on."""

    def draw(self, page: Page) -> list[Widget]:
        """The form, its list filled with the places of the accounts while it is empty."""
        session = page.there
        if not session.plan.goals.whys:
            places = dict.fromkeys(a.platform for a in session.plan.start.accounts if a.platform)
            for place in places:
                entry = session.add_record("goals.whys")
                session.answer(f"goals.whys.{entry}.platform", place)
        return super().draw(page)
