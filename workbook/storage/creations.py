"""How many plans and rooms were begun lately from one place: counted, not who that was."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select, text

from workbook.errors import PlansTooMany
from workbook.storage.connections import open_database
from workbook.storage.tables import CREATIONS

if TYPE_CHECKING:
    from datetime import datetime

_HOUR = 3600
_STEP_MINUTES = 5
"""Minutes are told in such steps, so that a message that is read aloud seldom changes."""


@dataclass(frozen=True, slots=True)
class Quota:
    """How many plans and rooms may be begun within an hour by whoever shares an origin.

    ``origin`` is a name that the server makes up for an address and cannot be traced back once
    the server has ended, ``most`` the number of both together.
    """

    origin: str = field(repr=False)
    most: int

    def take(self, connection: Connection, now: datetime) -> None:
        """Count one more, within the transaction that begins it.

        What is older than an hour is forgotten. Raises PlansTooMany, which says when to try again.
        """
        seconds = int(now.timestamp())
        self._wait_for_turn(connection)
        _forget(connection, now)
        mine = select(CREATIONS.c.made_at).where(CREATIONS.c.origin == self.origin)
        latest = mine.order_by(CREATIONS.c.made_at.desc()).offset(self.most - 1).limit(1)
        full_since = connection.execute(latest).scalar()
        if full_since is not None:
            raise PlansTooMany(minutes=_round_up(full_since + _HOUR - seconds))
        connection.execute(CREATIONS.insert().values(origin=self.origin, made_at=seconds))

    def _wait_for_turn(self, connection: Connection) -> None:
        """Count one after another; SQLite lets only one write anyway."""
        if connection.dialect.name == "postgresql":
            number = int.from_bytes(hashlib.sha256(self.origin.encode()).digest()[:7])
            connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": number})


def forget_creations(address: str, now: datetime) -> None:
    """Delete what was counted more than an hour ago; raises StoreUnreachable, StoreFull."""
    with open_database(address, writes=True) as connection:
        _forget(connection, now)


def _forget(connection: Connection, now: datetime) -> None:
    last = int(now.timestamp()) - _HOUR
    connection.execute(CREATIONS.delete().where(CREATIONS.c.made_at <= last))


def _round_up(seconds: int) -> int:
    return max(1, math.ceil(seconds / 60 / _STEP_MINUTES)) * _STEP_MINUTES
