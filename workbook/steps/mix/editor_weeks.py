"""The two weeks on a page: day by day, with the hours they take and the shares they come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.budget.fortnight import count_block_minutes
from workbook.content import load_words
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.findings import list_html
from workbook.interface.furniture import draw_html
from workbook.interface.pictures import write_table
from workbook.interface.shown import ShownScreen
from workbook.steps.mix.answers import Mix, Week
from workbook.steps.mix.telling import (
    list_rows,
    list_sums,
    name_week,
    sum_minutes,
    tell_before,
    tell_routine,
)
from workbook.tone.vocabulary import read_lines

if TYPE_CHECKING:
    from ipywidgets import Widget

    from workbook.interface.page import Page
    from workbook.plan import Plan

WORDS = "steps/mix/editor.toml"


class FortnightScreen(ShownScreen):
    """The two weeks as they go on the wall."""

    def __init__(self, step: str, language: str) -> None:
        super().__init__(f"{step}/fortnight", load_words(WORDS, language)["fortnight"], language)

    def is_shown(self, plan: Plan) -> bool:
        """Once anything is said, or where all questions are asked."""
        return plan.mix != Mix() or plan.start.route != "short"

    def show(self, page: Page) -> list[Widget]:
        """The days, what they come to."""
        return [
            draw_html(self._write(page.there.plan)),
        ]

    def _write(self, plan: Plan) -> Html:
        if plan.goals.decision == "not_now":
            return write_paragraphs(self.words["waiting"])
        parts: list[str] = []
        if not plan.mix.weeks:
            parts.append(write_paragraphs(self.words["nothing"], "wb-hint"))
        for week in Week:
            parts += self._write_week(plan, week)
        parts += self._write_lines("sums", list_sums(plan, self.language))
        parts += self._write_lines("routine", tell_routine(plan, self.language))
        parts += self._write_lines("before", tell_before(plan, self.language))
        parts += self._write_lines("not_ours", list(read_lines(plan.mix.not_ours)))
        return join_html(parts)

    def _write_week(self, plan: Plan, week: Week) -> list[str]:
        rows = list_rows(plan, week, self.language, named=True)
        if not rows:
            return []
        name, minutes = name_week(week, self.language), sum_minutes(plan, week, self.language)
        form = self.words["week_beside" if count_block_minutes(plan) else "week"]
        title = form.format(week=name, minutes=minutes)
        caption = self.words["caption"].format(week=name)
        columns = tuple(self.words["columns_narrow"])
        head = fill_html("<h3>{title}</h3>", title=title)
        return [head, write_table(caption, columns, tuple(map(self._fold_row, rows)))]

    def _fold_row(self, row: list[str]) -> tuple[object, ...]:
        """Day, then all else below each other, so that nothing is cut off on a phone."""
        day, what, about, minutes, proof = row
        form = self.words["takes_one" if minutes == "1" else "takes"]
        takes = form.format(minutes=minutes) if minutes else ""
        below = self.words["between"].join(filter(None, (takes, proof)))
        shown = fill_html('<br><span class="wb-limit">{below}</span>', below=below) if below else ""
        cell = "<strong>{what}</strong><br>{about}{shown}"
        return day, Html(fill_html(cell, what=what, about=about, shown=Html(shown)))

    def _write_lines(self, name: str, lines: list[str]) -> list[str]:
        if not lines:
            return []
        items = [Html(fill_html("{line}", line=line)) for line in lines]
        title = fill_html("<h3>{title}</h3>", title=self.words[name])
        return [title, list_html(items, "wb-plain")]
