"""Evidence for what misses the mark: what is there, not what anybody thinks of it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from workbook.values import Count, Day, Frozen, LongText, Record, Text, Unknown, YesNo


def _at_most(most: int) -> AfterValidator:
    def check(count: int) -> int:
        if count > most:
            raise PydanticCustomError("number-too-large", "number-too-large", {"most": str(most)})
        return count

    return AfterValidator(check)


OfTwenty = Annotated[Count, _at_most(20)]
"""How many of the last 20."""

OfTen = Annotated[Count, _at_most(10)]
"""How many of the last ten."""


class Extent(StrEnum):
    """How far something holds."""

    ALL = "all"
    SOME = "some"
    NONE = "none"
    UNKNOWN = "unknown"


class Yardstick(StrEnum):
    """What is looked at first to see whether social media works."""

    FOLLOWERS = "followers"
    REACH = "reach"
    VISITS = "visits"
    ENQUIRIES = "enquiries"
    NOTHING = "nothing"
    UNKNOWN = "unknown"


class Rule(StrEnum):
    """A rule that is written down."""

    VOICE = "voice"
    LINKING = "linking"
    CONDUCT = "conduct"
    COMPLAINTS = "complaints"
    NONE = "none"
    UNKNOWN = "unknown"


class When(StrEnum):
    """How long ago something happened."""

    WEEK = "week"
    MONTH = "month"
    LONGER = "longer"
    NEVER = "never"
    UNKNOWN = "unknown"


class Followers(StrEnum):
    """Who the people are that an account is mostly in touch with."""

    CLIENTS = "clients"
    MIXED = "mixed"
    COLLEAGUES = "colleagues"
    UNKNOWN = "unknown"


class Trace(StrEnum):
    """What can be looked up about visitors from social media."""

    SERVICES = "services"
    CONTACT = "contact"
    USED = "used"
    NONE = "none"
    UNKNOWN = "unknown"


class Partner(StrEnum):
    """Another part of the business that social media works hand in hand with."""

    ADVERTS = "adverts"
    PRINT = "print"
    PRESS = "press"
    SERVICE = "service"
    COUNTER = "counter"
    NONE = "none"
    UNKNOWN = "unknown"


class Evidence(Frozen):
    """One round of answers to the evidence questions."""

    reason_written: Extent | None = None
    goal_dated: YesNo | None = None
    miss_noticed: YesNo | None = None
    goal_words: LongText | Unknown | None = None
    yardstick: Yardstick | None = None
    rules: tuple[Rule, ...] = ()
    offers: OfTwenty | Unknown | None = None
    replies: Count | Unknown | None = None
    unanswered: Count | Unknown | None = None
    thanked: When | None = None
    about_us: OfTen | Unknown | None = None
    clients_there: OfTen | Unknown | None = None
    followers: Followers | None = None
    referrals_counted: YesNo | None = None
    hours_by_place: YesNo | None = None
    enquiry_source: YesNo | None = None
    traced: tuple[Trace, ...] = ()
    hours_fixed: YesNo | None = None
    partners: tuple[Partner, ...] = ()
    same_offer: YesNo | None = None


class Round(Record):
    """An earlier round of the diagnosis, kept to compare with.

    ``elsewhere_asked`` and ``elsewhere_found`` keep the signs that were read from the answers of
    other steps on that day, since those answers change.
    """

    day: Day
    evidence: Evidence
    elsewhere_asked: tuple[Text, ...] = ()
    elsewhere_found: tuple[Text, ...] = ()


class Diagnosis(Evidence):
    """The round at hand, and the earlier ones."""

    earlier: tuple[Round, ...] = ()
