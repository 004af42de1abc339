"""Which places to be on: the sets that fit into the hours, with what would change the answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbook.evidence.survey import place_ids
from workbook.fit.audiences import Audience, Known, join_audiences, know_audience, list_places
from workbook.fit.effort import BASE, Effort, default, load_efforts, shared_hours
from workbook.fit.suitability import Criteria, Suitability, weigh_criteria

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workbook.fit.sets import Option, Search

ONE_PERSON = 1


@dataclass(frozen=True, slots=True)
class Wish:
    """What a business wants to know: whom it wants, in how many hours, and what it knows itself."""

    audiences: tuple[Audience, ...]
    hours: float
    """A week, for everything about social media."""
    people: int | None = None
    """How many people do it; None where that is not known."""
    exception: str = ""
    """Why one person may keep more places than one; empty where nobody signed for it."""
    criteria: Mapping[str, Criteria] = field(default_factory=dict)
    """What is known of each place besides who is there."""
    efforts: Mapping[str, Effort] = field(default_factory=dict)
    """What places take, where it differs from our default."""
    shared: float | None = None
    """Hours that any presence takes once; None for our default."""
    worth: float | None = None
    """How many clients the survey counts as; None for our default."""

    @property
    def most(self) -> int | None:
        """The most places; None for any number. The base does not count."""
        alone = self.people == ONE_PERSON and not self.exception.strip()
        return int(default("places_for_one")) if alone else None


@dataclass(frozen=True)
class Choice:
    """The answer: the sets that fit, the best first, and what it rests on."""

    wish: Wish
    audiences: tuple[Known, ...]
    options: tuple[Option, ...]
    """The best sets, the best single place and the empty set; the best first."""
    efforts: Mapping[str, Effort]
    suitability: Mapping[str, Suitability]
    apart: tuple[str, ...]
    """Places that nothing is known of for any audience that counts."""
    search: Search
    """All the sets; only the empty one where no audience counts."""

    @property
    def counted(self) -> float:
        """Of which percent of the business something is known."""
        return sum(each.audience.share for each in self.audiences if each.left is None)

    @property
    def is_provisional(self) -> bool:
        """Whether some audience that counts is known from the survey alone, or none counts."""
        counting = [each for each in self.audiences if each.left is None]
        return not counting or any(each.told is None for each in counting)

    @property
    def best(self) -> Option:
        """The set that reaches most within the hours."""
        return self.options[0]

    @property
    def primary(self) -> str | None:
        """The place of the best set that most clients named; None while provisional."""
        if self.is_provisional:
            return None
        named = {name: self._named(name) for name in self.best.places}
        return max(named, key=lambda name: named[name]) if any(named.values()) else None

    def _named(self, name: str) -> float:
        """The share of clients who named a place, over the audiences."""
        told = [(k.told, k.audience.share) for k in self.audiences if k.told and k.left is None]
        return sum(share * counted.hits(name) / counted.asked for counted, share in told)

    @property
    def base(self) -> tuple[Effort, ...]:
        """The places every business has anyway, with what they take."""
        return tuple(effort for place, effort in load_efforts().items() if place in BASE)


def choose(wish: Wish) -> Choice:
    """The sets of places that fit into the hours and reach most of the wanted people.

    Args:
        wish: Whom the business wants, its hours, and what it knows itself.

    Returns:
        The best sets with intervals. The empty set is always among those compared. An audience
        of businesses counts only once enough clients were asked, one without figures never.
    """
    worth = default("survey_worth") if wish.worth is None else wish.worth
    known = join_audiences([know_audience(each, worth=worth) for each in wish.audiences])
    using = [each.use for each in known if each.use is not None]
    places = tuple(name for name in list_places() if any(name in use.platforms for use in using))
    ids, ours = place_ids(), load_efforts()
    efforts = {name: wish.efforts.get(name, ours[ids[name]]) for name in list_places()}
    suits = {name: weigh_criteria(wish.criteria.get(name, {})) for name in list_places()}
    search = _search(wish, known, places, efforts, suits)
    return Choice(
        wish=wish,
        audiences=known,
        options=search.describe(_show(search)),
        efforts=efforts,
        suitability=suits,
        apart=tuple(name for name in list_places() if name not in places),
        search=search,
    )


def _search(
    wish: Wish,
    known: Sequence[Known],
    places: tuple[str, ...],
    efforts: Mapping[str, Effort],
    suits: Mapping[str, Suitability],
) -> Search:
    from workbook.fit.sets import Group, Search  # noqa: PLC0415 - heavy

    counting = [(each.use, each.audience.share) for each in known if each.use is not None]
    whole = sum(share for _, share in counting) or 1.0
    return Search(
        places=places,
        groups=tuple(Group(use, share / whole) for use, share in counting),
        suitability={name: suits[name].value for name in places},
        hours={name: efforts[name].hours for name in places},
        available=wish.hours,
        shared=shared_hours() if wish.shared is None else wish.shared,
        most=wish.most,
    )


def _show(search: Search) -> list[int]:
    """The sets worth showing: the best ones, the best single place, and none."""
    import numpy as np  # noqa: PLC0415 - heavy

    single = search.feasible[search.sizes[search.feasible] == 1]
    best = search.rank(search.feasible, int(default("shown_sets")))
    none = search.feasible[:1]
    shown = np.unique(np.concatenate([best, search.rank(single, 1), none]))
    return [int(number) for number in search.rank(shown)]
