"""What stands in the columns of a list of clients, told by their heads however shortened."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from workbook.discovery import read_toml
from workbook.evidence.clients import Question
from workbook.evidence.survey import find_platform
from workbook.imports.client_answers import load_cells
from workbook.imports.mentions import WORDS, find_mentions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbook.imports.tables import Headers, Table

PER_CLIENT = (Question.USE, Question.TIME, Question.FOUND)
_WORD = re.compile(r"[^\W_]+")
_NUMBERING = re.compile(r"\s*(?:q|question)?\s*\d{1,3}\s*[.):]*\s+(?=\D)")
_PARTED = frozenset(";\t")
"""Signs between columns: a text that holds one is a whole row, and no head."""
_SHORTEST_CUT = 6
"""Letters of the shortest beginning by which a question is known, such as “where d”."""
_LONGEST_HEAD = 400
_LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of a table hold what, by where they stand."""

    names: tuple[int, ...] = ()
    answers: tuple[tuple[Question, int], ...] = ()
    """A column for each question, with the places in its cells."""
    wide: tuple[tuple[Question, tuple[int, ...]], ...] = ()
    """Columns of a place each, with yes or no in their cells."""
    unread: tuple[str, ...] = ()
    """Heads of the columns that are not read."""


def _plain(head: str) -> str:
    text = head[:_LONGEST_HEAD].casefold()
    return " ".join(_WORD.findall(_NUMBERING.sub("", text, count=1)))


@cache
def _load_heads() -> dict[str, str]:
    roles = read_toml(WORDS)["headers"]
    return {_plain(name): role for role, names in roles.items() for name in names}


def find_role(head: str) -> str:
    """What a column holds by its head: a question, a name, a place or a count; else nothing.

    Signs and numbers before a question do not matter, nor where it is cut off.
    """
    if not _PARTED.isdisjoint(head):
        return ""
    plain = _plain(head)
    if plain in _load_heads():
        return _load_heads()[plain]
    words = read_toml(WORDS)["questions"]
    roles = {
        role
        for role in (question.value for question in PER_CLIENT)
        for phrase in words[role]
        if _is_question(plain, phrase, words["begin"])
    }
    return roles.pop() if len(roles) == 1 else ""


def _is_question(plain: str, phrase: str, begin: Sequence[str]) -> bool:
    """Whether a head is a question, cut off or longer; an answer begins with other words."""
    if len(plain) >= _SHORTEST_CUT and phrase.startswith(plain):
        return True
    return f" {phrase} " in f" {plain} " and plain.partition(" ")[0] in begin


def is_heading(cells: Headers) -> bool:
    """Whether some cells are the heads of a list of clients."""
    roles = {find_role(cell) for cell in cells}
    if {"place", "count"} <= roles or roles & {question.value for question in PER_CLIENT}:
        return True
    return "name" in roles and any(find_platform(cell) for cell in cells)


def find_title(heads: Sequence[str]) -> Question | None:
    """The question that stands above a list as its title, and parts no columns.

    It may name places, with commas between them.
    """
    roles = [find_role(head) for head in heads if head]
    asked = [role for role in roles if role in {question.value for question in PER_CLIENT}]
    others = [head for head in heads if head and not find_role(head)]
    if len(asked) != 1 or len(roles) != len(others) + 1:
        return None
    is_title = not any(find_mentions(head[:_LONGEST_HEAD]).is_silent for head in others)
    return Question(asked[0]) if is_title else None


def sort_columns(table: Table, question: Question) -> Columns:
    """What each column of a table holds.

    Args:
        table: A row for each client.
        question: What was asked, for columns that do not tell.
    """
    roles = [find_role(head) for head in table.headers]
    wide: dict[Question, list[int]] = {}
    answers: dict[Question, int] = {}
    for at, role in enumerate(roles):
        asked = Question(role) if role in {q.value for q in PER_CLIENT} else None
        if find_place(table.headers[at]) and (asked is None or _is_ticked(table, at)):
            wide.setdefault(asked or question, []).append(at)
        elif asked:
            answers.setdefault(asked, at)
    wide = {asked: found for asked, found in wide.items() if asked not in answers}
    read = {*answers.values(), *(at for found in wide.values() for at in found)}
    names = tuple(at for at, role in enumerate(roles) if role == "name" and at not in read)
    return Columns(
        names=names,
        answers=tuple((asked, answers[asked]) for asked in PER_CLIENT if asked in answers),
        wide=tuple((asked, tuple(wide[asked])) for asked in PER_CLIENT if asked in wide),
        unread=name_columns(table, {*read, *names}),
    )


def find_place(head: str) -> str:
    """The place that a column is about; empty where it is none, or several."""
    whole = find_platform(head)
    places = find_mentions(head[:_LONGEST_HEAD]).places
    is_one = len(places) == 1 and (head.endswith(("]", ")")) or bool(find_role(head)))
    return whole or (next(iter(places)) if is_one else "")


def name_columns(table: Table, read: set[int]) -> tuple[str, ...]:
    """The heads of columns that hold something and are not read."""
    held = {at for row in table.rows for at, cell in enumerate(row) if cell.strip()}
    heads = [" ".join(head.split()) for head in table.heading[: len(table.headers)]]
    return tuple(heads[at][:_LONGEST_SHOWN] or f"{at + 1}" for at in sorted(held) if at not in read)


def _is_ticked(table: Table, at: int) -> bool:
    known = load_cells()["yes"] | load_cells()["no"] | {""}
    return all(row[at].strip().casefold() in known for row in table.rows)
