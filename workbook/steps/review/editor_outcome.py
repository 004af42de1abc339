"""What the numbers tell, the diagnosis then and now, and what is suggested for the decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.checks.repeated import begin_next_round, find_first_round, is_diagnosed
from workbook.content import load_words
from workbook.evidence import write_source
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.form import FormScreen
from workbook.interface.furniture import draw_button, draw_group, draw_html
from workbook.interface.pictures import write_table
from workbook.interface.shown import ShownScreen
from workbook.steps.review.editor_shown import (
    load_outcome,
    put_before,
    take_offer,
    write_open,
)
from workbook.steps.review.proposals import LIST, Proposal, propose
from workbook.steps.review.proposals import WORDS as PROPOSALS
from workbook.steps.review.spans import find_span
from workbook.steps.review.tables import Shown, write_places, write_rounds
from workbook.steps.review.telling import Told, tell, tell_chance
from workbook.storage.changes import without

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ipywidgets import Widget

    from workbook.interface.page import Page

_SOURCES = ("M16", "M17")
_DIAGNOSIS = "diagnosis.goal_dated"


class OutcomeScreen(ShownScreen):
    """Each number with its verdicts and what else happened, then what an hour brought."""

    def __init__(self, language: str) -> None:
        super().__init__("review/outcome", load_outcome(language), language)

    def show(self, page: Page) -> list[Widget]:
        """The numbers as cards, how far luck goes, the places, and what the words mean."""
        told = tell(page.there.plan, page.there.now.date(), self.language)
        parts = [self._write_number(each) for each in told]
        if not told:
            parts = [write_open(self.words["none"], "review.readings", self.words["open_none"])]
        parts += self._write_words(told)
        parts += self._write_places(page)
        return [draw_html(join_html([*parts]))]

    def _write_number(self, told: Told) -> Html:
        said = [
            fill_html('<li class="wb-is-{verdict}">{text}</li>', verdict=s.verdict, text=s.text)
            for s in told.said
        ]
        forecast = fill_html("<p>{x}</p>", x=told.forecast) if told.forecast else ""
        form = (
            '<section class="wb-reading"><h3>{name}</h3><p>{facts}</p>'
            '<ul class="wb-verdicts">{said}</ul>'
            '<p class="wb-happened"><strong>{label}:</strong> {happened}</p>{forecast}</section>'
        )
        return Html(
            fill_html(
                form,
                name=told.name,
                facts=told.facts,
                said=join_html(said),
                label=self.words["happened"]["title"],
                happened=told.happened,
                forecast=Html(forecast),
            )
        )

    def _write_words(self, told: tuple[Told, ...]) -> Iterator[Html]:
        if not told:
            return
        if chance := tell_chance(told, self.language):
            yield write_paragraphs(chance, "wb-hint")
        sources = "; ".join(write_source(key, self.language) for key in _SOURCES)
        form = (
            '<details class="wb-words"><summary>{title}</summary>'
            "<p>{text}</p><p>{sources}</p></details>"
        )
        title, text = self.words["verdict_title"], self.words["verdict_text"]
        yield Html(fill_html(form, title=title, text=text, sources=sources))

    def _write_places(self, page: Page) -> Iterator[Html]:
        words, plan = self.words["places"], page.there.plan
        span = find_span(plan, page.there.now.date())
        table = write_places(plan, span, self.language) if span else None
        yield Html(fill_html("<h3>{x}</h3>", x=words["title"]))
        if table is None or not table.rows:
            yield write_open(words["none"], "measurement.numbers", words["open"])
            return
        yield write_cards(table)
        yield write_paragraphs(table.note, "wb-hint")


def write_cards(table: Shown) -> Html:
    """A table for wide screens, and the same as entries below each other for narrow ones."""
    cards = [
        fill_html(
            "<section><h4>{name}</h4><dl>{cells}</dl></section>",
            name=row[0],
            cells=join_html(
                [
                    fill_html("<div><dt>{x}</dt><dd>{y}</dd></div>", x=column, y=cell)
                    for column, cell in zip(table.columns[1:], row[1:], strict=True)
                ]
            ),
        )
        for row in table.rows
    ]
    form = (
        '<div><div class="wb-wide">{table}</div><div class="wb-narrow wb-cells">{cards}</div></div>'
    )
    wide = write_table(table.caption, table.columns, table.rows)
    return Html(fill_html(form, table=wide, cards=join_html(cards)))


class RoundsScreen(ShownScreen):
    """The first round of the diagnosis beside that of today, and the way to another round."""

    def __init__(self, language: str) -> None:
        super().__init__("review/rounds", load_outcome(language)["diagnosis"], language)

    def show(self, page: Page) -> list[Widget]:
        """The table where there are two rounds; the button that begins another."""
        plan = page.there.plan
        table = write_rounds(plan, self.language)
        if not is_diagnosed(plan):
            text = write_open(self.words["none"], _DIAGNOSIS, self.words["open"])
            return [draw_html(text), *self._draw_table(table)]
        is_again = find_first_round(plan) is not None
        label = self.words["again_more" if is_again else "again"]
        again = draw_button(label, lambda _: page.guard(lambda: self._begin(page)), name="quiet")
        lead = [] if is_again else [write_paragraphs(self.words["once"])]
        return [*map(draw_html, lead), *self._draw_table(table), again]

    def _draw_table(self, table: Shown | None) -> list[Widget]:
        if table is None:
            return []
        note = write_paragraphs(table.note, "wb-hint")
        return [draw_html(join_html([write_cards(table), note]))]

    def _begin(self, page: Page) -> None:
        session = page.there
        following = begin_next_round(session.plan, session.now.date())
        outcome = session.replace(following, unclear=without(session.file.unclear, "diagnosis"))
        if outcome.error is not None:
            raise outcome.error
        page.tell_kept()
        page.redraw()


class ProposalsForm(FormScreen):
    """Asks for the decisions; what numbers, places and diagnosis suggest stands above them."""

    def draw(self, page: Page) -> list[Widget]:
        """The form, with what is suggested before the list."""
        widgets = super().draw(page)
        words = load_words(PROPOSALS, page.language)
        plan, today = page.there.plan, page.there.now.date()
        proposals = propose(plan, today, page.language)
        head = fill_html("<h3>{x}</h3>", x=words["title"])
        lead = write_paragraphs(words["lead" if proposals else "none"])
        parts = [draw_html(join_html([head, lead]))]
        parts += [self._draw(page, proposal, words) for proposal in proposals]
        return put_before(widgets, page, LIST, parts)

    def _draw(self, page: Page, proposal: Proposal, words: Mapping[str, Any]) -> Widget:
        choice = words["choices"][proposal.choice]
        told = draw_html(self._write(proposal, choice, words))
        if proposal.is_taken(page.there.plan):
            done = draw_html(write_paragraphs(words["taken"], "wb-tag"))
            return draw_group(told, done, name="proposal")
        label = words["take"].format(what=proposal.what)
        offer = proposal.make_offer(label)
        button = draw_button(
            label, lambda _: page.guard(lambda: take_offer(page, offer, LIST)), name="offer"
        )
        return draw_group(told, button, name="proposal")

    def _write(self, proposal: Proposal, choice: str, words: Mapping[str, Any]) -> Html:
        pairs = [
            fill_html(
                "<div><dt>{x}</dt><dd>{y}</dd></div>",
                x=words[f"{name}_label"],
                y=getattr(proposal, name),
            )
            for name in ("because", "sure", "change")
        ]
        form = '<p class="wb-tag">{choice}</p><h4>{what}</h4><dl>{pairs}</dl>'
        return Html(fill_html(form, choice=choice, what=proposal.what, pairs=join_html(pairs)))
