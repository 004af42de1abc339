"""The game of six points: each place costs points by the hours it takes, and six are all there are.

After a card game of workshops for non-profits, in which a team plans with at most six points.
What a place costs follows from our default of its hours a week (``fit/effort.toml``).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from workbook.content import BASE_LANGUAGE
from workbook.discovery import read_toml
from workbook.fit.effort import BASE, load_efforts
from workbook.platforms import load_platforms
from workbook.values import Frozen, Problem

if TYPE_CHECKING:
    from collections.abc import Collection

_DEFAULTS = "workshop/defaults.toml"
_OWN = "own"
_HALF = 0.5


class Card(Frozen):
    """A place with the points it costs and the hours a week behind them."""

    place: str
    name: str
    points: int
    hours: float
    is_had_anyway: bool
    """Whether every business has it anyway, so that it costs nothing."""


def points_in_all() -> int:
    """How many points there are."""
    return int(read_toml(_DEFAULTS)["game_points"]["value"])


@cache
def list_cards(language: str = BASE_LANGUAGE) -> tuple[Card, ...]:
    """The cards, the cheapest first; a place that every business has anyway costs nothing."""
    each = float(read_toml(_DEFAULTS)["game_hours"]["value"])
    efforts, platforms = load_efforts(), load_platforms(language)
    cards = [
        Card(
            place=place,
            name=platforms[place].name,
            points=0 if place in BASE else max(1, int(effort.hours / each + _HALF)),
            hours=effort.hours,
            is_had_anyway=place in BASE,
        )
        for place, effort in efforts.items()
        if place in platforms and place != _OWN
    ]
    return tuple(sorted(cards, key=lambda card: (card.points, card.name)))


def count_points(places: Collection[str]) -> int:
    """What the places cost together."""
    return sum(card.points for card in list_cards() if card.place in places)


def read_choice(raw: object, offered: Collection[str]) -> tuple[str, ...] | Problem:
    """The places that were taken, in the order of the cards; a Problem beyond six points."""
    chosen = {str(each) for each in raw} if isinstance(raw, list | tuple | set) else {str(raw)}
    if not chosen <= set(offered):
        return Problem("choice-not-offered")
    spent, most = count_points(chosen), points_in_all()
    if spent > most:
        return Problem("points-too-many", {"most": most, "length": spent})
    return tuple(card.place for card in list_cards() if card.place in chosen)
