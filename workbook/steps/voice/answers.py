"""How the business sounds: four scales, traits, situations, rewritten posts, and its word lists."""

from __future__ import annotations

from enum import StrEnum

from workbook.values import Frozen, LongText, Record, Scale, Text


class PostLanguage(StrEnum):
    """Which language the posts are written in; some rules can be counted in English only."""

    ENGLISH = "english"
    MIXED = "mixed"
    OTHER = "other"


class Situation(StrEnum):
    """What may have happened before a business writes."""

    PRAISE = "praise"
    QUESTION = "question"
    COMPLAINT = "complaint"
    OUTAGE = "outage"
    CRISIS = "crisis"
    JOKE = "joke"


class Jokes(StrEnum):
    """Whether the business may be funny in a situation."""

    NONE = "none"
    LIGHT = "light"
    FREE = "free"


class Trait(Record):
    """What the business is, and what that must not turn into."""

    trait: Text | None = None
    but_not: Text | None = None
    shows: LongText | None = None


class Moment(Record):
    """A situation: what the reader feels, and how the tone shifts."""

    situation: Situation | None = None
    feels: LongText | None = None
    shift: LongText | None = None
    jokes: Jokes | None = None


class Rewrite(Record):
    """A post of the business as it was, and as it should have been."""

    before: LongText | None = None
    after: LongText | None = None


class Voice(Frozen):
    """The voice stays the same; the tone follows the reader's state [N4]."""

    language: PostLanguage | None = None
    casual: Scale | None = None
    funny: Scale | None = None
    irreverent: Scale | None = None
    enthusiastic: Scale | None = None
    traits: tuple[Trait, ...] = ()
    moments: tuple[Moment, ...] = ()
    rewrites: tuple[Rewrite, ...] = ()
    avoided: LongText | None = None
    """Words the business does not want, one on each line; ``word = better`` offers another."""
    allowed: LongText | None = None
    """Words of our list that the business may use after all, one on each line."""
    names: LongText | None = None
    """Short forms of its name, and names of staff, that count as “we”, one on each line."""
    capitals: LongText | None = None
    """What it writes in capitals for good reason, one on each line."""
