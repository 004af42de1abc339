"""Ninety days later: what was counted, what happened besides, and what to keep, stop and change."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from workbook.platforms import PlatformId
from workbook.values import Count, Day, Frozen, Id, Kind, LongText, Number, Record, Text, Unknown

GoalId = Annotated[Id, Kind("entry:goals.goals")]
"""The id of a goal of the plan."""


class Choice(StrEnum):
    """What becomes of something in the next ninety days."""

    KEEP = "keep"
    STOP = "stop"
    CHANGE = "change"


class Reading(Record):
    """What was counted for one goal.

    ``first`` and ``last`` are its own days, where they are not those of the whole review;
    ``of`` is what a share is of. ``before`` with its days is the count the review is held
    against, where the baseline of the goal was not counted over one month or quarter.
    """

    goal: GoalId | None = None
    count: Number | Unknown | None = None
    of: Count | None = None
    year_earlier: Number | Unknown | None = None
    happened: LongText | Unknown | None = None
    first: Day | None = None
    last: Day | None = None
    before: Number | None = None
    before_first: Day | None = None
    before_last: Day | None = None


class Decision(Record):
    """What is kept, stopped or changed, why, and what it changes in a goal."""

    choice: Choice | None = None
    what: Text | None = None
    reason: LongText | None = None
    platform: PlatformId | None = None
    goal: GoalId | None = None
    baseline: Number | None = None
    target: Number | None = None
    due: Day | None = None


class Held(Frozen):
    """A review as it was held."""

    day: Day | None = None
    first: Day | None = None
    last: Day | None = None
    readings: tuple[Reading, ...] = ()
    decisions: tuple[Decision, ...] = ()


class Past(Record):
    """An earlier review, kept when the next ninety days began."""

    held: Held


class Review(Held):
    """The review at hand, the name of the plan so far, and the earlier reviews."""

    next_name: Text | None = None
    earlier: tuple[Past, ...] = ()
