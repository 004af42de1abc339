"""The picture of selling against talking: two shares over time, each with its limit.

A filled square is what sells, a ring what talks; each keeps to its own side of the middle, so
that no interval hides another.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

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
from workbook.evidence.intervals import proportion_interval
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.figure import Figure

HEIGHT = 150.0
LEFT = 42.0
RIGHT = 8.0
RADIUS = 4.0
APART = 5.0
KEY_GAP = 16
KEY_LINE = 17.0
BELOW = 2 * LINE_HEIGHT + 6
TICKS = (0, 25, 50, 75, 100)
WHOLE = 100
LABEL_GAP = 8.0

Mark = Literal["sold", "talk"]
MARKS: tuple[Mark, ...] = ("sold", "talk")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some time with its posts: those that sell among posts, and talk among all."""

    label: str
    beneath: str
    """A second line below the label, such as the year; empty where it says nothing new."""
    sold: int
    posts: int
    talk: int
    all: int

    def __post_init__(self) -> None:
        """Refuse more of a part than of the whole.

        Raises:
            ValueError: More posts sell than there are, or more talk than was written.
        """
        if not (0 <= self.sold <= self.posts and 0 <= self.talk <= self.all):
            raise ValueError("a part is no more than the whole")

    def counts(self, mark: Mark) -> tuple[int, int]:
        """So many of so many."""
        return (self.sold, self.posts) if mark == "sold" else (self.talk, self.all)

    @property
    def name(self) -> str:
        """The label with what stands beneath it."""
        return f"{self.label} {self.beneath}".strip()


def draw(
    stretches: Sequence[Stretch],
    most_sold: float,
    least_talk: float,
    *,
    language: str = "en",
    name: str = "mix",
) -> Picture:
    """The picture of both shares, in the order given.

    Args:
        stretches: The spans of time, the earliest first.
        most_sold: Percent of the posts that may sell.
        least_talk: Percent of everything written that is to talk.
        language: The language of its words.
        name: A name of its own, where two such pictures stand in one document.
    """
    words = load_words("charts/words.toml", language)["mix"]
    limits = {"sold": most_sold, "talk": least_talk}
    labels = {
        mark: words[mark].format(limit=write_number(limits[mark], language)) for mark in MARKS
    }
    shown = tuple(stretches)
    return Picture(
        name=name,
        title=words["title"],
        desc=_describe(shown, words),
        make=partial(_draw, shown, labels, limits),
        columns=tuple(words[f"column-{column}"] for column in ("span", "posts", "sold", "talk")),
        rows=tuple(
            (s.name, s.all, _tell(s, "sold", words), _tell(s, "talk", words)) for s in shown
        ),
    )


def _percent(hits: int, of: int) -> int:
    return round(WHOLE * hits / of)


def _tell(stretch: Stretch, mark: Mark, words: Mapping[str, str]) -> str:
    hits, of = stretch.counts(mark)
    if not of:
        return words["nothing"]
    low, high = (round(WHOLE * end) for end in proportion_interval(hits, of))
    return words["between"].format(percent=_percent(hits, of), hits=hits, of=of, low=low, high=high)


def _describe(stretches: Sequence[Stretch], words: Mapping[str, str]) -> str:
    rows = []
    for stretch in stretches:
        shares = {}
        for mark in MARKS:
            hits, of = stretch.counts(mark)
            form = words["share"] if of else words["nothing"]
            shares[mark] = form.format(percent=_percent(hits, of) if of else 0, hits=hits, of=of)
        rows.append(words["row"].format(span=stretch.name, **shares))
    return words["desc"].format(count=len(stretches), rows=" ".join(rows)).strip()


# -- drawing -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Room:
    """Where things stand, in points."""

    left: float
    right: float
    top: float
    bottom: float
    count: int

    def across(self, at: int) -> float:
        """The middle of a span."""
        return self.left + (self.right - self.left) * (at + 0.5) / max(1, self.count)

    def height(self, percent: float) -> float:
        """Where a percentage stands."""
        return self.bottom - (self.bottom - self.top) * percent / WHOLE


def _draw(
    stretches: tuple[Stretch, ...],
    labels: Mapping[Mark, str],
    limits: Mapping[str, float],
    width_mm: float,
) -> Figure:
    width = to_points(width_mm)
    rooms = {mark: 3 * RADIUS + 4 + SLACK * measure(label) for mark, label in labels.items()}
    keys = flow_keys(rooms, width, line=KEY_LINE, gap=KEY_GAP, first=(0.0, KEY_LINE / 2 + 1))
    top = keys[-1][2] + KEY_LINE
    figure, axes = start_figure(width_mm, top + HEIGHT + BELOW)
    room = _Room(LEFT, width - RIGHT, top, top + HEIGHT, len(stretches))
    for mark, left, middle in keys:
        _draw_mark(axes, mark, left + RADIUS + 1, middle)
        write_text(axes, left + 3 * RADIUS + 4, middle, labels[mark], LIGHT.ink)
    _draw_ground(axes, room, limits)
    for mark in MARKS:
        _draw_line(axes, room, stretches, mark)
    _write_labels(axes, room, stretches, narrow=width_mm <= NARROW_MM)
    return figure


def _draw_ground(axes: Any, room: _Room, limits: Mapping[str, float]) -> None:  # noqa: ANN401 - matplotlib's
    for tick in TICKS:
        height = room.height(tick)
        draw_line(
            axes, [room.left, room.right], [height] * 2, color=LIGHT.line, linewidth=0.6, zorder=0
        )
        write_text(axes, room.left - 6, height, f"{tick} %", LIGHT.muted, side="right")
    for mark in MARKS:
        height = room.height(limits[mark])
        style = {"color": _colour(mark), "linewidth": 1.2, "linestyle": (0, (4, 3)), "zorder": 1}
        draw_line(axes, [room.left, room.right], [height] * 2, **style)


def _draw_line(axes: Any, room: _Room, stretches: Sequence[Stretch], mark: Mark) -> None:  # noqa: ANN401 - matplotlib's
    """The share of each span with its interval, joined where two follow each other."""
    side = -APART if mark == "sold" else APART
    colour, before = _colour(mark), None
    for at, stretch in enumerate(stretches):
        hits, of = stretch.counts(mark)
        if not of:
            before = None
            continue
        here = (room.across(at) + side, room.height(WHOLE * hits / of))
        ends = [room.height(WHOLE * end) for end in proportion_interval(hits, of)]
        draw_line(axes, [here[0]] * 2, ends, color=colour, linewidth=1.0, alpha=0.6, zorder=2)
        if before is not None:
            draw_line(axes, [before[0], here[0]], [before[1], here[1]], color=colour, linewidth=1.6)
        _draw_mark(axes, mark, *here)
        before = here


def _colour(mark: str) -> str:
    return LIGHT.open if mark == "sold" else LIGHT.accent


def _draw_mark(axes: Any, mark: str, left: float, height: float) -> None:  # noqa: ANN401 - matplotlib's
    """A filled square or a ring: the shape says what the colour says."""
    from matplotlib.patches import Circle, Rectangle  # noqa: PLC0415 - heavy, loaded to draw

    style: Any = {"edgecolor": _colour(mark), "linewidth": 1.6, "zorder": 4, "clip_on": False}
    if mark == "talk":
        axes.add_artist(Circle((left, height), RADIUS, facecolor=LIGHT.surface, **style))
        return
    corner = (left - RADIUS, height - RADIUS)
    axes.add_artist(Rectangle(corner, 2 * RADIUS, 2 * RADIUS, facecolor=LIGHT.open, **style))


def _write_labels(
    axes: Any,  # noqa: ANN401 - matplotlib's
    room: _Room,
    stretches: Sequence[Stretch],
    *,
    narrow: bool,
) -> None:
    """What each span is called; every second or third, where they would touch."""
    widest = max((SLACK * measure(s.label) for s in stretches), default=0.0) + LABEL_GAP
    space = (room.right - room.left) / max(1, room.count)
    every = max(1, -int(-widest // space))
    for at, stretch in enumerate(stretches):
        if at % every == 0:
            below = room.bottom + LINE_HEIGHT
            write_text(axes, room.across(at), below, stretch.label, LIGHT.ink, side="center")
        if stretch.beneath and (at % every == 0 or not narrow):
            below = room.bottom + 2 * LINE_HEIGHT
            write_text(axes, room.across(at), below, stretch.beneath, LIGHT.muted, side="center")
