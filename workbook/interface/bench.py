"""The bench: a screen on which something is tried and nothing is kept.

What is pasted or uploaded here lives in this page's memory only: it goes into no plan, no draft
of the browser and no log, and is gone with the page.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from workbook.content import (
    BASE_LANGUAGE,
    Option,
    Question,
    explain_problem,
    load_steps,
    load_words,
)
from workbook.discovery import find_files
from workbook.interface.escaping import Html, fill_html, write_paragraphs
from workbook.interface.fields import Field, make_spec
from workbook.interface.furniture import (
    draw_button,
    draw_group,
    draw_heading,
    draw_html,
    draw_row,
    fill_box,
)
from workbook.interface.sending import MEGABYTE, GivenFile, Inbox, read_sent
from workbook.values import (
    Day,
    Hours,
    Money,
    Number,
    Pasted,
    Percent,
    Problem,
    Text,
    TimeOfDay,
    Url,
    YesNo,
)
from workbook.wording import read_typed

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from ipywidgets import Widget

    from workbook.interface.page import Page
    from workbook.interface.sending import Sent
    from workbook.interface.work import LongWork
    from workbook.plan import Plan

SHAPES: dict[str, Any] = {
    "text": Text, "long_text": Pasted, "number": Number, "percent": Percent, "hours": Hours,
    "money": Money, "date": Day, "time": TimeOfDay, "address": Url, "yes_no": YesNo,
}  # fmt: skip
"""What a question of a kind is read as, where the kind alone decides."""
FILES_LIMIT_MB = 10
"""All the files of one question together, where a bench sets no limit of its own."""


@dataclass(frozen=True, slots=True)
class Bench:
    """Where a bench is, and the work it is for."""

    step: str
    name: str
    page: str
    task: str


def list_benches(language: str = BASE_LANGUAGE) -> tuple[Bench, ...]:
    """Every bench of every step, in the order of their words."""
    return tuple(
        Bench(step.id, name, step.page, words["task"])
        for step in load_steps(language)
        for name, words in load_benches(step.id, language).items()
        if "task" in words
    )


def load_benches(step: str, language: str = BASE_LANGUAGE) -> dict[str, Mapping[str, Any]]:
    """The words of a step's benches by name, from all its files that begin with “bench”."""
    files = (f for f in find_files(f"steps/{step}", ".toml") if "/bench" in f)
    return {name: words for file in files for name, words in load_words(file, language).items()}


class BenchScreen:
    """A screen with questions of its own, a button, and below it what the answers come to.

    Its words are a table in ``steps/<step>/bench*.toml``: ``title``, ``lead``, ``act`` (the
    button), ``task`` (the work it is for, in the list of tools on the first page) and
    ``questions.<id>`` with ``kind`` and what any question has. A subclass says what
    the answers come to, and may say which questions are asked after those given so far.
    """

    live: ClassVar[bool] = False
    """Whether the result follows every answer; else it goes away until the button is pressed."""
    takes_long: ClassVar[bool] = False
    """Whether the result is worked out beside the page, with a bar and a button that stops it."""
    in_memory: ClassVar[bool] = True
    """Whether files are handed on in memory; else they may lie on disk, without a name."""

    def __init__(self, step: str, name: str, language: str) -> None:
        self.id = f"{step}/{name}"
        self.language = language
        self.words: Mapping[str, Any] = load_benches(step, language)[name]
        self.common: Mapping[str, Any] = load_words("interface/words.toml", language)["bench"]
        self.title = str(self.words["title"])
        self.raw: dict[str, object] = {}
        self.files: dict[str, tuple[GivenFile, ...]] = {}
        self.asked: dict[str, Question] = {}
        self.inboxes: dict[str, Inbox] = {}
        self._result: Widget | None = None
        self._drawn = 0
        self._limit = FILES_LIMIT_MB
        self._at_work: LongWork | None = None

    # -- what a subclass says ------------------------------------------------------------------

    def questions(self, plan: Plan) -> tuple[Question, ...]:  # noqa: ARG002 - a subclass may look
        """Everything this bench may ask; from its words, unless a subclass makes them."""
        return tuple(
            make_question(self.id, name, words, self.language)
            for name, words in self.words["questions"].items()
        )

    def asks_now(self, plan: Plan, given: Mapping[str, Any]) -> Collection[str]:  # noqa: ARG002
        """The ids of the questions that are asked after what was given so far; else all."""
        return set(self.asked)

    def answer(self, page: Page, given: Mapping[str, Any]) -> list[Widget]:
        """What the answers come to; they are read by their kind, None where not given."""
        raise NotImplementedError

    def measure_limit(self, page: Page) -> int:  # noqa: ARG002 - a subclass may look
        """How many MB all the files of one question may have together."""
        return FILES_LIMIT_MB

    def write_command(
        self,
        page: Page,  # noqa: ARG002 - a subclass may look
        names: Sequence[str],  # noqa: ARG002 - same
        *,
        windows: bool,  # noqa: ARG002 - same
    ) -> str:
        """What to type to have larger files read by the command line; empty where it cannot."""
        return ""

    def draw_parts(self) -> list[Widget]:
        """What stands between the button and the result."""
        return []

    # -- what a screen does --------------------------------------------------------------------

    def asks(self, path: str) -> bool:  # noqa: ARG002 - no answer of a plan is asked for here
        """Never: what is given here is no answer of the plan."""
        return False

    def is_shown(self, plan: Plan) -> bool:
        """On the full route; on the short one it waits among the tools for any day."""
        return plan.start.route != "short"

    def refresh(self, page: Page) -> None:
        """Nothing on it follows the plan while it is open."""

    def draw(self, page: Page) -> list[Widget]:
        """Back, heading, the promise that nothing is kept, questions, the button, the result."""
        self._stop_work()
        plan, self._limit = page.there.plan, self.measure_limit(page)
        self.asked = {question.id: question for question in self.questions(plan)}
        now = self.asks_now(plan, self.read())
        fields = {q.path: self._field(page, q, shown=q.id in now) for q in self.asked.values()}
        page.fields = dict(fields)
        self._result = draw_group(name="result")
        promise = write_paragraphs(self.common["promise"], "wb-promise")
        buttons = [] if self.live else [draw_row(draw_button(self.act, self._press(page)))]
        return [
            draw_button(page.words["back"], page.go_back, name="back"),
            draw_heading(self.title, self.words.get("lead", "")),
            draw_html(promise),
            *fields.values(),
            *buttons,
            *self.draw_parts(),
            self._result,
            draw_row(draw_button(page.words["continue"], page.go_on, name="main")),
        ]

    @property
    def act(self) -> str:
        """The label of the button."""
        return str(self.words["act"])

    def _field(self, page: Page, question: Question, *, shown: bool) -> Field:
        spec = make_spec(question, lambda _: True) | {"passing": True}
        value = [file.name for file in self.files.get(question.id, ())] or None
        if question.kind == "file":
            spec["limit"] = self.common["limit"].format(limit=self._limit)
        else:
            value = self.raw.get(question.id)  # type: ignore[assignment] # as it was sent
        return Field(page=page.desk.page, path=question.path, spec=spec, value=value, shown=shown)

    # -- what the browser says -----------------------------------------------------------------

    def hear(self, page: Page, path: str, raw: object, buffers: Sequence[bytes]) -> None:
        """Take what was given for a question; what is asked next may depend on it."""
        question = next((q for q in self.asked.values() if q.path == path), None)
        if question is None:
            return
        if question.kind == "file":
            if not self._take_files(page, question, raw, buffers):
                return
        else:
            self.raw[question.id] = raw
        self._follow(page)

    def _follow(self, page: Page) -> None:
        """Ask what is asked after what was given, and show what it comes to, or take that away."""
        self._stop_work()
        given = self.read()
        now = self.asks_now(page.there.plan, given)
        for other in self.asked.values():
            field = page.fields.get(other.path)
            if field is not None:
                field.shown = other.id in now
        if self.live:
            self._show(page, self.answer(page, given))
        else:
            self._show(page, [])

    def _take_files(
        self, page: Page, question: Question, raw: object, buffers: Sequence[bytes]
    ) -> bool:
        """Take small files at once, and larger ones piece by piece; whether they changed."""
        if not isinstance(raw, dict):
            names = raw if isinstance(raw, list) else []
            taken = zip(names, buffers, strict=False)
            self._put_files(question.id, [GivenFile(str(n)[:300], bytes(b)) for n, b in taken])
            return True
        sent = read_sent(raw)
        if sent is None:
            return False
        most = self._limit
        reply = self.inboxes.setdefault(question.id, Inbox()).hear(
            sent, b"".join(buffers), most=most * MEGABYTE, in_memory=self.in_memory
        )
        had = bool(self.files.get(question.id))
        if sent.step != "piece" or reply.state == "whole":
            self._put_files(question.id, reply.files)
        told = self._refuse(page, sent, most) if reply.state == "refused" else {}
        page.desk.tell(
            "sent", path=question.path, number=sent.number, state=reply.state, got=reply.got, **told
        )
        return had or reply.state == "whole"

    def _refuse(self, page: Page, sent: Sent, most: int) -> dict[str, Any]:
        """Why files are not taken, and what to type instead."""
        size = math.ceil(sent.size / MEGABYTE)
        names = [file.name for file in sent.files]
        return {
            "problem": self.common["too_large"].format(size=size, limit=most),
            "command": self.write_command(page, names, windows=sent.windows),
        }

    def _put_files(self, name: str, files: Sequence[GivenFile]) -> None:
        for file in self.files.pop(name, ()):
            file.close()
        self.files[name] = tuple(files)

    def read(self) -> dict[str, Any]:
        """Everything given so far, as its kind reads it; None where it is not given or unclear."""
        return {
            name: None if isinstance(value, Problem) else value
            for name, value in ((q.id, self._read(q)) for q in self.asked.values())
        }

    def _read(self, question: Question) -> object:
        """The value of one question, or the Problem with what was given."""
        if question.kind == "file":
            files = self.files.get(question.id, ())
            if sum(file.size for file in files) > self._limit * MEGABYTE:
                return Problem("files-too-large", {"limit": self._limit})
            return files or None
        raw = self.raw.get(question.id)
        if raw in (None, "", []):
            return None
        offered = {option.value for option in question.options}
        if question.kind == "choice":
            chosen = isinstance(raw, str) and raw in offered
            return raw if chosen else Problem("choice-not-offered")
        if question.kind == "several":
            given = raw if isinstance(raw, list) else [raw]
            return tuple(v for v in given if isinstance(v, str) and v in offered)
        return read_typed(SHAPES[question.kind], raw, self.language)

    def _press(self, page: Page) -> Any:  # noqa: ANN401 - what a button calls
        return lambda _: page.guard(lambda: self._try(page))

    def _try(self, page: Page) -> None:
        given = self.read()
        now = self.asks_now(page.there.plan, given)
        problems = [
            (question.path, text)
            for question in self.asked.values()
            if question.id in now and (text := self._explain(question))
        ]
        page.desk.tell("errors", errors=dict(problems))
        if problems:
            page.redraw(problems=problems)
            return
        self.present(page, given)

    def present(self, page: Page, given: Mapping[str, Any]) -> None:
        """Show what the answers come to, once the button was pressed."""
        self._stop_work()
        if not self.takes_long:
            self._show(page, self.answer(page, given), focus=True)
            return
        from workbook.interface.making import one_at_a_time  # noqa: PLC0415 - where it takes long
        from workbook.interface.work import LongWork  # noqa: PLC0415 - same reason

        work = self._at_work = LongWork(page, self.common["work"])

        def show(parts: list[Widget]) -> None:
            self._at_work = None
            if page.screen is self:
                self._show(page, parts, focus=True)

        self._put(draw_group(work.draw(), name="soon"))
        make = one_at_a_time(lambda: self.answer(page, given))
        work.start(make, show, lambda: self._show(page, []))

    def _stop_work(self) -> None:
        """What was given changed, or another try began: what is being worked out counts no more."""
        if self._at_work is not None:
            self._at_work.stop()
        self._at_work = None

    def _explain(self, question: Question) -> str:
        value = self._read(question)
        if isinstance(value, Problem):
            return explain_problem(value, question, self.language)
        if question.needed and value is None:
            return str(self.common["missing"]).format(subject=question.subject)
        return ""

    def _put(self, *parts: Widget) -> None:
        """Put widgets where the result stands."""
        if self._result is not None:
            fill_box(self._result, *parts)

    def _show(self, page: Page, parts: list[Widget], *, focus: bool = False) -> None:
        self._drawn += 1
        mark = f"{page.desk.page}-{self.id}-{self._drawn}"
        head = '<h3 data-wb-result="{mark}" tabindex="-1">{title}</h3>'
        title = self.words.get("result", self.common["result"])
        heading = draw_html(Html(fill_html(head, mark=mark, title=title)))
        self._put(*((heading, *parts) if parts else ()))
        if focus:
            page.desk.tell("result", mark=mark)


def make_question(
    bench: str, name: str, words: Mapping[str, Any], language: str = BASE_LANGUAGE
) -> Question:
    """A question of a bench from its words; it needs an answer unless they say otherwise."""
    words = dict(words)
    offered = words.pop("options", {})
    if words["kind"] == "yes_no" and not offered:
        offered = load_words("interface/words.toml", language)["bench"]["yes_no"]
    options = tuple(
        Option(value=value, **(w if isinstance(w, dict) else {"label": w}))
        for value, w in offered.items()
    )
    return Question(id=name, path=f"{bench}/{name}", options=options, **{"why": "", **words})
