"""Numbers as people type them, by the marks of their language.

Between thousands and before decimals stand the same two marks, and which is which depends on the
language: ``1.200`` is a little more than one in English, and twelve hundred in Spanish.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeGuard

from pydantic_core import PydanticCustomError

from workbook.units import has_words

if TYPE_CHECKING:
    from collections.abc import Mapping

POINT: Final = "."
COMMA: Final = ","
DECIMAL: Final = "decimal"
"""The key of the mark before decimals in what a reader of answers is told."""
_FRACTIONS: Final = str.maketrans({"¼": ".25", "½": ".5", "¾": ".75"})
_LONGEST_NUMBER: Final = 40
"""Characters; nobody means a longer number."""
_NUMBER: Final = re.compile(r"^[+]?(?:\d+(?:\.\d+)?|\.\d+)$")
_THOUSANDS: Final = re.compile(r"^\d{1,3}([,.'\u2019 ])\d{3}(?:\1\d{3})*(?:[.,]\d+)?$")
_EITHER: Final = re.compile(r"^[+]?(\d{1,3})([.,])\d{3}$")
"""One mark before just three digits: it may stand for thousands as well as for decimals."""
_THOUSAND: Final = 1000
_MANY_DECIMALS: Final = 2
_SURELY_NO_YEAR: Final = 10_000


@dataclass(frozen=True, slots=True)
class Marks:
    """How the marks in a number are meant.

    ``decimal`` stands before decimals where nothing else tells. ``comma`` is what a comma before
    just three digits means in a language that has it before decimals: ``thousands``, as some of
    its countries write, ``decimals``, or nothing where it may be either.
    """

    decimal: str = POINT
    comma: str = ""


ENGLISH: Final = Marks()


def marks_for(
    told: Mapping[str, object] | None, *, whole: bool = False, most: float = _THOUSAND
) -> Marks:
    """The marks for one answer: what it may be settles what a comma can mean in it.

    Args:
        told: What the reader was told, with the mark before decimals; English where nothing.
        whole: Whether it is a count, which has no decimals.
        most: The most it may be.
    """
    decimal = str((told or {}).get(DECIMAL, POINT))
    small = "decimals" if most < _THOUSAND else ""
    return Marks(decimal, "thousands" if whole and most >= _THOUSAND else small)


def read_decimal(raw: object, marks: Marks = ENGLISH) -> Decimal:
    """A number of zero or more from what people type: ``1,200``, ``£3.50``, ``2½``, ``12 %``.

    In English a comma before exactly three digits separates thousands, and any other single comma
    is a decimal point. Where decimals have a comma, so does a point, and a comma before exactly
    three digits may be either, unless what is asked for settles it.
    Raises ``PydanticCustomError``: ``number-unreadable``, ``number-negative``,
    ``number-ambiguous``, or ``number-with-words`` where letters stand beside it, since they may
    be another unit.
    """
    if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
        raise _fail("number-unreadable")
    if not isinstance(raw, str) and (number := Decimal(str(raw))).is_finite() and number >= 0:
        return number
    text = re.sub(r"(?<=\d)\s+(?=[¼½¾])", "", str(raw)).translate(_FRACTIONS)
    text = unicodedata.normalize("NFKC", text).strip()
    if re.match(r"^[-−–]\s*[^\d]*\d", text):  # noqa: RUF001 - people type every kind of minus
        raise _fail("number-negative")
    if has_words(text):
        digits = any(map(str.isdigit, text))
        raise _fail("number-with-words" if digits else "number-unreadable")
    text = re.sub(r"^[^\d.,+]+|[^\d]+$", "", text) if len(text) <= _LONGEST_NUMBER else ""
    text = _unify(re.sub(r"\s+", " ", text), marks)
    if not _NUMBER.match(text):
        raise _fail("number-unreadable")
    return Decimal("".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in text))


def write_typed(value: float | Decimal, decimal: str = POINT) -> str:
    """A number as a field shows it: nothing between thousands, and read back the same."""
    text = f"{value:.10f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    if decimal == POINT:
        return text
    text = text.replace(POINT, decimal)
    return f"{text}0" if _EITHER.match(text) else text


def write_marked(value: float | Decimal, thousands: str = COMMA, decimal: str = POINT) -> str:
    """A number with its thousands set apart and no more decimals than it has, two at most."""
    text = f"{value:,.{_MANY_DECIMALS}f}"
    text = text.rstrip("0").rstrip(POINT) if not isinstance(value, Decimal) else text
    return text.translate({ord(COMMA): thousands, ord(POINT): decimal})


def write_each(values: Mapping[str, object], thousands: str, decimal: str) -> dict[str, object]:
    """Values with their numbers written, save whole ones that may be a year; text as it is."""
    return {
        key: write_marked(value, thousands, decimal) if _is_written(value) else value
        for key, value in values.items()
    }


def _is_written(value: object) -> TypeGuard[float | Decimal]:
    is_large = isinstance(value, int) and value >= _SURELY_NO_YEAR
    return is_large or isinstance(value, float | Decimal)


def _fail(problem: str) -> PydanticCustomError:
    return PydanticCustomError(problem, problem)


def _unify(text: str, marks: Marks) -> str:
    """The text with a point before its decimals and nothing between its thousands."""
    either = _EITHER.match(text) if marks.decimal == COMMA else None
    if either:
        return _settle(text, either.group(1), either.group(2), marks)
    if match := _THOUSANDS.match(text):
        mark = match.group(1)
        if mark != POINT or text.count(POINT) > 1 or COMMA in text:
            return text.replace(mark, "").replace(COMMA, POINT)
    return text.replace(COMMA, POINT) if text.count(COMMA) == 1 and POINT not in text else text


def _settle(text: str, before: str, mark: str, marks: Marks) -> str:
    """One mark before three digits, where decimals have a comma; no thousands begin with 0."""
    if not before.startswith("0") and (mark == POINT or marks.comma == "thousands"):
        return text.replace(mark, "")
    if not before.startswith("0") and not marks.comma:
        raise _fail("number-ambiguous")
    return text.replace(mark, POINT)
