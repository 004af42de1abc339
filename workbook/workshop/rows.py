"""What both sides of a room do with its rows: read the room, and know that it is gone."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pydantic import ValidationError

from workbook.content import load_words
from workbook.errors import RoomError
from workbook.storage.encryption import SealBroken, compress, expand, seal, unseal
from workbook.storage.reasons import read_reason
from workbook.workshop.prompts import WORDS
from workbook.workshop.state import Room

if TYPE_CHECKING:
    from sqlalchemy import RowMapping

LARGEST = 2_000_000
"""Bytes of a room; a full day has a hundredth of that."""


_SEALED = ("plan", "sealed")


@dataclass(frozen=True, slots=True)
class Kept:
    """A room as it is kept, with its revision."""

    room: Room
    revision: int


def explain_room(name: str) -> RoomError:
    """The error of a room that cannot be used, for a reason among our words."""
    return RoomError(reason=load_words(WORDS)["reason"][name], reason_at=(WORDS, "reason", name))


def seal_room(room: Room, room_key: bytes, name: str, revision: int) -> bytes:
    """The room as its row holds it; raises RoomError when it would be too large to read again."""
    raw = room.model_dump_json().encode()
    if len(raw) > LARGEST:
        raise explain_room("large")
    return seal(compress(raw), room_key, "room", name, str(revision))


def read_room(row: RowMapping, room_key: bytes) -> Kept:
    """The room in a row; raises RoomError when it was changed or belongs to another key."""
    with contextlib.suppress(SealBroken, ValidationError):
        raw = unseal(row["sealed"], room_key, "room", row["id"], str(row["revision"]))
        return Kept(Room.model_validate_json(expand(raw, limit=LARGEST)), row["revision"])
    raise RoomError(reason=read_reason(*_SEALED), reason_at=("storage/reasons.toml", *_SEALED))


def wrap_key(room_key: bytes, wrapping_key: bytes, room: str, whom: str) -> bytes:
    """The room's key for somebody: of use only for this room and for them."""
    return seal(room_key, wrapping_key, "room key", room, whom)


def unwrap_key(wrapped: bytes, wrapping_key: bytes, room: str, whom: str) -> bytes:
    """The room's key; raises RoomError when it was changed or is somebody else's."""
    with contextlib.suppress(SealBroken):
        return unseal(wrapped, wrapping_key, "room key", room, whom)
    raise RoomError(reason=read_reason(*_SEALED), reason_at=("storage/reasons.toml", *_SEALED))


def in_utc(moment: datetime) -> datetime:
    """A moment as a database gives it: SQLite forgets that it was kept in UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
