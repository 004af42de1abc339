"""Sheets of spreadsheets as rows of text: their limits, their cells, and Excel's older files."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_CELLS: Final = 4_000_000
MOST_COLUMNS: Final = 256
MOST_SHEETS: Final = 30
MOST_EMPTY: Final = 1000
"""Empty rows in a row after which a sheet is over, whatever was once touched far below."""

Row = tuple[str, ...]
Sheets = list[tuple[str, list[Row]]]


class TooManyCells(Exception):
    """A spreadsheet is larger than anything that is exported here."""


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


def trim(rows: Iterable[Row]) -> list[Row]:
    """Rows up to the last that says something, each up to its last cell that does."""
    return _stop_early(map(_trim_row, rows))


def _trim_row(row: Row) -> Row:
    filled = len(row)
    while filled and not row[filled - 1]:
        filled -= 1
    return row[:filled]


def _stop_early(rows: Iterable[Row]) -> list[Row]:
    """Rows up to the last that says something."""
    found: list[Row] = []
    last = 0
    for row in rows:
        found.append(row)
        last = len(found) if any(row) else last
        if len(found) - last > MOST_EMPTY:
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
