"""Sheets of Excel files as rows of text, old files and new ones."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import Final

MOST_ROWS: Final = 100_000
MOST_COLUMNS: Final = 256
MOST_SHEETS: Final = 30

Sheets = list[tuple[str, list[tuple[str, ...]]]]


def read_xlsx(raw: bytes) -> Sheets | None:
    """The sheets of an .xlsx file with their rows, or None when it is damaged.

    At most ``MOST_SHEETS`` sheets, ``MOST_ROWS`` rows and ``MOST_COLUMNS`` columns are read.
    """
    from openpyxl import load_workbook  # noqa: PLC0415 - heavy, and only for spreadsheets

    try:
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        sheets: Sheets = []
        for sheet in book.worksheets[:MOST_SHEETS]:
            sheet.reset_dimensions()
            rows = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
            sheets.append((str(sheet.title), _drop_empty([tuple(map(write, r)) for r in rows])))
        book.close()
    except Exception:  # noqa: BLE001 - a damaged file fails in any way the library knows
        return None
    return sheets


def read_xls(raw: bytes) -> Sheets | None:
    """The sheets of an .xls file, as LinkedIn still writes them, or None when it is no such file.

    The same limits hold as for ``read_xlsx``.
    """
    import xlrd  # noqa: PLC0415 - only for old spreadsheets

    try:
        with xlrd.open_workbook(
            file_contents=raw, logfile=io.StringIO(), ragged_rows=True, on_demand=True
        ) as book:
            return [
                (sheet.name, _drop_empty([_read_old(sheet, n, book) for n in _rows_of(sheet)]))
                for sheet in (book.sheet_by_index(i) for i in range(book.nsheets)[:MOST_SHEETS])
            ]
    except Exception:  # noqa: BLE001 - a damaged file fails in any way the library knows
        return None


def _rows_of(sheet: object) -> range:
    return range(min(int(getattr(sheet, "nrows", 0)), MOST_ROWS))


def _read_old(sheet: object, number: int, book: object) -> tuple[str, ...]:
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


def _drop_empty(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Rows without the empty ones at the end."""
    last = next((n for n in range(len(rows), 0, -1) if any(rows[n - 1])), 0)
    return rows[:last]
