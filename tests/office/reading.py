"""What a document says, by its report and by its pages, so that the two can be compared."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from workbook.exports.formats._cells import spell_cell
from workbook.exports.formats._sheets import list_lines, write_text
from workbook.exports.report import Figure, Report, Table, join

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator
    from pathlib import Path


def read_pages(pdf: Path) -> str:
    """The text of a PDF in reading order."""
    command = ["pdftotext", pdf, "-"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def count_pages(pdf: Path) -> int:
    """How many pages a PDF has."""
    told = subprocess.run(["pdfinfo", pdf], check=True, capture_output=True, text=True).stdout
    return int(next(line.split()[1] for line in told.splitlines() if line.startswith("Pages")))


def tell_words(report: Report, *, in_sheets: bool = False) -> Iterator[str]:
    """Every word of a report as it is written, its tables and the numbers of its pictures too.

    What a picture shows is told to those who cannot see it, and stands on no page. In sheets
    (``in_sheets``) a caption is cut to a name, what is empty is left empty, and a link is written
    beside its text.
    """
    without = tuple(block for block in report.blocks if not isinstance(block, Figure))
    for line in list_lines(replace(report, blocks=without)):
        yield from f"{line.text} {line.beside}".split()
    for block in report.blocks:
        if isinstance(block, Figure) and not block.bare:
            yield from _tell_table(block.table, report.language, in_sheets=in_sheets)
        if isinstance(block, Table) and block.rows:
            yield from _tell_table(block, report.language, in_sheets=in_sheets)
        if isinstance(block, Figure | Table) and not in_sheets and not _is_bare(block):
            yield from block.caption.split()


def _is_bare(block: Figure | Table) -> bool:
    return block.bare if isinstance(block, Figure) else not block.rows


def _tell_table(table: Table, language: str, *, in_sheets: bool) -> Iterator[str]:
    yield from " ".join(column.title for column in table.columns).split()
    for row in table.rows:
        for cell, column in zip(row, table.columns, strict=True):
            if in_sheets:
                yield from write_text(cell, column, language).split()
            else:
                yield from join(spell_cell(cell, column, table, language)).split()


def find_lost(words: Iterable[str], text: str) -> dict[str, int]:
    """Which words a text has less often than they were given, and how many are missing.

    A long word may be broken into lines: it is looked for in the text without its spaces, and
    without the hyphens at which it may be broken; an address in a narrow cell, whose parts stand
    among those of other cells, by its parts. Signs that only lay out text are left out, and so
    are letters written from right to left, whose order among others is not that of reading.
    """
    wanted = Counter(filter(None, map(_plain, words)))
    there = Counter(filter(None, map(_plain, text.split())))
    run_on = _join_parts("".join(text.split()))
    return {
        word: number - there[word]
        for word, number in wanted.items()
        if there[word] < number
        and run_on.count(_join_parts(word)) < number
        and not (_may_break(word) and _is_made_of(word, there))
    }


def _may_break(word: str) -> bool:
    """Whether a narrow cell may break a word: a long one, or one of pictures instead of letters."""
    return len(word) > _LONG or not any(sign.isalnum() for sign in word)


def _is_made_of(word: str, parts: Container[str]) -> bool:
    """Whether a word can be put together of parts that stand in a text by themselves."""
    reached = {0}
    for end in range(1, len(word) + 1):
        if any(word[begin:end] in parts for begin in reached):
            reached.add(end)
    return len(word) in reached


_LONG = 40
"""Signs; no cell of ours is so narrow that it breaks a shorter word."""
_LAYOUT = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufe0f]")


def _join_parts(word: str) -> str:
    return _plain(word).replace("-", "")


def _plain(word: str) -> str:
    word = unicodedata.normalize("NFKC", _LAYOUT.sub("", word))
    return "".join(s for s in word if unicodedata.bidirectional(s) not in ("R", "AL"))
