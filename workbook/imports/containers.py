"""What a file is made of: rows, a JSON document or plain text, whatever its name claims.

A file is told by its first bytes, never by its ending. Nothing is unpacked beyond a limit, so
that a small file cannot become a huge one.
"""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Final, NamedTuple

from workbook.imports.documents import find_json, read_json
from workbook.values import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.imports.documents import Found

MEGABYTE: Final = 1_000_000
LARGEST_FILE: Final = 25 * MEGABYTE
LARGEST_UNPACKED: Final = 80 * MEGABYTE
LARGEST_BY_COMMAND: Final = 200 * MEGABYTE
"""A file that is read as a whole by the command line, in about nine times its size of memory."""
MOST_MEMBERS: Final = 500
_MOST_PACKED: Final = 300
"""How many times larger a packed text may be; everyday tables pack to a tenth."""
_PACKED_FROM: Final = 5 * MEGABYTE
_SAMPLE: Final = 100_000
_FEW_ZEROS, _ZEROS_IN = 2, 200
"""How many bytes of a text may be zero: so many, or one among so many letters."""
_ZIP, _GZIP, _OLD_OFFICE, _PARQUET = b"PK\x03\x04", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"PAR1"
_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError,
    ValueError, OSError, struct.error, IndexError,
)  # fmt: skip
"""What the library raises for an archive whose bytes are wrong, one way or another."""
_NO_TABLES: Final = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"\x7fELF", b"MZ\x90")


@dataclass(frozen=True, slots=True)
class Document:
    """A JSON document, or all the lines of one that holds a document a line."""

    name: str
    value: object


@dataclass(frozen=True, slots=True)
class Text:
    """Plain text; it may be a table with delimiters."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a spreadsheet, its cells as text."""

    name: str
    rows: tuple[tuple[str, ...], ...]


Part = Document | Text | Sheet


@dataclass(frozen=True, slots=True)
class Opened:
    """The parts of a file, and what kept others from being read."""

    parts: tuple[Part, ...] = ()
    problems: tuple[Problem, ...] = ()


class Room(NamedTuple):
    """How large a file may be, and all that is unpacked from it."""

    file: int
    unpacked: int


class _Refused(Exception):
    """A file that is not read further."""

    def __init__(self, problem: str, **values: object) -> None:
        super().__init__(problem)
        self.problem = Problem(problem, values)


def open_file(raw: bytes, name: str, largest: int | None = None) -> Opened:
    """The parts of a file: one for a table or a text, several for a spreadsheet or an archive.

    Args:
        raw: The bytes of the file.
        name: What it is called; only used to speak of it.
        largest: The bytes that a file may have; those of the app where None.

    Returns:
        What could be read, and a Problem for what could not; never raises for what a file holds.
    """
    found: list[Part | Problem] = []
    try:
        found.extend(_open(raw, name, _make_room(largest), inside=False))
    except _Refused as refused:
        found.append(refused.problem)
    problems = tuple(each for each in found if isinstance(each, Problem))
    return Opened(tuple(each for each in found if not isinstance(each, Problem)), problems)


def _make_room(largest: int | None) -> Room:
    if largest is None:
        return Room(LARGEST_FILE, LARGEST_UNPACKED)
    return Room(largest, max(largest, LARGEST_UNPACKED))


def _open(raw: bytes, name: str, room: Room, *, inside: bool) -> Iterator[Part | Problem]:
    if len(raw) > room.file and not inside:
        raise _Refused("file-too-large", name=name, limit=room.file // MEGABYTE)
    if not raw.strip():
        raise _Refused("file-empty", name=name)
    if raw.startswith(_ZIP):
        yield from _open_zip(raw, name, room, inside=inside)
    elif raw.startswith(_GZIP):
        yield from _open(_unpack_gzip(raw, name, room), name.removesuffix(".gz"), room, inside=True)
    elif raw.startswith(_OLD_OFFICE):
        from workbook.imports.spreadsheets import read_xls  # noqa: PLC0415 - when there is one

        yield from _sheets_of(read_xls(raw), name)
    elif raw.startswith((*_NO_TABLES, _PARQUET)):
        raise _Refused("file-no-table", name=name)
    else:
        yield from _read_text(raw, name)


# -- archives and spreadsheets -----------------------------------------------------------------


def _open_zip(raw: bytes, name: str, room: Room, *, inside: bool) -> Iterator[Part | Problem]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = [m for m in archive.infolist() if not m.is_dir() and not _is_noise(m)]
            names = {member.filename for member in members}
            if "[Content_Types].xml" in names:
                yield from _open_office(archive, names, name, room)
            elif inside:
                raise _Refused("archive-in-archive", name=name)
            else:
                yield from _open_members(archive, members, name, room)
    except _BROKEN as error:
        raise _Refused("file-damaged", name=name) from error


def _is_noise(member: zipfile.ZipInfo) -> bool:
    base = member.filename.rpartition("/")[2]
    return member.filename.startswith("__MACOSX/") or base.startswith("._")


def _open_members(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], name: str, room: Room
) -> Iterator[Part | Problem]:
    if len(members) > MOST_MEMBERS:
        raise _Refused("archive-too-many", name=name, limit=MOST_MEMBERS)
    left = room.unpacked
    for member in members:
        try:
            content = _unpack_member(archive, member, left, name)
            left -= len(content)
            yield from _open(content, member.filename, room, inside=True)
        except (zipfile.BadZipFile, zlib.error, EOFError):
            yield Problem("file-damaged", {"name": member.filename})
        except _Refused as refused:
            if refused.problem.id == "file-bursts":
                raise
            if refused.problem.id not in {"file-no-table", "file-empty"}:
                yield refused.problem


def _unpack_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int, name: str
) -> bytes:
    with archive.open(member) as packed:
        return _unpack(packed, member.compress_size, most, name)


def _unpack_gzip(raw: bytes, name: str, room: Room) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(raw)) as packed:
            return _unpack(packed, len(raw), room.unpacked, name)
    except (OSError, EOFError, zlib.error) as error:
        raise _Refused("file-damaged", name=name) from error


def _unpack(packed: IO[bytes] | gzip.GzipFile, size: int, most: int, name: str) -> bytes:
    """What is packed, counted as it comes; what an archive says of its size is not believed."""
    content = packed.read(min(_PACKED_FROM, most) + 1)
    bursts = len(content) > _PACKED_FROM and len(content) > _MOST_PACKED * max(size, 1)
    if not bursts and len(content) > _PACKED_FROM:
        content += packed.read(most + 1 - len(content))
    if bursts or len(content) > most:
        raise _Refused("file-bursts", name=name, limit=most // MEGABYTE)
    return content


class _Unpacker:
    """Gives parts of an archive by their names, within what all of them may come to."""

    def __init__(self, archive: zipfile.ZipFile, name: str, most: int) -> None:
        self._archive = archive
        self._name = name
        self._left = most

    def __call__(self, part: str) -> bytes | None:
        try:
            member = self._archive.getinfo(part)
        except KeyError:
            return None
        content = _unpack_member(self._archive, member, self._left, self._name)
        self._left -= len(content)
        return content


def _open_office(
    archive: zipfile.ZipFile, names: set[str], name: str, room: Room
) -> Iterator[Part]:
    if "xl/workbook.xml" not in names:
        raise _Refused("office-no-table", name=name)
    from workbook.imports.parts import TooManyElements, Unbearable  # noqa: PLC0415 - if any
    from workbook.imports.spreadsheets import TooManyCells  # noqa: PLC0415 - if any
    from workbook.imports.xlsx import read_xlsx  # noqa: PLC0415 - if any

    try:
        sheets = read_xlsx(_Unpacker(archive, name, room.unpacked))
    except Unbearable as error:
        raise _Refused("file-damaged", name=name) from error
    except (TooManyElements, TooManyCells) as error:
        raise _Refused("table-too-large", name=name) from error
    yield from _sheets_of(sheets, name)


def _sheets_of(sheets: list[tuple[str, list[tuple[str, ...]]]] | None, name: str) -> Iterator[Part]:
    if sheets is None:
        raise _Refused("file-damaged", name=name)
    filled = [(title, rows) for title, rows in sheets if any(any(row) for row in rows)]
    if not filled:
        raise _Refused("file-empty", name=name)
    for title, rows in filled:
        yield Sheet(f"{name}: {title}" if len(filled) > 1 else name, tuple(rows))


# -- text --------------------------------------------------------------------------------------


def _read_text(raw: bytes, name: str) -> Iterator[Part | Problem]:
    text = decode(raw)
    if zeros := text.count("\x00"):
        if zeros > max(_FEW_ZEROS, len(text) // _ZEROS_IN):
            raise _Refused("file-no-table", name=name)
        text = text.replace("\x00", "")
        yield Problem("file-bytes", {"name": name, "count": zeros})
    if not text.strip():
        raise _Refused("file-empty", name=name)
    start = find_json(text)
    if start is not None:
        try:
            found = read_json(text[start:])
        except (ValueError, RecursionError) as error:
            if name.lower().endswith((".json", ".js", ".ndjson", ".jsonl")) or start:
                raise _Refused("json-damaged", name=name) from error
        else:
            yield Document(name, found.value)
            yield from _tell_lost(found, name)
            return
    yield Text(name, text)


def _tell_lost(found: Found, name: str) -> Iterator[Problem]:
    if found.is_cut:
        yield Problem("json-cut", {"name": name})
    if found.lost:
        yield Problem("json-lines", {"name": name, "count": found.lost, "lines": found.lines})


def decode(raw: bytes) -> str:
    """Bytes as text: by their mark, as UTF-8, or by the likeliest of the older encodings."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    if (start := raw[:400]) and start[1::2].count(0) > len(start) // 3 > start[::2].count(0):
        return raw.decode("utf-16-le", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decode_odd(raw)


def _decode_odd(raw: bytes) -> str:
    """Text that is not clean UTF-8: mixed encodings keep what is UTF-8, others are guessed."""
    mended = raw.decode("utf-8-sig", errors="replace")
    broken = mended.count("\ufffd")
    whole = sum(1 for letter in mended[:_SAMPLE] if letter > "\x7f") - broken
    if whole > broken:
        return mended
    from charset_normalizer import from_bytes  # noqa: PLC0415 - seldom needed

    best = from_bytes(raw[:_SAMPLE]).best()
    return raw.decode(best.encoding if best else "cp1252", errors="replace")
