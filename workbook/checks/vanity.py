"""Recognises a goal that counts how seen or how busy a business is, in free text.

The words are in ``vanity.toml``. The rule is ours: what the number in a text counts decides; where
there is no number, what is named first. “20 new clients who follow our advice” is no vanity goal.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from workbook.content import BASE_LANGUAGE, load_words
from workbook.values import Frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

WORDS = "checks/vanity.toml"
_NUMBER, _GAP = "{n}", "~"
_MOST_GAP = 3
_NEAR = 5
"""How many words may stand between a number and what it counts."""
_PLURAL = 4
"""Letters of the shortest plural that is looked at, such as “cups”."""
_LONGEST = 300
"""Words of a text that are looked at; nobody's goal is longer."""
_LONGEST_IN_LETTERS = 4_000


class Replacement(Frozen):
    """A goal to put in the place of a vanity goal: its objective, measure and words."""

    objective: str
    metric: str
    indicator: str
    label: str
    wish: str


class Vanity(Frozen):
    """A vanity goal that was recognised: what it counts, how many, and why it is refused."""

    kind: str
    number: float | None = None
    reason: str
    instead: str
    sources: tuple[str, ...] = ()
    replacements: tuple[Replacement, ...] = ()
    """What to put in its place, the best fit first."""


@lru_cache(maxsize=512)
def recognise(text: str, language: str = BASE_LANGUAGE) -> Vanity | None:
    """The vanity goal in a text, or None when it holds none or something real is counted.

    Source of the kinds: lists of vanity metrics [M1][M2][M3]; the rule of what counts is ours.
    """
    tokens = _split(text)
    words = tuple(token.word for token in tokens)
    wanted = _find_patterns(words, language)
    if not wanted:
        return None
    around = load_words(WORDS, language)["around"]
    real = [*_find_real(words, language), *_find_things(words, wanted, around)]
    seen = [
        match
        for match in wanted
        if not (_is_refused(words, match, around) or _turns_real(words, match, real, around))
    ]
    match, number = _choose(tokens, seen, real, around["back"]) if seen else (None, None)
    return _describe(match.kind, number, language) if match else None


def _describe(kind: str, number: float | None, language: str) -> Vanity:
    about = load_words(WORDS, language)["kinds"][kind]
    first = about["objectives"]
    found = list_replacements(language, indicator=about["indicator"])
    return Vanity(
        kind=kind,
        number=number,
        reason=about["reason"],
        instead=about["instead"],
        sources=tuple(about["sources"]),
        replacements=tuple(
            sorted(
                found,
                key=lambda r: first.index(r.objective) if r.objective in first else len(first),
            )
        ),
    )


def list_replacements(
    language: str = BASE_LANGUAGE, *, indicator: str = ""
) -> tuple[Replacement, ...]:
    """One goal for each objective that can take the place of a vanity goal."""
    offers = load_words(WORDS, language)["offers"]
    return tuple(
        Replacement(objective=name, indicator=indicator, **offer) for name, offer in offers.items()
    )


# -- the text as words --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    number: float | None = None


_APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"
_SPLIT = re.compile(
    rf"(?P<digits>\d+(?:[.,{_APOSTROPHE} ]\d{{3}})+(?!\d)|\d+(?:[.,]\d+)?)"
    r"\s?(?P<unit>k|m|thousand|million)?\+?(?![a-z])"
    rf"|(?P<word>[^\W\d_]+(?:[{_APOSTROPHE}-][^\W\d_]+)*|\d+|%)"
)
_UNITS = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000, "hundred": 100}
_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_SMALL = {word: value for value, word in enumerate(_ONES, 1)} | {
    "a": 1, "eleven": 11, "twelve": 12, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
}  # fmt: skip


def _split(text: str) -> list[_Token]:
    plain = unicodedata.normalize("NFKC", text[:_LONGEST_IN_LETTERS]).casefold()
    plain = plain.replace("'", _APOSTROPHE)
    tokens = [_read_token(found) for found in _SPLIT.finditer(plain)]
    return list(_join_numbers(tokens[:_LONGEST]))


def _read_token(found: re.Match[str]) -> _Token:
    if found["digits"] is None:
        return _Token(found["word"])
    digits = re.sub(rf"[.,{_APOSTROPHE} ](?=\d{{3}}(?!\d))", "", found["digits"])
    number = float(digits.replace(",", "."))
    return _Token(_NUMBER, number * _UNITS.get(found["unit"] or "", 1))


def _join_numbers(tokens: list[_Token]) -> Iterator[_Token]:
    """Numbers in words: “ten thousand”, “a hundred”, “twelve”."""
    at = 0
    while at < len(tokens):
        here = tokens[at]
        following = tokens[at + 1].word if at + 1 < len(tokens) else ""
        small = here.number if here.number is not None else _SMALL.get(here.word)
        if small is not None and following in _UNITS:
            yield _Token(_NUMBER, small * _UNITS[following])
            at += 2
            continue
        is_number = here.word in _SMALL and here.word not in {"a", "one"}
        yield _Token(_NUMBER, _SMALL[here.word]) if is_number else here
        at += 1


# -- patterns in it -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Match:
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Pattern:
    kind: str
    words: tuple[str, ...]
    not_before: tuple[tuple[str, ...], ...] = ()
    not_after: tuple[tuple[str, ...], ...] = ()


_Patterns = dict[str, tuple[_Pattern, ...]]
"""Patterns by their first word."""


def _index(patterns: Iterable[_Pattern]) -> _Patterns:
    found: dict[str, list[_Pattern]] = {}
    for pattern in patterns:
        found.setdefault(pattern.words[0], []).append(pattern)
    return {word: tuple(group) for word, group in found.items()}


@cache
def _vanity_patterns(language: str) -> _Patterns:
    return _index(
        _Pattern(
            entry["kind"],
            tuple(phrase.split()),
            _phrases(entry.get("not_before", ())),
            _phrases(entry.get("not_after", ())),
        )
        for entry in load_words(WORDS, language)["patterns"]
        for phrase in entry["words"]
    )


@cache
def _real_patterns(language: str) -> _Patterns:
    return _index(
        _Pattern(group, tuple(phrase.split()))
        for group, phrases in load_words(WORDS, language)["real"].items()
        for phrase in phrases
    )


def _phrases(texts: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(text.split()) for text in texts)


def _find(words: tuple[str, ...], patterns: _Patterns) -> Iterator[tuple[_Pattern, int, int]]:
    for start, word in enumerate(words):
        for pattern in patterns.get(word, ()):
            if end := _end_of(words, start, pattern.words):
                yield pattern, start, end


def _find_patterns(words: tuple[str, ...], language: str) -> list[_Match]:
    found = [
        _Match(pattern.kind, start, end)
        for pattern, start, end in _find(words, _vanity_patterns(language))
        if not _follows(words, end, pattern.not_before)
        and not _precedes(words, start, pattern.not_after)
    ]
    return sorted(found, key=lambda m: (m.start, -m.end))


def _find_real(words: tuple[str, ...], language: str) -> list[_Match]:
    found = _find(words, _real_patterns(language))
    return [_Match(pattern.kind, start, end) for pattern, start, end in found]


def _find_things(
    words: tuple[str, ...], wanted: Sequence[_Match], around: dict[str, Any]
) -> Iterator[_Match]:
    """Whatever else a number counts: the plural right after it, unless it only serves to be seen.

    “2 cooks by March, they follow us” counts cooks; “3 prizes to get more followers” does not.
    """
    taken = {at for match in wanted for at in range(match.start, match.end)}
    purposes = _phrases(around["purpose"])
    for at, word in enumerate(words[1:], 1):
        plural = (
            word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) >= _PLURAL
        )
        if words[at - 1] != _NUMBER or at in taken or not plural or word in around["uncounted"]:
            continue
        if not any(_follows(words, later, purposes) for later in range(at, len(words))):
            yield _Match("things", at, at + 1)


def _end_of(words: tuple[str, ...], at: int, phrase: tuple[str, ...]) -> int:
    """Where the phrase that begins here ends, or 0 when it is not there."""
    if not phrase:
        return at
    if phrase[0] == _GAP:
        ends = (_end_of(words, at + gap, phrase[1:]) for gap in range(_MOST_GAP + 1))
        return next((end for end in ends if end), 0)
    if at < len(words) and words[at] == phrase[0]:
        return _end_of(words, at + 1, phrase[1:])
    return 0


def _precedes(words: tuple[str, ...], at: int, phrases: Iterable[tuple[str, ...]]) -> bool:
    return any(words[max(0, at - len(phrase)) : at] == phrase for phrase in phrases)


def _follows(words: tuple[str, ...], at: int, phrases: Iterable[tuple[str, ...]]) -> bool:
    return any(words[at : at + len(phrase)] == phrase for phrase in phrases)


def holds_two_measures(text: str, language: str = BASE_LANGUAGE) -> bool:
    """Whether a text joins two things to count by “and”: “more bookings and more reviews”."""
    words = tuple(token.word for token in _split(text))
    named = [m for m in _find_real(words, language) if m.kind in {"nouns", "people"}]
    named += _find_patterns(words, language)
    joints = load_words(WORDS, language)["around"]["and"]
    for at in range(len(words)):
        if not _follows(words, at, _phrases(joints)):
            continue
        left = [m for m in named if at - _NEAR <= m.end <= at]
        right = [m for m in named if at < m.start <= at + _NEAR]
        if left and right:
            sides = max(left, key=lambda m: m.end).kind, min(right, key=lambda m: m.start).kind
            return sides != ("people", "people")
    return False


# -- what is meant ------------------------------------------------------------------------------


def _is_refused(words: tuple[str, ...], match: _Match, around: dict[str, Any]) -> bool:
    """Whether the text turns away from it: “not followers but bookings”."""
    begin = match.start
    while begin and words[begin - 1] in around["between"]:
        begin -= 1
    away = _phrases(around["away"])
    return any(_precedes(words, at, away) for at in range(begin, match.start + 1))


def _turns_real(
    words: tuple[str, ...], match: _Match, real: Sequence[_Match], around: dict[str, Any]
) -> bool:
    """Whether the text turns it into something real: “followers who book”."""
    joint = words[match.end] if match.end < len(words) else ""
    verbs = {m.start for m in real if m.kind == "verbs"}
    if match.end in verbs or (joint == "to" and match.end + 1 in verbs):
        return True
    near = [m for m in real if match.end < m.start <= match.end + _NEAR]
    return (joint in around["into"] and bool(near)) or (
        joint in around["towards"] and any(m.kind == "pages" for m in near)
    )


def _choose(
    tokens: list[_Token], seen: list[_Match], real: list[_Match], back: Sequence[str]
) -> tuple[_Match | None, float | None]:
    """The vanity match that the text is about, with its number; None when it counts real things."""
    words = [token.word for token in tokens]
    places = [at for at, word in enumerate(words) if word == _NUMBER]
    counted = [
        (
            _named_before(at, seen, real) if at and words[at - 1] in back else None,
            _counted_by(at, seen, real),
            tokens[at].number,
        )
        for at in places
    ]
    bound = [(before or after, number) for before, after, number in counted]
    if any(match in real for match, _ in bound if match):
        return None, None
    numbered = next(((match, number) for match, number in bound if match), None)
    if numbered:
        return numbered
    nouns = [m.start for m in real if m.kind != "verbs"]
    if nouns and min(nouns) < seen[0].start:
        return None, None
    return seen[0], tokens[places[-1]].number if places else None


def _counted_by(at: int, seen: list[_Match], real: list[_Match]) -> _Match | None:
    """What the number at a place counts: the first thing named within it or soon after."""
    within = next((m for m in seen if m.start <= at < m.end), None)
    after = [m for m in (*seen, *real) if at < m.start <= at + _NEAR]
    nearest = min(after, key=lambda m: (m.start, -m.end), default=None)
    return within if within and nearest not in real else nearest


def _named_before(at: int, seen: list[_Match], real: list[_Match]) -> _Match | None:
    """What was named shortly before a number: “revenue by 10 %”."""
    before = [m for m in (*seen, *real) if at - _NEAR <= m.end <= at]
    return max(before, key=lambda m: m.end, default=None)
