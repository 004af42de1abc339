"""What goes on beside social media, what each goal supports, and what is to be done by when."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from workbook.values import Day, Frozen, Hours, Id, Kind, Record, Text, Unknown


class Sort(StrEnum):
    """What kind of occasion it is."""

    CAMPAIGN = "campaign"
    EVENT = "event"
    SEASON = "season"
    PRESS = "press"
    ADVERT = "advert"
    PRINT = "print"


class Channel(StrEnum):
    """Where people meet an occasion."""

    SOCIAL = "social"
    WEBSITE = "website"
    NEWSLETTER = "newsletter"
    ADVERTS = "adverts"
    PRESS = "press"
    PRINT = "print"
    COUNTER = "counter"
    PHONE = "phone"


class Done(StrEnum):
    """Where an action stands."""

    NO = "no"
    YES = "yes"
    DROPPED = "dropped"


class Occasion(Record):
    """A campaign, event, season, press activity, advert or print item, with what it says."""

    name: Text | None = None
    sort: Sort | None = None
    offer: Text | None = None
    words: Text | None = None
    first: Day | None = None
    last: Day | None = None
    channels: tuple[Channel, ...] = ()
    before: Text | None = None
    during: Text | None = None
    after: Text | None = None
    hand_over: Text | None = None
    phone: Text | Unknown | None = None
    promise: Text | Unknown | None = None


class Support(Record):
    """A goal, and something beyond social media that it helps."""

    goal: Annotated[Id, Kind("entry:goals.goals")] | None = None
    activity: Text | None = None


class Action(Record):
    """Something to do, by whom and by when.

    ``about`` is the path of the answer it came from, kept by the workbook and not asked for; an
    action that somebody wrote has none.
    """

    what: Text | None = None
    about: Annotated[Text, Kind("kept")] | None = None
    goal: Annotated[Id, Kind("entry:goals.goals")] | None = None
    who: Text | None = None
    hours: Hours | None = None
    due: Day | None = None
    done: Done | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.done in (None, Done.NO)


class Integration(Frozen):
    """What happens in which month, which activity each goal supports, and the action list."""

    occasions: tuple[Occasion, ...] = ()
    supports: tuple[Support, ...] = ()
    actions: tuple[Action, ...] = ()
