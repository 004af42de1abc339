"""The picture of a week in blocks: a line for each day, and a bar for each block.

What a bar is for is told by its filling, which differs in shape as well as in colour.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, get_args

from workbook.charts.rendering import (
    NARROW_MM,
    SLACK,
    Picture,
    draw_line,
    flow_keys,
    measure,
    start_figure,
    to_points,
    write_text,
)
from workbook.charts.style import LIGHT, LINE_HEIGHT
from workbook.content import load_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.figure import Figure

Meaning = Literal["clients", "partners", "service", "all", "open"]
MEANINGS: tuple[Meaning, ...] = get_args(Meaning)
DAYS_IN_A_WEEK, MINUTES_IN_AN_HOUR, HOURS_IN_A_DAY = 7, 60, 24
MOST_ROWS = 40
MOST_BARS = 600
"""So many bars are drawn at most; more would be one black surface."""
ROW = 25.0
BAR = 15.0
THINNEST = 5.0
KEY = 11.0
KEY_LINE = 18.0
KEY_GAP = 16.0
TAIL = LINE_HEIGHT + 8
RIGHT = 20.0
_FROM, _TO = 8, 18
_RULE: Any = {"color": LIGHT.line, "linewidth": 0.6, "alpha": 0.6, "zorder": 0}
_EVERY_WIDE, _EVERY_NARROW = 2, 4
_NAMES_WITHIN = 14


@dataclass(frozen=True, slots=True)
class Bar:
    """A block on one day, Monday being 0, in minutes after midnight."""

    day: int
    start: float
    end: float
    meaning: Meaning

    def __post_init__(self) -> None:
        """Refuse a bar that lies on no day.

        Raises:
            ValueError: There is no such day, or it ends before it begins.
        """
        if not (0 <= self.day < DAYS_IN_A_WEEK and 0 <= self.start <= self.end):
            raise ValueError("a block lies on one day of a week")


@dataclass(frozen=True, slots=True)
class Line:
    """A block in words for the table: when, what, what for, and its minutes on one day."""

    when: str
    what: str
    purpose: str
    minutes: str


def draw(
    bars: Sequence[Bar],
    lines: Sequence[Line],
    sums: Mapping[str, str],
    *,
    language: str = "en",
    name: str = "week",
    most: int = MOST_ROWS,
) -> Picture:
    """The picture of a week.

    Args:
        bars: Each block on each of its days.
        lines: The blocks in words, for the table; the first ones of many.
        sums: The hours a week of each meaning there is, in words, by the meaning.
        language: The language of its words.
        name: A name of its own, where two such pictures stand in one document.
        most: How many blocks the table names at most.
    """
    words = load_words("charts/words.toml", language)["week"]
    labels = {
        m: words["key"].format(purpose=words[m], hours=sums[m]) for m in MEANINGS if m in sums
    }
    told = words["joined"].join(labels.values()) or words["none"]
    shown, more = list(lines[:most]), len(lines) - most
    rows = [(line.when, line.what, line.purpose, line.minutes) for line in shown]
    if more > 0:
        rows.append((words["more"].format(count=more), "", "", ""))
    return Picture(
        name=name,
        title=words["title"],
        desc=words["desc"].format(count=len(lines), sums=told),
        make=partial(_draw, tuple(bars[:MOST_BARS]), labels, words),
        columns=tuple(words[f"column-{column}"] for column in ("when", "what", "for", "minutes")),
        rows=tuple(rows),
    )


# -- drawing -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Room:
    """Where things stand, in points; the hours are those from the first bar to the last."""

    left: float
    right: float
    top: float
    first: int
    last: int

    def across(self, minutes: float) -> float:
        """Where a time of day stands."""
        share = (minutes / MINUTES_IN_AN_HOUR - self.first) / (self.last - self.first)
        return self.left + (self.right - self.left) * share

    def middle(self, day: int) -> float:
        """The middle of a day's line."""
        return self.top + ROW * (day + 0.5)

    @property
    def bottom(self) -> float:
        """The end of the last day's line."""
        return self.top + ROW * DAYS_IN_A_WEEK


def _draw(
    bars: tuple[Bar, ...], labels: Mapping[Meaning, str], words: Mapping[str, Any], width_mm: float
) -> Figure:
    width, narrow = to_points(width_mm), width_mm <= NARROW_MM
    rooms = {m: KEY + 6 + SLACK * measure(label) for m, label in labels.items()}
    keys = flow_keys(rooms, width, line=KEY_LINE, gap=KEY_GAP, first=(0.0, KEY_LINE / 2 + 1))
    top = (keys[-1][2] if keys else 0.0) + KEY_LINE
    figure, axes = start_figure(width_mm, top + ROW * DAYS_IN_A_WEEK + TAIL)
    days = words["days-short" if narrow else "days"]
    left = max(SLACK * measure(day) for day in days) + 8
    first, last = _find_hours(bars)
    room = _Room(left, width - RIGHT, top, first, last)
    for meaning, at, middle in keys:
        _draw_bar(axes, meaning, (at + 1, at + 1 + KEY), middle, KEY)
        write_text(axes, at + KEY + 6, middle, labels[meaning], LIGHT.ink)
    _draw_ground(axes, room, days, narrow=narrow)
    for day in range(DAYS_IN_A_WEEK):
        _draw_day(axes, room, [bar for bar in bars if bar.day == day])
    return figure


def _find_hours(bars: Sequence[Bar]) -> tuple[int, int]:
    """From which to which hour the day is drawn: a working day, or longer where bars want it."""
    first = min((int(bar.start // MINUTES_IN_AN_HOUR) for bar in bars), default=_FROM)
    last = max((int(-(-bar.end // MINUTES_IN_AN_HOUR)) for bar in bars), default=_TO)
    return min(first, _FROM), min(max(last, _TO), HOURS_IN_A_DAY)


def _draw_ground(axes: Any, room: _Room, days: Sequence[str], *, narrow: bool) -> None:  # noqa: ANN401 - matplotlib's
    """The days with their names, and a line at every second hour, or every fourth."""
    every = _EVERY_NARROW if narrow or room.last - room.first > _NAMES_WITHIN else _EVERY_WIDE
    for day, name in enumerate(days):
        middle = room.middle(day)
        below = middle + ROW / 2
        draw_line(axes, [0, room.right], [below] * 2, **_RULE)
        write_text(axes, 0, middle, name, LIGHT.ink)
    for hour in range(room.first, room.last + 1):
        across = room.across(hour * MINUTES_IN_AN_HOUR)
        if (hour - room.first) % every == 0:
            ends = [room.top, room.bottom]
            draw_line(axes, [across] * 2, ends, **_RULE)
            label = f"{hour:02}:00"
            write_text(axes, across, room.bottom + LINE_HEIGHT * 0.8, label, LIGHT.muted,
                       side="center")  # fmt: skip


def _draw_day(axes: Any, room: _Room, bars: Sequence[Bar]) -> None:  # noqa: ANN401 - matplotlib's
    """The bars of a day; those that lie across each other share its height."""
    for at, number, bar in _share_height(bars):
        height = BAR / number
        middle = room.middle(bar.day) - BAR / 2 + height * (at + 0.5)
        left = room.across(bar.start)
        right = min(max(room.across(bar.end), left + THINNEST), room.right + RIGHT)
        _draw_bar(axes, bar.meaning, (left, right), middle, height)


def _share_height(bars: Sequence[Bar]) -> list[tuple[int, int, Bar]]:
    """Each bar with its place among those that lie across it, and how many places there are."""
    found: list[tuple[int, int, Bar]] = []
    group: list[tuple[int, Bar]] = []
    ends: list[float] = []

    def close() -> None:
        found.extend((at, len(ends), bar) for at, bar in group)
        group.clear()
        ends.clear()

    for bar in sorted(bars, key=lambda each: (each.start, each.end)):
        if ends and bar.start >= max(ends):
            close()
        at = next((n for n, end in enumerate(ends) if bar.start >= end), len(ends))
        ends[at : at + 1] = [bar.end]
        group.append((at, bar))
    close()
    return found


def _draw_bar(
    axes: Any,  # noqa: ANN401 - matplotlib's
    meaning: Meaning,
    ends: tuple[float, float],
    middle: float,
    height: float,
) -> None:
    """A bar: full, striped, empty, or grey; one of which nothing is said is dashed."""
    from matplotlib.patches import Rectangle  # noqa: PLC0415 - heavy, loaded to draw

    left, right = ends
    looks: dict[Meaning, dict[str, Any]] = {
        "clients": {"facecolor": LIGHT.accent, "edgecolor": LIGHT.accent},
        "partners": {"facecolor": LIGHT.surface, "edgecolor": LIGHT.open, "hatch": "//////"},
        "service": {"facecolor": LIGHT.surface, "edgecolor": LIGHT.accent},
        "all": {"facecolor": LIGHT.quiet, "edgecolor": LIGHT.quiet},
        "open": {"facecolor": LIGHT.surface, "edgecolor": LIGHT.quiet, "linestyle": (0, (2, 2))},
    }
    corner = (left, middle - height / 2)
    style = {"linewidth": 1.3, "zorder": 3, "clip_on": False, **looks[meaning]}
    axes.add_artist(Rectangle(corner, right - left, height, **style))
