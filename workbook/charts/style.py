"""The only place with colours and fonts, for charts, pages of documents, light and dark.

Every text colour has a contrast of at least 4.5 to the surfaces it stands on, and every colour
of a shape at least 3; what a colour says, a shape says as well.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by what they are for, as ``#rrggbb``.

    ``surface`` is the sheet and ``wash`` a quiet ground on it; ``ink`` and ``muted`` are text,
    ``line`` a hairline that carries no meaning, ``quiet`` a shape in the background; ``accent``
    is the one accent, and ``open`` marks what is still to be decided or found out.
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
