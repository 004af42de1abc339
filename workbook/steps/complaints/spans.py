"""Lengths of time and shares, as people say them."""

from __future__ import annotations

from typing import Final

from workbook.complaint.rules import write_length
from workbook.content import BASE_LANGUAGE, load_words

WORDS: Final = "steps/complaints/measures.toml"
_HOUR: Final = 60
_MOST_HOURS_IN_HOURS: Final = 48


def write_span(minutes: float, *, is_open: bool, language: str = BASE_LANGUAGE) -> str:
    """A length of time as people say it: 45 minutes, 6.5 open hours, 3 days."""
    if minutes < 1:
        return str(load_words(WORDS, language)["span"]["none"])
    if minutes < _HOUR:
        return write_length(round(minutes), "minute", language)
    hours = minutes / _HOUR
    if is_open:
        return write_length(_round(hours), "open_hour", language)
    if hours < _MOST_HOURS_IN_HOURS:
        return write_length(_round(hours), "hour", language)
    return write_length(_round(hours / 24), "day", language)


def _round(number: float) -> float:
    """No more decimals than anybody needs: one below ten, none above."""
    return round(number, 1) if number < 10 else float(round(number))  # noqa: PLR2004 - as said


def write_share(share: float, language: str = BASE_LANGUAGE) -> str:
    """A share as so many of 100; never as none or all, which no simulation can tell."""
    words = load_words(WORDS, language)["share"]
    if share < 0.01:  # noqa: PLR2004 - one of a hundred
        return str(words["least"])
    if share > 0.99:  # noqa: PLR2004 - one of a hundred is missing
        return str(words["most"])
    return str(words["share"]).format(count=round(share * 100))


def write_between(low: float, high: float, language: str = BASE_LANGUAGE) -> str:
    """An interval of a share: 3 to 7 of 100, at most 4 of 100, more than 99 of 100."""
    words = load_words(WORDS, language)["share"]
    least, most = round(low * 100), round(high * 100)
    if least == most:
        return write_share((low + high) / 2, language)
    form = "at_most" if least < 1 else "at_least" if most > 99 else "between"  # noqa: PLR2004 - of 100
    return str(words[form]).format(low=least, high=most)
