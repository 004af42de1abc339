"""A participant's plan as the facilitator reads it, while its owner shows it: nothing to change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from workbook.content import load_steps
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.furniture import draw_button, draw_html
from workbook.interface.reading import ReaderScreen
from workbook.interface.room.showing import read_words
from workbook.plan import walk_answers
from workbook.session import Session
from workbook.wording import offer_entries, write_answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ipywidgets import Widget

    from workbook.content import Step
    from workbook.interface.page import Page
    from workbook.interface.room.leading import Leading, Rooms
    from workbook.plan import Plan
    from workbook.workshop.board import BoardRow

_LEFT_OUT: Final = ("accounts",)
"""Steps no reader is shown: where passwords are kept and who gets in is for the owner alone."""
_IN_A_LIST: Final = 4
"""Parts of a path that leads into a list: step, list, entry, question."""


def find_row(room: Leading, seat: str) -> BoardRow | None:
    """The participant of a seat, if they show their answers."""
    rows = (row for row in room.board.rows if row.seat == seat and row.plan_key)
    return next(rows, None)


def open_plan(rooms: Rooms, row: BoardRow, language: str) -> Session:
    """The plan that a participant shows, to be read only; raises LinkUnknown, StoreUnreachable."""
    from workbook.storage.database import DatabaseStore  # noqa: PLC0415 - loads SQLAlchemy

    store = DatabaseStore(rooms.address, row.plan_key, today=rooms.clock().date())
    return Session(store, clock=rooms.clock, language=language, create=False)


class PlanScreen(ReaderScreen):
    """What one participant has answered, step by step, then the documents made of it."""

    id = "plan"

    def __init__(self, row: BoardRow, language: str, back: Callable[[], None]) -> None:
        super().__init__(language)
        self.seat, self._step, self._back = row.seat, row.step, back
        own = read_words("look", language)
        self.words = {**self.words, **own}
        self.title = str(own["title"].format(who=row.label))
        self._told: list[tuple[Any, Step]] = []

    def draw(self, page: Page) -> list[Widget]:
        """The way back, whose plan it is, the answers, and the documents."""
        head, *rest = super().draw(page)
        back = draw_button(self.words["back"], lambda _: self._back(), name="back")
        steps = [step for step in load_steps(self.language) if step.id not in _LEFT_OUT]
        self._told = [(draw_html(self._write_step(page.there.plan, s)), s) for s in steps]
        return [back, head, *(widget for widget, _ in self._told), *rest]

    def refresh(self, page: Page) -> None:
        """Show the plan as it is now; steps in which nothing changed stay as they are."""
        if page.there.plan is self._drawn:
            return
        for widget, step in self._told:
            html = self._write_step(page.there.plan, step)
            if widget.value != html:
                widget.value = html
        super().refresh(page)

    def _write_head(self, page: Page) -> Html:  # noqa: ARG002 - whose it is, the board says
        title = fill_html('<h2 data-wb-screen tabindex="-1">{x}</h2>', x=self.title)
        return join_html([title, write_paragraphs(self.words["lead"], "wb-lead")])

    def _write_end(self) -> Html:
        return Html("")

    def _write_step(self, plan: Plan, step: Step) -> Html:
        """The answers of a step, folded away unless the participant is at it."""
        rows = list(_write_rows(plan, step, self.language))
        form = (
            '<details{is_open}><summary>{title}</summary><div class="wb-summary wb-only-read">'
            "<dl>{rows}</dl></div></details>"
        )
        if not rows:
            return Html("")
        is_open = Html(" open" if step.id == self._step else "")
        return Html(fill_html(form, is_open=is_open, title=step.task, rows=join_html(rows)))


def _write_rows(plan: Plan, step: Step, language: str) -> Iterator[str]:
    """Each answer with its question; the entries of a list one after the other, with a number."""
    entries: dict[str, list[str]] = {}
    last = ""
    for path, value in walk_answers(getattr(plan, step.id), step.id):
        parts = path.split(".")
        question = step.question_at(path)
        if question is None:
            continue
        answer = write_answer(offer_entries(question, plan, language), value, language)
        if not answer:
            continue
        entry = ".".join(parts[:3]) if len(parts) == _IN_A_LIST else ""
        if entry and entry != last:
            listed = entries.setdefault(parts[1], [])
            listed.append(entry)
            record = step.questions[parts[1]].record.capitalize()
            form = '<div class="wb-summary-record"><dt>{x}</dt><dd></dd></div>'
            yield fill_html(form, x=f"{record} {len(listed)}")
        last = entry
        form = '<div><dt>{label}</dt><dd dir="auto">{answer}</dd></div>'
        yield fill_html(form, label=question.label, answer=answer)
