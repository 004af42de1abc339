"""Which places to be on: the sets that fit into the hours, with what would change the answer."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from workbook.evidence.survey import place_ids, place_names
from workbook.fit.audiences import (
    Audience,
    Known,
    can_mix,
    join_audiences,
    know_audiences,
    list_places,
)
from workbook.fit.effort import BASE, Effort, add_hours, load_efforts
from workbook.fit.numbers import OURS, SHARED_HOURS, Numbers
from workbook.fit.suitability import Criteria, Suitability, weigh_criteria

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from workbook.evidence.unions import JointUse
    from workbook.fit.sets import Option, Search

ONE_PERSON = 1
_PLACES_FOR_ONE = "platform_fit.places_for_one"
_SHOWN_SETS = "platform_fit.shown_sets"


class Remark(NamedTuple):
    """Something done to the answers so that they can be reckoned with: its id, and what of."""

    id: str
    values: tuple[tuple[str, object], ...] = ()

    @classmethod
    def of(cls, key: str, **values: object) -> Remark:
        """A remark with what it is about."""
        return cls(key, tuple(values.items()))


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
    numbers: Numbers = OURS
    """The numbers it chose instead of ours."""
    remarks: tuple[Remark, ...] = ()
    """What was done to the answers so that they can be reckoned with."""

    @property
    def is_hours_open(self) -> bool:
        """Whether the hours are not known yet, and stand at none for that."""
        return any(remark.id == "hours_open" for remark in self.remarks)

    @property
    def most(self) -> int | None:
        """The most places; None for any number. The base does not count."""
        alone = self.people == ONE_PERSON and not self.exception.strip()
        return int(self.numbers[_PLACES_FOR_ONE]) if alone else None


@dataclass(frozen=True, eq=False)
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
    unnamed: tuple[str, ...]
    """Places that no client named to any question, and of which nothing else is known."""
    unnamed_here: tuple[str, ...]
    """Places that no client named to the question that decides, though some did to another."""
    search: Search
    """All the sets; only the empty one where no audience counts."""

    @property
    def counted(self) -> float:
        """Of which percent of the business something is known."""
        return sum(each.audience.share for each in self.audiences if each.left is None)

    @property
    def is_provisional(self) -> bool:
        """Whether of some group with a share of the business too few were asked, or none counts."""
        counting = any(each.left is None for each in self.audiences)
        return not counting or bool(self.unasked)

    @property
    def unasked(self) -> tuple[Known, ...]:
        """The groups with a share of the business of which too few clients were asked."""
        return tuple(k for k in self.audiences if k.told is None and k.audience.share > 0)

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
        ours, own = load_efforts(numbers=self.wish.numbers), self.wish.efforts
        names = place_names()
        return tuple(own.get(names[place], ours[place]) for place in ours if place in BASE)


def choose(wish: Wish) -> Choice:
    """The sets of places that fit into the hours and reach most of the wanted people.

    Args:
        wish: Whom the business wants, its hours, and what it knows itself.

    Returns:
        The best sets with intervals. The empty set is always among those compared. An audience
        of businesses counts only once enough clients were asked, one without figures never.
    """
    known = join_audiences(know_audiences(wish.audiences, wish.numbers))
    places = _compared(known)
    left = tuple(name for name in list_places() if name not in places)
    asked = any(each.told is not None for each in known)
    counts = [counted for each in known for counted in each.audience.clients]
    named = {name for counted in counts for name in counted.counts if counted.hits(name)}
    ids, ours = place_ids(), load_efforts(numbers=wish.numbers)
    efforts = {name: wish.efforts.get(name, ours[ids[name]]) for name in list_places()}
    suits = {n: weigh_criteria(wish.criteria.get(n, {}), wish.numbers) for n in list_places()}
    search = _search(wish, known, places, efforts, suits)
    return Choice(
        wish=wish,
        audiences=known,
        options=search.describe(_show(search, max(int(wish.numbers[_SHOWN_SETS]), 1))),
        efforts=efforts,
        suitability=suits,
        apart=() if asked else left,
        unnamed=tuple(name for name in left if asked and name not in named),
        unnamed_here=tuple(name for name in left if asked and name in named),
        search=search,
    )


def mix_survey(choice: Choice) -> Search | None:
    """All the sets again, the survey counting beside the clients as many clients as it is worth.

    None where it cannot: no audience has both, on the survey's own question.
    """
    if not any(can_mix(known) for known in choice.audiences):
        return None
    known = join_audiences(choice.audiences, mixed=True)
    return _search(choice.wish, known, _compared(known), choice.efforts, choice.suitability)


def describe_set(choice: Choice, places: Iterable[str]) -> Option:
    """Any set of places, compared with the best one, whatever it takes and whatever is known.

    Args:
        choice: The choice that it is compared with.
        places: Platforms by their ids; the base is no part of a set. Another place takes what
            any account takes.

    Returns:
        Its hours, its reach, and whether it can be told from the best set; the places without a
        figure are named and reach nobody as far as is known.
    """
    wanted = [each for each in dict.fromkeys(places) if each not in BASE]
    known = [place_names()[each] for each in wanted if each in place_names()]
    search, ids = choice.search, place_ids()
    numbered = search.number_of(choice.best.places), search.number_of(known)
    option = search.describe(numbered)[1]
    efforts = {ids[name]: effort for name, effort in choice.efforts.items()}
    hours = add_hours(wanted, efforts, choice.wish.numbers)
    order = [name for name in list_places() if name in known]
    left = tuple(name for name in order if name in choice.apart)
    return replace(option, places=tuple(order), hours=hours, uncounted=left)


def _compared(known: Sequence[Known]) -> tuple[str, ...]:
    """The places that something is known of for some audience that counts."""
    using = [each.use for each in known if each.use is not None]
    return tuple(name for name in list_places() if any(name in use.platforms for use in using))


def list_counting(known: Sequence[Known]) -> list[tuple[JointUse, list[int]]]:
    """The different people that count, in the order of the groups of a search.

    Args:
        known: The audiences.

    Returns:
        How each of them use the places, and which audiences they are, from 0.
    """
    found: dict[int, tuple[JointUse, list[int]]] = {}
    for at, each in enumerate(known):
        if each.use is not None:
            found.setdefault(id(each.use), (each.use, []))[1].append(at)
    return list(found.values())


def _search(
    wish: Wish,
    known: Sequence[Known],
    places: tuple[str, ...],
    efforts: Mapping[str, Effort],
    suits: Mapping[str, Suitability],
) -> Search:
    from workbook.fit.sets import Group, Search  # noqa: PLC0415 - heavy

    whole = sum(each.audience.share for each in known if each.use is not None) or 1.0
    return Search(
        places=places,
        groups=tuple(
            Group(use, sum(known[at].audience.share for at in members) / whole)
            for use, members in list_counting(known)
        ),
        suitability={name: suits[name].value for name in places},
        hours={name: efforts[name].hours for name in places},
        available=wish.hours,
        shared=wish.numbers[SHARED_HOURS],
        most=wish.most,
    )


def _show(search: Search, most: int) -> list[int]:
    """The sets worth showing: the best ones, the best single place, and none."""
    import numpy as np  # noqa: PLC0415 - heavy

    single = search.feasible[search.sizes[search.feasible] == 1]
    best = search.rank(search.feasible, most)
    none = search.feasible[:1]
    shown = np.unique(np.concatenate([best, search.rank(single, 1), none]))
    return [int(number) for number in search.rank(shown)]
