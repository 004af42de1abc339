"""Units beside a number that somebody typed: read where they are known, and never dropped."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from workbook.discovery import read_toml

WORDS: Final = "units.toml"
HOURS: Final = "hours"
MINUTES: Final = "minutes"
_IN_AN_HOUR: Final = 60
_AMOUNT: Final = r"[\d.,'\u2019¼½¾ ]*[\d¼½¾]"


@cache
def _any_of(*names: str) -> str:
    words = (word for name in names for word in read_toml(WORDS)[name])
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def has_words(text: str) -> bool:
    """Whether letters stand in what was typed."""
    return any(map(str.isalpha, text))


def drop_words(text: str, *names: str) -> str:
    """A number without the words of some lists before and after it, such as “euro” or “about”."""
    form = rf"(?:{_any_of(*names)})"
    bare = re.sub(rf"^\s*{form}(?![^\W\d_])\s*", "", text, count=1, flags=re.IGNORECASE)
    return re.sub(rf"(?<![^\W\d_])\s*{form}\s*$", "", bare, count=1, flags=re.IGNORECASE)


@cache
def _duration() -> re.Pattern[str]:
    hours, minutes = _any_of(HOURS), _any_of(MINUTES)
    return re.compile(
        rf"(?:(?P<hours>{_AMOUNT})\s*(?:{hours})\.?)?"
        rf"(?:\s*(?:(?:{_any_of('and')})\s+)?(?P<minutes>{_AMOUNT})\s*(?:{minutes})\.?"
        r"|(?<=[hH])(?P<past>[0-5]\d))?",
        re.IGNORECASE,
    )


def split_duration(text: str, *, of_week: bool = False) -> tuple[str, str] | None:
    """The hours and the minutes of “1 h 30 min”, each as it was typed and empty where not told.

    Args:
        text: What somebody typed, with its units.
        of_week: Whether “a week” may stand behind it.

    Returns:
        None where it is no time in hours and minutes.
    """
    bare = drop_words(" ".join(text.split()), "roughly")
    if of_week:
        bare = drop_words(bare, "week")
    match = _duration().fullmatch(bare.strip())
    if match is None:
        return None
    hours, minutes = match["hours"] or "", match["minutes"] or match["past"] or ""
    too_many = hours and minutes.isdigit() and int(minutes) >= _IN_AN_HOUR
    return None if too_many else (hours, minutes)
