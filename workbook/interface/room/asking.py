"""What a room is asked, as fields of the page: answered alone, sent when it is ready."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.complaint.drill import read_way
from workbook.complaint.tree import load_tree, walk
from workbook.content import Option, Question, explain_problem, find_question, load_words
from workbook.interface.escaping import Html, fill_html, join_html
from workbook.interface.fields import Field, make_spec
from workbook.interface.furniture import draw_button, draw_html
from workbook.interface.room.showing import write_known
from workbook.values import Problem
from workbook.wording import offer_entries
from workbook.workshop.game import count_points, list_cards, points_in_all
from workbook.workshop.prompts import PromptKind, read_blind, title_prompt

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ipywidgets import Widget

    from workbook.interface.page import Page
    from workbook.workshop.prompts import Blind, Prompt

WORDS = "interface/room/asking.toml"
PREFIX = "room.ask/"
"""What the paths of these fields begin with; no answer of a plan is at such a path."""
_LEVEL = "level"
_SEVERAL = 2
_LEVELS = "complaint/severity.toml"


class Asking:
    """One question to the room, as one participant answers it.

    ``send`` gets the answer when the participant presses the button; ``redraw`` is called when
    other fields are asked after what was given.
    """

    def __init__(
        self,
        prompt: Prompt,
        page: Page,
        *,
        send: Callable[[Blind], None],
        redraw: Callable[[], None],
    ) -> None:
        self.prompt = prompt
        self._page, self._send, self._redraw = page, send, redraw
        self.words: Mapping[str, Any] = load_words(WORDS, page.language)
        self._raw: dict[str, object] = {}
        self._points: Any = None
        self._error = ""

    @property
    def is_begun(self) -> bool:
        """Whether anything was given that is not sent yet."""
        return bool(self._raw)

    def hear(self, path: str, raw: object) -> None:
        """Take what was given in one of the fields."""
        name = path.removeprefix(PREFIX)
        before = self._list_questions()
        if raw in (None, "", []):
            self._raw.pop(name, None)
        elif name in {q.id for q in before}:
            self._raw[name] = raw
        if self._points is not None:
            self._points.value = self._write_points()
        if [q.id for q in self._list_questions()] != [q.id for q in before]:
            self._redraw()

    def draw(self) -> list[Widget]:
        """What is asked, its fields, and the button that sends the answer."""
        title = title_prompt(self.prompt, self._page.language)
        asks_itself = self.prompt.kind is PromptKind.QUESTION
        head = "" if asks_itself else fill_html('<h3 class="wb-asked">{x}</h3>', x=title)
        error = fill_html('<p class="wb-error" role="alert">{x}</p>', x=self._error)
        parts = [draw_html(join_html([head, self._write_lead(), error if self._error else ""]))]
        fields: list[Widget] = [self._draw_field(each) for each in self._list_questions()]
        act = draw_button(self.words["send"], self._press, name="main")
        if self.prompt.kind is PromptKind.GAME:
            self._points = draw_html(self._write_points())
            fields.append(self._points)
        return [*parts, *fields, act]

    def _draw_field(self, question: Question) -> Field:
        spec = make_spec(question, lambda _: True) | {"passing": True}
        value = self._raw.get(question.id)
        page = self._page.desk.page
        return Field(page=page, path=question.path, spec=spec, value=value, shown=True)

    def _write_points(self) -> Html:
        """How many points the chosen places cost so far, and whether that is too many."""
        given, most = self._raw.get("answer"), points_in_all()
        places = (
            [each for each in given if isinstance(each, str)] if isinstance(given, list) else []
        )
        taken, words = count_points(places), self.words["game"]
        text = words["over" if taken > most else "taken"].format(
            count=taken, most=most, rest=most - taken, more=taken - most
        )
        look = "wb-points wb-over" if taken > most else "wb-points"
        return Html(fill_html('<p class="{look}" role="status">{x}</p>', look=look, x=text))

    def _write_lead(self) -> Html:
        """What has to be known before it can be answered."""
        return write_known(self.prompt, self._page.language)

    # -- the fields ------------------------------------------------------------------------------

    def _list_questions(self) -> list[Question]:
        made = {
            PromptKind.QUESTION: self._ask_question,
            PromptKind.CASE: self._ask_case,
            PromptKind.GAME: self._ask_game,
            PromptKind.LINE: self._ask_line,
        }
        return made[self.prompt.kind]()

    def _ask_question(self) -> list[Question]:
        language = self._page.language
        plan = self._page.there.plan
        found = offer_entries(find_question(self.prompt.ref, language), plan, language)
        return [found.model_copy(update={"id": "answer", "path": PREFIX + "answer", "why": ""})]

    def _ask_line(self) -> list[Question]:
        return [self._make("answer", "text", self.words["line"])]

    def _ask_game(self) -> list[Question]:
        words = self.words["game"]
        options = tuple(
            Option(
                value=card.place,
                label=words["cards"][min(card.points, _SEVERAL)].format(
                    name=card.name, points=card.points
                ),
            )
            for card in list_cards(self._page.language)
        )
        return [self._make("answer", "several", words, options)]

    def _ask_case(self) -> list[Question]:
        """The questions of the tree as far as they are answered, the next one, then the level."""
        way = walk(self._answers)
        tree, words = load_tree(self._page.language), self.words["case"]
        asked = [*way.path, *([way.missing] if way.missing else [])]
        yes_no = tuple(Option(value=v, label=words[v]) for v in ("yes", "no"))
        nodes = [tree.questions[name] for name in asked]
        found = [
            self._make(n.id, "choice", {"label": n.ask, "hint": n.hint}, yes_no) for n in nodes
        ]
        if way.missing:
            return found
        titles = load_words(_LEVELS, self._page.language)["levels"]
        levels = tuple(Option(value=n[1], label=w["title"]) for n, w in titles.items())
        outcome = words["outcome"].format(outcome=tree.outcomes[way.outcome].title)
        level = {"label": words["level"], "hint": outcome}
        return [*found, self._make(_LEVEL, "choice", level, levels)]

    @property
    def _answers(self) -> dict[str, bool]:
        """The way so far, in the order in which the tree asks."""
        found: dict[str, bool] = {}
        while (following := walk(found).missing) and following in self._raw:
            found[following] = self._raw[following] == "yes"
        return found

    def _make(
        self, name: str, kind: str, words: Mapping[str, Any], options: tuple[Option, ...] = ()
    ) -> Question:
        return Question(
            id=name,
            path=PREFIX + name,
            kind=kind,
            label=words["label"],
            hint=words.get("hint", ""),
            why="",
            subject=words["label"],
            options=options,
        )

    # -- the answer ------------------------------------------------------------------------------

    def _press(self, _: object) -> None:
        self._page.guard(self._try)

    def _try(self) -> None:
        found = read_blind(self.prompt, self._gather(), self._page.language)
        if isinstance(found, Problem):
            asked = self._list_questions()[0]
            self._error = explain_problem(found, asked, self._page.language)
        elif found is None:
            self._error = str(self.words["missing"])
        else:
            self._error = ""
            self._send(found)
            return
        self._redraw()

    def _gather(self) -> object:
        """Everything that was given, as one raw answer."""
        if self.prompt.kind is not PromptKind.CASE:
            return self._raw.get("answer")
        letters = "".join("Y" if answer else "N" for answer in self._answers.values())
        level = str(self._raw.get(_LEVEL, ""))
        return letters + level if read_way(letters) else None
