"""A participant's side of a room: joins it with a code, sees what is on, tells, answers, leaves.

A seat has a key of its own, which is kept in the plan: so colleagues who share a plan are one
participant, and whoever comes back sits where they sat. It opens nothing of another seat.
"""

from __future__ import annotations

import contextlib
import secrets
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from workbook.discovery import read_toml
from workbook.errors import AnswerLate, CodesGuessed, CodeUnknown, RoomFull, SeatGone, StoreError
from workbook.storage.connections import expunge, open_database
from workbook.storage.encryption import new_key, read_key
from workbook.storage.tables import BLIND, ROOMS, SEATS
from workbook.workshop.board import DEFAULTS
from workbook.workshop.codes import (
    CODE,
    count_misses,
    minutes_to_wait,
    most_misses,
    note_miss,
    read_code,
    read_salt,
    stretch_code,
    take_turn,
)
from workbook.workshop.ending import drop_ended_codes
from workbook.workshop.hearing import SHOWN, seal_blind, seal_told
from workbook.workshop.rows import Kept, read_room, unwrap_key, wrap_key
from workbook.workshop.sealing import derive_seat

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection, RowMapping

    from workbook.workshop.board import Told
    from workbook.workshop.codes import CodeKeys
    from workbook.workshop.prompts import Blind

_LONGEST_SHOWN = 12
_BEGINNINGS = 2**20


def join(address: str, typed: str, *, now: datetime) -> str:
    """Take a seat in the room of a joining code, and give its key: 22 letters.

    Raises CodeUnknown when no room is open under it, CodesGuessed when too many wrong ones were
    tried, RoomFull, RoomError when many join in this minute, StoreUnreachable.
    """
    code = read_code(typed)
    if code is None:
        raise CodeUnknown(code=" ".join(typed.split())[:_LONGEST_SHOWN])
    with open_database(address, writes=False) as connection:
        if count_misses(connection, code, now) >= most_misses():
            raise CodesGuessed(minutes=minutes_to_wait(now))
        salt = read_salt(connection)
    keys = stretch_code(code, salt or b"")
    with open_database(address, writes=True) as connection:
        drop_ended_codes(connection, now)
        # held, so that nobody who joins at the same moment gets the same number
        asked = ROOMS.select().where(ROOMS.c.code == keys.name).with_for_update()
        row = connection.execute(asked).mappings().first()
        if row is not None:
            take_turn(connection, row["id"], now)
            return _sit_down(connection, row, keys)
        note_miss(connection, code, now)
    raise CodeUnknown(code=code)


def _sit_down(connection: Connection, found: RowMapping, code: CodeKeys) -> str:
    key, room = new_key(), found["id"]
    taken = select(func.count(), func.max(SEATS.c.number)).where(SEATS.c.room_id == room)
    most = int(read_toml(DEFAULTS)["most_seats"]["value"])
    count, last = connection.execute(taken).one()
    if count >= most:
        raise RoomFull(most=most)
    seat = derive_seat(read_key(key))
    room_key = unwrap_key(found["code_key"], code.wrapping_key, room, CODE)
    wrapped = wrap_key(room_key, seat.wrapping_key, room, seat.name)
    # a beginning by chance: somebody who leaves and somebody who comes are seen to be two
    begin = 1 + secrets.randbelow(_BEGINNINGS)
    row = {"name": seat.name, "room_id": room, "wrapped_key": wrapped, "revision": begin}
    row["number"] = (last or 0) + 1
    connection.execute(SEATS.insert().values(**row))
    return key


class Seat:
    """A room as one participant sees it.

    ``address`` is an SQLAlchemy URL of SQLite or PostgreSQL, ``key`` the 22 letters of the seat.
    Every method may raise SeatGone where the seat is no more, and StoreUnreachable.
    """

    def __init__(self, address: str, key: str) -> None:
        """A seat in a room; nothing is opened yet."""
        self._address = address
        self._keys = derive_seat(read_key(key))

    def __repr__(self) -> str:
        return "Seat()"

    @property
    def name(self) -> str:
        """The name of its row, by which the board calls it."""
        return self._keys.name

    def load(self) -> Kept:
        """The room as everybody in it sees it, with its revision."""
        with open_database(self._address, writes=False) as connection:
            return self._read(connection)[0]

    def revision(self) -> int | None:
        """The revision of the room; None when the seat is no more. A cheap look."""
        asked = select(ROOMS.c.revision).join(SEATS, SEATS.c.room_id == ROOMS.c.id)
        with open_database(self._address, writes=False) as connection:
            found: int | None = connection.execute(asked.where(self._mine)).scalar()
        return found

    def is_of(self, typed: str) -> bool:
        """Whether a code is the one of this very room; nothing is counted as tried."""
        code = read_code(typed)
        asked = select(ROOMS.c.code).join(SEATS, SEATS.c.room_id == ROOMS.c.id).where(self._mine)
        with open_database(self._address, writes=False) as connection:
            own, salt = connection.execute(asked).scalar(), read_salt(connection)
        return bool(code and own and salt) and stretch_code(str(code), salt or b"").name == own

    def tell(self, told: Told) -> None:
        """Tell the facilitator; in a room that was closed, only once it is opened again.

        Whoever does not agree to be looked at again has nothing there from then on.
        """
        with open_database(self._address, writes=True) as connection:
            kept, room = self._read(connection)
            state = kept.room.state
            if state.is_closed and not state.is_reopened:
                return
            values: dict[str, Any] = {"revision": SEATS.c.revision + 1}
            if state.is_closed and not told.returns:
                values |= {"told": None, "earlier": None}
            else:
                public = kept.room.charter.public_key
                values["told"] = seal_told(told, public, room, self.name)
            connection.execute(SEATS.update().where(self._mine).values(**values))

    def answer(self, question: str, value: Blind | None) -> None:
        """Answer what the room was asked, or take an answer back with None.

        Raises AnswerLate when the answers are shown already or the question was put away.
        """
        with open_database(self._address, writes=True) as connection:
            kept, room = self._read(connection, hold=True)
            asked = kept.room.state.find_question(question)
            if asked is None or not asked.takes_answers or kept.room.state.is_closed:
                raise AnswerLate
            own = (BLIND.c.seat == self.name) & (BLIND.c.question == question)
            connection.execute(BLIND.delete().where(own))
            if value is None:
                return
            public = kept.room.charter.public_key
            sealed = seal_blind(value, public, room, self.name, question)
            row = {"room_id": room, "seat": self.name, "question": question, "sealed": sealed}
            connection.execute(BLIND.insert().values(**row))

    def answered(self) -> frozenset[str]:
        """The questions this seat has answered and that are not shown yet."""
        own = (BLIND.c.seat == self.name) & (BLIND.c.sealed != SHOWN)
        asked = select(BLIND.c.question).where(own)
        with open_database(self._address, writes=False) as connection:
            return frozenset(connection.execute(asked).scalars())

    def leave(self) -> None:
        """Leave the room: the seat, what was told and what was answered are deleted."""
        with open_database(self._address, writes=True) as connection:
            connection.execute(BLIND.delete().where(BLIND.c.seat == self.name))
            connection.execute(SEATS.delete().where(self._mine))
        with contextlib.suppress(StoreError):
            expunge(self._address)

    # -- inside ------------------------------------------------------------------------------

    @property
    def _mine(self) -> Any:  # noqa: ANN401 - SQLAlchemy's condition
        return SEATS.c.name == self._keys.name

    def _read(self, connection: Connection, *, hold: bool = False) -> tuple[Kept, str]:
        """The room and its row's name; held, nobody shows the answers meanwhile."""
        own = SEATS.c["room_id", "wrapped_key"]
        mine = connection.execute(select(*own).where(self._mine)).first()
        asked = ROOMS.select().where(ROOMS.c.id == (mine.room_id if mine else ""))
        # a shared hold: fifty may answer at once, and only the facilitator has to wait
        held = asked.with_for_update(read=True) if hold else asked
        row = connection.execute(held).mappings().first()
        if mine is None or row is None:
            raise SeatGone
        room_key = unwrap_key(mine.wrapped_key, self._keys.wrapping_key, row["id"], self.name)
        return read_room(row, room_key), row["id"]
