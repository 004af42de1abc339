"""Evidence for what misses the mark: what is there, not what anybody thinks of it."""

from __future__ import annotations

from enum import StrEnum

from workbook.values import Count, Day, Frozen, LongText, Record, Unknown, YesNo


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
    offers: Count | Unknown | None = None
    replies: Count | Unknown | None = None
    unanswered: Count | Unknown | None = None
    thanked: When | None = None
    about_us: Count | Unknown | None = None
    clients_there: Count | Unknown | None = None
    followers: Followers | None = None
    referrals_counted: YesNo | None = None
    hours_by_place: YesNo | None = None
    enquiry_source: YesNo | None = None
    traced: tuple[Trace, ...] = ()
    hours_fixed: YesNo | None = None
    partners: tuple[Partner, ...] = ()
    same_offer: YesNo | None = None


class Round(Record):
    """An earlier round of the diagnosis, kept to compare with."""

    day: Day
    evidence: Evidence


class Diagnosis(Evidence):
    """The round at hand, and the earlier ones."""

    earlier: tuple[Round, ...] = ()
