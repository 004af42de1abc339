"""The screen with what was imported, each with a button that removes it; and how it gets there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workbook.content import load_words
from workbook.interface.escaping import Html, fill_html, join_html
from workbook.interface.findings import write_link
from workbook.interface.furniture import draw_button, draw_group, draw_html
from workbook.measurement.keeping import drop_import, keep_imports
from workbook.steps.measurement.editor_shown import NumbersScreen, write_list
from workbook.steps.measurement.report_kept import WORDS, list_kept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ipywidgets import Widget

    from workbook.interface.page import Page
    from workbook.plan import Plan
    from workbook.records import HoursSpent, SocialVisits
    from workbook.steps.measurement.report_kept import KeptLine

_TERMS: Final = ("days", "places", "told", "read", "aside")


def keep_files(
    page: Page,
    imports: Sequence[Sequence[SocialVisits]],
    hours: Sequence[Sequence[HoursSpent]] = (),
) -> bool:
    """Put what files told into the plan on this page, and say so.

    Args:
        page: The page with the plan.
        imports: The records of each table that was read.
        hours: The hours of each time tracker.

    Returns:
        Whether anything is new.
    """
    session = page.there
    changed = keep_imports(session.plan, imports, hours, read_on=session.now.date())
    is_new = changed != session.plan
    if is_new:
        _replace(page, changed)
    page.announce(load_words(WORDS, page.language)["kept" if is_new else "kept_again"])
    return is_new


def _replace(page: Page, plan: Plan) -> None:
    # what was typed elsewhere and could not be read stays
    outcome = page.there.replace(plan)
    if outcome.error is not None:
        raise outcome.error
    page.tell_kept()


class KeptScreen(NumbersScreen):
    """What files told, import by import, what of it counts, and a button that removes it."""

    def __init__(self, language: str) -> None:
        super().__init__("imported", WORDS, language)

    def show(self, page: Page) -> list[Widget]:
        """The imports, the last one first; then what counts where several tell of a day."""
        lines = list_kept(page.there.plan, self.language)
        names = [line.name for line in lines]
        parts = [self._draw_line(page, line, several=names.count(line.name) > 1) for line in lines]
        if not lines:
            parts = [draw_html(self._write_none())]
        head = fill_html("<h3>{title}</h3>", title=self.words["rules_title"])
        return [*parts, draw_html(join_html([head, write_list(self.words["rules"])]))]

    def _write_none(self) -> Html:
        """That nothing is there yet, and the two ways to it."""
        form = '<p class="wb-open">{text} {file} · {numbers}</p>'
        file = write_link("measurement/export", self.words["open_file"])
        numbers = write_link("measurement.numbers", self.words["open_numbers"])
        return Html(fill_html(form, text=self.words["none"], file=file, numbers=numbers))

    def _draw_line(self, page: Page, line: KeptLine, *, several: bool) -> Widget:
        pairs = [
            fill_html(
                "<div><dt>{term}</dt><dd>{value}</dd></div>",
                term=self.words["terms"][name],
                value=getattr(line, name),
            )
            for name in _TERMS
            if getattr(line, name)
        ]
        form = '<section class="wb-kpi"><h3>{name}</h3><dl>{pairs}</dl></section>'
        card = draw_html(Html(fill_html(form, name=line.name, pairs=join_html(pairs))))
        label = self.words["remove_one" if several else "remove"]
        button = draw_button(
            label.format(name=line.name, days=line.days),
            lambda _: page.guard(lambda: self._remove(page, line.id)),
            name="quiet",
        )
        return draw_group(card, button, name="import")

    def _remove(self, page: Page, name: str) -> None:
        _replace(page, drop_import(page.there.plan, name))
        page.redraw()
        page.announce(self.words["removed"])
