"""What each place takes in hours a week, and why we think so."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from workbook.content import BASE_LANGUAGE, load_words
from workbook.discovery import read_toml
from workbook.fit.numbers import ELSEWHERE, OURS, SHARED_HOURS, Numbers
from workbook.values import Frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

WORDS = "fit/effort.toml"
BASE = frozenset({"google_business", "own"})
"""Places that every business has anyway: they are no choice and do not count as one."""
_REPLY, _CARE = "platform_fit.minutes_reply", "platform_fit.minutes_care"
_MINUTES = 60
_FEW = 8
"""So many sets of minutes are kept reckoned; a business has one."""


class Effort(Frozen):
    """What a place takes in a week: its parts in hours, and why."""

    place: str
    posts: dict[str, float]
    """How many of each kind of post; empty where the business gave its hours as a whole."""
    making: float
    replying: float
    care: float
    reason: str
    source: str = ""
    is_own: bool = False
    """Whether the business gave the hours, or some of what they are made of, itself."""

    @property
    def hours(self) -> float:
        """All of it together."""
        return self.making + self.replying + self.care


def load_efforts(language: str = BASE_LANGUAGE, numbers: Numbers = OURS) -> dict[str, Effort]:
    """What each place takes by its id: our default of posts and replies, in these minutes."""
    kinds: dict[str, str] = read_toml(WORDS)["minutes"]
    minutes = tuple((kind, numbers[path]) for kind, path in kinds.items())
    return _load(language, minutes, numbers[_REPLY], numbers[_CARE])


@lru_cache(maxsize=_FEW)
def _load(
    language: str, minutes: tuple[tuple[str, float], ...], reply: float, care: float
) -> dict[str, Effort]:
    places: dict[str, dict[str, Any]] = load_words(WORDS, language)["places"]
    each = dict(minutes)
    return {
        place: Effort(
            place=place,
            posts=entry["posts"],
            making=sum(each[kind] * n for kind, n in entry["posts"].items()) / _MINUTES,
            replying=entry["replies"] * reply / _MINUTES,
            care=care / _MINUTES,
            reason=entry["reason"],
            source=entry.get("source", ""),
        )
        for place, entry in places.items()
    }


def reckon_effort(
    place: str,
    *,
    posts: float | None = None,
    minutes: float | None = None,
    replies: float | None = None,
    numbers: Numbers = OURS,
    language: str = BASE_LANGUAGE,
) -> Effort:
    """What a place takes with a business's own posts, minutes and replies.

    Args:
        place: The place's id.
        posts: How many posts in a week; None for ours. Without ``minutes`` they are of the same
            kinds as ours.
        minutes: Minutes for one of them; None for those of their kinds.
        replies: How many replies in a week; None for ours.
        numbers: The minutes for each kind of post, for a reply, and for care.
        language: The language of the reason.

    Returns:
        The effort in hours a week.

    Raises:
        KeyError: A place that there is none of.
    """
    ours = load_efforts(language, numbers)[place]
    if posts is None and minutes is None and replies is None:
        return ours
    usual = sum(ours.posts.values())
    number = usual if posts is None else posts
    scaled = {kind: each * number / usual for kind, each in ours.posts.items()}
    making = ours.making * number / usual if minutes is None else number * minutes / _MINUTES
    replying = ours.replying if replies is None else replies * numbers[_REPLY] / _MINUTES
    changed = {"posts": scaled, "making": making, "replying": replying, "is_own": True}
    return ours.model_copy(update=changed)


def add_hours(
    places: Iterable[str], efforts: Mapping[str, Effort], numbers: Numbers = OURS
) -> float:
    """The hours a week that some places take together, with those needed once.

    Args:
        places: Places by their ids. The base takes nothing here, since it is there anyway.
        efforts: What each place takes, by its id; another place takes what any account takes.
        numbers: The hours that are needed once, and those of any account.

    Returns:
        Hours a week; nothing for no place.
    """
    wanted = [each for each in dict.fromkeys(places) if each not in BASE]
    if not wanted:
        return 0.0
    each = (efforts[p].hours if p in efforts else numbers[ELSEWHERE] for p in wanted)
    return numbers[SHARED_HOURS] + sum(each)


def set_hours(place: str, hours: float, language: str = BASE_LANGUAGE) -> Effort:
    """What a place takes, as the business says itself."""
    ours = load_efforts(language)[place]
    own = {"making": hours, "replying": 0.0, "care": 0.0, "is_own": True, "posts": {}}
    return ours.model_copy(update=own)
