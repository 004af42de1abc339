"""Who may speak for the business, who can pause it, and the rules that staff are given."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from workbook.discovery import read_toml
from workbook.values import Day, Frozen, Kind, LongText, Record, Text, Unknown, Url, YesNo


class Country(StrEnum):
    """Where staff or customers are, as far as other rules follow from it."""

    US = "us"
    EU = "eu"
    UK = "uk"
    ELSEWHERE = "elsewhere"


class Form(StrEnum):
    """How long the rules for staff are."""

    ONE_PAGE = "one_page"
    SIXTEEN = "sixteen"


class Approval(StrEnum):
    """Who looks at a post before it goes out."""

    NOBODY = "nobody"
    DELICATE = "delicate"
    EVERYTHING = "everything"
    UNKNOWN = "unknown"


class Habit(StrEnum):
    """What happens today around posts and reviews."""

    STAFF_POSTS = "staff_posts"
    GIFTS = "gifts"
    STAFF_REVIEWS = "staff_reviews"
    REWARDS = "rewards"
    HAPPY_ONLY = "happy_only"
    HIDING = "hiding"
    BOUGHT = "bought"
    MACHINES = "machines"
    NONE = "none"
    UNKNOWN = "unknown"


class Use(StrEnum):
    """What becomes of a rule that the workbook brings."""

    READY = "ready"
    OWN = "own"
    OUT = "out"


@cache
def _clause_ids() -> frozenset[str]:
    return frozenset(read_toml("steps/conduct/clauses.toml")["clauses"])


def _known(clause: str) -> str:
    if clause not in _clause_ids():
        raise PydanticCustomError("choice-not-offered", "choice-not-offered")
    return clause


ClauseId = Annotated[str, AfterValidator(_known), Kind("choice:conduct/clauses")]
"""The id of a rule in ``clauses.toml``."""


class Pause(Record):
    """A tool that posts by itself, and where it is stopped."""

    tool: Text | None = None
    button: LongText | Unknown | None = None


class Choice(Record):
    """What a business made of one rule; a rule without a choice is used as it is."""

    clause: ClauseId | None = None
    use: Use | None = None
    text: LongText | None = None


class Conduct(Frozen):
    """What is acceptable, who may speak, and who can stop it all."""

    countries: tuple[Country, ...] = ()
    habits: tuple[Habit, ...] = ()
    form: Form | None = None
    speakers: LongText | None = None
    approval: Approval | None = None
    approver: Text | Unknown | None = None
    owner: Text | Unknown | None = None
    review: Day | None = None
    pauser: Text | Unknown | None = None
    deputy: Text | Unknown | None = None
    pauses: tuple[Pause, ...] = ()
    data_contact: Text | Unknown | None = None
    privacy_notice: Url | Unknown | None = None
    notice_linked: YesNo | None = None
    clauses: tuple[Choice, ...] = ()
