"""The screens with the plan for counting: the numbers, and the settings of each tool."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.content import load_words
from workbook.evidence import write_source
from workbook.interface.downloads import give_download
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.files import name_file
from workbook.interface.furniture import draw_button, draw_html, draw_row
from workbook.steps.measurement.board import WORDS as BOARD
from workbook.steps.measurement.board import list_kpis, list_way
from workbook.steps.measurement.editor_shown import NumbersScreen, write_list, write_open
from workbook.steps.measurement.setup import (
    WORDS,
    begin_alike,
    list_caveats,
    list_guides,
    list_pages,
    list_tools,
)
from workbook.steps.measurement.tally import MEDIA_TYPE, write_tally

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from ipywidgets import Widget

    from workbook.interface.page import Page
    from workbook.plan import Plan
    from workbook.steps.measurement.board import Kpi, WayNumber
    from workbook.steps.measurement.setup import Guide

_CARD = ("number", "stage", "formula", "unit", "aim", "source", "reader", "when", "decision")
_WAY = tuple(name for name in _CARD if name not in {"number", "aim"})


class BoardScreen(NumbersScreen):
    """A card for each goal, and the numbers on the way."""

    def __init__(self, language: str) -> None:
        super().__init__("board", BOARD, language)

    def show(self, page: Page) -> list[Widget]:
        """The cards, then the table."""
        plan = page.there.plan
        today = page.there.now.date()
        kpis = list_kpis(plan, self.language, today)
        cards = [self._write_card(kpi) for kpi in kpis]
        if not kpis:
            cards = [write_open(self.words["none"], "goals.goals", self.words["open_goals"])]
        return [draw_html(join_html([*cards, self._write_way(plan, today)]))]

    def _write_card(self, kpi: Kpi) -> Html:
        form = '<section class="wb-kpi"><h3>{goal}</h3><dl>{pairs}</dl></section>'
        return Html(fill_html(form, goal=kpi.goal, pairs=self._write_terms(kpi, _CARD)))

    def _write_terms(self, number: Kpi | WayNumber, names: Sequence[str]) -> Html:
        terms = self.words["terms"]
        form = "<div><dt>{term}</dt><dd>{value}</dd></div>"
        return join_html(
            [fill_html(form, term=terms[name], value=getattr(number, name)) for name in names]
        )

    def _write_way(self, plan: Plan, today: date) -> Html:
        """A card for each number on the way: on a narrow screen a table would be cut."""
        cards = [self._write_number(each) for each in list_way(plan, self.language, today)]
        head = fill_html("<h3>{title}</h3>", title=self.words["way_title"])
        return join_html([head, write_paragraphs(self.words["way_lead"]), *cards])

    def _write_number(self, number: WayNumber) -> Html:
        form = '<section class="wb-kpi"><h4>{label}</h4><dl>{pairs}</dl></section>'
        return Html(fill_html(form, label=number.label, pairs=self._write_terms(number, _WAY)))


class SetupScreen(NumbersScreen):
    """The settings for each tool, the tally sheet, and what to bear in mind."""

    def __init__(self, language: str) -> None:
        super().__init__("setup", WORDS, language)

    def show(self, page: Page) -> list[Widget]:
        """What is open, the steps, the sheet, the caveats."""
        plan = page.there.plan
        guides = [self._write_guide(guide) for guide in list_guides(plan, self.language)]
        parts = [*self._write_gaps(plan), *guides]
        if list_tools(plan):
            parts.append(write_paragraphs(self.words["note_menus"], "wb-hint"))
        tally = self.words["tally"]
        return [
            draw_html(join_html([*parts, self._write_tally()])),
            draw_row(draw_button(tally["download"], lambda _: self._give(page), name="quiet")),
            draw_html(self._write_caveats(plan)),
        ]

    def _write_gaps(self, plan: Plan) -> Iterator[Html]:
        """What is still to be answered before the steps are whole."""
        words, pages = self.words, list_pages(plan)
        if not list_tools(plan):
            yield write_open(words["tools_none"], "start.analytics", words["open_website"])
        names = [words[f"page_{name}"] for name in ("services", "contact") if not pages[name]]
        if names:
            text = words["pages_open"].format(pages=words["pages_and"].join(names))
            path = "linking.contact_page" if pages["services"] else "linking.services_page"
            yield write_open(text, path, words["open_pages"])
        if not plan.measurement.contact_ways:
            yield write_open(words["ways_open"], "measurement.contact_ways", words["open_ways"])
        if begin_alike(plan):
            yield write_paragraphs(words["alike"], "wb-promise")

    def _write_guide(self, guide: Guide) -> Html:
        steps = [
            fill_html("<li><h4>{title}</h4>{lines}</li>", title=s.title, lines=write_list(s.lines))
            for s in guide.steps
        ]
        problem = write_paragraphs(guide.event_problem, "wb-promise")
        return Html(
            fill_html(
                '<section class="wb-guide"><h3>{title}</h3>{problem}<ol>{steps}</ol>{sources}'
                "</section>",
                title=self.words["steps_none" if guide.tool == "none" else "steps_of"].format(
                    tool=guide.name
                ),
                problem=problem if guide.event_problem else Html(""),
                steps=join_html(steps),
                sources=write_cited(guide.sources, self.language),
            )
        )

    def _write_tally(self) -> Html:
        words = self.words["tally"]
        head = fill_html("<h3>{title}</h3>", title=words["title"])
        return join_html([head, write_paragraphs(words["lead"])])

    def _write_caveats(self, plan: Plan) -> Html:
        caveats = list_caveats(plan, self.language)
        if not caveats:
            return Html("")
        cited = dict.fromkeys(source for caveat in caveats for source in caveat.sources)
        return Html(
            fill_html(
                "<h3>{title}</h3>{lead}{items}{sources}",
                title=self.words["caveats"]["title"],
                lead=write_paragraphs(self.words["caveats"]["lead"], "wb-hint"),
                items=write_list(caveat.text for caveat in caveats),
                sources=write_cited(tuple(cited), self.language),
            )
        )

    def _give(self, page: Page) -> None:
        def give() -> None:
            name = name_file(page.there.plan, self.words["tally"]["file"]["value"], ".csv")
            give_download(page, name, MEDIA_TYPE, write_tally(self.language))

        page.guard(give)


def write_cited(sources: Sequence[str], language: str) -> Html:
    """Where something is known from, folded away; nothing where it is our own."""
    if not sources:
        return Html("")
    title = load_words(WORDS, language)["cited"]
    items = write_list(write_source(source, language) for source in sources)
    form = '<details class="wb-more"><summary>{title}</summary>{items}</details>'
    return Html(fill_html(form, title=title, items=items))
