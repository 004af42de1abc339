"""How a picture becomes SVG or PNG: the same bytes every time, with a title and a description."""

from __future__ import annotations

import re
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from workbook.charts.style import CHART_FONTS, LIGHT, SETTINGS, TEXT_SIZE, name_variables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from matplotlib.figure import Figure

POINTS_PER_INCH = 72.0
WIDE_MM = 160.0
NARROW_MM = 96.0
_MM_PER_INCH = 25.4

_HEAD = re.compile(r"<svg\b[^>]*>")
_REFERENCE = re.compile(r'(\bid="|(?:xlink:)?href="#|url\(#)')
_COLOUR = re.compile(r"(?<=[ :\"])#[0-9a-f]{6}\b")
_METADATA = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)


@dataclass(frozen=True)
class Picture:
    """A chart with the same numbers as a table.

    ``make`` draws it for a width in millimetres, when it is asked for; ``columns`` and ``rows``
    are its table twin; ``desc`` says in words what is to be seen.
    """

    name: str
    title: str
    desc: str
    make: Callable[[float], Figure]
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int | float, ...], ...]
    width_mm: float = WIDE_MM

    @property
    def figure(self) -> Figure:
        """The chart, drawn for paper and wide screens."""
        return self.make(self.width_mm)

    def svg(self) -> str:
        """The chart as SVG for paper and wide screens."""
        return to_svg(self.figure, name=self.name, title=self.title, desc=self.desc)

    def narrow_svg(self) -> str:
        """The chart as SVG for a phone."""
        figure = self.make(NARROW_MM)
        return to_svg(figure, name=f"{self.name}-narrow", title=self.title, desc=self.desc)

    def png(self, dpi: int = 200) -> bytes:
        """The chart as PNG at a resolution in dots per inch."""
        return to_png(self.figure, dpi)


def start_figure(width_mm: float, height: float) -> tuple[Figure, Any]:
    """An empty figure and axes that cover it, counted in points from its upper left corner.

    Args:
        width_mm: Width in millimetres.
        height: Height in points.
    """
    from matplotlib.figure import Figure  # noqa: PLC0415 - heavy, loaded when a chart is drawn

    width = to_points(width_mm)
    with _settings():
        figure = Figure(figsize=(width / POINTS_PER_INCH, height / POINTS_PER_INCH))
        axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
        axes.set(xlim=(0, width), ylim=(height, 0))
        axes.set_axis_off()
    return figure, axes


def to_points(width_mm: float) -> float:
    """Millimetres as points."""
    return width_mm / _MM_PER_INCH * POINTS_PER_INCH


def to_svg(figure: Figure, *, name: str, title: str, desc: str) -> str:
    """The figure as an SVG element for a page: byte-stable, named and described.

    Its ids start with ``name``, so that several charts can stand on one page; its colours are
    CSS variables (``--wb-ink`` …) with the light palette behind them, so that a page may set
    them for the dark.
    """
    target = BytesIO()
    with _settings(**{"svg.hashsalt": name, "svg.fonttype": "none"}):
        figure.savefig(target, format="svg", transparent=True, metadata={"Date": None})
    text = target.getvalue().decode("utf-8")
    body = _METADATA.sub("", text[text.index("<svg") :]).rstrip()
    prefix = re.sub(r"[^a-z0-9-]+", "-", name.lower())
    body = _REFERENCE.sub(rf"\g<1>{prefix}-", body)
    body = _COLOUR.sub(lambda match: _variables().get(match[0], match[0]), body)
    body = body.replace(f"'{CHART_FONTS[0]}'", ", ".join(f"'{font}'" for font in CHART_FONTS[:2]))
    head = _HEAD.search(body)
    if head is None:  # pragma: no cover - matplotlib always writes one
        raise ValueError("matplotlib wrote no svg element")
    return _name_svg(head[0], prefix, title, desc) + body[head.end() :]


def _name_svg(head: str, prefix: str, title: str, desc: str) -> str:
    ids = f"{prefix}-title {prefix}-desc"
    return (
        f'{head[:-1]} role="img" aria-labelledby={quoteattr(ids)}>'
        f'<title id="{prefix}-title">{escape(title)}</title>'
        f'<desc id="{prefix}-desc">{escape(desc)}</desc>'
    )


def to_png(figure: Figure, dpi: int = 200) -> bytes:
    """The figure as PNG at a resolution in dots per inch, byte-stable."""
    target = BytesIO()
    with _settings():
        figure.savefig(target, format="png", dpi=dpi, metadata={"Software": None})
    return target.getvalue()


def wrap(text: str, width: float, size: float = TEXT_SIZE) -> list[str]:
    """The text in lines no wider than a width in points; a word that is too long is broken."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        for piece in _break_word(word, width, size):
            longer = f"{line} {piece}".strip()
            if line and measure(longer, size) > width:
                lines.append(line)
                longer = piece
            line = longer
    return [*lines, line] if line else lines


def _break_word(word: str, width: float, size: float) -> list[str]:
    if measure(word, size) <= width:
        return [word]
    pieces, piece = [], ""
    for letter in word:
        if piece and measure(piece + letter, size) > width:
            pieces.append(piece)
            piece = ""
        piece += letter
    return [*pieces, piece]


@lru_cache(maxsize=4096)
def measure(text: str, size: float = TEXT_SIZE) -> float:
    """The width of a line of text in points."""
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415 - heavy
    from matplotlib.textpath import text_to_path  # noqa: PLC0415 - heavy

    font = FontProperties(family=CHART_FONTS[0], size=size)
    with _settings():
        width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return float(width)


@cache
def _variables() -> dict[str, str]:
    return {value: f"var({name}, {value})" for name, value in name_variables(LIGHT).items()}


@contextmanager
def _settings(**more: object) -> Iterator[None]:
    """Our settings; a letter that matplotlib's font lacks is the reader's font's business."""
    import matplotlib as mpl  # noqa: PLC0415 - heavy, loaded when a chart is drawn

    with mpl.rc_context({**SETTINGS, **more}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"Glyph \d+ .*missing from font")
        warnings.filterwarnings("ignore", message=r"Matplotlib currently does not support")
        yield
