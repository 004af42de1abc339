"""Topics of what customers ask, and two weeks of topics and people; never a word of ours."""

from __future__ import annotations

from hashlib import blake2b
from itertools import zip_longest
from typing import TYPE_CHECKING

from workbook.budget.fortnight import OWN
from workbook.content import default_of
from workbook.steps.mix.answers import Act, Contact, Mix, Move, Planned, Topic, Week, Weekday, Where
from workbook.tone.vocabulary import read_lines
from workbook.values import TEXT_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.plan import Plan

_ASKED = (
    ("asked_counter", Where.COUNTER),
    ("asked_phone", Where.PHONE),
    ("asked_mail", Where.MAIL),
)
_MOVES = {Act.ANSWER: Move.REPLY, Act.THANK: Move.THANK, Act.RECOMMEND: Move.RECOMMEND}
_WORKDAYS = (
    Weekday.MONDAY, Weekday.WEDNESDAY, Weekday.FRIDAY, Weekday.TUESDAY, Weekday.THURSDAY,
)  # fmt: skip
"""The days on which is posted, in the order in which they are taken."""
_DAYS = tuple(Weekday)[: len(_WORKDAYS)]
_MOST_A_WEEK = len(_WORKDAYS)


def _name(kind: str, text: str) -> str:
    """An id that stays the same for the same words."""
    return kind + blake2b(text.casefold().encode(), digest_size=4).hexdigest()


def make_topics(plan: Plan) -> tuple[Topic, ...]:
    """Topics of the questions that were noted and are none yet, in the words they were noted in.

    They are taken from the three lists in turn, until there are as many as are wanted.
    """
    mix = plan.mix
    wanted = int(default_of(plan, "mix.topics_least"))
    known = {(topic.asked or "").casefold() for topic in mix.topics}
    ids = {topic.id for topic in mix.topics}
    made: list[Topic] = []
    for text, where in _take_in_turn(mix):
        if len(mix.topics) + len(made) >= wanted:
            break
        name = _name("q", text)
        if text.casefold() not in known and name not in ids:
            known.add(text.casefold())
            made.append(Topic(id=name, asked=text, where=where))
    return tuple(made)


def _take_in_turn(mix: Mix) -> Iterator[tuple[str, Where]]:
    lists = [
        [(line[:TEXT_LIMIT], where) for line in read_lines(getattr(mix, name))]
        for name, where in _ASKED
    ]
    for row in zip_longest(*lists):
        yield from (cell for cell in row if cell is not None)


def make_weeks(plan: Plan) -> tuple[Planned, ...]:
    """Entries for topics and people that are not in the two weeks yet, on days that are free."""
    mix = plan.mix
    return (*_plan_posts(plan, mix), *_plan_answers(plan, mix))


def sort_weeks(weeks: tuple[Planned, ...]) -> tuple[Planned, ...]:
    """The entries by week and day; those without a day at the end of their week."""
    order, days = list(Week), list(Weekday)
    return tuple(
        sorted(
            weeks,
            key=lambda entry: (
                order.index(entry.week) if entry.week else len(order),
                days.index(entry.day) if entry.day else len(days),
            ),
        )
    )


def _plan_posts(plan: Plan, mix: Mix) -> Iterator[Planned]:
    used = {entry.topic for entry in mix.weeks}
    fresh = [topic for topic in mix.topics if topic.asked and topic.id not in used]
    taken = {(entry.week, entry.day) for entry in mix.weeks if entry.move in OWN}
    days = _WORKDAYS[: count_posts(plan)]
    slots = [(week, day) for week in Week for day in sorted(days, key=list(Weekday).index)]
    free = [slot for slot in slots if slot not in taken]
    for (week, day), topic in zip(free, fresh, strict=False):
        yield _plan_post(plan, topic, week, day)


def _plan_post(plan: Plan, topic: Topic, week: Week, day: Weekday) -> Planned:
    kind = "minutes_image" if topic.proof else "minutes_text"
    text = "\n\n".join(part for part in (topic.asked, topic.says) if part)
    return Planned(
        id=_name("p", topic.id),
        week=week,
        day=day,
        move=Move.POST,
        topic=topic.id,
        text=text,
        minutes=default_of(plan, f"platform_fit.{kind}"),
        proof=topic.proof,
    )


def _plan_answers(plan: Plan, mix: Mix) -> Iterator[Planned]:
    """One person a day, each once."""
    used = {entry.contact for entry in mix.weeks}
    fresh = [contact for contact in mix.contacts if contact.name and contact.id not in used]
    taken = {(entry.week, entry.day) for entry in mix.weeks if entry.contact}
    slots = [(week, day) for week in Week for day in _DAYS if (week, day) not in taken]
    for (week, day), contact in zip(slots, fresh, strict=False):
        yield _plan_answer(plan, contact, week, day)


def _plan_answer(plan: Plan, contact: Contact, week: Week, day: Weekday) -> Planned:
    return Planned(
        id=_name("a", contact.id),
        week=week,
        day=day,
        move=_MOVES[contact.act] if contact.act else None,
        contact=contact.id,
        text=contact.about,
        minutes=default_of(plan, "platform_fit.minutes_reply"),
    )


def count_posts(plan: Plan) -> int:
    """Posts a week: what the first place gets by the business's own answer, else our default."""
    fit = plan.platform_fit
    own = next((p.posts for p in fit.places if p.platform == fit.first and p.posts), None)
    wanted = default_of(plan, "mix.posts_a_week") if own is None else own
    return max(1, min(_MOST_A_WEEK, round(wanted)))
