"""What the last clients said about places, from a list typed or exported, without the clients.

A name is looked at only to count nobody twice, while the list is read; what remains are counts.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from workbook.content import BASE_LANGUAGE, load_words
from workbook.discovery import read_toml
from workbook.evidence.clients import Counted, Question
from workbook.evidence.survey import find_platform
from workbook.imports.containers import Document, Part, Sheet, Text, open_file
from workbook.imports.problems import explain, name_rows
from workbook.imports.tables import Headers, Table, clean_header, find_table
from workbook.values import Problem, clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable

WORDS = "imports/clients.toml"
TYPED = "list"
"""What a typed list is called where a file would have a name."""
_SPLIT = re.compile(r"\s*(?:[,;|/+&\n\t]|\band\b)\s*", re.IGNORECASE)
_COUNT_LINE = re.compile(r"^(?P<place>\D.*?)\s*[\s:;,=|\t]\s*(?P<count>\d{1,6})$")
_NUMBER = re.compile(r"\d{1,6}", re.ASCII)
_LONGEST_SHOWN = 40
_PER_CLIENT = (Question.USE, Question.TIME, Question.FOUND)


@dataclass(frozen=True, slots=True)
class ClientList:
    """What a list of clients came to: counts by question, and what could not be counted."""

    counted: tuple[Counted, ...] = ()
    problems: tuple[Problem, ...] = ()

    def of(self, question: Question) -> Counted | None:
        """The counts of a question; None where the list does not tell."""
        return next((each for each in self.counted if each.question is question), None)


@dataclass(slots=True)
class _Found:
    """What was found while a list is read."""

    question: Question = Question.USE
    """What clients were asked, where the list does not tell."""
    problems: list[Problem] = field(default_factory=list)
    unknown: dict[str, list[int]] = field(default_factory=dict)
    """Rows by what they name that is no place."""
    unclear: list[int] = field(default_factory=list)
    elsewhere: int = 0


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
    values = {key: _write(value, language) for key, value in problem.values.items()}
    text = str(texts[problem.id]).format(**values)
    return text[:1].upper() + text[1:]


def _write(value: object, language: str) -> object:
    return name_rows(value, language) if isinstance(value, tuple) else value


# -- what the columns are ----------------------------------------------------------------------


@cache
def _headers() -> dict[str, str]:
    """What stands in a column, by its name; a question may end in its mark."""
    roles = read_toml(WORDS)["headers"]
    return {
        f"{name}{mark}": role for role, names in roles.items() for name in names
        for mark in ("", "?", " ?")
    }  # fmt: skip


@cache
def _cells() -> dict[str, frozenset[str]]:
    words = read_toml(WORDS)["cells"]["words"]
    return {key: frozenset(values) for key, values in words.items()}


def _is_header(cells: Headers) -> bool:
    roles = {_headers().get(cell, "") for cell in cells}
    if {"place", "count"} <= roles or roles & {"use", "time", "found"}:
        return True
    named = [cell for cell in cells if find_platform(cell)]
    return bool(named) and "name" in roles


def _read_part(part: Part, asked: int | None, question: Question) -> ClientList:
    if isinstance(part, Document):
        return ClientList()
    table = find_table(part, _is_header)
    found = _Found(question)
    if table is None:
        counted = _read_lines(_lines_of(part), asked, found)
    elif {"place", "count"} <= {_headers().get(name) for name in table.headers}:
        pairs = zip(table.numbers, _column(table, "place"), _column(table, "count"), strict=True)
        counted = _read_counts(list(pairs), asked, found)
    else:
        counted = _read_table(table, found)
    return ClientList(tuple(counted), tuple(_tell(found)))


def _tell(found: _Found) -> list[Problem]:
    problems = list(found.problems)
    for given, rows in found.unknown.items():
        problems.append(Problem("unknown-place", {"rows": tuple(rows), "given": given}))
    if found.unclear:
        problems.append(Problem("cell-unclear", {"rows": tuple(found.unclear)}))
    if found.elsewhere:
        kind = "found-elsewhere-one" if found.elsewhere == 1 else "found-elsewhere"
        problems.append(Problem(kind, {"count": found.elsewhere}))
    return problems


def _column(table: Table, role: str) -> tuple[str, ...]:
    names = [name for name in table.headers if _headers().get(name) == role]
    return table.column(*names) if names else ("",) * len(table.rows)


# -- a row for each client ---------------------------------------------------------------------


def _read_table(table: Table, found: _Found) -> list[Counted]:
    who = _find_people(table, found)
    roles = {_headers().get(name) for name in table.headers}
    answers: dict[Question, dict[object, set[str]]] = {}
    for question in _PER_CLIENT:
        if question.value in roles:
            cells = _column(table, question.value)
            answers[question] = _read_cells(question, cells, table, who, found)
    wide = [at for at, name in enumerate(table.headers) if find_platform(name)]
    if wide and not answers:
        answers[found.question] = _read_wide(table, wide, who, found)
    return [_count(question, people) for question, people in answers.items() if people]


def _find_people(table: Table, found: _Found) -> list[object]:
    """Who each row is about: a name while the list is read, else the number of the row."""
    names = [at for at, name in enumerate(table.headers) if _headers().get(name) == "name"]
    people: list[object] = []
    twice = []
    for number, row in zip(table.numbers, table.rows, strict=True):
        name = " ".join(" ".join(row[at] for at in names).casefold().split())
        if name and name in people:
            twice.append(number)
        people.append(name or number)
    if twice:
        found.problems.append(Problem("client-twice", {"rows": tuple(twice)}))
    return people


def _read_cells(
    question: Question, cells: Iterable[str], table: Table, who: list[object], found: _Found
) -> dict[object, set[str]]:
    people: dict[object, set[str]] = {}
    blank = []
    for number, person, cell in zip(table.numbers, who, cells, strict=True):
        if not cell.strip():
            blank.append(number)
            continue
        places = _read_places(cell, number, found, is_way=question is Question.FOUND)
        people.setdefault(person, set()).update(places)
    if blank:
        column = next(h for h in table.heading if _headers().get(clean_header(h)) == question.value)
        values = {"rows": tuple(blank), "column": column.strip()}
        found.problems.append(Problem("blank", values))
    return people


def _read_places(cell: str, number: int, found: _Found, *, is_way: bool = False) -> set[str]:
    """The places that a cell names; what is none is told, but not how somebody was found."""
    if whole := find_platform(cell):
        return {whole}
    if " ".join(cell.casefold().split()) in _cells()["none"]:
        return set()
    pieces = [piece for piece in _SPLIT.split(cell) if piece.strip()]
    places = {piece: find_platform(piece) for piece in pieces}
    unknown = [piece for piece, place in places.items() if place is None]
    if is_way:
        found.elsewhere += len(unknown) == len(places)
    else:
        for piece in unknown:
            found.unknown.setdefault(piece.strip()[:_LONGEST_SHOWN], []).append(number)
    return {place for place in places.values() if place}


def _read_wide(
    table: Table, columns: list[int], who: list[object], found: _Found
) -> dict[object, set[str]]:
    """A column for each place, with yes or no in it."""
    people: dict[object, set[str]] = {}
    for number, person, row in zip(table.numbers, who, table.rows, strict=True):
        cells = {at: row[at].strip().casefold() for at in columns}
        known = _cells()["yes"] | _cells()["no"] | {""}
        if not set(cells.values()) <= known:
            found.unclear.append(number)
            continue
        named = [at for at, cell in cells.items() if cell in _cells()["yes"]]
        places = {find_platform(table.headers[at]) or "" for at in named}
        people.setdefault(person, set()).update(places)
    return people


def _count(question: Question, people: dict[object, set[str]]) -> Counted:
    counts = Counter(place for places in people.values() for place in places)
    together = Counter(frozenset(places) for places in people.values())
    return Counted(question, len(people), dict(counts), dict(together))


# -- lines -------------------------------------------------------------------------------------


def _lines_of(part: Text | Sheet) -> list[tuple[int, str]]:
    """The lines of a text, or of a sheet as if it were one, with their numbers."""
    if isinstance(part, Text):
        lines = part.text.splitlines()
    else:
        lines = ["; ".join(cell for cell in row if cell) for row in part.rows]
    numbered = ((number, line.strip(" \t\ufeff;,")) for number, line in enumerate(lines, 1))
    return [(number, line) for number, line in numbered if line]


def _read_lines(lines: list[tuple[int, str]], asked: int | None, found: _Found) -> list[Counted]:
    """Places with their numbers, or one client a line."""
    counts = [(number, _COUNT_LINE.match(line)) for number, line in lines]
    if lines and sum(match is not None for _, match in counts) * 2 > len(lines):
        pairs = [
            (number, match["place"], match["count"]) if match else (number, line, "")
            for (number, match), (_, line) in zip(counts, lines, strict=True)
        ]
        return _read_counts(pairs, asked, found)
    return _read_people(lines, found)


def _read_people(lines: list[tuple[int, str]], found: _Found) -> list[Counted]:
    """One client a line, with or without a name before the places."""
    named = _have_names(line for _, line in lines)
    people: dict[object, set[str]] = {}
    seen: dict[str, int] = {}
    dropped, twice = [], []
    for number, line in lines:
        name, places = _split_line(line, named=named)
        dropped += [number] if name else []
        person = seen.setdefault(name, number) if name else number
        twice += [number] if person != number else []
        is_way = found.question is Question.FOUND
        named_places = _read_places(places, number, found, is_way=is_way)
        people.setdefault(person, set()).update(named_places)
    if not any(people.values()) and (found.unknown or not people):
        return []
    for problem, rows in (("names-dropped", dropped), ("client-twice", twice)):
        found.problems += [Problem(problem, {"rows": tuple(rows)})] if rows else []
    return [_count(found.question, people)]


def _have_names(lines: Iterable[str]) -> bool:
    """Whether lines begin with names: most of those with several pieces begin with no place."""
    first = [_SPLIT.split(line)[0] for line in lines if len(_SPLIT.split(line)) > 1]
    return sum(find_platform(piece) is None for piece in first) * 2 > len(first)


def _split_line(line: str, *, named: bool) -> tuple[str, str]:
    """Who a line is about, and what it says."""
    head, colon, rest = line.partition(":")
    if colon and not find_platform(head):
        return " ".join(head.casefold().split()), rest
    head, *more = _SPLIT.split(line, maxsplit=1)
    if named and more and not find_platform(head):
        return " ".join(head.casefold().split()), more[0]
    return "", line


# -- counts ------------------------------------------------------------------------------------


def _read_counts(
    pairs: list[tuple[int, str, str]], asked: int | None, found: _Found
) -> list[Counted]:
    """Places with the number of clients who named them."""
    counts: Counter[str] = Counter()
    lines: Counter[str] = Counter()
    unclear = False
    for number, name, told in pairs:
        place, is_number = find_platform(name), bool(_NUMBER.fullmatch(told.strip()))
        if is_number and " ".join(name.casefold().split()) in _cells()["asked"]:
            asked = int(told)
        elif place is None:
            found.unknown.setdefault(name.strip()[:_LONGEST_SHOWN], []).append(number)
        elif is_number:
            counts[place] += int(told)
            lines[place] += 1
        else:
            unclear = True
            values = {"rows": (number,), "place": place, "given": told.strip()[:_LONGEST_SHOWN]}
            found.problems.append(Problem("count-unclear", values))
    for place, times in lines.items():
        if times > 1:
            found.problems.append(Problem("place-twice", {"place": place, "count": counts[place]}))
    return _hold_against(counts, asked, found) if counts and not unclear else []


def _hold_against(counts: Counter[str], asked: int | None, found: _Found) -> list[Counted]:
    """The counts, if they can be true given how many were asked; else none of them."""
    if not asked:
        found.problems.append(Problem("asked-missing"))
        return []
    wrong = [place for place, count in counts.items() if count > asked]
    for place in wrong:
        told = {"place": place, "count": counts[place], "asked": asked}
        found.problems.append(Problem("more-than-asked", told))
    return [] if wrong else [Counted(found.question, asked, dict(counts))]
