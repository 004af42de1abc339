"""The picture of the voice: four lines between two words each, with a dot where it stands."""

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
from workbook.wording import write_scale

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.figure import Figure

RADIUS = 6.0
ROW = 38.0
NARROW_ROW = 64.0
ABOVE = 22.0
INSET = 12.0
MARGIN = 8.0
GAP = 14.0
TICK = 3.5
MIDDLE = 50
FULL = 100


@dataclass(frozen=True, slots=True)
class ScalePlace:
    """A scale by its two ends, and where the business stands on it; None where it is not said."""

    low: str
    high: str
    place: int | None

    def __post_init__(self) -> None:
        """Refuse places beyond the ends.

        Raises:
            ValueError: The place is not from 0 to 100.
        """
        if self.place is not None and not 0 <= self.place <= FULL:
            raise ValueError("a place on a scale is from 0 to 100")


def draw(scales: Sequence[ScalePlace], *, language: str = "en", name: str = "voice") -> Picture:
    """The picture of the scales, in the order given.

    Args:
        scales: The scales with the places on them.
        language: The language of its words.
        name: A name of its own, where two such pictures stand in one document.
    """
    words = load_words("charts/words.toml", language)["voice"]
    rows: list[tuple[str | int | float, ...]] = [
        (s.low, s.high, words["unsaid"] if s.place is None else s.place) for s in scales
    ]
    return Picture(
        name=name,
        title=words["title"],
        desc=_describe(scales, words, language),
        make=partial(_draw, tuple(scales), words),
        columns=tuple(words[column] for column in ("column-low", "column-high", "column-place")),
        rows=tuple(rows),
    )


def _describe(scales: Sequence[ScalePlace], words: Mapping[str, str], language: str) -> str:
    places = [
        words["place"].format(
            low=scale.low,
            high=scale.high,
            words=words["unsaid"]
            if scale.place is None
            else write_scale(scale.place, (scale.low, scale.high), language),
        )
        for scale in scales
    ]
    return words["desc"].format(places=" ".join(places))


def _draw(scales: tuple[ScalePlace, ...], words: Mapping[str, str], width_mm: float) -> Figure:
    width = to_points(width_mm)
    narrow = width_mm <= NARROW_MM
    row = NARROW_ROW if narrow else ROW
    figure, axes = start_figure(width_mm, 2 * MARGIN + row * len(scales))
    beside = 0.0 if narrow else max(measure(end) for s in scales for end in (s.low, s.high)) + GAP
    line = (beside + INSET, width - beside - INSET)
    for at, scale in enumerate(scales):
        middle = MARGIN + at * row + (ABOVE if narrow else row / 2)
        _write_ends(axes, scale, (0.0, width) if narrow else line, middle, narrow=narrow)
        _draw_line(axes, scale, words, line, middle)
    return figure


def _write_ends(
    axes: Any,  # noqa: ANN401 - matplotlib's
    scale: ScalePlace,
    ends: tuple[float, float],
    middle: float,
    *,
    narrow: bool,
) -> None:
    """What the ends are called: beside the line, or below it where there is little room."""
    style = {"color": LIGHT.ink, "va": "center_baseline", "parse_math": False}
    sides = ("left", "right") if narrow else ("right", "left")
    shift = 0.0 if narrow else GAP
    lower = middle + RADIUS + LINE_HEIGHT if narrow else middle
    places = (ends[0] - shift, ends[1] + shift)
    for end, place, side in zip((scale.low, scale.high), places, sides, strict=True):
        axes.text(place, lower, end, ha=side, **style)


def _draw_line(
    axes: Any,  # noqa: ANN401 - matplotlib's
    scale: ScalePlace,
    words: Mapping[str, str],
    ends: tuple[float, float],
    middle: float,
) -> None:
    from matplotlib.patches import Circle  # noqa: PLC0415 - heavy, loaded to draw

    left, right = ends
    said = scale.place is not None
    dashes = "solid" if said else (0, (2, 4))
    draw_line(
        axes, [left, right], [middle, middle], color=LIGHT.quiet, linewidth=1.2, linestyle=dashes
    )
    for share in (0, MIDDLE, FULL):
        place = left + (right - left) * share / FULL
        draw_line(
            axes, [place, place], [middle - TICK, middle + TICK], color=LIGHT.quiet, linewidth=1.2
        )
    style = {"ha": "center", "va": "center_baseline", "parse_math": False}
    above = middle - RADIUS - LINE_HEIGHT / 2 - 1
    if scale.place is None:
        axes.text((left + right) / 2, above, words["unsaid"], color=LIGHT.open, **style)
        return
    place = left + (right - left) * scale.place / FULL
    axes.add_artist(Circle((place, middle), RADIUS, color=LIGHT.accent, clip_on=False, zorder=3))
    axes.text(place, above, str(scale.place), color=LIGHT.ink, **style)
