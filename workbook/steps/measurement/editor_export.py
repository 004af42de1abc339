"""The bench that reads a file of a counter, and what of it may be put among the numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from workbook.checks.check import Offer
from workbook.interface.bench import BenchScreen
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.furniture import draw_button, draw_html, draw_row
from workbook.interface.pictures import write_table
from workbook.measurement.targets import STAGES
from workbook.steps.measurement.editor_files import choose_targets, list_answers, read_files
from workbook.steps.measurement.editor_shown import write_list
from workbook.steps.measurement.outcome import name_place
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from ipywidgets import Widget

    from workbook.content import Question
    from workbook.interface.page import Page
    from workbook.measurement.results import Counted, PlatformResult
    from workbook.plan import Plan
    from workbook.steps.measurement.editor_files import FilesRead

_ASKED: Final = {
    "visits-days-ambiguous": "order",
    "visits-which-umami": "umami",
    "visits-which-matomo": "matomo",
    "visits-which-goal": "goal",
}
"""What a file leaves open, and the question that closes it."""
_ALWAYS: Final = ("files", *STAGES)


class ExportBench(BenchScreen):
    """A report or a log, what it can tell, and a button that takes its added-up numbers."""

    def __init__(self, step: str, name: str, language: str) -> None:
        super().__init__(step, name, language)
        self._held: tuple[object, FilesRead] | None = None
        self._today: Any = None

    def draw(self, page: Page) -> list[Widget]:
        """The bench on the day it is."""
        self._today = page.there.now.date()
        return super().draw(page)

    def questions(self, plan: Plan) -> tuple[Question, ...]:
        """The questions, with what is taken where nothing is given."""
        ours = choose_targets(plan, {})
        nothing = self.words["open"]["nothing"]
        values = {stage: ", ".join(getattr(ours, stage)) or nothing for stage in STAGES}
        return tuple(
            q.model_copy(update={"hint": q.hint.format(**values)}) for q in super().questions(plan)
        )

    # -- reading -------------------------------------------------------------------------------

    def asks_now(self, plan: Plan, given: Mapping[str, Any]) -> Collection[str]:
        """What a file leaves open is asked for once it is there."""
        now = set(_ALWAYS)
        if given.get("files"):
            found = {problem for problem, _ in self._read_files(plan, given).problems}
            now |= {name for problem, name in _ASKED.items() if problem in found or given[name]}
        return now

    def _read_files(self, plan: Plan, given: Mapping[str, Any]) -> FilesRead:
        """What the files come to, read once for each way to read them."""
        names = (*STAGES, *_ASKED.values())
        key = (given["files"], tuple(given.get(name) for name in names))
        if self._held is None or self._held[0] != key:
            targets = choose_targets(plan, given)
            answers = {name: str(given[name]) for name in _ASKED.values() if given.get(name)}
            if plan.complaints.zone:
                answers["zone"] = plan.complaints.zone
            files = [(file.name, file.raw) for file in given["files"]]
            found = read_files(files, targets, answers, self._today, self.language)
            self._held = (key, found)
        return self._held[1]

    # -- saying --------------------------------------------------------------------------------

    def answer(self, page: Page, given: Mapping[str, Any]) -> list[Widget]:
        """What the files tell, what they cannot, the numbers, and the button that takes them."""
        plan = page.there.plan
        found = self._read_files(plan, given)
        parts = [draw_html(join_html([*self._write(found)]))]
        answers = list_answers(found.results)
        if answers:
            offer = Offer(label=self.words["take"], answers=answers)
            parts.append(draw_html(write_paragraphs(self.words["take_hint"], "wb-hint")))
            parts.append(draw_row(self._draw_take(page, offer)))
        return parts

    def _draw_take(self, page: Page, offer: Offer) -> Widget:
        def take() -> None:
            plan = page.there.plan
            page.there.apply(offer)
            page.tell_kept()
            changed = page.there.plan != plan
            page.announce(self.words["taken" if changed else "taken_again"])
            button.description = self.words["taken" if changed else "taken_again"]

        button: Any = draw_button(offer.label, lambda _: page.guard(take), name="offer")
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
        asked = _ASKED.get(name)
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
            low, high = write_number(round(counted.low)), write_number(round(counted.high))
            values = {"count": write_number(counted.count), "low": low, "high": high}
            return str(self.words["count"].format(**values))
        percent = {
            name: write_number(round(getattr(counted.share, field) * 100))
            for name, field in {"percent": "value", "low": "low", "high": "high"}.items()
        }
        return str(self.words["share"].format(count=write_number(counted.count), **percent))
