"""Tables found in files: header, delimiter, preamble, and cells that say nothing."""

from __future__ import annotations

import pytest

from workbook.imports.containers import Sheet, Text
from workbook.imports.tables import clean_cell, clean_header, find_table, read_plain

WANTED = frozenset({"post id", "text"})


def _find(text):
    return find_table(Text("given.csv", text), lambda cells: cells >= WANTED)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^"])
def test_the_delimiter_is_found(delimiter):
    """The usual ones are tried; any other sign is told in the first line."""
    start = f"sep={delimiter}\n" if delimiter == "^" else ""
    rows = ["Post ID,Text", "1,Hello there", "2,Bye"]
    table = _find(start + "\n".join(row.replace(",", delimiter) for row in rows))
    assert table.column("text") == ("Hello there", "Bye")


def test_the_header_is_found_below_a_preamble():
    """Comments, titles and blank lines may stand above the header; they are kept apart."""
    table = _find(
        '# Account: Example\n\n"A title, with comma"\nPOST  id,Text\n\n7,Hello\nTotal,9\n'
    )
    assert table.headers == ("post id", "text")
    assert table.rows == (("7", "Hello"),)
    assert table.numbers == (6,)
    assert table.preamble == ("# Account: Example", "", "A title, with comma")


def test_rows_are_as_wide_as_the_header():
    """A row that is too short is filled, one that is too long is cut."""
    table = _find("post id,text\n1\n2,a,b,c\n")
    assert table.rows == (("1", ""), ("2", "a"))


def test_a_cell_may_hold_lines_and_quotation_marks():
    """Posts of several lines stay whole, with quotation marks doubled or marked."""
    assert _find('post id,text\n1,"one\n\ntwo ""three"""\n').column("text") == (
        'one\n\ntwo "three"',
    )
    assert _find('post id,text\n1,"say \\"hi, you\\" now"\n').column("text") == (
        'say "hi, you" now',
    )


def test_columns_are_found_by_name_alone():
    """The first name that there is gives the column; a column that is not there is empty."""
    table = find_table(Sheet("given", (("B", "a"), ("1", "2"))), lambda cells: "a" in cells)
    assert table.column("c", "a") == ("2",)
    assert table.column("c") == ("",)
    assert table.has("a", "b")
    assert not table.has("a", "c")


def test_no_header_is_no_table():
    """A file without any of the headers is none."""
    assert _find("a,b\n1,2\n") is None
    assert read_plain(Text("given", "one\ntwo\n")).headers == ("one",)


@pytest.mark.parametrize("cell", ["", " ", "-", "--", "undefined", "(not set)", "N/A"])
def test_a_cell_that_says_nothing_is_empty(cell):
    """What tools write for nothing is never taken for something."""
    assert clean_cell(cell) == ""


def test_a_guarded_cell_is_freed():
    """The mark that keeps a spreadsheet from calculating is no part of a text."""
    assert clean_cell("'=1+1") == "=1+1"
    assert clean_cell("'tis") == "'tis"
    assert clean_header("\ufeff Post \n ID ") == "post id"


def test_a_table_longer_than_is_read_says_so(monkeypatch):
    """What is left out of a very long file is told."""
    monkeypatch.setattr("workbook.imports.tables.MOST_ROWS", 3)
    assert find_table(Text("given", "a\n1\n2\n3\n"), lambda cells: "a" in cells).is_cut
    assert not find_table(Text("given", "a\n1\n"), lambda cells: "a" in cells).is_cut


@pytest.mark.parametrize(
    ("end", "texts"),
    [
        ('3,"Hel', ("one", "two")),
        ('3,"said ""yes"" and', ("one", "two")),
        ("3,Hello", ("one", "two", "Hello")),
        ('3,"Hello"', ("one", "two", "Hello")),
        ('3,"a ""b"""', ("one", "two", 'a "b"')),
        ('3,5" pipe', ("one", "two", '5" pipe')),
        ("3", ("one", "two")),
        ('3,"never closed\n4,x\n5,y\n', ("one", "two")),
    ],
)
def test_a_text_that_stops_within_a_cell_is_torn(end, texts):
    """The whole rows are read; a cell that nothing closes, or a row without its cells, is not."""
    table = _find(f"post id,text\n1,one\n2,two\n{end}")
    assert table.column("text") == texts
    assert table.is_torn == (len(texts) == 2)


def test_what_belongs_to_another_table_is_left_out():
    """Rows below another header count only where they are as wide as ours; ours may be repeated."""
    ours, other = "post id,text\n1,one\n", "x,y,z\n4,5,6\n"
    table = find_table(
        Text("given.csv", f"{ours}{other}2,two\npost id,text\n3\n"),
        lambda cells: cells >= WANTED,
        lambda cells: cells in (WANTED, {"x", "y", "z"}),
    )
    assert table.rows == (("1", "one"), ("2", "two"), ("3", ""))
    assert (table.numbers, table.others) == ((2, 5, 7), (3,))
