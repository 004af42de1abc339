"""What somebody's plan has to do with a room: a seat is taken, sight is given, both are taken back.

A plan that is kept in the database gives sight by a link of its own for the room, as a link for
reading is given: taking it back gives the plan a new key. Its key is told to the facilitator,
sealed, and stands nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.errors import SightUnavailable
from workbook.plan import OwnSeat
from workbook.storage.encryption import derive_link, read_key
from workbook.storage.store import Right, SharedStore
from workbook.workshop.board import is_news, tell
from workbook.workshop.sealing import derive_seat
from workbook.workshop.seat import Seat, join

if TYPE_CHECKING:
    from datetime import datetime

    from workbook.session import Outcome, Session
    from workbook.workshop.board import Told
    from workbook.workshop.state import RoomState

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Wishes:
    """What somebody lets the facilitator see, and know."""

    name: str = ""
    """What they are called on the board; empty for nameless."""
    shows_answers: bool = False
    returns: bool = False
    """Whether the facilitator may look again in ninety days."""
    keeps_plan: bool = False
    """Whether their plan takes what a room inside one business agrees on."""


def take_seat(
    session: Session, address: str, typed: str, wishes: Wishes, *, now: datetime
) -> OwnSeat:
    """Join the room of a code and keep the seat in the plan; the one it had before is left.

    Raises CodeUnknown, CodesGuessed, StoreUnreachable; SightUnavailable where answers were to be
    shown from a plan in a file, and then no room was joined.
    """
    if wishes.shows_answers:
        _expect_sharing(session)
    key = join(address, typed, now=now)
    room = Seat(address, key).load().room.charter.name
    if session.plan.seat is not None:
        leave_room(session, address)
    session.sit(OwnSeat(key=key, room=room))
    return change_wishes(session, wishes)


def change_wishes(session: Session, wishes: Wishes) -> OwnSeat:
    """Let the facilitator see as much as is wished from now on, and no more.

    What was seen before is taken back at once: the plan has a new key when this returns. Raises
    SightUnavailable for a plan in a file.
    """
    seat = session.plan.seat
    if seat is None:
        raise ValueError("nobody joined a room with this plan")
    link = seat.link
    if wishes.shows_answers and not link:
        key = _give_sight(session, seat)
        link = derive_link(read_key(key)).name
    if link and not wishes.shows_answers:
        _expect_sharing(session).withdraw(link)
        link = ""
    changed = seat.model_copy(
        update={
            "name": " ".join(wishes.name.split())[:LONGEST_NAME],
            "shows_answers": wishes.shows_answers,
            "returns": wishes.returns,
            "keeps_plan": wishes.keeps_plan,
            "link": link,
        }
    )
    session.sit(changed)
    return changed


def leave_room(session: Session, address: str) -> None:
    """Leave the room: what was told is deleted, and the plan is seen no more.

    Raises StoreUnreachable; then the seat stays in the plan, and leaving can be tried again.
    """
    seat = session.plan.seat
    if seat is None:
        return
    Seat(address, seat.key).leave()
    if seat.link:
        _expect_sharing(session).withdraw(seat.link)
    session.sit(None)


def drop_seat(session: Session) -> None:
    """Forget a seat that is no more, since the room was put away; its link goes with it."""
    seat = session.plan.seat
    if seat is not None and seat.link:
        _expect_sharing(session).withdraw(seat.link, ended=True)
    session.sit(None)


def keep_to(session: Session, state: RoomState) -> None:
    """Give sight only while the room is open, whether for the first time or again.

    A room that was closed sees no plan until it is opened again, and then those who agreed.
    """
    seat = session.plan.seat
    if seat is None:
        return
    is_open = not state.is_closed or (state.is_reopened and seat.returns)
    if seat.link and not is_open:
        _expect_sharing(session).withdraw(seat.link, ended=True)
        session.sit(seat.model_copy(update={"link": ""}))
    elif seat.shows_answers and is_open and not _is_seen(session, state):
        key = _give_sight(session, seat)
        session.sit(seat.model_copy(update={"link": derive_link(read_key(key)).name}))


def _is_seen(session: Session, state: RoomState) -> bool:
    """Whether the facilitator has a link that opens the plan; closing a room ends it."""
    seat = session.plan.seat
    if seat is None or not seat.link:
        return False
    return not state.is_reopened or bool(find_plan_key(session))


def _give_sight(session: Session, seat: OwnSeat) -> str:
    """The key of a new link that reads the plan for as long as the seat is in an open room."""
    name = derive_seat(read_key(seat.key)).name
    return _expect_sharing(session).grant(Right.ROOM, seat.room, seat=name)


def find_plan_key(session: Session) -> str:
    """The key of the link by which the facilitator reads this plan; empty where there is none."""
    seat, store = session.plan.seat, session.store
    if seat is None or not seat.link or not isinstance(store, SharedStore):
        return ""
    return next((each.key for each in store.links() if each.name == seat.link), "")


def tell_room(
    session: Session, address: str, *, step: str, plan_key: str, before: Told | None
) -> Told | None:
    """Tell the facilitator how far this plan is, if there is any news; gives what was told last.

    ``plan_key`` is what ``find_plan_key`` gives, which a page asks for once. Raises SeatGone,
    StoreUnreachable.
    """
    seat = session.plan.seat
    if seat is None:
        return None
    told = tell(
        session.plan,
        session.findings,
        seat,
        step=step,
        plan_key=plan_key,
        before=before,
        now=session.now,
    )
    if not is_news(told, before):
        return before
    Seat(address, seat.key).tell(told)
    return told


def take_agreed(session: Session, state: RoomState) -> tuple[Outcome, ...]:
    """Put what the room agreed on since into the plan that keeps it, each answer once."""
    seat = session.plan.seat
    if seat is None or not seat.keeps_plan:
        return ()
    new = [each for each in state.agreed if seat.taken_at is None or each.at > seat.taken_at]
    outcomes = tuple(session.answer(each.path, each.value) for each in new)
    if new:
        session.sit(seat.model_copy(update={"taken_at": new[-1].at}))
    return outcomes


def _expect_sharing(session: Session) -> SharedStore:
    if not isinstance(session.store, SharedStore):
        raise SightUnavailable
    return session.store
