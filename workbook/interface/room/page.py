"""A page of a plan that may take part in a workshop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.content import BASE_LANGUAGE
from workbook.interface.page import Page
from workbook.interface.reading import is_reading
from workbook.interface.room.asking import PREFIX
from workbook.interface.room.bar import Bar
from workbook.interface.room.hearing import listen
from workbook.interface.room.joining import ACT, JoinScreen

if TYPE_CHECKING:
    from ipywidgets import Widget

    from workbook.interface.message import Message
    from workbook.interface.room.hearing import Said
    from workbook.interface.room.leading import Rooms
    from workbook.interface.visit import Visit
    from workbook.session import Session

_START = "start"


class RoomPage(Page):
    """A page with the bar of the room above its screens, and on the first page the way in."""

    def __init__(
        self, name: str, visit: Visit, rooms: Rooms, language: str = BASE_LANGUAGE
    ) -> None:
        super().__init__(name, visit, language)
        self.bar = Bar(self, rooms)
        self.joining = JoinScreen(self.bar, language)
        if name == _START:
            self.screens = self._own_screens = (*self.screens, self.joining)
        above: tuple[Widget, ...] = self.children[:-1]
        self.children: tuple[Widget, ...] = (*above, self.bar.box, self.body)
        listen(self, self.bar.list_acts() | {"here": self._begin, ACT: self._join})
        self.desk.listen("try", self._hear_field)

    def take_up(
        self, session: Session, *, at: str = "", example: bool = False, file: str = ""
    ) -> None:
        """Show a plan, and the room it takes part in."""
        super().take_up(session, at=at, example=example, file=file)
        session.subscribe(self.bar.meet)
        self.bar.meet()
        if self.screen is self.joining and self.bar.room is not None:
            self.redraw(go=False)  # the way in was drawn before it was known who is in already
        if self.name == _START and self.bar.room is None and not is_reading(self):
            self.bar.tell(ask=True)

    def redraw(
        self, *, focus: str = "", go: bool = True, problems: list[tuple[str, str]] | None = None
    ) -> None:
        """Draw the screen anew; who leads a room is told at once which step it is."""
        super().redraw(focus=focus, go=go, problems=problems)
        self.bar.watching.hurry()

    def _hear_delete(self, message: Message) -> None:
        """Leave the room as well: what was shared goes with the plan."""
        self.bar.leave()
        super()._hear_delete(message)

    def _begin(self, said: Said) -> None:
        self.bar.begin(said)
        if self.joining.put(said.line("code"), said.line("here")) and self.screen is self.joining:
            self.redraw(go=False)

    def _join(self, said: Said) -> None:
        if not is_reading(self):
            self.joining.join(self, said)

    def _hear_field(self, heard: Message) -> None:
        """A field of the question to the room says what was given in it."""
        if heard.path.startswith(PREFIX):
            self.guard(lambda: self.bar.hear_field(heard.path, heard.raw))
