"""A screen that asks nothing: it shows what the answers come to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from workbook.content import load_words
from workbook.interface.escaping import Html, escape_text, fill_html, join_html
from workbook.interface.findings import write_link
from workbook.interface.furniture import draw_button, draw_heading, draw_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ipywidgets import Widget

    from workbook.interface.page import Page
    from workbook.plan import Plan

STEP = "measurement"
_QUOTED = re.compile(r"`([^`]+)`")


class ShownScreen:
    """Back, a heading, what there is to see, and the way on."""

    def __init__(self, name: str, file: str, language: str) -> None:
        self.id = f"{STEP}/{name}"
        self.language = language
        self.words: Mapping[str, Any] = load_words(file, language)
        self.title = str(self.words["title"])

    def asks(self, path: str) -> bool:  # noqa: ARG002 - it asks for nothing
        """Never: it shows what the answers come to."""
        return False

    def is_shown(self, plan: Plan) -> bool:  # noqa: ARG002 - where there is nothing, it says so
        """Always."""
        return True

    def refresh(self, page: Page) -> None:
        """Nothing on it changes while it is open."""

    def draw(self, page: Page) -> list[Widget]:
        """The whole screen."""
        return [
            draw_button(page.words["back"], page.go_back, name="back"),
            draw_heading(self.title, self.words["lead"]),
            *self.show(page),
            draw_row(draw_button(page.words["continue"], page.go_on, name="main")),
        ]

    def show(self, page: Page) -> list[Widget]:
        """What there is to see."""
        raise NotImplementedError


def write_open(text: str, path: str, label: str) -> Html:
    """What is still open, with a link to the question."""
    form = '<p class="wb-open">{text} {link}</p>'
    return Html(fill_html(form, text=text, link=write_link(path, label)))


def write_quoted(text: str) -> Html:
    """A sentence in which what stands between two backticks is to be typed as it is."""
    safe = text if isinstance(text, Html) else escape_text(text)
    return Html(_QUOTED.sub(r"<code>\1</code>", safe))


def write_list(items: Iterable[str], kind: str = "ul") -> Html:
    """Sentences as a list; “ol” where their order matters."""
    body = join_html([fill_html("<li>{x}</li>", x=write_quoted(item)) for item in items])
    form = "<ol>{body}</ol>" if kind == "ol" else "<ul>{body}</ul>"
    return Html(fill_html(form, body=body))
