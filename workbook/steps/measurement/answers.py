"""How people get in touch, what counts them, who reads it, and the numbers themselves."""

from __future__ import annotations

from enum import StrEnum

from workbook.platforms import PlatformId
from workbook.values import Count, Day, Frozen, Number, Record, Text, Unknown, Url, YesNo


class ContactWay(StrEnum):
    """A way in which people get in touch."""

    FORM_THANKS = "form_thanks"
    FORM = "form"
    BOOKING = "booking"
    CHAT = "chat"
    PHONE = "phone"
    EMAIL = "email"
    WALK_IN = "walk_in"


class Banner(StrEnum):
    """Whether visitors are asked before they are counted."""

    NONE = "none"
    BANNER = "banner"
    UNKNOWN = "unknown"


class ReadingDay(StrEnum):
    """The day on which the numbers are read."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"
    FIRST = "first"


class PlaceNumbers(Record):
    """What was counted for one place over some days; empty is what nobody can tell.

    ``visits`` are those from the place; ``services``, ``contact`` and ``used`` are how many of
    them saw the two pages and got in touch. ``leads`` and ``referrals`` are people, however they
    got in touch.
    """

    platform: PlatformId | None = None
    first: Day | None = None
    last: Day | None = None
    visits: Count | None = None
    services: Count | None = None
    contact: Count | None = None
    used: Count | None = None
    leads: Count | None = None
    referrals: Count | None = None
    hours: Number | None = None


class Measurement(Frozen):
    """How contact is counted, who reads the numbers, and what was counted so far."""

    contact_ways: tuple[ContactWay, ...] = ()
    thanks_page: Url | None = None
    event: Text | None = None
    tally: YesNo | None = None
    banner: Banner | None = None
    campaign: Text | None = None
    reader: Text | Unknown | None = None
    reading_day: ReadingDay | None = None
    next_reading: Day | None = None
    numbers: tuple[PlaceNumbers, ...] = ()
