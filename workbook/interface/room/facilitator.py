"""The page of whoever leads a workshop: it opens a room and shows it, and has no plan of its own.

The facilitator's key comes from the browser in one message and goes back to it in one; it stands
in no widget, and is forgotten with the page.
"""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from workbook.content import BASE_LANGUAGE, explain_error
from workbook.errors import LinkIncomplete, LinkUnknown, LinkWithdrawn, RoomChanged, RoomUnknown
from workbook.interface.page import Page
from workbook.interface.reading import is_reading
from workbook.interface.room.hearing import listen
from workbook.interface.room.lead import LeadScreen
from workbook.interface.room.leading import Leading, is_plain_http
from workbook.interface.room.looking import PlanScreen, find_row, open_plan
from workbook.interface.room.opening import OpeningScreen
from workbook.interface.room.showing import count_milliseconds, read_words
from workbook.interface.room.taking import take_along
from workbook.interface.room.watching import Watching
from workbook.session import Session
from workbook.storage.memory import MemoryStore
from workbook.storage.plan_file import PlanFile
from workbook.workshop.board import default_idle
from workbook.workshop.desk import open_room
from workbook.workshop.state import Charter

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook.errors import WorkbookError
    from workbook.interface.message import Message
    from workbook.interface.room.hearing import Said
    from workbook.interface.room.leading import Rooms
    from workbook.interface.visit import Visit

NAME = "facilitator"
_KEY = re.compile(r"(?:^|room=)([A-Za-z0-9_-]{22})\s*$")
_TOLD = {
    "lead.park": "parked",
    "lead.decide": "decided",
    "lead.drop": "dropped",
    "lead.close": "closed",
    "lead.reopen": "reopened",
}
"""What is said after an act, by its name."""
_EMPTY = {"lead.park": ("parking", "empty"), "lead.decide": ("decisions", "missing")}
"""What is said when nothing was written in a form."""


class FacilitatorPage(Page):
    """A page with a form to open a room, then with the room."""

    def __init__(self, visit: Visit, rooms: Rooms, language: str = BASE_LANGUAGE) -> None:
        super().__init__("start", visit, language)
        self.name = self.desk.notebook = NAME
        self.rooms = rooms
        self.here = ""
        self.opening = OpeningScreen(language)
        self.opening.is_own = rooms.is_own
        self.leading: Leading | None = None
        self.screens = self._own_screens = (self.opening,)
        self.screen = self.opening
        self.session = Session(MemoryStore(PlanFile()), clock=rooms.clock, language=language)
        self.watching = Watching(self._look, lambda: self._do(self._show_news))
        self._failed = False
        self._own_session = self.session
        self._words = read_words("lead", language)
        listen(self, self._list_acts())

    def _list_acts(self) -> dict[str, Callable[[Said], None]]:
        led: dict[str, Callable[[Leading, Said], None]] = {
            "lead.item": lambda room, said: room.open_part(said.line("value")),
            "lead.held": lambda room, said: room.let_go(opens=said.line("value") == "open"),
            "lead.park": _park,
            "lead.line": lambda room, said: room.leave_out(said.line("value")),
            "lead.decide": _decide,
            "lead.agree": self._agree,
            "lead.drop": lambda room, said: room.drop(said.line("value")),
            "lead.plan": self._read_plan,
            "lead.steps": lambda room, _: room.turn_steps(),
            "lead.out": lambda room, said: room.put_out(said.line("value")),
            "lead.renew": self._renew,
            "lead.close": lambda room, _: room.close(),
            "lead.reopen": lambda room, _: room.reopen(),
            "lead.take": self._take,
        }
        return {name: partial(self._lead, act, name) for name, act in led.items()} | {
            "here": self._begin,
            "lead.open": self._open,
            "lead.enter": self._enter_typed,
            "stay": lambda _: self.watching.stay(),
            "rest": lambda _: self.watching.rest(),
            "shut": lambda _: self._shut(),
        }

    def _hear_open(self, message: Message) -> None:  # noqa: ARG002 - there is no plan to open
        """The page is there: ask the browser which room it leads."""
        self._tell_room(ask=True, inside=False, texts=self._words["texts"])

    def tell_failed(self, error: WorkbookError) -> None:
        """Say what went wrong and what to do; the room itself is kept where it is."""
        self._failed = True
        if isinstance(error, LinkUnknown):
            self._end_reading()
            words = read_words("look", self.language)
            self.desk.tell("failed", what=words["ended"], next=words["ended_next"], retry=False)
            return
        if isinstance(error, RoomChanged) and self.leading is not None:
            self._run(self.leading.fetch)  # what is on now is seen at once
        what, following = explain_error(error, self.language)
        self.desk.tell("failed", what=what, next=following, retry=False)

    def _tell_room(self, **values: Any) -> None:
        self.desk.tell("room", now=count_milliseconds(self.rooms.clock()), **values)

    # -- into a room -----------------------------------------------------------------------------

    def _begin(self, said: Said) -> None:
        self.here = said.line("here")
        self.opening.plain_http = is_plain_http(self.here)
        key = said.line("key")
        if key:
            self._enter(key)
        else:
            self.show(self.opening.id, go=False)
            self._tell_room(inside=False)

    def _open(self, said: Said) -> None:
        now = self.rooms.clock()
        wish = self.opening.read(said, now)
        if wish is None:
            self.show(self.opening.id)
            self._tell_room(inside=False)
            return
        charter = Charter(
            name=wish.name,
            kind=wish.kind,
            agenda=wish.agenda,
            starts_at=wish.starts_at,
            shows_names=wish.shows_names,
            idle_minutes=default_idle(),
        )
        rooms = self.rooms
        self._enter(open_room(rooms.address, charter, now=now, quota=rooms.quota))

    def _enter_typed(self, said: Said) -> None:
        found = _KEY.search(said.line("key"))
        if found is not None:
            self._enter(found[1])
            return
        self.opening.refuse(self._words["open"]["form"]["known_missing"])
        self.show(self.opening.id)
        self._tell_room(inside=False)

    def _enter(self, key: str) -> None:
        try:
            self.leading = Leading(self.rooms, key, self.here, self.language)
        except (RoomUnknown, LinkIncomplete) as error:
            self.opening.refuse(" ".join(explain_error(error, self.language)))
            self.show(self.opening.id)
            self._tell_room(inside=False, lost=True)
            return
        self._show_room(self.leading)
        self.watching.note(self.leading.look())
        self.watching.stay()
        self._tell_room(inside=True, key=key, name=self.leading.room.charter.name)

    def _show_room(self, leading: Leading) -> None:
        lead = LeadScreen(leading, self.language)
        self.screens = (lead,)
        self.show(lead.id)

    def _shut(self) -> None:
        self.watching.rest()
        self.leading, self.session = None, self._own_session
        self.opening = OpeningScreen(self.language)
        self.opening.is_own = self.rooms.is_own
        self.screens = (self.opening,)
        self.show(self.opening.id)
        self._tell_room(inside=False)

    # -- in the room -----------------------------------------------------------------------------

    def _lead(self, act: Callable[[Leading, Said], None], name: str, said: Said) -> None:
        """Do it with the room; what is seen to change is said to whoever listens, too."""
        if self.leading is None:
            return
        before = self.leading.state
        act(self.leading, said)
        told, empty = _TOLD.get(name, ""), _EMPTY.get(name)
        if told and self.leading.state != before:
            self.announce(self._words["said"][told])
        elif empty and not said.line("what"):
            self._tell_wrong(self._words[empty[0]][empty[1]])

    def guard(self, act: Callable[[], None]) -> None:
        """Do something with the room; the screen follows, and what went wrong before is past."""
        failed, self._failed = self._failed, False
        self._do(act)
        if failed and not self._failed:
            self._tell_room(done=True)

    def _do(self, act: Callable[[], None]) -> None:
        super().guard(act)
        if self.leading is not None and self.body.children:
            self._run(lambda: self.screen.refresh(self))

    def _read_plan(self, room: Leading, said: Said) -> None:
        """Read the plan of somebody who shows it, until they show it no more."""
        room.fetch()
        row = find_row(room, said.line("value"))
        if row is None:
            raise LinkWithdrawn
        self.session = open_plan(self.rooms, row, self.language)
        plan = PlanScreen(row, self.language, lambda: self.guard(self._end_reading))
        self.screens = (plan,)
        self.show(plan.id)

    def _end_reading(self) -> None:
        """Put somebody's plan away, whatever the page showed of it."""
        reads, self.session = is_reading(self), self._own_session
        if reads and self.leading is not None:
            self._run(self.leading.fetch)
            self._show_room(self.leading)
            self._tell_room(inside=True)

    def _hear_show(self, message: Message) -> None:
        """The browser went back: from somebody's plan to the room."""
        if message.at != self.screen.id:
            self._end_reading()
        super()._hear_show(message)

    def _take(self, room: Leading, said: Said) -> None:
        if isinstance(self.screen, LeadScreen):
            take_along(self, room, said.line("value"), self.screen.making)

    def _renew(self, room: Leading, _: Said) -> None:
        room.renew()
        self.announce(self._words["said"]["renewed"])

    def _agree(self, room: Leading, said: Said) -> None:
        if not room.agree(said.chosen("value")):
            self._tell_wrong(self._words["decisions"]["agree_wrong"])

    def _tell_wrong(self, what: str) -> None:
        """Say what is to be mended in a form, until something else is done."""
        self._failed = True
        self.desk.tell("failed", what=what, next="", retry=False)

    def _look(self) -> object:
        return self.leading.look() if self.leading is not None else None

    def _show_news(self) -> None:
        if self.leading is not None:
            self.leading.fetch()


def _park(room: Leading, said: Said) -> None:
    room.park(said.line("what"), said.line("missing", 200), said.line("who", 100))


def _decide(room: Leading, said: Said) -> None:
    room.decide(said.line("what"), said.line("who", 100), _read_day(said.line("due")))


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
