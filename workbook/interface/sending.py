"""Files that come from the browser in pieces, each answered before the next is sent.

Nothing of them outlives the page: what is in memory ends with it, and larger ones lie in a file
that has no name, so that it is gone with the process whatever ends it.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from shlex import quote
from typing import IO, TYPE_CHECKING, Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

if TYPE_CHECKING:
    from collections.abc import Sequence

MEGABYTE: Final = 1_000_000
MOST_FILES: Final = 100
_LONGEST_NAME: Final = 300
_LARGEST_PIECE: Final = 4 * MEGABYTE
_HANDLES: Final = Path("/proc/self/fd")


class Stored:
    """Bytes on disk in a file without a name, where the system knows such files."""

    def __init__(self) -> None:
        """Begin with nothing in it, in the folder for temporary files of this process."""
        nameless = _HANDLES.is_dir()
        self._file: IO[bytes] = (
            tempfile.TemporaryFile() if nameless else tempfile.NamedTemporaryFile()  # noqa: SIM115 - it lasts as long as this
        )
        self.path = _HANDLES / str(self._file.fileno()) if nameless else Path(self._file.name)
        """Where other readers in this process find it, as long as it is open."""
        self.size = 0

    def write(self, raw: bytes) -> None:
        """Put bytes at its end; raises OSError where the disk is full."""
        self._file.write(raw)
        self._file.flush()
        self.size += len(raw)

    def read(self) -> bytes:
        """All of it."""
        self._file.seek(0)
        return self._file.read()

    def close(self) -> None:
        """Let go of it; its bytes are gone."""
        self._file.close()


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file somebody chose: its name, and what is in it; in memory, or on disk without a name."""

    name: str
    raw: bytes = b""
    stored: Stored | None = None

    @property
    def size(self) -> int:
        """Its size in bytes."""
        return self.stored.size if self.stored else len(self.raw)

    @property
    def source(self) -> Path | bytes:
        """What readers of files take: its bytes, or where they lie."""
        return self.stored.path if self.stored else self.raw

    def close(self) -> None:
        """Let go of what lies on disk."""
        if self.stored:
            self.stored.close()


class _Announced(BaseModel):
    """A file that the browser is about to send."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    name: str
    size: int = Field(ge=0)


class Sent(BaseModel):
    """What the browser says while it sends files: that it begins, a piece, or that it stops."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    step: str = Field(pattern="^(begin|piece|stop)$")
    number: int
    """Which sending it is about; a later one ends those before."""
    files: list[_Announced] = Field(default_factory=list, max_length=MOST_FILES)
    at: int = Field(default=0, ge=0)
    """How many bytes of all files together went before a piece."""
    windows: bool = False
    """Whether the visitor's own computer is one with Windows, for what to type there."""

    @property
    def size(self) -> int:
        """The bytes of all announced files together."""
        return sum(file.size for file in self.files)


def read_sent(raw: object) -> Sent | None:
    """What the browser says of its sending; None where it says nothing we know."""
    if not isinstance(raw, dict):
        return None
    try:
        return Sent.model_validate(raw)
    except ValidationError:
        return None


@dataclass(slots=True)
class Incoming:
    """Files on their way: what was announced, and what has come so far."""

    sent: Sent
    got: int = 0
    _stored: list[Stored] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether every byte is here."""
        return self.got == self.sent.size

    def take(self, piece: Sent, raw: bytes) -> bool:
        """Put a piece where it belongs; False where it is none that can come now.

        Raises OSError where the disk is full.
        """
        is_next = piece.number == self.sent.number and piece.at == self.got
        if not is_next or len(raw) > _LARGEST_PIECE or self.got + len(raw) > self.sent.size:
            return False
        while raw:
            place, room = self._find_place()
            place.write(raw[:room])
            self.got += len(raw[:room])
            raw = raw[room:]
        return True

    def _find_place(self) -> tuple[Stored, int]:
        """The file that the next byte belongs to, and how many bytes it still takes."""
        for at, announced in enumerate(self.sent.files):
            if at == len(self._stored):
                self._stored.append(Stored())
            if room := announced.size - self._stored[at].size:
                return self._stored[at], room
        raise AssertionError  # no more bytes are taken than were announced

    def finish(self, *, in_memory: bool) -> tuple[GivenFile, ...]:
        """The files once they are whole, in memory or where they lie."""
        while len(self._stored) < len(self.sent.files):
            self._stored.append(Stored())
        pairs = zip(self.sent.files, self._stored, strict=True)
        given = tuple(GivenFile(f.name[:_LONGEST_NAME], stored=stored) for f, stored in pairs)
        if not in_memory:
            return given
        loaded = tuple(GivenFile(each.name, each.stored.read()) for each in given if each.stored)
        self.drop()
        return loaded

    def drop(self) -> None:
        """Let go of all that came."""
        for stored in self._stored:
            stored.close()
        self._stored.clear()


@dataclass(frozen=True, slots=True)
class Reply:
    """What the browser is answered: “more”, “whole”, “refused”, “full”, “lost” or “stopped”."""

    state: str
    got: int = 0
    files: tuple[GivenFile, ...] = ()


class Inbox:
    """Where the files of one question arrive; one sending at a time, a new one ends the last."""

    def __init__(self) -> None:
        """Begin with nothing on its way."""
        self._incoming: Incoming | None = None

    def hear(self, sent: Sent, raw: bytes, *, most: int, in_memory: bool) -> Reply:
        """Take what the browser says of its sending.

        Args:
            sent: What it says.
            raw: The bytes of a piece.
            most: The bytes that all files together may have.
            in_memory: Whether whole files are handed on in memory.
        """
        if sent.step == "begin":
            self.drop()
            if sent.size > most:
                return Reply("refused")
            self._incoming = Incoming(sent)
        elif sent.step == "stop":
            self.drop()
            return Reply("stopped")
        elif problem := self._take(sent, raw):
            self.drop()
            return Reply(problem)
        return self._answer(in_memory=in_memory)

    def _take(self, sent: Sent, raw: bytes) -> str:
        try:
            taken = self._incoming is not None and self._incoming.take(sent, raw)
        except OSError:
            return "full"
        return "" if taken else "lost"

    def _answer(self, *, in_memory: bool) -> Reply:
        incoming = self._incoming
        if incoming is None:
            return Reply("lost")
        if not incoming.is_whole:
            return Reply("more", incoming.got)
        self._incoming = None
        return Reply("whole", incoming.got, incoming.finish(in_memory=in_memory))

    def drop(self) -> None:
        """Let go of what is on its way."""
        if self._incoming is not None:
            self._incoming.drop()
        self._incoming = None


def write_command(
    command: Sequence[str], files: Sequence[str], options: Sequence[str], *, windows: bool
) -> str:
    """What to type to have files read by the command line, each part quoted as its shell wants."""
    names = [f"./{name}" if name.startswith("-") else name for name in files]
    parts: list[Any] = [*command, *names, *options]
    return " ".join(_quote_windows(part) if windows else quote(part) for part in parts)


def _quote_windows(part: str) -> str:
    plain = part.replace('"', "")
    is_plain = all(c.isalnum() or c in "-_./\\:=" for c in plain)
    return plain if is_plain and plain else f'"{plain}"'
