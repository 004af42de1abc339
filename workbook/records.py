"""What imports produce: cases and added-up visits and hours, without anybody's name or words.

A record holds no name, no address, no text of a message; texts of posts are checked and dropped,
and have no record. Figures come from these by ``complaint.measures`` and ``measurement.results``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Case:
    """One complaint, question, review or ticket: when it came, and what became of it when.

    Every moment knows its zone. ``None`` means that the file does not say.
    """

    key: str
    """Tells whether two rows are the same case; a digest, from which nothing can be read back."""
    seen_at: datetime
    has_time: bool = True
    """Whether the file gave a time of day with it, and not the day alone."""
    platform: str = ""
    """An id of ``platforms/``, or empty where the file names none of them."""
    channel: str = ""
    """Where it came in, in the words of the source, when that is no platform: ``email``."""
    is_answered: bool | None = None
    replied_at: datetime | None = None
    """The first reply of a person."""
    resolved_at: datetime | None = None
    waiting_minutes: float | None = None
    """Business minutes spent waiting for the customer, as the help desk counted them."""
    needs_answer: bool = True
    promised_at: datetime | None = None
    """When the customer was told that it would be settled."""
    severity: int | None = None
    """1 to 4."""
    is_followed_up: bool | None = None
    """Whether the end was posted in public."""
    is_satisfied: bool | None = None
    """How the customer rated the handling."""
    stars: int | None = None
    """1 to 5, given to the business in a review."""
    cause: str = ""
    """The root cause in the log, as its owner names it."""


@dataclass(frozen=True, slots=True)
class SocialVisits:
    """Visits from one platform over some days, and how many of them came how far.

    Added up by platform, and by day where the file has days. ``None`` means that the file cannot
    tell; 0 that it can, and there were none. A stage counts visits, each once.
    """

    platform: str
    """An id of ``platforms/``; empty where a file says “social” and names no network."""
    source: str
    """The id of the format it was read from."""
    start: date | None = None
    end: date | None = None
    """The last day, included; both are None where the file names no days."""
    sessions: int | None = None
    services: int | None = None
    """Visits that saw a Services page."""
    contact: int | None = None
    """Visits that saw a Contact page."""
    used: int | None = None
    """Visits that got in touch."""
    used_is_times: bool = False
    """Whether ``used`` says how often it was done, and not in how many visits."""


SEVERAL = "several"
"""The platform of hours that belong to more than one."""


@dataclass(frozen=True, slots=True)
class HoursSpent:
    """Hours that a time tracker or a calendar tells of, for one platform and one day."""

    platform: str
    """An id of ``platforms/``; ``SEVERAL`` where an entry names more than one, empty for none."""
    source: str
    day: date
    hours: float
