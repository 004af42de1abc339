"""The picture of the way: how many visits from each place came how far, and how sure that is.

A bar for each stage, as long as its share of the visits from that place, with a thin line where
the true share lies; a stage that nobody counted is an empty frame.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from workbook.charts.rendering import (
    NARROW_MM,
    Picture,
    draw_line,
    measure,
    start_figure,
    to_points,
    wrap,
)
from workbook.charts.style import LIGHT, LINE_HEIGHT
from workbook.content import load_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.figure import Figure

STAGES = ("visits", "services", "contact", "used")
ROW = 19.0
NARROW_ROW = 31.0
BAR = 10.0
GAP = 12.0
PLACE_GAP = 12.0
BOLDER = 1.12
"""How much wider bold letters are than plain ones."""
EDGE = 2.0
TICK = 3.5
WHOLE = 1.0
NAMED_IN_WORDS = 3


@dataclass(frozen=True, slots=True)
class Step:
    """How far visits came: the share of all visits with its interval, and how it reads.

    The share is None where it is not known; the text says so.
    """

    text: str
    share: float | None = None
    low: float = 0.0
    high: float = WHOLE

    def __post_init__(self) -> None:
        """Refuse shares that are none.

        Raises:
            ValueError: They are not in order between 0 and 1.
        """
        if self.share is not None and not 0 <= self.low <= self.share <= self.high <= WHOLE:
            raise ValueError("a share lies within its interval, between 0 and 1")


@dataclass(frozen=True, slots=True)
class PlaceWay:
    """The way from one place: visits, the two pages, contact used."""

    place: str
    visits: Step
    services: Step
    contact: Step
    used: Step

    @property
    def steps(self) -> tuple[tuple[str, Step], ...]:
        """The stages in their order, each with its name."""
        return tuple((stage, getattr(self, stage)) for stage in STAGES)


class _Room(NamedTuple):
    """Where things stand, in points: the bars from left to right, and the width of all."""

    left: float
    right: float
    width: float
    is_narrow: bool

    @property
    def row(self) -> float:
        """The height of a stage."""
        return NARROW_ROW if self.is_narrow else ROW

    def place(self, share: float) -> float:
        """Where a share stands."""
        return self.left + (self.right - self.left) * share


def draw(places: Sequence[PlaceWay], *, language: str = "en", name: str = "funnel") -> Picture:
    """The picture of the ways, in the order given.

    Args:
        places: The way from each place.
        language: The language of its words.
        name: A name of its own, where two such pictures stand in one document.
    """
    words = load_words("charts/words.toml", language)["funnel"]
    told = [_tell(place, words) for place in places[:NAMED_IN_WORDS]]
    return Picture(
        name=name,
        title=words["title"],
        desc=words["desc"].format(count=len(places), rows=" ".join(told)).strip(),
        make=partial(_draw, tuple(places), words),
        columns=(words["column-place"], *(words[f"column-{stage}"] for stage in STAGES)),
        rows=tuple((p.place, *(step.text for _, step in p.steps)) for p in places),
    )


def _tell(place: PlaceWay, words: Mapping[str, str]) -> str:
    steps = ", ".join(f"{words[stage]} {step.text}" for stage, step in place.steps)
    return words["row"].format(place=place.place, steps=steps)


# -- drawing -----------------------------------------------------------------------------------


def _draw(places: Sequence[PlaceWay], words: Mapping[str, str], width_mm: float) -> Figure:
    room = _lay_out(places, words, width_mm)
    heights = [_measure_place(place, room) for place in places]
    figure, axes = start_figure(width_mm, max(sum(heights), LINE_HEIGHT) + EDGE)
    top = EDGE
    for place, height in zip(places, heights, strict=True):
        _draw_place(axes, place, room, top, words)
        top += height
    return figure


def _lay_out(places: Sequence[PlaceWay], words: Mapping[str, str], width_mm: float) -> _Room:
    width, narrow = to_points(width_mm), width_mm <= NARROW_MM
    if narrow:
        return _Room(EDGE, width - EDGE, width, narrow)
    named = max(measure(words[stage]) for stage in STAGES) + GAP
    told = max((measure(step.text) for p in places for _, step in p.steps), default=0.0) + GAP
    return _Room(named, width - told, width, narrow)


def _name_lines(place: PlaceWay, room: _Room) -> list[str]:
    return wrap(place.place, room.width / BOLDER) or [""]


def _measure_place(place: PlaceWay, room: _Room) -> float:
    named = len(_name_lines(place, room)) * (LINE_HEIGHT + 1)
    return named + len(STAGES) * room.row + PLACE_GAP


def _draw_place(
    axes: Any,  # noqa: ANN401 - matplotlib's
    place: PlaceWay,
    room: _Room,
    top: float,
    words: Mapping[str, str],
) -> None:
    middle = top + LINE_HEIGHT / 2
    for line in _name_lines(place, room):
        _write(axes, 0, middle, line, LIGHT.ink, weight="bold")
        middle += LINE_HEIGHT + 1
    top = middle - LINE_HEIGHT / 2
    for stage, step in place.steps:
        _draw_step(axes, words[stage], step, room, top)
        _draw_bar(axes, step, room, top, is_last=stage == STAGES[-1])
        top += room.row


def _draw_step(axes: Any, label: str, step: Step, room: _Room, top: float) -> None:  # noqa: ANN401 - matplotlib's
    """The words of a stage: beside its bar, above it where there is little room."""
    said = top + (LINE_HEIGHT if room.is_narrow else room.row) / 2
    _write(axes, 0, said, label, LIGHT.muted)
    _write(axes, room.width - EDGE, said, step.text, LIGHT.ink, side="right")


def _draw_bar(axes: Any, step: Step, room: _Room, top: float, *, is_last: bool) -> None:  # noqa: ANN401 - matplotlib's
    """The bar of a stage with its interval; an empty frame where nobody counted it."""
    from matplotlib.patches import Rectangle  # noqa: PLC0415 - heavy, loaded to draw

    middle = top + (LINE_HEIGHT + 2 + BAR / 2 if room.is_narrow else room.row / 2)
    corner, length = (room.left, middle - BAR / 2), room.right - room.left
    if step.share is None:
        frame: Any = {"facecolor": "none", "edgecolor": LIGHT.quiet, "linestyle": (0, (3, 3))}
        axes.add_artist(Rectangle(corner, length, BAR, linewidth=0.8, **frame))
        return
    axes.add_artist(Rectangle(corner, length, BAR, color=LIGHT.wash, linewidth=0))
    colour = LIGHT.accent if is_last else LIGHT.quiet
    long = max(length * step.share, 1.0)
    axes.add_artist(Rectangle(corner, long, BAR, color=colour, linewidth=0))
    if step.low == step.high:
        return
    style = {"color": LIGHT.ink, "linewidth": 1.4, "solid_capstyle": "butt", "clip_on": False}
    ends = [room.place(step.low), room.place(step.high)]
    draw_line(axes, ends, [middle, middle], **style)
    for end in ends:
        draw_line(axes, [end, end], [middle - TICK, middle + TICK], **style)


def _write(
    axes: Any,  # noqa: ANN401 - matplotlib's
    left: float,
    middle: float,
    text: str,
    colour: str,
    *,
    side: str = "left",
    weight: str = "normal",
) -> None:
    style = {"va": "center_baseline", "parse_math": False}
    axes.text(left, middle, text, color=colour, ha=side, weight=weight, **style)
