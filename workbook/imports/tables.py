"""The header and the rows of a table, found wherever in a file they begin."""

from __future__ import annotations

import csv
import io
import itertools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from workbook.imports.containers import LARGEST_UNPACKED, Document, Sheet, Text
from workbook.imports.documents import list_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from workbook.imports.containers import Part

MOST_ROWS: Final = 4_000_000
MOST_CELLS: Final = 40_000_000
"""Cells of a table, those included that a row lacks."""
_PIECE: Final = 1 << 20
_SHORT: Final = 60
"""Letters of a cell that is likely to come again."""
_KEPT: Final = 1_000_000
csv.field_size_limit(LARGEST_UNPACKED)
"""A cell may be as large as its file: at a smaller limit the rows below it would be lost."""
_HEAD: Final = 24
"""Lines in which a header may stand: a preamble of comments and a title come before it."""
_HEAD_LETTERS: Final = 40_000
_ESCAPED_QUOTE: Final = re.compile(r"\\\"(?!\s*(?:[,;\t\"\r\n]|$))")
"""A quotation mark within a cell that is marked by a backslash, as LinkedIn does in comments."""
_DELIMITERS: Final = (",", ";", "\t", "|")
MISSING: Final = frozenset({"", "-", "--", "undefined", "(not set)", "no data available", "n/a"})
_LONGEST_MISSING: Final = max(map(len, MISSING))
_GUARDED: Final = tuple("=+-@")
_MOST_COLUMNS: Final = 1000
_LONGEST_NAME: Final = 60

Headers = frozenset[str]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows below a header; every row has a cell for each column."""

    name: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    """Where in the file each row stands, counted from 1."""
    heading: tuple[str, ...] = ()
    """The header as it is written in the file."""
    preamble: tuple[str, ...] = ()
    """What stands above the header."""
    is_cut: bool = False
    """Whether the file has more rows than are read."""
    beyond: tuple[tuple[str, ...], ...] = ()
    """For each row the cells to the right of the last column of the header."""
    is_torn: bool = False
    """Whether the text ends within a row, which was left out."""
    others: tuple[int, ...] = ()
    """Where in the file headers of other tables stand, whose rows were left out."""

    def has(self, *names: str) -> bool:
        """Whether there are columns of these names."""
        return set(names) <= set(self.headers)

    def column(self, *names: str) -> tuple[str, ...]:
        """The cells of the first column there is of these names; empty ones where there is none.

        Cells that mean nothing (``-``, ``undefined``, ``(not set)``) are empty.
        """
        at = next((self.headers.index(name) for name in names if name in self.headers), None)
        if at is None:
            return ("",) * len(self.rows)
        return tuple(clean_cell(row[at]) for row in self.rows)


def clean_cell(cell: str) -> str:
    """A cell without the marks that guard against formulas, or empty where it says nothing."""
    text = cell.strip()
    if text[:1] == "'" and text[1:2] in _GUARDED:
        text = text[1:]
    is_missing = len(text) <= _LONGEST_MISSING and text.casefold() in MISSING
    return "" if is_missing else text


def clean_header(cell: str) -> str:
    """The name of a column as it is compared: lower case, spaces collapsed."""
    return " ".join(cell.strip().strip("\ufeff").casefold().split())


def find_table(
    part: Text | Sheet,
    is_header: Callable[[Headers], bool],
    is_other: Callable[[Headers], bool] | None = None,
) -> Table | None:
    """The table below the first row that is a header, or None where no row is one.

    Args:
        part: A text with delimiters, or a sheet.
        is_header: Whether some cells, cleaned by ``clean_header``, are a header.
        is_other: Whether they are a header that ends the table, where tables may be mixed.

    Returns:
        The table, with blank rows and totals left out.
    """
    if isinstance(part, Sheet):
        return _leave_others(_below_header(part.name, part.rows, is_header), part.rows, is_other)
    for delimiter in _order_delimiters(part.text):
        head = part.text[:_HEAD_LETTERS]
        if _find_header(list(_parse(head, delimiter, _HEAD)), is_header) is not None:
            return _read_below(part, delimiter, is_header, is_other)
    return None


def _read_below(
    part: Text,
    delimiter: str,
    is_header: Callable[[Headers], bool],
    is_other: Callable[[Headers], bool] | None = None,
) -> Table | None:
    """The table of a text; a last row that stops within is left out, and told."""
    rows = tuple(_parse(part.text, delimiter, MOST_ROWS))
    table = _below_header(part.name, rows, is_header)
    if table is None:
        return None
    is_torn = _stops_in_cell(part.text, rows) or _stops_in_row(part.text, rows, table)
    if is_torn:
        rows = rows[:-1]
        table = replace(_below_header(part.name, rows, is_header) or table, is_torn=True)
    return _leave_others(table, rows, is_other)


def _leave_others(
    table: Table | None,
    rows: tuple[tuple[str, ...], ...],
    is_other: Callable[[Headers], bool] | None,
) -> Table | None:
    """A table without what belongs to others among it.

    Below the header of another table only rows as wide as our own header are ours, and none where
    theirs is as wide; a header of our own that is repeated begins no other table.
    """
    if table is None or is_other is None:
        return table
    own = frozenset(filter(None, table.headers))
    others: list[int] = []
    kept: list[int] = []
    theirs = 0
    for at, row in enumerate(table.rows):
        cells = _may_name_columns(row, table.beyond[at])
        width = len(rows[table.numbers[at] - 1])
        if cells and is_other(cells):
            theirs = 0 if cells == own else width
            others += [table.numbers[at]] if theirs else []
        elif not theirs or theirs != width == len(table.heading):
            kept.append(at)
    if len(kept) == len(table.rows):
        return table
    return replace(
        table,
        rows=tuple(table.rows[at] for at in kept),
        numbers=tuple(table.numbers[at] for at in kept),
        beyond=tuple(table.beyond[at] for at in kept),
        others=tuple(others),
    )


def _may_name_columns(row: tuple[str, ...], beyond: tuple[str, ...]) -> Headers | None:
    """The cells of a row, where it may be a header: two short ones or more, and no numbers."""
    begins = bool(row[0]) and len(row[0]) < _LONGEST_NAME and all(row[:2])
    if not begins or any(cell[:1].isdigit() for cell in row):
        return None
    cells = frozenset(filter(None, map(clean_header, (*row, *beyond)[:_MOST_COLUMNS])))
    return cells if len(cells) > 1 else None


def _stops_in_cell(text: str, rows: tuple[tuple[str, ...], ...]) -> bool:
    """Whether the last cell begins with a quotation mark that nothing closes."""
    if len(rows) >= MOST_ROWS or not rows[-1:] or not rows[-1]:
        return False
    return text.endswith('"' + rows[-1][-1].replace('"', '""'))


def _stops_in_row(text: str, rows: tuple[tuple[str, ...], ...], table: Table) -> bool:
    """Whether the last row has too few cells, and none of those between it and the header has."""
    if text.endswith(("\n", "\r")):
        return False
    width = len(table.heading)
    between = rows[len(table.preamble) + 1 : -1]
    is_last_below = len(rows) > len(table.preamble) + 1
    return is_last_below and len(rows[-1]) < width and all(len(r) >= width for r in between if r)


def read_plain(part: Text | Sheet) -> Table | None:
    """The table of a file nobody knows: its first row with two cells or more is the header."""
    return find_table(part, lambda cells: len(cells) > 1) or find_table(part, bool)


def find_plain(part: Part) -> Table | None:
    """The table of a file nobody knows, below its first row of two names or more.

    Comments are no names. Of several delimiters the one is taken by which the rows are widest and
    as wide as the header. The rows of a JSON document are the objects of its longest list.
    """
    if isinstance(part, Document):
        part = Sheet(part.name, list_rows(part.value))
    if isinstance(part, Sheet):
        return _below_header(part.name, part.rows, _names_columns)
    head = part.text[:_HEAD_LETTERS]
    tried = [(_weigh(list(_parse(head, d, _HEAD))), d) for d in _order_delimiters(part.text)]
    best, delimiter = max(tried, key=lambda each: each[0])
    return _read_below(part, delimiter, _names_columns) if best else None


def _names_columns(cells: Headers) -> bool:
    return len(cells) > 1 and not any(cell.startswith("#") for cell in cells)


def _weigh(rows: list[tuple[str, ...]]) -> int:
    """How much of a table some rows are; 0 where none of them is a header."""
    at = _find_header(rows, _names_columns)
    if at is None:
        return 0
    width = len(rows[at])
    return width * (1 + sum(len(row) == width for row in rows[at + 1 :]))


def _order_delimiters(text: str) -> tuple[str, ...]:
    told = re.match(r"\ufeff?\s*\"?sep=(.)", text)
    first = (told[1],) if told else ()
    return tuple(dict.fromkeys((*first, *_DELIMITERS)))


def _parse(text: str, delimiter: str, most: int) -> Iterator[tuple[str, ...]]:
    """The rows of a text; one that cannot be parsed ends them.

    Short cells, which reports repeat in row after row, are kept once.
    """
    escape = "\\" if _ESCAPED_QUOTE.search(text) else None
    reader = csv.reader(_split_lines(text), delimiter=delimiter, escapechar=escape)
    known: dict[str, str] = {}
    keep = known.setdefault
    try:
        for row in itertools.islice(reader, most):
            yield tuple([keep(c, c) if len(c) < _SHORT and len(known) < _KEPT else c for c in row])
    except csv.Error:
        return


def _split_lines(text: str) -> Iterator[str]:
    """The lines of a text, as they end in it; a piece at a time, since a copy of all is large."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + _PIECE) + 1 or len(text)
        yield from io.StringIO(text[start:end], newline="")
        start = end


def _find_header(
    rows: Iterable[tuple[str, ...]], is_header: Callable[[Headers], bool]
) -> int | None:
    for at, row in enumerate(itertools.islice(rows, _HEAD)):
        cells = frozenset(filter(None, map(clean_header, row[:_MOST_COLUMNS])))
        if cells and is_header(cells):
            return at
    return None


def _below_header(
    name: str, rows: tuple[tuple[str, ...], ...], is_header: Callable[[Headers], bool]
) -> Table | None:
    at = _find_header(rows, is_header)
    if at is None:
        return None
    headers = tuple(map(clean_header, rows[at][:_MOST_COLUMNS]))
    most = min(MOST_ROWS, MOST_CELLS // len(headers))
    is_cut, rows = len(rows) >= most, rows[:most]
    kept = [(n, row) for n, row in enumerate(rows[at + 1 :], at + 2) if _says_something(row)]
    return Table(
        name=name,
        headers=headers,
        rows=tuple(_fit(row, len(headers)) for _, row in kept),
        numbers=tuple(n for n, _ in kept),
        heading=rows[at],
        preamble=tuple(" ".join(filter(None, row)) for row in rows[:at]),
        is_cut=is_cut,
        beyond=tuple(row[len(headers) :] for _, row in kept),
    )


def _says_something(row: tuple[str, ...]) -> bool:
    first = row[0].strip() if row else ""
    return any(cell.strip() for cell in row) and first.casefold() not in _TOTALS


_TOTALS: Final = frozenset({"total", "grand total", "gesamt"})


def _fit(row: tuple[str, ...], width: int) -> tuple[str, ...]:
    return row if len(row) == width else (*row[:width], *("",) * (width - len(row)))
