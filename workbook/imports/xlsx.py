"""Sheets of Excel's newer files as rows of text, read in the pass that counts them.

openpyxl takes five times as long for the same cells, and calamine builds every cell between two
that are far apart, which ends the whole program. What a number means as a date is openpyxl's.
"""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache
from posixpath import join, normpath
from typing import TYPE_CHECKING, Final

from workbook.imports.parts import MOST_IN_SHEETS, Listener, Opened, Unbearable, go_through
from workbook.imports.spreadsheets import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_EMPTY,
    MOST_SHEETS,
    TooManyCells,
    trim,
    write,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from workbook.imports.spreadsheets import Row, Sheets

BOOK: Final = "xl/workbook.xml"
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_WHOLE: Final = re.compile(r"-?\d{1,18}")
_SPOILED_FROM: Final = 1e15
"""From here on a number with a decimal point has lost digits, so that it is no id any more."""
_LONGEST_COLUMN: Final = 3
_DIGITS: Final = "0123456789"


class _Enough(Exception):
    """The rest of a sheet is empty."""


def read_xlsx(unpack: Callable[[str], bytes | None]) -> Sheets:
    """The sheets of an .xlsx file with their rows; formulas are what they last came to.

    At most ``MOST_SHEETS`` sheets and ``MOST_COLUMNS`` columns are read.

    Args:
        unpack: Gives the bytes of a part by its name, or None where there is none.

    Raises:
        TooManyCells: More than ``MOST_CELLS`` in all sheets together.
        TooManyElements: A part is larger than any that is exported.
        Unbearable: A part is damaged.
    """
    book = _Book(unpack)
    strings, kinds = _read_strings(unpack(book.strings)), _read_kinds(unpack(book.styles))
    left = MOST_CELLS
    sheets: Sheets = []
    for title, place in book.sheets[:MOST_SHEETS]:
        content = unpack(place)
        if content is None:
            raise Unbearable
        reader = _SheetReader(strings, kinds, left, from_1904=book.is_from_1904)
        with suppress(_Enough):
            go_through(content, reader, MOST_IN_SHEETS)
        left = reader.left
        sheets.append((title, trim(reader.rows)))
    return sheets


# -- the parts beside the sheets -------------------------------------------------------------------


class _Book:
    """Which sheets there are, in their order, and where what they share lies."""

    def __init__(self, unpack: Callable[[str], bytes | None]) -> None:
        self.is_from_1904 = False
        self._named: list[tuple[str, str]] = []
        self._places: dict[str, tuple[str, str]] = {}
        go_through(unpack(BOOK) or b"", Opened(self._note_book))
        go_through(unpack("xl/_rels/workbook.xml.rels") or b"", Opened(self._note_place))
        kinds = dict(self._places.values())
        self.strings = kinds.get("sharedStrings", "")
        self.styles = kinds.get("styles", "")

    @property
    def sheets(self) -> list[tuple[str, str]]:
        """The title and the place of each sheet of cells; charts are none."""
        found = ((title, self._places.get(key, ("", ""))) for title, key in self._named)
        return [(title, place) for title, (kind, place) in found if kind == "worksheet"]

    def _note_book(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            keys = (value for key, value in attributes.items() if key.rpartition(":")[2] == "id")
            self._named.append((attributes.get("name", ""), next(keys, "")))
        elif name == "workbookPr":
            self.is_from_1904 = attributes.get("date1904") in {"1", "true"}

    def _note_place(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship":
            kind = attributes.get("Type", "").rpartition("/")[2]
            place = normpath(join("/xl", attributes.get("Target", ""))).lstrip("/")
            self._places[attributes.get("Id", "")] = (kind, place)


class _StringReader(Listener):
    """The texts that cells share; how a word is to be spoken is none of it."""

    def __init__(self) -> None:
        super().__init__()
        self.strings: list[str] = []
        self._is_spoken = False

    def open(self, name: str, _: object) -> None:
        local = self.names[name]
        if local == "t" and not self._is_spoken:
            self.ask(for_texts=True)
        elif local == "rPh":
            self._is_spoken = True

    def close(self, name: str) -> None:
        local = self.names[name]
        if local == "t":
            self.ask(for_texts=False)
        elif local == "rPh":
            self._is_spoken = False
        elif local == "si":
            self.strings.append(_unescape(self.take_text()))


def _read_strings(content: bytes | None) -> list[str]:
    reader = _StringReader()
    if content is not None:
        go_through(content, reader, MOST_IN_SHEETS)
    return reader.strings


def _unescape(text: str) -> str:
    if "_x" not in text:
        return text
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _read_kinds(content: bytes | None) -> list[str]:
    """What the number in a cell of each style is: a “date”, a “span” of time, or nothing else."""
    written: dict[str, str] = {}
    styles: list[str] = []
    section = ""

    def note(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal section
        if name in {"cellXfs", "cellStyleXfs"}:
            section = name
        elif name == "numFmt":
            written[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "xf" and section == "cellXfs":
            styles.append(attributes.get("numFmtId", ""))

    if content is not None:
        go_through(content, Opened(note))
    return [_find_kind(number, written.get(number)) for number in styles]


def _find_kind(number: str, code: str | None) -> str:
    from openpyxl.styles import numbers  # noqa: PLC0415 - heavy, and only for spreadsheets

    if code is None:
        known = number.isdecimal() and len(number) <= _LONGEST_COLUMN
        code = numbers.BUILTIN_FORMATS.get(int(number), "") if known else ""
    if numbers.is_timedelta_format(code):
        return "span"
    return "date" if numbers.is_date_format(code) else ""


# -- one sheet -------------------------------------------------------------------------------------


class _SheetReader(Listener):
    """The rows of a sheet, each up to its last column, as they come."""

    def __init__(self, strings: list[str], kinds: list[str], left: int, *, from_1904: bool) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self.left = left
        """How many cells may still come."""
        self._strings = strings
        self._kinds = kinds
        self._from_1904 = from_1904
        self._row: list[str] = []
        self._cell: Mapping[str, str] = {}
        self._column = self._cells = 0
        self._is_spoken = False

    def open(self, name: str, attributes: Mapping[str, str]) -> None:
        local = self.names[name]
        if local == "c":
            self._begin_cell(attributes)
        elif local == "v" or (local == "t" and not self._is_spoken):
            self.ask(for_texts=True)
        elif local == "row":
            self._begin_row(attributes)
        elif local == "rPh":
            self._is_spoken = True

    def close(self, name: str) -> None:
        local = self.names[name]
        if local in {"v", "t"}:
            self.ask(for_texts=False)
        elif local == "c":
            if self.texts:
                self._put(self._read(self.take_text()))
        elif local == "row":
            self._end_row()
        elif local == "rPh":
            self._is_spoken = False

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        self._row, self._column, self._cells = [], 0, 0
        number = attributes.get("r", "")
        missing = int(number) - 1 - len(self.rows) if _is_number(number) else 0
        if missing > MOST_EMPTY:
            raise _Enough
        self.rows.extend(() for _ in range(missing))

    def _end_row(self) -> None:
        self.left -= self._cells + 1
        if self.left < 0:
            raise TooManyCells
        self.rows.append(tuple(self._row))

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        self._cell = attributes
        self._cells += 1
        place = attributes.get("r")
        self._column = _find_column(place.rstrip(_DIGITS)) if place else self._column + 1

    def _put(self, text: str) -> None:
        if not 0 < self._column <= MOST_COLUMNS:
            return
        missing = self._column - len(self._row)
        if missing > 0:
            self._row.extend("" for _ in range(missing))
        self._row[self._column - 1] = text

    def _read(self, text: str) -> str:
        kind = self._cell.get("t", "n")
        if kind == "n":
            return self._read_number(text)
        if kind == "s":
            at = int(text) if _is_number(text) else -1
            return self._strings[at] if 0 <= at < len(self._strings) else ""
        if kind == "b":
            return "True" if text == "1" else "False"
        return "" if kind == "e" else _unescape(text)

    def _read_number(self, text: str) -> str:
        style = self._cell.get("s", "")
        at = int(style) if _is_number(style) else 0
        kind = self._kinds[at] if at < len(self._kinds) else ""
        if kind:
            return _write_date(text, kind, from_1904=self._from_1904)
        return text if _WHOLE.fullmatch(text) else _write_number(text)


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) < 10  # noqa: PLR2004 - more than any row or style


@lru_cache(maxsize=1000)
def _find_column(letters: str) -> int:
    """The number of a column, from 1; 0 where there is none of that name."""
    if not letters.isascii() or not letters.isalpha() or len(letters) > _LONGEST_COLUMN:
        return 0
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def _write_number(text: str) -> str:
    try:
        number = float(text)
    except ValueError:
        return text
    return text if abs(number) >= _SPOILED_FROM or number != number else write(number)  # noqa: PLR0124 - what is no number equals nothing


def _write_date(text: str, kind: str, *, from_1904: bool) -> str:
    from openpyxl.utils import datetime as dates  # noqa: PLC0415 - heavy, and only for spreadsheets

    epoch = dates.MAC_EPOCH if from_1904 else dates.WINDOWS_EPOCH
    try:
        return write(dates.from_excel(float(text), epoch, timedelta=kind == "span"))
    except (ValueError, OverflowError):
        return text
