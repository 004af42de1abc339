"""The only place with colours and fonts, for charts, pages of documents, light and dark.

Every text colour has a contrast of at least 4.5 to the surfaces it stands on, and every colour
of a shape at least 3; what a colour says, a shape says as well. The colours of a business take the
place of ours only as far as that stays so.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, replace
from functools import cache
from typing import Final


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by what they are for, as ``#rrggbb``.

    ``surface`` is the sheet and ``wash`` a quiet ground on it; ``ink`` and ``muted`` are text,
    ``line`` a hairline that carries no meaning, ``quiet`` a shape in the background; ``accent``
    is the one accent, and ``open`` marks what is still to be decided or found out. ``second`` is
    the colour of lesser headings, and ``head`` the ground below the head of a table.
    """

    surface: str
    wash: str
    ink: str
    muted: str
    line: str
    quiet: str
    accent: str
    open: str
    open_wash: str
    second: str
    head: str


LIGHT = Palette(
    surface="#ffffff",
    wash="#f1f5f7",
    ink="#1f2a33",
    muted="#52606b",
    line="#cfd8de",
    quiet="#7b8894",
    accent="#1b5c7a",
    open="#8f4a06",
    open_wash="#fbf3e7",
    second="#1f2a33",
    head="#ffffff",
)

DARK = Palette(
    surface="#14191e",
    wash="#1f272e",
    ink="#e9eef2",
    muted="#b0bcc6",
    line="#3a4650",
    quiet="#7f8d99",
    accent="#7cc0e0",
    open="#eab676",
    open_wash="#2d2519",
    second="#e9eef2",
    head="#14191e",
)

TEXT_FONTS = ("Calibri", "Carlito", "Segoe UI", "Helvetica Neue", "Arial", "sans-serif")
"""The fonts of documents: the first is on every machine with Word, the second measures the same."""

CHART_FONTS = ("DejaVu Sans", "Verdana", "sans-serif")
"""The fonts of charts: matplotlib brings the first; no usual stand-in for it is wider."""

TEXT_SIZE = 9.5
"""The size of text in charts, in points."""

LINE_HEIGHT = 13.0
"""From one line of text in charts to the next, in points."""

SETTINGS: dict[str, object] = {
    "font.family": [CHART_FONTS[0]],
    "font.size": TEXT_SIZE,
    "text.color": LIGHT.ink,
    "text.parse_math": False,
    "axes.facecolor": "none",
    "figure.facecolor": LIGHT.surface,
    "savefig.facecolor": LIGHT.surface,
    "text.hinting": "none",
}
"""What every chart sets in matplotlib, whatever the machine's own settings say."""


def name_variables(palette: Palette) -> dict[str, str]:
    """The colours of a palette by the names of their CSS variables."""
    return {f"--wb-{name.replace('_', '-')}": value for name, value in asdict(palette).items()}


# -- the colours of a business -------------------------------------------------------------------

TEXT_CONTRAST: Final = 4.5
"""The least contrast of text to its ground: WCAG 2.2, success criterion 1.4.3."""
_WASH, _HEAD = 0.06, 0.14
"""How much of a colour is in a quiet ground, and in the ground below the head of a table."""
_STEP = 0.02
_APART = 25.0
"""How far apart two colours of a chart are at the least, as the distance in CIELAB."""
_GREY, _BLACK, _WHITE = 0.5, "#000000", "#ffffff"
_BENT = 0.04045
"""Above this share of a channel its light grows by a power and no longer evenly."""


@cache
def tint(base: Palette, accent: str, second: str) -> Palette:
    """A palette in the colours of a business, each as far from its ground as text needs.

    Args:
        base: The palette whose places they take, light or dark.
        accent: The first colour, as ``#rrggbb``; empty to leave ours.
        second: The second colour; empty to have the first in its place.
    """
    if not (accent or second):
        return base
    chosen = accent or base.accent
    wash = mix(chosen, base.surface, _WASH) if accent else base.wash
    head = mix(second or chosen, base.surface, _HEAD)
    ink = make_legible(base.ink, (wash, head))
    return replace(
        base,
        wash=wash,
        head=head,
        ink=ink,
        muted=make_legible(base.muted, (base.surface, wash)),
        accent=make_legible(chosen, (base.surface, wash)),
        second=make_legible(second, (base.surface, wash)) if second else ink,
    )


def tint_charts(palette: Palette, base: Palette) -> Palette:
    """The same palette for charts: with our accent where theirs is too like another colour."""
    others = (palette.open, palette.quiet, palette.wash)
    is_plain = all(measure_distance(palette.accent, other) >= _APART for other in others)
    return palette if is_plain else replace(palette, accent=base.accent)


def make_legible(colour: str, grounds: tuple[str, ...]) -> str:
    """The colour, made darker or lighter until text in it can be read on each of the grounds."""
    end = _BLACK if _measure_light(grounds[0]) > _GREY else _WHITE
    for step in range(round(1 / _STEP) + 1):
        made = mix(end, colour, step * _STEP)
        if all(measure_contrast(made, ground) >= TEXT_CONTRAST for ground in grounds):
            return made
    return end


def measure_contrast(first: str, second: str) -> float:
    """The contrast of two colours from 1 to 21, after WCAG 2.2."""
    dark, light = sorted((_measure_light(first), _measure_light(second)))
    return (light + 0.05) / (dark + 0.05)


def measure_distance(first: str, second: str) -> float:
    """How unlike two colours look: the distance in CIELAB (CIE 1976); 2 is hardly to be seen."""
    pairs = zip(_to_lab(first), _to_lab(second), strict=True)
    return math.hypot(*(one - other for one, other in pairs))


def mix(colour: str, ground: str, share: float) -> str:
    """So much of a colour on a ground, 0 to 1, as ``#rrggbb``."""
    pairs = zip(_split(colour), _split(ground), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def _split(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


def _make_linear(colour: str) -> tuple[float, ...]:
    """Red, green and blue as light, 0 to 1, after IEC 61966-2-1."""
    shares = (value / 255 for value in _split(colour))
    return tuple(s / 12.92 if s <= _BENT else ((s + 0.055) / 1.055) ** 2.4 for s in shares)


def _measure_light(colour: str) -> float:
    red, green, blue = _make_linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _to_lab(colour: str) -> tuple[float, float, float]:
    """Lightness and two opponents in CIELAB, for the white of daylight (D65)."""
    red, green, blue = _make_linear(colour)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    bent = [v ** (1 / 3) if v > 216 / 24389 else (24389 / 27 * v + 16) / 116 for v in (x, y, z)]
    return 116 * bent[1] - 16, 500 * (bent[0] - bent[1]), 200 * (bent[1] - bent[2])
