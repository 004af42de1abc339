"""Drafts that hold the words of what is not the business's to show."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from workbook.discovery import read_toml
from workbook.tone.reading import read_phrase
from workbook.tone.vocabulary import load_vocabulary, read_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workbook.steps.mix.answers import Mix, Planned

WORDS = "steps/mix/unshown.toml"
_CLAUSE = re.compile(r"[,;:(–—]")  # noqa: RUF001 - dashes people type
_SENTENCE = re.compile(r"[.!?\n]+")
_PLURALS = (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"))
_SHORTEST = 3


class Unshown(NamedTuple):
    """A line of what is not to be shown, and the drafts in which its words stand together."""

    line: str
    entries: tuple[Planned, ...]


def find_unshown(mix: Mix) -> Iterator[Unshown]:
    """Each line whose words stand in one sentence of a planned entry, or of its topic."""
    drafts = [(entry, list(_read_draft(mix, entry))) for entry in mix.weeks]
    for line in read_lines(mix.not_ours):
        wanted = read_thing(line)
        found = tuple(
            entry for entry, parts in drafts if wanted and any(wanted <= part for part in parts)
        )
        if found:
            yield Unshown(line, found)


def read_thing(line: str) -> frozenset[str]:
    """The words that say what a line is about: without conditions, and each in the singular."""
    rules, usual = _load_words(), load_vocabulary().usual
    found: list[str] = []
    for word in read_phrase(_CLAUSE.split(line)[0].lower()):
        if word in rules["conditions"] and found:
            break
        bare = _bare(word)
        if word not in usual and len(bare) >= _SHORTEST and bare not in rules["empty"]:
            found.append(bare)
    return frozenset(found)


def _read_draft(mix: Mix, entry: Planned) -> Iterator[frozenset[str]]:
    """The words of each sentence that an entry would show."""
    topic = next((each for each in mix.topics if each.id == entry.topic), None)
    texts = [entry.text, entry.proof]
    texts += [topic.asked, topic.says, topic.proof] if topic else []
    for text in filter(None, texts):
        for sentence in _SENTENCE.split(text):
            yield frozenset(map(_bare, read_phrase(sentence.lower())))


def _bare(word: str) -> str:
    """A word in the singular, as far as its ending tells."""
    word = word.partition("'")[0]
    for ending, single in _PLURALS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word.removesuffix(ending) + single
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


@cache
def _load_words() -> dict[str, frozenset[str]]:
    words: dict[str, Iterable[str]] = read_toml(WORDS)
    return {name: frozenset(map(_bare, listed)) for name, listed in words.items()}
