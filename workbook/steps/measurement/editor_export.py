"""The bench that reads files of a counter, and what of them may be put among the numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from workbook.imports.containers import LARGEST_BY_COMMAND, LARGEST_FILE, MEGABYTE
from workbook.imports.format import VisitReading
from workbook.imports.mapped import VISITS
from workbook.imports.mapped_sample import preview_visits
from workbook.imports.mapping import recall
from workbook.interface.bench import BenchScreen
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.furniture import draw_button, draw_html, draw_row
from workbook.interface.mapping import MappingPart
from workbook.interface.pictures import write_table
from workbook.interface.sending import write_command
from workbook.interface.work import LongWork
from workbook.measurement.targets import STAGES
from workbook.steps.measurement.editor_files import (
    UNKNOWN,
    ask_files,
    choose_targets,
    read_files,
)
from workbook.steps.measurement.editor_kept import keep_files
from workbook.steps.measurement.editor_shown import write_list
from workbook.steps.measurement.outcome import name_place
from workbook.values import Problem, Zone, read
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from ipywidgets import Widget

    from workbook.content import Question
    from workbook.imports.mapping import Columns, Preview
    from workbook.imports.reading import Asked
    from workbook.imports.tables import Table
    from workbook.interface.page import Page
    from workbook.measurement.results import Counted, PlatformResult
    from workbook.plan import Plan
    from workbook.steps.measurement.editor_files import FilesRead

_ASKED: Final = {
    "visits-days-ambiguous": "order",
    "visits-which-umami": "umami",
    "visits-which-matomo": "matomo",
    "visits-which-goal": "goal",
    "visits-one-goal": "goal",
}
"""What a file leaves open, and the question that closes it."""
_ZONE: Final = "zone"
_ANSWERS: Final = (*_ASKED.values(), _ZONE)
_ALWAYS: Final = ("files", *STAGES)


class ExportBench(BenchScreen):
    """Reports and logs, what they can tell, and a button that takes their added-up numbers.

    What a file leaves open is asked on the same screen, and its answer lets the reading go on.
    """

    in_memory: ClassVar[bool] = False

    def __init__(self, step: str, name: str, language: str) -> None:
        super().__init__(step, name, language)
        self._found: FilesRead | None = None
        self._work: LongWork | None = None
        self._mapping = MappingPart(
            self.id, VISITS, self._preview, lambda page: self._go_on(page, focus=True), language
        )

    # -- what is asked -------------------------------------------------------------------------

    def measure_limit(self, page: Page) -> int:
        """What whoever runs the app allows."""
        return page.visit.import_limit_mb

    def write_command(self, page: Page, names: Sequence[str], *, windows: bool) -> str:
        """The command for files that are too large, with what counts for each stage."""
        targets = choose_targets(page.there.plan, self.read())
        options = [
            text
            for stage in STAGES
            for each in getattr(targets, stage)
            for text in (f"--{stage}", each)
        ]
        return write_command(("workbook", "import"), names, options, windows=windows)

    def questions(self, plan: Plan) -> tuple[Question, ...]:
        """The questions, with what is taken where nothing is given."""
        ours = choose_targets(plan, {})
        nothing = self.words["open"]["nothing"]
        values = {stage: ", ".join(getattr(ours, stage)) or nothing for stage in STAGES}
        values["table"] = str(min(LARGEST_FILE // MEGABYTE, self._limit))
        values["command"] = str(LARGEST_BY_COMMAND // MEGABYTE)
        return tuple(
            q.model_copy(update={"hint": q.hint.format(**values)}) for q in super().questions(plan)
        )

    def asks_now(self, plan: Plan, given: Mapping[str, Any]) -> Collection[str]:
        """What a file leaves open is asked for once it was read."""
        now = set(_ALWAYS)
        if self._found is not None:
            open_still = {problem for problem, _ in self._found.problems}
            now |= {name for problem, name in _ASKED.items() if problem in open_still}
            now |= {_ZONE} if self._found.has_clock and not plan.complaints.zone else set()
        return now | {name for name in _ANSWERS if given.get(name)}

    def draw_parts(self) -> list[Widget]:
        """The part that asks what columns are."""
        return [self._mapping.draw()]

    def hear(self, page: Page, path: str, raw: object, buffers: Sequence[bytes]) -> None:
        """Take an answer; one that a file waited for lets the reading go on."""
        if self._mapping.hear(page, path, raw):
            return
        name = path.removeprefix(f"{self.id}/")
        if name == "files":
            self._forget(page)
        was_read = self._found is not None
        super().hear(page, path, raw, buffers)
        if was_read and name in _ANSWERS:
            self._go_on(page, focus=False)

    def _explain(self, question: Question) -> str:
        """A city that is no time zone is told as such."""
        given = self.raw.get(question.id)
        if question.id == _ZONE and given:
            found = read(Zone, given)
            return self.words["zone_unknown"] if isinstance(found, Problem) else ""
        return super()._explain(question)

    # -- reading -------------------------------------------------------------------------------

    def _forget(self, page: Page) -> None:
        """What was read is of other files; a reading that still runs ends."""
        self._stop()
        self._found = None
        self._mapping.show(page, ())

    def _stop(self) -> None:
        if self._work is not None:
            self._work.stop()
        self._work = None

    def _go_on(self, page: Page, *, focus: bool) -> None:
        """Read again with what is known now."""
        given = self.read()
        if given.get("files") and not any(map(self._explain, self.asked.values())):
            self._begin(page, given, focus=focus)

    def present(self, page: Page, given: Mapping[str, Any]) -> None:
        """Begin to read; what it comes to is shown once it is known."""
        self._begin(page, given, focus=True)

    def _begin(self, page: Page, given: Mapping[str, Any], *, focus: bool) -> None:
        self._stop()
        self._work = LongWork(page, self.words["work"])
        self._put(self._work.draw())
        files, asked = given["files"], self._ask(page, given)
        self._work.start(
            lambda watch: read_files(files, asked, self.language, watch),
            lambda found: self._finish(page, found, focus=focus),
            self._put,
        )

    def _ask(self, page: Page, given: Mapping[str, Any]) -> Asked:
        plan = page.there.plan
        answers = {name: str(given[name]) for name in _ANSWERS if given.get(name)}
        if plan.complaints.zone:
            answers[_ZONE] = plan.complaints.zone
        return ask_files(
            choose_targets(plan, given),
            answers,
            recall(plan, VISITS),
            page.there.now.date(),
            self.measure_limit(page),
        )

    def _finish(self, page: Page, found: FilesRead, *, focus: bool) -> None:
        """Ask what is open still, and say what the files tell."""
        self._work, self._found = None, found
        now = self.asks_now(page.there.plan, self.read())
        for question in self.asked.values():
            if field := page.fields.get(question.path):
                field.shown = question.id in now
        self._mapping.show(page, found.unknown)
        is_asking = self._mapping.is_asking
        parts = [] if is_asking and not found.is_used else self.answer(page, self.read())
        self._show(page, parts, focus=focus and not is_asking)

    def _preview(self, page: Page, table: Table, columns: Columns) -> Preview:
        """What some rows of a table would give by these columns."""
        given = self.read()
        order = given.get("order")
        reading = VisitReading(
            choose_targets(page.there.plan, given),
            page.there.now.date(),
            day_first=order == "day" if order else None,
        )
        return preview_visits(table, columns, reading, self.language)

    # -- saying --------------------------------------------------------------------------------

    def answer(self, page: Page, given: Mapping[str, Any]) -> list[Widget]:  # noqa: ARG002 - as read
        """What the files tell, what they cannot, the numbers, and the button that takes them."""
        found = self._found
        if found is None:
            return []
        parts = [draw_html(join_html([*self._write(found)]))]
        if any(found.outcome.imports) or found.outcome.hours:
            parts.append(draw_html(write_paragraphs(self.words["take_hint"], "wb-hint")))
            parts.append(draw_row(self._draw_take(page, found)))
        return parts

    def _draw_take(self, page: Page, found: FilesRead) -> Widget:
        def take() -> None:
            is_new = keep_files(page, found.outcome.imports, found.outcome.hours)
            button.description = self.words["taken" if is_new else "taken_again"]

        button: Any = draw_button(self.words["take"], lambda _: page.guard(take), name="offer")
        return button

    def _write(self, found: FilesRead) -> Iterator[Html]:
        yield from self._write_section("can", [said.text for said in found.can_say])
        yield self._write_cannot(found)
        if found.results.platforms:
            yield self._write_table(found)
        elif not found.can_say:
            yield write_paragraphs(self.words["nothing"], "wb-lead")
        told = [self.words["read_as"].format(name=name, kind=kind) for name, kind in found.kinds]
        yield from self._write_section("files", told)
        problems = [self._word_problem(name, text) for name, text in found.problems]
        yield from self._write_section("problems", problems)
        yield from self._write_section("notes", found.notes)

    def _word_problem(self, name: str, text: str) -> str:
        """A problem in words; where a question above closes it, the words name that question."""
        asked = "columns" if name == UNKNOWN else _ASKED.get(name)
        return str(self.words["asked"][asked]) if asked else text

    def _write_section(self, name: str, items: Sequence[str]) -> Iterator[Html]:
        if items:
            form = "<section><h4>{title}</h4>{items}</section>"
            yield Html(fill_html(form, title=self.words[name], items=write_list(items)))

    def _write_cannot(self, found: FilesRead) -> Html:
        items = [
            fill_html(
                "<li>{text}{steps}</li>",
                text=said.text,
                steps=write_list(said.steps, "ol") if said.steps else Html(""),
            )
            for said in found.cannot_say
        ]
        form = "<section><h4>{title}</h4><ul>{items}</ul></section>"
        if not items:
            return Html("")
        return Html(fill_html(form, title=self.words["cannot"], items=join_html(items)))

    def _write_table(self, found: FilesRead) -> Html:
        rows = tuple(self._write_row(each) for each in found.results.platforms)
        table = write_table(self.words["table"], tuple(self.words["columns"]), rows)
        return join_html([table, write_paragraphs(self.words["interval"], "wb-hint")])

    def _write_row(self, result: PlatformResult) -> tuple[str, ...]:
        name = name_place(result.platform, self.language)
        stages = [self._write_counted(result.of(stage)) for stage in ("sessions", *STAGES)]
        return (name if result.platform else self.words["social"], *stages)

    def _write_counted(self, counted: Counted | None) -> str:
        if counted is None:
            return str(self.words["untold"])
        if counted.share is None:
            low, high = (
                write_number(round(counted.low), self.language),
                write_number(round(counted.high), self.language),
            )
            values = {"count": write_number(counted.count, self.language), "low": low, "high": high}
            return str(self.words["count"].format(**values))
        percent = {
            name: write_number(round(getattr(counted.share, field) * 100), self.language)
            for name, field in {"percent": "value", "low": "low", "high": "high"}.items()
        }
        return str(
            self.words["share"].format(count=write_number(counted.count, self.language), **percent)
        )
