"""Who does the work and who stands in, and the week in blocks that each name their purpose."""

from __future__ import annotations

from enum import StrEnum

from workbook.platforms import PlatformId
from workbook.values import Frozen, LongText, Minutes, Record, Text, TimeOfDay, Unknown


class Task(StrEnum):
    """What is done in a block."""

    MAKE = "make"
    ANSWER = "answer"
    LISTEN = "listen"
    CARE = "care"
    PLAN = "plan"
    REPORT = "report"


class Purpose(StrEnum):
    """What the hours are for, and by what they are judged."""

    CLIENTS = "clients"
    PARTNERS = "partners"
    SERVICE = "service"
    ALL = "all"
    """Upkeep that serves all of them, such as the numbers."""


class Days(StrEnum):
    """The day of a block, or the days of one that comes back."""

    WORKDAYS = "workdays"
    EVERY_DAY = "every_day"
    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class Often(StrEnum):
    """How often a block comes back."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


class Block(Record):
    """Time with a task and a purpose; what nobody says of it is every week, and the owner's."""

    task: Task | None = None
    purpose: Purpose | None = None
    platform: PlatformId | None = None
    day: Days | None = None
    at: TimeOfDay | None = None
    minutes: Minutes | None = None
    often: Often | None = None
    who: Text | None = None


class Time(Frozen):
    """The owner, the substitute, the week in blocks, and an exception where it does not fit."""

    owner: Text | Unknown | None = None
    substitute: Text | Unknown | None = None
    blocks: tuple[Block, ...] = ()
    exception: LongText | None = None
    exception_by: Text | None = None
