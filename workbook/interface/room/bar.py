"""The quiet bar of a participant, above every screen of the plan: what is on in the room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ipywidgets import VBox

from workbook.content import load_steps
from workbook.errors import RoomError, SeatGone, StoreError
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.furniture import draw_button, draw_html, draw_row, fill_box
from workbook.interface.room.asking import PREFIX, Asking
from workbook.interface.room.showing import (
    count_milliseconds,
    read_words,
    write_clock,
    write_counts,
)
from workbook.interface.room.telling import (
    write_agreed,
    write_news,
    write_options,
    write_over,
)
from workbook.interface.room.watching import Watching
from workbook.workshop.agenda import load_parts
from workbook.workshop.prompts import title_prompt

if TYPE_CHECKING:
    from collections.abc import Callable

    from ipywidgets import Widget

    from workbook.interface.page import Page
    from workbook.interface.room.attending import Attending
    from workbook.interface.room.hearing import Said
    from workbook.interface.room.leading import Rooms
    from workbook.workshop.prompts import Blind
    from workbook.workshop.sharing import Wishes
    from workbook.workshop.state import Question


class Bar:
    """What a page shows of the room its plan takes part in; empty where it takes part in none."""

    def __init__(self, page: Page, rooms: Rooms) -> None:
        self.page, self.rooms = page, rooms
        self.language = page.language
        self.words = read_words("bar", page.language)
        self.box = VBox(_dom_classes=("wb-bar-box",))
        self.room: Attending | None = None
        self.watching = Watching(self._look, lambda: page.guard(self._show_news))
        self._asking: Asking | None = None
        self._asked = ""
        self._announced = ("", "")
        self._opened = self._follows = self._is_choosing = False
        self._unfolded = True
        self._note = ""
        self._stayed = 0
        self._head: Any = None
        self._parts: tuple[object, ...] = ()

    def list_acts(self) -> dict[str, Callable[[Said], None]]:
        """What the browser may say about the room."""
        return {
            "stay": lambda _: self._stay(),
            "rest": lambda _: self.watching.rest(),
            "bar.go": lambda _: self._go(),
            "bar.stay": lambda _: self._refuse(),
            "bar.follow": lambda said: self._follow(on=said.line("value") == "yes"),
            "bar.sight": lambda said: self._wish("shows_answers", on=said.line("value") == "yes"),
            "bar.keep": lambda said: self._wish("keeps_plan", on=said.line("value") == "yes"),
            "bar.leave": lambda _: self.leave(),
        }

    # -- with the plan ---------------------------------------------------------------------------

    def meet(self) -> None:
        """Take the seat that is kept in the plan, if it was not taken yet; or get up."""
        session = self.page.session
        own = session.plan.seat if session is not None and not session.store.reads_only else None
        if own is None:
            self._get_up()
            return
        if self.room is not None and self.room.own.key == own.key:
            self.watching.hurry()  # an answer in the plan is told without waiting
            if self.room.own != own:
                self.room.renew()
                self.draw()
            return
        from workbook.interface.room.attending import Attending  # noqa: PLC0415 - loads SQLAlchemy

        try:
            self.room = Attending(self.rooms, own, self.page)
        except SeatGone:
            self._forget()
            return
        except (RoomError, StoreError):
            return  # taken again when something is answered; the plan works without its room
        self.watching.note(self.room.look())
        self.watching.stay()
        self.tell(ask=True, inside=True)
        self.draw()

    def _get_up(self) -> None:
        if self.room is not None:
            self.tell(inside=False)
        self.room, self._asking = None, None
        self.watching.rest()
        self._parts = ()
        fill_box(self.box)

    def tell(self, **values: Any) -> None:
        """Tell the browser about the room, and what time it is here."""
        self.page.desk.tell("room", now=count_milliseconds(self.rooms.clock()), **values)

    def begin(self, said: Said) -> None:
        """Take what this tab remembers: whether it follows, and which call was refused."""
        self._follows = said.line("follows") == "yes"
        self._stayed = said.number("stayed") or 0
        self.draw()

    def _stay(self) -> None:
        self.meet()
        if self.room is not None:
            self.watching.stay()

    def _look(self) -> object:
        return self.room.look() if self.room is not None else None

    def _show_news(self) -> None:
        """The room is another one than a moment ago."""
        if self.room is None:
            return
        try:
            before = self.room.state.pushed
            self.room.fetch()
            self.room.keep_to_state()
        except SeatGone:
            self._forget()
            return
        pushed = self.room.state.pushed
        if self._follows and pushed is not None and pushed != before:
            self._go()
        self.draw()

    # -- what is shown ---------------------------------------------------------------------------

    def draw(self) -> None:
        """Show what is on; fields that somebody is answering in stay as they are."""
        if self.room is None:
            return
        state = self.room.state
        question = state.question
        name = question.name if question else ""
        self._note_lost(question)
        if name != self._asked:
            self._asked, self._asking, self._opened = name, None, False
            self._unfolded = True
            if question is not None and question.takes_answers:
                self._asking = Asking(
                    question.prompt, self.page, send=self._send, redraw=self._redraw
                )
        self._announce_news()
        shown = (
            question,
            name in self.room.answered,
            self._opened,
            self._unfolded,
            self._is_called,
            self._follows,
            self.room.own,
            state.agreed,
            state.is_closed,
        )
        if shown != self._parts or self._head is None:
            self._parts = shown
            self._redraw()
        else:
            self._head.value = self._write_head()

    @property
    def _news(self) -> str:
        """Which word says what waits for this participant: a question, or a call to a page."""
        room = self.room
        if room is None or room.state.is_closed:
            return ""
        question = room.state.question
        asks = question is not None and question.takes_answers and not self._opened
        if question is not None and asks and question.name not in room.answered:
            return "news_asked"
        return "news_called" if self._is_called else ""

    def _announce_news(self) -> None:
        """Say it once to whoever listens when something new waits."""
        news = (self._news, self._asked)
        if news != self._announced:
            self._announced = news
            if news[0]:
                self.page.announce(self.words[news[0]])

    def _note_lost(self, question: Question | None) -> None:
        """Say it when what somebody was answering is shown or put away before they sent it."""
        goes_on = question and question.name == self._asked and question.takes_answers
        if self._opened and self._asking and self._asking.is_begun and not goes_on:
            self._note, self._opened = self.words["put_away"], False
            self.page.announce(self._note)

    def _redraw(self) -> None:
        if self.room is None:
            return
        self._head = draw_html(self._write_head())
        parts = [self._head, *self._draw_call(), *self._draw_question()]
        room, words = self.room, self.words
        options = write_options(room, words, follows=self._follows, is_open=self._is_choosing)
        told = [write_agreed(room, words, self.language), options, write_news(self._news, words)]
        end = [draw_html(each) for each in told]
        box = VBox(children=(*parts, *end), _dom_classes=("wb-bar",))
        fill_box(self.box, box)

    def _write_head(self) -> Html:
        room = self.room
        if room is None:
            return Html("")
        title = fill_html("<h2>{x}</h2>", x=self.words["name"].format(name=room.own.room))
        state = room.state
        if state.is_closed:
            text: str = write_over(self.words, self.page.desk.notebook)
        elif not state.item:
            text = fill_html("<p>{x}</p>", x=self.words["before"])
        else:
            part = load_parts(self.language)[state.item].title
            clock = write_clock(state.timer, self.rooms.clock(), self.language)
            text = fill_html(
                "<p>{x} {clock}</p>", x=self.words["part"].format(title=part), clock=clock
            )
        note = write_paragraphs(self._note)
        return Html(
            fill_html('<div class="wb-bar-head">{x}</div>{y}', x=join_html([title, text]), y=note)
        )

    @property
    def _is_called(self) -> bool:
        """Whether everybody was asked to another page, and this participant did not refuse."""
        pushed = self.room.state.pushed if self.room is not None else None
        if pushed is None or pushed.page == self.page.desk.notebook:
            return False
        if self.room is not None and self.room.state.is_closed:
            return False
        return count_milliseconds(pushed.at) != self._stayed

    def _draw_call(self) -> list[Widget]:
        pushed = self.room.state.pushed if self.room is not None else None
        if pushed is None or not self._is_called:
            return []
        titles = {step.page: step.task for step in load_steps(self.language)}
        go = self.words["go"].format(page=titles.get(pushed.page, pushed.page))
        return [
            draw_row(
                draw_button(go, lambda _: self.page.guard(self._go), name="main"),
                draw_button(
                    self.words["stay"], lambda _: self.page.guard(self._refuse), name="quiet"
                ),
            )
        ]

    def _draw_question(self) -> list[Widget]:
        question = self.room.state.question if self.room is not None else None
        if question is None or self.room is None or self.room.state.is_closed:
            return []
        if question.revealed:
            return self._draw_spread(question)
        if self._asking is None:
            return []
        if self._opened:
            fold = draw_button(self.words["fold"], lambda _: self._open(on=False), name="quiet")
            return [*self._asking.draw(), fold]
        done = question.name in self.room.answered
        asked = self.words["asked"].format(question=title_prompt(question.prompt, self.language))
        text = join_html(
            [write_paragraphs(asked), write_paragraphs(self.words["sent"] if done else "")]
        )
        label = self.words["again" if done else "answer"]
        act = draw_button(label, lambda _: self._open(on=True), name="quiet" if done else "main")
        return [draw_html(text), act]

    def _draw_spread(self, question: Question) -> list[Widget]:
        title = title_prompt(question.prompt, self.language)
        label = self.words["spread_hide" if self._unfolded else "spread_show"]
        fold = draw_button(label, lambda _: self._unfold(), name="quiet")
        if not self._unfolded or self.room is None:
            asked = self.words["asked"].format(question=title)
            return [draw_html(write_paragraphs(asked)), fold]
        return [draw_html(write_counts(question, self.language)), fold]

    # -- what the participant does ---------------------------------------------------------------

    def hear_field(self, path: str, raw: object) -> None:
        """Take what was given in a field of the question to the room."""
        if self._asking is not None and path.startswith(PREFIX):
            self._asking.hear(path, raw)

    def _open(self, *, on: bool) -> None:
        self._opened, self._note = on, ""
        self.page.guard(self.draw)

    def _unfold(self) -> None:
        self._unfolded = not self._unfolded
        self.page.guard(self.draw)

    def _send(self, value: Blind) -> None:
        if self.room is not None:
            self.room.answer(value)
            self._opened = False
            self.page.announce(self.words["sent"])
            self.draw()

    def _go(self) -> None:
        pushed = self.room.state.pushed if self.room is not None else None
        if pushed is not None and pushed.page != self.page.desk.notebook:
            self._refuse()  # whoever goes is not called there again
            at = f"#at={pushed.path}" if pushed.path else ""
            self.page.desk.tell("go", href=f"{pushed.page}.ipynb{at}")

    def _refuse(self) -> None:
        pushed = self.room.state.pushed if self.room is not None else None
        if pushed is not None:
            self._stayed = count_milliseconds(pushed.at)
            self.tell(stayed=self._stayed)
            self.draw()

    def _follow(self, *, on: bool) -> None:
        self._follows, self._is_choosing = on, True
        self.tell(follows="yes" if on else "no")
        self.draw()

    # -- the seat --------------------------------------------------------------------------------

    def sit_down(self, code: str, wishes: Wishes) -> None:
        """Take a seat in the room of a code; raises CodeUnknown, CodesGuessed, SightUnavailable."""
        from workbook.workshop.sharing import take_seat  # noqa: PLC0415 - loads SQLAlchemy

        address, now = self.rooms.address, self.rooms.clock()
        take_seat(self.page.there, address, code, wishes, now=now)
        self.meet()

    def leave(self) -> None:
        """Leave the room, if there is one: what was shared with it is deleted."""
        from workbook.workshop.sharing import leave_room  # noqa: PLC0415 - loads SQLAlchemy

        if self.room is None:
            return
        leave_room(self.page.there, self.rooms.address)
        self.page.announce(self.words["left"])

    def _forget(self) -> None:
        """The seat is no more: the room was put away, or somebody was put out of it."""
        from workbook.workshop.sharing import drop_seat  # noqa: PLC0415 - loads SQLAlchemy

        drop_seat(self.page.there)
        self._get_up()
        self.page.announce(self.words["gone"])

    def _wish(self, name: str, *, on: bool) -> None:
        """Change one wish: whether answers are seen, or whether this plan takes what is agreed."""
        from workbook.workshop.sharing import Wishes, change_wishes  # noqa: PLC0415 - SQLAlchemy

        if self.room is None:
            return
        names = ("name", "shows_answers", "returns", "keeps_plan")
        kept = {each: getattr(self.room.own, each) for each in names}
        self._is_choosing = True
        change_wishes(self.page.there, Wishes(**kept | {name: on}))
        self.room.keep_to_state()
        self.room.tell()
        self.draw()
