"""The bench on which a real case is walked through the tree, up to a reply that can be sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from workbook.complaint.case import Case, handle
from workbook.complaint.clock import read_clock
from workbook.complaint.draft import list_templates, write_draft
from workbook.complaint.places import load_places
from workbook.complaint.problems import check_answer, is_read, list_problems
from workbook.complaint.rules import calendar_of
from workbook.complaint.severity import load_scores
from workbook.complaint.voice import check_voice
from workbook.content import Option, Question
from workbook.interface.bench import BenchScreen
from workbook.interface.downloads import give_download
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.fields import make_spec
from workbook.interface.files import name_file
from workbook.interface.findings import list_html
from workbook.interface.furniture import draw_button, draw_group, draw_html, fill_box
from workbook.steps.complaints.editor_outcome import write_form, write_outcome, write_text
from workbook.steps.complaints.editor_tree import Asker, fold_way, write_title, write_way

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from ipywidgets import Widget

    from workbook.complaint.case import Handled
    from workbook.interface.fields import Field
    from workbook.interface.page import Page
    from workbook.plan import Plan

_FIRST = ("text", "platform")
_CLOCK = ("day", "time")
_REPLY = ("name", "topic", "form", "reply")
_FEW = 2
"""Options of a score: more of them are a list to choose from, so that all seven fit a screen."""


class WalkBench(BenchScreen):
    """What somebody wrote, question by question, and the outcome with a draft to change."""

    live = True

    def __init__(self, step: str, name: str, language: str) -> None:
        super().__init__(step, name, language)
        self.asker = Asker(name, language, self._asked)
        self.drafted = ""
        self._told: Widget | None = None
        self._looked: Widget | None = None

    # -- what is asked -------------------------------------------------------------------------

    def questions(self, plan: Plan) -> tuple[Question, ...]:
        """What was written, the scores, the clock, and the reply; the tree asks by itself."""
        own = {question.id: question for question in super().questions(plan)}
        places = {place.id: place.name for place in load_places(self.language).values()}
        for name, offered in (("platform", places), ("form", list_templates(self.language))):
            options = tuple(Option(value=value, label=label) for value, label in offered.items())
            own[name] = own[name].model_copy(update={"options": options})
        scores = (self._ask_score(name) for name in load_scores(self.language))
        rest = (own[name] for name in (*_CLOCK, *_REPLY))
        return (*(own[name] for name in _FIRST), *scores, *rest)

    def _ask_score(self, name: str) -> Question:
        score = load_scores(self.language)[name]
        options = tuple(
            Option(value=str(value), label=label) for value, label in enumerate(score.options)
        )
        path, ask, hint = f"{self.id}/{name}", score.ask, score.hint
        return Question(
            id=name, path=path, kind="choice", label=ask, hint=hint, why="", subject=name,
            options=options,
        )  # fmt: skip

    def _field(self, page: Page, question: Question, *, shown: bool) -> Field:
        field = super()._field(page, question, shown=shown)
        if question.id in load_scores(self.language):
            field.spec = make_spec(question, lambda _: True, _FEW) | {"passing": True}
        return field

    def asks_now(self, plan: Plan, given: Mapping[str, Any]) -> Collection[str]:  # noqa: ARG002 - the same for any plan
        """What was written; at the end of the tree the scores, the clock and the reply."""
        outcome = self.asker.tree.outcomes.get(self.asker.way.outcome)
        scores = tuple(load_scores(self.language)) if outcome and outcome.scored else ()
        return {*_FIRST, *((*scores, *_CLOCK, *_REPLY) if outcome else ())}

    # -- what is shown -------------------------------------------------------------------------

    def draw(self, page: Page) -> list[Widget]:
        """What was written, the tree, the scores, the outcome, and the reply below it."""
        parts = super().draw(page)
        fields = {path.rpartition("/")[2]: field for path, field in page.fields.items()}
        self._told, self._looked = draw_group(name="told"), draw_group(name="looked")
        scores = [fields[name] for name in (*load_scores(self.language), *_CLOCK)]
        drawn = [
            *parts[:3],
            *(fields[name] for name in _FIRST),
            self.asker.draw(page),
            *scores,
            self._told,
            *(fields[name] for name in _REPLY),
            self._looked,
            parts[-1],
        ]
        self._fill(page)
        return drawn

    def hear(self, page: Page, path: str, raw: object, buffers: Sequence[bytes]) -> None:  # noqa: ARG002 - no files here
        """Take an answer; the reply is looked at by itself, so that nothing else moves."""
        question = next((q for q in self.asked.values() if q.path == path), None)
        if question is None:
            return
        self.raw[question.id] = raw
        if question.id == "reply":
            self._look(page, self._handle(page))
        else:
            self._fill(page)

    def _asked(self, page: Page) -> None:
        """An answer to the tree was given or taken back."""
        now = self.asks_now(page.there.plan, {})
        for question in self.asked.values():
            page.fields[question.path].shown = question.id in now
        self._fill(page)

    def _fill(self, page: Page) -> None:
        """Show what the case comes to so far."""
        handled = self._handle(page)
        if handled.outcome is None:
            picture = write_way(handled.walk, "walk", self.language)
            self._put(self._told, [draw_html(picture)])
        else:
            self._offer_draft(page, handled)
            self._put(self._told, [draw_html(self._write_told(page, handled))])
        self._look(page, handled)

    def _put(self, box: Widget | None, parts: list[Widget]) -> None:
        if box is not None:
            fill_box(box, *parts)

    def _write_told(self, page: Page, handled: Handled) -> Html:
        plan = page.there.plan
        found = list_problems(plan, self._read_case(page), handled, self.language)
        scores = sum(problem.id == "score-missing" for problem in found)
        know = [problem.text for problem in found if problem.id != "score-missing"]
        if scores:
            form = "scores_left_one" if scores == 1 else "scores_left"
            know.insert(0, self.words[form].format(count=scores))
        items = [Html(fill_html("{x}", x=text)) for text in know]
        noted = [write_title(self.words["know"]), list_html(items, "wb-signs")] if know else []
        told = write_outcome(plan, handled, self.words, self.language)
        picture = fold_way(handled.walk, "walk", self.language)
        form = write_form(handled, self.words, self.language)
        return join_html([*noted, told, picture, form])

    # -- the case ------------------------------------------------------------------------------

    def _read_case(self, page: Page) -> Case:
        given = self.read()
        scores = {name: int(given[name]) for name in load_scores(self.language) if given[name]}
        return Case(
            answers=self.asker.answers,
            severity=scores,
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

    def _handle(self, page: Page) -> Handled:
        """What the case comes to, with another form of draft where one was chosen."""
        plan = page.there.plan
        handled = handle(plan, self._read_case(page), self.language)
        form = self.read()["form"]
        if not form or handled.outcome is None:
            return handled
        written, due = handled.written, handled.update_due
        return replace(handled, draft=write_draft(plan, form, written, due, self.language))

    # -- the reply -----------------------------------------------------------------------------

    def _offer_draft(self, page: Page, handled: Handled) -> None:
        """Put the draft into the field, unless somebody has changed what stands there."""
        draft = handled.draft.text if handled.draft else ""
        if self.raw.get("reply") in (None, "", self.drafted):
            self.raw["reply"] = draft
            field = page.fields.get(f"{self.id}/reply")
            if field is not None:
                field.value = draft
        self.drafted = draft

    def _look(self, page: Page, handled: Handled) -> None:
        """Show what the linter and the voice of the plan find in the reply as it stands."""
        if handled.outcome is None:
            self._put(self._looked, [])
            return
        text = str(self.raw.get("reply") or "")
        again = [("begin_again", self._begin_again)] if text != self.drafted != "" else []
        buttons = [
            draw_button(self.words[name], self._call(page, act), name="quiet")
            for name, act in (*again, ("take", self._take))
        ]
        looked = draw_html(self._write_look(page.there.plan, handled, text))
        self._put(self._looked, [looked, *buttons])

    def _call(self, page: Page, act: Any) -> Any:  # noqa: ANN401 - what a button calls
        return lambda _: page.guard(lambda: act(page))

    def _begin_again(self, page: Page) -> None:
        self.raw["reply"] = None
        self._fill(page)

    def _write_look(self, plan: Plan, handled: Handled, text: str) -> Html:
        head = write_title(self.words["look_title"])
        if handled.draft is None and not text.strip():
            return join_html([head, write_paragraphs(self.words["no_draft"])])
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
        unread = "" if is_read(plan, text, self.language) else self.words["english_only"]
        note = write_paragraphs(unread, "wb-hint")
        return join_html([head, said, list_html(items, "wb-signs"), note])

    def _take(self, page: Page) -> None:
        """Give the outcome and the reply as a text file; it is kept nowhere else."""
        text = str(self.raw.get("reply") or "")
        handled = self._handle(page)
        raw = write_text(page.there.plan, handled, text, self.words, self.language).encode()
        name = name_file(page.there.plan, self.words["file"], ".txt")
        give_download(page, name, "text/plain", raw)
