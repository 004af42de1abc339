"""Signs by which a post is told, read from the lexicon, and found in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from workbook.discovery import read_toml
from workbook.steps.mix.answers import PostClass
from workbook.tone.reading import read_phrase
from workbook.tone.vocabulary import index_phrases, read_entries

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook.tone.vocabulary import Phrases

LEXICON = "mix/lexicon.toml"
OWN_PAGE = "own_page"
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_TAIL = re.compile(r"(?:\s|#\w+|@\w+|[^\w\s?.!”\u2019\"')])+$")
"""What may follow the last sentence: hashtags, names, pictures."""
_LONGEST = 5000
"""Letters of a post that are looked at; no platform lets a short post be longer."""
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
    where: str
    form: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The signs ready to be looked for, and the weights from which a post is told."""

    signs: Mapping[str, Sign]
    phrases: Phrases
    patterns: tuple[_Pattern, ...]
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
    entries = (
        entry
        for name, sign in words["signs"].items()
        for entry in read_entries(name, (w.replace("'", "\u2019") for w in sign.get("words", ())))
    )
    patterns = tuple(
        _Pattern(signs[name], frozenset(sign.get("near", "")), sign.get("where", ""), _form(sign))
        for name, sign in words["signs"].items()
        if sign.get("patterns")
    )
    return Lexicon(
        signs=signs,
        phrases=index_phrases(entries),
        patterns=patterns,
        kinds=tuple(PostClass(kind) for kind in words["kinds"]),
        promotion=float(words["weights"]["promotion"]),
        other=float(words["weights"]["other"]),
        pages=frozenset(words["pages"]["words"]),
    )


def _form(sign: Mapping[str, list[str]]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in sign["patterns"]))


def find_addresses(text: str) -> tuple[str, ...]:
    """The web addresses in a text."""
    if "http" not in text and "www." not in text and "HTTP" not in text and "WWW." not in text:
        return ()
    return tuple(match.rstrip(".,;:!?)”\u2019\"'") for match in _ADDRESS.findall(text[:_LONGEST]))


def find_signs(text: str, addresses: tuple[str, ...] = ()) -> dict[str, Hit]:
    """Every sign in a post by its id, each once, with the first words it was found by.

    Args:
        text: The post as it was written.
        addresses: Its web addresses, which are left out of what is looked at.
    """
    lexicon = load_lexicon()
    plain = text[:_LONGEST]
    if addresses:
        plain = _ADDRESS.sub(" ", plain)
    plain = plain.replace("\u2019", "'").lower()
    found: dict[str, Hit] = {}
    for entry in lexicon.phrases.find(read_phrase(plain.replace("#", " "))):
        found.setdefault(entry.kind, Hit(lexicon.signs[entry.kind], entry.text))
    for hit in _match(plain.strip(), lexicon):
        found.setdefault(hit.sign.id, hit)
    return found


def _match(plain: str, lexicon: Lexicon) -> Iterator[Hit]:
    letters = set(plain)
    ending: str | None = None
    for sign, near, where, form in lexicon.patterns:
        if near and not near & letters:
            continue
        if where == "end":
            ending = _TAIL.sub("", plain[-_END:]) if ending is None else ending
            match = form.search(ending)
        else:
            match = form.match(plain) if where == "start" else form.search(plain)
        if match:
            yield Hit(sign, match[0].strip())
