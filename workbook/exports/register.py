"""The register of tagged links as a table to open elsewhere: CSV and Excel."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from workbook.measurement.register import Register

_ACTING = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet program takes for the beginning of a formula."""
_WIDEST = 60


def make_harmless(cell: str) -> str:
    """A cell that no spreadsheet program takes for a formula."""
    return f"'{cell}" if cell.startswith(_ACTING) else cell


def write_csv(register: Register) -> bytes:
    """The register as CSV, with a mark by which Excel knows its letters."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for row in (register.heads, *register.cells):
        writer.writerow([make_harmless(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def write_xlsx(register: Register) -> bytes:
    """The register as an Excel file: heads that stay in sight, columns wide enough to read."""
    from openpyxl import Workbook  # noqa: PLC0415 - heavy, and only for spreadsheets
    from openpyxl.styles import Font  # noqa: PLC0415 - same
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - same

    book = Workbook()
    sheet = book.active
    sheet.title = register.title[:31]
    rows = [[make_harmless(cell) for cell in row] for row in (register.heads, *register.cells)]
    for row in rows:
        sheet.append(row)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, column in enumerate(zip(*rows, strict=True), 1):
        width = min(_WIDEST, max(map(len, column)) + 2)
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


WRITERS: Mapping[str, Callable[[Register], bytes]] = {".csv": write_csv, ".xlsx": write_xlsx}
"""How a register is written, by the end of the file's name."""
