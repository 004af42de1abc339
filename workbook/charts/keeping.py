"""The picture of promises: how often each would be kept, and how sure that is."""

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
)
from workbook.charts.style import LIGHT, LINE_HEIGHT
from workbook.content import load_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.figure import Figure

ROW = 26.0
NARROW_ROW = 40.0
BAR = 12.0
GAP = 12.0
MARGIN = 4.0
HEAD = 24.0
TICK = 4.0
WHOLE = 1.0


@dataclass(frozen=True, slots=True)
class Kept:
    """A promise in words, the chance of keeping it with its interval, and how they read."""

    promise: str
    chance: float
    low: float
    high: float
    kept: str
    between: str
    is_asked: bool = False
    """Whether it is the promise that was asked about."""

    def __post_init__(self) -> None:
        """Refuse chances that are none.

        Raises:
            ValueError: They are not in order between 0 and 1.
        """
        if not 0 <= self.low <= self.chance <= self.high <= WHOLE:
            raise ValueError("a chance lies within its interval, between 0 and 1")


def draw(
    rows: Sequence[Kept], wanted: float, *, language: str = "en", name: str = "keeping"
) -> Picture:
    """The picture of promises, in the order given, with a line where a promise can be made.

    Args:
        rows: The promises.
        wanted: From which chance on a promise is one to make, between 0 and 1.
        language: The language of its words.
        name: A name of its own, where two such pictures stand in one document.
    """
    words = load_words("charts/words.toml", language)["keeping"]
    places = " ".join(words["row"].format(promise=r.promise, kept=r.kept) for r in rows)
    return Picture(
        name=name,
        title=words["title"],
        desc=words["desc"].format(rows=places, wanted=round(wanted * 100)),
        make=partial(_draw, tuple(rows), wanted, words),
        columns=tuple(words[f"column-{column}"] for column in ("promise", "kept", "between")),
        rows=tuple((row.promise, row.kept, row.between) for row in rows),
    )


def _draw(
    rows: tuple[Kept, ...], wanted: float, words: Mapping[str, str], width_mm: float
) -> Figure:
    width = to_points(width_mm)
    narrow = width_mm <= NARROW_MM
    height = NARROW_ROW if narrow else ROW
    figure, axes = start_figure(width_mm, HEAD + height * len(rows) + MARGIN)
    named = max((measure(row.promise) for row in rows), default=0.0) + GAP
    told = max((measure(row.kept) for row in rows), default=0.0) + GAP
    left, right = (MARGIN, width - MARGIN) if narrow else (named, width - told)
    line = left + (right - left) * wanted
    label = words["line"].format(wanted=round(wanted * 100))
    style = {"va": "center_baseline", "parse_math": False}
    axes.text(line, HEAD / 2 - TICK / 2, label, ha="right", color=LIGHT.open, **style)
    for at, row in enumerate(rows):
        middle = HEAD + at * height + (height - BAR / 2 - TICK if narrow else height / 2)
        above = middle - BAR / 2 - LINE_HEIGHT / 2 - 1 if narrow else middle
        weight = "bold" if row.is_asked else "normal"
        axes.text(0 if not narrow else left, above, row.promise, color=LIGHT.ink, weight=weight,
                  **style)  # fmt: skip
        axes.text(width if not narrow else right, above, row.kept, ha="right", color=LIGHT.muted,
                  **style)  # fmt: skip
        _draw_bar(axes, row, (left, right), middle)
        reach = BAR / 2 + 1 if narrow else height / 2
        _draw_line(axes, line, middle, reach)
    return figure


def _draw_line(axes: Any, left: float, middle: float, reach: float) -> None:  # noqa: ANN401 - matplotlib's
    """The part of the line that crosses one bar; it crosses no words."""
    style = {"color": LIGHT.open, "linewidth": 1.2, "linestyle": (0, (3, 2))}
    draw_line(axes, [left, left], [middle - reach, middle + reach], **style)


def _draw_bar(axes: Any, row: Kept, ends: tuple[float, float], middle: float) -> None:  # noqa: ANN401 - matplotlib's
    """A bar as long as the chance, and across its end the interval."""
    from matplotlib.patches import Rectangle  # noqa: PLC0415 - heavy, loaded to draw

    left, right = ends

    def place(share: float) -> float:
        return left + (right - left) * share

    ground = Rectangle((left, middle - BAR / 2), right - left, BAR, color=LIGHT.wash, linewidth=0)
    colour = LIGHT.accent if row.is_asked else LIGHT.quiet
    length = max(place(row.chance) - left, 1.0)
    bar = Rectangle((left, middle - BAR / 2), length, BAR, color=colour, linewidth=0)
    axes.add_artist(ground)
    axes.add_artist(bar)
    style = {"color": LIGHT.ink, "linewidth": 1.4, "solid_capstyle": "butt", "clip_on": False}
    draw_line(axes, [place(row.low), place(row.high)], [middle, middle], **style)
    for end in (row.low, row.high):
        draw_line(axes, [place(end), place(end)], [middle - TICK, middle + TICK], **style)
