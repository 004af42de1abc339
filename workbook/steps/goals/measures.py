"""What can be counted for a goal, and at which stage between work and result it stands."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from workbook.content import BASE_LANGUAGE, load_words
from workbook.values import Frozen, clean_text

_FOLDER = "steps/goals"


class Metric(Frozen):
    """A number that can show a goal, as ``metrics.toml`` describes it."""

    id: str
    label: str
    stage: str
    objectives: tuple[str, ...]
    formula: str
    unit: str
    unit_one: str = ""
    """How a number of one reads, for counts."""
    count: bool
    period: Literal["", "week", "month", "quarter"] = ""
    longer: str = ""
    good: Literal["up", "down"]
    source_hint: str


class Stage(Frozen):
    """One of the stages from what is put in to what comes of it."""

    id: str
    label: str
    meaning: str
    goal: bool
    """Whether a goal may stand here; elsewhere there are only early signs."""
    sources: tuple[str, ...]


@cache
def load_metrics(language: str = BASE_LANGUAGE) -> dict[str, Metric]:
    """Every measure by its id, in the order of the list on the page."""
    entries = load_words(f"{_FOLDER}/metrics.toml", language)["metrics"]
    return {key: Metric(id=key, **entry) for key, entry in entries.items()}


@cache
def load_stages(language: str = BASE_LANGUAGE) -> dict[str, Stage]:
    """The stages by their ids, in order from input to impact."""
    entries = load_words(f"{_FOLDER}/stages.toml", language)
    return {key: Stage(id=key, **entry) for key, entry in entries.items()}


@cache
def _thin_words(language: str) -> tuple[tuple[tuple[str, ...], ...], frozenset[str]]:
    words = load_words(f"{_FOLDER}/thin_reasons.toml", language)
    phrases = sorted((tuple(p.split()) for p in words["thin"]), key=len, reverse=True)
    return tuple(phrases), frozenset(words["empty"])


def is_thin_reason(text: str, language: str = BASE_LANGUAGE) -> bool:
    """Whether a reason to be somewhere says no more than that everybody is there."""
    phrases, empty = _thin_words(language)
    words = _plain_words(text)
    meaning = [word for word in words if word not in empty]
    if not words or len(words) > 20:  # noqa: PLR2004 - whoever writes more than that has a reason
        return False
    left = tuple(words)
    thin = False
    for phrase in phrases:
        while (at := _place_of(left, phrase)) is not None:
            left = (*left[:at], *left[at + len(phrase) :])
            thin = True
    return thin and (not meaning or all(word in empty for word in left))


def _plain_words(text: str) -> list[str]:
    plain = clean_text(text).casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    plain = re.sub(r"\b(it|everyone|everybody|that|competition)'s\b", r"\1 is", plain)
    return re.findall(r"[^\W\d_]+", plain)


def _place_of(words: tuple[str, ...], phrase: tuple[str, ...]) -> int | None:
    return next(
        (at for at in range(len(words)) if words[at : at + len(phrase)] == phrase),
        None,
    )
