"""DuckDB inside the program: takes files apart and adds up what they tell, away from any network.

It works in a folder of its own that only this user can open, and that is removed with it.
"""

from __future__ import annotations

import secrets
import shutil
import tempfile
import zlib
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from workbook.discovery import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import duckdb

    Watch = Callable[[float], bool]
    Answer = tuple[list[str], list[tuple[object, ...]]]

MEMORY: Final = "600MB"
IN_MEMORY_BELOW: Final = 150_000_000
"""Bytes of a file whose events fit into memory; those of larger ones are packed on disk."""
PACKED_BELOW: Final = 5_000_000
"""The same for Parquet, which is packed itself."""
PARQUET: Final = b"PAR1"
LONGEST_LINE: Final = 100_000
_PIECE: Final = 1 << 22
_MOST_PACKED: Final = 300
"""How many times larger a packed log may be; everyday logs pack to a tenth or twentieth."""
_PACKED_FROM: Final = 5_000_000
_LEFT_ON_DISK: Final = 500_000_000
_GZIP: Final = b"\x1f\x8b"
_STAGES: Final = {
    "unpack": (0.0, 0.2), "survey": (0.2, 0.25), "know": (0.25, 0.4), "take": (0.4, 0.9),
    "count": (0.9, 1.0),
}  # fmt: skip
"""The stages of the work, and about how much of it is done when each begins and ends."""
_LOOK_EVERY: Final = 0.1
"""Seconds between two looks at how far a statement is."""
_SETTINGS: Final = (
    "TimeZone = 'UTC'",
    # how far it is can be asked for, and is not printed among what a command prints
    "enable_progress_bar = true",
    "enable_progress_bar_print = false",
    # a file's size is guessed too low, so that all of it would be kept in memory for a join
    "disabled_optimizers = 'build_side_probe_side'",
    "lock_configuration = true",
)


class Cancelled(Exception):
    """Whoever asked for the counts wants them no more."""


class Bursting(Exception):
    """A packed file that unpacks to more than any log, or to more than the disk holds."""


class Unpacked(NamedTuple):
    """A file as plain bytes on disk."""

    path: Path
    size: int
    is_cut: bool = False
    """Whether it was packed and ends before its end."""
    is_packed: bool = False
    """Whether it is packed still, and read so."""


class Desk:
    """An engine with a folder for what it works on."""

    def __init__(self, folder: Path, given: Unpacked, watch: Watch | None) -> None:
        """Open an engine that knows no network and fetches nothing."""
        import duckdb  # noqa: PLC0415 - heavy, and only for files of visits

        self.folder = folder
        self.given = given
        self.watch = watch
        self._stage = _STAGES["unpack"]
        is_large = given.size > (PACKED_BELOW if given.is_packed else IN_MEMORY_BELOW)
        self.salt = secrets.token_hex(16)
        place = str(folder / "events.duckdb") if is_large else ":memory:"
        self.engine: duckdb.DuckDBPyConnection = duckdb.connect(place, config=_settings(folder))

    def ask(self, statement: str, values: Sequence[object] = ()) -> list[tuple[object, ...]]:
        """The rows of a statement."""
        return self._run(statement, values)[1]

    def ask_one(self, statement: str, values: Sequence[object] = ()) -> tuple[object, ...]:
        """The first row of a statement that has one."""
        return self.ask(statement, values)[0]

    def ask_named(self, statement: str) -> list[dict[str, object]]:
        """The rows of a statement, by the names of their columns."""
        names, rows = self._run(statement, ())
        return [dict(zip(names, row, strict=True)) for row in rows]

    def begin(self, stage: str) -> None:
        """Begin a stage of the work, for whoever watches how far it is."""
        self._stage = _STAGES[stage]
        self.tell(0)

    def tell(self, share: float) -> None:
        """Say how much of a stage is done.

        Raises:
            Cancelled: Whoever watches wants no more.
        """
        if self.watch is not None:
            begin, end = self._stage
            if not self.watch(begin + (end - begin) * min(1, max(0, share))):
                raise Cancelled

    def _run(self, statement: str, values: Sequence[object]) -> Answer:
        if self.watch is None:
            return self._execute(statement, values)
        with ThreadPoolExecutor(1) as pool:
            running = pool.submit(self._execute, statement, values)
            try:
                while not wait([running], timeout=_LOOK_EVERY).done:
                    self.tell(self.engine.query_progress() / 100)
            except BaseException:
                self.engine.interrupt()
                raise
        return running.result()

    def _execute(self, statement: str, values: Sequence[object]) -> Answer:
        answer = self.engine.execute(statement, list(values))
        names = [str(column[0]) for column in answer.description or ()]
        return names, answer.fetchall()


def _settings(folder: Path) -> dict[str, str | bool | int | float | list[str]]:
    return {
        "memory_limit": MEMORY,
        "temp_directory": str(folder / "overflow"),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "preserve_insertion_order": False,
    }


@contextmanager
def open_desk(
    source: Path | bytes, watch: Watch | None = None, largest: int | None = None
) -> Iterator[Desk]:
    """An engine, and a file unpacked for it; both end with the block, whatever happens.

    Raises:
        Bursting: The file unpacks to more than there is room for, or to more than ``largest``.
        Cancelled: ``watch`` said no.
    """
    folder = Path(tempfile.mkdtemp(prefix="workbook-"))
    try:
        desk = Desk(folder, _unpack(source, folder, watch, largest), watch)
        try:
            for setting in _SETTINGS:
                desk.engine.execute(f"SET {setting}")
            yield desk
        finally:
            desk.engine.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def read_start(source: Path | bytes, most: int = 1 << 20) -> bytes:
    """The first bytes of a file, unpacked; fewer where it is cut off or damaged."""
    if isinstance(source, bytes):
        raw = source[:most]
    else:
        with source.open("rb") as file:
            raw = file.read(most)
    if not raw.startswith(_GZIP):
        return raw
    with suppress(zlib.error):
        return zlib.decompressobj(31).decompress(raw, most)
    return b""


def _unpack(
    source: Path | bytes, folder: Path, watch: Watch | None, largest: int | None
) -> Unpacked:
    """A file where the engine may read it under a plain name: given bytes, or unpacked."""
    place = folder / "given"
    if isinstance(source, bytes):
        (folder / "bytes").write_bytes(source)
        source = folder / "bytes"
    with source.open("rb") as file:
        start = file.read(len(PARQUET))
    size = source.stat().st_size
    if start.startswith(_GZIP):
        unpacked, is_cut = _unpack_gzip(source, place, watch, largest)
        return Unpacked(place, unpacked, is_cut)
    try:
        # not resolved: a file without a name is reached by the way to its handle alone
        place.symlink_to(source.absolute())
    except OSError:  # where only administrators may make links
        shutil.copyfile(source, place)
    return Unpacked(place, size, is_packed=start == PARQUET)


def _unpack_gzip(
    source: Path, place: Path, watch: Watch | None, largest: int | None
) -> tuple[int, bool]:
    """Unpack one or more packed parts, as far as they go."""
    written, size = 0, source.stat().st_size
    parts = zlib.decompressobj(31)
    with source.open("rb") as packed, place.open("wb") as plain:
        while piece := packed.read(_PIECE):
            while piece:
                if parts.eof:
                    if not piece.startswith(_GZIP):
                        return written, bool(piece.strip(b"\0"))
                    parts = zlib.decompressobj(31)
                try:
                    text = parts.decompress(piece, _PIECE)
                except zlib.error:
                    return written, True
                written += plain.write(text)
                _check_room(written, packed.tell(), place, largest)
                piece = parts.unused_data if parts.eof else parts.unconsumed_tail
            _look(watch, _STAGES["unpack"][1] * packed.tell() / size)
    return written, not parts.eof


def _check_room(written: int, read: int, place: Path, largest: int | None) -> None:
    if written > _PACKED_FROM and written > _MOST_PACKED * read:
        raise Bursting
    if largest is not None and written > largest:
        raise Bursting
    if shutil.disk_usage(place.parent).free < _LEFT_ON_DISK:
        raise Bursting


def _look(watch: Watch | None, share: float) -> None:
    if watch is not None and not watch(share):
        raise Cancelled


def quote_text(text: str) -> str:
    """A text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def write_query(name: str, **parts: str) -> str:
    """A query of the folder ``queries`` with its parts put in.

    The parts are SQL made here; what a file or a user says goes in as ``quote_text`` writes it.
    """
    return read_text(f"measurement/queries/{name}.sql").format(**parts)


def read_lines(path: Path, *, blank: bool = False) -> str:
    """The lines of a file as a relation with one column; with those that are blank, or without."""
    return write_query(
        "lines",
        path=quote_text(str(path)),
        longest=str(LONGEST_LINE),
        wanted="true" if blank else "line IS NOT NULL",
    )


class Survey(NamedTuple):
    """What a quick look at a file's bytes tells."""

    lines: int
    is_plain: bool
    """Whether every byte is plain text and no line is too long for the engine."""
    is_torn: bool = False
    """Whether the last line has no end, as servers give every line one."""


def survey(desk: Desk) -> Survey:
    """Count the lines of a file, and see whether the engine will pass over any of them."""
    path = desk.given.path
    desk.begin("survey")
    lines, is_plain, last = 0, True, b""
    size = max(1, path.stat().st_size)
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            lines += piece.count(b"\n")
            is_plain = is_plain and piece.isascii() and _has_short_lines(last + piece)
            last = piece[piece.rfind(b"\n") + 1 :][-LONGEST_LINE:]
            desk.tell(file.tell() / size)
    return Survey(lines + bool(last), is_plain, bool(last))


def count_passed_over(desk: Desk, lines: int, paths: Sequence[Path]) -> int:
    """How many of the lines of some files the engine passes over: no text, or endless."""
    seen = [
        desk.ask_one(write_query("count_lines", lines=read_lines(path, blank=True)))[0]
        for path in paths
    ]
    return max(0, lines - sum(int(str(count)) for count in seen))


def _has_short_lines(piece: bytes) -> bool:
    step = LONGEST_LINE // 2
    return all(b"\n" in piece[i : i + step] for i in range(0, len(piece) - step + 1, step))
