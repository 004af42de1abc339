"""How well each place suits a plan, criterion by criterion, from its answers and the facts.

What nobody answered, and what no source tells, stays open: it is to be found out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.evidence.survey import place_ids, place_names
from workbook.fit.audiences import list_places
from workbook.fit.choice import Remark
from workbook.fit.suitability import UNKNOWN, Criteria, Criterion
from workbook.platforms import load_platforms
from workbook.steps.goals.answers import Objective, Serves
from workbook.steps.platform_fit.answers import Form
from workbook.steps.start.answers import Access, Silence
from workbook.values import YesNo

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from workbook.fit.numbers import Numbers
    from workbook.plan import Plan
    from workbook.steps.start.answers import Account

QUIET = "platform_fit.asset_quiet"
"""The number that an account counts which was silent for some months."""
_BY_ANSWER = {YesNo.YES: 1.0, YesNo.NO: 0.0}
_SHUT_OUT = {Access.LEFT, Access.NOBODY}


def read_criteria(plan: Plan, numbers: Numbers) -> dict[str, Criteria]:
    """What a plan tells of each place besides who is there, by the place's name in surveys.

    Args:
        plan: The plan.
        numbers: What counts for something not known, and for an account that is quiet.

    Returns:
        Criteria from 0 to 1; None where something is to be found out.
    """
    ids = place_ids()
    return {
        name: {
            Criterion.CONTENT: _content(plan, ids[name]),
            Criterion.GOAL: _goal(plan, ids[name], numbers),
            Criterion.PATH: load_platforms()[ids[name]].path_value,
            Criterion.SERVICE: _service(plan, ids[name]),
            Criterion.ASSET: _asset(plan, ids[name], numbers),
        }
        for name in list_places()
    }


def add_paths(given: Mapping[str, Criteria]) -> dict[str, Criteria]:
    """What is told of each place, with the way to the website as its facts tell it."""
    ids, places = place_ids(), load_platforms()
    return {
        name: {Criterion.PATH: places[ids[name]].path_value, **given.get(name, {})}
        for name in list_places()
    }


def find_remarks(plan: Plan) -> tuple[Remark, ...]:
    """What had to be left out of the counts of colleagues."""
    asked, names = plan.audience.peers_asked, place_names()
    return tuple(
        Remark.of("peers_above", place=names.get(place, place), count=count, asked=asked)
        for place, count in plan.audience.peers
        if asked is not None and count > asked
    )


def _content(plan: Plan, place: str) -> float | None:
    """Which share of what a place lives on the team can make every week."""
    makes, forms = plan.platform_fit.makes, load_platforms()[place].forms
    if not makes or not forms:
        return None
    made = {form.value for form in makes if form is not Form.NONE}
    return sum(form in made for form in forms) / len(forms)


def _goal(plan: Plan, place: str, numbers: Numbers) -> float | None:
    """Whether a place serves the goal; colleagues there count where referrals are wanted."""
    told = _told_goal(plan, place)
    if told == 0 or Objective.REFERRALS not in plan.goals.objectives:
        return told
    seen = _peers(plan, place)
    least = numbers[UNKNOWN] if told is None else told
    return told if seen is None or seen <= least else seen


def _told_goal(plan: Plan, place: str) -> float | None:
    """What the business says of it: for the place itself, else with the reason to be there."""
    said = _last(each.serves for each in plan.platform_fit.places if each.platform == place)
    if said is not None:
        return _BY_ANSWER.get(said)
    served = [why.serves for why in plan.goals.whys if why.platform == place and why.serves]
    told = [each for each in served if each is not Serves.UNKNOWN]
    if not told:
        return None
    return 0.0 if all(each is Serves.NOTHING for each in told) else 1.0


def _peers(plan: Plan, place: str) -> float | None:
    """The share of colleagues who were seen at a place; None where that cannot be told."""
    asked, seen = plan.audience.peers_asked, dict(plan.audience.peers).get(place, 0)
    return seen / asked if asked and seen <= asked else None


def _service(plan: Plan, place: str) -> float | None:
    """Whether customers can be answered there in time."""
    said = _last(each.answers for each in plan.platform_fit.places if each.platform == place)
    return None if said is None else _BY_ANSWER.get(said)


def _last(answers: Iterable[YesNo | None]) -> YesNo | None:
    """The answer that was given last; a later entry of the same place goes before."""
    return ([None, *(each for each in answers if each is not None)])[-1]


def _asset(plan: Plan, place: str, numbers: Numbers) -> float | None:
    """Whether an account there is alive: by its silence, and by whether anybody can get in."""
    start = plan.start
    if not start.accounts and start.has_accounts is not YesNo.NO:
        return None
    there = [each for each in start.accounts if each.platform == place]
    found = [_alive(each, numbers) for each in there]
    told = [each for each in found if each is not None]
    if there and not told:
        return None
    return max(told, default=0.0)


def _alive(account: Account, numbers: Numbers) -> float | None:
    if account.access and set(account.access) <= _SHUT_OUT:
        return 0.0
    by_silence: Mapping[Silence, float] = {
        Silence.MONTH: 1.0,
        Silence.QUARTER: min(max(numbers[QUIET], 0.0), 1.0),
        Silence.YEAR: 0.0,
        Silence.LONGER: 0.0,
        Silence.NEVER: 0.0,
    }
    return by_silence.get(account.last_posted) if account.last_posted else None
