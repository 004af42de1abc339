"""Finds personal details in a text: numbers, addresses and accounts that nothing public may show.

What it finds is a hint for a person who decides; it finds no names, and it may take a long number
for a telephone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from workbook.content import BASE_LANGUAGE, load_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WORDS = "complaint/reply.toml"
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_IBAN = re.compile(r"\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_DIGITS = re.compile(r"(?<![\w.,])\+?\(?\d(?:[ ()/.-]{0,2}\d){6,18}(?![\w])")
_DATE = re.compile(
    r"^(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4})(?:[ -]\d+)*$"
)
_CARD_LENGTHS = range(13, 20)
_PHONE_LENGTHS = range(7, 16)
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BASE = 97


@dataclass(frozen=True, slots=True)
class Personal:
    """A personal detail: what it is, and how it stands in the text."""

    kind: str
    quote: str


def find_personal(
    text: str, allowed: Sequence[str] = (), language: str = BASE_LANGUAGE
) -> tuple[Personal, ...]:
    """The personal details in a text, in the order of their kinds.

    Args:
        text: What is looked at.
        allowed: The business's own addresses and numbers, which are no secret.
        language: The language whose words for orders and health are looked for.
    """
    own = {_bare(each) for each in allowed if each}
    found: dict[str, Personal] = {}
    for each in _find(text, language):
        key = _bare(each.quote)
        if key not in own and not any(key in other or other in key for other in found):
            found[key] = each
    return tuple(found.values())


def _find(text: str, language: str) -> Iterator[Personal]:
    for match in _MAIL.finditer(text):
        yield Personal("mail", match[0])
    for match in _IBAN.finditer(text):
        if _is_iban(match[0]):
            yield Personal("iban", match[0])
    for match in _order(language).finditer(text):
        yield Personal("order", match[0])
    for match in _DIGITS.finditer(text):
        kind = _kind_of(match[0])
        if kind:
            yield Personal(kind, match[0])
    for match in _health(language).finditer(text):
        yield Personal("health", match[0])


def _bare(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())


def _kind_of(number: str) -> str:
    digits = "".join(sign for sign in number if sign.isdigit())
    if len(digits) in _CARD_LENGTHS and _is_card(digits):
        return "card"
    looks_dated = _DATE.match(number.strip("()+"))
    return "phone" if len(digits) in _PHONE_LENGTHS and not looks_dated else ""


def _is_card(digits: str) -> bool:
    """Whether the last digit fits the others, as on every payment card (Luhn)."""
    doubled = [
        sum(divmod(int(digit) * (1 + place % 2), 10)) for place, digit in enumerate(digits[::-1])
    ]
    return sum(doubled) % 10 == 0


def _is_iban(text: str) -> bool:
    """Whether the check digits fit (ISO 13616)."""
    bare = text.replace(" ", "")
    moved = bare[4:] + bare[:4]
    return int("".join(str(_ALPHABET.index(sign)) for sign in moved)) % _BASE == 1


@cache
def _order(language: str) -> re.Pattern[str]:
    words = load_words(WORDS, language)["order"]
    nouns, marks = (_one_of(words[name]) for name in ("words", "in"))
    tail = r"[A-Z]{0,4}-?\d[\dA-Z-]{3,20}\b"
    return re.compile(
        rf"\b{nouns}\s{{0,2}}(?:{marks}\s{{0,2}})?[:#]?\s{{0,2}}{tail}", re.IGNORECASE
    )


@cache
def _health(language: str) -> re.Pattern[str]:
    return re.compile(
        rf"\b{_one_of(load_words(WORDS, language)['health']['words'])}\b", re.IGNORECASE
    )


def _one_of(words: Sequence[str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in words) + ")"
