"""What one client answered, held against the places here; and what could not be counted.

Problems name rows and places, never what somebody wrote: it may be a name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from workbook.discovery import read_toml
from workbook.evidence.clients import Question
from workbook.imports.mentions import WORDS, find_mentions
from workbook.values import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workbook.imports.mentions import Mention

SEARCH = "google"
"""The word that may mean a search or a profile; how somebody came, it is another way."""
_LETTERS_OF_A_NUMBER = 6


@dataclass(slots=True)
class Reading:
    """What was found while a list is read."""

    question: Question = Question.USE
    """What clients were asked, where the list does not tell."""
    problems: list[Problem] = field(default_factory=list)
    told: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    """Rows by what is to be said of them and the place or word it is about."""
    elsewhere: int = 0

    def tell(self, problem: str, number: int, about: str = "") -> None:
        """Note that something is to be said of a row."""
        self.told.setdefault((problem, about), []).append(number)

    def list_problems(self) -> Iterator[Problem]:
        """All that is to be said, the rows of one kind together."""
        yield from self.problems
        for (problem, about), rows in self.told.items():
            values = {"given": about} if about else {}
            yield Problem(problem, {"rows": tuple(dict.fromkeys(rows)), **values})
        if self.elsewhere:
            kind = "found-elsewhere-one" if self.elsewhere == 1 else "found-elsewhere"
            yield Problem(kind, {"count": self.elsewhere})


@cache
def load_cells() -> dict[str, frozenset[str]]:
    """Words that mean yes, no, none or the number asked."""
    words = read_toml(WORDS)["cells"]["words"]
    return {key: frozenset(values) for key, values in words.items()}


def read_answer(text: str, number: int, reading: Reading, question: Question) -> set[str] | None:
    """The places that a client named.

    Args:
        text: What was answered, with or without other words.
        number: The row, to speak of it.
        reading: What was found so far; what is to be said is added to it.
        question: What was asked.

    Returns:
        Names of places; None for a row that does not count as asked until it is mended.
    """
    if " ".join(text.casefold().split()) in load_cells()["none"]:
        return set()
    said, is_way = find_mentions(text), question is Question.FOUND
    if ask_back(said, number, reading, is_way=is_way):
        return None
    for other in sorted(said.others):
        reading.tell("unknown-place", number, other)
    is_known = said.is_none or not said.is_silent
    if is_way and not said.is_empty:
        reading.elsewhere += not (said.places or said.is_none)
    elif not is_known:
        reading.tell("row-unread", number)
        return None
    elif said.is_aside:
        reading.tell("words-aside", number)
    return set(said.places)


def ask_back(said: Mention, number: int, reading: Reading, *, is_way: bool) -> bool:
    """Whether a row has to be mended before it counts; says what and how."""
    asked = [("did-you-mean", place) for place in sorted(said.meant)]
    unsettled = said.unsettled - ({SEARCH} if is_way else set())
    asked += [(f"unsettled-{word}", "") for word in sorted(unsettled)]
    if said.places and (said.is_denied or said.is_none):
        asked.append(("row-denied", ""))
    if said.is_numbered:
        asked.append(("row-numbered", ""))
    for problem, about in asked:
        reading.tell(problem, number, about)
    return bool(asked)


def tell_apart(rows: Sequence[tuple[int, str, str]], reading: Reading) -> list[int]:
    """Who each row is about: the first row of the same client.

    Args:
        rows: The number of a row, the name in it if there is one, and the whole row.
        reading: What was found so far.

    Returns:
        The number of the row in which each row's client stands first. Two of one name are one
        client where the name is a full one or the whole row is the same; else they are two, and
        that is told.
    """
    by_name: dict[str, int] = {}
    by_row: dict[tuple[str, str], int] = {}
    people = []
    for number, name, row in rows:
        person = number
        if name:
            plain = " ".join(row.casefold().split())
            same = by_row.get((name, plain))
            if same is None and is_full(name):
                same = by_name.get(name)
            if same is not None:
                person = same
                reading.tell("client-twice", number)
            elif name in by_name:
                reading.tell("client-alike", number)
            by_name.setdefault(name, person)
            by_row.setdefault((name, plain), person)
        people.append(person)
    return people


def is_full(name: str) -> bool:
    """Whether a name tells one client from all others: two words, an address, a number."""
    digits = sum(letter.isdigit() for letter in name)
    return " " in name or "@" in name or digits >= _LETTERS_OF_A_NUMBER
