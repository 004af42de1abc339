"""What is asked of everybody in a room at once, and how what they answer is read.

Everybody answers alone before anybody sees anything: a question of the workbook, a case of the
complaint drill, the game of six points, or one line of one's own.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from workbook.complaint.drill import load_drill, read_way
from workbook.complaint.rules import sums_of
from workbook.complaint.severity import weigh
from workbook.complaint.tree import load_tree, walk
from workbook.content import BASE_LANGUAGE, find_question, load_words
from workbook.errors import ContentError
from workbook.plan import Plan, annotation_of
from workbook.values import Frozen, Problem, clean_text
from workbook.wording import read_typed
from workbook.workshop.game import list_cards, read_choice

WORDS = "workshop/words.toml"
LONGEST_LINE = 140
_CASE = re.compile(r"^([YN]{1,10})([1-4]?)$")
_INSIDE = ("voice.",)
"""Answers that are laid side by side inside one business only."""
_SPREAD_KINDS = frozenset(
    {"yes_no", "choice", "several", "scale", "number", "hours", "percent", "money"}
)

Blind = int | float | Annotated[str, Field(max_length=300)] | tuple[str, ...]
"""One answer as it is sealed: a number, a choice, several choices, a way as letters, or a line."""


class PromptKind(StrEnum):
    """What is asked."""

    QUESTION = "question"
    """A question of the workbook; ``ref`` is its path."""
    CASE = "case"
    """A case of the complaint drill; ``ref`` is its id, an answer a way and a level: NNY2."""
    GAME = "game"
    """Places for at most six points; an answer is the places that were taken."""
    LINE = "line"
    """One line in one's own words; ``ref`` names its text in ``words.toml``."""


class Prompt(Frozen):
    """What is asked, and of which question, case or text."""

    kind: PromptKind
    ref: str = ""

    @property
    def is_inside_only(self) -> bool:
        """Whether the answers are laid side by side inside one business only."""
        return self.kind is PromptKind.QUESTION and self.ref.startswith(_INSIDE)


def can_ask(prompt: Prompt) -> bool:
    """Whether there is such a thing to ask, and its answers can be laid side by side."""
    if prompt.kind is PromptKind.QUESTION:
        try:
            return find_question(prompt.ref).kind.partition(":")[0] in _SPREAD_KINDS
        except ContentError:
            return False
    if prompt.kind is PromptKind.CASE:
        return prompt.ref in load_drill()
    return prompt.kind is PromptKind.GAME or prompt.ref in load_words(WORDS)["lines"]


def title_prompt(prompt: Prompt, language: str = BASE_LANGUAGE) -> str:
    """What is asked, as it is read to the room."""
    if prompt.kind is PromptKind.QUESTION:
        return find_question(prompt.ref, language).label
    if prompt.kind is PromptKind.CASE:
        return load_drill(language)[prompt.ref].title
    words = load_words(WORDS, language)
    text = words["game"]["title"] if prompt.kind is PromptKind.GAME else words["lines"][prompt.ref]
    return str(text)


def read_blind(
    prompt: Prompt, raw: object, language: str = BASE_LANGUAGE
) -> Blind | Problem | None:
    """An answer as it was typed or chosen, ready to be sealed.

    None takes it back; a Problem says what cannot be read, as with any question.
    """
    if raw is None or raw in ("", (), []):
        return None
    if prompt.kind is PromptKind.QUESTION:
        return _read_question(prompt.ref, raw, language)
    if prompt.kind is PromptKind.CASE:
        return _read_case(raw)
    if prompt.kind is PromptKind.GAME:
        return read_choice(raw, {card.place for card in list_cards()})
    line = " ".join(clean_text(str(raw)).split())
    if len(line) > LONGEST_LINE:
        return Problem("text-too-long", {"limit": LONGEST_LINE, "length": len(line)})
    return line or None


def _read_question(path: str, raw: object, language: str) -> Blind | Problem | None:
    value = read_typed(annotation_of(path), raw, language)
    if value is None or isinstance(value, Problem):
        return value
    if isinstance(value, tuple | list | frozenset):
        return tuple(str(each) for each in value) or None
    if isinstance(value, bool | str):
        return str(value)
    number = float(value)  # type: ignore[arg-type]  # numbers and amounts are what is left
    return int(number) if number.is_integer() else number


def _read_case(raw: object) -> Blind | Problem:
    match = _CASE.match(str(raw).strip().upper())
    if match is None or walk(read_way(match[1])).missing:
        return Problem("choice-not-offered")
    return match[0]


class Ours(Frozen):
    """The way we would go in a case of the drill: where it ends, how severe it is, and why."""

    outcome: str
    level: str
    why: str


def find_ours(prompt: Prompt, language: str = BASE_LANGUAGE) -> Ours | None:
    """What to lay beside the answers to a case once they are shown; None for anything else."""
    if prompt.kind is not PromptKind.CASE:
        return None
    case = load_drill(language)[prompt.ref]
    outcome = load_tree(language).outcomes[walk(case.answers).outcome]
    weight = weigh(case.full_scores, outcome, sums=sums_of(Plan()))
    return Ours(outcome=outcome.title, level=weight.level.value, why=case.why)


def split_case(answer: str) -> tuple[str, str]:
    """The outcome that a way leads to, and the level; empty where none was given."""
    match = _CASE.match(answer)
    if match is None:
        return "", ""
    return walk(read_way(match[1])).outcome, f"S{match[2]}" if match[2] else ""
