"""The people a business wants, and where its clients said they are."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from workbook.platforms import PlatformId
from workbook.platforms.counts import PlaceCounts
from workbook.values import Count, Day, Frozen, Id, Kind, Percent, Record, Text


class Buyers(StrEnum):
    """Whether a group buys for itself or for an organisation."""

    PEOPLE = "people"
    BUSINESSES = "businesses"


class Age(StrEnum):
    """Ages, as the survey groups them."""

    YOUNG = "18-29"
    MIDDLE = "30-49"
    OLDER = "50-64"
    OLD = "65+"


class Sex(StrEnum):
    """Sex, as far as the survey tells it."""

    WOMEN = "Women"
    MEN = "Men"


class Education(StrEnum):
    """Education, as the survey groups it."""

    SCHOOL = "HS or less"
    SOME_COLLEGE = "Some college"
    COLLEGE = "College graduate"


class Income(StrEnum):
    """Income of the household a year in US dollars, as the survey groups it."""

    LOW = "<$30K"
    LOWER = "$30K-$69,999"
    UPPER = "$70K-$99,999"
    HIGH = "$100K+"


class Community(StrEnum):
    """Where people live, as the survey groups it."""

    CITY = "Urban"
    SUBURB = "Suburban"
    COUNTRY = "Rural"


class Asked(StrEnum):
    """What clients were asked."""

    USE = "use"
    """Do you ever use X?"""
    TIME = "time"
    """Where do you spend time?"""
    FOUND = "found"
    """How did you find us?"""


class Group(Record):
    """People the business wants; what is left open means anybody."""

    name: Text | None = None
    buyers: Buyers | None = None
    share: Percent | None = None
    country: Text | None = None
    ages: tuple[Age, ...] = ()
    sexes: tuple[Sex, ...] = ()
    education: tuple[Education, ...] = ()
    income: tuple[Income, ...] = ()
    community: tuple[Community, ...] = ()


GroupId = Annotated[Id, Kind("entry:audience.groups")]
"""One of the groups; none given means all of them."""


class Tally(Record):
    """What clients said to one question, counted; nobody's name."""

    question: Asked | None = None
    asked: Count | None = None
    counts: PlaceCounts = ()
    group: GroupId | None = None
    asked_on: Day | None = None


class OwnFigure(Record):
    """A share the business knows from elsewhere, such as a survey of its own country."""

    platform: PlatformId | None = None
    percent: Percent | None = None
    asked: Count | None = None
    source: Text | None = None
    group: GroupId | None = None


class Audience(Frozen):
    """The groups, what clients said, figures from elsewhere, and the peers apart."""

    groups: tuple[Group, ...] = ()
    tallies: tuple[Tally, ...] = ()
    figures: tuple[OwnFigure, ...] = ()
    peers_asked: Count | None = None
    peers: PlaceCounts = ()
    """Where colleagues and partners are; they count for referrals only."""
