"""Why the business is on social media at all, and one to three goals it can be held to."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from workbook.discovery import read_toml
from workbook.platforms import PlatformId
from workbook.values import Day, Frozen, Kind, LongText, Number, Record, Text, Unknown


class Decision(StrEnum):
    """Whether the business uses social media at all."""

    USE = "use"
    NOT_NOW = "not_now"
    UNKNOWN = "unknown"


class Objective(StrEnum):
    """What the business wants more of, after the catalogue of objectives in ``metrics.toml``."""

    LEADS = "leads"
    SALES = "sales"
    REFERRALS = "referrals"
    SERVICE = "service"
    RETENTION = "retention"
    RECRUITMENT = "recruitment"
    AWARENESS = "awareness"
    REPUTATION = "reputation"


class Serves(StrEnum):
    """The objective a reason serves, or none."""

    LEADS = "leads"
    SALES = "sales"
    REFERRALS = "referrals"
    SERVICE = "service"
    RETENTION = "retention"
    RECRUITMENT = "recruitment"
    AWARENESS = "awareness"
    REPUTATION = "reputation"
    NOTHING = "nothing"
    UNKNOWN = "unknown"


class Direction(StrEnum):
    """What is to happen to the number."""

    INCREASE = "increase"
    REDUCE = "reduce"
    REACH = "reach"
    KEEP = "keep"
    GAIN = "gain"
    ANSWER = "answer"


class Cadence(StrEnum):
    """How often a number is looked at."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


@cache
def _metric_ids() -> frozenset[str]:
    return frozenset(read_toml("steps/goals/metrics.toml")["metrics"])


def _known(metric: str) -> str:
    if metric not in _metric_ids():
        raise PydanticCustomError("choice-not-offered", "choice-not-offered")
    return metric


MetricId = Annotated[str, AfterValidator(_known), Kind("choice:goals/metrics")]
"""The id of a measure in ``metrics.toml``."""


class Why(Record):
    """The reason to be in one place."""

    platform: PlatformId | None = None
    reason: LongText | Unknown | None = None
    serves: Serves | None = None


class Goal(Record):
    """What is to change, by how much, until when, and how it is known."""

    wish: LongText | None = None
    objective: Objective | None = None
    metric: MetricId | None = None
    direction: Direction | None = None
    audience: Text | None = None
    page: Text | None = None
    baseline: Number | Unknown | None = None
    target: Number | None = None
    due: Day | None = None
    source: Text | Unknown | None = None
    reader: Text | Unknown | None = None
    review: Cadence | None = None
    indicator: MetricId | None = None
    if_missed: LongText | Unknown | None = None


class Goals(Frozen):
    """The aim of the business, the reasons for each place, and the goals."""

    aim: LongText | Unknown | None = None
    objectives: tuple[Objective, ...] = ()
    whys: tuple[Why, ...] = ()
    decision: Decision | None = None
    instead: LongText | Unknown | None = None
    instead_who: Text | Unknown | None = None
    instead_until: Day | None = None
    goals: tuple[Goal, ...] = ()
