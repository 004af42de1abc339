"""How many people named each place: one number for each, as an answer of a plan."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator, ValidationInfo
from pydantic_core import PydanticCustomError

from workbook.numerals import Marks, marks_for, read_decimal
from workbook.platforms import OTHER, load_platforms
from workbook.values import Kind, clean_text

MOST = 1_000_000
_PAIR = re.compile(r"(?P<place>[a-z_]+)\s+(?P<count>\S.*)")


def _read(raw: object, info: ValidationInfo) -> object:
    """Pairs of place and number, from “facebook 7; instagram 3” or from a list of pairs.

    An empty number and a nought are left out; the order is that of lists of places.
    """
    pairs = _split(raw) if isinstance(raw, str) else raw
    if not isinstance(pairs, list | tuple):
        raise PydanticCustomError("counts-unreadable", "counts-unreadable")
    found: dict[str, int] = {}
    marks = marks_for(info.context, whole=True, most=MOST)
    for pair in pairs:
        if not isinstance(pair, list | tuple) or len(pair) != 2:  # noqa: PLR2004 - place, number
            raise PydanticCustomError("counts-unreadable", "counts-unreadable")
        found[_known(pair[0])] = _count(pair[1], marks)
    order = [*load_platforms(), OTHER]
    return tuple((place, found[place]) for place in order if found.get(place))


def _split(text: str) -> list[tuple[str, str]]:
    pieces = [piece.strip() for piece in clean_text(text).split(";")]
    found = [_PAIR.fullmatch(piece) for piece in pieces if piece]
    if not all(found):
        raise PydanticCustomError("counts-unreadable", "counts-unreadable")
    return [(match["place"], match["count"]) for match in found if match]


def _known(place: object) -> str:
    if place != OTHER and place not in load_platforms():
        raise PydanticCustomError("choice-not-offered", "choice-not-offered")
    return str(place)


def _count(raw: object, marks: Marks) -> int:
    number = read_decimal(raw, marks)
    if number != number.to_integral_value():
        raise PydanticCustomError("count-not-whole", "count-not-whole")
    if number > MOST:
        limit = {"most": float(MOST)}
        raise PydanticCustomError("number-too-large", "number-too-large", limit)
    return int(number)


PlaceCounts = Annotated[
    tuple[tuple[str, int], ...], BeforeValidator(_read), Kind("counts:platforms")
]
"""How many people named each place, those that nobody named left out."""
