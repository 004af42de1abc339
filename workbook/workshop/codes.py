"""Joining codes: short enough to be read from a screen, and good for a day.

A code is eight letters and digits that are not taken for one another, about 39 bits. That is few:
so it is stretched with scrypt before it names or opens anything, wrong ones are counted, and what
it opens is only what the whole room sees anyway.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from workbook.discovery import read_toml
from workbook.storage.connections import open_database
from workbook.storage.encryption import seal
from workbook.storage.tables import CREATIONS, MISSES, SALT
from workbook.workshop.rows import explain_room, wrap_key

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from workbook.workshop.sealing import RoomKeys
    from workbook.workshop.state import Charter

_DEFAULTS = "workshop/defaults.toml"
CODE = "code"
"""For whom the key of a room is wrapped so that its code unwraps it."""
ALPHABET = "23456789BCDFGHJKLMNPQRSTVWXYZ"
"""Nothing that is read as something else, and no vowels, so that no code is a word."""
LETTERS = 8
_LOOKALIKE = str.maketrans({"0": "Q", "O": "Q", "1": "L", "I": "L"})
_COST, _BLOCK, _LANES = 2**15, 8, 1
"""32 MiB and about a tenth of a second for each code that is tried."""
_NAME_BYTES, _KEY_BYTES = 16, 32
_BEGINNING = 2
_TRIES = 8
_SECONDS = 3600
_MINUTE = 60


@dataclass(frozen=True, slots=True)
class CodeKeys:
    """What a joining code leads to: a name, and the key that unwraps the room's."""

    name: str
    wrapping_key: bytes = field(repr=False)


def new_code() -> str:
    """A new joining code: eight random letters and digits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LETTERS))


def read_code(typed: str) -> str | None:
    """A code as somebody typed it, in small letters, with spaces or dashes; None where it is none.

    O and zero are taken for Q, I and one for L, which they are mistaken for.
    """
    kept = "".join(letter for letter in typed.upper() if letter.isalnum())
    code = kept.translate(_LOOKALIKE)
    return code if len(code) == LETTERS and set(code) <= set(ALPHABET) else None


def new_free_code(connection: Connection, now: datetime) -> str:
    """A new code of a beginning that nobody was guessing at in this hour, if there is one."""
    tried = [new_code() for _ in range(_TRIES)]
    free = (code for code in tried if not count_misses(connection, code, now))
    return next(free, tried[0])


def write_code(code: str) -> str:
    """A code as it is shown: in two groups of four."""
    return f"{code[:4]} {code[4:]}"


def stretch_code(code: str, salt: bytes) -> CodeKeys:
    """The name and the wrapping key that a code leads to in one database."""
    length = _NAME_BYTES + _KEY_BYTES
    raw = Scrypt(salt=salt, length=length, n=_COST, r=_BLOCK, p=_LANES).derive(code.encode())
    return CodeKeys(raw[:_NAME_BYTES].hex(), raw[_NAME_BYTES:])


# -- kept in the database ----------------------------------------------------------------------


def read_salt(connection: Connection) -> bytes | None:
    """What codes are stretched with in this database; None before there was a room."""
    found: bytes | None = connection.execute(select(SALT.c.salt)).scalar()
    return found


def make_salt(connection: Connection) -> bytes:
    """What codes are stretched with, made if it is not there yet, in a transaction that writes."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("LOCK TABLE salt IN EXCLUSIVE MODE")
    found = read_salt(connection)
    if found is None:
        found = os.urandom(_NAME_BYTES)
        connection.execute(SALT.insert().values(salt=found))
    return found


def make_code(
    connection: Connection, keys: RoomKeys, room_key: bytes, charter: Charter, now: datetime
) -> dict[str, Any]:
    """A new code as the row keeps it; it is good for so many hours after the start."""
    letters = new_free_code(connection, now)
    stretched = stretch_code(letters, make_salt(connection))
    hours = float(read_toml(_DEFAULTS)["code_hours"]["value"])
    return {
        "code": stretched.name,
        "code_key": wrap_key(room_key, stretched.wrapping_key, keys.name, CODE),
        "kept_code": seal(letters.encode(), keys.wrapping_key, CODE, keys.name),
        "code_ends_at": max(now, charter.starts_at) + timedelta(hours=hours),
    }


def count_misses(connection: Connection, code: str, now: datetime) -> int:
    """How many wrong codes that begin like this one were tried in this hour."""
    own = (MISSES.c.hour == _hour(now)) & (MISSES.c.beginning == _beginning(code))
    return connection.execute(select(MISSES.c["count"]).where(own)).scalar() or 0


def note_miss(connection: Connection, code: str, now: datetime) -> None:
    """Count a wrong code; those of earlier hours are forgotten."""
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    connection.execute(MISSES.delete().where(MISSES.c.hour < _hour(now)))
    row = {"hour": _hour(now), "beginning": _beginning(code), "count": 1}
    once_more = {"count": MISSES.c["count"] + 1}
    keys = [MISSES.c.hour, MISSES.c.beginning]
    connection.execute(
        make(MISSES).values(**row).on_conflict_do_update(index_elements=keys, set_=once_more)
    )


def is_guessed_at(address: str, code: str, now: datetime) -> bool:
    """Whether so many wrong codes came near this one that it is time for a new one.

    That is half of what locks it, so that nobody who has the right one has to wait.
    """
    with open_database(address, writes=False) as connection:
        return 2 * count_misses(connection, code, now) >= most_misses()


def most_misses() -> int:
    """How many wrong codes with one beginning are taken in an hour."""
    return int(read_toml(_DEFAULTS)["code_misses"]["value"])


def minutes_to_wait(now: datetime) -> int:
    """Minutes until the next hour begins, at least one."""
    return max(1, -(-(_SECONDS - int(now.timestamp()) % _SECONDS) // _MINUTE))


def take_turn(connection: Connection, room: str, now: datetime) -> None:
    """Count somebody who joins a room; raises RoomError when many did in this minute."""
    most, seconds = int(read_toml(_DEFAULTS)["joins_per_minute"]["value"]), int(now.timestamp())
    own = (CREATIONS.c.origin == room) & (CREATIONS.c.made_at > seconds - _MINUTE)
    asked = select(func.count()).select_from(CREATIONS).where(own)
    if (connection.execute(asked).scalar() or 0) >= most:
        raise explain_room("busy")
    connection.execute(CREATIONS.insert().values(origin=room, made_at=seconds))


def _hour(now: datetime) -> int:
    return int(now.timestamp()) // _SECONDS


def _beginning(code: str) -> int:
    """Which of 256 groups the first two letters belong to."""
    return sha256(code[:_BEGINNING].encode()).digest()[0]
