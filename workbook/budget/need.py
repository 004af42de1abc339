"""The hours a week that a plan needs, by place and task, against those there are.

What the chosen places take is what ``fit`` reckons; nothing is reckoned a second time. Three
things are joined to it. The places that every business has anyway, a website and a business
profile, are no choice, so that ``fit`` leaves them out; the week pays for them all the same. A
parked account takes a few minutes. And where daily blocks for answers are set, they are kept in
full: what they hold beyond answers and listening goes into thanks and favours.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from workbook.budget.fortnight import reckon
from workbook.content import default_of
from workbook.fit.effort import BASE, Effort
from workbook.fit.fates import Use, find_fate, judge_use, list_named
from workbook.fit.numbers import ELSEWHERE, SHARED_HOURS
from workbook.fit.planned import efforts_of
from workbook.steps.goals.answers import Decision
from workbook.steps.platform_fit.answers import Action
from workbook.steps.start.answers import Route
from workbook.steps.time.answers import Task, Time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from workbook.plan import Plan
    from workbook.steps.start.answers import Account

MINUTES = 60
_REPLIES_ELSEWHERE = 1 / 3
"""Of the hours of any account: ten replies of half an hour, beside two posts of an hour."""
_SAME = 1e-9


class Part(StrEnum):
    """What hours are made of."""

    MAKING = "making"
    REPLYING = "replying"
    THANKS = "thanks"
    LISTENING = "listening"
    CARE = "care"
    PARKED = "parked"
    PLANNING = "planning"
    REPORTING = "reporting"

    @property
    def task(self) -> Task:
        """The task in whose blocks it is done."""
        return _TASKS[self]


_TASKS = {
    Part.MAKING: Task.MAKE,
    Part.REPLYING: Task.ANSWER,
    Part.THANKS: Task.ANSWER,
    Part.LISTENING: Task.LISTEN,
    Part.CARE: Task.CARE,
    Part.PARKED: Task.CARE,
    Part.PLANNING: Task.PLAN,
    Part.REPORTING: Task.REPORT,
}


@dataclass(frozen=True, slots=True)
class Demand:
    """Hours a week that one part takes in one place; without a place it is needed once."""

    part: Part
    hours: float
    place: str = ""
    effort: Effort | None = None
    """What the place takes altogether, with the reason for it."""

    @property
    def task(self) -> Task:
        """The task in whose blocks it is done."""
        return self.part.task


@dataclass(frozen=True, slots=True)
class Need:
    """What a week takes, what there is, and which accounts were left out."""

    demands: tuple[Demand, ...]
    available: float | None
    """The hours there are; None where nobody knows."""
    left_out: tuple[tuple[Account, Use], ...] = ()
    """Accounts that take nothing so far, and why."""

    @property
    def hours(self) -> float:
        """Everything together."""
        return sum(each.hours for each in self.demands)

    @property
    def over(self) -> float:
        """The hours that are missing; 0 where it fits or nobody knows what there is."""
        if self.available is None or self.hours <= self.available + _SAME:
            return 0.0
        return self.hours - self.available

    @property
    def places(self) -> tuple[str, ...]:
        """The places that take hours, in their order."""
        return tuple(dict.fromkeys(each.place for each in self.demands if each.place))

    def sum_by_place(self) -> dict[str, float]:
        """Hours a week by place; “” holds what is needed once."""
        return _sum(self.demands, lambda each: each.place)

    def sum_by_task(self) -> dict[Task, float]:
        """Hours a week by task, in the order of tasks."""
        found = _sum(self.demands, lambda each: each.task)
        return {task: found[task] for task in Task if task in found}

    def sum_part(self, *parts: Part) -> float:
        """Hours a week of some parts."""
        return sum(each.hours for each in self.demands if each.part in parts)


def _sum(demands: Iterable[Demand], key: Callable[[Demand], str]) -> dict[str, float]:
    found: dict[str, float] = {}
    for each in demands:
        found[key(each)] = found.get(key(each), 0.0) + each.hours
    return found


def reckon_need(plan: Plan) -> Need:
    """The hours a week a plan needs, with what there is and what was left out.

    Args:
        plan: The plan, however little of it is answered. While social media waits, only parked
            accounts take anything.

    Returns:
        Hours a week by place and task. Without base, parked accounts and daily blocks they are
        those of ``fit.planned.hours_of`` for the same places.
    """
    hours = plan.start.hours_per_week
    available = float(hours) if isinstance(hours, int | float) else None
    parked = tuple(_list_parked(plan))
    if plan.goals.decision is Decision.NOT_NOW:
        return Need(parked, available)
    kept = list_kept(plan)
    efforts = efforts_of(plan)
    demands = tuple(each for p in kept for each in _reckon_place(plan, p, efforts.get(p)))
    once = tuple(_reckon_once(plan, demands)) if kept else ()
    left = tuple(_list_left_out(plan, kept))
    return Need((*demands, *once, *parked), available, left)


def is_signed(plan: Plan) -> bool:
    """Whether somebody signed for missing hours, with a reason."""
    return bool(plan.time.exception and plan.time.exception_by)


def is_held_in_week(plan: Plan) -> bool:
    """Whether the whole week is held against the hours, and no longer the places alone.

    It is once the week was begun; on the short route, which does not ask for it, only what was
    signed counts.
    """
    begun = plan.time != Time() and plan.start.route is not Route.SHORT
    return begun or is_signed(plan)


# -- places ---------------------------------------------------------------------------------------


def list_kept(plan: Plan) -> tuple[str, ...]:
    """The places that take hours: chosen, with an account in use, or fed beside the choice."""
    using = (
        account.platform
        for account in plan.start.accounts
        if account.platform and judge_use(plan, account.platform, account) is Use.IN_USE
    )
    fed = (
        place.platform
        for place in plan.platform_fit.places
        if place.platform in BASE and (place.posts or place.replies)
    )
    return tuple(dict.fromkeys(each for each in (*list_named(plan), *using, *fed) if each))


def _reckon_place(plan: Plan, place: str, effort: Effort | None) -> Iterator[Demand]:
    """What a place takes; each further account that is kept there takes its care once more."""
    if effort is None:
        hours = default_of(plan, ELSEWHERE)
        yield Demand(Part.MAKING, hours * (1 - _REPLIES_ELSEWHERE), place)
        yield Demand(Part.REPLYING, hours * _REPLIES_ELSEWHERE, place)
        return
    there = [
        account
        for account in plan.start.accounts
        if account.platform == place and judge_use(plan, place, account) is Use.IN_USE
    ]
    yield Demand(Part.MAKING, effort.making, place, effort)
    yield Demand(Part.REPLYING, effort.replying, place, effort)
    yield Demand(Part.CARE, effort.care * max(len(there), 1), place, effort)


def _reckon_once(plan: Plan, demands: tuple[Demand, ...]) -> Iterator[Demand]:
    """What is needed once: thanks beyond answers, listening, numbers, and the rest for planning."""
    shared = default_of(plan, SHARED_HOURS)
    told = {
        Part.LISTENING: default_of(plan, "time.listening_minutes")
        * default_of(plan, "time.listening_days")
        / MINUTES,
        Part.REPORTING: default_of(plan, "time.reporting_minutes") / MINUTES,
    }
    room = min(1.0, shared / sum(told.values())) if sum(told.values()) else 0.0
    parts = {part: hours * room for part, hours in told.items()}
    replying = sum(each.hours for each in demands if each.part is Part.REPLYING)
    thanks = reckon(plan).blocks - replying - parts[Part.LISTENING]
    if thanks > _SAME:
        yield Demand(Part.THANKS, thanks)
    yield Demand(Part.LISTENING, parts[Part.LISTENING])
    yield Demand(Part.PLANNING, max(shared - sum(parts.values()), 0.0))
    yield Demand(Part.REPORTING, parts[Part.REPORTING])


def _list_parked(plan: Plan) -> Iterator[Demand]:
    hours = default_of(plan, "time.parked_minutes") / MINUTES
    parked: Mapping[str, int] = _count_parked(plan)
    for place, count in parked.items():
        yield Demand(Part.PARKED, hours * count, place)


def _count_parked(plan: Plan) -> dict[str, int]:
    """How many accounts are parked in each place."""
    found: dict[str, int] = {}
    for account in plan.start.accounts:
        fate = find_fate(plan, account.id)
        if fate and fate.action is Action.PARK and account.platform:
            found[account.platform] = found.get(account.platform, 0) + 1
    return found


def _list_left_out(plan: Plan, kept: tuple[str, ...]) -> Iterator[tuple[Account, Use]]:
    for account in plan.start.accounts:
        fate = find_fate(plan, account.id)
        parked = fate is not None and fate.action is Action.PARK
        use = judge_use(plan, account.platform, account)
        counted = use is Use.IN_USE and account.platform in kept
        if account.platform and not parked and not counted:
            yield account, use
