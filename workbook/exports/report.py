"""A document before it has a format: blocks of plain text that every format can write.

Nothing here is escaped: a format escapes what it writes. Characters that no document may carry
are taken out when a text enters a block (``exports/text.py``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator  # noqa: TC003 - pydantic reads them when it runs
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal

from pydantic.dataclasses import dataclass

from workbook.charts.style import Palette  # noqa: TC001 - pydantic reads it when it runs
from workbook.exports.look import Look
from workbook.exports.text import Line, Link, Text, clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbook.charts.rendering import Picture


class Paper(StrEnum):
    """The sheet a document is laid out for."""

    A4 = "A4"
    LETTER = "letter"

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in millimetres."""
        return (210.0, 297.0) if self is Paper.A4 else (215.9, 279.4)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one manner: plain, strong, emphasis or a link."""

    text: Text
    strong: bool = False
    emphasis: bool = False
    link: Link = None


Runs = tuple[Run, ...]
Cell = Runs | Text | int | float | Decimal | date | None


def plain(text: str) -> Run:
    """A stretch of ordinary text."""
    return Run(text)


def strong(text: str) -> Run:
    """A stretch of text that carries weight."""
    return Run(text, strong=True)


def emphasis(text: str) -> Run:
    """A stretch of stressed text."""
    return Run(text, emphasis=True)


def link(text: str, address: str) -> Run:
    """A stretch of text that leads to an address; plain text when the address is no safe link."""
    return Run(text, link=address)


def runs(*parts: str | Run) -> Runs:
    """Stretches of text, bare strings being plain ones."""
    return tuple(part if isinstance(part, Run) else Run(part) for part in parts)


def join(stretches: Runs) -> str:
    """The bare text of the stretches."""
    return "".join(run.text for run in stretches)


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a part, level 1 to 3; its anchor is made of the text when none is given."""

    level: Literal[1, 2, 3]
    text: Line
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a newline in it is a line break."""

    runs: Runs

    @classmethod
    def of(cls, *parts: str | Run) -> Paragraph:
        """A paragraph of strings and stretches."""
        return cls(runs(*parts))


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list whose order has no meaning."""

    items: tuple[Runs, ...]

    @classmethod
    def of(cls, *items: str | Run | Runs) -> Bullets:
        """A list of strings, stretches, or tuples of stretches."""
        return cls(_items(items))


@dataclass(frozen=True, slots=True)
class Numbered:
    """A list in order; every list starts at 1."""

    items: tuple[Runs, ...]

    @classmethod
    def of(cls, *items: str | Run | Runs) -> Numbered:
        """A list of strings, stretches, or tuples of stretches."""
        return cls(_items(items))


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: what its cells are, how wide beside the others, how aligned.

    ``kind`` says how a bare number or date is written (``percent`` takes 12 for 12 %); ``unit``
    is the currency of ``money``. ``align`` follows the kind when it is not given.
    """

    title: Line
    kind: Literal["text", "number", "percent", "money", "date"] = "text"
    width: float = 1.0
    align: Literal["start", "end", "centre"] | None = None
    unit: str = ""

    @property
    def alignment(self) -> Literal["start", "end", "centre"]:
        """Numbers end at a common edge, everything else starts at one."""
        return self.align or ("end" if self.kind in {"number", "percent", "money"} else "start")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; the header is repeated on every page the table reaches.

    ``empty`` is the sentence shown when there are no rows; ``row_titles`` says that the first
    cell of a row names it. In a form, ``room_mm`` is the least height of a cell to write in.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: Line = ""
    empty: Line = ""
    row_titles: bool = True
    room_mm: float = 0.0

    def __post_init__(self) -> None:
        """Refuse rows that do not fit the columns.

        Raises:
            ValueError: There is no column, or a row has more or fewer cells than columns.
        """
        if not self.columns or any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("every row of a table has one cell for each of its columns")


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its words and its numbers; drawn only by the formats that show it.

    ``svg`` gives the picture as SVG, ``narrow_svg`` the same for a phone, ``png`` its pixels at
    a resolution in dots per inch and in a palette; ``width_mm`` is its width on paper, where a
    ``bare`` one stands without caption and table, since ``alt`` has all its words.
    """

    name: Line
    caption: Line
    alt: Line
    table: Table
    png: Callable[[int, Palette], bytes]
    svg: Callable[[], str]
    narrow_svg: Callable[[], str] | None = None
    width_mm: float = 166.0
    bare: bool = False

    @classmethod
    def of(cls, picture: Picture, *, caption: str = "", name: str = "") -> Figure:
        """The figure of a chart; a second one of the same chart needs a name of its own."""
        titles, rows = picture.columns, picture.rows
        columns = tuple(
            Column(title, kind="text" if _holds_text(rows, place) else "number", width=weight)
            for place, (title, weight) in enumerate(zip(titles, _weights(rows), strict=True))
        )
        named = replace(picture, name=name or picture.name)
        return cls(
            name=named.name,
            caption=caption or picture.title,
            alt=picture.desc,
            table=Table(columns, rows),
            png=named.png,
            svg=named.svg,
            narrow_svg=named.narrow_svg,
            width_mm=picture.width_mm,
        )


@dataclass(frozen=True, slots=True)
class KeyValues:
    """Terms with what was answered or decided for each."""

    pairs: tuple[tuple[Line, Runs], ...]

    @classmethod
    def of(cls, *pairs: tuple[str, str | Run | Runs]) -> KeyValues:
        """Terms with strings, stretches, or tuples of stretches."""
        return cls(tuple((term, _items((value,))[0]) for term, value in pairs))


@dataclass(frozen=True, slots=True)
class Quote:
    """Words taken over as they were said, and by whom."""

    runs: Runs
    source: Line = ""


@dataclass(frozen=True, slots=True)
class Callout:
    """A box that stands out: a decision taken, something still open, or a note."""

    kind: Literal["decision", "open", "note"]
    title: Line
    blocks: tuple[Paragraph | Bullets | Numbered, ...] = ()


@dataclass(frozen=True, slots=True)
class Blank:
    """Room to write by hand: so many lines, or one line shared by what is to be put on it."""

    lines: int = 1
    labels: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next block starts a new sheet."""


Block = (
    Heading
    | Paragraph
    | Bullets
    | Numbered
    | Table
    | Figure
    | KeyValues
    | Quote
    | Callout
    | Blank
    | PageBreak
)


@dataclass(frozen=True, slots=True)
class Properties:
    """What a file says about itself; ``written`` is also the date of its core properties."""

    author: Line = ""
    subject: Line = ""
    keywords: tuple[Line, ...] = ()
    written: datetime | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A document without a format.

    ``language`` is a BCP 47 tag; ``header_note`` (“Draft: 4 decisions open”) and ``footer_note``
    stand on every page; ``contents`` asks for a table of contents; ``scale`` makes its type larger;
    ``look`` is how it looks where that is not ours.
    """

    title: Line
    blocks: tuple[Block, ...]
    subtitle: Line = ""
    language: str = "en-GB"
    header_note: Line = ""
    footer_note: Line = ""
    contents: bool = False
    properties: Properties = Properties()
    scale: float = 1.0
    look: Look = Look()

    def __post_init__(self) -> None:
        """Refuse figures that a page could not tell apart.

        Raises:
            ValueError: Two figures have the same name.
        """
        names = [block.name for block in self.blocks if isinstance(block, Figure)]
        if len(names) != len(set(names)):
            raise ValueError("every figure of a report has a name of its own")

    def walk(self) -> Iterator[Block]:
        """Every block, those within callouts and figures included, in reading order."""
        for block in self.blocks:
            yield block
            if isinstance(block, Callout):
                yield from block.blocks
            elif isinstance(block, Figure):
                yield block.table

    def text(self) -> str:
        """All words of the report, a line for each item; cells as they were given."""
        lines = [self.title, self.subtitle, self.header_note, self.footer_note]
        lines += [line for block in self.walk() for line in read_lines(block)]
        return "\n".join(line for line in lines if line)

    def headings(self) -> tuple[tuple[str, Heading], ...]:
        """The headings with their anchors, which are unique within the report."""
        taken: set[str] = set()
        found = []
        for block in self.blocks:
            if isinstance(block, Heading):
                anchor = _name_anchor(block.anchor or block.text, taken)
                taken.add(anchor)
                found.append((anchor, block))
        return tuple(found)


def read_lines(block: Block) -> list[str]:
    """The words of one block without those of the blocks inside it."""
    reader = _READERS.get(type(block))
    return reader(block) if reader else []


def split_paragraphs(text: str) -> tuple[Paragraph, ...]:
    """A long answer as paragraphs: an empty line parts them, a single one is a line break."""
    pieces = re.split(r"\n\s*\n", clean(text).strip())
    return tuple(Paragraph.of(piece.strip("\n")) for piece in pieces if piece.strip())


def _read_table(table: Table) -> list[str]:
    rows = table.rows or ((table.empty,),)
    lines = [table.caption, "\t".join(column.title for column in table.columns)]
    return lines + ["\t".join(_read_cell(cell) for cell in row) for row in rows]


def _read_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    return join(cell) if isinstance(cell, tuple) else str(cell)


_READERS: dict[type, Callable[[Any], list[str]]] = {
    Heading: lambda block: [block.text],
    Paragraph: lambda block: [join(block.runs)],
    Bullets: lambda block: [join(item) for item in block.items],
    Numbered: lambda block: [join(item) for item in block.items],
    Table: _read_table,
    Figure: lambda block: [block.caption, block.alt],
    KeyValues: lambda block: [f"{term}: {join(value)}" for term, value in block.pairs],
    Quote: lambda block: [join(block.runs), block.source],
    Callout: lambda block: [block.title],
    Blank: lambda block: list(block.labels),
}


def _items(items: Sequence[str | Run | Runs]) -> tuple[Runs, ...]:
    return tuple(item if isinstance(item, tuple) else runs(item) for item in items)


def _name_anchor(text: str, taken: set[str]) -> str:
    """At most 32 plain characters that start with a letter: Word allows no bookmark beyond 40."""
    slug = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:28].strip("-")
    slug = slug if slug[:1].isalpha() else f"part-{slug}".strip("-")
    anchor, number = slug, 2
    while anchor in taken:
        anchor, number = f"{slug}-{number}", number + 1
    return anchor


def _holds_text(rows: Sequence[Sequence[Cell]], place: int) -> bool:
    return any(isinstance(row[place], str | tuple) for row in rows)


def _weights(rows: Sequence[Sequence[Cell]]) -> list[float]:
    """Text columns of a chart's table are three times as wide as its columns of numbers."""
    return [3.0 if _holds_text(rows, place) else 1.0 for place in range(len(rows[0]))]
