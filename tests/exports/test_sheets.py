"""A report as a spreadsheet: real numbers and dates, and nothing that acts."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from tests.exports.sample_reports import SAMPLES
from workbook.calling import read_demo
from workbook.exports import write
from workbook.exports.documents import build_document, gather, list_formats, load_documents
from workbook.exports.formats._sheets import list_sheets
from workbook.exports.formats.xlsx import LONGEST_CELL
from workbook.exports.report import Column, Heading, KeyValues, Paragraph, Report, Table

TODAY = date(2026, 11, 22)
FIGURES = Table(
    (
        Column("Place"),
        Column("Visits", kind="number"),
        Column("Share", kind="percent"),
        Column("Worth", kind="money", unit="GBP"),
        Column("By", kind="date"),
    ),
    (
        ("=cmd|'/c calc'!A1", 1201, 12.5, Decimal("1234.50"), date(2027, 6, 30)),
        ("B", 1, 2, 3, None),
    ),
    caption="Where it comes from",
)


def _open(report):
    return load_workbook(io.BytesIO(write(report, "xlsx")))


def _read_csv(report):
    return list(csv.reader(io.StringIO(write(report, "csv").decode("utf-8-sig"))))


@pytest.fixture(scope="module")
def sheet():
    """The only sheet of a report that is one table."""
    book = _open(Report("A register", (FIGURES,)))
    assert book.sheetnames == ["Table 1. Where it comes from"]
    return book.active


def test_numbers_shares_money_and_dates_can_be_counted(sheet):
    """They are numbers and dates in the cells, written as such."""
    _, visits, share, worth, by = sheet[2]
    assert [c.value for c in (visits, share, worth)] == [1201, 0.125, 1234.5]
    assert share.number_format.endswith("%")
    assert "GBP" in worth.number_format
    assert by.value.date() == date(2027, 6, 30)
    assert sheet["E3"].value is None


def test_the_header_stays_in_sight_and_rows_can_be_filtered(sheet):
    """The first row and the column that names rows are frozen; filters stand on the header."""
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:E3"
    assert sheet.print_title_rows == "$1:$1"


def test_nothing_typed_is_a_formula(sheet):
    """It is text in the cell, shows as it was typed, and stays text when somebody edits it."""
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].value == "=cmd|'/c calc'!A1"
    assert sheet["A2"].quotePrefix
    rows = _read_csv(Report("A register", (FIGURES,)))
    assert rows[1] == ["'=cmd|'/c calc'!A1", "1201", "12.5", "1234.50", "2027-06-30"]


def test_words_and_tables_of_a_report_are_all_there():
    """The words stand on the first sheet in order, each table on one of its own."""
    report = SAMPLES["rich"]()
    book = _open(report)
    text = [row[0] for row in book["Text"].iter_rows(values_only=True)]
    places = [text.index(heading.text) for _, heading in report.headings()]
    assert places == sorted(places)
    assert len(book.sheetnames) == 1 + sum(
        "Goals with" in n or "Figure" in n for n in book.sheetnames
    )


def test_sheets_with_the_same_name_are_told_apart():
    """Excel takes 31 letters and no name twice, whatever the captions say."""
    table = Table((Column("A"),), (("1",),), caption=f"[{'long ' * 20}]: a/b")
    names = _open(Report("Tables", (table, table, table))).sheetnames
    assert len(names) == 4
    assert max(map(len, names)) <= 31


def test_a_text_longer_than_a_cell_goes_on_below():
    """No letter of a very long answer is lost."""
    long = "abcdefgh " * 8_000
    blocks = (Heading(1, "Long"), Paragraph.of(long), KeyValues.of(("Term", long)))
    cells = [c.value or "" for row in _open(Report("A plan", blocks))["Text"].rows for c in row]
    assert max(map(len, cells)) <= LONGEST_CELL
    assert "".join(cells).count("abcdefgh") == 16_000


def test_several_tables_in_one_csv_have_their_names():
    """Each has its caption above it and an empty line below."""
    rows = _read_csv(Report("Tables", (FIGURES, FIGURES)))
    assert rows[0] == ["Table 1. Where it comes from"]
    assert rows[4:6] == [[], ["Table 2. Where it comes from"]]


def test_a_report_without_a_table_is_lines():
    """Nothing to count is still something to read."""
    assert _read_csv(Report("A plan", (Paragraph.of("@all read this"),))) == [
        ["A plan"],
        ["'@all read this"],
    ]


def test_counts_and_days_of_the_strategy_can_be_counted_on_with():
    """How many were asked and until when are numbers and days in their tables."""
    material = gather(read_demo(TODAY).plan, TODAY)
    found = {
        column.title: {type(row[at]) for row in sheet.table.rows}
        for sheet in list_sheets(build_document("strategy", material))
        for at, column in enumerate(sheet.table.columns)
    }
    assert found["Asked"] == {int}
    assert date in found["Until"]


def test_a_document_that_comes_as_csv_is_one_table():
    """Programs read a file that is one table; a document of several comes as a spreadsheet."""
    material = gather(read_demo(TODAY).plan, TODAY)
    as_csv = [name for name in load_documents() if "csv" in list_formats(name)]
    assert as_csv == ["account_register"]
    for name in as_csv:
        assert len(list_sheets(build_document(name, material))) == 1


@pytest.mark.parametrize("name", sorted(load_documents()))
def test_word_pdf_and_web_page_are_offered_first(name):
    """The order of formats is one for all documents."""
    assert list_formats(name)[:3] == ("docx", "pdf", "html")
