"""The picture of results against hours: what each place brings in ten hours, with intervals.

A disc is enquiries, a square referrals; each stands on a line of its own, so that no interval
hides another.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from math import floor, log10
from typing import TYPE_CHECKING, Any, NamedTuple

from workbook.charts.rendering import (
    NARROW_MM,
    Picture,
    draw_line,
    measure,
    start_figure,
    to_points,
    wrap,
    write_text,
)
from workbook.charts.style import LIGHT, LINE_HEIGHT
from workbook.content import load_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.figure import Figure

MARKS = ("leads", "referrals")
STEP = 17.0
ROW_GAP = 10.0
NAME_WIDTH = 116.0
GAP = 12.0
RADIUS = 4.4
EDGE = 10.0
KEY = 20.0
KEY_GAP = 16.0
AXIS = 16.0
MOST_TICKS = 5


@dataclass(frozen=True, slots=True)
class Rated:
    """What came of ten hours with the limits it lies in, and how it reads."""

    value: float
    low: float
    high: float
    text: str

    def __post_init__(self) -> None:
        """Refuse a rate outside its limits.

        Raises:
            ValueError: They are not in order, or one is below zero.
        """
        if not 0 <= self.low <= self.value <= self.high:
            raise ValueError("a rate lies within its limits, and none is below zero")


@dataclass(frozen=True, slots=True)
class PlaceRates:
    """What one place brings in ten hours; None where nobody counted it or its hours."""

    place: str
    leads: Rated | None
    referrals: Rated | None
    hours: str

    @property
    def marks(self) -> tuple[tuple[str, Rated], ...]:
        """What there is, in the order in which it is drawn."""
        found = ((mark, getattr(self, mark)) for mark in MARKS)
        return tuple((mark, rated) for mark, rated in found if rated is not None)


class _Room(NamedTuple):
    """Where things stand, in points, and what the right end of the axis is worth."""

    left: float
    right: float
    width: float
    is_narrow: bool
    end: float
    language: str

    def place(self, value: float) -> float:
        """Where a rate stands."""
        return self.left + (self.right - self.left) * min(value / self.end, 1.0)


def draw(places: Sequence[PlaceRates], *, language: str = "en", name: str = "rates") -> Picture:
    """The picture of what hours bring, in the order given; a place without any rate is left out.

    Args:
        places: What each place brings.
        language: The language of its words.
        name: A name of its own, where two such pictures stand in one document.
    """
    words = load_words("charts/words.toml", language)["rates"]
    shown = tuple(place for place in places if place.marks)
    return Picture(
        name=name,
        title=words["title"],
        desc=words["desc"].format(rows=" ".join(_tell(place, words) for place in shown)).strip(),
        make=partial(_draw, shown, words, language),
        columns=tuple(words[f"column-{column}"] for column in ("place", "hours", *MARKS)),
        rows=tuple(_write_row(place, words) for place in places),
    )


def _tell(place: PlaceRates, words: Mapping[str, str]) -> str:
    marks = ", ".join(f"{words[mark]} {rated.text}" for mark, rated in place.marks)
    return words["row"].format(place=place.place, marks=marks)


def _write_row(place: PlaceRates, words: Mapping[str, str]) -> tuple[str, ...]:
    told = (getattr(place, mark) for mark in MARKS)
    return (place.place, place.hours, *(r.text if r else words["nothing"] for r in told))


# -- drawing -----------------------------------------------------------------------------------


def _draw(
    places: Sequence[PlaceRates], words: Mapping[str, str], language: str, width_mm: float
) -> Figure:
    room = _lay_out(places, width_mm, language)
    heights = [_measure_row(place, room) for place in places]
    top = KEY + AXIS
    figure, axes = start_figure(width_mm, top + sum(heights) + 4)
    _draw_keys(axes, {mark for p in places for mark, _ in p.marks}, words)
    _draw_axis(axes, room, top)
    for place, height in zip(places, heights, strict=True):
        _draw_row(axes, place, room, top)
        top += height
    return figure


def _lay_out(places: Sequence[PlaceRates], width_mm: float, language: str) -> _Room:
    width, narrow = to_points(width_mm), width_mm <= NARROW_MM
    told = max((measure(r.text) for p in places for _, r in p.marks), default=0.0)
    highest = max((r.high for p in places for _, r in p.marks), default=1.0)
    left = EDGE if narrow else NAME_WIDTH + GAP
    return _Room(left, width - told - GAP, width, narrow, list_ticks(highest)[-1], language)


def write_tick(tick: float, language: str) -> str:
    """A number at an axis, with as many decimals as it needs."""
    return f"{tick:g}".replace(".", load_words("wording.toml", language)["decimal"])


def list_ticks(highest: float) -> tuple[float, ...]:
    """Round numbers from 0 to one that is not below the highest value, five at most."""
    size = 10.0 ** floor(log10(highest)) if highest > 0 else 1.0
    steps = (size * factor for factor in (0.25, 0.5, 1.0, 2.0, 2.5, 5.0, 10.0))
    step = next(s for s in steps if s * (MOST_TICKS - 1) >= highest)
    count = 1
    while step * count < highest:
        count += 1
    return tuple(step * number for number in range(count + 1))


def _measure_row(place: PlaceRates, room: _Room) -> float:
    lines = len(_name_lines(place, room)) * LINE_HEIGHT
    marks = len(place.marks) * STEP
    return ROW_GAP + (lines + 3 + marks if room.is_narrow else max(lines, marks))


def _name_lines(place: PlaceRates, room: _Room) -> list[str]:
    return wrap(place.place, room.width if room.is_narrow else NAME_WIDTH) or [""]


def _draw_axis(axes: Any, room: _Room, top: float) -> None:  # noqa: ANN401 - matplotlib's
    ticks = list_ticks(room.end)
    for number, tick in enumerate(ticks):
        at = room.place(tick)
        if not room.is_narrow or number in (0, len(ticks) - 1):
            write_text(
                axes,
                at,
                top - AXIS / 2 + 1,
                write_tick(tick, room.language),
                LIGHT.muted,
                side="center",
            )


def _draw_lines(axes: Any, room: _Room, top: float, bottom: float) -> None:  # noqa: ANN401 - matplotlib's
    """The lines of the axis behind the marks of a row, and never through its name."""
    for tick in list_ticks(room.end):
        at = room.place(tick)
        style = {"color": LIGHT.line, "linewidth": 0.6, "zorder": 0, "clip_on": False}
        draw_line(axes, [at, at], [top, bottom], **style)


def _draw_row(axes: Any, place: PlaceRates, room: _Room, top: float) -> None:  # noqa: ANN401 - matplotlib's
    edge = {"color": LIGHT.line, "linewidth": 0.6, "zorder": 0, "clip_on": False}
    draw_line(axes, [0, room.width], [top, top], **edge)
    middle = top + ROW_GAP / 2 + LINE_HEIGHT / 2
    lines = _name_lines(place, room)
    for number, line in enumerate(lines):
        write_text(axes, 0, middle + number * LINE_HEIGHT, line, LIGHT.ink)
    if room.is_narrow:
        middle += len(lines) * LINE_HEIGHT + 3
    upper = middle - STEP / 2 if room.is_narrow else top
    _draw_lines(axes, room, upper, top + _measure_row(place, room))
    for number, (mark, rated) in enumerate(place.marks):
        height = middle + number * STEP
        style = {"color": _colour(mark), "linewidth": 1.6, "solid_capstyle": "butt", "zorder": 2}
        ends = [room.place(rated.low), room.place(rated.high)]
        draw_line(axes, ends, [height, height], clip_on=False, **style)
        _draw_mark(axes, mark, room.place(rated.value), height)
        write_text(axes, room.width - 2, height, rated.text, LIGHT.ink, side="right")


def _colour(mark: str) -> str:
    return LIGHT.accent if mark == "leads" else LIGHT.open


def _draw_mark(axes: Any, mark: str, left: float, height: float) -> None:  # noqa: ANN401 - matplotlib's
    """A disc or a square: the shape says what the colour says."""
    from matplotlib.patches import Circle, Rectangle  # noqa: PLC0415 - heavy, loaded to draw

    style: Any = {"facecolor": _colour(mark), "linewidth": 0, "zorder": 3, "clip_on": False}
    if mark == "leads":
        axes.add_artist(Circle((left, height), RADIUS, **style))
        return
    side = RADIUS * 0.9
    axes.add_artist(Rectangle((left - side, height - side), 2 * side, 2 * side, **style))


def _draw_keys(axes: Any, used: set[str], words: Mapping[str, str]) -> None:  # noqa: ANN401 - matplotlib's
    left = RADIUS
    for mark in MARKS:
        if mark in used:
            _draw_mark(axes, mark, left, KEY / 2)
            write_text(axes, left + RADIUS + 5, KEY / 2, words[mark], LIGHT.muted)
            left += 2 * RADIUS + 5 + measure(words[mark]) + KEY_GAP
