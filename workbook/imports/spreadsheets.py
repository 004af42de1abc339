"""Sheets of Excel files as rows of text, old files and new ones."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_CELLS: Final = 4_000_000
MOST_COLUMNS: Final = 256
MOST_SHEETS: Final = 30
_MOST_EMPTY: Final = 1000
"""Empty rows in a row after which a sheet is over, whatever was once touched far below."""

Row = tuple[str, ...]
Sheets = list[tuple[str, list[Row]]]


class TooManyCells(Exception):
    """A spreadsheet is larger than anything that is exported here."""


def read_xlsx(raw: bytes) -> Sheets | None:
    """The sheets of an .xlsx file with their rows, or None when it is damaged.

    At most ``MOST_SHEETS`` sheets and ``MOST_COLUMNS`` columns are read.

    Raises:
        TooManyCells: More than ``MOST_CELLS`` in all sheets together.
    """
    from openpyxl import load_workbook  # noqa: PLC0415 - heavy, and only for spreadsheets

    try:
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        budget = _Budget()
        sheets: Sheets = []
        for sheet in book.worksheets[:MOST_SHEETS]:
            sheet.reset_dimensions()
            rows = (budget.take(row) for row in sheet.iter_rows(values_only=True))
            sheets.append((str(sheet.title), _stop_early(_write_all(row) for row in rows)))
        book.close()
    except TooManyCells:
        raise
    except Exception:  # noqa: BLE001 - a damaged file fails in any way the library knows
        return None
    return sheets


def read_xls(raw: bytes) -> Sheets | None:
    """The sheets of an .xls file, as LinkedIn still writes them, or None when it is no such file.

    The same limits hold as for ``read_xlsx``; an old file never has too many cells.
    """
    import xlrd  # noqa: PLC0415 - only for old spreadsheets

    try:
        with xlrd.open_workbook(
            file_contents=raw, logfile=io.StringIO(), ragged_rows=True, on_demand=True
        ) as book:
            sheets = [book.sheet_by_index(n) for n in range(book.nsheets)[:MOST_SHEETS]]
            return [
                (each.name, _stop_early(_read_old(each, n, book) for n in range(each.nrows)))
                for each in sheets
            ]
    except Exception:  # noqa: BLE001 - a damaged file fails in any way the library knows
        return None


class _Budget:
    """Counts cells as they come, so that a sheet that lies about its size is stopped."""

    def __init__(self) -> None:
        self._left = MOST_CELLS

    def take(self, row: tuple[object, ...]) -> tuple[object, ...]:
        self._left -= len(row) + 1
        if self._left < 0:
            raise TooManyCells
        return row


def _write_all(row: tuple[object, ...]) -> Row:
    cells = [write(value) for value in row[:MOST_COLUMNS]]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def _stop_early(rows: Iterable[Row]) -> list[Row]:
    """Rows up to the last that says something."""
    found: list[Row] = []
    last = 0
    for row in rows:
        found.append(row)
        last = len(found) if any(row) else last
        if len(found) - last > _MOST_EMPTY:
            break
    return found[:last]


def _read_old(sheet: object, number: int, book: object) -> Row:
    from xlrd import XL_CELL_DATE, XL_CELL_ERROR, xldate_as_datetime  # noqa: PLC0415 - as above

    cells: list[str] = []
    for cell in sheet.row(number)[:MOST_COLUMNS]:  # type: ignore[attr-defined] # xlrd has no types
        if cell.ctype == XL_CELL_DATE:
            moment = xldate_as_datetime(cell.value, book.datemode)  # type: ignore[attr-defined] # as above
            cells.append(write(moment))
        else:
            cells.append("" if cell.ctype == XL_CELL_ERROR else write(cell.value))
    return tuple(cells)


def write(value: object) -> str:
    """A cell as text: dates as in ISO 8601, whole numbers without a point, nothing as nothing."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
