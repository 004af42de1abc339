"""The picture of the diagnosis: for each cause, the signs found, in part too, and to find out.

Signs are counted and never turned into a grade or a percentage.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

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

STEP = 15.0
RADIUS = 5.0
ROW_GAP = 9.0
MARGIN = 2.0
LEGEND_HEIGHT = 30.0
NARROW_GAP = 3.0
MARKS_IN_ROW = 6
COUNT_WIDTH = 125.0
NAMED_IN_WORDS = 3
MARKS = ("found", "partly", "open", "absent")


@dataclass(frozen=True, slots=True)
class CauseCount:
    """A cause, and of the signs asked about those found in full, in part, and still open."""

    title: str
    found: int
    open: int
    asked: int
    partly: int = 0

    def __post_init__(self) -> None:
        """Refuse counts that contradict each other.

        Raises:
            ValueError: A count is negative, or more signs are counted than were asked about.
        """
        counts = (self.found, self.partly, self.open)
        if min(counts) < 0 or sum(counts) > self.asked:
            raise ValueError("found and open signs are among those asked about")


@dataclass(frozen=True, slots=True)
class _Row:
    """Where a cause stands: its lines of text and how far it reaches down, in points."""

    cause: CauseCount
    title: list[str]
    count: list[str]
    height: float


@dataclass(frozen=True, slots=True)
class _Key:
    """A mark of the legend: its words, and where it stands."""

    mark: str
    text: str
    left: float
    line: int


def draw(causes: Sequence[CauseCount], *, language: str = "en", name: str = "causes") -> Picture:
    """The picture of the causes, in the order given.

    Args:
        causes: What was counted for each cause.
        language: The language of its words.
        name: A name of its own, where two such pictures stand in one document.
    """
    words = load_words("charts/words.toml", language)["causes"]
    columns = ("column-cause", "column-found", "column-partly", "column-open", "column-asked")
    return Picture(
        name=name,
        title=words["title"],
        desc=_describe(causes, words),
        make=partial(_draw, tuple(causes), words),
        columns=tuple(words[column] for column in columns),
        rows=tuple((c.title, c.found, c.partly, c.open, c.asked) for c in causes),
    )


def _describe(causes: Sequence[CauseCount], words: Mapping[str, str]) -> str:
    found = [c for c in causes if c.found or c.partly]
    ranked = sorted(found, key=lambda c: (-c.found, -c.partly))[:NAMED_IN_WORDS]
    named = "; ".join(
        words["most-cause"].format(title=c.title, count=_count_found(c, words)) for c in ranked
    )
    most = words["most"].format(causes=named) if ranked else words["none"]
    return words["desc"].format(count=len(causes), most=most)


def _draw(causes: Sequence[CauseCount], words: Mapping[str, str], width_mm: float) -> Figure:
    width = to_points(width_mm)
    narrow = width_mm <= NARROW_MM
    rows = [_lay_out(cause, words, width, narrow=narrow) for cause in causes]
    legend = _lay_out_legend(words, width)
    top = LEGEND_HEIGHT + legend[-1].line * STEP
    height = top + sum(row.height for row in rows) + MARGIN
    figure, axes = start_figure(width_mm, height)
    _draw_legend(axes, legend)
    for row in rows:
        draw_line(axes, [0, width], [top, top], color=LIGHT.line, linewidth=0.6, clip_on=False)
        _draw_row(axes, row, top, width, narrow=narrow)
        top += row.height
    return figure


def _lay_out(cause: CauseCount, words: Mapping[str, str], width: float, *, narrow: bool) -> _Row:
    marks = MARKS_IN_ROW * STEP
    beside = width - marks if narrow else COUNT_WIDTH
    room = width - MARGIN if narrow else width - marks - COUNT_WIDTH - STEP
    title = wrap(cause.title, room)
    count = wrap(_count(cause, words), beside - MARGIN - RADIUS)
    marked = max(len(count) * LINE_HEIGHT, -(-cause.asked // MARKS_IN_ROW) * STEP, LINE_HEIGHT)
    titled = len(title) * LINE_HEIGHT
    return _Row(
        cause,
        title,
        count,
        ROW_GAP + (titled + NARROW_GAP + marked if narrow else max(titled, marked)),
    )


def _count(cause: CauseCount, words: Mapping[str, str]) -> str:
    if not cause.asked:
        return words["not-asked"]
    count = _count_found(cause, words)
    return words["count-open"].format(count=count, open=cause.open) if cause.open else count


def _count_found(cause: CauseCount, words: Mapping[str, str]) -> str:
    count = words["count"].format(found=cause.found, asked=cause.asked)
    return words["count-partly"].format(count=count, partly=cause.partly) if cause.partly else count


def _draw_row(axes: Any, row: _Row, top: float, width: float, *, narrow: bool) -> None:  # noqa: ANN401 - matplotlib's
    middle = top + ROW_GAP / 2 + LINE_HEIGHT / 2
    _write(axes, 0, middle, row.title, LIGHT.ink)
    left = 0.0 if narrow else width - MARKS_IN_ROW * STEP - COUNT_WIDTH
    if narrow:
        middle += len(row.title) * LINE_HEIGHT + NARROW_GAP
    cause = row.cause
    absent = cause.asked - cause.found - cause.partly - cause.open
    marks = ["found"] * cause.found + ["partly"] * cause.partly
    marks += ["open"] * cause.open + ["absent"] * absent
    for place, mark in enumerate(marks):
        line, column = divmod(place, MARKS_IN_ROW)
        _draw_mark(axes, left + column * STEP + RADIUS + 1, middle + line * STEP, mark)
    _write(axes, left + MARKS_IN_ROW * STEP + RADIUS, middle, row.count, LIGHT.muted)


def _write(axes: Any, left: float, middle: float, lines: Sequence[str], colour: str) -> None:  # noqa: ANN401 - matplotlib's
    for number, line in enumerate(lines):
        place = middle + number * LINE_HEIGHT
        axes.text(left, place, line, color=colour, va="center_baseline", parse_math=False)


def _draw_mark(axes: Any, left: float, middle: float, mark: str) -> None:  # noqa: ANN401 - matplotlib's
    from matplotlib.patches import Circle, Wedge  # noqa: PLC0415 - heavy, loaded to draw

    place = (left, middle)
    if mark == "absent":
        patch = Circle(place, RADIUS / 2, facecolor="none", edgecolor=LIGHT.quiet, clip_on=False)
    elif mark == "open":
        patch = Circle(place, RADIUS, facecolor="none", edgecolor=LIGHT.open, clip_on=False)
        _write_mark(axes, left, middle)
    elif mark == "partly":
        half = Wedge(place, RADIUS, 90, 270, color=LIGHT.accent, linewidth=0, clip_on=False)
        axes.add_artist(half)
        patch = Circle(place, RADIUS, facecolor="none", edgecolor=LIGHT.accent, clip_on=False)
    else:
        patch = Circle(place, RADIUS, color=LIGHT.accent, clip_on=False)
    axes.add_artist(patch)


def _write_mark(axes: Any, left: float, middle: float) -> None:  # noqa: ANN401 - matplotlib's
    style = {"color": LIGHT.open, "ha": "center", "va": "center_baseline", "fontsize": 7.5}
    axes.text(left, middle, "?", **style)


def _lay_out_legend(words: Mapping[str, str], width: float) -> list[_Key]:
    """The marks with their words, in as many lines as the width needs."""
    keys: list[_Key] = []
    left, line = 0.0, 0
    for mark in MARKS:
        room = 2 * RADIUS + 5 + measure(words[mark])
        if keys and left + room > width:
            left, line = 0.0, line + 1
        keys.append(_Key(mark, words[mark], left, line))
        left += room + 2 * STEP - RADIUS
    return keys


def _draw_legend(axes: Any, legend: Sequence[_Key]) -> None:  # noqa: ANN401 - matplotlib's
    for key in legend:
        middle = LEGEND_HEIGHT / 2 - 3 + key.line * STEP
        _draw_mark(axes, key.left + RADIUS + 1, middle, key.mark)
        _write(axes, key.left + 2 * RADIUS + 5, middle, [key.text], LIGHT.muted)
