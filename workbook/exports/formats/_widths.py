"""How wide the columns of a table are, so that no word in them is broken or runs into the next."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from workbook.exports.formats._cells import spell_cell
from workbook.exports.report import KeyValues, join, runs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workbook.exports.report import Column, Runs, Table

LONGEST: Final = 24
"""More letters than these without a space may be broken anywhere; our default."""
_NARROW = frozenset(" !'.,:;ijIlJ|()[]{}`\"-ftr")
_WIDE = frozenset("mwMW%@&")
_SHARES = {"narrow": 0.38, "wide": 0.88, "capital": 0.67, "usual": 0.58}
"""The widths of letters as shares of the size of type: those of FiraGO's bold cut, rounded up."""
_FEW_COLUMNS: Final = 4
_PART = re.compile(r"[^\s/?&=.-]*[/?&=.-]*")
_TERM_GAP_MM: Final = 4.0
_POINT_MM: Final = 25.4 / 72
_KEPT: Final = 4096
"""How many cells keep their measure, as Word and PDF want the same ones."""


def measure_word(word: str) -> float:
    """How wide a word is, in sizes of its type; a little more than it takes."""
    return sum(map(_measure_letter, word))


def _measure_letter(letter: str) -> float:
    if letter in _NARROW:
        return _SHARES["narrow"]
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    kind = "wide" if letter in _WIDE else "capital" if letter.isupper() else "usual"
    return _SHARES[kind]


def measure_terms(block: KeyValues, points: float) -> float:
    """What the widest term of a list takes beside its value, in millimetres."""
    widest = max((measure_word(term) for term, _ in block.pairs), default=0.0)
    return widest * points * _POINT_MM + _TERM_GAP_MM


def measure_columns(table: Table, language: str) -> list[float]:
    """What each column needs for its longest word, in sizes of its type."""
    columns = zip(table.columns, zip(*table.rows, strict=True), strict=True)
    return [
        max(
            _measure_parts(column.title),
            *(_measure_parts(join(spell_cell(cell, column, table, language))) for cell in cells),
        )
        for column, cells in columns
    ]


@lru_cache(maxsize=_KEPT)
def _measure_parts(text: str) -> float:
    return max(map(measure_word, _list_parts(text)), default=0.0)


def _list_parts(text: str) -> Iterator[str]:
    """What is not broken: words, and of an address what stands between its signs."""
    for word in text.split():
        if unicodedata.east_asian_width(word[0]) in "WF":
            yield word[0]
            continue
        yield from (part[:LONGEST] for part in _PART.findall(word))


def share_width(columns: Sequence[Column], needs: Sequence[float], width: float) -> list[float]:
    """The width shared out by the columns' weights, but to each what its longest word needs.

    Where that is more than there is, the widest give way first. The unit is that of ``width``.
    """
    if sum(needs) >= width:
        return _cap(needs, width)
    fixed: set[int] = set()
    while True:
        free = width - sum(needs[at] for at in fixed)
        weight = sum(c.width for at, c in enumerate(columns) if at not in fixed)
        shares = [
            needs[at] if at in fixed else free * c.width / weight for at, c in enumerate(columns)
        ]
        short = {at for at, share in enumerate(shares) if share < needs[at]} - fixed
        if not short:
            return shares
        fixed |= short


def share_evenly(columns: Sequence[Column], width: float) -> list[float]:
    """The width shared out by nothing but the columns' weights."""
    total = sum(column.width for column in columns)
    return [width * column.width / total for column in columns]


def count_letters(width_mm: float, points: float) -> int:
    """How many letters of a word surely fit in a width; longer words may be broken there."""
    return max(1, min(LONGEST, int(width_mm / (points * _POINT_MM * _SHARES["capital"]))))


def _cap(needs: Sequence[float], width: float) -> list[float]:
    """As much as each needs, up to a limit that makes them fit together."""
    kept, left = [0.0] * len(needs), width
    ranked = sorted(range(len(needs)), key=lambda at: needs[at])
    for done, at in enumerate(ranked):
        kept[at] = min(needs[at], left / (len(ranked) - done))
        left -= kept[at]
    return kept


def lay_columns(
    table: Table, language: str, width_mm: float, points: float, inset_mm: float
) -> list[float]:
    """The widths of the columns in millimetres; nothing where they do not fit beside each other.

    Args:
        table: The table.
        language: How its numbers and dates are written.
        width_mm: From margin to margin.
        points: The size of its type.
        inset_mm: What is free on both sides of a cell together.
    """
    if not table.rows:
        return share_evenly(table.columns, width_mm)
    size = points * _POINT_MM
    needs = [need * size + inset_mm for need in measure_columns(table, language)]
    many = len(needs) > _FEW_COLUMNS and not table.room_mm
    if many and table.row_titles and sum(needs) > width_mm:
        return []
    return share_width(table.columns, needs, width_mm)


def unfold(table: Table, language: str) -> list[KeyValues]:
    """A table whose columns do not fit, as a list for each row: head of the column, cell."""
    rows: list[KeyValues] = []
    for row in table.rows:
        pairs: list[tuple[str, Runs]] = [
            (column.title, spell_cell(cell, column, table, language) or runs(""))
            for cell, column in zip(row, table.columns, strict=True)
        ]
        rows.append(KeyValues(tuple(pairs)))
    return rows
