"""The table of a report as CSV, which every spreadsheet and every program reads."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING

from workbook.exports.formats._sheets import list_lines, list_sheets, make_harmless, write_text
from workbook.exports.report import Paper

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.exports.formats._sheets import Sheet
    from workbook.exports.report import Cell, Column, Report

NAME = "csv"
SUFFIX = ".csv"
MEDIA_TYPE = "text/csv; charset=utf-8"
ORDER = 60
ONLY_TABLES = True
"""It suits documents that are one table, as programs expect it; such a one has to ask for it."""


def write(report: Report, *, paper: Paper = Paper.A4) -> bytes:  # noqa: ARG001 - no sheet here
    """The report as CSV, with a mark by which Excel knows its letters.

    One table stands alone, as programs expect it; of several, each has its name above it and an
    empty line below. A report without a table is written line by line.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    sheets = list_sheets(report)
    if not sheets:
        for line in list_lines(report):
            writer.writerow([make_harmless(part) for part in (line.text, line.beside) if part])
    for number, sheet in enumerate(sheets):
        if number:
            writer.writerow([])
        if len(sheets) > 1:
            writer.writerow([make_harmless(sheet.caption)])
        writer.writerows(_list_rows(sheet, report.language))
    return text.getvalue().encode("utf-8-sig")


def _list_rows(sheet: Sheet, language: str) -> Iterator[list[str]]:
    columns = sheet.table.columns
    yield [make_harmless(column.title) for column in columns]
    for row in sheet.table.rows:
        yield [_write(cell, column, language) for cell, column in zip(row, columns, strict=True)]


def _write(cell: Cell, column: Column, language: str) -> str:
    """Numbers and dates bare, as programs read them; text so that nothing in it acts."""
    if isinstance(cell, date):
        return cell.isoformat()
    if cell is not None and not isinstance(cell, str | tuple):
        return str(cell)
    return make_harmless(write_text(cell, column, language))
