"""How people get in touch, what counts them, who reads it, and the numbers themselves."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StrictInt, model_validator

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


class Column(StrEnum):
    """What a file tells of a place, in the order in which rows hold it."""

    SESSIONS = "sessions"
    SERVICES = "services"
    CONTACT = "contact"
    USED = "used"
    HOURS = "hours"


MOST_DAYS = 40_000
"""Days that kept rows may be apart; more than a century."""
_Name = Annotated[str, Field(pattern=r"^[a-z0-9_]{0,40}$")]
_Figure = Annotated[StrictInt, Field(ge=0, le=10**12)] | Annotated[float, Field(ge=0)] | None
_ROW_HEAD = 2


class KeptPlace(Frozen):
    """What one place brought: a row for each stretch of days, with nothing of whom it was.

    A row holds how many days after the first day of the import it begins, how many days it is
    of (0 where the file names none), and then a figure for each column that the import tells.
    """

    platform: _Name = ""
    """An id of ``platforms/``; empty for visits that name no network."""
    rows: tuple[tuple[_Figure, ...], ...] = ()


class KeptCounts(Frozen):
    """What one import told, added up by place and day."""

    source: _Name | None = None
    """The format it was read as; never the name of the file."""
    read_on: Day | None = None
    first: Day | None = None
    """The day that rows count from; None where the file names no days."""
    told: tuple[Column, ...] = ()
    places: tuple[KeptPlace, ...] = ()

    @model_validator(mode="after")
    def _hold_shape(self) -> KeptCounts:
        width = _ROW_HEAD + len(self.told)
        if any(not _fits(row, width) for place in self.places for row in place.rows):
            raise ValueError("a kept row does not have the shape of its import")
        return self


def _fits(row: tuple[_Figure, ...], width: int) -> bool:
    days = [each for each in row[:_ROW_HEAD] if isinstance(each, int)]
    return len(row) == width and len(days) == _ROW_HEAD and sum(days) <= MOST_DAYS


class KeptImport(Record):
    """One import that the plan keeps; a later one of the same source replaces its days."""

    what: KeptCounts


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
    imports: tuple[KeptImport, ...] = ()
    """What files told, in the order in which they were read."""
