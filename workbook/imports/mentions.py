"""Which places a few words name, whatever stands around them, and what is to be asked back.

Known names are looked for as whole words. What is left may be somebody's name: it is neither
returned nor told, only that there was something.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import TYPE_CHECKING, Final

from workbook.discovery import read_toml
from workbook.evidence.survey import find_platform, list_platform_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WORDS: Final = "imports/clients.toml"
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,255}")
_TOKEN = re.compile(r"[^\W_]+(?:’[^\W_]+)*|(?<=\s)[-–—](?=\s)|[,;|/+&:()\[\]=]")  # noqa: RUF001 - as people type them
_MARK = re.compile(
    r"\s*(?:[-*•·▪◦‣●○☐☑✓✔>–—]+(?=\D)|\[[ xX✓✔]?\]"  # noqa: RUF001 - as people type them
    r"|\(?\d{1,5}(?:[.)](?!\d)|:\s)|#\d{1,5}[.):]?\s|[a-z]\))\s*"
)
_MOST_MARKS = 3
_CLOSE = 0.83
"""How alike a word and a name have to be to ask; “tictok” is, “telegraph” is not."""
_SHORTEST = 5
"""Letters of the shortest word that is held against names; shorter ones are like too many."""
_PLACE, _WEAK, _FILLER, _NONE, _OTHER, _OPEN, _DENIAL, _WORD, _NUMBER, _GAP = range(10)
_STANDS_ALONE: Final = {_WEAK: {_WORD}, _NONE: {_WORD, _NUMBER}}
"""What must not stand beside a word for it to mean a place or none: “no. 7” means neither."""


@dataclass(frozen=True, slots=True)
class Mention:
    """What some words name; never the words themselves."""

    places: frozenset[str] = frozenset()
    """Places by their names in surveys."""
    meant: frozenset[str] = frozenset()
    """Places that a misspelt word comes close to."""
    unsettled: frozenset[str] = frozenset()
    """Words that may mean several places or none, such as “google”."""
    others: frozenset[str] = frozenset()
    """Known places that are none of the workbook's."""
    is_none: bool = False
    """Whether they say that there is no place."""
    is_denied: bool = False
    """Whether there is a word such as “not”."""
    is_numbered: bool = False
    """Whether a number stands right behind a place."""
    is_aside: bool = False
    """Whether other words are left, such as a name."""
    is_empty: bool = False
    """Whether there are no words at all."""

    @property
    def is_silent(self) -> bool:
        """Whether no place of any kind is named, meant or asked back."""
        return not (self.places or self.meant or self.unsettled or self.others)


@dataclass(slots=True)
class _Item:
    kind: int
    text: str


def collapse(text: str) -> str:
    """A text with each run of blanks made one; a tab parts like a semicolon."""
    return " ".join(text.replace("\t", ";").split())


def strip_marks(line: str) -> str:
    """A line without the mark of a list before it: a bullet, a number, a box."""
    for _ in range(_MOST_MARKS):
        mark = _MARK.match(line)
        if mark is None or not line[mark.end() :]:
            return line
        line = line[mark.end() :]
    return line


def find_mails(text: str) -> list[str]:
    """The e-mail addresses in a text."""
    return _MAIL.findall(text)


def find_mentions(text: str) -> Mention:
    """What a text names: places, words close to one, and what has to be asked back.

    Args:
        text: A line, a cell or a part of one.

    Returns:
        Places by their names in surveys, without any word that may be somebody's name.
    """
    mails = "@" in text and bool(_MAIL.search(text))
    plain = _MAIL.sub(" ", text) if mails else text
    items = _read_items(_tokens(plain))
    by_kind: dict[int, set[str]] = {kind: set() for kind in range(_GAP + 1)}
    for item in items:
        by_kind[item.kind].add(item.text)
    return Mention(
        places=frozenset(by_kind[_PLACE]),
        meant=frozenset(_find_meant(items)),
        unsettled=frozenset(by_kind[_OPEN]),
        others=frozenset(by_kind[_OTHER]),
        is_none=bool(by_kind[_NONE]),
        is_denied=bool(by_kind[_DENIAL]),
        is_numbered=_has_number(items),
        is_aside=bool(by_kind[_WORD] or mails),
        is_empty=not mails and all(item.kind == _GAP for item in items),
    )


def find_lead(text: str) -> str:
    """The words before the first place, in lower case, where each begins like a name; else none.

    They only serve to count nobody twice, and are dropped as soon as a list is read.
    """
    tokens = _tokens(text)
    named = {token.casefold() for token in tokens if token[0].isupper() or token[0].isdigit()}
    lead = []
    for item in _read_items(tokens):
        if item.kind in {_WORD, _NUMBER}:
            lead.append(item.text)
        elif item.kind not in {_FILLER, _GAP}:
            return " ".join(lead) if set(lead) <= named else ""
    return ""


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(f" {collapse(text)} ".replace("'", "’"))  # noqa: RUF001 - one apostrophe


def _read_items(tokens: Sequence[str]) -> list[_Item]:
    return _settle(list(_sort([token.casefold() for token in tokens])))


# -- words and phrases -------------------------------------------------------------------------


def _split(text: str) -> tuple[str, ...]:
    return tuple(word for word in _TOKEN.findall(f" {text.casefold()} ") if word[0].isalnum())


@cache
def _load_phrases() -> dict[tuple[str, ...], _Item]:
    """What a run of words means; longer runs go before shorter ones."""
    words = read_toml(WORDS)["mentions"]
    found: dict[tuple[str, ...], _Item] = {}
    weak, unsettled = set(words["weak"]), set(words["unsettled"])
    for name in list_platform_names():
        kind = _WEAK if name in weak else _PLACE
        if name not in unsettled and name not in words["unused"]:
            found[_split(name)] = _Item(kind, find_platform(name) or "")
    kinds = (("fillers", _FILLER), ("none", _NONE), ("denials", _DENIAL), ("unsettled", _OPEN))
    for key, kind in kinds:
        found |= {_split(phrase): _Item(kind, phrase) for phrase in words[key]}
    for label in words["others"]:
        found[_split(label)] = _Item(_OTHER, label)
    return found


@cache
def _longest() -> int:
    return max(map(len, _load_phrases()))


def _sort(tokens: Sequence[str]) -> Iterator[_Item]:
    """Each run of words as what it means; words that mean nothing here one by one."""
    at = 0
    while at < len(tokens):
        for length in range(min(_longest(), len(tokens) - at), 0, -1):
            item = _load_phrases().get(tuple(tokens[at : at + length]))
            if item:
                break
        else:
            length, item = 1, _Item(_kind_of(tokens[at]), tokens[at])
        yield item
        at += length


def _kind_of(token: str) -> int:
    if not token[0].isalnum():
        return _GAP
    return _NUMBER if token.isdigit() else _WORD


def _settle(items: list[_Item]) -> list[_Item]:
    """Everyday words such as “x” and “no” mean a place or none only where no other word is by."""
    settled = []
    for at, item in enumerate(items):
        beside = [each.kind for each in (*items[max(at - 1, 0) : at], *items[at + 1 : at + 2])]
        kind = item.kind
        if kind in _STANDS_ALONE:
            alone = _STANDS_ALONE[kind].isdisjoint(beside)
            kind = (_PLACE if kind == _WEAK else kind) if alone else _WORD
        settled.append(_Item(kind, item.text))
    return settled


def _has_number(items: list[_Item]) -> bool:
    """Whether a number, and nothing more, stands behind a place."""
    for at, item in enumerate(items):
        behind = [each.kind for each in items[at + 1 : at + 4]]
        if behind[:1] == [_GAP]:
            behind = behind[1:]
        if item.kind in {_PLACE, _OPEN} and behind[:1] == [_NUMBER] and behind[1:2] in ([], [_GAP]):
            return True
    return False


# -- misspelt names ----------------------------------------------------------------------------


@cache
def _candidates() -> tuple[tuple[str, frozenset[str], str], ...]:
    """Names of one word that others are held against, with their letters and their place."""
    weak = read_toml(WORDS)["mentions"]["weak"]
    plain = [name for name in list_platform_names() if name.isalpha() and name not in weak]
    return tuple(
        (name, frozenset(name), find_platform(name) or "")
        for name in plain
        if len(name) > _SHORTEST
    )


def _find_meant(items: list[_Item]) -> Iterator[str]:
    words = [item.text if item.kind == _WORD and item.text.isalpha() else "" for item in items]
    for word in filter(None, words):
        if len(word) >= _SHORTEST and (place := _find_close(word)):
            yield place
    for first, second in itertools.pairwise(words):
        if first and second and find_platform(first + second):
            yield find_platform(first + second) or ""


def _find_close(word: str) -> str | None:
    """The place whose name a word comes closest to, if it comes close at all."""
    letters = frozenset(word)
    best, found = _CLOSE, None
    for name, needed, place in _candidates():
        lacking = len(name) - _CLOSE * (len(name) + len(word)) / 2
        if len(needed - letters) > lacking:
            continue  # too few letters in common to come close, and cheaper to see
        ratio = SequenceMatcher(None, word, name).ratio()
        if ratio >= best:
            best, found = ratio, place
    return found
