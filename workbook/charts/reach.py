"""The picture of reach: for each place a dot with its interval, by survey, clients and both.

A ring is the survey, a square what clients said, a diamond both together; each stands on a line
of its own, so that no interval hides another.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from workbook.charts.rendering import (
    NARROW_MM,
    SLACK,
    Picture,
    draw_line,
    flow_keys,
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

STEP = 15.0
ROW_GAP = 9.0
NAMED_GAP = 3.0
NAME_WIDTH = 116.0
GAP = 12.0
RADIUS = 4.2
EDGE = 12.0
KEY_GAP = 16.0
KEY_LINE = 17.0
AXIS = 16.0
FAINT = 0.55
WHOLE = 100
TICKS = (0, 25, 50, 75, 100)
NARROW_TICKS = (0, 50, 100)
NAMED_IN_WORDS = 4
MARKS = ("survey", "own", "both")


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share in percent with the interval it lies in, and how it reads."""

    percent: float
    low: float
    high: float
    text: str

    def __post_init__(self) -> None:
        """Refuse a share outside its interval.

        Raises:
            ValueError: They are not in order between 0 and 100.
        """
        if not 0 <= self.low <= self.percent <= self.high <= WHOLE:
            raise ValueError("a share lies within its interval, between 0 and 100")


@dataclass(frozen=True, slots=True)
class PlaceReach:
    """A place with its share by the survey, by clients and by both; None where there is none."""

    place: str
    survey: Estimate | None = None
    own: Estimate | None = None
    both: Estimate | None = None

    @property
    def marks(self) -> tuple[tuple[str, Estimate], ...]:
        """What there is, in the order in which it is drawn."""
        found = ((mark, getattr(self, mark)) for mark in MARKS)
        return tuple((mark, estimate) for mark, estimate in found if estimate is not None)

    @property
    def height(self) -> float:
        """By what places are put in order: both together, else clients, else the survey."""
        return max((estimate.percent for _, estimate in self.marks[-1:]), default=-1.0)


class _Room(NamedTuple):
    """Where things stand, in points: the plot from left to right, and the width of all."""

    left: float
    right: float
    width: float
    is_narrow: bool

    def place(self, percent: float) -> float:
        """Where a percentage stands."""
        return self.left + (self.right - self.left) * percent / WHOLE


def order_places(places: Sequence[PlaceReach]) -> tuple[PlaceReach, ...]:
    """The places that something is known of, the one with the largest share first."""
    return tuple(sorted((p for p in places if p.marks), key=lambda p: -p.height))


def draw(
    places: Sequence[PlaceReach],
    group: str,
    own: str,
    *,
    is_background: bool = False,
    language: str = "en",
    name: str = "reach",
) -> Picture:
    """The picture of the places, the one with the largest share first.

    Args:
        places: What is known of each place; those without any share are left out.
        group: Who the people are.
        own: What clients were asked, in a few words.
        is_background: Whether the survey only stands beside, and chooses nothing.
        language: The language of its words.
        name: A name of its own, where two such pictures stand in one document.
    """
    words = load_words("charts/words.toml", language)["reach"]
    shown = order_places(places)
    used = [mark for mark in MARKS if any(mark == m for p in shown for m, _ in p.marks)]
    labels = {mark: words[mark].format(own=own) for mark in used}
    if is_background and "survey" in labels:
        labels["survey"] = words["background"]
    return Picture(
        name=name,
        title=words["title"].format(group=group),
        desc=_describe(shown, words, labels),
        make=partial(_draw, shown, labels),
        columns=(words["column-place"], *(f"{labels[mark]} {words['unit']}" for mark in used)),
        rows=tuple((p.place, *(_tell(p, mark, words) for mark in used)) for p in shown),
    )


def _tell(place: PlaceReach, mark: str, words: Mapping[str, str]) -> str:
    estimate: Estimate | None = getattr(place, mark)
    return estimate.text if estimate else words["nothing"]


def _describe(
    places: Sequence[PlaceReach], words: Mapping[str, str], labels: Mapping[str, str]
) -> str:
    told = [
        words["row"].format(
            place=place.place,
            marks=", ".join(f"{labels[mark]} {estimate.text}" for mark, estimate in place.marks),
        )
        for place in places[:NAMED_IN_WORDS]
    ]
    return words["desc"].format(count=len(places), rows=" ".join(told)).strip()


# -- drawing -----------------------------------------------------------------------------------


def _draw(places: Sequence[PlaceReach], labels: Mapping[str, str], width_mm: float) -> Figure:
    room = _lay_out(places, width_mm)
    rooms = {mark: 3 * RADIUS + 5 + measure(label) for mark, label in labels.items()}
    keys = flow_keys(rooms, room.width, line=KEY_LINE, gap=KEY_GAP, first=(0.0, KEY_LINE / 2 + 1))
    top = keys[-1][2] + KEY_LINE / 2 + AXIS if keys else AXIS
    heights = [_measure_row(place, room) for place in places]
    figure, axes = start_figure(width_mm, top + sum(heights) + 4)
    for mark, left, middle in keys:
        _draw_key(axes, mark, labels[mark], left, middle)
    _draw_axis(axes, room, top, top + sum(heights))
    for place, height in zip(places, heights, strict=True):
        _draw_row(axes, place, room, top)
        top += height
    return figure


def _lay_out(places: Sequence[PlaceReach], width_mm: float) -> _Room:
    width, narrow = to_points(width_mm), width_mm <= NARROW_MM
    told = SLACK * max((measure(e.text) for p in places for _, e in p.marks), default=0.0)
    left = EDGE if narrow else NAME_WIDTH + GAP
    return _Room(left, width - told - GAP, width, narrow)


def _name_lines(place: PlaceReach, room: _Room) -> list[str]:
    return wrap(place.place, room.width if room.is_narrow else NAME_WIDTH) or [""]


def _measure_row(place: PlaceReach, room: _Room) -> float:
    named, marked = len(_name_lines(place, room)) * LINE_HEIGHT, len(place.marks) * STEP
    return ROW_GAP + (named + NAMED_GAP + marked if room.is_narrow else max(named, marked))


def _draw_axis(axes: Any, room: _Room, top: float, bottom: float) -> None:  # noqa: ANN401 - matplotlib's
    for tick in TICKS:
        at = room.place(tick)
        style = {"color": LIGHT.line, "linewidth": 0.6, "alpha": FAINT, "zorder": 0}
        draw_line(axes, [at, at], [top, bottom], clip_on=False, **style)
        if tick in (NARROW_TICKS if room.is_narrow else TICKS):
            write_text(axes, at, top - AXIS / 2 + 1, f"{tick} %", LIGHT.muted, side="center")


def _draw_row(axes: Any, place: PlaceReach, room: _Room, top: float) -> None:  # noqa: ANN401 - matplotlib's
    edge = {"color": LIGHT.line, "linewidth": 0.6, "alpha": FAINT, "zorder": 0}
    draw_line(axes, [0, room.width], [top, top], clip_on=False, **edge)
    middle = top + ROW_GAP / 2 + LINE_HEIGHT / 2
    lines = _name_lines(place, room)
    for number, line in enumerate(lines):
        write_text(axes, 0, middle + number * LINE_HEIGHT, line, LIGHT.ink)
    if room.is_narrow:
        middle += len(lines) * LINE_HEIGHT + NAMED_GAP
    for number, (mark, estimate) in enumerate(place.marks):
        height = middle + number * STEP
        _draw_interval(axes, room, mark, estimate, height)
        last = number == len(place.marks) - 1
        colour = LIGHT.ink if last else LIGHT.muted
        write_text(axes, room.width - 2, height, estimate.text, colour, side="right")


def _draw_interval(axes: Any, room: _Room, mark: str, estimate: Estimate, height: float) -> None:  # noqa: ANN401 - matplotlib's
    ends = [room.place(estimate.low), room.place(estimate.high)]
    style = {"color": _colour(mark), "linewidth": 1.6, "solid_capstyle": "butt", "zorder": 2}
    draw_line(axes, ends, [height, height], clip_on=False, **style)
    _draw_mark(axes, mark, room.place(estimate.percent), height)


def _colour(mark: str) -> str:
    return {"survey": LIGHT.quiet, "own": LIGHT.open, "both": LIGHT.accent}[mark]


def _draw_mark(axes: Any, mark: str, left: float, height: float) -> None:  # noqa: ANN401 - matplotlib's
    """A ring, a square or a diamond: the shape says what the colour says."""
    from matplotlib.patches import Circle, Polygon  # noqa: PLC0415 - heavy, loaded to draw

    colour = _colour(mark)
    style = {"edgecolor": colour, "linewidth": 1.6, "zorder": 3, "clip_on": False}
    if mark == "survey":
        axes.add_artist(Circle((left, height), RADIUS, facecolor=LIGHT.surface, **style))
        return
    side = RADIUS * 0.9
    corners = (
        [(-side, -side), (side, -side), (side, side), (-side, side)]
        if mark == "own"
        else [(0, -side * 1.45), (side * 1.45, 0), (0, side * 1.45), (-side * 1.45, 0)]
    )
    shape = [(left + x, height + y) for x, y in corners]
    axes.add_artist(Polygon(shape, closed=True, facecolor=colour, **style))


# -- what the marks mean -----------------------------------------------------------------------


def _draw_key(axes: Any, mark: str, label: str, left: float, middle: float) -> None:  # noqa: ANN401 - matplotlib's
    ends = [left, left + 3 * RADIUS]
    style = {"color": _colour(mark), "linewidth": 1.6, "solid_capstyle": "butt"}
    draw_line(axes, ends, [middle, middle], clip_on=False, **style)
    _draw_mark(axes, mark, left + 1.5 * RADIUS, middle)
    write_text(axes, left + 3 * RADIUS + 5, middle, label, LIGHT.muted)
