"""A screen that asks nothing: it shows what the answers come to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbook.content import load_words
from workbook.interface.escaping import Html, escape_text, fill_html, join_html
from workbook.interface.findings import write_link
from workbook.interface.shown import ShownScreen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbook.plan import Plan

STEP = "measurement"
_QUOTED = re.compile(r"`([^`]+)`")


class NumbersScreen(ShownScreen):
    """A screen of this step with a file of words of its own; shown on every route."""

    def __init__(self, name: str, file: str, language: str) -> None:
        super().__init__(f"{STEP}/{name}", load_words(file, language), language)

    def is_shown(self, plan: Plan) -> bool:  # noqa: ARG002 - where there is nothing, it says so
        """Always."""
        return True


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
