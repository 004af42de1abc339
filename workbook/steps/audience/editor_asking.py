"""The question to clients, ready to copy: by e-mail, as a text message, at the counter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.content import load_words
from workbook.fit.audiences import list_places
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.furniture import draw_html
from workbook.interface.shown import ShownScreen
from workbook.wording import smooth

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ipywidgets import Widget

    from workbook.interface.page import Page
    from workbook.plan import Plan

WORDS = "steps/audience/asking.toml"
_LONG_NAME = 80
_LINES = (
    '<section class="wb-lines wb-message"><h3>{title}</h3><p class="wb-hint">{note}</p>'
    '<pre tabindex="0" role="region" aria-label="{title}">{text}</pre>'
    '<button type="button" class="wb-copy" data-wb-copy data-wb-copied="{copied}"'
    ' data-wb-selected="{selected}" aria-label="{copy}: {title}">{copy}</button>'
    '<span role="status"></span></section>'
)


def list_asked(words: Mapping[str, Any]) -> list[str]:
    """The places that clients are asked about, as people call them."""
    return [str(words["places"].get(name, name)) for name in list_places()]


def write_messages(plan: Plan, language: str) -> list[dict[str, str]]:
    """The question in each of its forms, with the business and the places filled in."""
    words = load_words(WORDS, language)
    places = list_asked(words)
    business = plan.start.name or str(words["unnamed"])
    asked = str(words["joined"]).join(places[:-1]) + str(words["last"]) + places[-1]
    filled = {
        "business": business[:_LONG_NAME].strip(),
        "places": smooth(asked, language),
        "sheet": "\n".join(f"{place}:" for place in places),
    }
    return [
        {**message, "text": str(message["text"]).strip().format(**filled)}
        for message in words["messages"]
    ]


class AskScreen(ShownScreen):
    """The question in three forms, each with a button that copies it."""

    def __init__(self, step: str, language: str) -> None:
        super().__init__(f"{step}/ask", load_words(WORDS, language), language)

    def show(self, page: Page) -> list[Widget]:
        """What to know, the messages."""
        return [
            draw_html(self._write(page.there.plan)),
        ]

    def _write(self, plan: Plan) -> Html:
        labels = {name: self.words[name] for name in ("copy", "copied", "selected")}
        messages = [
            fill_html(_LINES, **{k: message[k] for k in ("title", "note", "text")}, **labels)
            for message in write_messages(plan, self.language)
        ]
        before = write_paragraphs(self.words["won"])
        after = [write_paragraphs(self.words[name]) for name in ("names", "no_gift")]
        return join_html([before, *messages, *after])
