"""What both sides of a room do with its rows: read the room, and know that it is gone."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ValidationError

from workbook.errors import RoomError
from workbook.storage.encryption import SealBroken, compress, expand, seal, unseal
from workbook.storage.reasons import read_reason
from workbook.workshop.state import Room

if TYPE_CHECKING:
    from sqlalchemy import RowMapping

_LARGEST = 5_000_000


@dataclass(frozen=True, slots=True)
class Kept:
    """A room as it is kept, with its revision."""

    room: Room
    revision: int


def seal_room(room: Room, room_key: bytes, name: str, revision: int) -> bytes:
    """The room as its row holds it."""
    raw = compress(room.model_dump_json().encode())
    return seal(raw, room_key, "room", name, str(revision))


def read_room(row: RowMapping, room_key: bytes) -> Kept:
    """The room in a row; raises RoomError when it was changed or belongs to another key."""
    with contextlib.suppress(SealBroken, ValidationError):
        raw = unseal(row["sealed"], room_key, "room", row["id"], str(row["revision"]))
        return Kept(Room.model_validate_json(expand(raw, limit=_LARGEST)), row["revision"])
    raise RoomError(reason=read_reason("plan", "sealed"))


def wrap_key(room_key: bytes, wrapping_key: bytes, room: str, whom: str) -> bytes:
    """The room's key for somebody: of use only for this room and for them."""
    return seal(room_key, wrapping_key, "room key", room, whom)


def unwrap_key(wrapped: bytes, wrapping_key: bytes, room: str, whom: str) -> bytes:
    """The room's key; raises RoomError when it was changed or is somebody else's."""
    with contextlib.suppress(SealBroken):
        return unseal(wrapped, wrapping_key, "room key", room, whom)
    raise RoomError(reason=read_reason("plan", "sealed"))
