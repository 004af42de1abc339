"""How long an audit of an export of posts takes, from the bytes of the file to the indicators.

Run as ``python -m tests.benchmarks.benchmark_mix [ROWS]``. It prints the seconds of processor
time of each part: for an export of X, for it as a workbook of Excel, for one of Facebook, for the
same twice, for two that overlap, and for one correction; and how many times each is of merely
reading the rows with the csv module.
"""

from __future__ import annotations

import csv
import io
import random
import sys
import time
from datetime import date, timedelta
from typing import TYPE_CHECKING

from workbook.discovery import read_toml
from workbook.imports.social import gather_posts
from workbook.mix import audit_posts, correct
from workbook.plan import Plan
from workbook.steps.mix.answers import PostClass
from workbook.tone.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable

TODAY = date(2027, 1, 15)
WORDS = sorted(load_vocabulary().usual | load_vocabulary().you | load_vocabulary().we)
WORDS += ["boiler", "bread", "coffee", "tax", "dog", "window", "price", "book", "order", "keep"]
PLAN = Plan.model_validate(read_toml("steps/mix/examples.toml")["good"][0]["plan"])
_FIRST_NUMBER = 2_094_032_382_981_046_272


def make_text(chance: random.Random, number: int) -> str:
    """A post of a few sentences; no two are the same."""
    words = [chance.choice(WORDS) for _ in range(chance.randint(8, 32))]
    ending = chance.choice(
        [".", "?", ". £19 until Friday", ". https://www.example.com/shop", " #a"]
    )
    start = chance.choice(["", "", "", "@somebody "])
    return f"{start}{' '.join(words)} {number}{ending}"


def make_export(kind: str, rows: int, *, first: int = 0) -> bytes:
    """An export with so many rows, the same each time; ``first`` is the number of the oldest."""
    chance = random.Random(1)
    texts = [make_text(chance, number) for number in range(first + rows)][first:]
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(_HEADERS[kind])
    for at, text in enumerate(texts, first):
        day = date(2020, 1, 1) + timedelta(days=at * 2200 // 100_000)
        writer.writerow(_ROWS[kind](at, day, text))
    return target.getvalue().encode()


def write_workbook(raw: bytes) -> bytes:
    """A table of text as a workbook of Excel."""
    from openpyxl import Workbook

    book, target = Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet()
    for row in csv.reader(io.StringIO(raw.decode())):
        sheet.append(row)
    book.save(target)
    return target.getvalue()


_HEADERS = {
    "x": ("Post id", "Date", "Post text", "Post Link", "Likes", "Shares", "Replies", "Reposts"),
    "facebook": (
        "Post ID",
        "Page ID",
        "Title",
        "Description",
        "Publish time",
        "Permalink",
        "Shares",
    ),
}
_ROWS: dict[str, Callable[[int, date, str], list[str]]] = {
    "x": lambda at, day, text: [
        str(_FIRST_NUMBER + at), day.strftime("%a, %b %d, %Y"), text,
        f"https://x.com/example/status/{_FIRST_NUMBER + at}", "3", "1", "0", "1",
    ],
    "facebook": lambda at, day, text: [
        str(122_100_000_000_000_000 + at), "100", "", text, day.strftime("%m/%d/%Y 06:08"),
        f"https://www.facebook.com/100/posts/{122_100_000_000_000_000 + at}", "2",
    ],
}  # fmt: skip


def measure(rows: int) -> list[tuple[str, float, float]]:
    """Each part with its seconds, and how many times it is of reading the rows."""
    x, facebook = make_export("x", rows), make_export("facebook", rows)
    later = make_export("x", rows, first=rows // 2)
    began = time.process_time()
    list(csv.reader(io.StringIO(x.decode())))
    plain = time.process_time() - began
    files = {
        f"X, {rows:,} rows": [("x.csv", x)],
        f"the same as XLSX, {rows:,} rows": [("x.xlsx", write_workbook(x))],
        f"Facebook, {rows:,} rows": [("f.csv", facebook)],
        "the same file twice": [("x.csv", x), ("again.csv", x)],
        "two that overlap by half": [("x.csv", x), ("later.csv", later)],
    }
    found = []
    for name, given in files.items():
        began = time.process_time()
        audit = audit_posts(gather_posts(given, today=TODAY).posts, PLAN)
        found.append((name, time.process_time() - began))
    began = time.process_time()
    correct(audit, {audit.judged[0].mark: PostClass.HELPFUL}, PLAN)
    found.append(("one correction", time.process_time() - began))
    return [(name, seconds, seconds / plain) for name, seconds in found]


def main() -> None:
    """Measure after a first small round that loads what is needed."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    measure(200)
    print(f"{'audit':<32}{'seconds':>10}{'times of csv':>14}")  # noqa: T201 - its output
    for name, seconds, times in measure(rows):
        print(f"{name:<32}{seconds:>10.2f}{times:>14.0f}")  # noqa: T201 - its output


if __name__ == "__main__":
    main()
