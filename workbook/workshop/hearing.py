"""Reads what participants told the facilitator; only the facilitator's key opens it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import select

from workbook.storage.encryption import SealBroken
from workbook.storage.tables import BLIND, SEATS
from workbook.workshop.board import Heard, Told
from workbook.workshop.prompts import Blind
from workbook.workshop.sealing import open_sealed, seal_for

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from workbook.workshop.sealing import RoomKeys

_BLIND: TypeAdapter[Blind] = TypeAdapter(Blind)
SHOWN = b""
"""What stands in the place of an answer that was shown."""


def seal_told(told: Told, public_key: str, room: str, seat: str) -> bytes:
    """What somebody tells, for the facilitator of this room alone."""
    return seal_for(public_key, told.model_dump_json().encode(), "told", room, seat)


def seal_blind(value: Blind, public_key: str, room: str, seat: str, question: str) -> bytes:
    """An answer to a question of the room, for its facilitator alone."""
    return seal_for(public_key, _BLIND.dump_json(value), "blind", room, seat, question)


def hear(connection: Connection, keys: RoomKeys) -> tuple[Heard, ...]:
    """What every seat of the room tells; what was damaged counts as nothing told."""
    columns = SEATS.c["name", "told", "earlier", "number"]
    asked = select(*columns).where(SEATS.c.room_id == keys.name)
    rows = connection.execute(asked.order_by(SEATS.c.name))
    return tuple(
        Heard(
            row.name,
            _open_told(row.told, keys, row.name),
            _open_told(row.earlier, keys, row.name),
            row.number or 0,
        )
        for row in rows
    )


def _open_told(sealed: bytes | None, keys: RoomKeys, seat: str) -> Told | None:
    if sealed is None:
        return None
    with contextlib.suppress(SealBroken, ValidationError):
        return Told.model_validate_json(open_sealed(keys, sealed, "told", keys.name, seat))
    return None


def count_answers(connection: Connection, keys: RoomKeys, question: str) -> frozenset[str]:
    """Which seats have answered what is not shown yet, unopened."""
    own = (BLIND.c.room_id == keys.name) & (BLIND.c.question == question)
    asked = select(BLIND.c.seat).where(own & (BLIND.c.sealed != SHOWN))
    return frozenset(connection.execute(asked).scalars())


def list_shown(connection: Connection, question: str) -> frozenset[str]:
    """The seats whose answers a spread was made of, but for those who have left."""
    asked = select(BLIND.c.seat).where(BLIND.c.question == question, BLIND.c.sealed == SHOWN)
    return frozenset(connection.execute(asked).scalars())


def empty_answers(connection: Connection, room: str, question: str) -> None:
    """Delete what was answered once it is shown; that somebody answered stays until closing."""
    own = (BLIND.c.room_id == room) & (BLIND.c.question == question)
    connection.execute(BLIND.update().where(own).values(sealed=SHOWN))


def read_answers(connection: Connection, keys: RoomKeys, question: str) -> tuple[Blind, ...]:
    """What was answered, without by whom; what was damaged is left out."""
    own = (BLIND.c.room_id == keys.name) & (BLIND.c.question == question)
    asked = select(*BLIND.c["seat", "sealed"]).where(own).order_by(BLIND.c.seat)
    found = []
    for row in connection.execute(asked):
        with contextlib.suppress(SealBroken, ValidationError):
            raw = open_sealed(keys, row.sealed, "blind", keys.name, row.seat, question)
            found.append(_BLIND.validate_json(raw))
    return tuple(found)


def drop_answers(connection: Connection, room: str, question: str = "") -> None:
    """Delete the answers to a question, or to all of a room's."""
    gone = BLIND.delete().where(BLIND.c.room_id == room)
    connection.execute(gone.where(BLIND.c.question == question) if question else gone)
