"""How long something may be before a document lays it out otherwise: our defaults, in letters.

They hold for Word and PDF alike, so that a document breaks in the same places in both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workbook.exports.report import join

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbook.exports.report import KeyValues, Runs

RUNNING: Final = 90
"""What a title keeps of itself at the head of every page."""
_SHORT_TERM: Final = 26
_LONG: Final = 1_500
_SMALL_ROWS: Final = 6
_SMALL_TEXT: Final = 900


def is_long(length: int) -> bool:
    """Whether a part may break across pages, since no sheet might hold it."""
    return length >= _LONG


def has_short_terms(block: KeyValues) -> bool:
    """Whether terms stand beside their values; long ones stand above them."""
    return all(len(term) <= _SHORT_TERM for term, _ in block.pairs)


def is_small(cells: Sequence[Sequence[Runs]]) -> bool:
    """Whether a table is so short that it should stay on one page."""
    return len(cells) <= _SMALL_ROWS and sum(map(measure_row, cells)) <= _SMALL_TEXT


def measure_row(cells: Sequence[Runs]) -> int:
    """How many letters stand in a row."""
    return sum(len(join(cell)) for cell in cells)
