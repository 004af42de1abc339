"""What a link for reading shows: the strategy and the documents, and nothing to change.

A page that was opened by such a link draws this screen whatever page it is, and hears nothing but
what reading needs. The session and the store refuse a change as well.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ipywidgets import VBox, Widget

from workbook.content import load_words
from workbook.interface.downloads import make_document
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.furniture import draw_button, draw_choice, draw_html, draw_row, fill_box
from workbook.interface.making import gather_for
from workbook.interface.preview import Preview, draw_preview, tell_missing

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook.exports.documents import Material
    from workbook.interface.message import Message
    from workbook.interface.page import Page
    from workbook.interface.screens import Screen
    from workbook.plan import Plan

_WORDS = "interface/reading.toml"
_DOCUMENTS = "exports/documents/words.toml"
_FINISH = "interface/finish.toml"
_SAID_BY_READERS = frozenset({"open", "look", "show"})


def is_heard(page: Page, message: Message) -> bool:
    """Whether a page listens to a message; one that was opened for reading, only to a few."""
    return not is_reading(page) or message.kind in _SAID_BY_READERS


def is_reading(page: Page) -> bool:
    """Whether the plan on a page was opened by a link for reading."""
    return page.session is not None and page.session.store.reads_only


def draw_reader_screens(language: str) -> tuple[Screen, ...]:
    """All that a link for reading shows."""
    return (ReaderScreen(language),)


def put_away(page: Page) -> None:
    """Take off a page what its link shows no more."""
    fill_box(page.body)


class ReaderScreen:
    """Whose plan it is, and one of its documents, to look at and to take along."""

    id = "reader"

    def __init__(self, language: str) -> None:
        self.language = language
        self.words = load_words(_WORDS, language)["reader"]
        self.title = str(self.words["title"])
        self._drawn: Plan | None = None
        self._missing = False
        self._chosen = ""
        self._preview: Preview | None = None
        self._box = VBox()

    def asks(self, path: str) -> bool:  # noqa: ARG002 - it asks for nothing
        """Never: there is nothing to answer."""
        return False

    def is_shown(self, plan: Plan) -> bool:  # noqa: ARG002 - every reader sees it
        """Always."""
        return True

    def draw(self, page: Page) -> list[Widget]:
        """Whose plan it is, what can be done here, and the documents; or that there is nothing."""
        self._drawn = page.there.plan
        self._missing = tell_missing(page) is not None
        parts = [draw_html(self._write_head(page))]
        if self._missing:
            parts.append(draw_html(write_paragraphs(self.words["nothing_yet"])))
        else:
            parts += self._draw_documents(page)
        return [*parts, draw_html(self._write_end(), name="wb-reader-end")]

    def refresh(self, page: Page) -> None:
        """Show the plan as it is now."""
        plan = page.there.plan
        if plan is self._drawn:
            return
        self._drawn = plan
        if self._missing or tell_missing(page) is not None or self._preview is None:
            page.redraw(go=False)
        else:
            self._preview.refresh()

    def _write_head(self, page: Page) -> Html:
        name = page.there.plan.start.name
        title = self.words["title_of"].format(name=name) if name else self.title
        return join_html(
            [
                fill_html('<h1 data-wb-screen tabindex="-1">{x}</h1>', x=title),
                write_paragraphs(self.words["lead"], "wb-lead"),
            ]
        )

    def _write_end(self) -> Html:
        form = '<p><a href="00_start.ipynb#own">{label}</a></p>'
        own = fill_html(form, label=self.words["own"])
        return join_html([write_paragraphs(self.words["kept"], "wb-hint"), own])

    # -- the documents -------------------------------------------------------------------------

    def _draw_documents(self, page: Page) -> list[Widget]:
        titles = _name_documents(self.language)
        self._chosen = self._chosen or next(iter(titles))
        choice = draw_choice(self.words["choose"], titles)
        choice.value = self._chosen
        choice.observe(lambda change: self._choose(page, change["new"]), "value")
        self._box = VBox(_dom_classes=("wb-reader",))
        self._fill(page)
        return [choice, self._box]

    def _choose(self, page: Page, name: str) -> None:
        self._chosen = name
        page.guard(lambda: self._fill(page))

    def _fill(self, page: Page) -> None:
        """Put the chosen document there: what it is for, its files, and how it looks."""
        from workbook.exports.documents import list_formats  # noqa: PLC0415 - when one is shown

        name = self._chosen
        told = load_words(_DOCUMENTS, self.language)[name]
        files, slot = self.words["format"], VBox(_dom_classes=("wb-soon",))
        buttons = [
            draw_button(files[kind], self._give(page, (name, kind), slot), name="quiet")
            for kind in list_formats(name)
        ]
        self._preview = draw_preview(page, name, gather=lambda: _gather(page))
        fill_box(
            self._box,
            draw_html(write_paragraphs(told["description"])),
            draw_html(write_paragraphs(self.words["take"], "wb-label")),
            draw_row(*buttons),
            slot,
            self._preview,
        )
        self._preview.unfold()

    def _give(self, page: Page, wanted: tuple[str, str], slot: VBox) -> Callable[[object], None]:
        """What a button of a file does: make it beside the page, with a bar and a way to stop."""
        words = load_words(_FINISH, self.language)["documents"]["making"]

        def make() -> None:
            from workbook.exports import Paper  # noqa: PLC0415 - when one is made

            gather = partial(_gather, page)
            make_document(page, words, wanted, slot, gather=gather, paper=Paper.A4)

        return lambda _: page.guard(make)


def _gather(page: Page) -> Material:
    """What a reader's documents are made of: what is still open is for the owner to see."""
    from workbook.exports.documents import Switches  # noqa: PLC0415 - when one is made

    return gather_for(page, Switches(open_findings=False))


def _name_documents(language: str) -> dict[str, str]:
    """The title of every document readers are shown, in the order of the page of documents.

    One that says of itself that it is not ``FOR_READERS`` stays with the owner.
    """
    from workbook.exports.documents import (  # noqa: PLC0415 - when they are shown
        load_documents,
        order_documents,
    )

    words, documents = load_words(_DOCUMENTS, language), load_documents()
    shown = (n for n in order_documents() if getattr(documents[n], "FOR_READERS", True))
    return {name: str(words[name]["title"]) for name in shown}
