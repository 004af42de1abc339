"""Copies of the embedded database: one a day while it runs, the latest kept, and one put back.

A copy holds plans as the database does, sealed with keys that lie in their links, and is for its
owner's eyes only. A deleted plan is gone from the database at once and from the copies once the
last of them is taken away. Whoever keeps plans in PostgreSQL copies them with its own tools.
"""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from filelock import FileLock

from workbook.errors import CopyUnusable
from workbook.storage.connections import (
    WAIT_SECONDS,
    open_database,
    read_address,
    refuse_other,
    translate_failures,
)
from workbook.storage.reasons import read_reason

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER: Final = "copies"
_PAGES: Final = 500
"""Pages of the database, 4 kB each, that are copied before others may write in between."""
_PAUSE: Final = 0.005
_LONGEST_SECONDS: Final = 60
"""For how long one who makes or restores a copy waits for another who does."""
_HALF: Final = ".half"
_BESIDE: Final = ("", "-journal", "-wal", "-shm")
"""What SQLite adds to a file's name for those it keeps beside it."""
_NAMED: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(?:(-replaced)(?:-([1-9]\d{0,5}))?)?")


@dataclass(frozen=True, slots=True, order=True)
class Copy:
    """A copy of the database, in the state of the end of its making."""

    day: date
    path: Path
    turn: int = 0
    """Which of that day's, among what copies that were put back took the place of; 0: of none."""

    @property
    def is_replaced(self) -> bool:
        """Whether it is what a copy that was put back took the place of."""
        return self.turn > 0


def find_folder(address: str) -> Path | None:
    """The folder of the copies, beside the database; None where it is no file."""
    file = _find_file(address)
    return file.parent / FOLDER if file else None


def list_copies(address: str) -> tuple[Copy, ...]:
    """The copies there are, the latest first."""
    file = _find_file(address)
    if file is None or not (file.parent / FOLDER).is_dir():
        return ()
    found = []
    for path in (file.parent / FOLDER).iterdir():
        if named := _read_name(path.name, file.stem, file.suffix):
            with contextlib.suppress(ValueError):
                turn = int(named[3] or 1) if named[2] else 0
                found.append(Copy(date.fromisoformat(named[1]), path, turn))
    return tuple(sorted(found, key=lambda copy: (copy.day, copy.turn), reverse=True))


def copy_database(address: str, today: date, *, keep: int) -> Copy | None:
    """Copy the database unless today's copy is there, and take old copies away.

    Pages go on meanwhile: their saves are part of the copy, or come after it.

    Args:
        address: Of the database.
        today: The day the copy is called by.
        keep: How many days' copies are kept; older ones are deleted. With 0 none is made, and all
            there are are deleted.

    Returns:
        The copy of today; None where the database is no file or no copy is kept.

    Raises:
        StoreFull, StoreUnreachable: The copy could not be made; the others are left as they are.
    """
    file = _find_file(address)
    if file is None or not (keep or (file.parent / FOLDER).is_dir()):
        return None
    copy = Copy(today, file.parent / FOLDER / f"{file.stem}-{today.isoformat()}{file.suffix}")
    with translate_failures():
        refuse_other(address)
    with translate_failures(), _hold_folder(file):
        if keep and not copy.path.exists():
            _write_copy(file, copy.path)
        for old in list_copies(address):
            if (today - old.day).days >= keep:
                old.path.unlink(missing_ok=True)
    return copy if keep else None


def restore_copy(address: str, copy: Path, today: date) -> Copy:
    """Put a copy in the place of the database, in one transaction.

    What was deleted or withdrawn since the copy was made is there again. No copy is taken away.

    Args:
        address: Of the database; its file need not be there any more.
        copy: The file of the copy.
        today: The day by which what was there until now is kept.

    Returns:
        The copy of what was there until now.

    Raises:
        CopyUnusable: The file is no copy of ours, or is damaged; or the database is no file.
        StoreFull, StoreUnreachable: The database was not replaced.
    """
    file = _find_file(address)
    if file is None:
        raise CopyUnusable(reason=read_reason("copy", "server"))
    _check(copy)
    with open_database(address, writes=True):
        pass  # makes the file where there is none
    with translate_failures(), _hold_folder(file):
        replaced = _name_replaced(address, file, today)
        _write_copy(file, replaced.path)
        with _open(copy, "ro") as source, _open(file, "rw") as target:
            source.backup(target)
    return replaced


def _find_file(address: str) -> Path | None:
    url = read_address(address)
    return Path(str(url.database)) if url.get_backend_name() == "sqlite" else None


def _read_name(name: str, stem: str, suffix: str) -> re.Match[str] | None:
    """What the name of a copy of a file tells; None for any other name."""
    if not (name.startswith(f"{stem}-") and name.endswith(suffix)):
        return None
    return _NAMED.fullmatch(name.removeprefix(f"{stem}-").removesuffix(suffix))


def _name_replaced(address: str, file: Path, today: date) -> Copy:
    """The next free place for what a copy takes the place of."""
    turn = 1 + max((copy.turn for copy in list_copies(address) if copy.day == today), default=0)
    number = f"-{turn}" if turn > 1 else ""
    name = f"{file.stem}-{today.isoformat()}-replaced{number}{file.suffix}"
    return Copy(today, file.parent / FOLDER / name, turn)


@contextlib.contextmanager
def _hold_folder(file: Path) -> Iterator[None]:
    """Be the only one at work on the copies, and sweep up what one that was killed left."""
    folder = file.parent / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    with FileLock(file.with_name(f".{file.name}.copies.lock"), timeout=_LONGEST_SECONDS):
        for path in folder.iterdir():
            name, half, rest = path.name.partition(_HALF)
            if rest in _BESIDE and _read_name(name + half, file.stem, _HALF):
                path.unlink(missing_ok=True)
        yield


@contextlib.contextmanager
def _open(file: Path, mode: str) -> Iterator[sqlite3.Connection]:
    address = f"{file.resolve().as_uri()}?mode={mode}"
    connection = sqlite3.connect(address, uri=True, timeout=WAIT_SECONDS)
    try:
        yield connection
    finally:
        connection.close()


def _write_copy(file: Path, path: Path) -> None:
    """Write it beside its place first, so that half a copy is never taken for one."""
    half = path.with_suffix(_HALF)
    half.unlink(missing_ok=True)
    os.close(os.open(half, os.O_CREAT | os.O_RDWR, 0o600))
    try:
        with _open(file, "ro") as source, _open(half, "rw") as target:
            source.backup(target, pages=_PAGES, sleep=_PAUSE)
            # one file, that can be carried elsewhere
            target.execute("PRAGMA journal_mode=DELETE").close()
        with half.open("rb") as written:
            os.fsync(written.fileno())
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


def _check(copy: Path) -> None:
    """Raise CopyUnusable unless a file is a whole database with plans."""
    kind = "missing"
    if copy.is_file():
        kind = "damaged"
        with contextlib.suppress(sqlite3.Error, OSError), _open(copy, "ro") as source:
            whole = source.execute("PRAGMA quick_check").fetchall()
            tables = {name for (name,) in source.execute("SELECT name FROM sqlite_master")}
            if whole == [("ok",)] and {"plans", "access"} <= tables:
                return
    raise CopyUnusable(reason=read_reason("copy", kind, given=copy.name))
