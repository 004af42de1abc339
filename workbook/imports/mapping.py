"""Tables that no format knows: what their columns can hold, and what somebody said they do.

What was said is remembered under the hash of the header, with the rank of each column among the
sorted names: neither the name of a column nor a cell of the file is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from workbook.content import BASE_LANGUAGE, load_words
from workbook.imports.amounts import fold
from workbook.imports.tables import clean_cell, clean_header
from workbook.passwords import holds_secret
from workbook.values import Problem, clean_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from workbook.imports.tables import Table
    from workbook.plan import Plan

WORDS: Final = "imports/mapping.toml"
MOST_COLUMNS: Final = 200
"""Columns that are offered; a table made by hand has fewer."""
LONGEST_CELL: Final = 24
"""Letters of a cell that is shown beside the name of its column."""
LONGEST_TITLE: Final = 60
MOST_KNOWN: Final = 50
"""Headers that a plan remembers of one kind; then the oldest goes."""
_LOOKED_AT: Final = 200
"""Filled cells of a column that are looked at to see what it holds."""
_MOSTLY: Final = 0.8
"""Share of the cells from which on a column is guessed to hold what they can be read as."""
_LEAST: Final = 0.5
"""Share below which a column is not guessed by its name."""

Columns = dict[str, int]
"""Where in a table the column of each role stands, counted from 0."""


@dataclass(frozen=True, slots=True)
class ColumnRole:
    """One thing that a column can hold.

    ``readable`` says of some filled cells how many can be read; None where any text will do.
    ``names`` are what such columns are called, compared by letters and digits alone.
    """

    id: str
    readable: Callable[[Sequence[str]], int] | None = None
    names: tuple[str, ...] = ()
    by_content: bool = False
    """Whether cells that can be read are reason enough to guess it, whatever the column's name."""
    needs: tuple[str, ...] = ()
    """Roles that must have a column too, where this one has."""
    is_few: bool = False
    """Whether it is enough that some cells can be read, as with places among all sources."""


@dataclass(frozen=True, slots=True)
class TableKind:
    """What a table is read for, with the roles that its columns may have, the first first.

    The words stand in a TOML file under ``kinds.<id>``: ``title``, ``lead``, ``nothing`` (the
    choice of no column), and for each role ``roles.<role>.label`` and ``.hint``.
    """

    id: str
    roles: tuple[ColumnRole, ...]
    needs: tuple[frozenset[str], ...] = ()
    """Of each of these sets, one role at least must have a column."""
    words: str = WORDS
    shows_cells: bool = False
    """Whether a cell of each column may be shown while its columns are asked about."""

    def role(self, name: str) -> ColumnRole | None:
        """The role with an id, if the kind has it."""
        return next((each for each in self.roles if each.id == name), None)


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it is offered: where it stands, counted from 0, and what it is called."""

    at: int
    title: str
    """Cut off where it is no name; empty where the column has none."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a reading by some columns would give, in numbers, and what is wrong with it."""

    facts: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    problems: tuple[str, ...] = ()


# -- columns -----------------------------------------------------------------------------------


def hash_header(headers: Sequence[str] | frozenset[str]) -> str:
    """What a mapping is remembered under: made of the names of the columns, in any order."""
    told = "\n".join(sorted(filter(None, map(clean_header, headers))))
    return blake2b(told.encode(errors="replace"), digest_size=12).hexdigest()


def list_columns(table: Table) -> tuple[Column, ...]:
    """The columns that are offered, by the names the file gives them."""
    titles = (" ".join(clean_text(cell).split()) for cell in table.heading[:MOST_COLUMNS])
    return tuple(
        Column(at, title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…")
        for at, title in enumerate(titles)
    )


def show_cell(table: Table, column: int) -> str:
    """The first cell of a column that holds no secret, cut off; empty where there is none."""
    told = (cell for cell in _look_at(table, column) if not holds_secret(cell, is_place=True))
    cell = " ".join(next(told, "").split())
    return cell if len(cell) <= LONGEST_CELL else f"{cell[: LONGEST_CELL - 1]}…"


def guess_columns(kind: TableKind, table: Table) -> Columns:
    """The likeliest column for each role, by its name and by what its cells can be read as."""
    scores = [
        (score, -role_at, -column, role.id)
        for role_at, role in enumerate(kind.roles)
        for column in range(min(len(table.headers), MOST_COLUMNS))
        if (score := _score(role, table, column)) > 0
    ]
    found: Columns = {}
    for _, _, column, role_id in sorted(scores, reverse=True):
        if role_id not in found and -column not in found.values():
            found[role_id] = -column
    return {role.id: found[role.id] for role in kind.roles if role.id in found}


def _score(role: ColumnRole, table: Table, column: int) -> float:
    """How well a column fits a role, 0 where it does not."""
    share = _share_readable(role, table, column)
    least = 0.0 if role.is_few else _LEAST
    if share is not None and share < least:
        return 0.0
    by_name = _score_name(role, table.headers[column])
    if by_name:
        return by_name + (share or 0.0)
    likely = share is not None and share >= (_LEAST if role.is_few else _MOSTLY)
    return float(share or 0.0) if role.by_content and likely else 0.0


def _score_name(role: ColumnRole, header: str) -> float:
    name, words = fold(header), {fold(word) for word in header.split()}
    told = {fold(each) for each in (role.id, *role.names)}
    if name in told:
        return 4.0
    return 2.0 if told & words else 0.0


def _share_readable(role: ColumnRole, table: Table, column: int) -> float | None:
    """The share of filled cells that can be read; None where there is nothing to tell by."""
    cells = _look_at(table, column)
    if role.readable is None or not cells:
        return None
    return role.readable(cells) / len(cells)


def _look_at(table: Table, column: int) -> list[str]:
    filled: list[str] = []
    for row in table.rows:
        if cell := clean_cell(row[column]):
            filled.append(cell)
            if len(filled) == _LOOKED_AT:
                break
    return filled


# -- what is wrong -----------------------------------------------------------------------------


def find_gaps(kind: TableKind, table: Table, columns: Mapping[str, int]) -> tuple[Problem, ...]:
    """What keeps a table from being read by these columns, or makes it likely to be misread.

    The ids name words in ``imports/mapping.toml``; those with “mapping-needs” and “mapping-twice”
    must be mended before anything can be read.
    """
    return (*_find_missing(kind, columns), *_find_twice(kind, table, columns),
            *_find_unreadable(kind, table, columns))  # fmt: skip


def is_stopped(problems: Sequence[Problem]) -> bool:
    """Whether a problem of the columns keeps the table from being read at all."""
    return any(problem.id.startswith(("mapping-needs", "mapping-twice")) for problem in problems)


def _find_missing(kind: TableKind, columns: Mapping[str, int]) -> Iterator[Problem]:
    for group in kind.needs:
        if not group & set(columns):
            wanted = tuple(role.id for role in kind.roles if role.id in group)
            yield Problem("mapping-needs", {"roles": wanted})
    for role in kind.roles:
        missing = tuple(each for each in role.needs if each not in columns)
        if role.id in columns and missing:
            yield Problem("mapping-needs-too", {"role": role.id, "roles": missing})


def _find_twice(kind: TableKind, table: Table, columns: Mapping[str, int]) -> Iterator[Problem]:
    titles = {column.at: column.title for column in list_columns(table)}
    for at in sorted(set(columns.values())):
        roles = tuple(role.id for role in kind.roles if columns.get(role.id) == at)
        if len(roles) > 1:
            yield Problem("mapping-twice", {"column": titles.get(at, ""), "roles": roles})


def _find_unreadable(
    kind: TableKind, table: Table, columns: Mapping[str, int]
) -> Iterator[Problem]:
    titles = {column.at: column.title for column in list_columns(table)}
    for role in kind.roles:
        at = columns.get(role.id)
        if at is None:
            continue
        cells, share = _look_at(table, at), _share_readable(role, table, at)
        values = {"column": titles.get(at, ""), "role": role.id}
        if not cells:
            yield Problem("mapping-empty", values)
        elif not share and share is not None:
            yield Problem("mapping-unreadable", values)


def explain_gap(problem: Problem, kind: TableKind, language: str = BASE_LANGUAGE) -> str:
    """A problem of the columns in words."""
    words = load_words(WORDS, language)
    labels = load_words(kind.words, language)["kinds"][kind.id]["roles"]
    values = dict(problem.values)
    if isinstance(roles := values.get("roles"), tuple):
        last = "and" if problem.id == "mapping-twice" else "or"
        values["roles"] = _join([labels[each]["name"] for each in roles], words["joined"], last)
    if "role" in values:
        values["role"] = labels[values["role"]]["name"]
    return str(words["problems"][problem.id]).format(**values)


def _join(texts: Sequence[str], words: Mapping[str, str], last: str) -> str:
    if len(texts) < 2:  # noqa: PLR2004 - one needs nothing between
        return "".join(texts)
    return words["comma"].join(texts[:-1]) + words[last] + texts[-1]


# -- remembered in the plan --------------------------------------------------------------------


def remember(plan: Plan, kind: TableKind, table: Table, columns: Mapping[str, int]) -> Plan:
    """A plan that knows what the columns of a table hold; what it knew of the header goes."""
    header = hash_header(table.headers)
    others = [known for known in list_known(plan, kind) if known != header]
    for old in [header, *others[: max(0, len(others) - MOST_KNOWN + 1)]]:
        plan = forget(plan, kind, old)
    ranks = {at: rank for rank, at in enumerate(_order_columns(table.headers))}
    told = {
        f"{kind.id}.{header}.{role.id}": ranks[columns[role.id]]
        for role in kind.roles
        if columns.get(role.id) in ranks
    }
    return plan.model_copy(update={"known_columns": {**plan.known_columns, **told}})


def forget(plan: Plan, kind: TableKind, header: str) -> Plan:
    """A plan that knows nothing of the columns of a header."""
    start = f"{kind.id}.{header}."
    known = {k: v for k, v in plan.known_columns.items() if not k.startswith(start)}
    return plan.model_copy(update={"known_columns": known})


def list_known(plan: Plan, kind: TableKind) -> tuple[str, ...]:
    """The hashes of the headers of a kind that a plan knows, the oldest first."""
    told = (key.split(".") for key in plan.known_columns)
    return tuple(dict.fromkeys(header for name, header, _ in told if name == kind.id))


def recall(plan: Plan, kind: TableKind) -> dict[str, Columns]:
    """The ranks of columns by role, under the hash of each header that a plan knows."""
    found: dict[str, Columns] = {}
    for key, rank in plan.known_columns.items():
        name, header, role = key.split(".")
        if name == kind.id and kind.role(role):
            found.setdefault(header, {})[role] = rank
    return found


def place_columns(headers: Sequence[str], ranks: Mapping[str, int]) -> Columns:
    """Where the columns of some ranks stand in a table with these names; none that is not there."""
    order = _order_columns(headers)
    return {role: order[rank] for role, rank in ranks.items() if rank < len(order)}


def _order_columns(headers: Sequence[str]) -> list[int]:
    """Where the columns stand, in the order of their names; nameless ones last."""
    names = [clean_header(name) for name in headers]
    return sorted(range(len(names)), key=lambda at: (not names[at], names[at], at))
