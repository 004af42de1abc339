"""The bench on which a real case is walked through the tree, up to a reply that can be sent."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from workbook.complaint.case import Case, handle
from workbook.complaint.clock import read_clock
from workbook.complaint.places import load_places
from workbook.complaint.problems import check_answer, list_problems
from workbook.complaint.rules import calendar_of
from workbook.complaint.severity import load_scores
from workbook.complaint.tree import load_tree
from workbook.complaint.voice import check_voice
from workbook.content import Option
from workbook.interface.bench import BenchScreen
from workbook.interface.downloads import give_download
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.files import name_file
from workbook.interface.findings import list_html
from workbook.interface.furniture import close, draw_button, draw_group, draw_html
from workbook.steps.complaints.editor_outcome import write_outcome, write_text
from workbook.steps.complaints.editor_questions import (
    ask_nodes,
    ask_scores,
    asks_on,
    read_answers,
    read_scores,
    walk_given,
    write_way,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from ipywidgets import Widget

    from workbook.complaint.case import Handled
    from workbook.complaint.tree import Walk
    from workbook.content import Question
    from workbook.interface.page import Page
    from workbook.plan import Plan

_REPLY = "reply"


class WalkBench(BenchScreen):
    """What somebody wrote, question by question, and the outcome with a draft to change."""

    live = True

    def __init__(self, step: str, name: str, language: str) -> None:
        super().__init__(step, name, language)
        self.drafted = ""
        self.at = ""
        self._looked: Widget | None = None

    # -- what is asked -------------------------------------------------------------------------

    def questions(self, plan: Plan) -> tuple[Question, ...]:
        """What was written, the tree, the scores, and the reply."""
        first = [self._offer_places(q) for q in super().questions(plan)]
        asked = [question for question in first if question.id != _REPLY]
        reply = [question for question in first if question.id == _REPLY]
        nodes, scores = (ask(self.id, self.language) for ask in (ask_nodes, ask_scores))
        return (*asked, *nodes, *scores, *reply)

    def _offer_places(self, question: Question) -> Question:
        if question.id != "platform":
            return question
        places = load_places(self.language).values()
        options = tuple(Option(value=place.id, label=place.name) for place in places)
        return question.model_copy(update={"options": options})

    def asks_now(self, plan: Plan, given: Mapping[str, Any]) -> Collection[str]:  # noqa: ARG002 - the same for any plan
        """The next question of the tree; at its end the scores, and the reply."""
        way = walk_given(given, self.language)
        first = {name for name in self.words["questions"] if name != _REPLY}
        outcome = load_tree(self.language).outcomes.get(way.outcome)
        scores = set(load_scores(self.language)) if outcome and outcome.scored else set()
        return first | asks_on(way) | scores | ({_REPLY} if outcome else set())

    # -- what it comes to ----------------------------------------------------------------------

    def draw(self, page: Page) -> list[Widget]:
        """The questions, the outcome below them, and the reply below the outcome."""
        parts = super().draw(page)
        reply = page.fields[f"{self.id}/{_REPLY}"]
        self._looked = draw_group(name="looked")
        at = parts.index(self._result) + 1
        parts = [part for part in parts[:at] if part is not reply] + [
            reply,
            self._looked,
            *parts[at:],
        ]
        self._show(page, self.answer(page, self.read()))
        return parts

    def hear(self, page: Page, path: str, raw: object, buffers: Sequence[bytes]) -> None:
        """Take an answer; the reply is looked at by itself, so that nothing else moves."""
        if path == f"{self.id}/{_REPLY}":
            self.raw[_REPLY] = raw
            self._look(page, self._handle(page, self.read()))
            return
        super().hear(page, path, raw, buffers)
        self._announce(page)

    def _announce(self, page: Page) -> None:
        """Say what comes next to whoever listens to the page."""
        way = walk_given(self.read(), self.language)
        if self.at == (way.missing or way.outcome):
            return
        self.at = way.missing or way.outcome
        tree = load_tree(self.language)
        if way.missing:
            page.announce(self.words["next"].format(ask=tree.questions[way.missing].ask))
        else:
            page.announce(tree.outcomes[way.outcome].title)

    def answer(self, page: Page, given: Mapping[str, Any]) -> list[Widget]:
        """Where the case stands: the picture, and at the end what to do."""
        handled = self._handle(page, given)
        if handled.outcome is None:
            self._look(page, handled)
            return [draw_html(self._write_picture(handled.walk))]
        plan = page.there.plan
        problems = list_problems(plan, self._read_case(page, given), handled, self.language)
        self._offer_draft(page, handled)
        self._look(page, handled)
        told = write_outcome(plan, handled, self.words, self.language)
        know = [Html(fill_html("{x}", x=problem.text)) for problem in problems]
        noted = [self._title("know"), list_html(know, "wb-signs")] if know else []
        picture = fill_html(
            "<details><summary>{label}</summary>{picture}</details>",
            label=self.words["picture"],
            picture=self._write_picture(handled.walk),
        )
        take = draw_button(
            self.words["take"], lambda _: page.guard(lambda: self._take(page)), name="quiet"
        )
        return [draw_html(join_html([told, *noted, picture])), take]

    def _title(self, name: str) -> Html:
        return Html(fill_html("<h4>{x}</h4>", x=self.words[name]))

    def _write_picture(self, way: Walk) -> Html:
        return write_way(way, "walk", self.words["table"], self.language)

    def _read_case(self, page: Page, given: Mapping[str, Any]) -> Case:
        return Case(
            answers=read_answers(given, self.language),
            severity=read_scores(given, self.language),
            seen_at=self._read_moment(page, given),
            platform=given["platform"] or "",
            text=given["text"] or "",
            name=given["name"] or "",
            topic=given["topic"] or "",
        )

    def _read_moment(self, page: Page, given: Mapping[str, Any]) -> str:
        """When it was seen, on the clock of the business; now, where nothing is given."""
        zone = calendar_of(page.there.plan, page.there.now.tzinfo or UTC).zone
        now = page.there.now.astimezone(zone)
        if not given["day"] and not given["time"]:
            return now.isoformat(timespec="minutes")
        clock = read_clock(given["time"]) if given["time"] else now.time()
        return datetime.combine(given["day"] or now.date(), clock, zone).isoformat()

    def _handle(self, page: Page, given: Mapping[str, Any]) -> Handled:
        return handle(page.there.plan, self._read_case(page, given), self.language)

    # -- the reply -----------------------------------------------------------------------------

    def _offer_draft(self, page: Page, handled: Handled) -> None:
        """Put the draft into the field, unless somebody has changed what stands there."""
        draft = handled.draft.text if handled.draft else ""
        if self.raw.get(_REPLY) in (None, "", self.drafted):
            self.raw[_REPLY] = draft
            field = page.fields.get(f"{self.id}/{_REPLY}")
            if field is not None:
                field.value = draft
        self.drafted = draft

    def _look(self, page: Page, handled: Handled) -> None:
        """Show what the linter and the voice of the plan find in the reply as it stands."""
        if self._looked is None:
            return
        old, parts = self._looked.children, []
        if handled.outcome is not None:
            text = str(self.raw.get(_REPLY) or "")
            parts.append(draw_html(self._write_look(page.there.plan, handled, text)))
            if text != self.drafted and self.drafted:
                again = draw_button(
                    self.words["begin_again"],
                    lambda _: page.guard(lambda: self._begin_again(page)),
                    name="quiet",
                )
                parts.append(again)
        self._looked.children = tuple(parts)
        for widget in old:
            close(widget)

    def _begin_again(self, page: Page) -> None:
        self.raw[_REPLY] = None
        self._show(page, self.answer(page, self.read()))

    def _write_look(self, plan: Plan, handled: Handled, text: str) -> Html:
        head = [self._title("look_title")]
        if handled.draft is None and not text.strip():
            return join_html([*head, write_paragraphs(self.words["no_draft"])])
        faults = (
            *check_answer(plan, handled, text, self.language),
            *check_voice(plan, text, self.language),
        )
        count = "look_count_one" if len(faults) == 1 else "look_count" if faults else "look_fine"
        told = self.words[count].format(count=len(faults))
        items = [
            Html(fill_html("{what}<br><strong>{do}</strong>", what=fault.what, do=fault.do))
            for fault in faults
        ]
        said = fill_html('<p role="status">{told}</p>', told=told)
        return join_html([*head, said, list_html(items, "wb-signs")])

    def _take(self, page: Page) -> None:
        """Give the outcome and the reply as a text file; it is kept nowhere else."""
        handled = self._handle(page, self.read())
        text = str(self.raw.get(_REPLY) or "")
        raw = write_text(page.there.plan, handled, text, self.words, self.language).encode()
        name = name_file(page.there.plan, self.words["file"], ".txt")
        give_download(page, name, "text/plain", raw)
