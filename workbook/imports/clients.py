"""What the last clients said about places, from a list typed or exported, without the clients.

A name is looked at only to count nobody twice, while the list is read; what remains are counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.content import BASE_LANGUAGE, load_words
from workbook.evidence.clients import Counted, Question
from workbook.imports.client_answers import Reading, load_cells, read_answer, tell_apart
from workbook.imports.client_columns import (
    PER_CLIENT,
    find_place,
    find_role,
    find_title,
    is_heading,
    name_columns,
    sort_columns,
)
from workbook.imports.client_lines import count_people, read_counts, read_lines
from workbook.imports.containers import Document, Part, Sheet, Text, open_file
from workbook.imports.mentions import WORDS, find_mentions
from workbook.imports.problems import explain, name_rows
from workbook.imports.tables import Table, clean_cell, find_table
from workbook.values import Problem, clean_text
from workbook.wording import join_quoted, write_values

if TYPE_CHECKING:
    from workbook.imports.client_columns import Columns

TYPED = "list"
"""What a typed list is called where a file would have a name."""
_JOINED = ", "


@dataclass(frozen=True, slots=True)
class ClientList:
    """What a list of clients came to: counts by question, and what could not be counted."""

    counted: tuple[Counted, ...] = ()
    problems: tuple[Problem, ...] = ()

    def of(self, question: Question) -> Counted | None:
        """The counts of a question; None where the list does not tell."""
        return next((each for each in self.counted if each.question is question), None)


def read_clients(
    raw: bytes, name: str, *, asked: int | None = None, question: Question = Question.USE
) -> ClientList:
    """The counts in a list of clients: CSV, a spreadsheet, or plain lines.

    Args:
        raw: The bytes of the file; commas or semicolons, with or without a mark of its encoding.
        name: What the file is called, to speak of it.
        asked: How many clients were asked, for a list that only has numbers.
        question: What they were asked, for a list whose columns do not tell.

    Returns:
        Counts by question, without anybody's name, and problems worded by ``explain_clients``.
        Never raises for what a file holds.
    """
    opened = open_file(raw, name)
    lists = [_read_part(part, asked, question) for part in opened.parts]
    best = next((each for each in lists if each.counted), lists[0] if lists else ClientList())
    problems = (*opened.problems, *best.problems)
    if not best.counted and not problems:
        problems = (Problem("nothing-read", {"name": name}),)
    return ClientList(best.counted, problems)


def read_typed(
    text: str, *, asked: int | None = None, question: Question = Question.USE
) -> ClientList:
    """The counts in a list that somebody typed or pasted; as ``read_clients``."""
    raw = clean_text(text).encode("utf-8")
    return read_clients(raw, TYPED, asked=asked, question=question)


def explain_clients(problem: Problem, language: str = BASE_LANGUAGE) -> str:
    """A problem of a list of clients in words: what it is, and what to do about it."""
    texts = load_words(WORDS, language)["problems"]
    if problem.id not in texts:
        return explain(problem, language)
    values = write_values(problem.values, language)
    values |= {key: _write(key, value, language) for key, value in values.items()}
    text = str(texts[problem.id]).format(**values)
    return text[:1].upper() + text[1:]


def _write(key: str, value: object, language: str) -> object:
    if not isinstance(value, tuple):
        return value
    return join_quoted(value, language) if key == "columns" else name_rows(value, language)


# -- lists of each kind ------------------------------------------------------------------------


def _read_part(part: Part, asked: int | None, question: Question) -> ClientList:
    if isinstance(part, Document):
        return ClientList()
    table = find_table(part, is_heading)
    reading = Reading(question)
    roles = [] if table is None else [find_role(head) for head in table.headers]
    if table is None:
        counted = read_lines(_list_lines(part), asked, reading)
    elif title := find_title(table.headers):
        reading.question = title
        below = [(number, line) for number, line in _list_lines(part) if number >= _first(table)]
        counted = read_lines(below, asked, reading)
    elif {"place", "count"} <= {*roles}:
        counted = _read_numbers(table, roles, asked, reading)
    else:
        counted = _read_table(table, reading)
    if table and not find_mentions(" ; ".join(table.preamble)).is_silent:
        reading.problems.append(Problem("above-heading"))
    return ClientList(tuple(counted), tuple(reading.list_problems()))


def _first(table: Table) -> int:
    """The number of the first row below the header."""
    return len(table.preamble) + 2


def _list_lines(part: Text | Sheet) -> list[tuple[int, str]]:
    """The lines of a text, or of a sheet as if it were one, with their numbers from 1."""
    if isinstance(part, Text):
        return [*enumerate(part.text.splitlines(), 1)]
    rows = ("; ".join(cell for cell in row if cell) for row in part.rows)
    return [*enumerate(rows, 1)]


def _read_numbers(
    table: Table, roles: list[str], asked: int | None, reading: Reading
) -> list[Counted]:
    """Places with the number of clients who named them, in two columns."""
    place, count = roles.index("place"), roles.index("count")
    _tell_unread(name_columns(table, {place, count}), reading)
    pairs = [
        (number, clean_cell(row[place]), clean_cell(row[count]))
        for number, row in zip(table.numbers, table.rows, strict=True)
    ]
    return read_counts(pairs, asked, reading)


# -- a row for each client ---------------------------------------------------------------------


def _read_table(table: Table, reading: Reading) -> list[Counted]:
    columns = sort_columns(table, reading.question)
    _tell_unread(columns.unread, reading)
    rows = _join_beyond(table, columns, reading)
    who = _find_people(rows, columns, reading)
    answers = {
        asked: _read_cells(asked, _take(table, rows, at), who, reading)
        for asked, at in columns.answers
    }
    for asked, wide in columns.wide:
        answers[asked] = _read_wide(table, wide, rows, who, reading)
    found = ((question, answers.get(question)) for question in PER_CLIENT)
    return [count_people(question, people) for question, people in found if people]


def _tell_unread(heads: tuple[str, ...], reading: Reading) -> None:
    if heads:
        kind = "column-unread" if len(heads) == 1 else "columns-unread"
        reading.problems.append(Problem(kind, {"columns": heads}))


Row = tuple[int, tuple[str, ...]]


def _join_beyond(table: Table, columns: Columns, reading: Reading) -> list[Row]:
    """The rows with their numbers; cells beyond the last column belong to its answer.

    Where it is open which column they belong to, the row is left out and told.
    """
    last = len(table.headers) - 1
    is_clear = [at for _, at in columns.answers] == [last] and not columns.wide
    rows = []
    for number, row, beyond in zip(table.numbers, table.rows, table.beyond, strict=True):
        more = [cell for cell in beyond if cell.strip()]
        if more and not is_clear:
            reading.tell("row-too-long", number)
        else:
            rows.append((number, (*row[:last], _JOINED.join([row[last], *more]))))
    return rows


def _find_people(rows: list[Row], columns: Columns, reading: Reading) -> list[int]:
    """Who each row is about, by the first row of the same client."""
    told = [
        (
            number,
            " ".join(" ".join(row[at] for at in columns.names).casefold().split()),
            _JOINED.join(row),
        )
        for number, row in rows
    ]
    return tell_apart(told, reading)


@dataclass(frozen=True, slots=True)
class _Column:
    """The answers to one question, with the numbers of their rows."""

    head: str
    cells: tuple[tuple[int, str], ...]


def _take(table: Table, rows: list[Row], at: int) -> _Column:
    head = " ".join(table.heading[at].split())
    return _Column(head, tuple((number, clean_cell(row[at])) for number, row in rows))


def _read_cells(
    question: Question, column: _Column, who: list[int], reading: Reading
) -> dict[int, set[str]]:
    people: dict[int, set[str]] = {}
    blank = []
    for (number, cell), person in zip(column.cells, who, strict=True):
        if not cell:
            blank.append(number)
            continue
        places = read_answer(cell, number, reading, question)
        if places is not None:
            people.setdefault(person, set()).update(places)
    if blank:
        values = {"rows": tuple(blank), "column": column.head}
        reading.problems.append(Problem("blank", values))
    return people


def _read_wide(
    table: Table, columns: tuple[int, ...], rows: list[Row], who: list[int], reading: Reading
) -> dict[int, set[str]]:
    """A column for each place, with yes or no in it."""
    people: dict[int, set[str]] = {}
    places = {at: find_place(table.headers[at]) for at in columns}
    known = load_cells()["yes"] | load_cells()["no"] | {""}
    for (number, row), person in zip(rows, who, strict=True):
        cells = {at: row[at].strip().casefold() for at in columns}
        if not set(cells.values()) <= known:
            reading.tell("cell-unclear", number)
            continue
        named = {places[at] for at, cell in cells.items() if cell in load_cells()["yes"]}
        people.setdefault(person, set()).update(named)
    return people
