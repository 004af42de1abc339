"""A picture of amounts: a line for each thing, with bars that are told apart by their filling.

It is for whatever needs no picture of its own. A bar may carry the limits it lies in, as a thin
line across its end.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from workbook.charts.rates import list_ticks, write_tick
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
from workbook.content import BASE_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.figure import Figure

BAR = 13.0
ROW_GAP = 9.0
NAME_WIDTH = 150.0
GAP = 12.0
KEY = 11.0
KEY_LINE = 18.0
KEY_GAP = 16.0
AXIS = 16.0
THINNEST = 1.5
FULL, STRIPED, EMPTY = 0, 1, 2
"""How a bar can be filled."""
MOST_ROWS = 30
"""So many lines are drawn at most; the table has all of them."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a bar: how it is filled, and how much it is."""

    filling: int
    amount: float

    def __post_init__(self) -> None:
        """Refuse an amount below nothing.

        Raises:
            ValueError: The amount is below zero.
        """
        if self.amount < 0:
            raise ValueError("a bar cannot be shorter than nothing")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the picture: its name, its bar, how it reads, and the limits of its end."""

    name: str
    parts: tuple[Part, ...]
    text: str
    limits: tuple[float, float] | None = None

    @property
    def end(self) -> float:
        """How far it reaches, its limits included."""
        length = sum(part.amount for part in self.parts)
        return max(length, self.limits[1] if self.limits else 0.0)


@dataclass(frozen=True, slots=True)
class Words:
    """What a picture of bars is called and says; ``keys`` name what each filling means."""

    title: str
    desc: str
    columns: tuple[str, ...]
    keys: tuple[tuple[int, str], ...] = ()
    language: str = BASE_LANGUAGE


def draw(
    rows: Sequence[Row],
    table: Sequence[tuple[str | int | float, ...]],
    words: Words,
    *,
    name: str,
    whole: bool = False,
) -> Picture:
    """The picture of the lines, in the order given.

    Args:
        rows: The lines; at most ``MOST_ROWS`` are drawn.
        table: The same as rows of a table, with a cell for each of the words' columns.
        words: What the picture is called and says.
        name: A name of its own.
        whole: Whether there are no halves of what is counted, as with people.
    """
    shown = tuple(rows[:MOST_ROWS])
    return Picture(
        name=name,
        title=words.title,
        desc=words.desc,
        make=partial(_draw, shown, words, whole),
        columns=words.columns,
        rows=tuple(table),
    )


# -- drawing -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Room:
    """Where things stand, in points, and what the right end of the axis is worth."""

    left: float
    right: float
    width: float
    is_narrow: bool
    end: float
    whole: bool
    language: str

    def list_ticks(self) -> tuple[float, ...]:
        """Where the axis is marked."""
        ticks = list_ticks(self.end)
        return tuple(tick for tick in ticks if not self.whole or tick.is_integer())

    def place(self, amount: float) -> float:
        """Where an amount stands."""
        return self.left + (self.right - self.left) * min(amount / self.end, 1.0)


def _draw(
    rows: tuple[Row, ...],
    words: Words,
    whole: bool,  # noqa: FBT001 - partial gives it by its place
    width_mm: float,
) -> Figure:
    room = _lay_out(rows, width_mm, words.language, whole=whole)
    rooms = {key: KEY + 6 + SLACK * measure(key[1]) for key in words.keys}
    places = flow_keys(rooms, room.width, line=KEY_LINE, gap=KEY_GAP, first=(1, KEY_LINE / 2 + 1))
    top = (places[-1][2] + KEY_LINE / 2 if places else 0.0) + AXIS
    heights = [_measure_row(row, room) for row in rows]
    figure, axes = start_figure(width_mm, top + sum(heights) + 6)
    for (filling, label), left, middle in places:
        _draw_bar(axes, filling, (left, left + KEY), middle, KEY)
        write_text(axes, left + KEY + 6, middle, label, LIGHT.ink)
    _draw_axis(axes, room, top)
    for row, height in zip(rows, heights, strict=True):
        _draw_row(axes, row, room, top, height)
        top += height
    return figure


def _lay_out(rows: Sequence[Row], width_mm: float, language: str, *, whole: bool) -> _Room:
    width, narrow = to_points(width_mm), width_mm <= NARROW_MM
    told = SLACK * max((measure(row.text) for row in rows), default=0.0)
    end = list_ticks(max((row.end for row in rows), default=1.0) or 1.0)[-1]
    left = 6.0 if narrow else NAME_WIDTH + GAP
    return _Room(left, width - told - GAP, width, narrow, end, whole, language)


def _name_lines(row: Row, room: _Room) -> list[str]:
    return wrap(row.name, room.width if room.is_narrow else NAME_WIDTH) or [""]


def _measure_row(row: Row, room: _Room) -> float:
    lines = len(_name_lines(row, room)) * LINE_HEIGHT
    return ROW_GAP + (lines + 4 + BAR if room.is_narrow else max(lines, BAR))


def _draw_axis(axes: Any, room: _Room, top: float) -> None:  # noqa: ANN401 - matplotlib's
    ticks = room.list_ticks()
    for number, tick in enumerate(ticks):
        if not room.is_narrow or number in (0, len(ticks) - 1):
            at = room.place(tick)
            write_text(
                axes,
                at,
                top - AXIS / 2 + 1,
                write_tick(tick, room.language),
                LIGHT.muted,
                side="center",
            )


def _draw_row(axes: Any, row: Row, room: _Room, top: float, height: float) -> None:  # noqa: ANN401 - matplotlib's
    rule = {"color": LIGHT.line, "linewidth": 0.6, "zorder": 0, "clip_on": False}
    draw_line(axes, [0, room.width], [top, top], **rule)
    lines = _name_lines(row, room)
    first = top + ROW_GAP / 2 + LINE_HEIGHT / 2
    for number, line in enumerate(lines):
        write_text(axes, 0, first + number * LINE_HEIGHT, line, LIGHT.ink)
    middle = first + (len(lines) * LINE_HEIGHT + 2 if room.is_narrow else 0)
    for tick in room.list_ticks():
        upper = middle - LINE_HEIGHT / 2 if room.is_narrow else top
        draw_line(axes, [room.place(tick)] * 2, [upper, top + height], **rule)
    begin = 0.0
    for part in row.parts:
        if part.amount:
            ends = (room.place(begin), room.place(begin + part.amount))
            _draw_bar(axes, part.filling, (ends[0], max(ends[1], ends[0] + THINNEST)), middle, BAR)
        begin += part.amount
    if row.limits:
        _draw_limits(axes, (room.place(row.limits[0]), room.place(row.limits[1])), middle)
    write_text(axes, room.width - 2, middle, row.text, LIGHT.ink, side="right")


def _draw_limits(axes: Any, ends: tuple[float, float], middle: float) -> None:  # noqa: ANN401 - matplotlib's
    """A thin line from limit to limit, light within a bar and dark beyond it."""
    for colour, width in ((LIGHT.surface, 4.0), (LIGHT.ink, 1.4)):
        style = {"color": colour, "linewidth": width, "solid_capstyle": "butt", "zorder": 4}
        draw_line(axes, ends, [middle, middle], clip_on=False, **style)
    for end in ends:
        draw_line(axes, [end, end], [middle - 3.5, middle + 3.5], color=LIGHT.ink, linewidth=1.4,
                  zorder=4, clip_on=False)  # fmt: skip


def _draw_bar(
    axes: Any,  # noqa: ANN401 - matplotlib's
    filling: int,
    ends: tuple[float, float],
    middle: float,
    height: float,
) -> None:
    """A bar: full, striped, or empty."""
    from matplotlib.patches import Rectangle  # noqa: PLC0415 - heavy, loaded to draw

    looks: tuple[Mapping[str, Any], ...] = (
        {"facecolor": LIGHT.accent, "edgecolor": LIGHT.accent},
        {"facecolor": LIGHT.surface, "edgecolor": LIGHT.open, "hatch": "//////"},
        {"facecolor": LIGHT.surface, "edgecolor": LIGHT.quiet},
    )
    style = {"linewidth": 1.2, "zorder": 3, "clip_on": False, **looks[filling]}
    corner = (ends[0], middle - height / 2)
    axes.add_artist(Rectangle(corner, ends[1] - ends[0], height, **style))
