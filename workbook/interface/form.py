"""A section of a step as a form: its questions, what the checks find in them, and Continue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.checks.progress import is_asked
from workbook.content import BASE_LANGUAGE, load_words
from workbook.interface.escaping import write_paragraphs
from workbook.interface.fields import Field, make_spec
from workbook.interface.findings import draw_findings
from workbook.interface.furniture import (
    draw_button,
    draw_group,
    draw_guidance,
    draw_heading,
    draw_html,
    draw_row,
    show_or_hide,
)
from workbook.wording import offer_entries

if TYPE_CHECKING:
    from ipywidgets import VBox, Widget

    from workbook.checks import Finding
    from workbook.content import Question, Section, Step
    from workbook.interface.page import Page
    from workbook.plan import Plan

_JUDGING = "interface/judging.toml"


def tell_judging(path: str, language: str) -> str:
    """That the answer to a question is judged by English words, in a page of another language."""
    words = load_words(_JUDGING, language)
    known = (BASE_LANGUAGE, *words["known_too"].get(path, ()))
    name = words["judged_by_words"].get(path, "") if language not in known else ""
    return str(words[name]) if name else ""


class FormScreen:
    """The generic screen of a section; no step needs more for its questions."""

    def __init__(self, step: Step, section: Section) -> None:
        self.step = step
        self.section = section
        self.id = f"{step.id}/{section.id}"
        self.title = section.title
        self._boxes: dict[str, VBox] = {}
        self._notes: dict[str, Widget] = {}
        self._shown: dict[str, tuple[Finding, ...]] = {}

    def asks(self, path: str) -> bool:
        """Whether this screen asks for the answer at a path."""
        parts = path.split(".")
        return parts[0] == self.step.id and len(parts) > 1 and parts[1] in self.section.questions

    def is_shown(self, plan: Plan) -> bool:
        """Whether any of its questions is asked."""
        return any(is_asked(question, plan) for question in self.questions)

    @property
    def questions(self) -> list[Question]:
        """The questions of the section."""
        return [self.step.questions[name] for name in self.section.questions]

    def draw(self, page: Page) -> list[Widget]:
        """Back link, heading, questions, findings, Continue."""
        self._boxes = {q.path: draw_group(name="findings") for q in self.questions}
        self._shown = {}
        page.fields = {q.path: self._field(page, q) for q in self.questions}
        told = {path: tell_judging(path, page.language) for path in page.fields}
        self._notes = {
            path: draw_html(write_paragraphs(note, "wb-hint"))
            for path, note in told.items()
            if note
        }
        self.refresh(page)
        return [
            draw_button(page.words["back"], page.go_back, name="back"),
            draw_heading(self.section.title, self.section.lead),
            *(
                [draw_guidance(self.step, page.words, page.language)]
                if self._is_first(page)
                else []
            ),
            *(w for path in page.fields for w in self._with_findings(page, path)),
            draw_row(draw_button(page.words["continue"], page.go_on, name="main")),
        ]

    def _is_first(self, page: Page) -> bool:
        """Whether it is the first section of its step that asks for something."""
        plan, step = page.there.plan, self.step
        asking = [
            s for s in step.sections if any(is_asked(step.questions[q], plan) for q in s.questions)
        ]
        return self.section is (asking or step.sections)[0]

    def _with_findings(self, page: Page, path: str) -> tuple[Widget, ...]:
        """A question with what is found in its answer, and what cannot be found in its language."""
        note = self._notes.get(path)
        return (page.fields[path], *([note] if note else []), self._boxes[path])

    def _field(self, page: Page, question: Question) -> Field:
        plan = page.there.plan
        offered = offer_entries(question, plan, page.language)
        field = Field(
            page=page.desk.page,
            path=question.path,
            spec=make_spec(offered, lambda q: is_asked(q, page.there.plan)),
            value=page.raw(question.path),
            shown=is_asked(question, plan),
        )
        field.observe(lambda change: self._typed(page, question.path, change["new"]), "value")
        return field

    def _typed(self, page: Page, path: str, raw: object) -> None:
        """An answer set from Python; what the browser shows comes back through refresh."""
        if raw != page.raw(path) and not isinstance(raw, list | dict):
            page.there.answer(path, raw)

    def refresh(self, page: Page) -> None:
        """Show what the plan now calls for, and what the checks find in it."""
        plan = page.there.plan
        for question in self.questions:
            field = page.fields.get(question.path)
            if field is not None:
                field.shown = is_asked(question, plan)
                field.value = page.raw(question.path)
            if question.path in self._notes:
                show_or_hide(self._notes[question.path], shown=is_asked(question, plan))
        ripe = [f for f in page.there.findings if self.asks(f.path) and self._ripe(f, page)]
        for path, box in self._boxes.items():
            mine = tuple(f for f in ripe if f"{f.path}.".startswith(f"{path}."))
            if mine != self._shown.get(path, ()):
                self._shown[path] = mine
                draw_findings(box, mine, page)

    def _ripe(self, finding: Finding, page: Page) -> bool:
        """Whether to show a finding here: not before its question was answered or come back to."""
        if finding.sums_up:
            return False
        return page.revealed == self.id or page.raw(finding.path) not in (None, [], "")
