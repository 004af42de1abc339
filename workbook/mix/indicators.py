"""The nine indicators of talk against adverts: what each comes to, or what it would take to know.

None is judged where the file cannot tell it; then it names what to ask for.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from workbook.evidence.intervals import proportion_interval
from workbook.steps.mix.answers import PostClass

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from workbook.mix.classes import Judged
    from workbook.plan import Plan

PERCENT = 100


class Name(StrEnum):
    """The indicators, in the order in which they are told."""

    PROMOTION = "promotion"
    REPLY_RATE = "reply_rate"
    RESPONSE_RATE = "response_rate"
    UNANSWERED_AGE = "unanswered_age"
    QUESTIONS = "questions"
    THANKS = "thanks"
    RECIPROCITY = "reciprocity"
    SELF_REFERENCE = "self_reference"
    LINKS = "links"


SHARES = frozenset(
    {Name.PROMOTION, Name.REPLY_RATE, Name.RESPONSE_RATE, Name.QUESTIONS, Name.LINKS}
)
"""Those that are a part of a whole, each of which stands for itself, and so have an interval."""
RATIOS = frozenset({Name.THANKS, Name.RECIPROCITY})
"""Those that set one count beside another."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted by hand over the same time; None where it was not."""

    replies: int | None = None
    """Replies of one's own."""
    received: int | None = None
    """Questions and complaints that came in."""
    answered: int | None = None
    """How many of them were answered."""
    praise: int | None = None
    """Times somebody praised or passed something on."""
    elsewhere: int | None = None
    """Comments on the pages of others."""
    oldest_days: int | None = None
    """Age of the oldest question without an answer; 0 where there is none."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was counted."""
        return all(getattr(self, each.name) is None for each in fields(self))


class Limit(NamedTuple):
    """What an indicator is held against, and whose number that is."""

    value: float
    sense: Literal["most", "least"]
    is_own: bool = False
    fewest: float = 0
    """How many there must be before a figure without an interval is judged."""

    def is_clear(self, hits: int, of: int) -> bool:
        """Whether all between which the true share lies keeps to it, or none of it does."""
        low, high = proportion_interval(hits, of)
        return self.allows(PERCENT * low) == self.allows(PERCENT * high)

    def allows(self, value: float) -> bool:
        """Whether a value keeps to it."""
        return value <= self.value if self.sense == "most" else value >= self.value


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator: so many of so many, or days; without both, what to ask for."""

    name: Name
    hits: int = 0
    of: int = 0
    limit: Limit | None = None
    days: int | None = None
    is_known: bool = True
    note: str = ""
    """What has to be known about it, by the key of its words."""

    @property
    def percent(self) -> float | None:
        """So many of 100; None where there is nothing to divide by."""
        if not self.is_known or self.days is not None or not self.of:
            return None
        return PERCENT * self.hits / self.of

    @property
    def interval(self) -> tuple[float, float] | None:
        """Percent between which the share lies with 95 in 100, where it is a share of a whole."""
        if self.percent is None or self.name not in SHARES:
            return None
        low, high = proportion_interval(self.hits, self.of)
        return PERCENT * low, PERCENT * high

    @property
    def is_judged(self) -> bool:
        """Whether it is known, has a limit, and counts enough to be held against it at all."""
        if not self.is_known or self.limit is None:
            return False
        return self.days is not None or (self.of > 0 and self.of >= self.limit.fewest)

    @property
    def is_flagged(self) -> bool:
        """Whether what was counted is outside its limit."""
        value = self.days if self.days is not None else self.percent
        return self.is_judged and not self.limit.allows(value)  # type: ignore[union-attr, arg-type] # judged

    @property
    def is_clear(self) -> bool:
        """Whether chance leaves no doubt on which side of its limit it is."""
        if not self.is_judged or self.interval is None or self.limit is None:
            return self.is_judged
        return self.limit.is_clear(self.hits, self.of)


@dataclass(frozen=True)
class Seen:
    """Posts and replies taken apart once, with what was counted by hand."""

    judged: Sequence[Judged]
    counts: Counts
    handles: frozenset[str]
    """Own account names: a reply below one's own post is no comment elsewhere."""
    spoken: tuple[int, int]
    """Words for the business, and words for the reader."""

    @cached_property
    def posts(self) -> list[Judged]:
        """What is no reply."""
        return [each for each in self.judged if not each.post.is_reply]

    @cached_property
    def replies(self) -> list[Judged]:
        """Answers to somebody else."""
        return [each for each in self.judged if each.post.is_reply]

    @cached_property
    def knows_replies(self) -> bool:
        """Whether replies were in the files, or were counted by hand."""
        in_files = any(each.post.is_reply is not None for each in self.judged)
        return in_files or self.counts.replies is not None

    @cached_property
    def places_with_replies(self) -> Collection[str]:
        """Places of which some file tells replies."""
        return {each.post.platform for each in self.judged if each.post.is_reply is not None}

    def count_replies(self) -> int:
        """Replies in the files; those counted by hand where the files hold none."""
        found = len(self.replies)
        return found or self.counts.replies or 0

    def count_posts_beside(self) -> int:
        """Posts of the places whose replies are told; all where replies were counted by hand."""
        if not self.replies and self.counts.replies is not None:
            return len(self.posts)
        places = self.places_with_replies
        return sum(each.post.platform in places for each in self.posts)


def see(
    judged: Sequence[Judged],
    plan: Plan,
    counts: Counts | None = None,
    spoken: tuple[int, int] | None = None,
) -> Seen:
    """Posts beside what a plan knows: names and accounts of the business.

    Args:
        judged: The posts and replies.
        plan: Whose names and accounts count as one's own.
        counts: What was counted by hand.
        spoken: Words for the business and for the reader, where they were counted before.
    """
    handles = frozenset(
        account.handle.lower().lstrip("@") for account in plan.start.accounts if account.handle
    )
    return Seen(judged, counts or Counts(), handles, spoken or count_words(judged))


def count_words(judged: Sequence[Judged]) -> tuple[int, int]:
    """Words for the business and words for the reader in all texts, each text once."""
    once = {each.post.text: each for each in judged}.values()
    return sum(each.own_words for each in once), sum(each.your_words for each in once)


# -- one function for each -----------------------------------------------------------------------


def _promotion(seen: Seen) -> Indicator:
    posts = seen.posts
    sold = sum(each.kind is PostClass.PROMOTION for each in posts)
    return Indicator(Name.PROMOTION, sold, len(posts), is_known=bool(posts))


def _reply_rate(seen: Seen) -> Indicator:
    if not seen.knows_replies:
        return Indicator(Name.REPLY_RATE, is_known=False)
    replies = seen.count_replies()
    own = seen.count_posts_beside() + replies
    some = bool(seen.replies) and seen.count_posts_beside() < len(seen.posts)
    return Indicator(Name.REPLY_RATE, replies, own, note="some_places" if some else "")


def _response_rate(seen: Seen) -> Indicator:
    received, answered = seen.counts.received, seen.counts.answered
    if received is None or answered is None:
        return Indicator(Name.RESPONSE_RATE, is_known=False)
    return Indicator(Name.RESPONSE_RATE, min(answered, received), received)


def _unanswered_age(seen: Seen) -> Indicator:
    days = seen.counts.oldest_days
    return Indicator(Name.UNANSWERED_AGE, days=days, is_known=days is not None)


def _questions(seen: Seen) -> Indicator:
    posts = seen.posts
    return Indicator(
        Name.QUESTIONS, sum(each.asks for each in posts), len(posts), is_known=bool(posts)
    )


def _thanks(seen: Seen) -> Indicator:
    told = [each.post.shares for each in seen.judged if each.post.shares is not None]
    praise = seen.counts.praise
    if not seen.replies or (praise is None and not told):
        return Indicator(Name.THANKS, is_known=False)
    thanked = sum(each.thanks for each in seen.replies)
    earned = praise if praise is not None else sum(told)
    return Indicator(Name.THANKS, thanked, earned, note="" if praise is not None else "shares_only")


def _reciprocity(seen: Seen) -> Indicator:
    posts = seen.posts
    if seen.counts.elsewhere is not None:
        return Indicator(Name.RECIPROCITY, seen.counts.elsewhere, len(posts))
    below = [each.post.to.lower() for each in seen.replies if each.post.to]
    if not below or not posts:
        return Indicator(Name.RECIPROCITY, is_known=False)
    elsewhere = sum(to not in seen.handles for to in below)
    return Indicator(Name.RECIPROCITY, elsewhere, len(posts), note="answers_too")


def _self_reference(seen: Seen) -> Indicator:
    own, you = seen.spoken
    return Indicator(Name.SELF_REFERENCE, own, own + you, is_known=own + you > 0, note="english")


def _links(seen: Seen) -> Indicator:
    posts = seen.posts
    return Indicator(
        Name.LINKS, sum(each.has_link for each in posts), len(posts), is_known=bool(posts)
    )


_MAKERS: dict[Name, Callable[[Seen], Indicator]] = {
    Name.PROMOTION: _promotion,
    Name.REPLY_RATE: _reply_rate,
    Name.RESPONSE_RATE: _response_rate,
    Name.UNANSWERED_AGE: _unanswered_age,
    Name.QUESTIONS: _questions,
    Name.THANKS: _thanks,
    Name.RECIPROCITY: _reciprocity,
    Name.SELF_REFERENCE: _self_reference,
    Name.LINKS: _links,
}


def measure(seen: Seen, limits: dict[Name, Limit]) -> tuple[Indicator, ...]:
    """Every indicator, held against its limit."""
    made = (make(seen) for make in _MAKERS.values())
    return tuple(_hold(each, limits.get(each.name)) for each in made)


def _hold(indicator: Indicator, limit: Limit | None) -> Indicator:
    return Indicator(
        indicator.name, indicator.hits, indicator.of, limit, indicator.days, indicator.is_known,
        indicator.note,
    )  # fmt: skip
