"""The list on a page: by day, with who does it, what is done, and what seems to be."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING, Any

from workbook.actions import explain_actions, is_settled
from workbook.content import load_words
from workbook.fit.phrases import write_hours
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.findings import list_html
from workbook.interface.furniture import draw_button, draw_html
from workbook.interface.pictures import write_table
from workbook.interface.shown import ShownScreen
from workbook.steps.integration.answers import Done
from workbook.steps.integration.editor_proposals import change_actions, write_reasons
from workbook.steps.integration.listing import STEP, list_open
from workbook.wording import write_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ipywidgets import Widget

    from workbook.actions import ProposedAction
    from workbook.interface.page import Page
    from workbook.plan import Plan
    from workbook.steps.integration.answers import Action

WORDS = "steps/integration/editor.toml"
LONG_LABEL = 44
LONG_SUMMARY = 90


class ListScreen(ShownScreen):
    """The action list as it goes on the wall."""

    def __init__(self, language: str) -> None:
        words = load_words(WORDS, language)
        super().__init__(f"{STEP}/list", words["list"], language)
        self.reasons: Any = words["proposals"]

    def is_shown(self, plan: Plan) -> bool:
        """Once there is a list."""
        return bool(plan.integration.actions)

    def show(self, page: Page) -> list[Widget]:
        """What is to be done by day, what seems to be done, what is, and the reasons."""
        session = page.there
        day = session.now.date()
        reasons = explain_actions(session.plan, session.findings, day, self.language)
        return [
            draw_html(self._write(session.plan, reasons)),
            *self._draw_settled(page, reasons),
            draw_html(self._write_rest(session.plan, reasons)),
        ]

    # -- by day ----------------------------------------------------------------------------

    def _write(self, plan: Plan, reasons: Mapping[str, ProposedAction]) -> Html:
        actions = plan.integration.actions
        todo = [action for action in list_open(plan) if action.what]
        if not actions:
            return write_paragraphs(self.words["nothing"])
        hours = write_hours(sum(action.hours or 0 for action in todo), self.language)
        done = sum(action.done is Done.YES for action in actions)
        said = self.words["sums"].format(
            open=len(todo), needed=hours, done=done, count=len(actions)
        )
        rows = tuple(self._write_row(action, reasons) for action in todo)
        columns = tuple(self.words["columns"])
        if not rows:
            return write_paragraphs(said)
        table = write_table(self.words["caption"], columns, rows)
        dated = fill_html('<div class="wb-dated">{table}</div>', table=table)
        return join_html([write_paragraphs(said), dated])

    def _write_row(
        self, action: Action, reasons: Mapping[str, ProposedAction]
    ) -> tuple[object, ...]:
        """Day, then all else below each other, so that nothing is cut off on a phone."""
        day = write_day(action.due, self.language) if action.due else self.words["no_day"]
        who = action.who or self.words["nobody"]
        hours = "" if action.hours is None else write_hours(action.hours, self.language)
        by_whom = self.words["by_whom"].format(who=who, hours=hours) if hours else who
        parts = [
            fill_html("<strong>{what}</strong>", what=action.what),
            fill_html('<span class="wb-limit">{by}</span>', by=by_whom),
        ]
        if is_settled(action, reasons):
            parts.append(fill_html("<em>{x}</em>", x=self.words["settled"]))
        return day, join_html(parts, "<br>")

    # -- what seems to be done ---------------------------------------------------------------

    def _draw_settled(self, page: Page, reasons: Mapping[str, ProposedAction]) -> list[Widget]:
        """One button that marks what seems to be done."""
        actions = page.there.plan.integration.actions
        settled = {action.id for action in actions if is_settled(action, reasons)}
        if not settled:
            return []
        first = next(action.what or "" for action in actions if action.id in settled)
        short = first if len(first) <= LONG_LABEL else f"{first[: LONG_LABEL - 2].rstrip()} …"
        form = self.words["mark_one" if len(settled) == 1 else "mark"]
        label = form.format(count=len(settled), what=short)

        def mark() -> None:
            now = page.there.plan.integration.actions
            changed = tuple(
                a.model_copy(update={"done": Done.YES}) if a.id in settled else a for a in now
            )
            change_actions(page, changed)

        return [draw_button(label, lambda _: page.guard(mark), name="quiet")]

    # -- below -----------------------------------------------------------------------------

    def _write_rest(self, plan: Plan, reasons: Mapping[str, ProposedAction]) -> Html:
        actions = plan.integration.actions
        parts = [
            *self._write_why(list_open(plan), reasons),
            *self._list(actions, Done.YES, "done_title"),
            *self._list(actions, Done.DROPPED, "dropped_title"),
        ]
        return join_html(parts)

    def _write_why(
        self, actions: Sequence[Action], reasons: Mapping[str, ProposedAction]
    ) -> list[str]:
        told = [
            write_reasons(
                reasons[action.id],
                self.reasons,
                shorten(action.what or "", LONG_SUMMARY, placeholder=" …"),
            )
            for action in actions
            if action.id in reasons
        ]
        if not told:
            return []
        return [fill_html("<h3>{title}</h3>", title=self.words["reasons"]), *told]

    def _list(self, actions: Sequence[Action], done: Done, title: str) -> list[str]:
        items = [
            Html(fill_html("{what}", what=action.what))
            for action in actions
            if action.done is done and action.what
        ]
        if not items:
            return []
        return [
            fill_html("<h3>{title}</h3>", title=self.words[title]),
            list_html(items, "wb-plain"),
        ]
