"""Keys of programs that make codes, and numbers of cards, as they stand in a text."""

from __future__ import annotations

import re
from typing import Final

_SEED: Final = re.compile(r"(?<![A-Za-z0-9])[A-Z2-7]{16,}=*(?![A-Za-z0-9])")
_FOURS: Final = re.compile(
    r"(?<![A-Za-z0-9])(?:[A-Za-z2-7]{4}[ -]){3,}[A-Za-z2-7]{4}(?![A-Za-z0-9])"
)
_DIGITS: Final = re.compile(r"(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)")
_VOWEL: Final = re.compile(r"[aeiouy]", re.IGNORECASE)


def has_seed(text: str) -> bool:
    """Whether the key of a program that makes codes stands in a text."""
    if any(re.search(r"[2-7]", m[0]) for m in _SEED.finditer(text)):
        return True
    return any(_is_seed(re.split(r"[ -]", m[0])) for m in _FOURS.finditer(text))


def _is_seed(groups: list[str]) -> bool:
    """Whether groups of four letters are a key, and not four-letter words."""
    odd = sum(not _VOWEL.search(group) or not group.isalpha() for group in groups)
    return odd >= 2  # noqa: PLR2004 - one group may be a number or a shortened word


def has_card(text: str) -> bool:
    """Whether the number of a card stands in a text, by its check digit (ISO/IEC 7812)."""
    return any(_is_card([int(d) for d in m[0] if d.isdigit()]) for m in _DIGITS.finditer(text))


def _is_card(digits: list[int]) -> bool:
    doubled = (d if at % 2 == 0 else d * 2 - 9 * (d > 4) for at, d in enumerate(digits[::-1]))  # noqa: PLR2004 - a doubled digit above 9
    return len(set(digits)) > 1 and sum(doubled) % 10 == 0
