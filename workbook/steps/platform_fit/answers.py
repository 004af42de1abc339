"""Which places the business is in, within its hours, and what becomes of its other accounts."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from workbook.passwords import GuardedText
from workbook.platforms import PlatformId
from workbook.values import (
    AnyMinutes,
    Count,
    Day,
    Frozen,
    Id,
    Kind,
    LongText,
    Number,
    Record,
    Text,
    Unknown,
    YesNo,
)


class Form(StrEnum):
    """What can be posted, as ``fit/effort.toml`` knows it."""

    TEXT = "text"
    IMAGE = "image"
    CAROUSEL = "carousel"
    SHORT_VIDEO = "short_video"
    LONG_VIDEO = "long_video"
    STORY = "story"
    ARTICLE = "article"
    NEWSLETTER = "newsletter"
    NONE = "none"


class Action(StrEnum):
    """What becomes of an account."""

    KEEP = "keep"
    PARK = "park"
    MERGE = "merge"
    ARCHIVE = "archive"
    DELETE = "delete"
    RECOVER = "recover"
    UNKNOWN = "unknown"


class Place(Record):
    """What the business knows of a place besides who is there; empty is to be found out."""

    platform: PlatformId | None = None
    serves: YesNo | None = None
    answers: YesNo | None = None
    posts: Number | None = None
    minutes: AnyMinutes | None = None
    replies: Number | None = None


class FurtherPlace(Record):
    """A place kept beside the first one, with the reason."""

    platform: PlatformId | None = None
    reason: LongText | None = None


class Fate(Record):
    """What becomes of one account, and who does it until when."""

    account: Annotated[Id, Kind("entry:start.accounts")] | None = None
    action: Action | None = None
    leads_to: PlatformId | None = None
    who: GuardedText | None = None
    due: Day | None = None


class PlatformFit(Frozen):
    """What the team can do, the places chosen, and the fate of every account."""

    hands: Count | Unknown | None = None
    makes: tuple[Form, ...] = ()
    places: tuple[Place, ...] = ()
    first: PlatformId | None = None
    first_because: LongText | None = None
    further: tuple[FurtherPlace, ...] = ()
    exception: LongText | None = None
    exception_by: Text | None = None
    fates: tuple[Fate, ...] = ()
