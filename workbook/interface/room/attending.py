"""A room as a participant's page knows it: what is on, what is told, what is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.workshop.board import is_due
from workbook.workshop.seat import Seat
from workbook.workshop.sharing import find_plan_key, keep_to, take_agreed, tell_room

if TYPE_CHECKING:
    from workbook.interface.page import Page
    from workbook.interface.room.leading import Rooms
    from workbook.plan import OwnSeat, Plan
    from workbook.workshop.board import Told
    from workbook.workshop.prompts import Blind
    from workbook.workshop.state import Room, RoomState


class Attending:
    """One seat on one page of its plan; raises what ``Seat`` raises."""

    def __init__(self, rooms: Rooms, own: OwnSeat, page: Page) -> None:
        self.own, self.page = own, page
        self.rooms = rooms
        self.seat = Seat(rooms.address, own.key)
        self._told: Told | None = None
        self._plan_key = find_plan_key(page.there)
        self._seen: tuple[Plan, str] | None = None
        self.fetch()

    def fetch(self) -> None:
        """Read the room, and which of its questions this seat has answered."""
        kept = self.seat.load()
        self.room: Room = kept.room
        self.state: RoomState = kept.room.state
        self.answered = self.seat.answered()

    def look(self) -> object:
        """The room's revision, None once the seat is no more; tells what is new in the plan."""
        revision = self.seat.revision()
        if revision is not None:
            self.tell()
        return revision

    def tell(self) -> None:
        """Tell the facilitator how far the plan is, if there is anything new to tell."""
        session, step = self.page.session, self._find_step()
        if session is None or session.plan.seat is None:
            return
        seen = (session.plan, step)
        known = self._seen is not None and self._seen[0] is seen[0] and self._seen[1] == step
        if not known or (self._told is not None and is_due(self._told, session.now)):
            self._told = tell_room(
                session, self.rooms.address, step=step, plan_key=self._plan_key, before=self._told
            )
            self._seen = seen

    def keep_to_state(self) -> None:
        """Give sight only while the room is open, and take over what was agreed on."""
        keep_to(self.page.there, self.state)
        take_agreed(self.page.there, self.state)
        self.renew()

    def renew(self) -> None:
        """Take the seat as the plan keeps it now; what may be seen may be another thing."""
        seat = self.page.there.plan.seat
        if seat is not None and (seat != self.own or not self._plan_key):
            self.own, self._seen = seat, None
            self._plan_key = find_plan_key(self.page.there)

    def _find_step(self) -> str:
        """The step of the screen that is shown; empty on the list of tasks and at the end."""
        step = getattr(self.page.screen, "step", None)
        return str(getattr(step, "id", ""))

    def answer(self, value: Blind) -> None:
        """Answer what the room is asked; raises AnswerLate."""
        question = self.state.question
        if question is not None:
            self.seat.answer(question.name, value)
            self.answered = self.seat.answered()
