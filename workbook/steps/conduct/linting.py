"""Reads a policy for staff and points at what forbids more than it needs to.

The rules and their phrases are in ``overbroad.toml``; they are in English. A policy is cut into
sentences and the entries of its lists, and an entry is read together with the line above its
list (“Employees must not:”). The work grows with the length of the text and nothing else.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING, Any

from workbook.content import BASE_LANGUAGE, load_words
from workbook.values import Frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

RULES = "steps/conduct/overbroad.toml"
LONGEST_SENTENCE = 600
"""Characters that are read as one sentence; a longer one is read in pieces of this length."""
_SAME = str.maketrans({"'": "’", "‘": "’", "ʼ": "’", "`": "’", "\xa0": " ", "\t": " ", "\n": " "})  # noqa: RUF001 - people type them all
_ENTRY = re.compile(r"^[ \t]*(?:[-*•·–—▪◦‣]|\(?\d{1,2}[.)]|\(?[a-z][.)])[ \t]+")  # noqa: RUF001 - so lists are typed
_END = re.compile(r"(?<!\be\.g)(?<!\bi\.e)(?<!\bInc)(?<!\bLtd)(?<!\bCo)[.!?…;]+[”’\")]*(?=\s|$)")  # noqa: RUF001 - closing quotation marks


class Rule(Frozen):
    """A kind of rule for staff that forbids more than it needs to, and a narrower one."""

    id: str
    label: str
    why: str
    narrower: str


class Hit(Frozen):
    """A sentence of a policy that a rule points at, and where it stands in the text."""

    rule: str
    sentence: str
    start: int
    end: int
    listed: bool
    """Whether it is an entry of a list, read together with the line above it."""
    marks: tuple[tuple[int, int], ...] = ()
    """Where in the text the phrases stand that gave it away."""


class _Piece(Frozen):
    start: int
    end: int
    lead: str = ""


def load_rules(language: str = BASE_LANGUAGE) -> dict[str, Rule]:
    """The rules by their id, in a language where they are translated."""
    words = load_words(RULES, language)["rules"]
    return {
        name: Rule(id=name, **{key: str(word[key]) for key in ("label", "why", "narrower")})
        for name, word in words.items()
    }


def lint(text: str) -> tuple[Hit, ...]:
    """What in a policy forbids more than it needs to, in the order of the text."""
    plain = text.translate(_SAME)
    found: list[Hit] = []
    seen: dict[str, tuple[tuple[str, tuple[tuple[int, int], ...]], ...]] = {}
    for piece in _cut(text):
        lead, shift = (f"{piece.lead} ", len(piece.lead) + 1) if piece.lead else ("", 0)
        whole = lead + plain[piece.start : piece.end]
        if whole not in seen:
            seen[whole] = tuple(_judge(whole, shift))
        for rule, spans in seen[whole]:
            place = piece.start - shift
            marks = tuple((a + place, b + place) for a, b in spans if a >= shift)
            sentence = text[piece.start : piece.end]
            found.append(
                Hit(
                    rule=rule,
                    sentence=sentence,
                    start=piece.start,
                    end=piece.end,
                    listed=bool(lead),
                    marks=marks,
                )
            )
    return tuple(found)


def narrow(text: str, hits: Sequence[Hit], language: str = BASE_LANGUAGE) -> str:
    """The text with narrower wording in the place of what was pointed at.

    Each rule's wording comes once; a tag is exchanged by itself. Where entries of a list are
    taken out, the wording stands in a paragraph at the end, since it does not follow their lead.
    """
    mine, said = {hit.rule for hit in hits}, set[str]()
    for _ in range(_ROUNDS):
        if not hits:
            break
        text = _exchange(text, hits, said, load_rules(language))
        # what stood below a line that is gone reads differently now
        hits = [hit for hit in lint(text) if hit.rule in mine]
    return text


def _exchange(text: str, hits: Sequence[Hit], said: set[str], rules: Mapping[str, Rule]) -> str:
    """The text with each hit exchanged; ``said`` holds the rules whose wording is in it."""
    after: list[str] = []
    cuts: dict[tuple[int, int], str] = {}
    for hit in hits:
        wording = rules[hit.rule].narrower
        if hit.rule == TAGS:
            cuts |= dict.fromkeys(hit.marks, wording)
            continue
        new = "" if hit.rule in said or hit.listed else wording
        if hit.listed and hit.rule not in said:
            after.append(wording)
        said.add(hit.rule)
        place = (hit.start, hit.end)
        cuts[place] = f"{cuts.get(place, '')} {new}".strip() or _GONE
    pieces, at = [], 0
    for start, end in _keep_outer(cuts):
        pieces += [text[at:start], cuts[start, end]]
        at = end
    return "\n\n".join([_tidy("".join([*pieces, text[at:]])), *after]).strip()


def _keep_outer(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The places in order, without those that lie in a larger one."""
    kept: list[tuple[int, int]] = []
    for place in sorted(places, key=lambda place: (place[0], -place[1])):
        if not kept or place[0] >= kept[-1][1]:
            kept.append(place)
    return kept


_ROUNDS = 10

TAGS = "tags"
"""The rule whose finding is about a word, not about a sentence."""


_GONE = "\0"
"""Stands where something was taken out, until the text is tidied."""


def _tidy(text: str) -> str:
    """The text without the marks of what was taken out, and without lines above empty lists.

    “Staff must not:” with nothing left below it would turn the meaning of what comes next.
    """
    lines: list[str] = []
    for line in text.split("\n"):
        gone = _GONE in line and not re.search(r"\w", _ENTRY.sub("", line))
        if gone:
            lines.append(_GONE)
            continue
        if lines and lines[-1] == _GONE and not line.strip():
            _drop_lead(lines)
        lines.append(line)
    if lines[-1] == _GONE:
        _drop_lead(lines)
    kept = "\n".join(line for line in lines if line != _GONE).replace(_GONE, "")
    return re.sub(r"\n{3,}", "\n\n", re.sub(r" {2,}", " ", kept)).strip()


def _drop_lead(lines: list[str]) -> None:
    """Take away the line above a list of which every entry is gone."""
    while lines and lines[-1] == _GONE:
        lines.pop()
    if lines and lines[-1].rstrip().endswith(":"):
        lines.pop()


def has_savings(text: str) -> bool:
    """Whether a policy says that it does not limit what the law protects."""
    return _pattern("free").search(text.translate(_SAME)) is not None


# -- cutting a text into sentences ---------------------------------------------------------------


def _cut(text: str) -> Iterator[_Piece]:
    """Sentences and entries of lists; an entry carries the line above its list."""
    lead = ""
    for start, end, is_entry in _list_blocks(text):
        above = lead if is_entry else ""
        for first, last in _list_sentences(text, start, end):
            yield _Piece(start=first, end=last, lead=above)
        line = text[start:end].rstrip()
        if line.endswith(":"):
            lead = line.translate(_SAME)[-LONGEST_SENTENCE // 2 :]
        elif not is_entry:
            lead = ""


def _list_blocks(text: str) -> Iterator[tuple[int, int, bool]]:
    """Paragraphs and entries: a line that begins with a mark, or any line below a lead."""
    start: int | None = None
    at, is_entry, below = 0, False, False
    for line in text.split("\n"):
        bare, match = line.strip(), _ENTRY.match(line)
        if start is not None and (not bare or match or below):
            yield start, at - 1, is_entry
            start = None
        if bare and start is None:
            start, is_entry = at + (match.end() if match else 0), bool(match) or below
        below = bare.endswith(":") or (below and bool(bare))
        at += len(line) + 1
    if start is not None:
        yield start, at - 1, is_entry


def _list_sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where sentences begin and end; after a colon, what is parted by semicolons stays whole."""
    first = start
    for match in _END.finditer(text, start, end):
        yield from _trim(text, first, match.end())
        first = match.end()
    yield from _trim(text, first, end)


def _trim(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST_SENTENCE:
        space = text.rfind(" ", start, start + LONGEST_SENTENCE)
        cut = space if space > start else start + LONGEST_SENTENCE
        yield start, cut
        start = cut
    if start < end:
        yield start, end


# -- looking at one sentence ---------------------------------------------------------------------


def _judge(whole: str, shift: int) -> Iterator[tuple[str, tuple[tuple[int, int], ...]]]:
    """The rules that a sentence breaks, each with the phrases by which; they end behind a lead."""
    there = _meet(whole)
    spans: dict[str, list[tuple[int, int]]] = {}

    def find(group: str) -> list[tuple[int, int]]:
        if group not in spans:
            met = _pattern(group).finditer(whole) if group in there else ()
            spans[group] = [match.span() for match in met]
        return spans[group]

    for name, rule in _forms().items():
        for form, groups in rule.items():
            way = _follow([find(group) for group in form]) if groups <= there else []
            if way and way[-1][1] > shift:
                if not any(find(group) for group in _rules()[name]["unless"]):
                    yield name, tuple(find(form[0]) if name == TAGS else way)
                break


def _follow(groups: list[list[tuple[int, int]]]) -> list[tuple[int, int]]:
    """The first phrases of all groups one after another, each close behind the one before."""
    ways = [[span] for span in groups[0]]
    for spans in groups[1:]:
        ends = [way[-1][1] for way in ways]
        longer = []
        for span in spans:
            before = bisect_right(ends, span[0]) - 1
            if before >= 0 and span[0] - ends[before] <= _gap():
                longer.append([*ways[before], span])
        ways = longer
    return ways[0] if ways else []


def _meet(whole: str) -> frozenset[str]:
    """The groups of which a sentence may have a phrase, by the longest word of each phrase."""
    exact, begun = _index()
    met: set[str] = set()
    for word in set(_WORD.findall(whole.lower())):
        met |= exact.get(word, _NONE)
        for stem, groups in begun.get(word[:_KEY], ()):
            if word.startswith(stem):
                met |= groups
    return frozenset(met)


_WORD = re.compile(r"#?\w+")
_KEY = 3
_NONE: frozenset[str] = frozenset()


@cache
def _words() -> Mapping[str, Any]:
    return load_words(RULES)


def _rules() -> Mapping[str, Any]:
    rules: Mapping[str, Any] = _words()["rules"]
    return rules


@cache
def _gap() -> int:
    return int(_words()["gap"])


@cache
def _forms() -> dict[str, dict[tuple[str, ...], frozenset[str]]]:
    """The forms of each rule, each with its groups."""
    return {
        name: {tuple(form): frozenset(form) for form in rule["forms"]}
        for name, rule in _rules().items()
    }


@cache
def _pattern(group: str) -> re.Pattern[str]:
    """Any phrase of a group, the longest first, as whole words."""
    phrases = sorted(_words()["phrases"][group], key=len, reverse=True)
    either = "|".join(_write_pattern(phrase) for phrase in phrases)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)


def _write_pattern(phrase: str) -> str:
    words = [re.escape(word).replace(r"\*", r"\w*") for word in phrase.split()]
    return " +".join(words)


@cache
def _index() -> tuple[dict[str, frozenset[str]], dict[str, tuple[tuple[str, frozenset[str]], ...]]]:
    """The groups by the longest word of their phrases: whole words, and how words begin."""
    exact: dict[str, set[str]] = {}
    begun: dict[str, set[str]] = {}
    for group, phrases in _words()["phrases"].items():
        for phrase in phrases:
            word = max(re.findall(r"#?\w+\*?", phrase), key=len)
            home = begun if word.endswith("*") and len(word) > _KEY else exact
            home.setdefault(word.rstrip("*"), set()).add(group)
    by_key: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for stem, groups in begun.items():
        by_key.setdefault(stem[:_KEY], []).append((stem, frozenset(groups)))
    kept = {word: frozenset(groups) for word, groups in exact.items()}
    return kept, {key: tuple(stems) for key, stems in by_key.items()}
