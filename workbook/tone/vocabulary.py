"""The word lists behind the rules: ours in English, and those a business adds or takes away."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from workbook.discovery import read_toml
from workbook.tone.reading import read_phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

LISTS = "tone/english.toml"
MOST_WORDS_OF_ITS_OWN = 500
_SIGN = re.compile(r"[^\w\s'’‐‑.,&/-]")  # noqa: RUF001 - people type every kind of hyphen
"""What is no letter: a word with it is looked for as it stands, such as “100%”."""

_BULLET = re.compile(r"^\s*[-*•]\s+")
"""What people put before each line of a list."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A word or phrase to look for: how it is written, what for, whose it is, what is better."""

    kind: str
    text: str
    parts: tuple[str, ...]
    better: str = ""
    is_own: bool = False
    """Whether the business put it on the list."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """Words and phrases by their first word, the longest first; and mere signs such as “100%”."""

    by_first: Mapping[str, tuple[Entry, ...]]
    signs: tuple[tuple[str, Entry], ...]

    def find(self, parts: Sequence[str]) -> Iterator[Entry]:
        """Every entry that stands in the parts of a sentence; of each kind the longest there."""
        free: dict[str, int] = {}
        for at, part in enumerate(parts):
            for entry in self.by_first.get(part, ()):
                end = at + len(entry.parts)
                if at >= free.get(entry.kind, 0) and tuple(parts[at:end]) == entry.parts:
                    free[entry.kind] = end
                    yield entry


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Our lists for English."""

    entries: tuple[Entry, ...]
    you: frozenset[str]
    we: frozenset[str]
    capitals: frozenset[str]
    short_forms: frozenset[str]
    usual: frozenset[str]
    endings: tuple[str, ...]
    contractions: frozenset[str]
    pairs: Mapping[str, str] = field(default_factory=dict)


@cache
def load_vocabulary() -> Vocabulary:
    """Our English lists, ready to be looked for."""
    lists = read_toml(LISTS)
    plain = {name: _plain(lists[name]["words"]) for name in ("short_forms", "usual")}
    return Vocabulary(
        entries=tuple(_read_entries(lists)),
        you=_plain(lists["people"]["you"]),
        we=_plain(lists["people"]["we"]),
        capitals=frozenset(lists["capitals"]["words"]),
        short_forms=plain["short_forms"],
        usual=plain["usual"],
        endings=tuple(_plain(lists["contractions"]["endings"])),
        contractions=_plain(lists["contractions"]["words"]),
        pairs=lists["contractions"]["pairs"],
    )


def reads_english(text: str, percent: float) -> bool:
    """Whether at least so many per cent of a text's words are usual English ones."""
    parts, usual = read_phrase(text), load_vocabulary().usual
    return sum(part in usual for part in parts) * 100 >= percent * len(parts)


def _plain(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word.replace("\u2019", "'") for word in words)


def _read_entries(lists: Mapping[str, Any]) -> Iterator[Entry]:
    kinds = {
        name: lists[name] for name in ("hype", "promises", "proof", "jokes", "formal", "casual")
    }
    topics = {f"topic-{name}": words for name, words in lists["topics"].items()}
    for kind, words in {**kinds, **topics}.items():
        yield from read_entries(kind, words["words"])
        yield from (Entry(kind, sign, ()) for sign in words.get("signs", ()))


def read_entries(kind: str, lines: Iterable[str], *, is_own: bool = False) -> Iterator[Entry]:
    """A word or phrase of each line; ``premises = shop`` offers a better word."""
    for line in lines:
        text, _, better = (part.strip() for part in line.partition("="))
        if text:
            parts = () if _SIGN.search(text) else read_phrase(text)
            yield Entry(kind, text, parts, better, is_own)


def read_lines(text: str | None) -> tuple[str, ...]:
    """The words somebody listed, one on each line; so many at most as anybody keeps in mind."""
    bare = (_BULLET.sub("", line) for line in (text or "").split("\n"))
    lines = (" ".join(line.split()).strip(",;") for line in bare)
    return tuple(dict.fromkeys(line for line in lines if line))[:MOST_WORDS_OF_ITS_OWN]


def index_phrases(entries: Iterable[Entry]) -> Phrases:
    """Entries so that they are found fast; of two that are the same the first one counts."""
    by_first: dict[str, dict[tuple[str, tuple[str, ...]], Entry]] = {}
    signs: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        if entry.parts:
            known = by_first.setdefault(entry.parts[0], {})
            known.setdefault((entry.kind, entry.parts), entry)
        else:
            signs.setdefault((entry.kind, entry.text.lower()), entry)
    longest = {
        first: tuple(sorted(found.values(), key=lambda entry: -len(entry.parts)))
        for first, found in by_first.items()
    }
    return Phrases(longest, tuple((sign, entry) for (_, sign), entry in signs.items()))
