"""Damaged, foreign and hostile files of visits: good rows are used, the rest is told."""

from __future__ import annotations

import csv
import gzip
import io
import random
import tracemalloc
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.imports.format import HoursFormat, ReachFormat, VisitFormat
from workbook.imports.outcome import draw_outcome
from workbook.imports.pipeline import load_formats
from workbook.imports.statements import explain_visits
from workbook.imports.visits import Questions, read_visits
from workbook.measurement.targets import Targets

TODAY = date(2026, 11, 22)
TARGETS = Targets(("/services", "/services/*"), ("/contact",), ("generate_lead", "order_sent"))
KINDS = (VisitFormat, HoursFormat, ReachFormat)
OURS = {name for name, each in load_formats().items() if isinstance(each, KINDS)}
FOLDER = Path(__file__).parents[1] / "samples" / "imports"
SAMPLES = sorted(path for path in FOLDER.iterdir() if path.stem in OURS)
OTHERS = [path for path in FOLDER.iterdir() if path.stem not in OURS and path.suffix == ".csv"]


def read(raw, name):
    """A file read, with all its words: nothing may fail, and nothing may be left unworded."""
    file = read_visits(raw, name, TARGETS, TODAY, Questions())
    outcome = draw_outcome([file], TARGETS)
    told = [(each, explain_visits(each)) for each in (*file.problems, *file.notes)]
    assert all(text for _, text in told)
    said = [text for each, text in told if not {"column", "columns"} & set(each.values)]
    said += [each.text for each in (*outcome.can_say, *outcome.cannot_say)]
    assert all(text and "{" not in text for text in said)
    return file


def visits(file):
    return sum(r.sessions or 0 for table in file.records for r in table)


def spoil(text):
    """Ways in which a table goes wrong on its way from a tool to here."""
    lines = text.splitlines()
    half = len(lines) * 3 // 4
    other = OTHERS[0].read_text(encoding="utf-8").splitlines()
    future = text.replace("2026", "2031")
    return {
        "cut": text[: len(text) // 2],
        "cut at the end": text[:-3],
        "header only": "\n".join(lines[:half]),
        "another delimiter": text.replace(",", "|"),
        "semicolons": "\n".join(";".join(row) for row in csv.reader(lines)),
        "formulas": text.replace(",", ",=1+"),
        "rows of another file": "\n".join([*lines[:half], *other, *lines[half:]]),
        "the future": future,
        "quotes left open": text.replace('"', "", 1) + '\n"open,1,2',
        "ragged": "\n".join(f"{line},,x" if n % 2 else line[:9] for n, line in enumerate(lines)),
        "lines of nothing": text.replace("\n", "\n\n,,,\n"),
        "signs of control": text.replace("e", "\x07e\u202e"),
        "huge numbers": text.replace("1", "9" * 40),
    }  # fmt: skip


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_spoiled_files_do_no_harm(path):
    """Whatever was done to a file, it gives fewer rows or a message, and never fails."""
    raw = path.read_bytes()
    if path.suffix == ".zip":
        for share in (0.2, 0.6, 0.95):
            assert read(raw[: int(len(raw) * share)], path.name).problems
        return
    text = raw.decode("utf-16" if raw.startswith(b"\xff\xfe") else "utf-8-sig")
    whole = visits(read(raw, path.name))
    for way, spoiled in spoil(text).items():
        file = read(spoiled.encode(), path.name)
        if way not in {"formulas", "huge numbers"}:
            assert visits(file) <= whole, way
    for encoding in ("utf-16-be", "cp1252", "utf-8-sig"):
        read(text.encode(encoding, errors="replace"), path.name)
    read(text.encode("utf-16")[1:], path.name)
    assert visits(read(gzip.compress(raw), f"{path.name}.gz")) == whole


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_records_hold_nothing_of_a_row(path):
    """Neither a name nor a page nor a sentence of the file is in what remains of it."""
    known = {"facebook", "instagram", "linkedin", "tiktok", "mastodon", "reddit", "several", ""}
    file = read(path.read_bytes(), path.name)
    texts = {r.platform for table in file.records for r in table} | {h.platform for h in file.hours}
    assert texts <= known | {"other"}
    assert {r.source for table in file.records for r in table} <= {path.stem}


def test_tables_that_are_said_to_be_endless_are_read_in_bounds():
    """Ranges of centuries, and a row for each day of them, cost neither time nor memory."""
    spans = "\n".join(f'"20{n:02}-01-01,20{n + 40:02}-12-31",{n},1,1' for n in range(50))
    tracemalloc.start()
    file = read(f"date,label,nb_visits,nb_actions\n{spans}\n".encode(), "matomo.csv")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert not visits(file)
    assert most < 20_000_000


def test_a_bomb_is_not_unpacked():
    """A zip of a few kilobytes that holds a hundred megabytes is refused at once."""
    told = io.BytesIO()
    with zipfile.ZipFile(told, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("referrers.csv", "x,y\n" + "0" * 6_000_000)
    (problem,) = read(told.getvalue(), "umami.zip").problems
    assert problem.id == "file-bursts"


@pytest.mark.parametrize("lost", [4, 40, 90])
def test_a_zip_that_lost_some_bytes_is_damaged(lost):
    """Its list of members points before its own beginning."""
    raw = (FOLDER / "umami_export.zip").read_bytes()
    assert [p.id for p in read(raw[:4] + raw[4 + lost :], "umami.zip").problems] == ["file-damaged"]


@pytest.mark.parametrize("cell", [f"a{' ' * 120_000}b", "a" * 120_000, "a." * 60_000])
@pytest.mark.parametrize(
    "head", ["Session source / medium,Sessions", "Description,Start date,Duration,Tags,Billable"]
)
def test_endless_cells_take_no_time(head, cell):
    """A name as long as a book is no name; looking for one in it ends at once."""
    row = f"{cell},6" if "Sessions" in head else f"{cell},2026-09-01,1:00:00,{cell},No"
    assert read(f"{head}\n{row}\n".encode(), "given.csv").formats


def test_deep_xml_ends():
    """Elements in elements without end, and a million goals, are no report."""
    read(b"<result>" + b"<row>" * 50_000, "a.xml")
    read(b"<result><row><label>x</label><goals>" + b"<row/>" * 50_000, "b.xml")


RAW = [path.read_bytes() for path in SAMPLES]


def mix(seed, cuts):
    """Pieces of samples put together in any order, with a few bytes changed."""
    dice = random.Random(seed)
    raw = bytearray()
    for _ in range(cuts):
        piece = dice.choice(RAW)
        start = dice.randrange(len(piece))
        raw += piece[start : start + dice.randrange(400)]
    for _ in range(dice.randrange(6)):
        if raw:
            raw[dice.randrange(len(raw))] = dice.randrange(256)
    return bytes(dice.choice(RAW)[: dice.randrange(600)] + raw)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**9), st.integers(0, 6), st.sampled_from(SAMPLES))
def test_files_made_of_pieces_do_no_harm(seed, cuts, path):
    """Whatever is put together out of real files is read or refused, in words."""
    read(mix(seed, cuts), path.name)
