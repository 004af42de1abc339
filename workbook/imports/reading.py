"""A file of visits read by whichever reader knows it: a log, a raw export, a report, or hours.

The command line and the app read by this one, so that both say the same of a file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from workbook.imports.containers import (
    LARGEST_BY_COMMAND,
    LARGEST_FILE,
    MEGABYTE,
    Text,
    open_file,
)
from workbook.imports.visits import Questions, VisitFile, find_tables, read_visits
from workbook.measurement.embedded import read_start
from workbook.measurement.logs import read_events, recognise
from workbook.values import Problem

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from workbook.imports.tables import Table
    from workbook.measurement.embedded import Watch
    from workbook.measurement.events import EventCounts
    from workbook.measurement.targets import Targets

_ZIP: Final = b"PK"
_START: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of files of visits, and what was answered about them before."""

    targets: Targets
    today: date
    """Rows and lines of later days are left out, and told."""
    questions: Questions = field(default_factory=Questions)
    zone: str | None = None
    """The business's time zone, for logs; the server's own clock where None."""
    largest: int | None = None
    """Bytes that a packed log may unpack to; as much as the disk holds where None."""
    largest_whole: int = LARGEST_FILE
    """Bytes of a file that is read as a whole: a table, a spreadsheet, JSON, a zip."""


def read_file(
    source: Path | bytes, name: str, asked: Asked, watch: Watch | None = None
) -> VisitFile | EventCounts:
    """What a file comes to, by its first bytes.

    Args:
        source: The path of a file, or its bytes.
        name: What it is called; some tools give a table its meaning by its name alone.
        asked: What is asked of it.
        watch: Told how much is done, 0 to 1, now and then; False ends the reading.

    Raises:
        Cancelled: ``watch`` said no.
        OSError: The file cannot be read.
    """
    start = read_start(source)
    if start.startswith(_ZIP) and measure(source) <= asked.largest_whole:
        source = _unpack_log(_load(source), name, asked.largest_whole) or source
        start = read_start(source)
    if recognise(start):
        return read_events(
            source,
            name,
            asked.targets,
            zone=asked.zone,
            today=asked.today,
            watch=watch,
            largest=asked.largest,
        )
    if measure(source) > asked.largest_whole:
        return VisitFile(name, problems=(_refuse_size(name, asked.largest_whole),))
    return read_visits(
        _load(source),
        name,
        asked.targets,
        asked.today,
        asked.questions,
        watch=watch,
        largest=asked.largest_whole,
    )


def _refuse_size(name: str, largest: int) -> Problem:
    """What to say of a table that is too large here, and not everywhere."""
    values = {"name": name, "limit": largest // MEGABYTE, "most": LARGEST_BY_COMMAND // MEGABYTE}
    return Problem(
        "table-for-command" if largest < LARGEST_BY_COMMAND else "file-too-large", values
    )


def read_unknown(source: Path | bytes, name: str) -> tuple[Table, ...]:
    """The tables in a file that no format knows, and whose columns somebody can name."""
    if measure(source) > LARGEST_FILE or recognise(read_start(source)):
        return ()
    return find_tables(_load(source), name)


def measure(source: Path | bytes) -> int:
    """The size of a file, in bytes."""
    return len(source) if isinstance(source, bytes) else source.stat().st_size


def _load(source: Path | bytes) -> bytes:
    return source if isinstance(source, bytes) else source.read_bytes()


def _unpack_log(raw: bytes, name: str, largest: int) -> bytes:
    """The logs in a zip, one after another as a server rotated them; nothing where it has none."""
    parts = open_file(raw, name, largest).parts
    texts = [part.text.encode() for part in parts if isinstance(part, Text)]
    return b"\n".join(text for text in texts if recognise(text[:_START]))
