"""Whose figures a choice of places rests on: the group's own, everybody's, or those of clients."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from workbook.content import BASE_LANGUAGE
from workbook.evidence.shares import Method
from workbook.fit.phrases import (
    join_groups,
    join_places,
    load_fit_words,
    name_country,
    name_group,
    name_place,
    write_least,
)
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.evidence.shares import Share
    from workbook.evidence.survey import Published
    from workbook.fit.audiences import Known
    from workbook.fit.choice import Choice

_ADULT = 18
_AGES = re.compile(r"(\d+)\s*(?:[-\u2013]\s*(\d+)|\+)")
_OLDEST = 200


class Outlier(NamedTuple):
    """A published share of a group that lies outside the interval that stands for the group."""

    point: Published
    share: Share


def list_used(choice: Choice) -> list[tuple[int, Known]]:
    """The audiences that a choice is made for, with their numbers from 1."""
    return [(n, k) for n, k in enumerate(choice.audiences, 1) if k.left is None]


def uses_everybody(known: Known) -> bool:
    """Whether a narrower group is counted by figures on everybody in its country."""
    shares = known.reach.shares.values()
    narrowed = bool(known.reach.profile.narrowed()) and known.told is None
    return narrowed and any(share.method is Method.TOTAL for share in shares)


def find_outliers(known: Known) -> list[Outlier]:
    """The shares published of a group's own people that lie outside the interval for it.

    They came without the number asked, so they are not reckoned with; but they say that the
    figure on everybody is none on this group.
    """
    narrowed = known.reach.profile.narrowed()
    found = []
    for name, points in known.reach.points.items():
        share = known.reach.shares.get(name)
        for point in points:
            levels = narrowed.get(point.dimension, ())
            about = any(_overlap(level, point.group) for level in levels)
            if share and about and not share.low <= point.percent <= share.high:
                found.append(Outlier(point, share))
    return found


def _overlap(level: str, group: str) -> bool:
    """Whether two groups of one dimension share somebody."""
    first, second = _read_ages(level), _read_ages(group)
    if first and second:
        return first[0] <= second[1] and second[0] <= first[1]
    return level.casefold() == group.casefold()


def _read_ages(text: str) -> tuple[int, int] | None:
    found = _AGES.search(text)
    return (int(found[1]), int(found[2] or _OLDEST)) if found else None


def find_minors(population: str) -> int | None:
    """From which age on people were asked, where that is below 18; None where it is not."""
    ages = _read_ages(population)
    return ages[0] if ages is not None and ages[0] < _ADULT else None


# -- in words ----------------------------------------------------------------------------------


def write_whom(choice: Choice, language: str = BASE_LANGUAGE) -> str:
    """Of whom the reach of the best set is a share: of groups, of clients, or of everybody."""
    words = load_fit_words(language)["recommendation"]
    used = list_used(choice)
    names = [known.audience.name for _, known in used]
    whom = join_groups(names, language) if names and all(names) else ""
    if all(known.told for _, known in used):
        key = "whom_clients" if whom else "whom_clients_open"
        return str(words[key]).format(whom=whom)
    everybody = [_write_everybody(known, language) for _, known in used]
    if all(everybody):
        return join_groups(list(dict.fromkeys(everybody)), language)
    return whom or str(words["whom"])


def _write_everybody(known: Known, language: str) -> str:
    """Everybody in a country, where no figure on the group itself is there."""
    words = load_fit_words(language)["recommendation"]
    totals = [s for s in known.reach.shares.values() if s.method is Method.TOTAL]
    if known.told or not totals:
        return ""
    key = "everybody_not_group" if uses_everybody(known) else "everybody"
    country = name_country(known.audience.profile.country, language)
    return str(words[key]).format(country=country, population=totals[0].population)


def write_use(choice: Choice, language: str = BASE_LANGUAGE, *, several: bool) -> str:
    """What the people of a choice do with its places: use them, or what was asked instead."""
    words = load_fit_words(language)
    what = words["recommendation"]["of_these" if several else "it"]
    asked = {measure for _, known in list_used(choice) for measure in _measures(choice, known)}
    measure = asked.pop() if len(asked) == 1 else "use"
    return str(words["verbs"][measure]).format(what=what)


def _measures(choice: Choice, known: Known) -> dict[str, None]:
    """What was asked of the people of an audience, about the places of the best set."""
    if known.told:
        return {known.told.question.value: None}
    shares = known.reach.shares
    return {shares[name].measure: None for name in choice.best.places if name in shares}


def write_measures(choice: Choice, language: str = BASE_LANGUAGE) -> str:
    """The different questions that are put together in one reach; empty where there is but one."""
    words, found = load_fit_words(language), dict[str, list[str]]()
    for number, known in list_used(choice):
        for measure in _measures(choice, known):
            name = name_group(known.audience.name, number, language)
            found.setdefault(measure, []).append(name)
    if len(found) < 2:  # noqa: PLR2004 - nothing is put together
        return ""
    told = [
        str(words["units"]["of"]).format(
            what=words["measure"][measure], whom=join_groups(groups, language)
        )
        for measure, groups in found.items()
    ]
    return str(words["units"]["next"]).join(told)


def tell_basis(choice: Choice, language: str = BASE_LANGUAGE) -> Iterator[str]:
    """What a choice rests on, and what those figures are not."""
    words = load_fit_words(language)["recommendation"]
    surveyed = [known for _, known in list_used(choice) if known.told is None]
    least = write_least(choice.wish.numbers, language)
    if surveyed:
        shares = [s for known in surveyed for s in known.reach.shares.values()]
        ages = [age for age in (find_minors(share.population) for share in shares) if age]
        form = str(words["by_survey_young" if ages else "by_survey"])
        yield form.format(least=least, age=min(ages, default=_ADULT))
    else:
        yield str(words["by_clients"])
    names = [
        name_group(known.audience.name, number, language)
        for number, known in enumerate(choice.audiences, 1)
        if known.told is None and known.audience.share > 0
    ]
    if names and not surveyed:
        yield str(words["unasked"]).format(groups=join_groups(names, language), least=least)


def tell_outliers(choice: Choice, language: str = BASE_LANGUAGE) -> Iterator[str]:
    """Where figures on everybody cannot be taken for those of a group; nothing where they can."""
    words = load_fit_words(language)["recommendation"]
    everybody = [(n, known) for n, known in list_used(choice) if uses_everybody(known)]
    shown = {name for option in choice.options for name in option.places}
    found: dict[str, dict[str, None]] = {}
    for point in (each.point for _, known in everybody for each in find_outliers(known)):
        if point.platform in shown:
            percent = write_number(point.percent, language)
            place = name_place(point.platform, language)
            told = str(words["outside_point"]).format(place=place, percent=percent)
            found.setdefault(point.group, {})[told] = None
    for group, points in found.items():
        yield str(words["outside"]).format(group=group, points=join_places(list(points), language))
    if everybody:
        names = [name_group(known.audience.name, n, language) for n, known in everybody]
        yield str(words["not_of_group"]).format(groups=join_groups(names, language))
