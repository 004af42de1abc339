"""What is known of a place: each fact with the day it is of, its source, and what is unknown.

The day of a fact, ``checked_on``, is the day that its source shows; the first of the month or of
the year where the source shows no more than that. Where the page shows no day it is the day on
which the page was read, and the fact is shown as undated. So a fact is never made younger than it
is by reading it again. A fact without a source is our own. What no source tells is recorded as
unknown, with the day on which it was looked for.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from pydantic import Field

from workbook.discovery import read_toml
from workbook.values import Frozen

DEFAULTS = "platforms/defaults.toml"
FIGURES = (
    "post_limit",
    "visible_limit",
    "title_limit",
    "description_limit",
    "bio_limit",
    "hashtags_max",
    "links_max",
    "window_hours",
)
"""The figures a place may have, in the order in which they are shown."""


class Told(Frozen):
    """When something about a place was told, and by whom."""

    checked_on: date
    source: str = ""
    """A key of ``evidence/sources.toml``; empty for what is our own."""
    also: tuple[str, ...] = ()
    """Further sources that say the same, or of which the note tells another reading."""
    note: str = ""

    @property
    def sources(self) -> tuple[str, ...]:
        """All its sources, the one it rests on first."""
        return (self.source, *self.also) if self.source else self.also


class Fact(Told):
    """A figure of a place; figures age fast."""

    value: float


class Market(StrEnum):
    """Whom businesses on a place mostly sell to."""

    CONSUMERS = "b2c"
    BUSINESSES = "b2b"


class Markets(Told):
    """Whom a place is mostly used to sell to: a weak hint; empty where nothing speaks for one."""

    value: tuple[Market, ...] = ()


class Forms(Told):
    """What a place lives on, by the kinds of ``fit/effort.toml``; our reading of the place."""

    value: tuple[str, ...] = Field(min_length=1)


class Per(StrEnum):
    """What a number of posts is counted in."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


_A_WEEK = {Per.DAY: 7.0, Per.WEEK: 1.0, Per.MONTH: 12 / 52}


class Cadence(Told):
    """How often somebody advises to post, as it was told."""

    low: float
    high: float | None = None
    """None where only the least is told."""
    per: Per

    @property
    def a_week(self) -> tuple[float, float | None]:
        """The least and the most posts in a week."""
        times = _A_WEEK[self.per]
        return self.low * times, None if self.high is None else self.high * times


class Links(StrEnum):
    """What becomes of a link in a post."""

    OK = "ok"
    DEMOTED = "demoted"
    """It works, and the post is shown to fewer people."""
    NONE = "none"
    VARIES = "varies"
    """It works in some kinds of post, or for some accounts, and not in others."""
    UNKNOWN = "unknown"


class PostLinks(Told):
    """What becomes of a link in a post, and who says so."""

    value: Links


class Presence(StrEnum):
    """Whether a place has something."""

    YES = "yes"
    NO = "no"
    VARIES = "varies"
    """Some accounts have it, or some countries, and others do not."""
    UNKNOWN = "unknown"


class Stated(Told):
    """Whether a place has something, and who says so."""

    value: Presence


class Tagging(Told):
    """The source that we write into tagged links, and where Google Analytics files it.

    ``list`` is ``social``, ``video`` or ``search``, and empty where its list does not have it.
    """

    value: str
    list: str = ""


class Sheet(Frozen):
    """Everything that is known of a place besides its name and its addresses."""

    looked_on: date
    """When what is not in here was looked for, and not found."""
    markets: Markets
    forms: Forms
    cadence: dict[str, Cadence] = Field(default_factory=dict)
    links: PostLinks
    profile_link: Stated
    messages: Stated
    comments: Stated
    reviews: Stated
    tagging: Tagging

    def list_told(self) -> tuple[tuple[str, Told], ...]:
        """Its facts by their names, in the order in which they are shown."""
        return (
            ("markets", self.markets),
            ("forms", self.forms),
            *((f"cadence.{key}", found) for key, found in self.cadence.items()),
            ("links", self.links),
            ("profile_link", self.profile_link),
            ("messages", self.messages),
            ("comments", self.comments),
            ("reviews", self.reviews),
            ("tagging", self.tagging),
        )


def weigh_path(links: Links, profile: Presence) -> float | None:
    """How well people get from a place to the website, from 0 to 1; None where it is unknown.

    1 where links in posts work, nothing where there is no way; a link in the profile alone lies
    between, and less so where only some accounts have it. A link that works in a post that fewer
    people are shown, or in some posts only, lies between a link in every post and one in the
    profile. The numbers are our defaults in ``platforms/defaults.toml``.
    """
    if links is Links.UNKNOWN:
        return None
    if links is Links.OK:
        return default("path_open")
    if links in {Links.DEMOTED, Links.VARIES}:
        return default("path_hindered")
    if profile is Presence.UNKNOWN:
        return None
    by_profile = {Presence.YES: "path_profile", Presence.VARIES: "path_some"}
    return default(by_profile.get(profile, "path_none"))


def is_old(checked_on: date, today: date) -> bool:
    """Whether a fact is of a day so long ago that it has to be looked up again."""
    return today - checked_on > timedelta(days=default("fact_days"))


def default(name: str) -> float:
    """One of the numbers we chose for the sheet of a place."""
    return float(read_toml(DEFAULTS)[name]["value"])
