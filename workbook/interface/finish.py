"""The last page: check every answer, see what is open, take the documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.checks import Severity
from workbook.checks.progress import is_asked
from workbook.content import find_question, load_step, load_steps, load_words
from workbook.interface.downloads import Shelf
from workbook.interface.escaping import Html, fill_html, join_html
from workbook.interface.fields import Field, make_spec
from workbook.interface.findings import write_finding, write_link
from workbook.interface.furniture import draw_button, draw_heading, draw_html, draw_row
from workbook.interface.links import LinksScreen, write_invitation
from workbook.interface.look import LookPanel
from workbook.interface.parting import EndScreen
from workbook.plan import OWN_DEFAULTS
from workbook.wording import offer_entries, write_answer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ipywidgets import Widget

    from workbook.checks import Finding
    from workbook.content import Question, Step
    from workbook.interface.page import Page
    from workbook.interface.screens import Screen
    from workbook.plan import Plan
    from workbook.values import Record


def draw_finish_screens(language: str) -> tuple[Screen, ...]:
    """Check the answers, then the documents; from there links, our numbers, and the end."""
    documents = AnswersScreen(language), DocumentsScreen(language)
    return (*documents, LinksScreen(language), DefaultsScreen(language), EndScreen(language))


class _FinishScreen:
    def __init__(self, language: str, name: str) -> None:
        self.id = name
        self.language = language
        self.words = load_words("interface/finish.toml", language)
        self.title = str(self.words[name]["title"])
        self.drawn: Plan | None = None

    def asks(self, path: str) -> bool:  # noqa: ARG002 - it asks for nothing
        """Never: it shows what was answered elsewhere."""
        return False

    def is_shown(self, plan: Plan) -> bool:  # noqa: ARG002 - everybody sees it
        """Always."""
        return True

    def refresh(self, page: Page) -> None:
        """Draw it anew when the plan is another one."""
        if page.screen.id == self.id and page.there.plan != self.drawn:
            page.redraw(go=False)


class AnswersScreen(_FinishScreen):
    """Every answer with a link to change it."""

    def __init__(self, language: str) -> None:
        super().__init__(language, "answers")

    def draw(self, page: Page) -> list[Widget]:
        """A list of answers per step."""
        self.drawn = page.there.plan
        words = self.words["answers"]
        steps = [self._step(page, step) for step in load_steps(self.language)]
        return [
            draw_button(page.words["back"], page.go_back, name="back"),
            draw_heading(self.title, words["lead"]),
            draw_html(join_html(list(steps))),
            draw_row(draw_button(words["continue"], page.go_on, name="main")),
        ]

    def _step(self, page: Page, step: Step) -> Html:
        plan = page.there.plan
        asked = [step.questions[n] for s in step.sections for n in s.questions]
        rows = [row for q in asked if is_asked(q, plan) for row in self._rows(page, step, q)]
        if not rows:  # the way that was chosen asks nothing of it
            return Html("")
        return Html(
            fill_html(
                '<section class="wb-summary"><h3>{title}</h3><dl>{rows}</dl></section>',
                title=step.title,
                rows=join_html(rows),
            )
        )

    def _rows(self, page: Page, step: Step, question: Question) -> Iterator[str]:
        value = getattr(getattr(page.there.plan, step.id), question.id)
        if question.kind != "records" or not value:
            yield self._row(page, question.path, question, value, question.label)
            return
        for at, record in enumerate(value, 1):
            yield from self._record(page, question, record, at)

    def _record(self, page: Page, question: Question, record: Record, at: int) -> Iterator[str]:
        name = page.desk.words["entry"].format(record=question.record.capitalize(), number=at)
        yield fill_html('<div class="wb-summary-record"><dt>{name}</dt><dd></dd></div>', name=name)
        for field in question.fields:
            if is_asked(field, page.there.plan):
                path = f"{question.path}.{record.id}.{field.id}"
                yield self._row(
                    page, path, field, getattr(record, field.id), f"{name}: {field.label}"
                )

    def _row(self, page: Page, path: str, question: Question, value: Any, label: str) -> str:  # noqa: ANN401
        words = self.words["answers"]
        typed = page.there.file.unclear.get(path)
        offered = offer_entries(question, page.there.plan, self.language)
        answer = typed or write_answer(offered, value, self.language)
        state = "wb-problem" if typed else "" if answer else "wb-hint"
        missing = words[
            "not_given" if question.is_needed(page.there.plan) else "not_given_optional"
        ]
        return fill_html(
            '<div><dt>{label}</dt><dd class="{state}">{answer}</dd>'
            '<dd class="wb-change">{link}</dd></div>',
            label=question.label,
            state=state,
            answer=words["not_understood"].format(typed=typed) if typed else answer or missing,
            link=write_link(path, words["change"], label, self.id),
        )


class DocumentsScreen(_FinishScreen):
    """The documents, headed a draft while something is open, and what that is."""

    def __init__(self, language: str) -> None:
        super().__init__(language, "documents")
        self.shelf: Shelf | None = None
        self.still_open: Any = None
        self.panel: LookPanel | None = None

    def draw(self, page: Page) -> list[Widget]:
        """What is open, then every document in every format."""
        self.drawn = page.there.plan
        words = self.words["documents"]
        self.shelf = Shelf(page, words)
        self.panel = LookPanel(page)
        self.still_open = draw_html(self._open(page, words), name="wb-open")
        return [
            draw_button(page.words["back"], page.go_back, name="back"),
            draw_heading(self.title, words["lead"]),
            *self.shelf.draw(),
            self.panel,
            draw_html(write_invitation(page)),
            self.still_open,
            draw_button(words["defaults"], page.go_on, name="quiet"),
            draw_row(draw_button(words["end"], lambda _: _end(page), name="main")),
        ]

    def refresh(self, page: Page) -> None:
        """Show what is open, and documents that are looked at, by the plan as it is now."""
        if page.screen.id == self.id and self.shelf and page.there.plan != self.drawn:
            self.drawn = page.there.plan
            self.still_open.value = self._open(page, self.words["documents"])
            self.shelf.refresh()
            if self.panel:
                self.panel.refresh()

    def asks(self, path: str) -> bool:
        """Whether a path is that of the look of documents."""
        return path == "look"

    def hear(self, _: Page, path: str, raw: object, buffers: Sequence[bytes]) -> None:
        """Take what was given for the look of the documents."""
        if self.panel:
            self.panel.hear(path, raw, buffers)

    def _open(self, page: Page, words: Any) -> Html:  # noqa: ANN401 - words of any form
        findings = page.there.findings
        blocking = sum(f.severity is Severity.BLOCK for f in findings)
        if not findings:
            return Html(fill_html("<p>{x}</p>", x=words["nothing_open"]))
        name = "ready" if not blocking else "open_one" if blocking == 1 else "open"
        parts = [fill_html("<h3>{x}</h3>", x=words["open_title"])]
        parts.append(fill_html("<p>{x}</p>", x=words[name].format(count=blocking)))
        parts.append(self._lead_to_list(words))
        for severity in Severity:
            found = [finding for finding in findings if finding.severity is severity]
            if found:
                parts.append(self._fold(page, severity, found))
        return join_html(parts)

    def _fold(self, page: Page, severity: Severity, findings: Sequence[Finding]) -> str:
        """Findings of one severity behind a line that counts them; open decisions lie open."""
        words = self.words["documents"]
        told = [
            fill_html(
                "{finding}<p>{link}</p>",
                finding=write_finding(finding, page.words, page.language),
                link=write_link(finding.path, words["mend"], finding.what, self.id),
            )
            for finding in findings
        ]
        return fill_html(
            "<details{state}><summary>{label}</summary>{told}</details>",
            state=Html(" open" if severity is Severity.BLOCK else ""),
            label=words["fold"][severity.value].format(count=len(findings)),
            told=join_html(told),
        )

    def _lead_to_list(self, words: Any) -> str:  # noqa: ANN401 - words of any form
        """The way to where what is open gets a person and a day."""
        step = load_step("integration", self.language)
        return fill_html(
            '<p><a href="{page}.ipynb#at={step}/proposals">{label}</a></p>',
            page=step.page,
            step=step.id,
            label=words["list"],
        )


def _end(page: Page) -> None:
    page.guard(lambda: page.show(EndScreen.id))


class DefaultsScreen(_FinishScreen):
    """Every number we chose, with its reason, and room for the business's own."""

    def __init__(self, language: str) -> None:
        super().__init__(language, "defaults")

    def asks(self, path: str) -> bool:
        """Whether a path is that of a number we chose."""
        return path.startswith(OWN_DEFAULTS)

    def draw(self, page: Page) -> list[Widget]:
        """A field for each number, step by step."""
        page.fields = {}
        parts: list[Widget] = []
        for step in load_steps(self.language):
            parts.append(draw_html(Html(fill_html("<h3>{x}</h3>", x=step.title))))
            parts.extend(self._field(page, f"{OWN_DEFAULTS}{step.id}.{d}") for d in step.defaults)
        return [
            draw_button(page.words["back"], page.go_back, name="back"),
            draw_heading(self.title, self.words["defaults"]["lead"]),
            *parts,
            draw_row(draw_button(page.words["continue"], page.go_on, name="main")),
        ]

    def _field(self, page: Page, path: str) -> Field:
        question = find_question(path, self.language)
        field = Field(
            page=page.desk.page,
            path=path,
            spec=make_spec(question, lambda _: True),
            value=page.raw(path),
        )
        page.fields[path] = field
        return field

    def refresh(self, page: Page) -> None:
        """Show the numbers as they are kept."""
        for path, field in page.fields.items():
            field.value = page.raw(path)
