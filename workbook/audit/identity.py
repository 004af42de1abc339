"""Name, address and phone: whether two ways of writing them mean the same business."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from workbook.discovery import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_LEAST_DIGITS = 6
_MOST_NUMBERS = 60
_NUMBER = re.compile(r"(?<![\w.])\+?\(?\d[\d\s().\u00a0\u2010-\u2015/-]{5,24}\d(?!\w)")
_SAME_NUMBER = 2
"""From here on phonenumbers calls two numbers the same: with or without the country's code."""


@cache
def _abbreviations() -> Mapping[str, str]:
    return {
        short: word
        for word, shorts in read_toml("audit/abbreviations.toml")["words"].items()
        for short in shorts
    }


def split_words(text: str) -> tuple[str, ...]:
    """The words of a name or an address: no case, no accents, no punctuation, no short forms."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("&", " and ").replace("ß", "ss"))
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    bare = re.sub(r"(?<=\w)['\u2019.](?=\w)", "", bare)
    words = re.findall(r"[^\W_]+", bare)
    return tuple(_abbreviations().get(word, word) for word in words)


def is_same_name(one: str, other: str) -> bool:
    """Whether two names are the same, save for case, punctuation and “&”."""
    return bool(one) and split_words(one) == split_words(other)


def is_same_phone(one: str, other: str) -> bool:
    """Whether two phone numbers are the same, with the country's code or without it."""
    from phonenumbers import is_number_match  # noqa: PLC0415 - loaded when numbers are compared

    if len(re.sub(r"\D", "", one)) < _LEAST_DIGITS or len(re.sub(r"\D", "", other)) < _LEAST_DIGITS:
        return False
    tidy = [re.sub(r"\(0\)|[^\d+]", "", n).replace("++", "+") for n in (one, other)]
    tidy = [re.sub(r"^00", "+", n) for n in tidy]
    match: int = is_number_match(tidy[0], tidy[1])
    if match >= _SAME_NUMBER:
        return True
    first, second = (n.lstrip("+0") for n in tidy)
    return first == second


def find_phones(text: str) -> Iterator[str]:
    """What looks like a phone number in a text; at most sixty of them."""
    for number, match in enumerate(_NUMBER.finditer(text)):
        if number >= _MOST_NUMBERS:
            return
        if _LEAST_DIGITS < sum(c.isdigit() for c in match[0]) < 16:  # noqa: PLR2004 - E.164 ends
            yield match[0]


def holds_words(text: Iterable[str], words: Iterable[str]) -> bool:
    """Whether words stand in a text one after another."""
    wanted, there = tuple(words), tuple(text)
    if not wanted:
        return False
    size = len(wanted)
    return any(there[at : at + size] == wanted for at in range(len(there) - size + 1))


def is_same_address(ours: Mapping[str, str], theirs: Mapping[str, str]) -> bool | None:
    """Whether two addresses agree in the parts that both have; None where they share none.

    Parts are ``street``, ``town``, ``postcode``; ``whole`` is an address in one line.
    """
    agreed = []
    whole = split_words(theirs.get("whole", ""))
    for part in ("street", "town", "postcode"):
        mine, other = ours.get(part, ""), theirs.get(part, "")
        if not mine:
            continue
        if other:
            agreed.append(_fold(part, mine) == _fold(part, other))
        elif whole:
            joined = "".join(whole)
            is_code = part == "postcode"
            agreed.append(
                _fold(part, mine) in joined if is_code else holds_words(whole, split_words(mine))
            )
    return all(agreed) if agreed else None


def _fold(part: str, text: str) -> str:
    words = split_words(text)
    return "".join(words) if part == "postcode" else " ".join(words)
