"""A plan's answers as a wish, and the choice of places that follows from them.

What is not known stays open: nothing is guessed. What had to be left out, or to be put in
proportion, is told beside the choice.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from workbook.content import BASE_LANGUAGE
from workbook.evidence.survey import place_names
from workbook.fit.choice import Choice, Remark, Wish, choose
from workbook.fit.criteria import find_remarks, read_criteria
from workbook.fit.effort import BASE, add_hours, load_efforts, reckon_effort
from workbook.fit.groups import read_audiences
from workbook.fit.numbers import Numbers, list_own
from workbook.plan import Plan
from workbook.steps.goals.answers import Goals
from workbook.steps.platform_fit.answers import PlatformFit
from workbook.steps.start.answers import Start

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from workbook.fit.effort import Effort
    from workbook.steps.audience.answers import Audience

_KEPT = 4
"""So many choices are kept, since each holds some megabytes: those of one plan as it changes."""


def wish_of(plan: Plan, language: str = BASE_LANGUAGE) -> Wish:
    """What a plan asks for: its people, its hours, and what the business knows itself.

    Args:
        plan: The plan, however little of it is answered.
        language: The language of the reasons in it.

    Returns:
        The wish; its remarks say what was left out of the answers or put in proportion.
    """
    numbers = Numbers(dict(list_own(plan)))
    audiences, remarks = read_audiences(plan, language)
    hours = plan.start.hours_per_week
    is_told = isinstance(hours, int | float)
    open_hours = () if is_told else (Remark.of("hours_open"),)
    return Wish(
        audiences=audiences,
        hours=float(hours) if isinstance(hours, int | float) else 0.0,
        people=_count_people(plan),
        exception=_read_exception(plan.platform_fit),
        criteria=read_criteria(plan, numbers),
        efforts=_read_efforts(plan.platform_fit, numbers, language),
        numbers=numbers,
        remarks=(*open_hours, *remarks, *find_remarks(plan)),
    )


def choose_for(plan: Plan, language: str = BASE_LANGUAGE) -> Choice:
    """The sets of places that fit a plan; reckoned anew only when it reads another answer."""
    return _choose(_keep_read(plan), language)


class _Read(NamedTuple):
    """The answers that a choice rests on."""

    start: Start
    goals: Goals
    audience: Audience
    fit: PlatformFit
    own: tuple[tuple[str, float], ...]


@lru_cache(maxsize=_KEPT)
def _choose(read: _Read, language: str) -> Choice:
    plan = Plan(
        start=read.start,
        goals=read.goals,
        audience=read.audience,
        platform_fit=read.fit,
        own_defaults=dict(read.own),
    )
    return choose(wish_of(plan, language))


def _keep_read(plan: Plan) -> _Read:
    """Just the answers that a choice rests on, so that it is kept while others change."""
    start, fit = plan.start, plan.platform_fit
    accounts = tuple(
        each.model_copy(update={"handle": None, "opened_because": None}) for each in start.accounts
    )
    whys = tuple(each.model_copy(update={"reason": None}) for each in plan.goals.whys)
    return _Read(
        Start(
            customers=start.customers,
            people=start.people,
            hours_per_week=start.hours_per_week,
            has_accounts=start.has_accounts,
            accounts=accounts,
        ),
        Goals(objectives=plan.goals.objectives, whys=whys),
        plan.audience,
        PlatformFit(
            hands=fit.hands,
            makes=fit.makes,
            places=fit.places,
            exception=fit.exception,
            exception_by=fit.exception_by,
        ),
        list_own(plan),
    )


def list_chosen(plan: Plan) -> tuple[str, ...]:
    """The platforms a business chose, the first one first; the base is not among them."""
    fit = plan.platform_fit
    named = (fit.first, *(each.platform for each in fit.further))
    return tuple(dict.fromkeys(each for each in named if each and each not in BASE))


def hours_of(plan: Plan, places: Iterable[str]) -> float:
    """The hours a week that some places take in a plan, with those needed once.

    Args:
        plan: The plan with the business's own posts, minutes and replies.
        places: Platforms by their ids; another place takes what any account takes. The base
            takes nothing here, since it is there anyway.

    Returns:
        Hours a week; nothing for no place.
    """
    return add_hours(places, efforts_of(plan), Numbers(dict(list_own(plan))))


def efforts_of(plan: Plan, language: str = BASE_LANGUAGE) -> dict[str, Effort]:
    """What each place takes in a plan, by its id: our default, or the business's own answers."""
    numbers = Numbers(dict(list_own(plan)))
    own = _read_efforts(plan.platform_fit, numbers, language)
    ours, names = load_efforts(language, numbers), place_names()
    return {place: own.get(names[place], effort) for place, effort in ours.items()}


# -- the answers -------------------------------------------------------------------------------


def _count_people(plan: Plan) -> int | None:
    """How many people look after social media; None where that is not known."""
    hands = plan.platform_fit.hands
    if isinstance(hands, int):
        return max(hands, 1)
    return 1 if plan.start.people == 1 else None


def _read_exception(fit: PlatformFit) -> str:
    """Why one person may keep more places; empty unless somebody signed for it."""
    return fit.exception if fit.exception and fit.exception_by else ""


def _read_efforts(
    fit: PlatformFit, numbers: Numbers, language: str = BASE_LANGUAGE
) -> Mapping[str, Effort]:
    """What places take by the business's own posts, minutes and replies."""
    names = place_names()
    found: dict[str, dict[str, float]] = {}
    for each in fit.places:
        told = {"posts": each.posts, "minutes": each.minutes, "replies": each.replies}
        given = {key: value for key, value in told.items() if value is not None}
        if each.platform in names and given:
            found[each.platform] = {**found.get(each.platform, {}), **given}
    return {
        names[place]: reckon_effort(place, **given, numbers=numbers, language=language)
        for place, given in found.items()
    }
