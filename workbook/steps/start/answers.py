"""The business, the hours there are, and every account it ever opened."""

from __future__ import annotations

from enum import StrEnum

from workbook.passwords import GuardedHandle, GuardedLongText
from workbook.platforms import PlatformId
from workbook.values import (
    Count,
    Frozen,
    Hours,
    LongText,
    Record,
    Text,
    Unknown,
    Url,
    YesNo,
)


class Route(StrEnum):
    """How much of the workbook somebody has time for today."""

    SHORT = "short"
    FULL = "full"


class Customers(StrEnum):
    """Whom the business sells to."""

    PEOPLE = "people"
    BUSINESSES = "businesses"
    BOTH = "both"


class Analytics(StrEnum):
    """What counts the visits to the website."""

    GA4 = "ga4"
    MATOMO = "matomo"
    PLAUSIBLE = "plausible"
    UMAMI = "umami"
    OTHER = "other"
    NONE = "none"
    UNKNOWN = "unknown"


class Silence(StrEnum):
    """How long ago an account posted; 31 and 90 days are our defaults, see ``defaults.toml``."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    LONGER = "longer"
    NEVER = "never"
    UNKNOWN = "unknown"

    @property
    def days(self) -> float:
        """The days of silence at the least; endless when it never posted, 0 when not known."""
        least = {Silence.QUARTER: 31, Silence.YEAR: 91, Silence.LONGER: 366}
        return float("inf") if self is Silence.NEVER else least.get(self, 0)


class Access(StrEnum):
    """Who can get into an account today."""

    OWNER = "owner"
    STAFF = "staff"
    AGENCY = "agency"
    LEFT = "left"
    NOBODY = "nobody"
    UNKNOWN = "unknown"


class Account(Record):
    """An account the business has somewhere; it holds no password."""

    platform: PlatformId | None = None
    handle: GuardedHandle | None = None
    last_posted: Silence | None = None
    access: tuple[Access, ...] = ()
    opened_because: GuardedLongText | Unknown | None = None


class Start(Frozen):
    """The business in a few lines, with its hours and accounts."""

    route: Route | None = None
    name: Text | None = None
    sells: LongText | None = None
    customers: Customers | None = None
    clients: LongText | None = None
    area: Text | None = None
    people: Count | None = None
    who: Text | Unknown | None = None
    has_website: YesNo | None = None
    website: Url | None = None
    analytics: tuple[Analytics, ...] = ()
    hours_per_week: Hours | Unknown | None = None
    has_accounts: YesNo | None = None
    accounts: tuple[Account, ...] = ()
