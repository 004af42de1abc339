"""Lists of accounts: the accounts in a file, told by the heads of its columns or line by line.

Columns that hold passwords or codes are left out before anything else is looked at, and every
cell that is taken is refused where it looks like one. Nothing of a file is kept but what somebody
accepts.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from workbook.content import BASE_LANGUAGE, load_words
from workbook.discovery import read_toml
from workbook.imports.amounts import fold
from workbook.imports.cells import count_counts, count_days
from workbook.imports.containers import Document, Sheet, open_file
from workbook.imports.documents import list_rows
from workbook.imports.inventory_cells import (
    ListedAccount,
    RowReader,
    count_named,
    count_profiles,
)
from workbook.imports.inventory_lines import find_lines, read_lines
from workbook.imports.mapping import (
    ColumnRole,
    TableKind,
    find_gaps,
    guess_columns,
    hash_header,
    is_stopped,
    list_columns,
    place_columns,
)
from workbook.imports.problems import explain, name_rows
from workbook.imports.tables import MOST_ROWS, find_plain, find_table
from workbook.passwords import holds_secret, is_secret_column
from workbook.values import Problem
from workbook.wording import join_quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from workbook.imports.containers import Part, Text
    from workbook.imports.mapping import Columns
    from workbook.imports.tables import Headers, Table

WORDS: Final = "imports/inventory.toml"
_NAMES: Final = read_toml(WORDS)["names"]["inventory"]
_IDENTITY: Final = frozenset({"platform", "handle", "address"})
_READABLE: Final = {
    "platform": count_named, "address": count_profiles,
    "last_post": count_days, "last_reply": count_days, "created": count_days,
    "followers": count_counts,
}  # fmt: skip
_BY_CONTENT: Final = frozenset({"platform", "address"})

INVENTORY: Final = TableKind(
    id="inventory",
    roles=tuple(
        ColumnRole(
            name,
            readable=_READABLE.get(name),
            names=tuple(names),
            by_content=name in _BY_CONTENT,
            is_few=name in _BY_CONTENT,
        )
        for name, names in _NAMES.items()
    ),
    needs=(_IDENTITY,),
    words=WORDS,
    shows_cells=True,
)
"""A table with a row for each account."""


@dataclass(frozen=True, slots=True)
class InventoryFile:
    """The accounts of a file, and what kept others from being read."""

    accounts: tuple[ListedAccount, ...] = ()
    problems: tuple[Problem, ...] = ()
    unknown: tuple[Table, ...] = ()
    """Tables whose columns nobody can tell yet; columns of secrets are out of them."""
    partly: tuple[Table, ...] = ()
    """Tables that were read, and of which some columns were not, or as somebody told."""


@dataclass(slots=True)
class _Noticed:
    problems: list[Problem] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    secret: list[str] = field(default_factory=list)
    unknown: list[Table] = field(default_factory=list)
    partly: list[Table] = field(default_factory=list)

    def list_problems(self) -> Iterator[Problem]:
        if self.secret:
            name = "secret-column" if len(self.secret) == 1 else "secret-columns"
            yield Problem(name, {"columns": tuple(dict.fromkeys(self.secret))})
        yield from self.problems
        if self.unread:
            yield Problem("columns-unread", {"columns": tuple(dict.fromkeys(self.unread))})


def read_inventory(
    raw: bytes,
    name: str,
    today: date,
    *,
    known: Mapping[str, Columns] | None = None,
    day_first: bool | None = None,
) -> InventoryFile:
    """The accounts in a file: CSV with any delimiter and encoding, a spreadsheet, or plain lines.

    Args:
        raw: The bytes of the file.
        name: What it is called; only used to speak of it.
        today: The day it is; days of posts that lie after it are left out.
        known: Ranks of columns by role, under the hash of a header, as a plan remembers them.
        day_first: Whether 03/04/2026 is in April, where the file cannot tell.

    Returns:
        The accounts in the order of the file, each once, with problems worded by
        ``explain_inventory``. Never raises for what a file holds.
    """
    opened = open_file(raw, name)
    noticed = _Noticed(list(opened.problems))
    reader = RowReader(today, day_first=day_first)
    for part in opened.parts:
        _read_part(_as_table(part), known or {}, reader, noticed)
    accounts = reader.list_accounts()
    noticed.problems += reader.list_problems()
    if not (accounts or noticed.problems or noticed.unknown or noticed.secret):
        noticed.problems.append(Problem("nothing-found", {"name": name}))
    told = tuple(noticed.list_problems())
    return InventoryFile(accounts, told, tuple(noticed.unknown), tuple(noticed.partly))


def read_table(
    table: Table, columns: Columns, today: date, *, day_first: bool | None = None
) -> InventoryFile:
    """The accounts of a table by where the column of each role stands."""
    reader, noticed = RowReader(today, day_first=day_first), _Noticed()
    _take_rows(table, columns, reader, noticed)
    noticed.problems += reader.list_problems()
    return InventoryFile(reader.list_accounts(), tuple(noticed.list_problems()))


def explain_inventory(problem: Problem, language: str = BASE_LANGUAGE) -> str:
    """A problem of a list of accounts in words: what it is, and what to do about it."""
    words = load_words(WORDS, language)
    if problem.id not in words["problems"]:
        return explain(problem, language)
    values: dict[str, Any] = dict(problem.values)
    if isinstance(rows := values.get("rows"), tuple):
        values["rows"] = name_rows(rows, language)
    if isinstance(columns := values.get("columns"), tuple):
        values["columns"] = join_quoted(columns, language)
    if "role" in values:
        values["column"] = words["kinds"]["inventory"]["roles"][values["role"]]["name"]
        values["how"] = words["how"].get(values.get("way", ""), "")
    text = str(words["problems"][problem.id]).format(**values).strip()
    return text[:1].upper() + text[1:]


# -- parts of a file ---------------------------------------------------------------------------


def _as_table(part: Part) -> Text | Sheet:
    """A document as the rows of its longest list of objects."""
    return Sheet(part.name, list_rows(part.value)) if isinstance(part, Document) else part


def _read_part(
    part: Text | Sheet, known: Mapping[str, Columns], reader: RowReader, noticed: _Noticed
) -> None:
    table = find_table(part, _is_header)
    if table is not None:
        table = _drop_secrets(table, noticed)
        _take_known(table, _recall(table, known), reader, noticed)
    elif lines := find_lines(part, most=1):
        read_lines(lines, reader)
    elif plain := find_plain(part):
        table = _drop_secrets(plain, noticed)
        if columns := _recall(table, known):
            _take_rows(table, columns, reader, noticed)
        else:
            noticed.unknown.append(table)
    elif lines := find_lines(part):
        read_lines(lines, reader)
    if table is not None and table.is_cut:
        noticed.problems.append(Problem("cut-off", {"name": part.name, "limit": MOST_ROWS}))


@cache
def _known_names() -> frozenset[str]:
    return frozenset(fold(name) for names in _NAMES.values() for name in names)


@cache
def _identity_names() -> frozenset[str]:
    return frozenset(fold(name) for role in _IDENTITY for name in _NAMES[role])


def _is_header(cells: Headers) -> bool:
    """Whether some cells are the heads of a list of accounts: two that we know, or the only one."""
    names = {fold(cell) for cell in cells}
    told = names & _known_names()
    return bool(names & _identity_names()) and (len(told) > 1 or len(names) == 1)


def _recall(table: Table, known: Mapping[str, Columns]) -> Columns:
    """The columns that somebody said a table with this header has; empty where nobody did."""
    placed = place_columns(table.headers, known.get(hash_header(table.headers), {}))
    return {} if is_stopped(find_gaps(INVENTORY, table, placed)) else placed


def _guess(table: Table) -> Columns:
    """The columns by their whole names first, then by a word of them."""
    whole: Columns = {}
    for at, head in enumerate(table.headers):
        for role, names in _NAMES.items():
            if fold(head) in map(fold, names) and role not in whole and at not in whole.values():
                whole[role] = at
    return {**guess_columns(INVENTORY, _without(table, whole)), **whole}


def _without(table: Table, taken: Columns) -> Table:
    """A table whose taken columns tell nothing, so that they are not guessed for anything else."""
    heads = tuple("" if at in taken.values() else h for at, h in enumerate(table.headers))
    return replace(table, headers=heads)


def _drop_secrets(table: Table, noticed: _Noticed) -> Table:
    """A table without the columns of passwords and codes, whose cells nobody looks at."""
    out = {
        at
        for at, head in enumerate(table.heading[: len(table.headers)])
        if is_secret_column(head)
        or (fold(head) not in _known_names() and holds_secret(head, is_place=True))
    }
    if not out:
        return table
    for at in sorted(out):
        told = is_secret_column(table.heading[at])
        noticed.secret.append(" ".join(table.heading[at].split()) if told else f"{at + 1}")
    kept = [at for at in range(len(table.headers)) if at not in out]
    return replace(
        table,
        headers=tuple(table.headers[at] for at in kept),
        heading=tuple(table.heading[at] for at in kept),
        rows=tuple(tuple(row[at] for at in kept) for row in table.rows),
        beyond=(),
        preamble=(),
    )


def _take_known(table: Table, told: Columns, reader: RowReader, noticed: _Noticed) -> None:
    """Take the rows of a table by its heads, or by the columns somebody told."""
    unread = len(noticed.unread)
    _take_rows(table, told or _guess(table), reader, noticed)
    if told or len(noticed.unread) > unread:
        noticed.partly.append(table)


def _take_rows(table: Table, columns: Columns, reader: RowReader, noticed: _Noticed) -> None:
    taken = set(columns.values())
    titles = {column.at: column.title for column in list_columns(table)}
    held = Counter(at for row in table.rows for at, cell in enumerate(row) if cell.strip())
    noticed.unread += [titles.get(at) or f"{at + 1}" for at in sorted(held) if at not in taken]
    rows: Sequence[Mapping[str, str]] = [
        {role: row[at] for role, at in columns.items()} for row in table.rows
    ]
    reader.take(tuple(zip(table.numbers, rows, strict=True)))
