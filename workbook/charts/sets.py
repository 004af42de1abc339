"""The picture of sets of places: what each reaches, how sure that is, and what it takes in hours.

A frame is as long as the share of people who use some place of the set: the most there could
be. A dot on it is what is left once each person counts as much as the places suit, with its
interval. A filled dot is the best one or cannot be told from it; a ring can, or is no rival,
since the set takes more hours or more places than there may be.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from workbook.charts.rendering import (
    NARROW_MM,
    Picture,
    draw_line,
    flow_keys,
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

WHOLE = 100.0
BAR = 12.0
DOT = 3.6
TICK = 4.0
PAD = 8.0
GAP = 12.0
MARGIN = 2.0
SAMPLE = 30.0
LEGEND_LINE = 17.0
NAMES = 0.42
"""How much of a wide picture the names may take."""
HOURS_ROOM = 62.0
TOLD_ROOM = 82.0
_SLACK = 1e-9


@dataclass(frozen=True, slots=True)
class SetRow:
    """A set of places in words, its hours, what it reaches in percent, and its marks.

    ``reach`` is who uses some place of it; ``weighted`` counts each by how well the places suit,
    and lies between ``low`` and ``high``.
    """

    name: str
    hours: str
    reach: float
    weighted: float
    low: float
    high: float
    told: str
    """The weighted reach with its interval, as it reads."""
    ceiling: str
    """The reach with its interval, as it reads."""
    is_tied: bool = False
    is_best: bool = False
    is_chosen: bool = False
    fits: bool = True
    keeps_rule: bool = True
    """Whether it has no more places than one person may keep."""
    is_ruled: bool = False
    """Whether one person does it all, so that a set may have one place."""

    @property
    def is_rival(self) -> bool:
        """Whether it may be taken as it is: within the hours and the rule of one place."""
        return self.fits and self.keeps_rule

    def __post_init__(self) -> None:
        """Refuse shares that are none.

        Raises:
            ValueError: They are not in order between 0 and 100.
        """
        if not 0 <= self.low <= self.weighted + _SLACK <= self.high + 2 * _SLACK <= WHOLE + 1:
            raise ValueError("a share lies within its interval, between 0 and 100")


def draw(
    rows: Sequence[SetRow], *, asked: str = "", language: str = "en", name: str = "sets"
) -> Picture:
    """The picture of sets, in the order given.

    Args:
        rows: The sets.
        asked: What it rests on, a key of ``sets.asked`` in the words of charts; empty for the
            people wanted, as a survey asked them.
        language: The language of its words.
        name: A name of its own, where two such pictures stand in one document.
    """
    words = load_words("charts/words.toml", language)["sets"]
    words = {**words, **words["asked"][asked or "survey"]}
    told = " ".join(
        words["row"].format(name=row.name, told=row.told, hours=row.hours) for row in rows
    )
    return Picture(
        name=name,
        title=words["title"],
        desc=words["desc"].format(rows=told, whom=words["whom"], reached=words["reached"]),
        make=partial(_draw, tuple(rows), words),
        columns=tuple(words[f"column-{key}"] for key in ("set", "hours", "weighted", "reach")),
        rows=tuple((_label(row, words), row.hours, row.told, row.ceiling) for row in rows),
    )


def _label(row: SetRow, words: Mapping[str, str]) -> str:
    """What a set is called in the table: its places, and its marks."""
    notes = _note(row, words)
    return words["marked"].format(name=row.name, notes=notes) if notes else row.name


def _note(row: SetRow, words: Mapping[str, str]) -> str:
    marks = {
        "chosen": row.is_chosen,
        "best": row.is_best and not row.is_ruled,
        "best_one": row.is_best and row.is_ruled,
        "tied": row.is_tied and row.is_rival and not row.is_best,
        "over": not row.fits,
        "over_rule": not row.keeps_rule,
    }
    return ", ".join(words[mark] for mark, holds in marks.items() if holds)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a row stands: its lines of text, its upper edge and its height, in points."""

    row: SetRow
    names: list[str]
    notes: list[str]
    top: float
    height: float


def _draw(rows: tuple[SetRow, ...], words: Mapping[str, str], width_mm: float) -> Figure:
    width = to_points(width_mm)
    narrow = width_mm <= NARROW_MM
    legend = _lay_out_legend(words, width)
    room = width - HOURS_ROOM if narrow else min(NAMES * width, _widest(rows, words))
    places = _lay_out(rows, words, room - GAP, legend[-1][2] + LEGEND_LINE, narrow=narrow)
    bottom = places[-1].top + places[-1].height if places else LEGEND_LINE
    figure, axes = start_figure(width_mm, bottom + MARGIN)
    _draw_legend(axes, legend, words)
    for place in places:
        if narrow:
            _draw_narrow(axes, place, width)
        else:
            _draw_wide(axes, place, room, width)
    return figure


def _widest(rows: Sequence[SetRow], words: Mapping[str, str]) -> float:
    texts = [text for row in rows for text in (row.name, _note(row, words))]
    return max((measure(text) for text in texts), default=0.0) * 1.1 + GAP


def _lay_out(
    rows: Sequence[SetRow], words: Mapping[str, str], room: float, top: float, *, narrow: bool
) -> list[_Place]:
    places = []
    for row in rows:
        names, notes = wrap(row.name, room), wrap(_note(row, words), room)
        lines = len(names) + len(notes)
        height = lines * LINE_HEIGHT + PAD + (BAR + PAD / 2 if narrow else 0)
        height = max(height, BAR + 2 * PAD)
        places.append(_Place(row, names, notes, top, height))
        top += height + PAD / 2
    return places


def _draw_wide(axes: Any, place: _Place, room: float, width: float) -> None:  # noqa: ANN401 - matplotlib's
    middle = place.top + place.height / 2
    lines = len(place.names) + len(place.notes)
    _write_lines(axes, place, 0.0, middle - (lines - 1) * LINE_HEIGHT / 2)
    _write(axes, room + HOURS_ROOM - GAP, middle, place.row.hours, ha="right")
    _draw_reach(axes, place.row, (room + HOURS_ROOM, width - TOLD_ROOM), middle)
    _write(axes, width - 1, middle, place.row.told, ha="right", color=LIGHT.ink)


def _draw_narrow(axes: Any, place: _Place, width: float) -> None:  # noqa: ANN401 - matplotlib's
    first = place.top + LINE_HEIGHT / 2
    _write_lines(axes, place, 0.0, first)
    _write(axes, width - 1, first, place.row.hours, ha="right")
    lines = len(place.names) + len(place.notes)
    middle = place.top + lines * LINE_HEIGHT + PAD / 2 + BAR / 2
    _draw_reach(axes, place.row, (DOT + 1, width - TOLD_ROOM), middle)
    _write(axes, width - 1, middle, place.row.told, ha="right", color=LIGHT.ink)


def _write_lines(axes: Any, place: _Place, left: float, first: float) -> None:  # noqa: ANN401 - matplotlib's
    weight = "bold" if place.row.is_chosen else "normal"
    for at, line in enumerate([*place.names, *place.notes]):
        is_name = at < len(place.names)
        colour = LIGHT.ink if is_name else LIGHT.open if not place.row.is_rival else LIGHT.muted
        style = {"color": colour, "weight": weight if is_name else "normal"}
        _write(axes, left, first + at * LINE_HEIGHT, line, **style)


def _write(axes: Any, left: float, middle: float, text: str, **style: str) -> None:  # noqa: ANN401 - matplotlib's
    chosen = {"color": LIGHT.muted, "va": "center_baseline", "parse_math": False, **style}
    axes.text(left, middle, text, **chosen)


def _draw_reach(axes: Any, row: SetRow, ends: tuple[float, float], middle: float) -> None:  # noqa: ANN401 - matplotlib's
    """The ground for all people, a bar as long as the reach, and the dot with its interval."""
    from matplotlib.patches import Circle, Rectangle  # noqa: PLC0415 - heavy, loaded to draw

    left, right = ends

    def place(percent: float) -> float:
        return left + (right - left) * min(percent, WHOLE) / WHOLE

    corner = (left, middle - BAR / 2)
    axes.add_artist(Rectangle(corner, right - left, BAR, color=LIGHT.wash, linewidth=0))
    length = place(row.reach) - left
    frame = Rectangle(corner, length, BAR, clip_on=False, facecolor=LIGHT.surface,
                      edgecolor=LIGHT.quiet, linewidth=0.9)  # fmt: skip
    axes.add_artist(frame)
    colour = LIGHT.accent if row.is_chosen else LIGHT.ink
    style = {"color": colour, "linewidth": 1.5, "solid_capstyle": "butt", "clip_on": False}
    if row.high > row.low:
        draw_line(axes, [place(row.low), place(row.high)], [middle, middle], **style)
        for end in (row.low, row.high):
            draw_line(axes, [place(end)] * 2, [middle - TICK, middle + TICK], **style)
    filled = row.is_rival and (row.is_tied or row.is_best)
    ground = colour if filled else LIGHT.surface
    dot = Circle((place(row.weighted), middle), DOT, facecolor=ground, edgecolor=colour,
                 linewidth=1.4, zorder=3, clip_on=False)  # fmt: skip
    axes.add_artist(dot)


# -- what the marks mean ---------------------------------------------------------------------------


def _lay_out_legend(words: Mapping[str, str], width: float) -> list[tuple[str, float, float]]:
    """Each mark with the place of its sample, in as many lines as the width needs."""
    rooms = {mark: SAMPLE + 6 + measure(words[mark]) for mark in ("bar", "filled", "ring")}
    return flow_keys(rooms, width, line=LEGEND_LINE, gap=18, first=(1.0, LEGEND_LINE / 2))


def _draw_legend(
    axes: Any,  # noqa: ANN401 - matplotlib's
    legend: Sequence[tuple[str, float, float]],
    words: Mapping[str, str],
) -> None:
    for mark, left, height in legend:
        if mark == "bar":
            _draw_bar_sample(axes, left, height)
        else:
            row = SetRow("", "", WHOLE, 50, 15, 85, "", "", is_tied=mark == "filled")
            _draw_reach(axes, row, (left, left + SAMPLE), height)
        _write(axes, left + SAMPLE + 6, height, words[mark])


def _draw_bar_sample(axes: Any, left: float, middle: float) -> None:  # noqa: ANN401 - matplotlib's
    from matplotlib.patches import Rectangle  # noqa: PLC0415 - heavy, loaded to draw

    frame = Rectangle((left, middle - BAR / 2), SAMPLE, BAR, clip_on=False,
                      facecolor=LIGHT.surface, edgecolor=LIGHT.quiet, linewidth=0.9)  # fmt: skip
    axes.add_artist(frame)
