"""Topics of what customers ask, and two weeks of topics and people; never a word of ours."""

from __future__ import annotations

from hashlib import blake2b
from itertools import zip_longest
from math import floor
from typing import TYPE_CHECKING

from workbook.budget.fortnight import OWN, reckon
from workbook.content import default_of
from workbook.steps.mix.answers import Act, Contact, Mix, Move, Planned, Topic, Week, Weekday, Where
from workbook.steps.mix.fortnight import find_limit
from workbook.steps.mix.selling import find_selling, write_topic
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
_MOST_POSTS = _MOST_A_WEEK * len(Week)
_WHOLE = 100
_SLACK = 1e-9


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
    answers = tuple(_plan_answers(plan, plan.mix))
    return (*_plan_posts(plan, answers), *answers)


def count_waiting(plan: Plan) -> int:
    """How many topics have a free day and wait, since the two shares leave no room for them."""
    slots, fresh = _list_free(plan)
    planned = sum(entry.move in OWN for entry in make_weeks(plan))
    return min(len(slots), len(fresh)) - planned


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


def _list_free(plan: Plan) -> tuple[list[tuple[Week, Weekday]], list[Topic]]:
    """The days on which nothing is posted yet, and the topics that are in no entry."""
    mix = plan.mix
    used = {entry.topic for entry in mix.weeks}
    fresh = [topic for topic in mix.topics if topic.asked and topic.id not in used]
    taken = {(entry.week, entry.day) for entry in mix.weeks if entry.move in OWN}
    days = _WORKDAYS[: count_posts(plan)]
    slots = [(week, day) for week in Week for day in sorted(days, key=list(Weekday).index)]
    return [slot for slot in slots if slot not in taken], fresh


def _plan_posts(plan: Plan, answers: tuple[Planned, ...]) -> Iterator[Planned]:
    """As many posts as the two shares leave room for, those of use before those that sell."""
    slots, fresh = _list_free(plan)
    selling = find_selling(plan)
    most = min(len(slots), count_room(plan, sum(entry.move is not None for entry in answers)))
    chosen = _choose(plan, fresh, selling, most)
    for (week, day), topic in zip(slots, chosen, strict=False):
        move = Move.OFFER if topic.id in selling else Move.POST
        yield _plan_post(plan, topic, week, day, move)


def count_room(plan: Plan, answers: int) -> int:
    """How many posts more the wanted share of talk allows, beside so many answers more."""
    least, weeks = find_limit(plan, "talk_least").percent, reckon(plan)
    if not least:
        return _MOST_POSTS
    room = (weeks.talk + answers) * (_WHOLE - least) / least
    return max(0, floor(room + _SLACK) - weeks.posts)


def _choose(
    plan: Plan, fresh: list[Topic], selling: frozenset[str], most: int
) -> tuple[Topic, ...]:
    """Topics of use first; those that sell only while their share stays within its limit."""
    limit, weeks = find_limit(plan, "promotion_most").percent, reckon(plan)
    useful = [topic for topic in fresh if topic.id not in selling][:most]
    offers = [topic for topic in fresh if topic.id in selling][: most - len(useful)]
    while offers:
        sold, posts = weeks.offers + len(offers), weeks.posts + len(useful) + len(offers)
        if _WHOLE * sold <= limit * posts:
            break
        offers.pop()
    kept = {topic.id for topic in (*useful, *offers)}
    return tuple(topic for topic in fresh if topic.id in kept)


def _plan_post(plan: Plan, topic: Topic, week: Week, day: Weekday, move: Move) -> Planned:
    kind = "minutes_image" if topic.proof else "minutes_text"
    return Planned(
        id=_name("p", topic.id),
        week=week,
        day=day,
        move=move,
        topic=topic.id,
        text=write_topic(topic),
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
