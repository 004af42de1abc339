"""What the words of the trade on a screen mean, folded away below its heading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from ipywidgets import HTML, Button, Dropdown

from workbook.interface.bench import BenchScreen
from workbook.interface.escaping import Html, fill_html
from workbook.interface.fields import Field
from workbook.interface.furniture import draw_html
from workbook.interface.glossary import choose_terms, list_terms, write_terms
from workbook.plan import step_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ipywidgets import Widget

    from workbook.interface.page import Page

_TAGS = re.compile(r"<(svg|code|pre|script)\b.*?</\1>|<[^>]*>", re.DOTALL)
_OTHERS: Final = frozenset({"documents"})
"""Screens that explain words although they belong to no step; a room is no place for it."""
_ASKED: Final = ("label", "hint", "why", "options", "fields")


def draw_screen(page: Page) -> list[Widget]:
    """The parts of the screen a page is at; below its heading what its words of the trade mean.

    Nothing is added where there is nothing to explain, or where the guidance of the step does it.
    A bench explains all words of its step, since its result comes later.
    """
    screen, drawn = page.screen, page.screen.draw(page)
    step = screen.id.partition("/")[0]
    if step not in {*step_names(), *_OTHERS}:
        return drawn
    texts = [text for widget in drawn for text in _list_texts(widget)]
    names = choose_terms(_TAGS.sub(" ", " ".join(texts)), step, page.language)
    if isinstance(screen, BenchScreen):
        names = list_terms(step, page.language)
    if not names or any('class="wb-guidance"' in text for text in texts):
        return drawn
    told = fill_html(
        '<details class="wb-guidance"><summary>{title}</summary>{terms}</details>',
        title=page.words["terms"],
        terms=write_terms(names, page.language),
    )
    at = next((n for n, widget in enumerate(drawn, 1) if _is_heading(widget)), 0)
    return [*drawn[:at], draw_html(Html(told)), *drawn[at:]]


def _is_heading(widget: Widget) -> bool:
    return isinstance(widget, HTML) and "<h2 data-wb-screen" in widget.value


def _list_texts(widget: Widget) -> Iterator[str]:
    """What a widget says, and all widgets within it."""
    if isinstance(widget, HTML):
        yield widget.value
    elif isinstance(widget, Button):
        yield widget.description
    elif isinstance(widget, Field):
        yield from _list_asked(widget.spec)
    elif isinstance(widget, Dropdown):
        yield from (str(label) for label, _ in widget.options)
    for child in getattr(widget, "children", ()):
        yield from _list_texts(child)


def _list_asked(spec: Mapping[str, Any]) -> Iterator[str]:
    for name in _ASKED:
        value = spec.get(name, "")
        if isinstance(value, str):
            yield value
        else:
            for each in value:
                yield from _list_asked(each)
