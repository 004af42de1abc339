"""The screens for complaints: the questions, and the benches behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.content import load_words
from workbook.evidence import write_source
from workbook.interface.escaping import Html, fill_html, write_paragraphs
from workbook.interface.form import FormScreen
from workbook.interface.furniture import draw_html
from workbook.interface.pictures import write_table
from workbook.steps.complaints.editor_drill import CompareBench, DrillBench
from workbook.steps.complaints.editor_measures import arrange_measures
from workbook.steps.complaints.editor_walk import WalkBench
from workbook.steps.complaints.facts import WORDS, load_facts

if TYPE_CHECKING:
    from ipywidgets import Widget

    from workbook.content import Step
    from workbook.interface.page import Page
    from workbook.interface.screens import Screen


def arrange(forms: list[Screen], step: Step, language: str) -> list[Screen]:
    """The questions, the tree for a real case, the drill, then figures and staffing."""
    asked = [
        PromiseForm(form.step, form.section)
        if isinstance(form, FormScreen) and "first_s1" in form.section.questions
        else form
        for form in forms
    ]
    tried: list[Screen] = [
        WalkBench(step.id, "walk", language),
        DrillBench(step.id, "drill", language),
        CompareBench(step.id, "compare", language),
    ]
    return arrange_measures([*asked, *tried], step, language)


class PromiseForm(FormScreen):
    """Asks how soon an answer comes, with what people expect folded away."""

    def draw(self, page: Page) -> list[Widget]:
        """The form, and the figures of surveys below its heading."""
        widgets = super().draw(page)
        widgets.insert(2, draw_html(write_facts(page.language)))
        return widgets


def write_facts(language: str) -> Html:
    """What people expect, each figure with its sample, date and source."""
    words = load_words(WORDS, language)
    rows = tuple(
        (
            fact.text,
            Html(
                fill_html(_SAMPLE, sample=fact.sample, source=write_source(fact.source, language))
            ),
        )
        for fact in load_facts(language)
    )
    return Html(
        fill_html(
            "<details class='wb-guidance'><summary>{title}</summary>{lead}{table}</details>",
            title=words["title"],
            lead=write_paragraphs(words["lead"]),
            table=write_table(words["caption"], tuple(words["columns"]), rows),
        )
    )


_SAMPLE = '{sample}<br><span class="wb-hint">{source}</span>'
