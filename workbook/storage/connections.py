"""Opens a connection to the database for one piece of work and closes it again.

The engine is kept for each address, since making one costs more than a save; with ``NullPool`` it
holds no connection, so nothing stays open between two saves and a process may be forked at any
moment. Texts of database errors can hold what was to be saved, so none is passed on.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock
from sqlalchemy import Connection, Engine, NullPool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, IntegrityError, NoSuchModuleError, SQLAlchemyError

from workbook.errors import PlanChanged, StoreError, StoreFull, StoreUnreachable
from workbook.storage.reasons import read_reason
from workbook.storage.refusals import read_refusal
from workbook.storage.tables import is_ready, prepare_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL

WAIT_SECONDS = 5
_DISK_FULL = "53100"
_SQLITE_FULL = {"SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE"}
# FULL: what was said to be saved survives a power cut too; it costs about half a millisecond.
_PRAGMAS = ("foreign_keys=ON", "secure_delete=ON", "synchronous=FULL")

_ready: set[tuple[str, int]] = set()
_held: dict[str, int] = {}


@contextlib.contextmanager
def open_database(address: str, *, writes: bool) -> Iterator[Connection]:
    """A connection within one transaction, committed when the block ends without an error.

    ``writes`` takes the right to write at once, so that what the block reads stays true.
    Raises StoreUnreachable, StoreFull, StoreError.
    """
    with translate_failures():
        engine = _make_engine(address)
        _prepare(engine)
        with _begin(engine, writes=writes) as connection:
            yield connection
        _is_held(engine)  # what went into a file that was moved meanwhile is not kept


@contextlib.contextmanager
def hold_database(address: str) -> Iterator[int]:
    """Prove that the database takes what is written, and keep SQLite's file open meanwhile.

    Whoever closes a SQLite file last has to put its journal away, which takes longer than a save;
    while a program that serves others holds it, none of them is the last. Nothing is locked. Gives
    the file's number for :func:`expect_file`, 0 where the database is no file.
    Raises StoreUnreachable, StoreFull, StoreError.
    """
    with open_database(address, writes=True) as connection:
        is_file = connection.dialect.name == "sqlite"
    with contextlib.ExitStack() as held:
        number = 0
        if is_file:
            with translate_failures():
                engine = _make_engine(address).execution_options(isolation_level="AUTOCOMMIT")
                opened = held.enter_context(engine.connect())
                opened.exec_driver_sql("PRAGMA schema_version").all()
                number = _file_number(Path(str(engine.url.database)))
            expect_file(address, number)
            held.callback(_held.pop, str(engine.url), None)
        yield number


def expect_file(address: str, number: int) -> None:
    """Take no other file for the database from now on, and make none where it is missing.

    For the programs of a server that holds the file. Its folder may be away for a while, as a disk
    that is not mounted: what was kept in a new file in its place would be lost when it is back.
    """
    _held[str(_make_engine(address).url)] = number


def refuse_other(address: str) -> None:
    """Raise StoreUnreachable where a server of ours holds a file, and another is in its place."""
    _is_held(_make_engine(address))


def forget_databases() -> None:
    """Forget the databases that this process has opened; each is opened anew when it is wanted."""
    _make_engine.cache_clear()
    _ready.clear()


def expunge(address: str) -> None:
    """See to it that deleted rows are gone from the database's files; waits for nobody.

    SQLite overwrites deleted rows and gives the room back. PostgreSQL rewrites the small tables
    of wrapped keys, without which a sealed plan that still lies in a file cannot be opened, and
    of what was told in rooms.
    """
    with translate_failures():
        engine = _make_engine(address)
        if engine.dialect.name == "sqlite":
            _run_at_once(engine, "PRAGMA incremental_vacuum", "PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            full = [f"VACUUM FULL {table}" for table in ("access", "seats", "blind")]
            _run_at_once(engine, *full, "VACUUM plans", "VACUUM rooms")


@contextlib.contextmanager
def translate_failures() -> Iterator[None]:
    """The database's failures as the workbook's own, without its words."""
    failure: StoreError | None = None
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        if _is_full(error):
            failure = StoreFull()
        elif isinstance(error, IntegrityError):  # two programs made the same row at once
            failure = PlanChanged()
        else:
            reason = read_refusal(getattr(error, "orig", None) or error)
            failure = StoreUnreachable(reason=reason) if reason else StoreUnreachable()
    if failure:
        raise failure from None


def _is_full(error: BaseException) -> bool:
    cause = getattr(error, "orig", error)
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorname", "") in _SQLITE_FULL
    return getattr(cause, "sqlstate", None) == _DISK_FULL


# -- engines -----------------------------------------------------------------------------------


@cache
def _make_engine(address: str) -> Engine:
    url = read_address(address)
    options: dict[str, Any] = {"poolclass": NullPool, "hide_parameters": True}
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, connect_args={"timeout": WAIT_SECONDS}, **options)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    milliseconds = WAIT_SECONDS * 1000
    limits = f"-c lock_timeout={milliseconds} -c statement_timeout={2 * milliseconds}"
    chosen = " ".join(_list_given(url, "options"))
    arguments: dict[str, Any] = {"options": f"{limits} {chosen}".rstrip()}
    if "connect_timeout" not in url.query:
        arguments["connect_timeout"] = WAIT_SECONDS
    try:
        return create_engine(url, connect_args=arguments, **options)
    except ImportError:
        pass
    raise StoreError(reason=read_reason("store", "driver"))


def _list_given(url: URL, name: str) -> tuple[str, ...]:
    """What an address says after its question mark under a name."""
    given = url.query.get(name, ())
    return (given,) if isinstance(given, str) else given


def read_address(address: str) -> URL:
    """The parsed address of a database, with the one driver we use; raises StoreError."""
    reason = "address"
    with contextlib.suppress(ArgumentError, NoSuchModuleError, ValueError):
        url = make_url(address.replace("postgres://", "postgresql://", 1))
        if url.get_backend_name() == "postgresql":
            return url.set(drivername="postgresql+psycopg")
        if url.get_backend_name() == "sqlite":
            if url.database and url.database != ":memory:":
                return url
            reason = "memory"
    raise StoreError(reason=read_reason("store", reason))


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    """Transactions are begun by us, and every connection keeps to the same rules."""
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    if connection.get_execution_options().get("isolation_level") == "AUTOCOMMIT":
        return
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextlib.contextmanager
def _begin(engine: Engine, *, writes: bool) -> Iterator[Connection]:
    with engine.connect().execution_options(writes=writes) as connection, connection.begin():
        yield connection


def _run_at_once(engine: Engine, *statements: str) -> None:
    """Run statements outside any transaction, each to its end.

    SQLite frees one page for each row that is asked for, and its driver asks for one; a script
    asks for all.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in statements:
            if engine.dialect.name == "sqlite":
                connection.connection.cursor().executescript(statement)
            else:
                connection.exec_driver_sql(statement)


# -- making the tables -------------------------------------------------------------------------


def _prepare(engine: Engine) -> None:
    """Make the tables unless this process has seen them in this very file already."""
    is_held = _is_held(engine)
    file = Path(engine.url.database or "") if engine.dialect.name == "sqlite" else None
    seen = (str(engine.url), _file_number(file))
    if seen in _ready:
        return
    if file is None:
        with _begin(engine, writes=True) as connection:
            if not is_ready(connection):
                prepare_tables(connection)
    else:
        if not is_held:
            _make_file(file)
        _prepare_file(engine, file)
    _ready.add((str(engine.url), _file_number(file)))


def _is_held(engine: Engine) -> bool:
    """Whether a server of ours holds the file; refuses another in its place, and none."""
    if (number := _held.get(str(engine.url))) is None:
        return False
    if _file_number(Path(str(engine.url.database))) != number:
        raise StoreUnreachable(reason=read_reason("store", "moved"))
    return True


def _file_number(file: Path | None) -> int:
    if file is None:
        return 0
    try:
        return file.stat().st_ino
    except FileNotFoundError:
        return -1


def _make_file(file: Path) -> None:
    """Make the folder and the file for their owner only."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))


def _prepare_file(engine: Engine, file: Path) -> None:
    """Make the tables in a file that is there.

    A lock stands around it, because changing the journal does not wait for others.
    """
    with FileLock(file.with_name(f".{file.name}.lock"), timeout=WAIT_SECONDS):
        _run_at_once(engine, "PRAGMA auto_vacuum=INCREMENTAL", "PRAGMA journal_mode=WAL")
        with _begin(engine, writes=True) as connection:
            if not is_ready(connection):
                prepare_tables(connection)
