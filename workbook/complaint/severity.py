"""How severe a case is: seven scores from 0 to 2, their sum, and the level from S1 to S4.

The criteria follow ISO 10002 [Q7], the tiers guides to crises [Q9]; the sums are our default.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from workbook.complaint.tree import Outcome  # noqa: TC001 - pydantic's shapes stay real
from workbook.content import BASE_LANGUAGE, load_words
from workbook.values import Frozen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WORDS = "complaint/severity.toml"
MOST = 2
"""The highest score."""
DECISIVE = ("safety", "legal")
"""Scores that alone make a case as severe as it can be."""


class Level(StrEnum):
    """How severe a case is, the mildest first."""

    S1 = "S1"
    S2 = "S2"
    S3 = "S3"
    S4 = "S4"

    @property
    def rank(self) -> int:
        """1 for S1 up to 4 for S4."""
        return list(Level).index(self) + 1


class Score(Frozen):
    """One of the seven things a case is scored by, with words for 0, 1 and 2."""

    id: str
    name: str
    """What is scored, within a sentence."""
    ask: str
    hint: str
    options: tuple[str, str, str]


class Tier(Frozen):
    """A level in words."""

    id: Level
    title: str
    meaning: str
    update: str
    also: str


class Weighed(Frozen):
    """A level, and the scores that were not given: those can only raise it."""

    level: Level
    missing: tuple[str, ...] = ()


@cache
def load_scores(language: str = BASE_LANGUAGE) -> dict[str, Score]:
    """The seven scores by their ids."""
    return {
        key: Score(id=key, **value) for key, value in load_words(WORDS, language)["scores"].items()
    }


@cache
def load_tiers(language: str = BASE_LANGUAGE) -> dict[Level, Tier]:
    """The four levels in words."""
    found = load_words(WORDS, language)["levels"]
    return {level: Tier(id=level, **found[level.value]) for level in Level}


def weigh(
    scores: Mapping[str, object], outcome: Outcome | None = None, *, sums: Sequence[float]
) -> Weighed:
    """The level of a case from its scores, and from what the tree came to.

    A 2 for safety or law is S4 whatever the rest; else the sum decides. It is never below the
    floor of the outcome. Only 0, 1 and 2 are scores; one that is not given counts as 0 and is
    named, unless the outcome needs no scores or the case cannot become more severe.

    Args:
        scores: The scores by their ids.
        outcome: What the tree came to, where that is known.
        sums: The highest sums that are S1, S2 and S3.
    """
    given = {name: scores.get(name) for name in load_scores()}
    known = {name: value for name, value in given.items() if is_score(value)}
    level = _add_up({name: int(str(value)) for name, value in known.items()}, sums)
    floor = list(Level)[outcome.floor - 1] if outcome else Level.S1
    level = max(level, floor, key=lambda each: each.rank)
    asked = level is not Level.S4 and (outcome is None or outcome.scored)
    missing = tuple(name for name in given if name not in known) if asked else ()
    return Weighed(level=level, missing=missing)


def list_decisive(scores: Mapping[str, object]) -> list[str]:
    """The scores that alone make a case as severe as it can be."""
    return [name for name in DECISIVE if is_score(scores.get(name)) and scores[name] == MOST]


def is_score(value: object) -> bool:
    """Whether a value is one of 0, 1 and 2, as a whole number."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST


def _add_up(scores: Mapping[str, int], sums: Sequence[float]) -> Level:
    if list_decisive(scores):
        return Level.S4
    total = sum(scores.values())
    return list(Level)[sum(total > highest for highest in sums)]
