"""From the bytes of a file to the formats that know its parts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from workbook.discovery import load_modules
from workbook.imports.containers import Document, Opened, Part, Text, open_file
from workbook.imports.problems import name_rows
from workbook.imports.tables import Headers, Table, find_table
from workbook.values import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

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


def find_formats(shown: Headers | Document | Text | Table) -> tuple[Format, ...]:
    """The formats that recognise a header, a document or a text; one, unless none does.

    A table is looked at as a whole, where its header is not enough.
    """
    if isinstance(shown, Table):
        below = find_formats(frozenset(filter(None, shown.headers)))
        return tuple(each for each in below if each.signature.bears(shown))
    return tuple(each for each in load_formats().values() if each.recognise(shown))


def know(part: Part, wanted: type[Format]) -> Known | None:
    """A part with its format, or None where no format knows it.

    Where several know it, as a table that has both texts and figures, the wanted kind is taken.
    """
    source = _shape(part)
    if source is None:
        return None
    found = find_formats(source)
    best = next((each for each in found if isinstance(each, wanted)), None)
    return Known(best or found[0], source) if found else None


def _shape(part: Part) -> Source | None:
    """A part as formats read it; None where no row of it is a header that any of them knows."""
    if isinstance(part, Document) or (isinstance(part, Text) and find_formats(part)):
        return part
    return find_table(part, _is_header, _is_header)


def _is_header(cells: Headers) -> bool:
    return bool(find_formats(cells))


def open_known(
    raw: bytes, name: str, wanted: type[Format]
) -> tuple[Opened, tuple[Known, ...], tuple[Part, ...]]:
    """A file opened: what there is, the parts that a format knows, and those that none knows."""
    opened = open_file(raw, name)
    pairs = [(part, know(part, wanted)) for part in opened.parts]
    known = tuple(found for _, found in pairs if found is not None)
    return opened, known, tuple(part for part, found in pairs if found is None)


def find_cut(known: Iterable[Known], name: str) -> tuple[Problem, ...]:
    """What to say of tables that have more rows than are read, or that end within one."""
    tables = [each.source for each in known if isinstance(each.source, Table)]
    return find_cut_tables(tables, name)


def find_cut_tables(tables: Iterable[Table], name: str) -> tuple[Problem, ...]:
    """The same, of tables that no format knows."""
    told = list(tables)
    cut = [table.numbers[-1] for table in told if table.is_cut and table.numbers]
    values = {"name": name, "limit": max(cut, default=0)}
    others = [row for table in told for row in table.others]
    found: list[tuple[object, Problem]] = [
        (cut, Problem("table-cut", values)),
        (any(table.is_torn for table in told), Problem("table-torn", {"name": name})),
        (others, Problem("table-other", {"name": name, "rows": others and name_rows(others)})),
    ]
    return tuple(problem for is_so, problem in found if is_so)
