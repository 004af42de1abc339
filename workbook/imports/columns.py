"""What the columns of a report are, by their names in the languages that reports come in."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from workbook.discovery import read_toml
from workbook.imports.amounts import COLUMNS, fold

if TYPE_CHECKING:
    from collections.abc import Iterable

CHANNEL: Final = "channel"
_OWN_GROUP: Final = "sessionprimarychannelgroup"
"""A property may have channels of its own, whose name follows in brackets."""


@cache
def _known() -> dict[str, str]:
    words = read_toml(COLUMNS)["words"]
    kinds = (*words["dimensions"].items(), *words["metrics"].items())
    return {fold(name): role for role, names in kinds for name in names}


@cache
def _dimensions() -> frozenset[str]:
    return frozenset(read_toml(COLUMNS)["words"]["dimensions"])


@cache
def _shared() -> frozenset[str]:
    return frozenset(map(fold, read_toml(COLUMNS)["words"]["shared"]["names"]))


@lru_cache(maxsize=4096)
def name_role(header: str) -> str:
    """The role of a column by its name; empty where nobody knows it."""
    plain = fold(header)
    return CHANNEL if plain.startswith(_OWN_GROUP) else _known().get(plain, "")


def find_columns(headers: Iterable[str]) -> dict[str, int]:
    """Where the column of each role stands; the first, where several have the same."""
    found: dict[str, int] = {}
    for at, header in enumerate(headers):
        if role := name_role(header):
            found.setdefault(role, at)
    return found


def is_header(cells: Iterable[str]) -> bool:
    """Whether a row of cells is a header of any report: something to count, and by what."""
    roles = {role for cell in cells if cell and (role := name_role(cell))}
    return bool(roles & _dimensions()) and bool(roles - _dimensions())


def is_google(cells: Iterable[str]) -> bool:
    """Whether a header is one of Google Analytics, by a name that no other tool gives a column."""
    told = [cell for cell in cells if name_role(cell)]
    return is_header(told) and any(fold(cell) not in _shared() for cell in told)
