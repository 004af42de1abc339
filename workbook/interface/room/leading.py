"""A room as the facilitator's page knows it: what was read last, and what is done with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from workbook.content import find_question, load_step
from workbook.interface.room.ledger import find_place
from workbook.interface.room.stage import write_link
from workbook.values import Problem, clean_text
from workbook.wording import write_day
from workbook.workshop import events as ev
from workbook.workshop.agenda import load_parts
from workbook.workshop.board import make_board
from workbook.workshop.codes import write_code
from workbook.workshop.desk import Desk, new_name
from workbook.workshop.prompts import Prompt, PromptKind, can_ask, read_blind
from workbook.workshop.returning import look_again, return_day
from workbook.workshop.state import RoomKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from workbook.storage.creations import Quota
    from workbook.workshop.board import Board, Heard
    from workbook.workshop.desk import Code
    from workbook.workshop.returning import Return
    from workbook.workshop.rows import Kept
    from workbook.workshop.state import Room, RoomState

MORE_MINUTES: Final = 5
_LOCAL: Final = ("localhost", "127.0.0.1", "::1")
_MOST_WORDS: Final = 500


@dataclass(frozen=True, slots=True)
class Rooms:
    """Where rooms are kept, the clock, and how many may be opened from where a page is."""

    address: str
    """An SQLAlchemy URL of SQLite or PostgreSQL."""
    clock: Callable[[], datetime]
    quota: Quota | None = None
    is_own: bool = False
    """Whether they lie in one account on one computer, where nobody named a database for all."""


@dataclass(frozen=True, slots=True)
class Answered:
    """Who has answered, never what: the names of those who give theirs, and how many they are."""

    names: tuple[str, ...]
    count: int
    all: int


class Leading:
    """One room on one facilitator's page.

    ``here`` is the address of the start page as the browser sees it. Raises what ``Desk`` raises.
    """

    def __init__(self, rooms: Rooms, key: str, here: str, language: str) -> None:
        self.desk = Desk(rooms.address, key, today=rooms.clock().date())
        self.here, self.language = here, language
        self._clock = rooms.clock
        self._before_closing: Board | None = None
        self.shows_steps = False
        self.left_out: frozenset[str] = frozenset()
        self.held = ""
        self.fetch()

    def fetch(self) -> None:
        """Read the room, what is told in it, and its code."""
        self._take(self.desk.load())
        self._code: Code | None = self.desk.read_code(now=self.now)
        self._heard: tuple[Heard, ...] = self.desk.hear()
        question = self.state.question
        self._answered = self.desk.answered(question.name) if question else frozenset()
        asks_lines = question is not None and question.prompt.kind is PromptKind.LINE
        waits = asks_lines and question is not None and question.takes_answers
        self.lines = self.desk.read_lines(question.name) if waits and question else ()
        self.left_out &= frozenset(self.lines)
        if question is None or not question.takes_answers:
            self.held = ""

    def _take(self, kept: Kept) -> None:
        self.room: Room = kept.room
        self.state: RoomState = kept.room.state
        self._revision = kept.revision

    def look(self) -> object:
        """What is another thing whenever there is something to show: time passes by the minute."""
        return self.desk.pulse(), self.now.minute

    # -- what there is ---------------------------------------------------------------------------

    @property
    def now(self) -> datetime:
        """The present moment."""
        return self._clock()

    @property
    def code(self) -> str:
        """The code to join as it is shown; empty when its time is over."""
        return write_code(self._code.letters) if self._code else ""

    @property
    def join_link(self) -> str:
        """The link that leads to the form for joining; empty without a code."""
        return write_link(self.here, self._code.letters) if self._code else ""

    @property
    def code_ends(self) -> datetime | None:
        """When the code ends; None without one."""
        return self._code.ends_at if self._code else None

    @property
    def is_plain_http(self) -> bool:
        """Whether others reach the room over a line that can be read."""
        return is_plain_http(self.here) or self.is_local

    @property
    def is_local(self) -> bool:
        """Whether the page was opened at an address that only this machine knows."""
        return urlsplit(self.here).hostname in _LOCAL

    @property
    def board(self) -> Board:
        """Who is where."""
        return make_board(self.room.charter, self._heard, now=self.now, language=self.language)

    @property
    def last_board(self) -> Board | None:
        """Where everybody stands; once the room is closed, where they stood, if that is known."""
        return self._before_closing if self.state.is_closed else self.board

    @property
    def shown_board(self) -> Board | None:
        """The board as it is shown: that of the end in a room that is closed for good."""
        return self.board if self.state.is_reopened else self.last_board

    @property
    def shows_end(self) -> bool:
        """Whether the board that is shown is that of the moment at which the room was closed."""
        kept = self.state.is_closed and not self.state.is_reopened
        return kept and self._before_closing is not None

    @property
    def answered(self) -> Answered:
        """Who has answered what is asked now."""
        told = {each.seat: each.told for each in self._heard}
        given = [told.get(seat) for seat in self._answered]
        shown = self.room.charter.shows_names
        names = sorted({one.name for one in given if shown and one is not None and one.name})
        return Answered(tuple(names), len(self._answered), len(self._heard))

    @property
    def following(self) -> str | None:
        """The part that comes next; None after the last."""
        slot = self.room.charter.agenda.following(self.state.item)
        return slot.part if slot else None

    def list_prompts(self) -> tuple[Prompt, ...]:
        """What can be asked in the part that is on, what was not asked yet first."""
        if not self.state.item or self.state.is_closed:
            return ()
        inside = self.room.charter.kind is RoomKind.BUSINESS
        offered = load_parts()[self.state.item].prompts
        asked = [question.prompt for question in self.state.questions]
        kept = [prompt for prompt in offered if inside or not prompt.is_inside_only]
        return tuple(sorted(kept, key=lambda prompt: prompt in asked))

    def list_more(self) -> tuple[Prompt, ...]:
        """The further questions of the part's pages whose answers can be laid side by side."""
        if not self.state.item or self.state.is_closed:
            return ()
        inside = self.room.charter.kind is RoomKind.BUSINESS
        part, own = load_parts()[self.state.item], self.list_prompts()
        paths = [q.path for step in part.steps for q in load_step(step).questions.values()]
        made = [Prompt(kind=PromptKind.QUESTION, ref=path) for path in paths]
        found = [each for each in made if can_ask(each) and each not in own]
        return tuple(each for each in found if inside or not each.is_inside_only)

    # -- what is done ----------------------------------------------------------------------------

    def begin_or_next(self) -> None:
        """Open the part that comes next, and let its time run."""
        if self.following:
            self.open_part(self.following)

    def open_part(self, part: str) -> None:
        """Open a part, and let its time run; the one that is on stays as it is.

        Where answers wait to be shown the part is only ``held``: opening it would delete them.
        """
        slot = self.room.charter.agenda.find(part)
        if slot is None or part == self.state.item:
            return
        self.fetch()
        question = self.state.question
        if question is not None and question.takes_answers and self._answered:
            self.held = part
        else:
            self._open(part)

    def let_go(self, *, opens: bool) -> None:
        """Open the part that is held, and put the answers away; or stay with the question."""
        part, self.held = self.held, ""
        if part and opens:
            self._open(part)

    def _open(self, part: str) -> None:
        slot, now = self.room.charter.agenda.find(part), self.now
        if slot is not None:
            opened = ev.ItemOpened(at=now, item=part, minutes=slot.minutes)
            self._add(opened, ev.TimerStarted(at=now))

    def turn_clock(self) -> None:
        """Pause the clock that runs, or let it run."""
        runs = self.state.timer.runs
        self._add(ev.TimerPaused(at=self.now) if runs else ev.TimerStarted(at=self.now))

    def give_time(self) -> None:
        """Give the part five minutes more."""
        minutes = self.state.timer.minutes + MORE_MINUTES
        self._add(ev.TimeGiven(at=self.now, minutes=minutes))

    def ask(self, prompt: Prompt) -> None:
        """Ask everybody; what was asked before and not shown is put away."""
        self._take(self.desk.ask(prompt, now=self.now))
        self.fetch()

    def reveal(self) -> None:
        """Show how far the answers lie apart; raises TooFewAnswers."""
        question = self.state.question
        if question is not None:
            self._take(self.desk.reveal(question.name, now=self.now, without=self.left_out))
            self.fetch()

    def leave_out(self, line: str) -> None:
        """Leave a line out of what will be shown, or take it in again."""
        if line in self.lines:
            self.left_out ^= {line}

    def end_question(self) -> None:
        """Put away what is asked or shown."""
        if self.state.question is not None:
            self._add(ev.QuestionEnded(at=self.now, question=self.state.question.name))

    def push(self) -> None:
        """Send everybody to the page of the part that is on; they may refuse."""
        part = load_parts().get(self.state.item)
        if part is not None and part.page:
            self._add(ev.Pushed(at=self.now, page=part.page))

    def park(self, what: str, missing: str, who: str = "") -> None:
        """Park a line, with what is missing to settle it and who takes it up."""
        if what:
            entry, what = new_name(), _clip(what)
            self._add(ev.Parked(at=self.now, entry=entry, what=what, missing=missing, who=who))

    def decide(self, what: str, who: str, due: date | None) -> None:
        """Note what is decided, who does it and by when."""
        if what:
            entry = new_name()
            self._add(ev.Decided(at=self.now, entry=entry, what=_clip(what), who=who, due=due))

    def agree(self, given: tuple[str, ...]) -> bool:
        """Put one answer of all in the place of what each said; whether it is an answer."""
        question = self.state.question
        path = find_place(question.prompt) if question else ""
        if not path:
            return False
        several = find_question(path).kind == "several"
        asked = Prompt(kind=PromptKind.QUESTION, ref=path)
        value = read_blind(asked, list(given) if several else next(iter(given), ""))
        if value is None or isinstance(value, Problem):
            return False
        self._add(ev.Agreed(at=self.now, entry=new_name(), path=path, value=value))
        return True

    def drop(self, entry: str) -> None:
        """Take something off its list."""
        parked = {each.entry for each in self.state.parked}
        if entry in parked | {each.entry for each in self.state.decisions}:
            self._add(ev.EntryDropped(at=self.now, entry=entry))

    def name_undo(self) -> str:
        """Which label says what taking back the last step does; empty where it cannot be."""
        last = self.room.last
        if last is None:
            return ""
        return "undo_agreed" if isinstance(last, ev.Agreed) else "undo"

    def undo(self) -> None:
        """Take back what happened last; raises RoomChanged when it was another page's."""
        self._take(self.desk.undo(expected=self._revision))
        self.fetch()

    def turn_steps(self) -> None:
        """Show on this page where everybody stands in each step, or no more."""
        self.shows_steps = not self.shows_steps

    def put_out(self, seat: str) -> None:
        """Put somebody out of the room, with everything they told."""
        if any(row.seat == seat for row in self.board.rows):
            self.desk.remove(seat)
            self.fetch()

    def renew(self) -> None:
        """A new code in the place of the one there was."""
        self._code = self.desk.renew_code(now=self.now)

    def close(self) -> None:
        """End the workshop; the board as it was stays on this page, for the notes."""
        self._before_closing = self.board
        self._take(self.desk.close(now=self.now))
        self.fetch()

    def reopen(self) -> None:
        """Look again at those who agreed to it."""
        self._take(self.desk.reopen(now=self.now))
        self.fetch()

    def _add(self, *happened: ev.Event) -> None:
        self._take(self.desk.add(*happened))
        self.fetch()

    # -- the look back ---------------------------------------------------------------------------

    @property
    def closed_on(self) -> str:
        """The day on which the room was closed, in words."""
        closed = self.state.closed_at
        return write_day(closed.date(), self.language) if closed else ""

    @property
    def due_on(self) -> str:
        """The day from which the look back is due, in words."""
        return write_day(return_day(self.room.charter), self.language)

    @property
    def back(self) -> Return | None:
        """Who came back and what moved, once the room was opened again."""
        if not self.state.is_reopened:
            return None
        return look_again(self.room.charter, self._heard, language=self.language)


def is_plain_http(here: str) -> bool:
    """Whether a page is reached over a line that others in the network can read."""
    parts = urlsplit(here)
    return parts.scheme == "http" and parts.hostname not in _LOCAL


def _clip(text: str) -> str:
    return clean_text(text)[:_MOST_WORDS]
