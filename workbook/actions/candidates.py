"""Everything in a plan that calls for an action, from findings and decisions alike."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

_PREFIX = "p"
"""Begins the id of each action that was proposed; ids made by hand hold no such letter."""


class Kind(StrEnum):
    """What kind of thing is to be done; its hours are ``integration.<kind>_hours``."""

    DECIDE = "decide"
    FIND_OUT = "find_out"
    ANSWER = "answer"
    CAUSE = "cause"
    MEND = "mend"
    LOOK = "look"
    ACCOUNT = "account"
    SETUP = "setup"
    READING = "reading"
    PREPARE = "prepare"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that a plan calls for, before it has hours and a day.

    ``key`` names what it rests on and stays the same while its words change. ``why`` says what is
    wrong or wanted, ``about`` is the path of the answer, and ``count`` tells with how many answers
    the same is to be done.
    """

    kind: Kind
    key: str
    about: str
    text: str
    why: str
    because: str
    sure: str
    change: str
    seeds: tuple[str, ...] = ()
    count: int = 1
    who: str | None = None
    due: date | None = None
    goal: str | None = None
    cause: str = ""
    """The id of the cause that it mends by itself, if it is the mend of one."""

    @property
    def id(self) -> str:
        """The id of the action that is made of it; the same for the same ``key``."""
        return name_action(self.key)


def name_action(key: str) -> str:
    """The id of the action made of something, by what it rests on."""
    return _PREFIX + blake2b(key.encode(), digest_size=5).hexdigest()


def is_proposed(name: str) -> bool:
    """Whether an action of an id was proposed, and not written by somebody."""
    return name.startswith(_PREFIX)


LOOK_BACK = name_action("review")
"""The id of the action to look back once the days of the list are over."""
