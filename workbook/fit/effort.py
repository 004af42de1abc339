"""What each place takes in hours a week, and why we think so."""

from __future__ import annotations

from functools import cache
from typing import Any

from workbook.content import BASE_LANGUAGE, load_words
from workbook.discovery import read_toml
from workbook.values import Frozen

WORDS = "fit/effort.toml"
BASE = frozenset({"google_business", "own"})
"""Places that every business has anyway: they are no choice and do not count as one."""
_MINUTES = 60


class Effort(Frozen):
    """What a place takes in a week: its parts in hours, and why."""

    place: str
    posts: dict[str, float]
    """How many of each kind of post."""
    making: float
    replying: float
    care: float
    reason: str
    source: str = ""
    is_own: bool = False
    """Whether the business gave the hours itself."""

    @property
    def hours(self) -> float:
        """All of it together."""
        return self.making + self.replying + self.care


@cache
def load_efforts(language: str = BASE_LANGUAGE) -> dict[str, Effort]:
    """Our default of what each place takes, by its id."""
    words = load_words(WORDS, language)
    minutes = {kind: entry["value"] for kind, entry in words["minutes"].items()}
    return {place: _reckon(place, entry, minutes) for place, entry in words["places"].items()}


def _reckon(place: str, entry: dict[str, Any], minutes: dict[str, float]) -> Effort:
    making = sum(number * minutes[kind] for kind, number in entry["posts"].items())
    return Effort(
        place=place,
        posts=entry["posts"],
        making=making / _MINUTES,
        replying=entry["replies"] * minutes["reply"] / _MINUTES,
        care=minutes["care"] / _MINUTES,
        reason=entry["reason"],
        source=entry.get("source", ""),
    )


def reckon_effort(
    place: str,
    posts: dict[str, float],
    replies: float,
    *,
    minutes: dict[str, float] | None = None,
    language: str = BASE_LANGUAGE,
) -> Effort:
    """What a place takes with a business's own cadence.

    Args:
        place: The place's id.
        posts: How many of each kind of post in a week; kinds as in ``effort.toml``.
        replies: How many replies in a week.
        minutes: Own minutes for one of a kind, where they differ from ours.
        language: The language of the reason.

    Returns:
        The effort in hours a week.

    Raises:
        KeyError: A place or a kind that there is none of.
    """
    words = load_words(WORDS, language)
    ours = {kind: entry["value"] for kind, entry in words["minutes"].items()}
    entry = {**words["places"][place], "posts": posts, "replies": replies}
    return _reckon(place, entry, {**ours, **(minutes or {})}).model_copy(update={"is_own": True})


def set_hours(place: str, hours: float, language: str = BASE_LANGUAGE) -> Effort:
    """What a place takes, as the business says itself."""
    ours = load_efforts(language)[place]
    own = {"making": hours, "replying": 0.0, "care": 0.0, "is_own": True, "posts": {}}
    return ours.model_copy(update=own)


def shared_hours() -> float:
    """Hours a week that any presence takes once, however many places there are; our default."""
    return float(read_toml("steps/start/defaults.toml")["shared_hours"]["value"])


def default(name: str) -> float:
    """One of the numbers we chose for choosing places."""
    return float(read_toml("fit/defaults.toml")[name]["value"])
