"""What is known of each place, to look up: all of them in one table, and one of them in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.content import Option
from workbook.fit.places import list_facts, sheet_rows, write_checked
from workbook.interface.bench import BenchScreen
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.furniture import draw_html
from workbook.interface.pictures import write_table
from workbook.platforms import load_platforms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ipywidgets import Widget

    from workbook.content import Question
    from workbook.interface.page import Page
    from workbook.plan import Plan

_FACTS = '<h4>{title}</h4><dl class="wb-facts">{facts}</dl>'
_FACT = (
    '<div><dt>{label}</dt><dd><p>{text}</p><p class="wb-hint wb-from">{day} {source}</p></dd></div>'
)
_ALL = '<section class="wb-sheet"><h3>{title}</h3>{lead}{table}</section>'


class SheetScreen(BenchScreen):
    """Looks up a place; nothing is given that could be kept, so nothing is promised."""

    live = True

    def is_shown(self, plan: Plan) -> bool:
        """On the full way; on the short one it is there for whoever looks for it."""
        return plan.start.route != "short"

    def questions(self, plan: Plan) -> tuple[Question, ...]:
        """The one question, with every place there is."""
        offered = tuple(
            Option(value=p.id, label=p.name) for p in load_platforms(self.language).values()
        )
        return tuple(q.model_copy(update={"options": offered}) for q in super().questions(plan))

    def draw(self, page: Page) -> list[Widget]:
        """The question, what is known of the place, and below all places in one table."""
        back, heading, _, *rest = super().draw(page)
        found = sheet_rows(self.language, page.there.now.date())
        table = fill_html(
            _ALL,
            title=self.words["all"],
            lead=write_paragraphs(found.lead, "wb-hint"),
            table=write_table(found.title, found.columns, found.rows),
        )
        self._show(page, self.answer(page, self.read()))
        return [back, heading, *rest[:-1], draw_html(table), rest[-1]]  # type: ignore[arg-type]

    def answer(self, page: Page, given: Mapping[str, Any]) -> list[Widget]:
        """Every fact about the place, with who says so and of which day it is."""
        platform = load_platforms(self.language).get(given["place"] or "")
        if platform is None:
            return []
        today = page.there.now.date()
        facts = [
            fill_html(
                _FACT,
                label=fact.label,
                text=fact.text,
                day=write_checked(fact, today, self.language),
                source="" if fact.is_own else fact.source_line,
            )
            for fact in list_facts(platform, self.language)
        ]
        title = self.words["caption"].format(place=platform.name)
        return [draw_html(Html(fill_html(_FACTS, title=title, facts=join_html(facts))))]
