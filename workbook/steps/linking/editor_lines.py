"""Lines to copy into a website, each with a button, and all of them as one file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.audit.snippets import write_file, write_snippets
from workbook.content import load_words
from workbook.interface.downloads import give_download
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.files import name_file
from workbook.interface.furniture import draw_button, draw_html, draw_row
from workbook.interface.shown import ShownScreen
from workbook.steps.linking.overview import WORDS

if TYPE_CHECKING:
    from ipywidgets import Widget

    from workbook.interface.page import Page
    from workbook.plan import Plan

_LINES = (
    '<section class="wb-lines"><{level}>{title}</{level}><p class="wb-hint">{note}</p>'
    '<pre tabindex="0" role="region" aria-label="{title}">{text}</pre>'
    '<button type="button" class="wb-copy" data-wb-copy data-wb-copied="{copied}"'
    ' data-wb-selected="{selected}" aria-label="{copy}: {title}">{copy}</button>'
    '<span role="status"></span></section>'
)


def write_lines(plan: Plan, language: str, level: str = "h3") -> Html:
    """Every block of lines with its title, what it is for, and a button that copies it."""
    words = load_words(WORDS, language)
    snippets = write_snippets(plan, language)
    parts: list[str] = [
        fill_html(
            _LINES,
            level=level,
            title=snippet.title,
            note=snippet.note,
            text=snippet.text,
            **{name: words[name] for name in ("copy", "copied", "selected")},
        )
        for snippet in snippets
    ]
    if any(snippet.has_gaps for snippet in snippets):
        parts.insert(0, write_paragraphs(words["gaps"], "wb-hint"))
    return join_html(parts)


def draw_download(page: Page) -> Widget:
    """The button that hands all lines to the browser as one file."""
    words = load_words(WORDS, page.language)

    def give() -> None:
        plan = page.there.plan
        raw = write_file(plan, page.language)
        give_download(page, name_file(plan, words["file"], ".txt"), "text/plain", raw)

    return draw_button(words["download"], lambda _: page.guard(give), name="quiet")


class LinesScreen(ShownScreen):
    """The lines to copy, filled from the plan."""

    def __init__(self, step: str, language: str) -> None:
        words = load_words(WORDS, language)
        named = {"title": words["lines"], "lead": words["lines_lead"]}
        super().__init__(f"{step}/lines", named, language)

    def is_shown(self, plan: Plan) -> bool:
        """While the plan has a website, or has not said that there is none."""
        return plan.start.has_website != "no"

    def show(self, page: Page) -> list[Widget]:
        """The lines, and the file with all of them."""
        return [
            draw_html(write_lines(page.there.plan, self.language)),
            draw_row(draw_download(page)),
        ]
