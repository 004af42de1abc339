"""The rules a business set itself for how it sounds, made of its plan by one function."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from workbook.content import default_of
from workbook.tone.vocabulary import (
    Entry,
    Phrases,
    index_phrases,
    load_vocabulary,
    read_entries,
    read_lines,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook.plan import Plan

STEP = "voice"


class Rule(StrEnum):
    """What is looked at, in the order in which it is told."""

    HUMOUR = "humour"
    PROMISES = "promises"
    HYPE = "hype"
    READING_EASE = "reading_ease"
    MEAN_SENTENCE = "mean_sentence"
    LONGEST_SENTENCE = "longest_sentence"
    CONTRACTIONS = "contractions"
    REGISTER = "register"
    EXCLAMATIONS = "exclamations"
    CAPITALS = "capitals"
    HASHTAGS = "hashtags"
    HASHTAG_CASE = "hashtag_case"
    EMOJI = "emoji"
    YOU_WE = "you_we"


ENGLISH_ONLY = frozenset(
    {Rule.READING_EASE, Rule.CONTRACTIONS, Rule.REGISTER, Rule.PROMISES, Rule.HUMOUR, Rule.YOU_WE}
)
"""Rules that rest on English words or syllables."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit, and whose it is: ours as long as the business set none of its own."""

    value: float
    sense: Literal["most", "least"]
    is_own: bool = False

    def allows(self, number: float) -> bool:
        """Whether a number is within."""
        return number <= self.value if self.sense == "most" else number >= self.value


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything drafts are held against.

    ``limits`` has no entry for a rule that this voice does not call for; ``english`` is None
    where posts are written in several languages or it was not said.
    """

    english: bool | None
    casual: int | None
    funny: int | None
    irreverent: int | None
    enthusiastic: int | None
    limits: Mapping[Rule, Limit]
    phrases: Phrases
    entries: tuple[Entry, ...]
    """The words and phrases in a list, as they are looked for."""
    names: tuple[tuple[str, ...], ...]
    """The names of the business and its people, each by its parts."""
    capitals: frozenset[str]
    pooled_words: float
    """How many words a measure of reading ease needs, all drafts together."""
    english_share: float
    """Percent of usual English words below which a text is hardly English."""
    is_playful: bool
    """Whether the voice is so funny that some subjects need the eye of somebody."""
    is_casual: bool | None
    """Casual, formal, or neither."""


def rules_of(plan: Plan) -> Rules:
    """The rules of a plan; where it says nothing, our defaults hold."""
    voice = plan.voice
    entries, phrases = _index(voice.avoided, voice.allowed, english=_is_english(plan))
    names = (plan.start.name or "", *read_lines(voice.names))
    return Rules(
        english=_is_english(plan),
        casual=voice.casual,
        funny=voice.funny,
        irreverent=voice.irreverent,
        enthusiastic=voice.enthusiastic,
        limits=_limit(plan),
        phrases=phrases,
        entries=entries,
        names=tuple(e.parts for e in read_entries("names", names) if e.parts),
        capitals=load_vocabulary().capitals | {word.upper() for word in read_lines(voice.capitals)},
        pooled_words=default_of(plan, f"{STEP}.pooled_words"),
        english_share=default_of(plan, f"{STEP}.english_share"),
        is_playful=voice.funny is not None and voice.funny > default_of(plan, f"{STEP}.funny_from"),
        is_casual=_lean(plan),
    )


def _is_english(plan: Plan) -> bool | None:
    return {"english": True, "other": False}.get(str(plan.voice.language or ""))


def _lean(plan: Plan) -> bool | None:
    """Whether the voice is casual, formal, or neither; the two lie as far from their ends."""
    place, casual = plan.voice.casual, default_of(plan, f"{STEP}.casual_from")
    if place is None:
        return None
    return True if place >= casual else False if place <= 100 - casual else None


@lru_cache(maxsize=64)
def _index(
    avoided: str | None, allowed: str | None, *, english: bool | None
) -> tuple[tuple[Entry, ...], Phrases]:
    """Our words without those the business allows, and its own; not English: only its own."""
    own = tuple(read_entries("hype", read_lines(avoided), is_own=True))
    if english is False:
        return own, index_phrases(own)
    spared = {_key(entry) for entry in read_entries("hype", read_lines(allowed))}
    ours = load_vocabulary().entries
    entries = own + tuple(e for e in ours if e.kind != "hype" or _key(e) not in spared)
    return entries, index_phrases(entries)


def _key(entry: Entry) -> tuple[str, ...]:
    return entry.parts or (entry.text.lower(),)


_FIXED: dict[Rule, Literal["most", "least"]] = {
    Rule.READING_EASE: "least",
    Rule.MEAN_SENTENCE: "most",
    Rule.LONGEST_SENTENCE: "most",
    Rule.CAPITALS: "most",
    Rule.HASHTAGS: "most",
    Rule.EMOJI: "most",
    Rule.YOU_WE: "least",
}
"""Rules whose limit is a number that holds for every voice."""
_NONE = (Rule.HUMOUR, Rule.PROMISES, Rule.HYPE, Rule.HASHTAG_CASE)
"""Rules that allow none at all."""


def _limit(plan: Plan) -> dict[Rule, Limit]:
    limits = {rule: _read_limit(plan, rule.value, sense) for rule, sense in _FIXED.items()}
    limits |= {rule: Limit(0, "most") for rule in _NONE}
    lean, enthusiastic = _lean(plan), plan.voice.enthusiastic
    if lean is not None:
        limits[Rule.REGISTER] = Limit(0, "most")
    if lean:
        limits[Rule.CONTRACTIONS] = _read_limit(plan, "contractions", "least")
    if enthusiastic is not None and enthusiastic < default_of(plan, f"{STEP}.calm_below"):
        limits[Rule.EXCLAMATIONS] = _read_limit(plan, "exclamations", "most")
    return limits


def _read_limit(plan: Plan, name: str, sense: Literal["most", "least"]) -> Limit:
    path = f"{STEP}.{name}"
    return Limit(default_of(plan, path), sense, path in plan.own_defaults)
