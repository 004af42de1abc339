"""From the bytes of a file to the formats that know its parts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from workbook.discovery import load_modules
from workbook.imports.containers import Document, Opened, Part, open_file
from workbook.imports.tables import Headers, Table, find_table

if TYPE_CHECKING:
    from workbook.imports.format import Format, Source


@dataclass(frozen=True, slots=True)
class Known:
    """A part of a file with the format that knows it."""

    format: Format
    source: Source


@cache
def load_formats() -> dict[str, Format]:
    """Every format by its id, one from each module of ``imports/formats``."""
    found = [module.FORMAT for module in load_modules("imports/formats").values()]
    return {each.id: each for each in found}


def find_formats(headers: Headers | Document) -> tuple[Format, ...]:
    """The formats that recognise a header or a document; one, unless none does."""
    return tuple(each for each in load_formats().values() if each.recognise(headers))


def know(part: Part) -> Known | None:
    """A part with its format, or None where no format knows it."""
    if isinstance(part, Document):
        found = find_formats(part)
        return Known(found[0], part) if found else None
    table = find_table(part, lambda cells: bool(find_formats(cells)))
    if table is None:
        return None
    return Known(find_formats(frozenset(filter(None, table.headers)))[0], table)


def open_known(raw: bytes, name: str) -> tuple[Opened, tuple[Known, ...], tuple[Part, ...]]:
    """A file opened: what there is, the parts that a format knows, and those that none knows."""
    opened = open_file(raw, name)
    known: list[Known] = []
    unknown: list[Part] = []
    for part in opened.parts:
        found = know(part)
        if found is None:
            unknown.append(part)
        else:
            known.append(found)
    return opened, tuple(known), tuple(unknown)


__all__ = ["Known", "Table", "find_formats", "know", "load_formats", "open_known"]
