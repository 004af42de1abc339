"""What a source is to the pipeline: how its file is recognised, and what is read from it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING

from workbook.imports.containers import Document, Text
from workbook.imports.tables import Headers, Table
from workbook.measurement.embedded import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date
    from zoneinfo import ZoneInfo

    from workbook.imports.reports import Report
    from workbook.measurement.embedded import Watch
    from workbook.measurement.targets import Targets
    from workbook.mix.posts import Post
    from workbook.records import Case, HoursSpent
    from workbook.values import Problem

Source = Table | Document | Text
"""What a format reads: a table below its header, a JSON document, or a text of its own kind."""


@dataclass(slots=True)
class Reading:
    """One reading of a file: what the reader was told, and what it noticed on the way."""

    zone: ZoneInfo
    """The zone of times that name none."""
    day_first: bool | None = None
    """Whether 03/04/2026 is in April, where the file cannot tell."""
    problems: list[Problem] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    """How many rows were not read, by reason; the reasons are worded in ``words.toml``."""
    notes: list[str] = field(default_factory=list)
    """What has to be known about figures from this source, by the keys of its words."""
    unreadable: dict[str, list[int]] = field(default_factory=dict)
    """Rows whose cell holds no time that can be read, by column."""
    zone_used: bool = False
    """Whether any time named no zone, so that ours was taken."""


@dataclass(slots=True)
class VisitReading:
    """One reading of a report of visits: what the reader was told, and what it noticed."""

    targets: Targets
    today: date
    day_first: bool | None = None
    """Whether 03/04/2026 is in April, where the file cannot tell."""
    choices: Mapping[str, str] = field(default_factory=dict)
    """What was answered to a question about the file, by its id."""
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    """What was taken for granted while reading, and has to be known."""
    watch: Watch | None = None
    """Told how much is done, 0 to 1, now and then; False ends the reading."""

    def tell(self, done: float) -> None:
        """Say how much of a table is read.

        Raises:
            Cancelled: Whoever watches wants no more.
        """
        if self.watch is not None and not self.watch(done):
            raise Cancelled


@dataclass(frozen=True, slots=True)
class Signature:
    """How a source shows itself: cells of its header, or the look of its document."""

    headers: tuple[frozenset[str], ...] = ()
    """Sets of which one must be in the header whole; names as ``clean_header`` makes them."""
    never: frozenset[str] = frozenset()
    """Columns that only another source has."""
    document: Callable[[object], bool] | None = None
    header: Callable[[Headers], bool] | None = None
    """Where a set of names is not enough to tell a header."""
    table: Callable[[Table], bool] | None = None
    """What a table must look like besides, where its header is not enough."""
    text: Callable[[str], bool] | None = None
    """The look of a text that is neither a table nor JSON."""

    def matches(self, source: Headers | Document | Text) -> bool:
        """Whether a header, a document or a text is of this source."""
        if isinstance(source, Document):
            return self.document is not None and self.document(source.value)
        if isinstance(source, Text):
            return self.text is not None and self.text(source.text)
        if self.header is not None and self.header(source):
            return True
        return any(cells <= source for cells in self.headers) and not self.never & source

    def bears(self, table: Table) -> bool:
        """Whether a table with a header of this source is of it altogether."""
        return self.table is None or self.table(table)


@dataclass(frozen=True, slots=True)
class PostFormat:
    """A source of posts the business wrote itself."""

    id: str
    signature: Signature
    read: Callable[[Source], Iterator[Post]]

    def recognise(self, source: Headers | Document | Text) -> bool:
        """Whether a header, a document or a text is of this source."""
        return self.signature.matches(source)


@dataclass(frozen=True, slots=True)
class CaseFormat:
    """A source of complaints, reviews or tickets."""

    id: str
    signature: Signature
    read: Callable[[Source, Reading], Iterable[Case]]

    def recognise(self, source: Headers | Document | Text) -> bool:
        """Whether a header, a document or a text is of this source."""
        return self.signature.matches(source)


@dataclass(frozen=True, slots=True)
class RefusedFormat:
    """A file that is known and holds no cases of the business; its id names the reason."""

    id: str
    signature: Signature

    def recognise(self, source: Headers | Document | Text) -> bool:
        """Whether a header, a document or a text is of this source."""
        return self.signature.matches(source)


@dataclass(frozen=True, slots=True)
class VisitFormat:
    """A source of visits that are added up already: a report of an analytics tool."""

    id: str
    tool: str
    """Whose report it is; tools that count the same visits are never added to each other."""
    signature: Signature
    read: Callable[[Source, VisitReading], Iterable[Report]]

    def recognise(self, source: Headers | Document | Text) -> bool:
        """Whether a header, a document or a text is of this source."""
        return self.signature.matches(source)


@dataclass(frozen=True, slots=True)
class HoursFormat:
    """A source of hours spent: a time tracker or a calendar."""

    id: str
    signature: Signature
    read: Callable[[Source, VisitReading], Iterable[HoursSpent]]

    def recognise(self, source: Headers | Document | Text) -> bool:
        """Whether a header, a document or a text is of this source."""
        return self.signature.matches(source)


@dataclass(frozen=True, slots=True)
class ReachFormat:
    """A platform's own figures, which tell what happened there and not on the website."""

    id: str
    signature: Signature

    def recognise(self, source: Headers | Document | Text) -> bool:
        """Whether a header, a document or a text is of this source."""
        return self.signature.matches(source)


Format = PostFormat | CaseFormat | RefusedFormat | VisitFormat | HoursFormat | ReachFormat


def one_of(*cells: str) -> tuple[frozenset[str], ...]:
    """The signature of a header with all of some cells."""
    return (frozenset(cells),)


def make_key(source: str, number: object, *instead: object) -> str:
    """What tells a case from others: made of its number in the source, or of what there is."""
    told = str(number) if number not in (None, "") else repr(instead)
    return blake2b(f"{source}:{told}".encode(errors="replace"), digest_size=12).hexdigest()


def first_item(value: object, key: str = "") -> dict[str, object]:
    """The first object in a list, or in the list under a key; an empty one when there is none."""
    found = value.get(key) if key and isinstance(value, dict) else value
    item = found[0] if isinstance(found, list) and found else None
    return item if isinstance(item, dict) else {}


def items_of(value: object, key: str = "") -> list[dict[str, object]]:
    """The objects in a list, or in the list under a key; those that are none are left out."""
    found = value.get(key) if key and isinstance(value, dict) else value
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def dig(value: object, *path: str) -> object:
    """What lies under a path of keys, or None where it ends before."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def dig_text(value: object, *path: str) -> str:
    """The text under a path of keys; empty where there is none."""
    found = dig(value, *path)
    return found if isinstance(found, str) else ""
