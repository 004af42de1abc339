"""The groups of a plan as audiences, with what clients said and what the business knows itself."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from workbook.content import BASE_LANGUAGE
from workbook.evidence.clients import Counted, Question
from workbook.evidence.profiles import Profile
from workbook.evidence.survey import place_names
from workbook.fit.audiences import Audience, Kind, OwnFigure
from workbook.fit.choice import Remark
from workbook.fit.numbers import ROUNDING
from workbook.fit.phrases import name_group
from workbook.steps.audience.answers import Buyers
from workbook.steps.start.answers import Customers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from workbook.plan import Plan
    from workbook.steps.audience.answers import Group, Tally
    from workbook.steps.audience.answers import OwnFigure as GivenFigure

WHOLE = 100.0
_KINDS = {Buyers.PEOPLE: Kind.CONSUMERS, Buyers.BUSINESSES: Kind.BUSINESSES}


def read_audiences(
    plan: Plan, language: str = BASE_LANGUAGE
) -> tuple[tuple[Audience, ...], tuple[Remark, ...]]:
    """The people a plan wants, each with its clients and its own figures.

    Args:
        plan: The plan.
        language: The language of what a group without a name is called.

    Returns:
        The audiences, their shares adding up to 100; and what had to be left out or put in
        proportion for that.
    """
    groups = plan.audience.groups
    names = [name_group(each.name, number, language) for number, each in enumerate(groups, 1)]
    shares, remarks = share_out([each.share for each in groups], names)
    known = {each.id for each in groups}
    tallies, wrong = _sift_tallies(plan.audience.tallies, known)
    figures, more = _sift_figures(plan.audience.figures, known)
    all_businesses = plan.start.customers is Customers.BUSINESSES
    usual = Kind.BUSINESSES if all_businesses else Kind.OPEN
    audiences = tuple(
        Audience(
            profile=_profile_of(group),
            share=share,
            kind=_KINDS[group.buyers] if group.buyers else usual,
            own=_figures_of(group, figures),
            clients=_clients_of(group, tallies),
            name=name,
        )
        for group, share, name in zip(groups, shares, names, strict=True)
    )
    twofold = _find_twofold(groups, names, tallies)
    return audiences, (*remarks, *dict.fromkeys((*wrong, *more)), *twofold)


def _profile_of(group: Group) -> Profile:
    levels = {
        "age": group.ages, "gender": group.sexes, "education": group.education,
        "income": group.income, "community": group.community,
    }  # fmt: skip
    told = {key: tuple(level.value for level in given) for key, given in levels.items()}
    return Profile(group.country or "", told)


# -- shares ------------------------------------------------------------------------------------


def share_out(
    given: Sequence[float | None], names: Sequence[str]
) -> tuple[list[float], list[Remark]]:
    """Shares that add up to 100, whatever was given, and what was done for that.

    Args:
        given: The percent that each group stands for, where it is told.
        names: What the groups are called.

    Returns:
        Percents in the order of the groups. What is left of 100 is parted among the groups
        without a share; shares that do not add up are put in proportion.
    """
    if not given:
        return [], []
    filled, remarks = _fill_in(given, names)
    whole = sum(filled)
    if not whole:
        return [WHOLE / len(filled)] * len(filled), [Remark.of("shares_zero")]
    if abs(whole - WHOLE) <= ROUNDING:
        return filled, remarks
    scaled = [WHOLE * each / whole for each in filled]
    parts = tuple(
        (name, _write(before), _write(after))
        for name, before, after in zip(names, filled, scaled, strict=True)
    )
    return scaled, [*remarks, Remark.of("shares_rescaled", sum=_write(whole), parts=parts)]


def _fill_in(
    given: Sequence[float | None], names: Sequence[str]
) -> tuple[list[float], list[Remark]]:
    """A share for each group that has none: an equal part of what the others leave."""
    without = tuple(name for name, share in zip(names, given, strict=True) if share is None)
    rest = max(WHOLE - sum(share or 0 for share in given), 0)
    each = rest / len(without) if without else 0.0
    filled = [each if share is None else share for share in given]
    if not without or len(given) == 1:
        return filled, []
    if len(without) == len(given):
        return filled, [Remark.of("shares_open", percent=_write(each))]
    key = "shares_part" if rest else "shares_nothing_left"
    return filled, [Remark.of(key, names=without, percent=_write(each))]


def _write(percent: float) -> float:
    return round(percent, 1)


# -- clients -----------------------------------------------------------------------------------


def _sift_tallies(tallies: Iterable[Tally], groups: set[str]) -> tuple[list[Tally], list[Remark]]:
    """The counts that can be true, and what is wrong with the others; none is mended silently."""
    kept, wrong = [], []
    for tally in tallies:
        found = _faults_of(tally, groups)
        wrong += found
        if not found and tally.question and tally.asked:
            kept.append(tally)
    return kept, wrong


def _faults_of(tally: Tally, groups: set[str]) -> list[Remark]:
    if tally.question is None or tally.asked is None:
        is_begun = tally.question or tally.asked is not None or tally.counts
        return [Remark.of("tally_unfinished")] if is_begun else []
    if tally.group is not None and tally.group not in groups:
        return [Remark.of("group_gone")]
    names = place_names()
    return [
        Remark.of("count_above", place=names.get(place, place), count=count, asked=tally.asked)
        for place, count in tally.counts
        if count > tally.asked
    ]


def _clients_of(group: Group, tallies: Iterable[Tally]) -> tuple[Counted, ...]:
    """What clients said, one count for each question.

    A group's own count holds for it; where it has none, the count of all clients does. The two are
    not added up, since the same clients may stand in both.
    """
    asked, counts = Counter[Question](), dict[Question, Counter[str]]()
    names = place_names()
    for question, tally in _find_tallies(group, tallies):
        asked[question] += tally.asked or 0
        told = {names[place]: count for place, count in tally.counts if place in names}
        counts.setdefault(question, Counter()).update(told)
    return tuple(Counted(key, asked[key], dict(counts[key])) for key in Question if asked[key])


def _find_tallies(group: Group, tallies: Iterable[Tally]) -> list[tuple[Question, Tally]]:
    """The counts that hold for a group, with what was asked."""
    mine = [
        (Question(tally.question.value), tally)
        for tally in tallies
        if tally.question and tally.group in {None, group.id}
    ]
    own = {question for question, tally in mine if tally.group == group.id}
    return [(q, tally) for q, tally in mine if (tally.group == group.id) is (q in own)]


def _find_twofold(
    groups: Sequence[Group], names: Sequence[str], tallies: Sequence[Tally]
) -> list[Remark]:
    """The groups with a count of their own beside one of all clients to the same question."""
    of_all = {tally.question for tally in tallies if tally.group is None}
    found = []
    for group, name in zip(groups, names, strict=True):
        own = [t for t in tallies if t.group == group.id and t.question in of_all]
        if asked := sum(tally.asked or 0 for tally in own):
            found.append(Remark.of("own_count_first", group=name, asked=asked))
    return found


# -- own figures -------------------------------------------------------------------------------


def _sift_figures(
    figures: Iterable[GivenFigure], groups: set[str]
) -> tuple[list[GivenFigure], list[Remark]]:
    """The figures with a number asked, and what the others want."""
    kept, wrong = [], []
    names = place_names()
    for each in figures:
        if each.platform not in names:
            continue
        if each.group is not None and each.group not in groups:
            wrong.append(Remark.of("group_gone"))
        elif each.percent is None or not each.asked:
            wrong.append(Remark.of("figure_unfinished", place=names[each.platform]))
        else:
            kept.append(each)
    return kept, wrong


def _figures_of(group: Group, figures: Sequence[GivenFigure]) -> Mapping[str, OwnFigure]:
    """The figures that hold for a group; those about it alone go before those about all."""
    names, found = place_names(), dict[str, OwnFigure]()
    about = [f for f in figures if f.group is None], [f for f in figures if f.group == group.id]
    for each in (*about[0], *about[1]):
        if each.platform and each.percent is not None and each.asked:
            figure = OwnFigure(each.percent, each.asked, each.source or "")
            found[names[each.platform]] = figure
    return found
