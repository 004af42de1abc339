"""What a file is made of, whatever its name says: encodings, spreadsheets, archives, JSON."""

from __future__ import annotations

import gzip
import io
import zipfile
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.imports.containers import Document, Sheet, Text, decode, open_file
from workbook.imports.posts import read_posts
from workbook.imports.spreadsheets import read_xls, write

POST = "Grüße aus der Werkstatt — heute bis 18 Uhr “offen”"


def _xlsx(*sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    told = io.BytesIO()
    book.save(told)
    return told.getvalue()


def _rows(raw):
    (sheet,) = open_file(raw, "given").parts
    return sheet.rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_text_is_read_in_the_encoding_it_has(encoding):
    """Umlauts and curly quotation marks arrive from every usual encoding."""
    assert decode((POST * 3).encode(encoding)) == POST * 3


def test_text_in_two_encodings_keeps_what_is_whole():
    """One broken letter in a long export spoils itself alone."""
    raw = POST.encode() * 5 + b"\xff" + POST.encode()
    assert decode(raw).count("Grüße") == 6
    assert decode(raw).count("\ufffd") == 1


@pytest.mark.parametrize("name", ["data.csv", "data.xlsx", "data", "picture.png"])
def test_a_spreadsheet_is_told_by_its_bytes(name):
    """The ending of a name decides nothing."""
    raw = _xlsx(("Posts", [["text"], ["Hello there, all of you"]]))
    assert open_file(raw, name).parts == (Sheet(name, (("text",), ("Hello there, all of you",))),)


def test_cells_become_text():
    """Days, times, whole and broken numbers read as people would write them."""
    seen = datetime(2026, 5, 8, 17, 50)  # noqa: DTZ001 - a spreadsheet knows no zones
    row = [seen, date(2026, 5, 8), time(9, 30), 12, 12.0, 2.5, True, None]
    rows = _rows(_xlsx(("a", [row])))
    assert rows[0][:7] == (
        "2026-05-08 17:50:00", "2026-05-08 00:00:00", "09:30:00", "12", "12", "2.5", "True",
    )  # fmt: skip


def test_sheets_without_rows_are_left_out():
    """Only sheets that hold something are parts of a file, each with its own name."""
    raw = _xlsx(("Empty", []), ("One", [["a", "b"]]), ("Two", [["c", "d"], [None, None]]))
    names = [part.name for part in open_file(raw, "given.xlsx").parts]
    assert names == ["given.xlsx: One", "given.xlsx: Two"]
    assert [p.id for p in open_file(_xlsx(("Empty", [])), "given.xlsx").problems] == ["file-empty"]


def test_a_sheet_far_to_the_right_stays_small():
    """One cell in the last row and column of a sheet does not fill the memory."""
    book = openpyxl.Workbook()
    book.active.cell(row=1, column=1, value="first")
    book.active.cell(row=2, column=16_384, value="far")
    book.active.cell(row=1_048_576, column=1, value="last")
    told = io.BytesIO()
    book.save(told)
    assert _rows(told.getvalue()) == (("first",),)


def test_a_sheet_that_lies_about_its_size_is_stopped(monkeypatch):
    """Rows that each reach to the last column are counted, and refused in time."""
    monkeypatch.setattr("workbook.imports.xlsx.MOST_CELLS", 100)
    book = openpyxl.Workbook()
    for row in range(1, 200):
        book.active.cell(row=row, column=16_384, value="far")
    told = io.BytesIO()
    book.save(told)
    found = open_file(told.getvalue(), "given.xlsx")
    assert [problem.id for problem in found.problems] == ["table-too-large"]


def test_what_is_no_spreadsheet_is_none():
    """Damaged files end in nothing, and not in an error of the library."""
    assert [p.id for p in open_file(b"PK\x03\x04 and nothing more", "a").problems] == [
        "file-damaged"
    ]
    assert read_xls(b"\xd0\xcf\x11\xe0 and nothing more") is None


def test_an_archive_gives_its_members():
    """An export in several files is read as a whole; what the system adds is left out."""
    told = io.BytesIO()
    with zipfile.ZipFile(told, "w") as archive:
        archive.writestr("Takeout/a.json", '{"a": 1}')
        archive.writestr("__MACOSX/._a.json", "noise")
        archive.writestr("Takeout/logo.png", b"\x89PNG....")
        archive.writestr("Takeout/b.txt", "text")
    assert open_file(told.getvalue(), "takeout.zip").parts == (
        Document("Takeout/a.json", {"a": 1}), Text("Takeout/b.txt", "text"),
    )  # fmt: skip


def test_an_archive_gives_its_members_whatever_else_is_in_it():
    """A zip in a zip and a member that is damaged are named; the others are read."""
    inner, told = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.csv", "a,b")
    with zipfile.ZipFile(told, "w") as archive:
        archive.writestr("inner.zip", inner.getvalue())
        archive.writestr("torn.csv", "spoiled")
        archive.writestr("good.csv", "text")
    opened = open_file(told.getvalue().replace(b"spoiled", b"sp0iled"), "all.zip")
    assert opened.parts == (Text("good.csv", "text"),)
    assert [(p.id, p.values["name"]) for p in opened.problems] == [
        ("archive-in-archive", "inner.zip"),
        ("file-damaged", "torn.csv"),
    ]


def test_packed_text_is_unpacked():
    """A file packed with gzip is read as what it packs."""
    raw = gzip.compress(b"plain text")
    assert open_file(raw, "notes.txt.gz").parts == (Text("notes.txt", "plain text"),)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('[{"a": 1}]', [{"a": 1}]),
        (' {"a": 1}\n{"a": 2}\n', [{"a": 1}, {"a": 2}]),
        ("window.YTD.tweets.part0 = [1]", [1]),
        ("window.YTD.tweets.part0 = [1];\n", [1]),
    ],
)
def test_json_is_read_in_all_its_forms(text, value):
    """A document, a document a line, and the script of an archive of X."""
    assert open_file(text.encode(), "given.json").parts == (Document("given.json", value),)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('[{"a": [{"b": 1}]}, {"a": [{"b": 2}], "c', [{"a": [{"b": 1}]}]),
        ('{"data": {"list": [{"a": "]}"}, {"a": "x', {"data": {"list": [{"a": "]}"}]}}),
        ('{"one": [{"a": 1}], "two": [{"a": 2}, {"a": 3', {"one": [{"a": 1}], "two": [{"a": 2}]}),
        ('window.YTD.tweets.part0 = [{"a": 1}, {"a"', [{"a": 1}]),
        ('[{"a": 1}, {"a": 2}, oops {"a": 3}]', [{"a": 1}, {"a": 2}]),
    ],
)
def test_json_that_breaks_off_gives_what_is_whole(text, value):
    """The items before the break are used, and never half of one; the break is told."""
    opened = open_file(text.encode(), "given.json")
    assert opened.parts == (Document("given.json", value),)
    assert [problem.id for problem in opened.problems] == ["json-cut"]


def test_json_in_lines_is_read_line_by_line():
    """A line that is none is left out and counted."""
    opened = open_file(b'{"a": 1}\n{"a": 2\n\n{"a": 3}\n{"a', "given.ndjson")
    assert opened.parts == (Document("given.ndjson", [{"a": 1}, {"a": 3}]),)
    values = {"name": "given.ndjson", "count": 2, "lines": 4}
    assert [(p.id, p.values) for p in opened.problems] == [("json-lines", values)]
    assert open_file(b'{"a"\n{"b"\n', "given.json").problems[0].id == "json-damaged"


def test_a_text_may_begin_with_a_bracket():
    """A post that begins like JSON is a text, unless the name says that it is JSON."""
    raw = b"[Update] We are open again."
    assert open_file(raw, "post.txt").parts == (Text("post.txt", raw.decode()),)
    assert [p.id for p in open_file(raw, "post.json").problems] == ["json-damaged"]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"\x1f\x8b", b"\xff\xfe"]))
def test_any_bytes_are_read_or_refused(raw, start):
    """Whatever bytes are given, there are parts or a problem, and never an error."""
    opened = open_file(start + raw, "given")
    assert opened.parts or opened.problems
    read_posts(start + raw, "given.csv")


def _swap(raw, name, old, new):
    """A spreadsheet with a place in one of its parts written anew."""
    told = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as read, zipfile.ZipFile(told, "w", 8) as written:
        for each in read.namelist():
            content = read.read(each)
            written.writestr(each, content.replace(old, new) if each == name else content)
    return told.getvalue()


def _sheet(xml, **parts):
    """A spreadsheet of one sheet, written as somebody else's program would."""
    raw = _xlsx(("Posts", [["text"], ["Hello"]]))
    for name, content in {"xl/worksheets/sheet1.xml": xml, **parts}.items():
        told = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(raw)) as read, zipfile.ZipFile(told, "w", 8) as written:
            for each in {*read.namelist(), name}:
                written.writestr(each, content if each == name else read.read(each))
        raw = told.getvalue()
    return raw


def test_cells_are_read_however_they_are_written():
    """Names with a prefix, no places of cells, formulas, runs of letters, spoken forms, errors."""
    xml = """<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
    <x:sheetData><x:row><x:c t="inlineStr"><x:is><x:r><x:t>Hel</x:t></x:r><x:r><x:t>lo</x:t></x:r>
    <x:rPh sb="0" eb="1"><x:t>no</x:t></x:rPh></x:is></x:c><x:c><x:f>1+1</x:f><x:v>2.0</x:v></x:c>
    <x:c t="e"><x:v>#N/A</x:v></x:c><x:c t="b"><x:v>1</x:v></x:c></x:row>
    <x:row r="4"><x:c r="C4" t="str"><x:f>A1</x:f><x:v>a_x000D_b_xD83D__xDE00_</x:v></x:c>
    <x:c r="A4"><x:v>7312345678901234567</x:v></x:c><x:c r="B4"><x:v>1.22158E+17</x:v></x:c>
    <x:c r="D4"><x:v>0.1</x:v></x:c><x:c r="E4" t="s"><x:v>99</x:v></x:c>
    <x:c r="!!"><x:v>1</x:v></x:c>
    </x:row></x:sheetData></x:worksheet>"""
    assert _rows(_sheet(xml.encode())) == (
        ("Hello", "2", "", "True"),
        (),
        (),
        ("7312345678901234567", "1.22158E+17", "a\rb\U0001f600", "0.1"),
    )


FIRST = datetime(1901, 1, 1)  # noqa: DTZ001 - a spreadsheet knows no zones
CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**14), 10**14),
    st.integers(-(10**9), 10**9).map(lambda number: number / 8),
    st.integers(0, 6 * 10**9).map(lambda seconds: FIRST + timedelta(seconds=seconds)),
    st.text("ab_x0D é😀<&>\"' \n=+", max_size=9).map(lambda text: f"a{text}b"),
)  # fmt: skip


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=5))
def test_what_another_program_wrote_is_read(rows):
    """Whatever cells openpyxl writes, the same stand in what is read."""
    opened = open_file(_xlsx(("a", rows)), "given")
    read = opened.parts[0].rows if opened.parts else ()
    found = {(n, at): cell for n, row in enumerate(read) for at, cell in enumerate(row) if cell}
    assert found == {
        (n, at): write(cell)
        for n, row in enumerate(rows)
        for at, cell in enumerate(row)
        if write(cell)
    }


@pytest.mark.parametrize(
    ("code", "number", "text"),
    [
        ("dd/mm/yyyy", "46023.5", "2026-01-01 12:00:00"),
        ("[h]:mm:ss", "1.5", "1 day, 12:00:00"),
        ("h:mm", "0.5", "12:00:00"),
        ('0.0 "d"', "46023", "46023"),
        ("yyyy", "99999999999", "99999999999"),
        ("yyyy", "no", "no"),
    ],
)
def test_numbers_are_dates_where_their_format_says_so(code, number, text):
    """Days since 1900 by the format of a cell; what is no day stays what it is."""
    styles = f"""<styleSheet><numFmts><numFmt numFmtId="200" formatCode='{code}'/></numFmts>
    <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
    <cellXfs><xf numFmtId="0"/><xf numFmtId="200"/></cellXfs></styleSheet>"""
    xml = f"<worksheet><sheetData><row><c s='1'><v>{number}</v></c></row></sheetData></worksheet>"
    parts = {"xl/styles.xml": styles.encode()}
    assert _rows(_sheet(xml.encode(), **parts)) == ((text,),)


def test_days_may_be_counted_from_1904():
    """Excel for older Macintoshes begins four years later."""
    raw = _xlsx(("Posts", [[date(2026, 1, 1)]]))
    later = _swap(raw, "xl/workbook.xml", b"<workbookPr/>", b'<workbookPr date1904="1"/>')
    assert _rows(later) == (("2030-01-02 00:00:00",),)


@pytest.mark.parametrize(
    ("name", "end", "part", "problem"),
    [
        ("xl/styles.xml", b"</cellXfs>", b"<xf/>" * 250_000, "table-too-large"),
        ("xl/workbook.xml", b"</sheets>", b'<sheet name="a"/>' * 250_000, "table-too-large"),
        ("xl/worksheets/sheet1.xml", b"</sheetData>", b"<a>" * 200, "file-damaged"),
        ("xl/worksheets/sheet1.xml", b"</sheetData>", b"</b>", "file-damaged"),
    ],
    ids=["formats", "list of sheets", "depth", "damage"],
)
def test_a_spreadsheet_made_to_fill_the_memory_is_not_read(name, end, part, problem):
    """A few kilobytes with a million formats or elements in elements are told in time."""
    raw = _swap(_xlsx(("Posts", [["text"], ["Hello"]])), name, end, part + end)
    opened = open_file(raw, "posts.xlsx")
    assert not opened.parts
    assert [each.id for each in opened.problems] == [problem]
