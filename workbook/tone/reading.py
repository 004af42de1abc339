"""Posts taken apart for counting: sentences, words, syllables, in any script.

Nothing here judges: it only says what stands where.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from workbook.values import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST_WORD = 60
"""Letters; what is longer is an address, a code or a slip, and no word of a language."""

_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0dff\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u200c\u200d"
)
"""Vowel signs and other marks that belong to the letter before them."""
_PART = rf"[\w{_MARKS}]++"
_WORD = re.compile(rf"{_PART}(?:['\u2019\u2010\u2011-]{_PART})*")  # “)*+” fails before 3.11.5
_PLAIN = {"\u2019": "'", "-": "\n", "\u2010": "\n", "\u2011": "\n"}
"""An apostrophe is plain in the parts of a sentence, and a hyphen parts them."""
_LINE_WRAP = re.compile(r"(?<=[^\s.!?\u2026:;])\n(?=[a-z])")
_EMOJI_SIGN = (
    "\U0001f300-\U0001faff\u2600-\u27bf\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55"
    "\u231a\u231b\u23e9-\u23fa"
)
EMOJI = re.compile(
    rf"[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f?\u20e3|"
    rf"[{_EMOJI_SIGN}][\ufe0f\U0001f3fb-\U0001f3ff]*+(?:\u200d[{_EMOJI_SIGN}][\ufe0f\U0001f3fb-\U0001f3ff]*+)*"
)
"""One picture, whatever it is put together from: a flag, a key, a family."""
_END = re.compile(
    r"(?<![.!?\u2026])[.!?\u2026]++[\"'\u201d\u2019)\]]*+(?=\s|$)"
    r"|[\u3002\uff01\uff1f\u061f\u06d4\u0964]+"
    rf"|(?<![{_EMOJI_SIGN}\ufe0f])[{_EMOJI_SIGN}\ufe0f]++(?=\s+[^\W\d_])"
)
HASHTAG = re.compile(rf"(?<![\w&/#])#([\w{_MARKS}]*+)")
_ADDRESS = ("http://", "https://", "www.")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_FANCY = str.maketrans(
    {
        **{chr(wide): chr(wide - 0xFEE0) for wide in range(0xFF10, 0xFF5B)},
        **{
            chr(0x1D400 + alphabet * len(_LETTERS) + at): letter
            for alphabet in range(13)
            for at, letter in enumerate(_LETTERS)
        },
        "\u02bc": "'",
        "\u00ad": "",
        "\u200b": "",
    }
)
"""Letters that only look different (bold, script, wide), as the letters people read in them."""


class Sentence(NamedTuple):
    """A sentence with its place: the post, counted from 1, and its number in the post."""

    draft: int
    number: int
    text: str
    words: tuple[str, ...]
    """The words as they were written."""
    parts: tuple[str, ...]
    """The same in small letters with plain apostrophes, taken apart at hyphens."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One post: its text, its sentences, its hashtags and pictures, and whether it leads on."""

    number: int
    text: str
    sentences: tuple[Sentence, ...]
    hashtags: tuple[str, ...]
    emoji: int
    has_link: bool

    @property
    def words(self) -> int:
        """How many words it has."""
        return sum(len(sentence.words) for sentence in self.sentences)


_Known = dict[str, tuple[tuple[str, ...], tuple[str, ...]]]
"""The words and parts of sentences already taken apart: people repeat themselves."""


def read_drafts(texts: Iterable[str]) -> tuple[Draft, ...]:
    """The posts taken apart; empty ones are left out, and the others keep their order."""
    cleaned = (clean_text(text) for text in texts)
    known: _Known = {}
    return tuple(_read_draft(n, text, known) for n, text in enumerate(filter(None, cleaned), 1))


def _read_draft(number: int, text: str, known: _Known) -> Draft:
    hashtags = tuple(tag for tag in HASHTAG.findall(text) if any(c.isalpha() for c in tag))
    return Draft(
        number=number,
        text=text,
        sentences=tuple(_read_sentences(number, text, known)),
        hashtags=hashtags if "#" in text else (),
        emoji=0 if text.isascii() else sum(1 for _ in EMOJI.finditer(text)),
        has_link=any(mark in text.lower() for mark in _ADDRESS),
    )


def _read_sentences(draft: int, text: str, known: _Known) -> Iterator[Sentence]:
    number = 0
    for line in _LINE_WRAP.sub(" ", text).split("\n"):
        for piece in _split_line(line):
            if piece not in known:
                found = read_words(piece)
                known[piece] = found, _take_apart(found)
            words, parts = known[piece]
            if words:
                number += 1
                yield Sentence(draft, number, piece, words, parts)


def _split_line(line: str) -> Iterator[str]:
    start = 0
    for match in _END.finditer(line):
        if match[0] == "." and _is_short_form(line, match.start()):
            continue
        if piece := line[start : match.end()].strip():
            yield piece
        start = match.end()
    if piece := line[start:].strip():
        yield piece


def _is_short_form(line: str, at: int) -> bool:
    """Whether a full stop belongs to a word such as “e.g.” or “Mr.”, or to a single letter."""
    before = line[max(0, at - 12) : at].rpartition(" ")[2].lower().strip("(“\"'")
    return before in _short_forms() or (len(before) == 1 and before.isalpha() and before != "i")


@cache
def _short_forms() -> frozenset[str]:
    from workbook.tone.vocabulary import load_vocabulary  # noqa: PLC0415 - it reads words too

    return load_vocabulary().short_forms


def read_words(text: str) -> tuple[str, ...]:
    """The words of a text as they were written; addresses, handles, and hashtags at its end not.

    A hyphen or an apostrophe inside a word does not part it.
    """
    if not text.isascii():
        text = text.translate(_FANCY)
    if "@" in text or "#" in text or "//" in text or "www." in text:
        text = " ".join(_keep_words(text.split()))
    words = _WORD.findall(text)
    return tuple(filter(_is_word, words) if "_" in text else words)


def _is_word(word: str) -> bool:
    return bool(word.strip("_"))


def _keep_words(chunks: list[str]) -> Iterator[str]:
    last = len(chunks)
    while last and chunks[last - 1].startswith("#"):
        last -= 1
    for chunk in chunks[:last]:
        if "@" not in chunk and not chunk.lower().startswith(_ADDRESS):
            yield chunk


def _take_apart(words: tuple[str, ...]) -> tuple[str, ...]:
    joined = "\n".join(words).lower()
    for sign, plain in _PLAIN.items():
        if sign in joined:
            joined = joined.replace(sign, plain)
    return tuple(joined.split("\n")) if joined else ()


def read_phrase(text: str) -> tuple[str, ...]:
    """A word or phrase as the parts by which it is found in a sentence; empty for mere signs."""
    plain = text if text.isascii() else text.translate(_FANCY)
    return _take_apart(tuple(_WORD.findall(plain)))


# -- syllables ---------------------------------------------------------------------------------

_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_END = re.compile(r"(?:[^aeiouyl]e|[aeiouy]le|[^aeiouytd]ed|[^aeiouyscgxzh]es)$")


@cache
def _load_hyphens() -> Any:  # noqa: ANN401 - pyphen has no types
    from pyphen import Pyphen  # noqa: PLC0415 - loaded when a text is measured

    return Pyphen(lang="en_US", left=2, right=2)


def count_syllables(words: Iterable[str]) -> dict[str, int]:
    """The syllables of English words in small letters, at least one each.

    The larger of two counts: the places at which pyphen's dictionary would hyphenate a word, which
    never parts a single letter from it, and the groups of vowels that are spoken. No word stays in
    memory afterwards.
    """
    hyphens = _load_hyphens()
    try:
        return {word: _count(word, hyphens) for word in set(words)}
    finally:
        hyphens.hd.cache.clear()


def _count(word: str, hyphens: Any) -> int:  # noqa: ANN401 - pyphen has no types
    spoken = len(_VOWELS.findall(word)) - bool(_SILENT_END.search(word))
    if len(word) > LONGEST_WORD:
        return max(1, spoken)
    return max(1, spoken, len(hyphens.positions(word)) + 1)
