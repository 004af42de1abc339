"""The reply linter: looks at a drafted answer for what makes complaints worse.

It shows the rule and the words, never a grade. The rules are a synthesis of advice on public
replies [Q17][Q18][Q19]; the words are in ``reply.toml``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from workbook.complaint.personal import find_personal
from workbook.content import BASE_LANGUAGE, load_words
from workbook.tone.vocabulary import reads_english
from workbook.values import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

WORDS = "complaint/reply.toml"
PARTS = frozenset({"name", "topic", "action", "deadline"})
"""What a full reply to a complaint has."""
LONGEST = 20_000
"""Characters of a reply that are looked at; no network takes so many."""
_GAP = re.compile(r"\[[^\[\]\n]{1,80}\]")
_CLOCK = re.compile(r"\b\d{1,2}(?::\d{2}|\s?(?:am|pm|a\.m\.|p\.m\.|o'clock))", re.IGNORECASE)
_DATE = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]{2,8}\b|\b\d{1,2}\.\d{1,2}\.")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_SENTENCE = re.compile(r"(?<=[.!?\n])\s+")
_SHORTEST_TOPIC = 3
_STEM = 5
_NEAR = 4
"""How many words may stand between “we will” and what is done."""
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule found in a reply: its id, the words it found, and what to do."""

    id: str
    what: str
    do: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a reply belongs to, as far as it is known.

    Args:
        needs: The parts it must have: name, topic, action, deadline.
        name: What the person is called there.
        topic: What it is about, in a few words.
        said: What the person wrote.
        limit: The most characters the network takes; 0 where there is no limit.
        platform: The name of the network.
        allowed: Addresses and numbers of the business itself.
        may_give: What the team may promise, in the words of the plan; None where nobody said.
        english_share: Per cent of usual English words below which a text is in another language.
    """

    needs: frozenset[str] = PARTS
    name: str = ""
    topic: str = ""
    said: str = ""
    limit: int = 0
    platform: str = ""
    allowed: tuple[str, ...] = ()
    may_give: str | None = None
    english_share: float = 0.0


def check_reply(
    text: str, setting: Setting | None = None, language: str = BASE_LANGUAGE
) -> tuple[Fault, ...]:
    """The faults of a reply, those that can hurt somebody first; none when it is fine.

    Of one that is not judged by its words, only what needs none is told: see ``is_judged``.
    """
    setting = setting or Setting()
    whole = clean_text(text)
    words = load_words(WORDS, language)
    if not whole:
        return (_word(words, "empty"),)
    shown = whole[:LONGEST]
    if not is_judged(shown, setting, language):
        return (
            *_find_personal(words, shown, setting, language),
            *_find_long(words, whole, setting),
            *_find_gaps(words, shown),
        )
    bare = _flatten(_GAP.sub("", shown))
    return (
        *_find_personal(words, shown, setting, language),
        *_find_asked(words, bare),
        *(
            fault
            for kind in ("blame", "feel", "canned", "promise")
            for fault in _find(words, kind, bare)
        ),
        *_find_gifts(words, bare, setting),
        *_find_missing(words, shown, setting),
        *_find_long(words, whole, setting),
        *_find_gaps(words, shown),
    )


def is_judged(text: str, setting: Setting, language: str) -> bool:
    """Whether a text is judged by its words: our words are English, and so is the page or it."""
    return language == BASE_LANGUAGE or reads_english(text[:LONGEST], setting.english_share)


def count_signs(text: str) -> int:
    """The length of a text as a network counts it at the most: wide signs and emoji are two."""
    plain = unicodedata.normalize("NFC", text)
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in plain)


def _word(words: Mapping[str, Any], fault: str, quote: str = "", **values: object) -> Fault:
    said = words["faults"][fault]
    shown = quote if len(quote) <= _SHOWN else quote[: _SHOWN - 1] + "…"
    filled = {"quote": shown, **values}
    return Fault(fault, said["what"].format(**filled), said["do"].format(**filled), shown)


def _flatten(text: str) -> str:
    """Text in small letters, with straight apostrophes and single blanks."""
    return " ".join(text.replace("\u2019", "'").lower().split(" "))


@cache
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for whole phrases; a star at the end of one stands for the rest of the word."""
    one_of = "|".join(re.escape(phrase).replace(r"\*", r"\w*") for phrase in phrases)
    return re.compile(rf"(?<!\w)(?:{one_of})(?!\w)")


def _spans(words: Mapping[str, Any], kind: str, bare: str, key: str = "words") -> Iterator[str]:
    for match in _pattern(tuple(words[kind][key])).finditer(bare):
        yield match[0]


def _find(words: Mapping[str, Any], kind: str, bare: str) -> Iterator[Fault]:
    for quote in dict.fromkeys(_spans(words, kind, bare)):
        yield _word(words, kind, quote)


def _find_personal(
    words: Mapping[str, Any], text: str, setting: Setting, language: str
) -> Iterator[Fault]:
    for detail in find_personal(text, setting.allowed, language):
        yield _word(words, detail.kind, detail.quote)


def _find_asked(words: Mapping[str, Any], bare: str) -> Iterator[Fault]:
    """Details that are asked for in a sentence that names no private place."""
    for sentence in _SENTENCE.split(bare):
        asked = next(_spans(words, "asked", sentence), "")
        if asked and next(_spans(words, "asked", sentence, "around"), None) is None:
            yield _word(words, "asked", asked)


def _find_gifts(words: Mapping[str, Any], bare: str, setting: Setting) -> Iterator[Fault]:
    """What is given away without the plan allowing it."""
    allowed = _flatten(setting.may_give or "")
    for quote in dict.fromkeys(_spans(words, "gift", bare)):
        if quote not in allowed:
            yield _word(words, "gift", quote)


def _find_long(words: Mapping[str, Any], whole: str, setting: Setting) -> Iterator[Fault]:
    count = count_signs(whole)
    if setting.limit and count > setting.limit:
        most, platform = setting.limit, setting.platform
        yield _word(words, "long", count=count, most=most, platform=platform)


def _find_gaps(words: Mapping[str, Any], whole: str) -> Iterator[Fault]:
    for quote in dict.fromkeys(_GAP.findall(whole)):
        yield _word(words, "gap", quote)


# -- what a reply has --------------------------------------------------------------------------


def _find_missing(words: Mapping[str, Any], whole: str, setting: Setting) -> Iterator[Fault]:
    bare = _flatten(whole)
    if "name" in setting.needs and not _has_name(words, whole, bare, setting.name):
        yield _word(words, "name")
    if "topic" in setting.needs and not _has_topic(words, bare, setting):
        yield _word(words, "topic")
    if "action" in setting.needs:
        actions = find_actions(words, bare)
        if not actions:
            yield _word(words, "action")
        elif len(actions) > 1:
            yield _word(words, "actions", "; ".join(actions), count=len(actions))
    if "deadline" in setting.needs and not _has_deadline(words, whole, bare):
        yield _word(words, "deadline")


def _has_name(words: Mapping[str, Any], whole: str, bare: str, name: str) -> bool:
    """Whether the name is there; where it is not known, whether somebody is greeted by one."""
    if name.strip():
        first = _flatten(name).split()[0].lstrip("@")
        return first in bare
    start = _SENTENCE.split(whole, maxsplit=1)[0]
    if start.startswith(("@", "[")) or re.search(r"\[[^\]]*\]", start):
        return True
    greeted = _pattern(tuple(words["greeting"]["words"])).match(_flatten(start))
    if greeted is None:
        return bool(re.match(r"[A-Z][\w'-]+,", start))
    return bool(re.match(r"[\s,]*@?[^\W\d_a-z][\w'’-]*", start[greeted.end() :]))  # noqa: RUF001 - people type both


def _has_topic(words: Mapping[str, Any], bare: str, setting: Setting) -> bool:
    """Whether reply and complaint share a word that carries meaning."""
    source = _flatten(setting.topic or setting.said)[:LONGEST]
    common = set(words["topic"]["not_before"])
    telling = {
        word[:_STEM]
        for word in _WORD.findall(source)
        if len(word) >= _SHORTEST_TOPIC and word not in common
    }
    if not telling or _GAP.search(bare):
        return True
    return any(word[:_STEM] in telling for word in _WORD.findall(bare) if word not in common)


def find_actions(words: Mapping[str, Any], bare: str) -> tuple[str, ...]:
    """What the writer says to do, each as it stands; coming back is no action.

    A gap after “we will” counts as the action that is still to be written.
    """
    starts = _pattern(tuple(words["action"]["words"]))
    done, back = (_pattern(tuple(words["action"][key])) for key in ("real", "not_after"))
    found = []
    for sentence in _SENTENCE.split(bare):
        for start in starts.finditer(sentence):
            rest = sentence[start.end() :]
            near = " ".join(rest.split()[:_NEAR])
            act = done.search(near)
            if _GAP.match(rest.strip()):
                found.append(start[0] + rest[: rest.index("]") + 1])
            elif act and not back.search(near):
                found.append(f"{start[0]} {near[: act.end()]}")
    return tuple(dict.fromkeys(found))


def _has_deadline(words: Mapping[str, Any], whole: str, bare: str) -> bool:
    if _CLOCK.search(bare) or _DATE.search(whole) or next(_spans(words, "deadline", bare), None):
        return True
    before, units = ("|".join(map(re.escape, words["deadline"][key])) for key in ("around", "real"))
    return bool(re.search(rf"\b(?:{before})\s+\S+\s+(?:\S+\s+)?(?:{units})\b", bare)) or any(
        "day" in gap for gap in _GAP.findall(bare)
    )
