"""The people somebody wants, and what is known of which places they use."""

from __future__ import annotations

from dataclasses import astuple, dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from workbook.evidence.clients import (
    Counted,
    Question,
    Views,
    count_share,
    view_platform,
)
from workbook.evidence.intervals import proportion_interval
from workbook.evidence.profiles import estimate_reach
from workbook.evidence.shares import NORMAL, Method, Share, Why, logit
from workbook.evidence.survey import find_country, place_names
from workbook.fit.effort import BASE
from workbook.fit.numbers import OURS, Numbers
from workbook.platforms import load_platforms

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from workbook.evidence.profiles import Profile, Reach
    from workbook.evidence.unions import JointUse

CLIENTS_LEAST = "audience.clients_least"
"""The number of clients to ask before they take the place of a survey."""
SURVEY_WORTH = "audience.survey_worth"
"""The number of clients that a survey counts as."""
MOST_GROUPS = 50
"""So many different audiences are reckoned with at once; those of the same people count as one.
Each takes some hundredths of a second, and a business that can plan for more has a research team.
"""
_ORDER = (Question.TIME, Question.USE)
"""Which answers of clients tell what they use; where they spend time says more."""


class Kind(StrEnum):
    """Whom a business sells to."""

    CONSUMERS = "b2c"
    BUSINESSES = "b2b"
    OPEN = ""


class Left(StrEnum):
    """Why an audience is not counted when places are chosen."""

    BUSINESSES = "b2b_without_clients"
    NO_FIGURES = "no_figures"
    COUNTRY_OPEN = "country_open"
    COUNTRY_UNKNOWN = "country_unknown"
    MANY = "many"
    """There are more different ones than are reckoned with at once."""


@dataclass(frozen=True, slots=True)
class OwnFigure:
    """A share that the user knows from elsewhere."""

    percent: float
    asked: int
    source: str


@dataclass(frozen=True, slots=True)
class Audience:
    """People somebody wants: who they are, and what share of the business they stand for."""

    profile: Profile
    share: float
    """Percent of the business."""
    kind: Kind = Kind.OPEN
    own: Mapping[str, OwnFigure] = field(default_factory=dict)
    """The user's own figures by platform; they go before a survey's."""
    clients: tuple[Counted, ...] = ()
    name: str = ""
    """What the business calls them."""

    def counted(self, question: Question) -> Counted | None:
        """What clients said to a question; None where they were not asked."""
        found = (each for each in self.clients if each.question is question and each.asked)
        return next(found, None)

    def told(self, least: float) -> Counted | None:
        """What so many clients said of where they are; None until so many were asked."""
        for question in _ORDER:
            counted = self.counted(question)
            if counted and counted.asked >= least:
                return counted
        return None


def tell_apart(audience: Audience) -> Hashable:
    """What makes an audience another one: its people and what is known, not its name or share."""
    profile, clients = audience.profile, audience.clients
    return (
        find_country(profile.country) or profile.country,
        tuple((key, frozenset(levels)) for key, levels in sorted(profile.narrowed().items())),
        audience.kind,
        tuple(sorted((name, astuple(figure)) for name, figure in audience.own.items())),
        tuple(
            (c.question, c.asked, _count_of(c.counts), _count_of(c.combinations)) for c in clients
        ),
    )


def _count_of(counts: Mapping[Any, int]) -> Hashable:
    return frozenset(counts.items())


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an audience."""

    audience: Audience
    reach: Reach
    """By the survey, or by the user's own figures."""
    views: Mapping[str, Views]
    """By platform: survey, clients and both; only where clients were asked what the survey was."""
    told: Counted | None
    """The answers of clients that places are chosen by; None where it is the survey."""
    left: Left | None
    """Why this audience is not counted, if it is not."""
    use: JointUse | None = None
    """How its people use the places together; None where the audience is not counted."""


def list_places() -> tuple[str, ...]:
    """The places there is a choice of, by their names in surveys, in the order of lists."""
    return tuple(place_names()[place] for place in load_platforms() if place not in BASE)


def know_audience(audience: Audience, numbers: Numbers = OURS) -> Known:
    """What surveys, clients and the user say of an audience.

    Args:
        audience: The people.
        numbers: How many clients the survey counts as, and how many are enough.

    Returns:
        Its shares, and whether it can be counted when places are chosen; how its people use the
        places together is not known yet.
    """
    found = estimate_reach(audience.profile)
    own = {name: _own_share(name, figure) for name, figure in audience.own.items()}
    shares = {**found.shares, **own}
    missing = {name: why for name, why in found.missing.items() if name not in own}
    reach = replace(found, shares=shares, missing=missing)
    told = audience.told(numbers[CLIENTS_LEAST])
    left = None if told else _leave(audience, reach)
    return Known(audience, reach, _view(audience, shares, told, numbers[SURVEY_WORTH]), told, left)


def _leave(audience: Audience, reach: Reach) -> Left | None:
    """Why the people of an audience cannot be counted without clients; None where they can."""
    if audience.kind is Kind.BUSINESSES:
        return Left.BUSINESSES
    if set(reach.shares) & set(list_places()):
        return None
    whys = set(reach.missing.values())
    if Why.COUNTRY_OPEN in whys:
        return Left.COUNTRY_OPEN
    return Left.COUNTRY_UNKNOWN if Why.COUNTRY_UNKNOWN in whys else Left.NO_FIGURES


def know_audiences(audiences: Sequence[Audience], numbers: Numbers = OURS) -> tuple[Known, ...]:
    """The same for several audiences; those of the same people are looked up once.

    Args:
        audiences: The people.
        numbers: How many clients the survey counts as, and how many are enough.

    Returns:
        What is known of each, in their order. Beyond ``MOST_GROUPS`` different ones that count,
        an audience is left out, and its ``left`` says so.
    """
    found: dict[Hashable, Known] = {}
    counting = 0
    for each in audiences:
        key = tell_apart(each)
        if key in found:
            continue
        known = know_audience(each, numbers)
        counting += known.left is None
        is_many = known.left is None and counting > MOST_GROUPS
        found[key] = replace(known, left=Left.MANY) if is_many else known
    return tuple(replace(found[tell_apart(each)], audience=each) for each in audiences)


def _own_share(name: str, figure: OwnFigure) -> Share:
    """A figure of the user's own, with the interval of so many asked."""
    hits = round(figure.percent / 100 * figure.asked)
    low, high = (100 * end for end in proportion_interval(hits, figure.asked))
    low, high = min(low, figure.percent), max(high, figure.percent)
    error = (logit(high / 100) - logit(low / 100)) / (2 * NORMAL)
    return Share(
        name, figure.percent, low, high, error, Method.OWN, source=figure.source, measure="own",
        asked=figure.asked,
    )  # fmt: skip


def _view(
    audience: Audience, shares: Mapping[str, Share], told: Counted | None, worth: float
) -> dict[str, Views]:
    """Every place by the survey, by clients and by both."""
    counted = audience.counted(Question.USE) or told
    if counted is None:
        return {}
    names = dict.fromkeys((*shares, *counted.counts))
    return {name: view_platform(name, shares.get(name), counted, worth=worth) for name in names}


def can_mix(known: Known) -> bool:
    """Whether clients were asked what the survey asked, so that both can be put together."""
    is_use = known.told is not None and known.told.question is Question.USE
    return is_use and any(each.combined for each in known.views.values())


def join_audiences(known: Sequence[Known], *, mixed: bool = False) -> tuple[Known, ...]:
    """How the people of each audience that counts use the places together.

    Args:
        known: The audiences.
        mixed: Whether the survey counts beside the clients, where both can be put together.

    Returns:
        The audiences, those that count with the joint use of their people; those of the same
        people share one.
    """
    from workbook.evidence.counted_use import count_clients, join_counts  # noqa: PLC0415 - heavy
    from workbook.evidence.unions import join_shares  # noqa: PLC0415 - heavy

    first: dict[Hashable, int] = {}
    same = [first.setdefault(tell_apart(k.audience), at) for at, k in enumerate(known)]
    found: dict[int, JointUse] = {}
    alike: dict[tuple[bool, tuple[str, ...]], list[int]] = {}
    shares: dict[int, dict[str, Share]] = {}
    for at in first.values():
        each = known[at]
        if each.left is not None:
            continue
        mixing = mixed and can_mix(each)
        if each.told and not mixing and (each.told.combinations or not any(_named(each.told))):
            told = each.told.combinations or {frozenset[str](): each.told.asked}
            found[at] = count_clients(_named(each.told), told.items())
            continue
        shares[at] = _shares_of(each, mixed=mixing)
        is_counted = each.told is not None and not mixing
        alike.setdefault((is_counted, tuple(shares[at])), []).append(at)
    for (is_counted, _), members in alike.items():
        people = [known[at].audience.profile for at in members]
        join = join_counts if is_counted else join_shares
        joined: Sequence[JointUse] = join([shares[at] for at in members], people)
        found.update(zip(members, joined, strict=True))
    return tuple(replace(each, use=found.get(at)) for at, each in zip(same, known, strict=True))


def _shares_of(known: Known, *, mixed: bool) -> dict[str, Share]:
    """The shares that places are chosen by: those of clients, else those of the survey.

    A place that no client named has none: it would take hours, and reach nobody that is known of.
    """
    if known.told is None:
        return {n: known.reach.shares[n] for n in list_places() if n in known.reach.shares}
    counted = {name: count_share(known.told, name) for name in _named(known.told)}
    both = {name: each.combined for name, each in known.views.items() if mixed}
    found = {name: both.get(name) or counted.get(name) for name in list_places()}
    return {name: share for name, share in found.items() if share is not None}


def _named(counted: Counted) -> tuple[str, ...]:
    """The places there is a choice of that some client named."""
    return tuple(name for name in list_places() if counted.hits(name))
