"""Whatever may be wrong with a file, for every file there is: the good rows, and what is wrong."""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
from pathlib import Path
from subprocess import run

import pytest
from fuzz import fuzz
from given_files import EVENTS, FILES, READERS, SAMPLES

from workbook.imports.format import CaseFormat, PostFormat, ReachFormat, RefusedFormat
from workbook.imports.pipeline import load_formats

CUT = {
    "table-torn", "json-cut", "json-damaged", "log-unreadable", "log-torn", "visits-cut",
    "calendar-damaged", "calendar-events", "file-damaged",
}  # fmt: skip
"""What is said of a file that stops within a row."""
PACKED = (b"PK", b"\xd0\xcf")
TEXTS = sorted(name for name, raw in FILES.items() if not raw.startswith(PACKED))
TABLES = [name for name in TEXTS if name.endswith((".csv", ".log", ".jsonl", ".ndjson"))]
FORMATS = load_formats()


def reader_of(name):
    """Who reads a file, by its format."""
    kind = None if name in EVENTS else FORMATS[Path(name).stem]
    if isinstance(kind, PostFormat):
        return "posts"
    return "cases" if isinstance(kind, CaseFormat | RefusedFormat) else "visits"


def counts_rows(name):
    """Whether rows of it are used for anything; figures of reach and refused files are not."""
    return name in EVENTS or not isinstance(FORMATS[Path(name).stem], ReachFormat | RefusedFormat)


def read(raw, name):
    """A file read by its reader, everything said in whole words."""
    found = READERS[reader_of(name)](raw, name)
    assert all(found.said)
    return found


def text_of(name):
    raw = FILES[name]
    return raw.decode("utf-16" if raw.startswith(b"\xff\xfe") else "utf-8-sig")


def write(name, text):
    """A text as the file was encoded, with its mark."""
    raw = FILES[name]
    if raw.startswith(b"\xff\xfe"):
        return text.encode("utf-16")
    return (b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b"") + text.encode()


def grow(name):
    """A file of a few rows with some more of them."""
    text = text_of(name)
    if name == "matomo_live.json":
        return json.dumps(json.loads(text), indent=1)
    if name in EVENTS or not name.endswith((".csv", ".json")):
        return text
    if name.endswith(".json"):
        return json.dumps(_grow_lists(json.loads(text)), indent=1)
    *rows, last = text.rstrip("\n").splitlines()
    return "\n".join([*rows, *[last] * 8, ""]) if last.count('"') % 2 == 0 else text


def _grow_lists(value):
    """A document with more items in its outermost list of objects."""
    if isinstance(value, dict):
        return {key: _grow_lists(each) for key, each in value.items()}
    is_list = isinstance(value, list) and value and isinstance(value[0], dict)
    return value + [value[-1]] * 8 if is_list else value


def cut_within_row(text):
    """A text without its last quarter, cut within the first half of a row of some length."""
    lines = text.splitlines(keepends=True)
    at = next(n for n in range(len(lines) * 3 // 4, -1, -1) if len(lines[n].strip()) > 1)
    row = lines[at].rstrip()
    cells = [n for n in range(1, len(row) // 2 + 1) if row[n - 1].isalnum() and row[n].isalnum()]
    return "".join(lines[:at]) + row[: cells[0] if cells else 1]


# -- cut off ---------------------------------------------------------------------------------------


@pytest.mark.thorough
@pytest.mark.parametrize("name", TEXTS)
def test_a_file_cut_within_a_row_is_called_cut(name):
    """The whole rows before the cut are used, never more than there were, and the cut is told."""
    text = grow(name)
    whole, cut = read(write(name, text), name), read(write(name, cut_within_row(text)), name)
    assert CUT & set(cut.problems)
    assert cut.rows <= whole.rows
    if whole.rows > 3 and name != "plausible_api.json":  # its columns are named at its end
        assert cut.rows > 0


@pytest.mark.thorough
@pytest.mark.parametrize("name", sorted(set(FILES) - set(TEXTS)))
def test_a_packed_file_that_is_cut_is_called_damaged(name):
    """Nothing is read of an archive or an older spreadsheet whose end is missing."""
    raw = FILES[name]
    assert read(raw[: len(raw) // 2], name).problems == ("file-damaged",)


@pytest.mark.thorough
@pytest.mark.parametrize("name", [n for n in TABLES if counts_rows(n) and n.endswith("csv")])
def test_a_header_alone_is_told(name):
    """A table without a row comes to nothing, and that is said."""
    rows = text_of(name).splitlines()
    header = next(
        n for n in range(len(rows)) if n + 1 == len(rows) or read_rows(name, rows[: n + 2])
    )
    found = read(write(name, "\n".join([*rows[: header + 1], ""])), name)
    assert not found.rows
    assert found.problems


def read_rows(name, rows):
    """How many rows are used of the first lines of a file."""
    return read(write(name, "\n".join([*rows, ""])), name).rows


# -- written otherwise -----------------------------------------------------------------------------


@pytest.mark.thorough
@pytest.mark.parametrize("name", [name for name in TEXTS if name.endswith(".csv")])
@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_another_delimiter_is_read(name, delimiter):
    """Whichever of the usual ones parts the columns, the same rows are used."""
    import csv

    rows = csv.reader(io.StringIO(grow(name)))
    told = io.StringIO()
    csv.writer(told, delimiter=delimiter, lineterminator="\n").writerows(rows)
    found, whole = read(write(name, told.getvalue()), name), read(write(name, grow(name)), name)
    assert (found.rows, found.problems) == (whole.rows, whole.problems)


@pytest.mark.thorough
@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-16-le", "cp1252", "cp437"])
def test_another_encoding_is_read_or_told(name, encoding):
    """By its mark, by its bytes, or not at all; nothing is lost unsaid."""
    text = grow(name)
    found = read(text.encode(encoding, "replace"), name)
    assert found.rows == read(write(name, text), name).rows or found.problems


# -- what does not belong there --------------------------------------------------------------------


@pytest.mark.thorough
@pytest.mark.parametrize("name", TABLES)
def test_rows_of_another_file_are_left_out_and_told(name):
    """A few lines of another export in the middle: the own rows count, and those do not."""
    lines = grow(name).splitlines(keepends=True)
    other = "reddit_posts.csv" if "reddit" not in name else "x_content.csv"
    spoilt = "".join([*lines[:-2], text_of(other).rstrip("\n"), "\n", *lines[-2:]])
    found = read(write(name, spoilt), name)
    assert found.rows == read(write(name, "".join(lines)), name).rows
    assert found.problems


@pytest.mark.thorough
@pytest.mark.parametrize("name", TABLES)
def test_bytes_that_are_no_text_spoil_their_row_at_most(name):
    """A row of binary bytes in the middle is left out and told."""
    text = grow(name)
    *lines, last = write(name, text).splitlines(keepends=True)
    if FILES[name].startswith(b"\xff\xfe"):
        return
    found = read(b"".join([*lines, b"\x00\xff\xfe\x80\x01\n", last]), name)
    whole = read(write(name, text), name)
    assert whole.rows - 1 <= found.rows <= whole.rows + 1
    assert found.problems


@pytest.mark.thorough
@pytest.mark.parametrize("name", [name for name in TABLES if reader_of(name) == "visits"])
def test_days_in_the_future_are_left_out_and_told(name):
    """No visit and no hour of another year is counted."""
    text = grow(name)
    later = re.sub(r"(?<=\b20)26|(?<=/)2026", lambda year: year[0][:-2] + "31", text)
    later = re.sub(r"\b17(?=[789]\d{7,13}\b)", "19", later)
    has_days = later != text and counts_rows(name)
    found = read(write(name, later), name)
    whole = read(write(name, text), name)
    if has_days and found.rows < whole.rows:
        assert any(problem.endswith("future") for problem in found.problems)


@pytest.mark.thorough
@pytest.mark.parametrize("name", [name for name in TEXTS if name.endswith(".csv")])
def test_formulas_are_no_numbers_and_do_no_harm(name):
    """What a spreadsheet would work out is not worked out, and nothing of it is kept."""
    text = re.sub(r"(?<=[,;])(\d)", r'=HYPERLINK("http://a.example")+\1', grow(name))
    found = read(write(name, text), name)
    assert "HYPERLINK" not in found.kept
    assert found.rows <= read(write(name, grow(name)), name).rows


@pytest.mark.thorough
@pytest.mark.parametrize("name", sorted(FILES))
def test_nothing_of_a_file_is_kept_but_counts(name):
    """No cell of some length stands in what may be kept: no page, no name, no sentence."""
    kept = read(FILES[name], name).kept
    if name in TEXTS:
        cells = set(re.findall(r"[^\s,;\t\"'<>{}\[\]():]{9,}", text_of(name)))
        allowed = {"instagram", "facebook", "linkedin", "mastodon", "pinterest", "2026-"}
        values = re.sub(r"\w+=", "", kept)
        found = {cell for cell in cells if cell in values}
        assert not {cell for cell in found if cell.casefold() not in allowed}


# -- made to do harm -------------------------------------------------------------------------------


READ = f"""
import json, sys
from pathlib import Path
sys.path.insert(0, {str(Path(__file__).parent)!r})
from given_files import read_as_visits
found = read_as_visits(Path(sys.argv[1]), sys.argv[2])
with open("/proc/self/status") as status:
    peak = next(line.split()[1] for line in status if line.startswith("VmHWM"))
print(json.dumps(dict(rows=found.rows, problems=found.problems, kilobytes=int(peak))))
"""
"""Reads a file in a program of its own: what other tests held before does not count."""


@pytest.mark.thorough
@pytest.mark.parametrize(
    "name",
    ["ga4_report.csv", "x_archive.js", "umami_export.zip", *EVENTS],
)
def test_two_gigabytes_are_refused_or_streamed(tmp_path, name):
    """A table is refused by its size, unread; events are read in pieces, within bounds.

    All two gigabytes of one log; of the others as much as shows that they are read in pieces.
    """
    path = tmp_path / name
    with path.open("wb") as file:
        file.write(FILES[name])
        file.truncate(2 << 30 if name not in EVENTS or name == "log_combined.log" else 400 << 20)
    told = run([sys.executable, "-c", READ, str(path), name], capture_output=True, check=True)
    found = json.loads(told.stdout)
    assert found["kilobytes"] < 600_000
    if name in EVENTS:
        assert found["rows"] == 6
    else:
        assert found["problems"] in (["table-for-command"], ["file-too-large"])


def _zip(**members):
    told = io.BytesIO()
    with zipfile.ZipFile(told, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return told.getvalue()


@pytest.mark.thorough
@pytest.mark.parametrize("reader", READERS)
def test_bombs_are_told(reader):
    """Archives in archives, zeros without end and one cell of megabytes are refused or read."""
    many = "a,b\n" + "0" * 6_000_000
    for raw in (_zip(a__csv=many), _zip(a__zip=_zip(b__zip=_zip(c__csv="a,b\n1,2\n")))):
        assert READERS[reader](raw, "given.zip").problems
    READERS[reader](f"source,medium\n{'a' * 1_000_000},b\n".encode(), "given.csv")


@pytest.mark.thorough
def test_files_spoilt_by_chance_do_no_harm():
    """A few seconds of what ``python -m tests.imports.fuzz`` does for minutes."""
    found = fuzz(4, seed=11)
    assert not found.errors, next(iter(found.errors.values()))[0]
    assert found.tried.total() > 50
    assert found.slowest < 10


@pytest.mark.parametrize("name", ["toggl_detailed.csv", "google_reviews.json"])
def test_a_cut_file_is_told_and_its_good_rows_are_used(name):
    """The same as above, for a table and a document."""
    text = grow(name)
    cut = read(write(name, cut_within_row(text)), name)
    assert cut.rows > 0
    assert CUT & set(cut.problems)


def test_there_are_files_of_every_kind():
    """Every sample is tried, and logs and raw exports besides."""
    assert len(FILES) == len(SAMPLES) + len(EVENTS) > 50
    assert {reader_of(name) for name in FILES} == {"visits", "posts", "cases"}
