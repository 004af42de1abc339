"""Every source that can be imported: it knows its own file, refuses others, and keeps no text."""

from __future__ import annotations

import builtins
import csv
import gzip
import io
import json
import zipfile
from dataclasses import astuple
from datetime import date
from pathlib import Path

import pytest

from tests.contracts.grouping import hold_for_each
from workbook.discovery import find_modules
from workbook.imports.cases import read_cases
from workbook.imports.containers import LARGEST_FILE
from workbook.imports.format import CaseFormat, PostFormat, RefusedFormat
from workbook.imports.pipeline import find_formats, load_formats, open_known
from workbook.imports.posts import read_posts
from workbook.imports.problems import explain_all
from workbook.imports.visits import read_visits
from workbook.measurement.targets import Targets

SAMPLES = Path(__file__).parents[1] / "samples" / "imports"
FORMATS = load_formats()
ZONE = "Europe/London"
TARGETS, TODAY = Targets(("/services",), ("/contact",), ("generate_lead",)), date(2026, 11, 22)


def _samples(format_id):
    return sorted(SAMPLES.glob(f"{format_id}.*"))


ALL = [pytest.param(FORMATS[path.stem], path, id=path.name) for path in sorted(SAMPLES.iterdir())]
CASES = [pytest.param(p, id=p.name) for f in FORMATS.values() if isinstance(f, CaseFormat)
         for p in _samples(f.id)]  # fmt: skip
POSTS = [pytest.param(p, id=p.name) for f in FORMATS.values() if isinstance(f, PostFormat)
         for p in _samples(f.id)]  # fmt: skip


def read_any(raw, name):
    """What each of the three readers makes of a file."""
    return (
        read_posts(raw, name),
        read_cases(raw, name, ZONE),
        read_visits(raw, name, TARGETS, TODAY),
    )


def test_there_are_formats():
    """The folder is looked through, and each module gives the format of its own name."""
    names = {name.rpartition(".")[2] for name in find_modules("imports/formats")}
    assert len(FORMATS) > 20
    assert set(FORMATS) == names
    assert len(CASES) >= 8
    assert len(POSTS) >= 17


@pytest.mark.parametrize("format_id", FORMATS)
def test_every_format_has_a_sample(format_id):
    """Nobody adds a source without a file that shows it."""
    assert _samples(format_id)


@pytest.mark.parametrize(("format_", "path"), ALL)
def test_a_sample_is_known_by_one_format(format_, path):
    """A file is recognised by its own format, and by no other of that kind."""
    opened, known, _ = open_known(path.read_bytes(), path.name, type(format_))
    assert opened.problems == ()
    assert format_ in [each.format for each in known]
    for each in known:
        kind = [f.id for f in find_formats(each.source) if isinstance(f, type(format_))]
        assert kind == [format_.id]


@pytest.mark.parametrize("path", POSTS)
def test_a_sample_of_posts_is_read(path):
    """The texts of an export of posts come out, plain and without problems."""
    posts = read_posts(path.read_bytes(), path.name)
    assert posts.texts
    assert posts.problems == ()
    assert all(text == text.strip() and "<p>" not in text for text in posts.texts)


@pytest.mark.parametrize("path", CASES)
def test_a_sample_of_cases_is_read(path):
    """The cases of an export come out in order, with moments that know their zone."""
    cases = read_cases(path.read_bytes(), path.name, ZONE)
    assert cases.records
    assert cases.problems == ()
    assert cases.source == path.stem
    assert list(cases.records) == sorted(cases.records, key=lambda case: (case.seen_at, case.key))
    assert all(case.seen_at.tzinfo is not None for case in cases.records)


@pytest.mark.parametrize("path", CASES)
def test_a_sample_of_cases_holds_no_posts(path):
    """What customers wrote is never taken for a post of the business."""
    posts = read_posts(path.read_bytes(), path.name)
    assert posts.texts == ()
    assert [problem.id for problem in posts.problems] == ["posts-other-file"]


@pytest.mark.parametrize(
    ("format_", "path"), [p for p in ALL if isinstance(p.values[0], RefusedFormat)]
)
def test_a_refused_file_says_why(format_, path):
    """A file that is known and of no use is refused with its own reason."""
    cases = read_cases(path.read_bytes(), path.name, ZONE)
    assert cases.records == ()
    assert [problem.id for problem in cases.problems] == [f"refused-{format_.id}"]
    assert path.name in explain_all(cases.problems)[0]


@hold_for_each("path", {"all": [(p.id or "", (p.values[1],)) for p in ALL]})
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_file_cut_off_does_no_harm(path, share):
    """A download that broke off gives fewer rows or a message, and never fails."""
    raw = path.read_bytes()
    for result in read_any(raw[: int(len(raw) * share)], path.name):
        texts = explain_all(result.problems)
        assert all(texts)
        assert texts or any(getattr(result, kind, ()) for kind in ("texts", "records", "formats"))


SMALL_LIMIT = 8_000_000
"""What the archives below burst; the packed file bursts the limit as it is."""


PLACES = """<Relationships><Relationship Id="1" Type="relationships/worksheet"
Target="worksheets/sheet1.xml"/></Relationships>"""


def _bomb_zip(member="posts.csv"):
    told = io.BytesIO()
    with zipfile.ZipFile(told, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open(member, "w") as packed:
            for _ in range(SMALL_LIMIT // 1_000_000 + 1):
                packed.write(b"\0" * 1_000_000)
        if member.startswith("xl/"):
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr("xl/workbook.xml", '<workbook><sheet name="a" id="1"/></workbook>')
            archive.writestr("xl/_rels/workbook.xml.rels", PLACES)
    return told.getvalue()


def _zip(**members):
    told = io.BytesIO()
    with zipfile.ZipFile(told, "w") as archive:
        for name, raw in members.items():
            archive.writestr(name.replace("__", "."), raw)
    return told.getvalue()


DECLARED = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
)
HOSTILE = {
    "empty": (b"", "file-empty"),
    "blank": (b" \r\n\t\n", "file-empty"),
    "huge": (lambda: b"x" * (LARGEST_FILE + 1), "file-too-large"),
    "zip bomb": (_bomb_zip, "file-bursts"),
    "xlsx bomb": (lambda: _bomb_zip("xl/worksheets/sheet1.xml"), "file-bursts"),
    "gzip bomb": (lambda: gzip.compress(b"\0" * 81_000_000, 1), "file-bursts"),
    "archive in archive": (_zip(inner__zip=_zip(a__csv="x")), "archive-in-archive"),
    "too many members": (_zip(**{f"a{n}": "x" for n in range(501)}), "archive-too-many"),
    "declared entities": (
        _zip(**{"[Content_Types]__xml": "<x/>", "xl/workbook__xml": DECLARED}),
        "file-damaged",
    ),
    "not really xlsx": (
        _zip(**{"[Content_Types]__xml": "<x/>", "xl/workbook__xml": "<x"}),
        "file-damaged",
    ),
    "word document": (_zip(**{"[Content_Types]__xml": "<x/>"}), "office-no-table"),
    "cut zip": (_zip(a__csv="text\nHello there, all of you\n")[:60], "file-damaged"),
    "old office": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "file-damaged"),
    "cut gzip": (gzip.compress(b"text\nHello there\n" * 99)[:40], "file-damaged"),
    "picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "file-no-table"),
    "pdf": (b"%PDF-1.7 ...", "file-no-table"),
    "parquet": (b"PAR1" + b"\0" * 50, "file-no-table"),
    "zeros": (b"\0" * 3000, "file-no-table"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_gets_a_clear_message(kind, monkeypatch):
    """Empty, huge, bursting and foreign files are told apart, in one message each."""
    if kind in ("zip bomb", "xlsx bomb"):
        monkeypatch.setattr("workbook.imports.containers.LARGEST_UNPACKED", SMALL_LIMIT)
    raw, problem = HOSTILE[kind]
    raw = raw() if callable(raw) else raw
    for result in read_any(raw, "given.csv"):
        assert [found.id for found in result.problems] == [problem]
        named = "inner.zip" if kind == "archive in archive" else "given.csv"
        assert named in explain_all(result.problems)[0]


def test_json_that_never_ends_gets_a_clear_message():
    """Brackets a hundred thousand deep, and numbers of a million digits, are no documents."""
    for text in ("[" * 100_000, '[{"a":' * 50_000, "[" + "1" * 1_000_000 + "]"):
        for result in read_any(text.encode(), "given.json"):
            assert [found.id for found in result.problems] == ["json-damaged"]


@pytest.mark.parametrize(
    "text",
    ["Dear all,\nsee you on Monday.", "a,b\n1,2\n", '{"hello": "there"}', "[1, 2]", "\u202e,,"],
)
def test_a_foreign_file_holds_no_cases(text):
    """A file nobody knows is said to be one, with the names of those that are known."""
    cases = read_cases(text.encode(), "given.txt", ZONE)
    assert [found.id for found in cases.problems] == ["cases-unknown-file"]
    assert "Zendesk" in explain_all(cases.problems)[0]


# -- nothing is kept ----------------------------------------------------------------------------

KNOWN_WORDS = {"facebook", "google", "instagram", "email"}
OWN_WORDS = {"late delivery", "broken part"}
"""Root causes are the business's own words."""


def _cells(path):
    """Every text in a sample that somebody could have typed."""
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix == ".json":
        found, waiting = set(), [json.loads(text)]
        while waiting:
            item = waiting.pop()
            if isinstance(item, dict | list):
                waiting += item.values() if isinstance(item, dict) else item
            elif isinstance(item, str):
                found.add(item)
        return found
    return {cell for row in csv.reader(io.StringIO(text)) for cell in row}


@pytest.mark.parametrize("path", CASES)
def test_cases_hold_no_text_of_a_row(path):
    """No name, address, link or sentence of a row is in what remains of it."""
    cells = {c.casefold() for c in _cells(path) if len(c) > 2 and any(map(str.isalpha, c))}
    cases = read_cases(path.read_bytes(), path.name, ZONE)
    values = [value for case in cases.records for value in astuple(case)]
    told = " ".join(value.casefold() for value in values if isinstance(value, str))
    assert not {cell for cell in cells - KNOWN_WORDS - OWN_WORDS if cell in told}


@pytest.mark.parametrize(("format_", "path"), ALL)
def test_reading_writes_nothing(format_, path, monkeypatch):
    """A file is looked at in memory: nothing is opened for writing, not even for a while."""
    raw = path.read_bytes()
    read_any(raw, path.name)  # what is imported when it is first used
    opened = builtins.open

    def watch(file, mode="r", *rest, **more):
        assert not set(mode) & set("wax+"), file
        return opened(file, mode, *rest, **more)

    for module, name in ((builtins, "open"), (io, "open")):
        monkeypatch.setattr(module, name, watch)
    monkeypatch.setattr("os.open", lambda *_: pytest.fail("a file is opened"))
    monkeypatch.setattr("os.mkdir", lambda *_: pytest.fail("a folder is made"))
    read_any(raw, path.name)
