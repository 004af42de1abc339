"""How people get in touch, what counts them, who reads it, and the numbers themselves."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, NamedTuple

from pydantic import AfterValidator, Field, model_validator

from workbook.platforms import PlatformId
from workbook.values import (
    Count,
    Day,
    Frozen,
    Money,
    Number,
    Record,
    Text,
    Unknown,
    Url,
    YesNo,
)

if TYPE_CHECKING:
    from collections.abc import Iterable


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
_ROW = re.compile(r"(?:(\d{1,5})(?:x(\d{1,5}))?:)?([\d.,]{0,200})", re.ASCII)
_FIGURE = re.compile(r"\d{1,13}(?:\.\d{1,4})?", re.ASCII)


class KeptRow(NamedTuple):
    """What one stretch of days brought, in the order of what its import tells."""

    begins: int
    """Days after the first day of the import."""
    days: int
    """How many days it is of; 0 where the file names none."""
    figures: tuple[float | None, ...]
    """Whole but for hours; None for what the file cannot tell here."""


@lru_cache(maxsize=2048)
def read_rows(text: str) -> tuple[KeptRow, ...]:
    """The rows of one place out of their short form.

    ``3,1,0;4,,1;7x7:9,2,0`` are three rows of three figures: of the first day, of the next day
    with a figure that is not told, and of a week that begins seven days after that. A row of one
    day that follows the one before needs no days written.

    Raises:
        ValueError: The text has another form.
    """
    found, at = list[KeptRow](), -1
    for part in text.split(";") if text else ():
        match = _ROW.fullmatch(part)
        if match is None:
            raise ValueError("rows are not as they are written")
        gap, days, figures = match.groups()
        at = max(at, 0) + int(gap) if gap else at + 1
        row = KeptRow(at, int(days or "1"), tuple(map(_read_figure, figures.split(","))))
        if row.begins + row.days > MOST_DAYS:
            raise ValueError("rows reach too far")
        found.append(row)
    return tuple(found)


def _read_figure(text: str) -> float | None:
    if not text:
        return None
    if not _FIGURE.fullmatch(text):
        raise ValueError("a figure is no number")
    return float(text) if "." in text else int(text)


def write_rows(rows: Iterable[KeptRow]) -> str:
    """Rows in the order of their days in the short form that ``read_rows`` reads."""
    parts, at = [], -1
    for row in rows:
        figures = ",".join(map(_write_figure, row.figures))
        follows = row.begins == at + 1 and row.days == 1
        length = "" if row.days == 1 else f"x{row.days}"
        parts.append(figures if follows else f"{row.begins - max(at, 0)}{length}:{figures}")
        at = row.begins
    return ";".join(parts) or ("0:" if parts else "")


def _write_figure(figure: float | None) -> str:
    """A figure with at most four digits after the point."""
    if figure is None:
        return ""
    return f"{figure:.4f}".rstrip("0").rstrip(".")


def _check_rows(text: str) -> str:
    read_rows(text)
    return text


class KeptPlace(Frozen):
    """What one place brought, row by row, with nothing of whom it was."""

    platform: _Name = ""
    """An id of ``platforms/``; empty for visits that name no network."""
    rows: Annotated[str, AfterValidator(_check_rows)] = ""
    """As ``write_rows`` writes them."""


class KeptCounts(Frozen):
    """What one import told, added up by place and day."""

    source: _Name | None = None
    """The format it was read as; never the name of the file."""
    read_on: Day | None = None
    first: Day | None = None
    """The day that rows count from; None where the file names no days."""
    told: tuple[Column, ...] = ()
    used_is_times: bool = False
    """Whether “used” says how often it was done, and not in how many visits."""
    places: tuple[KeptPlace, ...] = ()

    @model_validator(mode="after")
    def _hold_shape(self) -> KeptCounts:
        width = len(self.told)
        for place in self.places:
            if any(len(row.figures) != width for row in read_rows(place.rows)):
                raise ValueError("a kept row does not have the figures of its import")
        return self


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
    hour_cost: Money | Unknown | None = None
    """What an hour of the work costs the business, in its own currency, as the two below."""
    spend: Money | Unknown | None = None
    """What is spent beside the hours in a month."""
    lead_worth: Money | Unknown | None = None
    """What an enquiry is worth on average, those counted in that come to nothing."""
    numbers: tuple[PlaceNumbers, ...] = ()
    imports: tuple[KeptImport, ...] = ()
    """What files told, in the order in which they were read."""
