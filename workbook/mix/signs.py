"""Signs by which a post is told, read from the lexicon, and found in a text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from workbook.discovery import read_toml
from workbook.steps.mix.answers import PostClass
from workbook.tone.reading import read_phrase
from workbook.tone.vocabulary import read_entries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

LEXICON = "mix/lexicon.toml"
OWN_PAGE = "own_page"
_Key = TypeVar("_Key", bound=Hashable)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_TAIL = re.compile(r"(?:\s|#\w+|@\w+|[^\w\s?.!”\u2019\"')])+$")
"""What may follow the last sentence: hashtags, names, pictures."""
_LONGEST = 5000
"""Letters of a post that are looked at; no platform lets a short post be longer."""
_TWO = 2
_END = 400
"""Letters in which a post may end."""


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that speaks for a kind of post, or with a weight below zero against it."""

    id: str
    kind: PostClass
    weight: float


class Hit(NamedTuple):
    """A sign that was found, and the words it was found by."""

    sign: Sign
    words: str


class _Pattern(NamedTuple):
    sign: Sign
    near: frozenset[str]
    when: frozenset[str]
    where: str
    form: re.Pattern[str]


class _Phrase(NamedTuple):
    sign: Sign
    parts: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The signs ready to be looked for, and the weights from which a post is told."""

    signs: Mapping[str, Sign]
    words: Mapping[str, tuple[_Phrase, ...]]
    """Single words."""
    phrases: Mapping[tuple[str, ...], tuple[_Phrase, ...]]
    """Longer ones by their first two words."""
    patterns: tuple[_Pattern, ...]
    near: str
    """Every letter that some pattern waits for."""
    when: frozenset[str]
    """Every word that some pattern waits for."""
    kinds: tuple[PostClass, ...]
    promotion: float
    other: float
    pages: frozenset[str]


@cache
def load_lexicon() -> Lexicon:
    """Our signs, read once."""
    words = read_toml(LEXICON)
    signs = {
        name: Sign(name, PostClass(sign["kind"]), float(sign["weight"]))
        for name, sign in words["signs"].items()
    }
    phrases = [
        _Phrase(signs[name], entry.parts, entry.text)
        for name, sign in words["signs"].items()
        for entry in read_entries(name, (w.replace("'", "\u2019") for w in sign.get("words", ())))
    ]
    patterns = tuple(
        _Pattern(
            signs[name],
            frozenset(sign.get("near", "")),
            frozenset(sign.get("when", ())),
            sign.get("where", ""),
            _form(sign),
        )
        for name, sign in words["signs"].items()
        if sign.get("patterns")
    )
    return Lexicon(
        signs=signs,
        words=_index((each.parts[0], each) for each in phrases if len(each.parts) == 1),
        phrases=_index((each.parts[:_TWO], each) for each in phrases if len(each.parts) > 1),
        patterns=patterns,
        near="".join(sorted(frozenset().union(*(each.near for each in patterns)))),
        when=frozenset().union(*(each.when for each in patterns)),
        kinds=tuple(PostClass(kind) for kind in words["kinds"]),
        promotion=float(words["weights"]["promotion"]),
        other=float(words["weights"]["other"]),
        pages=frozenset(words["pages"]["words"]),
    )


def _index(phrases: Iterable[tuple[_Key, _Phrase]]) -> dict[_Key, tuple[_Phrase, ...]]:
    """Phrases by their first word or words."""
    found: defaultdict[_Key, list[_Phrase]] = defaultdict(list)
    for first, phrase in phrases:
        found[first].append(phrase)
    return {first: tuple(group) for first, group in found.items()}


def _form(sign: Mapping[str, list[str]]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in sign["patterns"]))


def find_addresses(text: str) -> tuple[str, ...]:
    """The web addresses in a text."""
    if "http" not in text and "www." not in text and "HTTP" not in text and "WWW." not in text:
        return ()
    return tuple(match.rstrip(".,;:!?)”\u2019\"'") for match in _ADDRESS.findall(text[:_LONGEST]))


class Looked(NamedTuple):
    """What was found in a text: signs by their ids, and its words in small letters."""

    hits: dict[str, Hit]
    parts: tuple[str, ...]


def find_signs(text: str, addresses: tuple[str, ...] = ()) -> Looked:
    """Every sign in a post by its id, each once, with the words it was found by.

    Args:
        text: The post as it was written.
        addresses: Its web addresses, which are left out of what is looked at.
    """
    lexicon = load_lexicon()
    plain = text[:_LONGEST]
    if addresses:
        plain = _ADDRESS.sub(" ", plain)
    plain = plain.replace("\u2019", "'").lower()
    parts = read_phrase(plain.replace("#", " "))
    there = frozenset(parts)
    found: dict[str, Hit] = {}
    for sign, words in _find_words(parts, there, lexicon):
        found.setdefault(sign.id, Hit(sign, words))
    for hit in _match(plain.strip(), there, lexicon):
        found.setdefault(hit.sign.id, hit)
    return Looked(found, parts)


def _find_words(
    parts: tuple[str, ...], there: frozenset[str], lexicon: Lexicon
) -> Iterator[tuple[Sign, str]]:
    """Phrases before single words, since they say more."""
    pairs = frozenset(pairwise(parts))
    for pair in sorted(pairs & lexicon.phrases.keys()):
        for sign, wanted, text in lexicon.phrases[pair]:
            if len(wanted) == _TWO or _holds(parts, wanted):
                yield sign, text
    for word in sorted(lexicon.words.keys() & there):
        for sign, _, text in lexicon.words[word]:
            yield sign, text


def _holds(parts: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """Whether some words stand in a row among others."""
    length = len(wanted)
    return any(parts[at : at + length] == wanted for at in range(len(parts) - length + 1))


def _match(plain: str, there: frozenset[str], lexicon: Lexicon) -> Iterator[Hit]:
    letters = frozenset(filter(plain.__contains__, lexicon.near))
    known = there & lexicon.when
    ending: str | None = None
    for sign, near, when, where, form in lexicon.patterns:
        if (near and near.isdisjoint(letters)) or (when and when.isdisjoint(known)):
            continue
        if where == "end":
            ending = _TAIL.sub("", plain[-_END:]) if ending is None else ending
            match = form.search(ending)
        else:
            match = form.match(plain) if where == "start" else form.search(plain)
        if match:
            yield Hit(sign, match[0].strip())
