"""An audit of posts: each told, nine indicators, and how it went over time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.content import default_of
from workbook.mix.classes import Judged, judge_all, judge_of
from workbook.mix.indicators import PERCENT, SHARES, Counts, Indicator, Limit, Name, measure, see
from workbook.mix.periods import Span, divide, talks
from workbook.steps.mix.answers import PostClass

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from workbook.mix.posts import Post
    from workbook.plan import Plan

STEP = "mix"
_LIMITS: tuple[tuple[Name, str, str], ...] = (
    (Name.REPLY_RATE, "reply_least", "least"),
    (Name.RESPONSE_RATE, "response_least", "least"),
    (Name.UNANSWERED_AGE, "unanswered_days", "most"),
    (Name.QUESTIONS, "question_least", "least"),
    (Name.THANKS, "thanks_least", "least"),
    (Name.RECIPROCITY, "reciprocity_least", "least"),
    (Name.SELF_REFERENCE, "self_most", "most"),
)


@dataclass(frozen=True, slots=True)
class Audit:
    """What a look at posts comes to."""

    judged: tuple[Judged, ...]
    indicators: tuple[Indicator, ...]
    spans: tuple[Span, ...]
    talk: int
    """Posts and replies that say something to somebody."""
    all: int
    """Posts and replies."""
    talk_limit: Limit
    knows_replies: bool
    counts: Counts
    spoken: tuple[int, int]
    """Words for the business, and words for the reader."""
    english_share: float
    """Percent of usual English words below which a text is hardly English."""

    @property
    def is_english(self) -> bool:
        """Whether the texts are in English, which is the language of the signs."""
        words = sum(each.words for each in self.judged)
        usual = sum(each.usual_words for each in self.judged)
        return usual * PERCENT >= self.english_share * words

    @property
    def kinds(self) -> Mapping[PostClass, int]:
        """How many posts there are of each kind, replies left out."""
        found = Counter(each.kind for each in self.judged if not each.post.is_reply)
        return {kind: found[kind] for kind in PostClass}

    @property
    def posts(self) -> int:
        """How many posts there are, replies left out."""
        return sum(self.kinds.values())

    @property
    def replies(self) -> int:
        """How many replies the files hold."""
        return len(self.judged) - self.posts

    @property
    def first(self) -> date | None:
        """The day of the oldest post."""
        return min((each.post.day for each in self.judged if each.post.day), default=None)

    @property
    def last(self) -> date | None:
        """The day of the newest post."""
        return max((each.post.day for each in self.judged if each.post.day), default=None)

    @property
    def undated(self) -> int:
        """How many posts have no day."""
        return sum(each.post.day is None for each in self.judged)

    @property
    def is_talk_low(self) -> bool:
        """Whether less is talk than is wanted, beyond what chance explains; only where known."""
        if not (self.knows_replies and self.all):
            return False
        low = not self.talk_limit.allows(PERCENT * self.talk / self.all)
        return low and self.talk_limit.is_clear(self.talk, self.all)

    def indicator(self, name: Name) -> Indicator:
        """One of the nine."""
        return next(each for each in self.indicators if each.name is name)


def limits_of(plan: Plan) -> dict[Name, Limit]:
    """What each indicator is held against: the business's own number, or our default."""
    fewest = default_of(plan, f"{STEP}.judged_least")
    limits = {
        name: Limit(
            default_of(plan, f"{STEP}.{key}"),
            sense,  # type: ignore[arg-type] # one of the two
            f"{STEP}.{key}" in plan.own_defaults,
            0 if name in SHARES else fewest,
        )
        for name, key, sense in _LIMITS
    }
    return {Name.PROMOTION: _own_limit(plan, "promotion_most", "most"), **limits}


def _own_limit(plan: Plan, name: str, sense: str) -> Limit:
    own: float | None = getattr(plan.mix, name)
    ours = default_of(plan, f"{STEP}.{name}")
    is_own = own is not None or f"{STEP}.{name}" in plan.own_defaults
    return Limit(ours if own is None else own, sense, is_own)  # type: ignore[arg-type] # as above


def audit_posts(posts: Sequence[Post], plan: Plan, counts: Counts | None = None) -> Audit:
    """Posts and replies told by their signs, with the indicators they come to.

    Args:
        posts: What was written, each once; made of files by ``imports.posts``.
        plan: Whose shares, names, website and corrections count.
        counts: What was counted by hand where files hold no replies.

    Returns:
        The audit; it holds the texts, so it is not to be kept.
    """
    return _sum_up(judge_all(posts, judge_of(plan)), plan, counts or Counts())


def correct(audit: Audit, said: Mapping[str, PostClass], plan: Plan) -> Audit:
    """An audit in which posts are what a person says they are, by the digests of their texts."""
    judged = tuple(
        each._replace(kind=said[each.mark], hits=(), is_corrected=True)
        if each.mark in said
        else each
        for each in audit.judged
    )
    return _sum_up(judged, plan, audit.counts, audit.spoken)


def _sum_up(
    judged: tuple[Judged, ...],
    plan: Plan,
    counts: Counts,
    spoken: tuple[int, int] | None = None,
) -> Audit:
    seen = see(judged, plan, counts, spoken)
    by_hand = 0 if seen.replies else (counts.replies or 0)
    return Audit(
        judged=judged,
        indicators=measure(seen, limits_of(plan)),
        spans=divide(judged),
        talk=sum(map(talks, judged)) + by_hand,
        all=len(judged) + by_hand,
        talk_limit=_own_limit(plan, "talk_least", "least"),
        knows_replies=seen.knows_replies,
        counts=counts,
        spoken=seen.spoken,
        english_share=default_of(plan, "voice.english_share"),
    )
