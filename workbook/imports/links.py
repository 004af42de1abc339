"""Lists of tagged links: a register, a report of sources and mediums, or addresses line by line.

Only what a link says is read; whatever else a table holds is left where it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from workbook.discovery import read_toml
from workbook.imports.containers import Document, Text, open_file
from workbook.imports.tables import MOST_ROWS, clean_cell, find_table
from workbook.measurement.tags import Tags
from workbook.values import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook.imports.containers import Part
    from workbook.imports.tables import Headers, Table

_COLUMNS: Final = "imports/links.toml"
_ADDRESS: Final = re.compile(r"\s*[\"']?\s*(?:https?:|//|www\.)", re.IGNORECASE)
_BYTES: Final = "file-bytes"
"""A file that held bytes of no text, and could be read without them."""
_TAGGED: Final = re.compile(r"utm[-_]", re.IGNORECASE)
_TAGS: Final = ("source", "medium", "campaign", "content", "term")


@dataclass(frozen=True, slots=True)
class ListedLink:
    """A link as a list has it: an address or its tags, the row it is in, and where it stands."""

    row: int
    link: str | Tags
    placed_on: str = ""


@dataclass(frozen=True, slots=True)
class ListedLinks:
    """The links of a file, and what kept others from being read."""

    links: tuple[ListedLink, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_links(raw: bytes, name: str) -> ListedLinks:
    """The links in a file: a table with an address or source, medium and campaign, or addresses.

    Args:
        raw: The bytes of the file: CSV with any delimiter and encoding, Excel, or plain text.
        name: What it is called; only used to speak of it.

    Returns:
        The links in the order of the file; none and a Problem where no table has such columns.
    """
    opened = open_file(raw, name)
    links: list[ListedLink] = []
    problems = list(opened.problems)
    for part in opened.parts:
        table = None if isinstance(part, Document) else find_table(part, _is_header)
        if table is not None:
            links.extend(_read_table(table, part))
            if table.is_cut:
                problems.append(Problem("table-cut", {"name": name, "limit": MOST_ROWS}))
        elif isinstance(part, Text):
            found = tuple(_read_lines(part.text))
            links.extend(found)
            problems.extend(_name_left_out(part.text, found, name))
    if not links and all(problem.id == _BYTES for problem in problems):
        problems.append(Problem("links-none", {"name": name}))
    return ListedLinks(tuple(links), tuple(problems))


@cache
def _load_columns() -> Mapping[str, frozenset[str]]:
    columns = read_toml(_COLUMNS)["columns"]
    return {name: frozenset(entry["words"]) for name, entry in columns.items()}


def _is_header(cells: Headers) -> bool:
    there = {name for name, known in _load_columns().items() if cells & known}
    return bool(there & {"url", "both"}) or {"source", "medium"} <= there


def _find_columns(table: Table) -> dict[str, int]:
    """Where each column stands that says something of a link."""
    found: dict[str, int] = {}
    for at, header in enumerate(table.headers):
        for name, known in _load_columns().items():
            if header in known:
                found.setdefault(name, at)
    return found


def _read_table(table: Table, part: Part) -> Iterator[ListedLink]:
    columns = _find_columns(table)
    if isinstance(part, Text) and len(table.headers) == 1 and "url" in columns:
        yield from _read_lines(part.text, table.numbers[0] if table.numbers else None)
        return
    padded = {at for at, head in enumerate(table.heading) if head.startswith(" ")}
    for number, row in zip(table.numbers, table.rows, strict=True):
        cells = {
            name: _read_cell(row[at].lstrip(" ") if at in padded else row[at])
            for name, at in columns.items()
        }
        if any(cells.values()):
            yield ListedLink(number, _choose(cells), cells.get("placed_on", ""))


def _read_cell(cell: str) -> str:
    """A cell as it stands, without the mark that guards a formula; spaces matter to a tag."""
    cleaned = clean_cell(cell)
    return cell if cell.strip() == cleaned else cleaned


def _choose(cells: Mapping[str, str]) -> str | Tags:
    """The address where it has the tags, else what the columns say of them."""
    url = cells.get("url", "")
    if "both" in cells and "source" not in cells:
        source, _, medium = cells["both"].partition(" / ")
        cells = {**cells, "source": source, "medium": medium}
    tags = Tags(*(cells.get(name, "") for name in _TAGS))
    return url if url and (_TAGGED.search(url) or not any(tags)) else tags


def _read_lines(text: str, first: int | None = None) -> Iterator[ListedLink]:
    """Addresses, one in a line, from the ``first`` on; without it, lines that look like some."""
    for number, line in enumerate(text.splitlines(), 1):
        link = line.strip().strip("\"'")
        if link and (_ADDRESS.match(line) if first is None else number >= first):
            yield ListedLink(number, link)


def _name_left_out(text: str, links: tuple[ListedLink, ...], name: str) -> Iterator[Problem]:
    """The lines beside the links of a text that hold something, and no address."""
    read = {link.row for link in links}
    lines = enumerate(text.splitlines(), 1)
    rows = tuple(number for number, line in lines if line.strip() and number not in read)
    if links and rows:
        yield Problem("links-left-out", {"name": name, "rows": rows})
