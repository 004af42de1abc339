"""The small pieces that sentences about a choice of places are made of."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from workbook.content import BASE_LANGUAGE, load_words
from workbook.evidence.survey import find_country, place_ids
from workbook.fit.audiences import CLIENTS_LEAST, MOST_GROUPS
from workbook.platforms import load_platforms
from workbook.wording import smooth, write_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from workbook.evidence.shares import Share
    from workbook.fit.audiences import Left
    from workbook.fit.numbers import Numbers
    from workbook.fit.sets import Amount

WORDS = "fit/words.toml"
_MINUTES = 60
MOST_NAMED = 5
"""So many groups are named in one sentence: as many as the app asks for."""


class Note(NamedTuple):
    """Something to know about a choice: what kind of thing, and the sentence."""

    id: str
    text: str
    path: str = ""
    """The answer that it asks for; empty where it asks for none."""


def load_fit_words(language: str = BASE_LANGUAGE) -> Mapping[str, Any]:
    """The words of a choice of places."""
    return load_words(WORDS, language)


def name_group(name: str | None, number: int, language: str = BASE_LANGUAGE) -> str:
    """What a group is called: its name, or its number where it has none."""
    told = " ".join((name or "").split())
    return told or str(load_fit_words(language)["units"]["group"]).format(number=number)


def name_place(place: str, language: str = BASE_LANGUAGE) -> str:
    """A place that a survey names as it is called in a language; anything else as it is."""
    return _load_names(language).get(place, place) if language != BASE_LANGUAGE else place


@cache
def _load_names(language: str) -> dict[str, str]:
    platforms = load_platforms(language)
    return {name: platforms[place].name for name, place in place_ids().items()}


def write_places(places: Iterable[str], language: str = BASE_LANGUAGE) -> str:
    """Some places in one line; “no place” where there are none."""
    words = load_fit_words(language)["units"]
    named = (name_place(place, language) for place in places)
    return str(words["joined"]).join(named) or str(words["none"])


def join_places(places: Sequence[str], language: str = BASE_LANGUAGE) -> str:
    """Some places as one says them: “A, B and C”."""
    words = load_fit_words(language)["units"]
    if len(places) < 2:  # noqa: PLR2004 - nothing to join
        return write_places(places, language)
    joined = str(words["and"]).join(
        [write_places(places[:-1], language), name_place(places[-1], language)]
    )
    return smooth(joined, language)


def join_groups(names: Sequence[str], language: str = BASE_LANGUAGE) -> str:
    """Some groups as one says them; of many the first ones and how many more there are."""
    more = len(names) - MOST_NAMED
    if more <= 0:
        return join_places(names, language)
    rest = str(load_fit_words(language)["units"]["more"]).format(count=write_number(more, language))
    return join_places([*names[:MOST_NAMED], rest], language)


def write_hours(hours: float, language: str = BASE_LANGUAGE) -> str:
    """Hours as people say them: “6 hours”, “5 h 50 min”, “20 min”."""
    words = load_fit_words(language)["units"]
    whole, minutes = divmod(int(hours * _MINUTES + 0.5), _MINUTES)
    if minutes:
        form = words["hours_minutes" if whole else "minutes"]
        return str(form).format(hours=write_number(whole, language), minutes=minutes)
    return str(words["hour" if whole == 1 else "hours"]).format(count=write_number(whole, language))


def write_amount(amount: Amount | Share, language: str = BASE_LANGUAGE) -> str:
    """A share of people with the interval it lies in: “40 in 100 (37 to 43)”."""
    form = str(load_fit_words(language)["units"]["amount"])
    ends = (amount.percent, amount.low, amount.high)
    percent, low, high = (write_number(round(each), language) for each in ends)
    return form.format(percent=percent, low=low, high=high)


def show_country(country: str, language: str = BASE_LANGUAGE) -> str:
    """A country as it is called in a language, where it is one of the tables; else as it is."""
    called = load_fit_words(language)["countries"]["called"]
    code = find_country(country) if language != BASE_LANGUAGE else None
    return str(called[code]) if code else country


def name_country(country: str, language: str = BASE_LANGUAGE) -> str:
    """What a country is called within a sentence: “the United Kingdom”."""
    words = load_fit_words(language)["countries"]
    told = " ".join(country.split())
    called = words["called"].get(find_country(told))
    with_the = told.casefold() in words["with_the"]
    return str(called or (words["the"].format(country=told) if with_the else told))


def write_left(left: Left, numbers: Numbers, language: str = BASE_LANGUAGE) -> str:
    """Why an audience is not counted when places are chosen, and what to do about it."""
    text = str(load_fit_words(language)["left"][left.value])
    return text.format(least=write_least(numbers, language), most=MOST_GROUPS)


def write_least(numbers: Numbers, language: str = BASE_LANGUAGE) -> str:
    """How many clients are enough."""
    return write_number(numbers[CLIENTS_LEAST], language)
