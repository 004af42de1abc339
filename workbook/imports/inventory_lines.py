"""Lists of accounts without a header: addresses, or a place and a name, one account in a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from workbook.audit.addresses import read_link
from workbook.imports.containers import Sheet
from workbook.imports.inventory_cells import find_place, name_place
from workbook.imports.mentions import strip_marks
from workbook.imports.tables import clean_cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbook.imports.containers import Text
    from workbook.imports.inventory_cells import RowReader

_BETWEEN: Final = re.compile(r"\s*[;,\t|]\s*|\s*:\s+|\s+[-–—]\s+")  # noqa: RUF001 - as people type them
_SPACES: Final = re.compile(r"\s+")
_LONGEST: Final = 2000
_MOST: Final = 24
"""Lines in which the first account has to stand for a text to be such a list."""

Line = tuple[int, tuple[str, ...]]


def find_lines(part: Text | Sheet, most: int = _MOST) -> tuple[Line, ...]:
    """The lines of a part that is a list without a header, each with its number; else none.

    One of its first ``most`` lines has to name an account.
    """
    if isinstance(part, Sheet):
        lines = tuple((n, _trim(row)) for n, row in enumerate(part.rows, 1))
    else:
        texts = enumerate(part.text.splitlines(), 1)
        lines = tuple((n, _split(text[:_LONGEST])) for n, text in texts)
    lines = tuple((number, cells) for number, cells in lines if cells)
    return lines if any(_names_account(cells) for _, cells in lines[:most]) else ()


def _trim(row: Sequence[str]) -> tuple[str, ...]:
    return tuple(text for text in (clean_cell(cell) for cell in row) if text)


def _split(text: str) -> tuple[str, ...]:
    """The pieces of a line; a place and a name may have nothing but a space between."""
    pieces = _trim(_BETWEEN.split(strip_marks(text)))
    if len(pieces) == 1 and " " in pieces[0]:
        first, *rest = _SPACES.split(pieces[0])
        if name_place(first):
            return (first, " ".join(rest))
    return pieces


def _names_account(cells: tuple[str, ...]) -> bool:
    """Whether the first pieces of a line are a place or the address of a profile."""
    return any(find_place(cell) or _is_profile(cell) for cell in cells[:2])


def _is_profile(cell: str) -> bool:
    address = cell if cell.startswith("http") else f"https://{cell}"
    found = read_link(address) if "." in cell and " " not in cell else None
    return bool(found and found.profile and not found.is_guess)


def read_lines(lines: tuple[Line, ...], reader: RowReader) -> None:
    """Read lines into accounts; of each the place, the address and the name alone are taken."""
    rows = []
    for number, cells in lines:
        found: dict[str, str] = {}
        left, is_more = [], False
        for cell in cells:
            if "address" not in found and _is_profile(cell):
                found["address"] = cell
            elif "platform" not in found and find_place(cell):
                found["platform"] = cell
                is_more = is_more or not name_place(cell)
            else:
                left.append(cell)
        if left and not found.get("address"):
            found["handle"] = left.pop(0)
        if left or is_more:
            reader.tell(number, "pieces-unread")
        if "platform" not in found and "address" not in found:
            reader.tell(number, "lines-unread")
            continue
        rows.append((number, found))
    reader.take(rows)
