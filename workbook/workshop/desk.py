"""The facilitator's side of a room: opens it, leads it, and reads what is told there.

Two facilitators are two pages with one link. What one adds comes after what the other added;
whoever takes something back names the revision they saw, so that nobody undoes another's act.
"""

from __future__ import annotations

import contextlib
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from workbook.errors import (
    NotUndone,
    PlansTooMany,
    PromptRefused,
    RoomChanged,
    RoomsTooMany,
    RoomUnknown,
    StoreError,
)
from workbook.storage.connections import expunge, open_database
from workbook.storage.database import KEEP_MONTHS
from workbook.storage.encryption import SealBroken, new_key, read_key, unseal
from workbook.storage.tables import BLIND, ROOMS, SEATS
from workbook.workshop import events as ev
from workbook.workshop.codes import make_code
from workbook.workshop.ending import NO_CODE, delete_rooms, end_sight
from workbook.workshop.hearing import (
    count_answers,
    drop_answers,
    empty_answers,
    hear,
    read_answers,
)
from workbook.workshop.prompts import can_ask
from workbook.workshop.rounds import end_questions, least_answers, refuse_difference
from workbook.workshop.rows import Kept, in_utc, read_room, seal_room, unwrap_key, wrap_key
from workbook.workshop.sealing import derive_room, new_room_key
from workbook.workshop.spread import make_spreads, sort_lines
from workbook.workshop.state import NOTES, Charter, Room, RoomKind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import date, datetime

    from sqlalchemy import Connection, RowMapping

    from workbook.storage.creations import Quota
    from workbook.workshop.board import Heard
    from workbook.workshop.prompts import Prompt

_FACILITATOR = "facilitator"


@dataclass(frozen=True, slots=True)
class Code:
    """A joining code with the moment at which it ends."""

    letters: str
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Pulse:
    """What changes whenever something happens in a room; cheap to ask for."""

    revision: int
    told: int
    answers: int


@dataclass(frozen=True, slots=True)
class _Held:
    """A room's row, held against other writers, with the key it is sealed with."""

    kept: Kept
    room_key: bytes = field(repr=False)


def open_room(address: str, charter: Charter, *, now: datetime, quota: Quota | None = None) -> str:
    """Open a room with a joining code, and give the facilitator's key: 22 letters.

    ``quota`` bounds how many rooms and plans are begun. Raises RoomsTooMany, StoreUnreachable,
    StoreFull.
    """
    key = new_key()
    keys, room_key = derive_room(read_key(key)), new_room_key()
    room = Room(charter=charter.model_copy(update={"public_key": keys.public_key}))
    row = {
        "id": keys.name,
        "revision": 1,
        "sealed": seal_room(room, room_key, keys.name, 1),
        "wrapped_key": wrap_key(room_key, keys.wrapping_key, keys.name, _FACILITATOR),
        "visited_on": now.date(),
    }
    with open_database(address, writes=True) as connection:
        if quota is not None:
            _take(quota, connection, now)
        code = make_code(connection, keys, room_key, room.charter, now)
        connection.execute(ROOMS.insert().values(**row, **code))
    return key


def _take(quota: Quota, connection: Connection, now: datetime) -> None:
    try:
        quota.take(connection, now)
    except PlansTooMany as error:
        raise RoomsTooMany(minutes=error.values["minutes"]) from None


class Desk:
    """A room as its facilitator leads it.

    ``address`` is an SQLAlchemy URL of SQLite or PostgreSQL, ``key`` the 22 letters in the
    facilitator's link, ``today`` the day that counts as the last visit. Raises LinkIncomplete
    when letters of the key are missing. Every method may raise RoomUnknown where the link opens
    no room, and StoreUnreachable.
    """

    def __init__(self, address: str, key: str, *, today: date, months: int = KEEP_MONTHS) -> None:
        """The desk of one room; nothing is opened yet."""
        self._address = address
        self._keys = derive_room(read_key(key))
        self._today = today
        self._months = months

    def __repr__(self) -> str:
        return "Desk()"

    # -- what there is -----------------------------------------------------------------------

    def load(self) -> Kept:
        """The room with its revision."""
        with open_database(self._address, writes=False) as connection:
            row = self._find(connection)
            kept = self._open(row).kept
        if row["visited_on"] < self._today:
            self._note_visit()
        return kept

    def pulse(self) -> Pulse:
        """Three numbers of which one is another whenever something has happened."""
        own = self._keys.name
        told = select(func.coalesce(func.sum(SEATS.c.revision), 0)).where(SEATS.c.room_id == own)
        answers = select(func.count()).select_from(BLIND).where(BLIND.c.room_id == own)
        asked = select(ROOMS.c.revision, told.scalar_subquery(), answers.scalar_subquery())
        with open_database(self._address, writes=False) as connection:
            found = connection.execute(asked.where(ROOMS.c.id == own)).first()
        if found is None:
            raise self._unknown
        return Pulse(*found)

    def hear(self) -> tuple[Heard, ...]:
        """What every seat tells."""
        with open_database(self._address, writes=False) as connection:
            return hear(connection, self._keys)

    def answered(self, question: str) -> frozenset[str]:
        """The seats that have answered a question, by the names of their rows."""
        with open_database(self._address, writes=False) as connection:
            return count_answers(connection, self._keys, question)

    def read_lines(self, question: str) -> tuple[str, ...]:
        """The lines that were sent to a question, by the alphabet, to be looked at beforehand.

        None before there are as many as a spread is shown from.
        """
        with open_database(self._address, writes=False) as connection:
            lines = read_answers(connection, self._keys, question)
        return sort_lines(lines) if len(lines) >= least_answers() else ()

    # -- leading it --------------------------------------------------------------------------

    def add(self, *happened: ev.Event, expected: int | None = None) -> Kept:
        """Let something happen in the room; with a revision, only if it is still that one.

        The next part ends what is asked; answers to what is put away are deleted. Raises
        RoomChanged when another page did something since, or closed the room; what is parked and
        decided can be mended after that.
        """
        ends = any(isinstance(each, ev.ItemOpened | ev.QuestionEnded) for each in happened)

        def put(room: Room, connection: Connection) -> Room:
            if room.state.is_closed and not all(isinstance(each, NOTES) for each in happened):
                raise RoomChanged
            if ends:
                room = end_questions(room, connection, self._keys.name, happened[0].at)
            return room.add(*happened)

        return self._change(put, expected)

    def undo(self, *, expected: int) -> Kept:
        """Take back what happened last.

        Raises NotUndone for what answers or tellings went with: asking, showing, putting away,
        closing; RoomChanged when another page did something since.
        """

        def take_back(room: Room, _: Connection) -> Room:
            if room.last is None:
                raise NotUndone
            return room.undo()

        return self._change(take_back, expected)

    def ask(self, prompt: Prompt, *, now: datetime) -> Kept:
        """Ask everybody, each alone; what was asked before and not shown is put away.

        Raises PromptRefused for what is not asked in a room of this kind, RoomChanged where it was
        closed.
        """

        def put(room: Room, connection: Connection) -> Room:
            if room.state.is_closed:
                raise RoomChanged
            inside = room.charter.kind is RoomKind.BUSINESS
            if not can_ask(prompt) or (prompt.is_inside_only and not inside):
                raise PromptRefused
            room = end_questions(room, connection, self._keys.name, now)
            return room.add(ev.Asked(at=now, question=new_name(), prompt=prompt))

        return self._change(put)

    def reveal(self, question: str, *, now: datetime, without: Collection[str] = ()) -> Kept:
        """Show everybody how far the answers lie apart; none is taken after that.

        The answers themselves are deleted with it, and lines ``without`` which it is shown stand
        nowhere. Raises TooFewAnswers when there are fewer than a spread is shown from,
        RoundTooAlike when it was shown before and two spreads would tell what a few people said.
        Nothing happens when it is shown already or was put away.
        """

        def show(room: Room, connection: Connection) -> Room:
            asked = room.state.find_question(question)
            if asked is None or not asked.takes_answers:
                return room
            answers = read_answers(connection, self._keys, question)
            spreads = make_spreads(asked.prompt, answers, least=least_answers(), without=without)
            seats = count_answers(connection, self._keys, question)
            refuse_difference(room, connection, asked, seats)
            empty_answers(connection, self._keys.name, question)
            return room.add(ev.Revealed(at=now, question=question, spreads=spreads))

        return self._change(show)

    def close(self, *, now: datetime) -> Kept:
        """End the workshop: the code is gone, and so are what was told and the sight of plans.

        Of whoever agreed to be looked at again, what they told last is kept to compare with.
        """

        def end(room: Room, connection: Connection) -> Room:
            if room.state.is_closed:
                return room
            drop_answers(connection, self._keys.name)
            end_sight(connection, self._keys.name)
            for heard in hear(connection, self._keys):
                stays = heard.told is not None and heard.told.returns
                kept = {"earlier": SEATS.c.told if stays else None, "told": None}
                changed = SEATS.update().where(SEATS.c.name == heard.seat)
                connection.execute(changed.values(revision=SEATS.c.revision + 1, **kept))
            connection.execute(self._own.values(**NO_CODE))
            room = end_questions(room, connection, self._keys.name, now)
            return room.add(ev.RoomClosed(at=now))

        kept = self._change(end)
        self._expunge()
        return kept

    def reopen(self, *, now: datetime) -> Kept:
        """Look again at those who agreed; nothing happens in a room that was never closed."""

        def again(room: Room, _: Connection) -> Room:
            if not room.state.is_closed:
                return room
            return room.add(ev.RoomReopened(at=now))

        return self._change(again)

    def remove(self, seat: str) -> None:
        """Put somebody out of the room, with everything they told."""
        own = (SEATS.c.name == seat) & (SEATS.c.room_id == self._keys.name)
        with open_database(self._address, writes=True) as connection:
            end_sight(connection, self._keys.name, seat=seat)
            connection.execute(BLIND.delete().where(BLIND.c.seat == seat))
            connection.execute(SEATS.delete().where(own))

    def delete(self) -> None:
        """Remove the room and everything told in it, from the database's files too."""
        with open_database(self._address, writes=True) as connection:
            delete_rooms(connection, [self._keys.name])
        self._expunge()

    # -- the joining code --------------------------------------------------------------------

    def read_code(self, *, now: datetime) -> Code | None:
        """The joining code; None when its time is over, and then it is gone from its row."""
        with open_database(self._address, writes=False) as connection:
            row = self._find(connection)
        ends_at = row["code_ends_at"]
        if ends_at is None:
            return None
        code = Code(self._unseal_code(row), in_utc(ends_at))
        if code.ends_at > now and code.letters:
            return code
        self.end_code()
        return None

    def renew_code(self, *, now: datetime) -> Code:
        """A new joining code in the place of the one there was, good for as long again.

        Raises RoomChanged where the room was closed: nobody joins it any more.
        """
        with open_database(self._address, writes=True) as connection:
            held = self._hold(connection)
            if held.kept.room.state.is_closed:
                raise RoomChanged
            charter = held.kept.room.charter
            made = make_code(connection, self._keys, held.room_key, charter, now)
            connection.execute(self._own.values(**made))
        return Code(self._unseal_code(made), made["code_ends_at"])

    def end_code(self) -> None:
        """Let nobody join any more, until there is a new code."""
        with open_database(self._address, writes=True) as connection:
            connection.execute(self._own.values(**NO_CODE))

    # -- inside ------------------------------------------------------------------------------

    @property
    def _unknown(self) -> RoomUnknown:
        return RoomUnknown(months=self._months)

    @property
    def _own(self) -> Any:  # noqa: ANN401 - SQLAlchemy's update
        return ROOMS.update().where(ROOMS.c.id == self._keys.name)

    def _find(self, connection: Connection, *, hold: bool = False) -> RowMapping:
        asked = ROOMS.select().where(ROOMS.c.id == self._keys.name)
        row = connection.execute(asked.with_for_update() if hold else asked).mappings().first()
        if row is None:
            raise self._unknown
        return row

    def _open(self, row: RowMapping) -> _Held:
        wrapping, name = self._keys.wrapping_key, self._keys.name
        room_key = unwrap_key(row["wrapped_key"], wrapping, name, _FACILITATOR)
        return _Held(read_room(row, room_key), room_key)

    def _hold(self, connection: Connection) -> _Held:
        return self._open(self._find(connection, hold=True))

    def _change(
        self, make: Callable[[Room, Connection], Room], expected: int | None = None
    ) -> Kept:
        with open_database(self._address, writes=True) as connection:
            held = self._hold(connection)
            kept = held.kept
            if expected is not None and expected != kept.revision:
                raise RoomChanged
            room = make(kept.room, connection)
            if room is kept.room:
                return kept
            revision = kept.revision + 1
            sealed = seal_room(room, held.room_key, self._keys.name, revision)
            connection.execute(self._own.values(revision=revision, sealed=sealed))
        return Kept(room, revision)

    def _note_visit(self) -> None:
        with contextlib.suppress(StoreError), open_database(self._address, writes=True) as opened:
            opened.execute(self._own.values(visited_on=self._today))

    def _unseal_code(self, row: RowMapping | dict[str, Any]) -> str:
        with contextlib.suppress(SealBroken):
            bound = ("code", self._keys.name)
            return unseal(row["kept_code"], self._keys.wrapping_key, *bound).decode()
        return ""

    def _expunge(self) -> None:
        with contextlib.suppress(StoreError):
            expunge(self._address)


def new_name() -> str:
    """A new name for a question or an entry of a room."""
    return secrets.token_hex(4)
