"""A table of a report as a table of Word that fits the sheet and can be read aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.exports.formats._cells import is_right_to_left, spell_cell
from workbook.exports.formats._docx.elements import (
    TWIPS_PER_MM,
    make,
    make_paragraph,
    make_runs,
)
from workbook.exports.formats._limits import is_long, is_small, measure_row
from workbook.exports.report import join, runs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from workbook.exports.report import Runs, Table

INSET_MM = 5.3
"""What is free on both sides of a cell together, at the most."""


def make_table(
    table: Table,
    language: str,
    widths_mm: Sequence[float],
    title: str,
    relate: Callable[[str], str],
) -> Any:  # noqa: ANN401 - lxml's
    """The table with a header that repeats and rows that stay whole.

    Args:
        table: What is written; it has rows.
        language: How its numbers and dates are written.
        widths_mm: The widths of its columns in millimetres.
        title: What assistive technology calls it.
        relate: Gives the relation's id of a link to elsewhere.
    """
    widths = _round(widths_mm)
    cells = [
        [spell_cell(c, k, table, language) for c, k in zip(row, table.columns, strict=True)]
        for row in table.rows
    ]
    header = [runs(column.title) for column in table.columns]
    small = is_small(cells)
    rows = [_make_row(header, table, widths, relate, is_header=True, keep=True)]
    for number, row in enumerate(cells, 1):
        keep = small and number < len(cells)
        rows.append(_make_row(row, table, widths, relate, is_header=False, keep=keep))
    grid = make("w:tblGrid", *(make("w:gridCol", w=width) for width in widths))
    return make("w:tbl", _make_properties(table, sum(widths), title), grid, *rows)


def _make_properties(table: Table, width: int, title: str) -> Any:  # noqa: ANN401 - lxml's
    look = make(
        "w:tblLook",
        val="04A0" if table.row_titles else "0420",
        firstRow=1,
        lastRow=0,
        firstColumn=int(table.row_titles),
        lastColumn=0,
        noHBand=1,
        noVBand=1,
    )
    return make(
        "w:tblPr",
        make("w:tblStyle", val="FormTable" if table.room_mm else "ReportTable"),
        make("w:bidiVisual") if is_right_to_left(table.columns[0].title) else None,
        make("w:tblW", w=width, type="dxa"),
        make("w:tblLayout", type="fixed"),
        look,
        make("w:tblCaption", val=title),
    )


def _make_row(
    cells: Sequence[Runs],
    table: Table,
    widths: Sequence[int],
    relate: Callable[[str], str],
    *,
    is_header: bool,
    keep: bool,
) -> Any:  # noqa: ANN401 - lxml's
    properties = make("w:trPr")
    if not is_long(measure_row(cells)):
        properties.append(make("w:cantSplit"))
    if is_header:
        properties.append(make("w:tblHeader"))
    elif table.room_mm:
        height = round(table.room_mm * TWIPS_PER_MM)
        properties.append(make("w:trHeight", val=height, hRule="atLeast"))
    row = make("w:tr", properties)
    for cell, column, width in zip(cells, table.columns, widths, strict=True):
        paragraph = make_paragraph(
            "TableHeading" if is_header else "TableText",
            make_runs(cell, relate),
            text=join(cell),
            keep_next=keep,
            align=column.alignment,
        )
        row.append(make("w:tc", make("w:tcPr", make("w:tcW", w=width, type="dxa")), paragraph))
    return row


def _round(widths_mm: Sequence[float]) -> list[int]:
    """The widths in twips, without a rest."""
    widths = [int(width * TWIPS_PER_MM) for width in widths_mm]
    widths[-1] += round(sum(widths_mm) * TWIPS_PER_MM) - sum(widths)
    return widths
