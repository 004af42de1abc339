"""How long spreadsheets take to become rows, links and posts, beside openpyxl reading their cells.

Run as ``python -m tests.benchmarks.benchmark_tables [ROWS]``; a register of 100,000 links and an
export of half as many posts unless another number is given. All is measured in one run; where
others use the machine, the seconds of the processor and the ratio are what counts.
"""

from __future__ import annotations

import io
import random
import sys
import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import openpyxl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROWS = 100_000
_WORDS = (
    "we", "roof", "gutter", "spring", "offer", "call", "today", "new", "work", "house", "photo",
    "team", "thank", "storm", "repair",
)  # fmt: skip


def write_links(rows: int) -> bytes:
    """A register of tagged links."""
    start = "https://www.example.com/services/?utm_source=instagram&utm_medium=social&utm_campaign="
    return _write([["url", "placed on"], *([f"{start}{n % 50}", f"post {n}"] for n in range(rows))])


def write_posts(rows: int) -> bytes:
    """An export of posts as LinkedIn gives it."""
    return _write(_list_posts(rows))


def _list_posts(rows: int) -> Iterator[list[object]]:
    chance, first = random.Random(7), datetime(2026, 1, 1)  # noqa: DTZ001 - a spreadsheet knows no zones
    yield [
        "Post title", "Post link", "Post type", "Created date", "Impressions", "Clicks", "Likes",
        "Comments", "Reposts", "Follows", "Engagement rate", "Content Type",
    ]  # fmt: skip
    for n in range(rows):
        text = " ".join(chance.choices(_WORDS, k=40))
        link = f"https://www.linkedin.com/feed/update/urn:li:activity:{7 * 10**18 + n}"
        figures = [chance.randrange(9000), chance.randrange(90), chance.randrange(99), 3, 1, 0]
        when = first + timedelta(minutes=9 * n)
        yield [f"{text} {n}", link, "Organic", when, *figures, chance.random(), "Image"]


def _write(rows: object) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Export")
    for row in rows:
        sheet.append(row)
    told = io.BytesIO()
    book.save(told)
    return told.getvalue()


def read_openpyxl(raw: bytes) -> int:
    """How many cells openpyxl finds, reading row by row."""
    book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
    return sum(len(row) for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))


def read_cells(raw: bytes) -> int:
    """How many cells we find."""
    from workbook.imports.containers import Sheet, open_file

    parts = open_file(raw, "benchmark").parts
    return sum(len(row) for part in parts if isinstance(part, Sheet) for row in part.rows)


def _measure(read: Callable[[bytes], object], raw: bytes) -> tuple[float, float, object]:
    began, used = time.perf_counter(), time.process_time()
    found = read(raw)
    return time.perf_counter() - began, time.process_time() - used, found


def main() -> None:
    """Measure and print a table."""
    from workbook.imports.links import read_links
    from workbook.imports.posts import read_posts

    rows = int(sys.argv[1].replace("_", "")) if len(sys.argv) > 1 else ROWS
    cases = (
        (f"{rows:,} links", write_links(rows), lambda raw: read_links(raw, "a.xlsx")),
        (f"{rows // 2:,} posts", write_posts(rows // 2), lambda raw: read_posts(raw, "a.xlsx")),
    )
    print("                   openpyxl   our cells  altogether   of the processor    ratio")  # noqa: T201 - the result
    for name, raw, read in cases:
        other, other_used, cells = _measure(read_openpyxl, raw)
        ours, ours_used, found = _measure(read_cells, raw)
        whole, whole_used, _ = _measure(read, raw)
        assert found == cells, (found, cells)
        print(  # noqa: T201 - the result
            f"{name:<17} {other:8.2f} s {ours:9.2f} s {whole:9.2f} s"
            f" {other_used:6.2f} {ours_used:5.2f} {whole_used:5.2f} s {other_used / ours_used:6.1f}"
        )


if __name__ == "__main__":
    main()
