"""The picture of the diagnosis: for each cause, the signs found and those to be found out.

Signs are counted and never turned into a grade or a percentage.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from workbook.charts.rendering import NARROW_MM, Picture, measure, start_figure, to_points, wrap
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


@dataclass(frozen=True, slots=True)
class CauseCount:
    """A cause, how many of the signs asked about were found, and how many are still open."""

    title: str
    found: int
    open: int
    asked: int

    def __post_init__(self) -> None:
        """Refuse counts that contradict each other.

        Raises:
            ValueError: A count is negative, or more signs are counted than were asked about.
        """
        if min(self.found, self.open) < 0 or self.found + self.open > self.asked:
            raise ValueError("found and open signs are among those asked about")


@dataclass(frozen=True, slots=True)
class _Row:
    """Where a cause stands: its lines of text and how far it reaches down, in points."""

    cause: CauseCount
    title: list[str]
    count: list[str]
    height: float


def draw(causes: Sequence[CauseCount], *, language: str = "en", name: str = "causes") -> Picture:
    """The picture of the causes, in the order given.

    Args:
        causes: What was counted for each cause.
        language: The language of its words.
        name: A name of its own, where two such pictures stand in one document.
    """
    words = load_words("charts/words.toml", language)["causes"]
    columns = ("column-cause", "column-found", "column-open", "column-asked")
    return Picture(
        name=name,
        title=words["title"],
        desc=_describe(causes, words),
        make=partial(_draw, tuple(causes), words),
        columns=tuple(words[column] for column in columns),
        rows=tuple((c.title, c.found, c.open, c.asked) for c in causes),
    )


def _describe(causes: Sequence[CauseCount], words: Mapping[str, str]) -> str:
    ranked = sorted((c for c in causes if c.found), key=lambda c: -c.found)[:NAMED_IN_WORDS]
    named = "; ".join(
        words["most-cause"].format(title=c.title, found=c.found, asked=c.asked) for c in ranked
    )
    most = words["most"].format(causes=named) if ranked else words["none"]
    return words["desc"].format(count=len(causes), most=most)


def _draw(causes: Sequence[CauseCount], words: Mapping[str, str], width_mm: float) -> Figure:
    width = to_points(width_mm)
    narrow = width_mm <= NARROW_MM
    rows = [_lay_out(cause, words, width, narrow=narrow) for cause in causes]
    height = LEGEND_HEIGHT + sum(row.height for row in rows) + MARGIN
    figure, axes = start_figure(width_mm, height)
    _draw_legend(axes, words)
    top = LEGEND_HEIGHT
    for row in rows:
        axes.plot([0, width], [top, top], color=LIGHT.line, linewidth=0.6, clip_on=False)
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
    form = words["count-open"] if cause.open else words["count"]
    return form.format(found=cause.found, open=cause.open, asked=cause.asked)


def _draw_row(axes: Any, row: _Row, top: float, width: float, *, narrow: bool) -> None:  # noqa: ANN401 - matplotlib's
    middle = top + ROW_GAP / 2 + LINE_HEIGHT / 2
    _write(axes, 0, middle, row.title, LIGHT.ink)
    left = 0.0 if narrow else width - MARKS_IN_ROW * STEP - COUNT_WIDTH
    if narrow:
        middle += len(row.title) * LINE_HEIGHT + NARROW_GAP
    cause = row.cause
    absent = cause.asked - cause.found - cause.open
    marks = ["found"] * cause.found + ["open"] * cause.open + ["absent"] * absent
    for place, mark in enumerate(marks):
        line, column = divmod(place, MARKS_IN_ROW)
        _draw_mark(axes, left + column * STEP + RADIUS + 1, middle + line * STEP, mark)
    _write(axes, left + MARKS_IN_ROW * STEP + RADIUS, middle, row.count, LIGHT.muted)


def _write(axes: Any, left: float, middle: float, lines: Sequence[str], colour: str) -> None:  # noqa: ANN401 - matplotlib's
    for number, line in enumerate(lines):
        place = middle + number * LINE_HEIGHT
        axes.text(left, place, line, color=colour, va="center_baseline", parse_math=False)


def _draw_mark(axes: Any, left: float, middle: float, mark: str) -> None:  # noqa: ANN401 - matplotlib's
    from matplotlib.patches import Circle  # noqa: PLC0415 - heavy, loaded when a chart is drawn

    place = (left, middle)
    if mark == "absent":
        patch = Circle(place, RADIUS / 2, facecolor="none", edgecolor=LIGHT.quiet, clip_on=False)
    elif mark == "open":
        patch = Circle(place, RADIUS, facecolor="none", edgecolor=LIGHT.open, clip_on=False)
        _write_mark(axes, left, middle)
    else:
        patch = Circle(place, RADIUS, color=LIGHT.accent, clip_on=False)
    axes.add_patch(patch)


def _write_mark(axes: Any, left: float, middle: float) -> None:  # noqa: ANN401 - matplotlib's
    style = {"color": LIGHT.open, "ha": "center", "va": "center_baseline", "fontsize": 7.5}
    axes.text(left, middle, "?", **style)


def _draw_legend(axes: Any, words: Mapping[str, str]) -> None:  # noqa: ANN401 - matplotlib's
    left = RADIUS + 1
    middle = LEGEND_HEIGHT / 2 - 3
    for mark in ("found", "open", "absent"):
        _draw_mark(axes, left, middle, mark)
        _write(axes, left + RADIUS + 4, middle, [words[mark]], LIGHT.muted)
        left += RADIUS + 4 + measure(words[mark]) + 2 * STEP
