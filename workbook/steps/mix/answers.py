"""How much may be selling, what people ask, and the first two weeks of posts and replies."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from workbook.values import (
    Frozen,
    Id,
    Kind,
    LongText,
    Minutes,
    Percent,
    Record,
    Text,
    TimeOfDay,
    Unknown,
    YesNo,
)


class PostClass(StrEnum):
    """What a post does, as the detector tells posts apart."""

    PROMOTION = "promotion"
    CONVERSATION = "conversation"
    HELPFUL = "helpful"
    BEHIND = "behind"
    OTHER = "other"


class Where(StrEnum):
    """Where customers ask."""

    COUNTER = "counter"
    PHONE = "phone"
    MAIL = "mail"


class Act(StrEnum):
    """What somebody is owed this month."""

    ANSWER = "answer"
    THANK = "thank"
    RECOMMEND = "recommend"


class Week(StrEnum):
    """One of the first two weeks."""

    FIRST = "first"
    SECOND = "second"


class Weekday(StrEnum):
    """A day of the week."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class Move(StrEnum):
    """What is done: something of one's own is posted, or somebody else is answered."""

    POST = "post"
    OFFER = "offer"
    REPLY = "reply"
    THANK = "thank"
    RECOMMEND = "recommend"


class Topic(Record):
    """What customers ask, what is said to it, and what proves it."""

    asked: Text | None = None
    where: Where | None = None
    says: LongText | None = None
    proof: Text | None = None


class Contact(Record):
    """A person or a business to answer, thank or recommend this month."""

    name: Text | None = None
    act: Act | None = None
    about: Text | None = None


class Planned(Record):
    """A post or a reply of the first two weeks, in the words of the business."""

    week: Week | None = None
    day: Weekday | None = None
    move: Move | None = None
    topic: Annotated[Id, Kind("entry:mix.topics")] | None = None
    contact: Annotated[Id, Kind("entry:mix.contacts")] | None = None
    text: LongText | None = None
    minutes: Minutes | None = None
    proof: Text | None = None
    passed_on: YesNo | None = None


class Said(Frozen):
    """What a person says a post is."""

    kind: PostClass


class Correction(Record):
    """A post by the digest that is its id, and what a person says it is; never its text."""

    said: Said


class Mix(Frozen):
    """The shares the business chose, its topics, the two weeks, the people, and the routine."""

    promotion_most: Percent | None = None
    talk_least: Percent | None = None
    missed: LongText | Unknown | None = None
    asked_counter: LongText | None = None
    asked_phone: LongText | None = None
    asked_mail: LongText | None = None
    topics: tuple[Topic, ...] = ()
    across_counter: LongText | None = None
    """Three sentences as they would be said across the counter, one on each line."""
    not_ours: LongText | None = None
    """What is interesting and not ours to show, one on each line."""
    speaks: Text | Unknown | None = None
    contacts: tuple[Contact, ...] = ()
    first_at: TimeOfDay | None = None
    first_minutes: Minutes | None = None
    second_at: TimeOfDay | None = None
    second_minutes: Minutes | None = None
    weeks: tuple[Planned, ...] = ()
    corrections: tuple[Correction, ...] = ()
    """What was said of posts in an audit, by digest."""
