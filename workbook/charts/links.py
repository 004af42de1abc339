"""The picture of the links both ways: the website on one side, each profile on the other.

An arrow says who leads to whom; one that is missing is broken and crossed out, one nobody has
looked at is dotted and carries a question mark.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

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

State = Literal["there", "missing", "open"]
STATES: tuple[State, ...] = ("there", "missing", "open")
PAD = 7.0
GAP = 8.0
LEAST_ROW = 40.0
APART = 8.0
SAMPLE = 34.0
LEGEND_LINE = 17.0
LEGEND_GAP = 20.0
MARK = 4.0
NAMED_IN_WORDS = 4
WIDE = (118.0, 150.0)
NARROW = (62.0, 70.0)
"""The width of the website's box, and of the arrows' room beside it, in points."""


@dataclass(frozen=True, slots=True)
class TwoWay:
    """A profile, and whether the website leads to it and it leads back."""

    name: str
    there: State
    back: State
    note: str = ""
    """A few words below its name, such as that it is silent."""


@dataclass(frozen=True, slots=True)
class _Row:
    """Where a profile stands: its lines of text, and its upper and lower edge, in points."""

    link: TwoWay
    lines: list[str]
    notes: list[str]
    top: float
    height: float


def draw(
    links: Sequence[TwoWay], site: str, *, language: str = "en", name: str = "links"
) -> Picture:
    """The picture of the links, in the order given.

    Args:
        links: Each profile with its two links.
        site: What the website is called.
        language: The language of its words.
        name: A name of its own, where two such pictures stand in one document.
    """
    words = load_words("charts/words.toml", language)["links"]
    return Picture(
        name=name,
        title=words["title"],
        desc=_describe(links, words),
        make=partial(_draw, tuple(links), site, words),
        columns=(words["column-profile"], words["column-there"], words["column-back"]),
        rows=tuple((link.name, words[link.there], words[link.back]) for link in links),
    )


def _describe(links: Sequence[TwoWay], words: Mapping[str, str]) -> str:
    both = sum(link.there == link.back == "there" for link in links)
    lacking = [link.name for link in links if "missing" in (link.there, link.back)]
    named = ", ".join(lacking[:NAMED_IN_WORDS])
    missing = words["lacking"].format(names=named) if lacking else words["none-lacking"]
    form = words["desc-one" if both == 1 else "desc"]
    return form.format(count=len(links), both=both, missing=missing)


def _draw(links: Sequence[TwoWay], site: str, words: Mapping[str, str], width_mm: float) -> Figure:
    width = to_points(width_mm)
    box, room = NARROW if width_mm <= NARROW_MM else WIDE
    legend = _lay_out_legend(words, width)
    top = legend[-1][2] + LEGEND_GAP
    rows = _lay_out(links, width - box - room - 2 * PAD, top)
    bottom = rows[-1].top + rows[-1].height if rows else top + LEAST_ROW
    figure, axes = start_figure(width_mm, bottom + 2)
    _draw_legend(axes, legend, words)
    _draw_box(axes, 1, top, box - 2, bottom - top)
    lines = wrap(site, box - 2 * PAD)
    _write(axes, PAD, (top + bottom) / 2, lines, LIGHT.ink)
    for row in rows:
        _draw_row(axes, row, box, box + room, width)
    return figure


def _lay_out(links: Sequence[TwoWay], room: float, top: float) -> list[_Row]:
    rows = []
    for link in links:
        lines, notes = wrap(link.name, room), wrap(link.note, room)
        height = max(LEAST_ROW, (len(lines) + len(notes)) * LINE_HEIGHT + 2 * PAD)
        rows.append(_Row(link, lines, notes, top, height))
        top += height + GAP
    return rows


def _draw_row(axes: Any, row: _Row, left: float, right: float, width: float) -> None:  # noqa: ANN401 - matplotlib's
    middle = row.top + row.height / 2
    _draw_box(axes, right, row.top, width - right - 1, row.height)
    _draw_arrow(axes, left + 4, right - 4, middle - APART, row.link.there)
    _draw_arrow(axes, right - 4, left + 4, middle + APART, row.link.back)
    count = len(row.lines) + len(row.notes)
    first = middle - (count - 1) * LINE_HEIGHT / 2
    for number, line in enumerate([*row.lines, *row.notes]):
        colour = LIGHT.ink if number < len(row.lines) else LIGHT.muted
        _write(axes, right + PAD, first + number * LINE_HEIGHT, [line], colour)


def _draw_box(axes: Any, left: float, top: float, width: float, height: float) -> None:  # noqa: ANN401 - matplotlib's
    from matplotlib.patches import FancyBboxPatch  # noqa: PLC0415 - heavy, loaded to draw

    style = "round,pad=0,rounding_size=4"
    box = FancyBboxPatch(
        (left, top), width, height, boxstyle=style, facecolor=LIGHT.wash, edgecolor=LIGHT.quiet,
        linewidth=0.8, clip_on=False,
    )  # fmt: skip
    axes.add_artist(box)


def _draw_arrow(axes: Any, start: float, end: float, height: float, state: State) -> None:  # noqa: ANN401 - matplotlib's
    from matplotlib.patches import FancyArrowPatch  # noqa: PLC0415 - heavy, loaded to draw

    style = {
        "there": (LIGHT.accent, "solid", 1.6),
        "missing": (LIGHT.open, (0, (4, 3)), 1.1),
        "open": (LIGHT.quiet, (0, (1, 2.5)), 1.3),
    }[state]
    colour, dashes, weight = style
    arrow = FancyArrowPatch(
        (start, height), (end, height), arrowstyle="-|>", mutation_scale=9, shrinkA=0, shrinkB=0,
        color=colour, linestyle=dashes, linewidth=weight, clip_on=False,
    )  # fmt: skip
    axes.add_artist(arrow)
    _draw_mark(axes, (start + end) / 2, height, state)


def _draw_mark(axes: Any, left: float, height: float, state: State) -> None:  # noqa: ANN401 - matplotlib's
    """What says the state without its colour: a cross or a question mark on the arrow."""
    from matplotlib.patches import Circle  # noqa: PLC0415 - heavy, loaded to draw

    if state == "there":
        return
    ground = Circle((left, height), MARK + 2.5, color=LIGHT.surface, zorder=3, clip_on=False)
    axes.add_artist(ground)
    if state == "missing":
        for slope in (1, -1):
            ends = [height - slope * MARK, height + slope * MARK]
            style = {"color": LIGHT.open, "linewidth": 1.8, "zorder": 4, "clip_on": False}
            draw_line(axes, [left - MARK, left + MARK], ends, **style)
    else:
        style = {"color": LIGHT.muted, "ha": "center", "va": "center_baseline", "zorder": 4}
        axes.text(left, height, "?", fontsize=8.5, **style)


def _write(axes: Any, left: float, middle: float, lines: Sequence[str], colour: str) -> None:  # noqa: ANN401 - matplotlib's
    first = middle - (len(lines) - 1) * LINE_HEIGHT / 2
    for number, line in enumerate(lines):
        place = first + number * LINE_HEIGHT
        axes.text(left, place, line, color=colour, va="center_baseline", parse_math=False)


def _lay_out_legend(words: Mapping[str, str], width: float) -> list[tuple[State, float, float]]:
    """Each state with the place of its sample, in as many lines as the width needs."""
    rooms = {state: SAMPLE + 6 + measure(words[state]) for state in STATES}
    return flow_keys(rooms, width, line=LEGEND_LINE, gap=18, first=(1.0, LEGEND_LINE / 2 + 2))


def _draw_legend(
    axes: Any,  # noqa: ANN401 - matplotlib's
    legend: Sequence[tuple[State, float, float]],
    words: Mapping[str, str],
) -> None:
    for state, left, height in legend:
        _draw_arrow(axes, left, left + SAMPLE, height, state)
        _write(axes, left + SAMPLE + 6, height, [words[state]], LIGHT.muted)
