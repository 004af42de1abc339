"""The tables of the database, and how they come to be and are brought up to date."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    inspect,
    text,
)

from workbook.errors import StoreError
from workbook.storage.reasons import read_reason

METADATA = MetaData()

PLANS = Table(
    "plans",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("revision", BigInteger, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("saved_at", DateTime(timezone=True), nullable=False),
    Column("visited_on", Date, nullable=False, index=True),
    Column("size", Integer, nullable=False),
)
"""One row for each plan: encrypted, with the day of its last visit and its sealed size in bytes."""

ACCESS = Table(
    "access",
    METADATA,
    Column("name", String(32), primary_key=True),
    Column(
        "plan_id",
        String(32),
        ForeignKey("plans.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("right", String(16), nullable=False),
    Column("wrapped_key", LargeBinary, nullable=False),
    Column("kept_key", LargeBinary),
    Column("seat", String(32), index=True),
)
"""One row for each link that opens a plan.

``wrapped_key`` is the plan's key, wrapped for this link. ``kept_key`` is the key in this link,
sealed for the owner, who needs it to show the link again and to wrap a new plan key for it; whom
the owner gave it to, and when, is sealed with it. The owner's own row has none. ``seat`` names
the place in a workshop for which it was given, with which it ends.
"""

CREATIONS = Table(
    "creations",
    METADATA,
    Column("origin", String(32), nullable=False, index=True),
    Column("made_at", BigInteger, nullable=False, index=True),
)
"""One row for each plan begun in the last hour: a name for where from, and when, in seconds.

The name is made with a key that is never kept and goes with the server, so it names nobody.
"""

ROOMS = Table(
    "rooms",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("revision", BigInteger, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("wrapped_key", LargeBinary, nullable=False),
    Column("code", String(32), unique=True),
    Column("code_key", LargeBinary),
    Column("kept_code", LargeBinary),
    Column("code_ends_at", DateTime(timezone=True)),
    Column("visited_on", Date, nullable=False, index=True),
)
"""One row for each room of a workshop: what it was set up with and what happened, encrypted.

``id`` follows from the facilitator's key and tells nothing of it. ``wrapped_key`` is the room's
key, wrapped for the facilitator; ``code_key`` the same for the joining code, whose name is
``code``. ``kept_code`` is the code itself, sealed for the facilitator. All three of the code are
gone when its time is over.
"""

SEATS = Table(
    "seats",
    METADATA,
    Column("name", String(32), primary_key=True),
    Column(
        "room_id",
        String(32),
        ForeignKey("rooms.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("wrapped_key", LargeBinary, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("told", LargeBinary),
    Column("earlier", LargeBinary),
    Column("number", Integer),
)
"""One row for each participant: the room's key wrapped for them, and what they tell.

``number`` is what they are called by where they stay nameless: the how manieth to come.
``told`` is sealed for the facilitator alone, and ``earlier`` is what they told last before the
room was closed.
"""

BLIND = Table(
    "blind",
    METADATA,
    Column(
        "seat",
        String(32),
        ForeignKey("seats.name", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("question", String(8), primary_key=True),
    Column("room_id", String(32), nullable=False, index=True),
    Column("sealed", LargeBinary, nullable=False),
)
"""One row for each answer to what a room was asked, sealed for the facilitator alone."""

MISSES = Table(
    "misses",
    METADATA,
    Column("hour", BigInteger, primary_key=True),
    Column("beginning", Integer, primary_key=True),
    Column("count", Integer, nullable=False),
)
"""How many wrong joining codes were tried in an hour, by 256 groups of beginnings."""

SALT = Table("salt", METADATA, Column("salt", LargeBinary, nullable=False))
"""One row, made with the first room: what joining codes are stretched with in this database."""

SCHEMA = Table("schema", METADATA, Column("version", Integer, nullable=False))
"""One row: which version of these tables the database has."""

Upgrade = Callable[[Connection], None]


def _count_creations(connection: Connection) -> None:
    """Tables of version 2 count the plans that are begun."""
    for statement in (
        "CREATE TABLE creations (origin VARCHAR(32) NOT NULL, made_at BIGINT NOT NULL)",
        "CREATE INDEX ix_creations_origin ON creations (origin)",
        "CREATE INDEX ix_creations_made_at ON creations (made_at)",
    ):
        connection.exec_driver_sql(statement)


def _add_rooms(connection: Connection) -> None:
    """Tables of version 3 hold rooms of workshops."""
    is_sqlite = connection.dialect.name == "sqlite"
    raw, moment = ("BLOB", "DATETIME") if is_sqlite else ("BYTEA", "TIMESTAMP WITH TIME ZONE")
    for statement in (
        (
            f"CREATE TABLE rooms (id VARCHAR(32) NOT NULL PRIMARY KEY, revision BIGINT NOT NULL,"
            f" sealed {raw} NOT NULL, wrapped_key {raw} NOT NULL, code VARCHAR(32) UNIQUE,"
            f" code_key {raw}, kept_code {raw}, code_ends_at {moment}, visited_on DATE NOT NULL)"
        ),
        "CREATE INDEX ix_rooms_visited_on ON rooms (visited_on)",
        (
            "CREATE TABLE seats (name VARCHAR(32) NOT NULL PRIMARY KEY,"
            f" room_id VARCHAR(32) NOT NULL, wrapped_key {raw} NOT NULL,"
            f" revision BIGINT NOT NULL, told {raw}, earlier {raw},"
            " FOREIGN KEY(room_id) REFERENCES rooms (id) ON DELETE CASCADE)"
        ),
        "CREATE INDEX ix_seats_room_id ON seats (room_id)",
        (
            "CREATE TABLE blind (seat VARCHAR(32) NOT NULL, question VARCHAR(8) NOT NULL,"
            f" room_id VARCHAR(32) NOT NULL, sealed {raw} NOT NULL, PRIMARY KEY (seat, question),"
            " FOREIGN KEY(seat) REFERENCES seats (name) ON DELETE CASCADE)"
        ),
        "CREATE INDEX ix_blind_room_id ON blind (room_id)",
        (
            "CREATE TABLE misses (hour BIGINT NOT NULL, beginning INTEGER NOT NULL,"
            " count INTEGER NOT NULL, PRIMARY KEY (hour, beginning))"
        ),
        f"CREATE TABLE salt (salt {raw} NOT NULL)",
    ):
        connection.exec_driver_sql(statement)


def _number_seats(connection: Connection) -> None:
    """Tables of version 4 number the seats of a room, and know which links end with a seat."""
    for statement in (
        "ALTER TABLE access ADD COLUMN seat VARCHAR(32)",
        "CREATE INDEX ix_access_seat ON access (seat)",
        "ALTER TABLE seats ADD COLUMN number INTEGER",
    ):
        connection.exec_driver_sql(statement)


UPGRADES: tuple[Upgrade, ...] = (_count_creations, _add_rooms, _number_seats)
"""What turns tables of version 1 into version 2, 2 into 3, and so on; never change one."""

_POSTGRESQL_LOCK = 5_311_905_402_017_223


def is_ready(connection: Connection) -> bool:
    """Whether the tables are there, in the version of this workbook.

    Raises StoreError when a newer workbook made them.
    """
    if not inspect(connection).has_table(SCHEMA.name):
        return False
    return _read_version(connection) == len(UPGRADES) + 1


def prepare_tables(connection: Connection) -> None:
    """Make the tables, or bring them up to date, in a transaction that writes.

    Two processes may do this at once: one waits for the other and finds the work done.
    Raises StoreError when a newer workbook made them.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _POSTGRESQL_LOCK})
    newest = len(UPGRADES) + 1
    if not inspect(connection).has_table(SCHEMA.name):
        METADATA.create_all(connection)
        connection.execute(SCHEMA.insert().values(version=newest))
        return
    version = _read_version(connection)
    for upgrade in UPGRADES[version - 1 :]:
        upgrade(connection)
    connection.execute(SCHEMA.update().values(version=newest))


def _read_version(connection: Connection) -> int:
    version: int = connection.execute(SCHEMA.select()).scalar_one()
    if version > len(UPGRADES) + 1:
        raise StoreError(reason=read_reason("store", "newer"))
    return version
