"""What imports produce: cases, each without who wrote and what they wrote.

A record holds no name, no address, no text of a message; texts of posts are checked and dropped,
and have no record. Figures come from these by ``complaint.measures``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


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
