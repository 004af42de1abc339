"""What ends by itself or for good: joining codes whose time is over, and whole rooms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from workbook.storage.connections import expunge, open_database
from workbook.storage.database import KEEP_MONTHS
from workbook.storage.tables import ACCESS, BLIND, ROOMS, SEATS

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

NO_CODE: Final[dict[str, Any]] = dict.fromkeys(("code", "code_key", "kept_code", "code_ends_at"))
"""The columns of a room that nobody can join."""


def delete_rooms(connection: Connection, names: list[str]) -> int:
    """Delete rooms with everything told in them, and say how many there were."""
    end_sight(connection, *names)
    connection.execute(BLIND.delete().where(BLIND.c.room_id.in_(names)))
    connection.execute(SEATS.delete().where(SEATS.c.room_id.in_(names)))
    return connection.execute(ROOMS.delete().where(ROOMS.c.id.in_(names))).rowcount


def end_sight(connection: Connection, *rooms: str, seat: str = "") -> None:
    """Let plans be opened no more by the links that were given for rooms, or for one seat.

    Their owners need not be there.
    """
    sitting = select(SEATS.c.name).where(SEATS.c.room_id.in_(rooms))
    if seat:
        sitting = sitting.where(SEATS.c.name == seat)
    connection.execute(ACCESS.delete().where(ACCESS.c.seat.in_(sitting)))


def purge_rooms(address: str, now: datetime, months: int = KEEP_MONTHS) -> int:
    """Delete rooms no facilitator opened for so many months, and codes whose time is over.

    Says how many rooms they were. Raises StoreUnreachable, StoreFull.
    """
    from dateutil.relativedelta import relativedelta  # noqa: PLC0415 - once a day

    last = now.date() - relativedelta(months=months)
    with open_database(address, writes=True) as connection:
        drop_ended_codes(connection, now)
        old = connection.execute(select(ROOMS.c.id).where(ROOMS.c.visited_on <= last)).scalars()
        gone = delete_rooms(connection, list(old))
    if gone:
        expunge(address)
    return gone


def drop_ended_codes(connection: Connection, now: datetime) -> None:
    """Take the codes whose time is over out of their rows."""
    connection.execute(ROOMS.update().where(ROOMS.c.code_ends_at <= now).values(**NO_CODE))
