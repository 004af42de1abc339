"""How complaints are answered: opening hours, promises, people, and rules for the reply."""

from __future__ import annotations

from enum import StrEnum

from workbook.values import (
    Day,
    Frozen,
    LongText,
    Number,
    Record,
    Text,
    TimeOfDay,
    Unknown,
    YesNo,
    Zone,
)


class Weekday(StrEnum):
    """A day of the week, Monday first."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class Urgent(StrEnum):
    """Whether the clock of grave cases runs while the business is closed."""

    ALWAYS = "always"
    OPEN = "open"
    UNKNOWN = "unknown"


class Weekend(StrEnum):
    """What happens to messages while the business is closed for long."""

    DUTY = "duty"
    AUTO = "auto"
    EMAIL = "email"
    NOTHING = "nothing"
    UNKNOWN = "unknown"


class Channel(StrEnum):
    """Where a complaint is settled in private."""

    EMAIL = "email"
    PHONE = "phone"
    FORM = "form"
    MESSENGER = "messenger"
    INSTAGRAM = "instagram"
    WHATSAPP = "whatsapp"
    OTHER_DM = "other_dm"
    UNKNOWN = "unknown"

    @property
    def has_window(self) -> bool:
        """Whether free answers end 24 hours after the customer's last message [P14][P24]."""
        return self in {Channel.MESSENGER, Channel.INSTAGRAM, Channel.WHATSAPP}


class Stop(StrEnum):
    """The rule for when to stop answering."""

    USUAL = "usual"
    OWN = "own"
    NONE = "none"
    UNKNOWN = "unknown"


class ReviewSite(StrEnum):
    """A place where customers write reviews."""

    GOOGLE = "google"
    FACEBOOK = "facebook"
    YELP = "yelp"
    TRUSTPILOT = "trustpilot"
    TRIPADVISOR = "tripadvisor"
    OTHER = "other"
    NONE = "none"


class OpenHours(Record):
    """From opening to closing on some days; it may go on past midnight."""

    days: tuple[Weekday, ...] = ()
    opens: TimeOfDay | None = None
    closes: TimeOfDay | None = None


class ClosedDays(Record):
    """One day, or all from a first to a last, on which the business does not open."""

    first: Day | None = None
    last: Day | None = None
    what: Text | None = None


class Complaints(Frozen):
    """What the business promises, who answers, and how."""

    hours: tuple[OpenHours, ...] = ()
    zone: Zone | None = None
    closed: tuple[ClosedDays, ...] = ()
    weekend: Weekend | None = None
    weekend_who: Text | Unknown | None = None
    first_s1: Number | None = None
    first_s2: Number | None = None
    first_s3: Number | None = None
    first_s4: Number | None = None
    urgent: Urgent | None = None
    page_owner: Text | Unknown | None = None
    service_lead: Text | Unknown | None = None
    approver: Text | Unknown | None = None
    backup: Text | Unknown | None = None
    business_owner: Text | Unknown | None = None
    lawyer: Text | Unknown | None = None
    safety_contact: Text | Unknown | None = None
    holding_line: LongText | Unknown | None = None
    channel: Channel | None = None
    channel_address: Text | None = None
    put_right: LongText | Unknown | None = None
    initials: Text | None = None
    stop: Stop | None = None
    stop_words: LongText | None = None
    house_rules: LongText | Unknown | None = None
    hours_published: YesNo | None = None
    review_sites: tuple[ReviewSite, ...] = ()
