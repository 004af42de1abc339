"""What would change the choice of places: more hours, an exception, something found out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from workbook.evidence.clients import Question
from workbook.fit.audiences import CLIENTS_LEAST
from workbook.fit.choice import choose, list_counting, mix_survey
from workbook.fit.suitability import UNKNOWN, WEIGHTS, Criterion, weigh_criteria

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.fit.choice import Choice
    from workbook.fit.numbers import Numbers
    from workbook.fit.sets import Amount, Search

_KEPT = 4
"""Of so many choices the changes are kept, since screens and documents ask more than once."""
_NEAR = 5
"""Among so many of the best sets the one that most people use is looked for."""
HOURS_MORE = "platform_fit.hours_more"
"""The number of hours a week within which the best set is named besides the nearest better one."""
_HOURS, _PLACES = "start.hours_per_week", "platform_fit.places"
_CLIENTS = "audience.tallies"
_SAME = 1e-9
_LITTLE = 0.01
"""Hours less than what a set takes, so that it does not fit; or a share that makes a difference."""


class Lever(StrEnum):
    """What the choice turns on."""

    TELL_HOURS = "tell_hours"
    MORE_HOURS = "more_hours"
    LESS_WORK = "less_work"
    """Fewer posts, or fewer minutes for each, so that a better set fits."""
    FEWER_HOURS = "fewer_hours"
    EXCEPTION = "exception"
    EXCEPTION_REACH = "exception_reach"
    """With the exception, the set that most people use, though another one counts for more."""
    SHARE = "share"
    """A group stood for more of the business."""
    FOUND_GOOD = "found_good"
    FOUND_BAD = "found_bad"
    DOUBLE = "double"
    """A criterion counted twice as much."""
    NOTHING = "nothing"
    """A criterion counted for nothing."""
    FEW_CLIENTS = "few_clients"
    """The clients asked so far counted, though they are few."""
    SURVEY = "survey"
    """The survey counted beside the clients, as the number of clients it is worth."""
    CLIENTS = "clients"
    CLIENTS_FIRST = "clients_first"
    """Clients asked where there is nothing else to choose by."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something that would change the best set, and what the best set would be then."""

    lever: Lever
    places: tuple[str, ...] = ()
    hours: float = 0.0
    """Of a change of hours: how many more, or how few there may be."""
    place: str = ""
    """Of something found out: about which place."""
    reach: float = 0.0
    """Percent of the wanted people that the set reaches then."""
    criterion: Criterion | None = None
    """Of another weight: of what."""
    group: str = ""
    """Of another share: whose; empty where the group has no name."""
    number: int = 0
    """Of another share: which of the audiences, from 1; of few clients: how many."""
    numbers: tuple[int, ...] = ()
    """Of another share: all audiences of the same people, which are shifted together."""
    percent: float = 0.0
    """Of another share: from which percent of the business on."""
    low: float = 0.0
    high: float = 0.0
    """Between which percents the reach lies."""
    path: str = ""
    """The answer to give for it; empty where there is none to give."""

    @property
    def amount(self) -> Amount:
        """The reach with its interval."""
        from workbook.fit.sets import Amount  # noqa: PLC0415 - heavy

        return Amount(self.reach, self.low, self.high)


@lru_cache(maxsize=_KEPT)
def find_changes(choice: Choice) -> tuple[Change, ...]:
    """What would change the best set of places; what would leave it as it is stands not here.

    Args:
        choice: The choice as it is.

    Returns:
        Changes in the order of how much is in the user's hands: hours, the rule of one place, the
        shares of the groups, what is to be found out, the weights, and asking clients.
    """
    found: list[Change] = []
    if choice.wish.is_hours_open:
        found.append(Change(Lever.TELL_HOURS, path=_HOURS))
    if choice.search.groups:
        found += [*_more_hours(choice), *_fewer_hours(choice.search)]
        found += [*_exception(choice.search), *_shares(choice)]
        found += [*_found_out(choice), *_weights(choice), *_survey(choice)]
    found += _few_clients(choice)
    if choice.is_provisional and choice.audiences:
        surveyed = any(k.told is None and k.left is None for k in choice.audiences)
        found.append(Change(Lever.CLIENTS if surveyed else Lever.CLIENTS_FIRST, path=_CLIENTS))
    return tuple(found)


def _best(search: Search) -> int:
    return int(search.rank(search.feasible, 1)[0])


def _make(lever: Lever, search: Search, number: int, hours: float = 0.0) -> Change:
    option = search.describe([number])[0]
    percent, low, high = option.reach
    return Change(lever, option.places, hours, reach=percent, low=low, high=high)


def _turn(choice: Choice, lever: Lever, other: Search) -> list[Change]:
    """The change to another search, if its best set is another one."""
    number = _best(other)
    same = other.name(number) == choice.best.places
    return [] if same else [_make(lever, other, number)]


# -- hours and rules ---------------------------------------------------------------------------


def _more_hours(choice: Choice) -> list[Change]:
    """The fewest more hours with which something better fits; and the best within a few more.

    The nearest one may also be had by less work on it.
    """
    search = choice.search
    values = search.value(search.allowed)
    best = search.value(search.feasible).max()
    better = search.allowed[values > best + _SAME]
    if not len(better):
        return []
    least = float(search.costs[better].min())
    wider = replace(search, available=least)
    nearest = _make(Lever.MORE_HOURS, wider, _best(wider), least - search.available)
    found = [nearest]
    step = search.available + choice.wish.numbers[HOURS_MORE]
    number = _best(replace(search, available=max(step, least)))
    if search.name(number) != nearest.places:
        more = float(search.costs[number]) - search.available
        found.append(_make(Lever.MORE_HOURS, search, number, more))
    making = sum(choice.efforts[name].making for name in nearest.places)
    if search.available and nearest.hours < making:
        found.append(replace(nearest, lever=Lever.LESS_WORK, path=_PLACES))
    return found


def _fewer_hours(search: Search) -> list[Change]:
    """Below how many hours the best set no longer fits, and what is best then."""
    number = _best(search)
    if not number:
        return []
    cost = float(search.costs[number])
    narrower = replace(search, available=cost - _LITTLE)
    return [_make(Lever.FEWER_HOURS, narrower, _best(narrower), cost)]


def _exception(search: Search) -> list[Change]:
    """What would be best if one person might keep more places than the rule allows."""
    if search.most is None:
        return []
    freed = replace(search, most=None)
    number = _best(freed)
    if freed.name(number) == search.name(_best(search)):
        return []
    counts_most = _make(Lever.EXCEPTION, freed, number)
    shown = [int(each) for each in freed.rank(freed.feasible, _NEAR)]
    rivals = [_make(Lever.EXCEPTION_REACH, freed, each) for each in shown]
    widest = max(rivals, key=lambda change: change.reach)
    further = widest.reach >= counts_most.reach + 1
    return [counts_most, *([widest] if further else [])]


# -- the people --------------------------------------------------------------------------------


def _shares(choice: Choice) -> Iterator[Change]:
    """From which share of the business on a group would make another set the best.

    What a set reaches is a straight line in the share of one group, the others keeping their
    proportions; so the share at which another set overtakes the best one can be reckoned.
    """
    import numpy as np  # noqa: PLC0415 - heavy

    search = choice.search
    if len(search.groups) < 2:  # noqa: PLR2004 - one group is all there is
        return
    sets, best = search.feasible, _best(search)
    alone = search.value_groups(sets)
    weights = np.array([group.weight for group in search.groups])
    at_best = int(np.flatnonzero(sets == best)[0])
    for at, (_, members) in enumerate(list_counting(choice.audiences)):
        rest = 1 - weights[at]
        if rest <= _SAME:
            continue
        others = (weights @ alone - weights[at] * alone[at]) / rest
        ahead, behind = alone[at] - alone[at][at_best], others - others[at_best]
        gains = ahead > _SAME
        crossing = np.ones(len(sets))
        np.divide(-behind, ahead - behind, out=crossing, where=gains & (ahead - behind > _SAME))
        later = gains & (crossing > weights[at] + _LITTLE) & (crossing < 1 - _SAME)
        if later.any():
            numbers = tuple(member + 1 for member in members)
            yield _shift(choice, at, numbers, float(crossing[later].min()))


def _shift(choice: Choice, at: int, numbers: tuple[int, ...], weight: float) -> Change:
    """What is best when a group has just more than a share, the others keeping proportions."""
    search = choice.search
    weight = min(weight + _SAME * 10, 1.0)
    rest = 1 - search.groups[at].weight
    groups = tuple(
        group._replace(weight=weight if n == at else group.weight * (1 - weight) / rest)
        for n, group in enumerate(search.groups)
    )
    other = search.change(groups=groups)
    made = _make(Lever.SHARE, other, _best(other))
    name = choice.audiences[numbers[0] - 1].audience.name
    percent = weight * choice.counted
    return replace(made, group=name, number=numbers[0], numbers=numbers, percent=percent)


def _few_clients(choice: Choice) -> list[Change]:
    """What the clients asked so far say, though they are too few to count."""
    so_far = [
        counted.asked
        for known in choice.audiences
        if known.told is None
        for question in (Question.TIME, Question.USE)
        if (counted := known.audience.counted(question))
    ]
    if not so_far:
        return []
    wish = choice.wish
    bold = choose(replace(wish, numbers=wish.numbers.put(CLIENTS_LEAST, 1)))
    found = _turn(choice, Lever.FEW_CLIENTS, bold.search)
    return [replace(each, number=max(so_far)) for each in found]


def _survey(choice: Choice) -> list[Change]:
    """What would be best if the survey counted beside the clients."""
    mixed = mix_survey(choice)
    return [] if mixed is None else _turn(choice, Lever.SURVEY, mixed)


# -- how well places suit ----------------------------------------------------------------------


def _found_out(choice: Choice) -> list[Change]:
    """Places that would join the best set if all that is unknown of them were good, or leave it."""
    search = choice.search
    now = choice.best.places
    found = []
    for name in search.places:
        if not choice.suitability[name].unknown:
            continue
        inside = name in now
        told = choice.wish.numbers.put(UNKNOWN, 0.0 if inside else 1.0)
        value = weigh_criteria(choice.wish.criteria.get(name, {}), told).value
        other = search.change(suitability={**search.suitability, name: value})
        then = other.name(number := _best(other))
        if (name in then) != inside:
            lever = Lever.FOUND_BAD if inside else Lever.FOUND_GOOD
            found.append(replace(_make(lever, other, number), place=name))
    return found


def _weights(choice: Choice) -> Iterator[Change]:
    """Criteria that make another set the best when they count double, or for nothing."""
    numbers = choice.wish.numbers
    for criterion, path in WEIGHTS.items():
        for lever, factor in ((Lever.DOUBLE, 2), (Lever.NOTHING, 0)):
            other = _weigh_anew(choice, numbers.put(path, factor * numbers[path]))
            found = _turn(choice, lever, other)
            if found:
                yield replace(found[0], criterion=criterion)
                break


def _weigh_anew(choice: Choice, numbers: Numbers) -> Search:
    criteria = choice.wish.criteria
    return choice.search.change(
        suitability={
            name: weigh_criteria(criteria.get(name, {}), numbers).value
            for name in choice.search.places
        }
    )
