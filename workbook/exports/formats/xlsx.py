"""A report as an Excel file: a sheet for each table, with numbers and dates that can be counted."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any, Final

from workbook.charts.style import TEXT_FONTS
from workbook.exports.formats._brand import LOGO_MM
from workbook.exports.formats._cells import words_for
from workbook.exports.formats._sheets import (
    is_acting,
    list_lines,
    list_sheets,
    write_text,
)
from workbook.exports.report import Paper

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workbook.exports.formats._sheets import Line, Sheet
    from workbook.exports.look import Look
    from workbook.exports.report import Cell, Column, Report, Table

NAME = "xlsx"
SUFFIX = ".xlsx"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ORDER = 50
ONLY_TABLES = True
"""It suits documents that are tables; one that is for reading has to ask for it."""

LONGEST_CELL: Final = 32_767
"""More letters than these no cell holds; what is longer goes on in the cell below."""
_ON_PAPER: Final = 1_500
"""More letters than these do not fit on paper in the highest row there is."""
_LONGEST_NAME: Final = 31
_WIDEST, _NARROWEST = 60, 9
_UPRIGHT, _ACROSS = 100, 150
"""Letters that fit side by side on a sheet of paper, upright and lying on its side."""
_NARROW = 12
"""Letters that a column keeps where others have to make room."""
_WORDS_WIDTH = 70
"""The width of both columns of words; more than ``_ON_PAPER`` letters in one go on below."""
_POINTS_PER_MM = 72 / 25.4
_MM_PER_INCH = 25.4
_HIGH_HEAD = 1.1
"""The upper margin in inches, where a picture stands in it."""
_SIZE, _LINE, _HIGHEST = 11, 15.0, 409.0
"""The size of text, the height of a line and of the highest row, in points."""
_LETTER = 1.05
"""The width of a letter beside that of a digit, and a little for words that go to the next line."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_SIZES = {1: 18, 2: 14, 3: 12, 4: 11}
_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
_PAPER = {Paper.A4: 9, Paper.LETTER: 1}


def write(report: Report, *, paper: Paper = Paper.A4) -> bytes:
    """The report as an Excel file; its words stand on a sheet of their own, if it has any."""
    import xlsxwriter  # noqa: PLC0415 - heavy, and only for spreadsheets

    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "remove_timezone": True})
    book.set_properties(_describe(report))
    writer, sheets, lines = _Writer(book, report, paper), list_sheets(report), [*list_lines(report)]
    is_register = len(sheets) == 1 and len(lines) == 1
    if not is_register:
        writer.write_words(lines)
    for sheet in sheets:
        writer.write_sheet(sheet)
    book.close()
    return file.getvalue()


def _describe(report: Report) -> dict[str, Any]:
    given = report.properties
    return {
        "title": report.title,
        "subject": given.subject,
        "author": given.author,
        "keywords": ", ".join(given.keywords),
        "created": given.written or _UNDATED,
    }


class _Writer:
    """Writes the sheets of one file; names of sheets are unique in it."""

    def __init__(self, book: Any, report: Report, paper: Paper) -> None:  # noqa: ANN401 - untyped
        self.book, self.report, self.paper = book, report, paper
        self.palette = report.look.light
        self.words = words_for(report.language)
        self.taken: set[str] = set()
        self.looks: dict[tuple[tuple[str, Any], ...], Any] = {}
        self.heights: dict[int, float] = {}

    def _look(self, **properties: Any) -> Any:  # noqa: ANN401 - XlsxWriter has no types
        """A format of cells, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self.looks:
            basis = {"font_name": TEXT_FONTS[0], "font_color": self.palette.ink, "valign": "top"}
            self.looks[key] = self.book.add_format({**basis, **properties})
        return self.looks[key]

    def _add_sheet(self, name: str) -> Any:  # noqa: ANN401 - XlsxWriter has no types
        sheet = self.book.add_worksheet(self._name(name))
        sheet.set_paper(_PAPER[self.paper])
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        self._put_brand(sheet)
        return sheet

    def _put_brand(self, sheet: Any) -> None:  # noqa: ANN401 - XlsxWriter has no types
        """Name and picture at the head of printed sheets: in cells they would break a table."""
        look = self.report.look
        name = look.name.replace("&", "&&")
        if look.logo:
            picture = {"image_left": "logo.png", "image_data_left": _size_logo(look)}
            sheet.set_header(f"&L&G&R{name}", picture)
            sheet.set_margins(top=_HIGH_HEAD)
        elif name:
            sheet.set_header(f"&L{name}")

    def _name(self, wanted: str) -> str:
        """A name that Excel takes: short, without some signs, and unlike any other's."""
        plain = _FORBIDDEN.sub(" ", wanted).strip(" '")[:_LONGEST_NAME].strip(" '") or "1"
        name, number = plain, 2
        while name.casefold() in self.taken:
            end = f" {number}"
            name, number = plain[: _LONGEST_NAME - len(end)].strip() + end, number + 1
        self.taken.add(name.casefold())
        return name

    def write_words(self, lines: Sequence[Line]) -> None:
        """The words of the report, a line each, headings as headings."""
        sheet, row = self._add_sheet(self.words["text"]), 0
        sheet.set_column(0, 1, _WORDS_WIDTH)
        for line in lines:
            look: dict[str, Any] = {"text_wrap": not line.level, "bold": bool(line.level)}
            if line.level:
                look |= {"font_size": _SIZES[line.level], "font_color": self.palette.accent}
            ends = [
                self._write_long(sheet, (row, at), text, look, _WORDS_WIDTH, longest=_ON_PAPER)
                for at, text in enumerate((line.text, line.beside))
            ]
            row = max(*ends, row + 1)
        self._set_heights(sheet)

    def _write_long(
        self,
        sheet: Any,  # noqa: ANN401 - XlsxWriter has no types
        at: tuple[int, int],
        text: str,
        look: dict[str, Any],
        width: float,
        *,
        longest: int = LONGEST_CELL,
    ) -> int:
        """A text in a cell, and in those below it where one is too small; the next free row."""
        row, column = at
        for part in _cut(text, longest):
            format_ = self._look(**look, **({"quote_prefix": True} if is_acting(part) else {}))
            sheet.write_string(row, column, part, format_)
            height = _count_lines(part, width) * _LINE * look.get("font_size", _SIZE) / _SIZE
            self.heights[row] = min(_HIGHEST, max(height, self.heights.get(row, 0)))
            row += 1
        return row

    def _set_heights(self, sheet: Any) -> None:  # noqa: ANN401 - XlsxWriter has no types
        """Rows as high as their text: not every program works that out when it opens a file."""
        for row, height in self.heights.items():
            sheet.set_row(row, height)
        self.heights.clear()

    def write_sheet(self, made: Sheet) -> None:
        """A table: a header that stays in sight, filters, and columns wide enough to read."""
        sheet, table, palette = self._add_sheet(made.caption), made.table, self.palette
        widths = [self._find_width(table, at) for at in range(len(table.columns))]
        widths = _narrow(widths, _UPRIGHT if _is_blank(table) else _ACROSS)
        if round(sum(widths)) > _UPRIGHT:
            sheet.set_landscape()
        head = {"bold": True, "bottom": 2, "bottom_color": palette.accent, "text_wrap": True}
        if palette.head != palette.surface:
            head["bg_color"] = palette.head
        for at, column in enumerate(table.columns):
            align = {"end": "right", "centre": "center"}.get(column.alignment, "left")
            sheet.set_column(at, at, widths[at])
            self._write_long(sheet, (0, at), column.title, {**head, "align": align}, widths[at])
        last = 1
        for cells in table.rows:
            row = zip(cells, table.columns, widths, strict=True)
            if table.room_mm:
                self.heights[last] = table.room_mm * _POINTS_PER_MM
            last = max(self._write_cell(sheet, (last, at), *each) for at, each in enumerate(row))
        self._set_heights(sheet)
        sheet.freeze_panes(1, int(table.row_titles))
        sheet.autofilter(0, 0, last - 1, len(table.columns) - 1)
        sheet.repeat_rows(0)

    def _find_width(self, table: Table, at: int) -> float:
        column = table.columns[at]
        texts = (write_text(row[at], column, self.report.language) for row in table.rows)
        lines = (line for text in (column.title, *texts) for line in text.split("\n"))
        return min(_WIDEST, max(_NARROWEST, *(len(line) + 3 for line in lines)))

    def _write_cell(
        self,
        sheet: Any,  # noqa: ANN401 - XlsxWriter has no types
        place: tuple[int, int],
        cell: Cell,
        column: Column,
        width: float,
    ) -> int:
        """A cell of its own kind; the next free row below it."""
        row, at = place
        line = {"bottom": 1, "bottom_color": self.palette.line}
        if isinstance(cell, date):
            look: dict[str, Any] = {"num_format": "d mmm yyyy", "align": "left", **line}
            sheet.write_datetime(row, at, cell, self._look(**look))
        elif isinstance(cell, int | float | Decimal) and not isinstance(cell, bool):
            share = cell / 100 if column.kind == "percent" else cell
            sheet.write_number(row, at, share, self._look(num_format=_number(column), **line))
        else:
            text = write_text(cell, column, self.report.language)
            look = {"text_wrap": True, **line}
            if not text:
                sheet.write_blank(row, at, None, self._look(**look))
            return max(row + 1, self._write_long(sheet, place, text, look, width))
        return row + 1


def _size_logo(look: Look) -> BytesIO:
    """The picture as a file that says how large it is, since a head has no size of its own."""
    from PIL import Image  # noqa: PLC0415 - loaded when used

    file = BytesIO()
    with Image.open(BytesIO(look.logo or b"")) as image:
        dots = image.width / (look.measure_logo(*LOGO_MM)[0] / _MM_PER_INCH)
        image.save(file, "PNG", dpi=(dots, dots))
    file.seek(0)
    return file


def _is_blank(table: Table) -> bool:
    """Whether nothing is written in it yet, as in a sheet to fill in by hand."""
    return not any(cell not in (None, "", ()) for row in table.rows for cell in row)


def _narrow(widths: Sequence[float], most: float) -> list[float]:
    """Columns so narrow together that a sheet of paper holds them in letters one can read."""
    over = sum(widths) - most
    wide = sum(width - _NARROW for width in widths if width > _NARROW)
    if over <= 0 or not wide:
        return list(widths)
    kept = 1 - min(1.0, over / wide)
    return [_NARROW + (w - _NARROW) * kept if w > _NARROW else w for w in widths]


def _number(column: Column) -> str:
    """How Excel writes the numbers of a column."""
    if column.kind == "percent":
        return "0.##%"
    if column.kind == "money" and column.unit:
        return f"[${column.unit}] #,##0.00"
    return "#,##0.##########" if column.kind == "text" else "#,##0.###"


def _count_lines(text: str, width: float) -> int:
    return sum(_wrap(line, width) for line in text.split("\n"))


def _wrap(line: str, width: float) -> int:
    """The lines a line takes; a long word such as an address leaves room behind it unused."""
    has_long = any(len(word) > width / 2 for word in line.split())
    return max(1, ceil(_LETTER * len(line) / width) + has_long * (len(line) > width))


def _cut(text: str, longest: int) -> Iterator[str]:
    """The text in parts of at most so many letters, cut between words where there are any."""
    while len(text) > longest:
        end = max(text.rfind(sign, 0, longest) for sign in " \n") + 1 or longest
        yield text[:end]
        text = text[end:]
    if text:
        yield text
