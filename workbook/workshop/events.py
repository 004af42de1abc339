"""What can happen in a room, one kind of event each; a room is nothing but these in their order.

Every event carries its moment, so that no clock is read when the room is put together again.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from workbook.values import Frozen, LongText, Text
from workbook.workshop.prompts import Blind, Prompt
from workbook.workshop.spread import Spread

Name = Annotated[str, Field(pattern=r"^[0-9a-f]{8}$")]
"""What an entry is called within its room: eight hex digits."""
Minutes = Annotated[float, Field(ge=0, le=1440)]


class Happened(Frozen):
    """Something happened at a moment."""

    at: datetime


class ItemOpened(Happened):
    """A part of the agenda is on; its time has not begun to run."""

    kind: Literal["item"] = "item"
    item: Text
    """The id of its part."""
    minutes: Minutes


class TimerStarted(Happened):
    """The time of the part runs."""

    kind: Literal["start"] = "start"


class TimerPaused(Happened):
    """The time of the part stands still."""

    kind: Literal["pause"] = "pause"


class TimeGiven(Happened):
    """The part has other minutes in all."""

    kind: Literal["minutes"] = "minutes"
    minutes: Minutes


class Asked(Happened):
    """Everybody is asked, and answers alone."""

    kind: Literal["asked"] = "asked"
    question: Name
    prompt: Prompt


class Revealed(Happened):
    """What was answered is shown, laid side by side; no answer to it is taken after that."""

    kind: Literal["revealed"] = "revealed"
    question: Name
    spreads: tuple[Spread, ...]


class QuestionEnded(Happened):
    """The question is put away without showing what was answered."""

    kind: Literal["ended"] = "ended"
    question: Name


class Pushed(Happened):
    """The next place to be: a page, and a question on it. Whoever wants to stay, stays."""

    kind: Literal["pushed"] = "pushed"
    page: Text
    path: Text = ""


class Parked(Happened):
    """Something that did not belong here, or needs what is not here."""

    kind: Literal["parked"] = "parked"
    entry: Name
    what: LongText
    missing: Text = ""
    who: Text = ""


class Decided(Happened):
    """What is done, by whom, by when."""

    kind: Literal["decided"] = "decided"
    entry: Name
    what: LongText
    who: Text = ""
    due: date | None = None


class EntryDropped(Happened):
    """A parked entry or a decision is gone."""

    kind: Literal["dropped"] = "dropped"
    entry: Name


class Agreed(Happened):
    """One answer of all of them, for the one plan of their business."""

    kind: Literal["agreed"] = "agreed"
    entry: Name
    path: Text
    value: Blind


class RoomClosed(Happened):
    """The workshop is over."""

    kind: Literal["closed"] = "closed"


class RoomReopened(Happened):
    """The facilitator looks again at those who agreed to it."""

    kind: Literal["reopened"] = "reopened"


Event = Annotated[
    ItemOpened
    | TimerStarted
    | TimerPaused
    | TimeGiven
    | Asked
    | Revealed
    | QuestionEnded
    | Pushed
    | Parked
    | Decided
    | EntryDropped
    | Agreed
    | RoomClosed
    | RoomReopened,
    Field(discriminator="kind"),
]
