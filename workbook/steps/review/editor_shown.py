"""What the screens of the review share: a screen that shows, and answers taken over by a press."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.content import load_words
from workbook.interface.escaping import Html, fill_html
from workbook.interface.findings import write_link

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ipywidgets import Widget

    from workbook.checks.check import Offer
    from workbook.interface.page import Page

STEP = "review"


def put_before(widgets: list[Widget], page: Page, path: str, parts: list[Widget]) -> list[Widget]:
    """The widgets of a form with others before the field of a question."""
    field = page.fields[path]
    at = next(i for i, widget in enumerate(widgets) if widget is field)
    return [*widgets[:at], *parts, *widgets[at:]]


def take_offer(page: Page, offer: Offer, focus: str) -> None:
    """Put the answers of an offer in place, saved and undone as one, and draw the screen anew."""
    page.there.apply(offer)
    page.tell_kept()
    page.redraw(focus=focus)


def write_open(text: str, path: str, label: str) -> Html:
    """What is still open, with a link to the question."""
    form = '<p class="wb-open">{text} {link}</p>'
    return Html(fill_html(form, text=text, link=write_link(path, label)))


def load_outcome(language: str) -> Mapping[str, Any]:
    """The words of what a review tells."""
    return load_words("steps/review/outcome.toml", language)
