"""Which texts read like an offer, by the same signs as the look at the last posts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.mix.classes import judge_of
from workbook.mix.posts import Post
from workbook.steps.mix.answers import Move, PostClass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.plan import Plan
    from workbook.steps.mix.answers import Planned, Topic


def write_topic(topic: Topic) -> str:
    """What a post about a topic says: the question, and what is said to it."""
    return "\n\n".join(part for part in (topic.asked, topic.says) if part)


def find_selling(plan: Plan) -> frozenset[str]:
    """The topics, by their ids, whose question and answer read like an offer."""
    judge = judge_of(plan)
    return frozenset(
        topic.id
        for topic in plan.mix.topics
        if judge.judge(Post(write_topic(topic))).kind is PostClass.PROMOTION
    )


def list_unsaid_offers(plan: Plan) -> Iterator[Planned]:
    """The entries called posts of use whose text, or else whose topic, reads like an offer."""
    judge = judge_of(plan)
    topics = {topic.id: topic for topic in plan.mix.topics}
    for entry in plan.mix.weeks:
        topic = topics.get(entry.topic or "")
        text = entry.text or (write_topic(topic) if topic else "")
        if entry.move is Move.POST and judge.judge(Post(text)).kind is PostClass.PROMOTION:
            yield entry
