"""The small pieces that sentences about a choice of places are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from workbook.content import BASE_LANGUAGE, load_words
from workbook.fit.audiences import CLIENTS_LEAST, MOST_GROUPS
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from workbook.fit.audiences import Left
    from workbook.fit.numbers import Numbers

WORDS = "fit/words.toml"


class Note(NamedTuple):
    """Something to know about a choice: what kind of thing, and the sentence."""

    id: str
    text: str


def load_fit_words(language: str = BASE_LANGUAGE) -> Mapping[str, Any]:
    """The words of a choice of places."""
    return load_words(WORDS, language)


def name_group(name: str | None, number: int, language: str = BASE_LANGUAGE) -> str:
    """What a group is called: its name, or its number where it has none."""
    told = " ".join((name or "").split())
    return told or str(load_fit_words(language)["units"]["group"]).format(number=number)


def write_places(places: Iterable[str], language: str = BASE_LANGUAGE) -> str:
    """Some places in one line; “no place” where there are none."""
    words = load_fit_words(language)["units"]
    return str(words["joined"]).join(places) or str(words["none"])


def join_places(places: Sequence[str], language: str = BASE_LANGUAGE) -> str:
    """Some places as one says them: “A, B and C”."""
    words = load_fit_words(language)["units"]
    if len(places) < 2:  # noqa: PLR2004 - nothing to join
        return write_places(places, language)
    return str(words["and"]).join([write_places(places[:-1], language), places[-1]])


def write_hours(hours: float, language: str = BASE_LANGUAGE) -> str:
    """Hours as people say them."""
    words = load_fit_words(language)["units"]
    told = write_number(round(hours, 2))
    return str(words["hour"] if told == "1" else words["hours"]).format(count=told)


def write_left(left: Left, numbers: Numbers, language: str = BASE_LANGUAGE) -> str:
    """Why an audience is not counted when places are chosen, and what to do about it."""
    text = str(load_fit_words(language)["left"][left.value])
    return text.format(least=write_least(numbers), most=MOST_GROUPS)


def write_least(numbers: Numbers) -> str:
    """How many clients are enough."""
    return write_number(numbers[CLIENTS_LEAST])
