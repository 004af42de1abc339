"""What could be cut so that a plan fits: each cut with the hours it saves and what it costs.

A cut is some answers put differently. What it saves is not guessed: the plan is reckoned again with
those answers in it. What it costs is told in people who are no longer reached, where counts of
clients or a survey tell it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import blake2b
from itertools import chain
from math import floor
from typing import TYPE_CHECKING, NamedTuple

from workbook.budget.colleagues import find_purpose
from workbook.budget.fortnight import list_routine
from workbook.budget.need import MINUTES, Need, Part, reckon_need
from workbook.content import default_of
from workbook.evidence.survey import place_names
from workbook.fit.effort import BASE, load_efforts
from workbook.fit.fates import Use, find_fate, judge_use, list_named
from workbook.fit.numbers import SHARED_HOURS
from workbook.fit.planned import choose_for, efforts_of, list_chosen
from workbook.plan import OWN_DEFAULTS, Plan, annotation_of, read_answer, replace_answer
from workbook.platforms import load_platforms
from workbook.steps.platform_fit.answers import Action
from workbook.steps.time.answers import Purpose
from workbook.values import Problem, read

if TYPE_CHECKING:
    from collections.abc import Iterator

Answers = tuple[tuple[str, str], ...]
_IMAGE = "platform_fit.minutes_image"
_MOST_ROUNDS = 24
_CHEAP = frozenset({"image", "text"})
_LEAST = 1 / MINUTES
"""A minute: what saves less is no cut."""


class Kind(StrEnum):
    """What is cut."""

    THANKS = "thanks"
    POSTS = "posts"
    FORM = "form"
    PLACE = "place"
    PLANNING = "planning"
    LISTENING = "listening"
    REPORTING = "reporting"


@dataclass(frozen=True, slots=True)
class Cut:
    """Something that could be cut, with the answers that would do it."""

    kind: Kind
    place: str
    answers: Answers
    saves: float
    """Hours a week."""
    before: float = 0.0
    after: float = 0.0
    """Minutes a day or a week, posts a week, or minutes a post, as the kind has it."""
    lost: float | None = 0.0
    """People in 100 no longer reached; None where nothing is known of the place."""
    by_survey: bool = False
    """Whether what is lost rests on a survey, and not on enough clients who were asked."""
    is_partners: bool = False
    """Whether it is a place that is left, and its hours are for referrals and partners."""


def list_cuts(plan: Plan) -> tuple[Cut, ...]:
    """Each single cut there is, the one that costs least for each hour it saves first.

    Where nobody is lost as far as is known, the larger saving goes first; places of which nothing
    is known come last.
    """
    need = reckon_need(plan)
    drafts = chain(_cut_thanks(plan, need), _cut_posts(plan, need), _cut_forms(plan, need),
                   _cut_places(plan, need), _cut_shared(plan, need))  # fmt: skip
    found = (_weigh(plan, need, draft) for draft in drafts)
    return tuple(sorted((cut for cut in found if cut.saves >= _LEAST), key=_rank))


class Way(NamedTuple):
    """Cuts taken one after another, and what the plan then needs."""

    cuts: tuple[Cut, ...]
    hours: float
    fits: bool


def find_way(plan: Plan) -> Way:
    """Cuts which together make a plan fit, or come as near to it as cuts can.

    One that suffices alone goes before several, and of several the larger ones go first. Each
    further one is sought in the plan as it then is, so that nothing is counted twice.
    """
    taken: list[Cut] = []
    while (over := reckon_need(plan).over) and len(taken) < _MOST_ROUNDS:
        cuts = list_cuts(plan)
        if not cuts:
            break
        enough = [cut for cut in cuts if cut.saves >= over]
        large = [cut for cut in cuts if cut.saves >= max(each.saves for each in cuts) / 2]
        taken.append((*enough, *large)[0])
        plan = put(plan, taken[-1].answers)
    need = reckon_need(plan)
    return Way(tuple(taken), need.hours, not need.over)


def put(plan: Plan, answers: Answers) -> Plan:
    """A plan with some answers put differently."""
    for path, raw in answers:
        value = read(annotation_of(path), raw)
        if not isinstance(value, Problem):
            plan = replace_answer(plan, path, value)
    return plan


def _rank(cut: Cut) -> tuple[bool, float, float]:
    return (cut.lost is None, (cut.lost or 0.0) / cut.saves, -cut.saves)


def _weigh(plan: Plan, need: Need, cut: Cut) -> Cut:
    """The cut with what it saves, and of a place what it costs."""
    changed = put(plan, cut.answers)
    saves = need.hours - reckon_need(changed).hours
    if cut.kind is not Kind.PLACE:
        return replace(cut, saves=saves)
    lost, by_survey = _lose(plan, changed, cut.place)
    partners = find_purpose(plan, cut.place).purpose is Purpose.PARTNERS
    return replace(cut, saves=saves, lost=lost, by_survey=by_survey, is_partners=partners)


def _lose(plan: Plan, changed: Plan, place: str) -> tuple[float | None, bool]:
    """The people in 100 who are no longer reached without a place, and if a survey says so."""
    from workbook.fit.choice import describe_set  # noqa: PLC0415 - it loads what reckons

    said = plan.audience
    if not (said.groups or said.tallies or said.figures):
        return None, False
    choice = choose_for(plan)
    name = place_names().get(place)
    if choice.counted and name in (*choice.unnamed, *choice.unnamed_here):
        return 0.0, False
    if not choice.counted or name not in choice.search.places:
        return None, False
    kept = list_chosen(plan) or (place,)
    rest = [each for each in list_chosen(changed) if each != place]
    with_it, without = (describe_set(choice, each) for each in ((*kept, place), rest))
    return max(with_it.weighted.percent - without.weighted.percent, 0.0), choice.is_provisional


# -- what there is to cut -------------------------------------------------------------------------


def _cut_thanks(plan: Plan, need: Need) -> Iterator[Cut]:
    """Daily blocks cut down to what answers and listening take."""
    routine, days = list_routine(plan), default_of(plan, "mix.routine_days")
    thanks, before = need.sum_part(Part.THANKS), sum(minutes for _, minutes in routine)
    if not (routine and days and thanks and before):
        return
    shortest = default_of(plan, "time.shortest_block")
    share = max(1 - thanks * MINUTES / days / before, 0.0)
    shorter = [max(floor(minutes * share), min(minutes, shortest)) for _, minutes in routine]
    names = ["mix.first_minutes"] if plan.mix.first_at else []
    names += ["mix.second_minutes"] if plan.mix.second_at else []
    answers = tuple((n, _write(m)) for n, m in zip(names, shorter, strict=True))
    yield Cut(Kind.THANKS, "", answers, 0.0, before, sum(shorter))


def _cut_posts(plan: Plan, need: Need) -> Iterator[Cut]:
    """One post a week less, or as few as our default; in a place of the base, half as many."""
    efforts = efforts_of(plan)
    for place in need.places:
        effort = efforts.get(place)
        posts = _count_posts(plan, place) if effort else 0.0
        if not effort or not effort.making:
            continue
        usual = sum(load_efforts()[place].posts.values())
        for fewer in {posts / 2 if place in BASE else posts - 1, min(usual, posts)}:
            if 0 < fewer < posts:
                answers = _answer_place(plan, place, "posts", fewer)
                yield Cut(Kind.POSTS, place, answers, 0.0, posts, fewer)


def _cut_forms(plan: Plan, need: Need) -> Iterator[Cut]:
    """Pictures in the place of films, where a place lives on pictures too."""
    efforts, cheap = efforts_of(plan), default_of(plan, _IMAGE)
    for place in need.places:
        effort, known = efforts.get(place), load_platforms().get(place)
        posts = _count_posts(plan, place) if effort else 0.0
        lives_on = {*known.forms, *effort.posts} if effort and known else set()
        if not (effort and posts and lives_on & _CHEAP):
            continue
        each = effort.making / posts * MINUTES
        if each > cheap and place not in BASE:
            answers = _answer_place(plan, place, "minutes", cheap)
            yield Cut(Kind.FORM, place, answers, 0.0, each, cheap)


def _cut_shared(plan: Plan, need: Need) -> Iterator[Cut]:
    """Planning, reading and numbers, which are our defaults, each down to its least."""
    parts = {
        Kind.PLANNING: (Part.PLANNING, default_of(plan, "time.planning_least")),
        Kind.LISTENING: (Part.LISTENING, default_of(plan, "time.listening_least")),
        Kind.REPORTING: (Part.REPORTING, default_of(plan, "time.reporting_least")),
    }
    for kind, (part, least) in parts.items():
        before = need.sum_part(part) * MINUTES
        if before > least:
            yield Cut(kind, "", _answer_shared(plan, need, part, least), 0.0, before, least)


def _answer_shared(plan: Plan, need: Need, part: Part, least: float) -> Answers:
    """The numbers that leave a part at its least, and the others as they are.

    What planning takes is the rest of the hours that any presence takes, so those fall too. They
    are rounded down, so that no second is left over.
    """
    told = {each: need.sum_part(each) for each in (Part.LISTENING, Part.PLANNING, Part.REPORTING)}
    told[part] = least / MINUTES
    shared = (SHARED_HOURS, f"{floor(sum(told.values()) * 100 + 1e-6) / 100:g}")
    days = default_of(plan, "time.listening_days")
    numbers = {
        Part.LISTENING: ("time.listening_minutes", least / days if days else 0.0),
        Part.REPORTING: ("time.reporting_minutes", least),
    }
    own = [(name, _write(number)) for each, (name, number) in numbers.items() if each is part]
    return tuple((f"{OWN_DEFAULTS}{name}", text) for name, text in (shared, *own))


def _count_posts(plan: Plan, place: str) -> float:
    return sum(efforts_of(plan)[place].posts.values())


def _answer_place(plan: Plan, place: str, field: str, number: float) -> Answers:
    """The answers that change a number of a place; it gets an entry where it has none."""
    entries = [each for each in plan.platform_fit.places if each.platform == place]
    if entries:
        told = [each for each in entries if getattr(each, field) is not None]
        return ((f"platform_fit.places.{(told or entries)[-1].id}.{field}", _write(number)),)
    path = f"platform_fit.places.c{_digest(place)}"
    return ((f"{path}.platform", place), (f"{path}.{field}", _write(number)))


def _write(number: float) -> str:
    """A number as people type it, with two decimals at most."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=4).hexdigest()


def _cut_places(plan: Plan, need: Need) -> Iterator[Cut]:
    """A place beside the first one, which is left and whose account is parked."""
    named, first = list_named(plan), plan.platform_fit.first
    for place in need.places:
        alone = not named and need.places[0] == place
        if place in BASE or place == first or alone:
            continue
        answers = (*_leave(plan, place), *_park(plan, place))
        if answers:
            yield Cut(Kind.PLACE, place, answers, 0.0)


def _leave(plan: Plan, place: str) -> Answers:
    return tuple(
        (f"platform_fit.further.{entry.id}.platform", "")
        for entry in plan.platform_fit.further
        if entry.platform == place
    )


def _park(plan: Plan, place: str) -> Iterator[tuple[str, str]]:
    """What parks the accounts in a place that would else be kept."""
    left = put(plan, _leave(plan, place))
    for account in plan.start.accounts:
        if account.platform != place or judge_use(left, place, account) is not Use.IN_USE:
            continue
        fate = find_fate(plan, account.id)
        path = f"platform_fit.fates.{fate.id if fate else account.id}"
        if read_answer(plan, f"{path}.account") is None:
            yield f"{path}.account", account.id
        yield f"{path}.action", Action.PARK.value
