"""How a picture becomes SVG or PNG: the same bytes every time, with a title and a description."""

from __future__ import annotations

import re
import warnings
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeVar
from xml.sax.saxutils import escape
from zlib import Z_RLE

from workbook.charts.style import (
    CHART_FONTS,
    LIGHT,
    SETTINGS,
    TEXT_SIZE,
    Palette,
    name_variables,
)
from workbook.values import clean_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

Key = TypeVar("Key")

POINTS_PER_INCH = 72.0
WIDE_MM = 166.0
NARROW_MM = 96.0
NOTEBOOK_DPI = 110
KEPT_DRAWINGS = 32
"""How many drawings are kept, as the same ones are wanted in several documents."""
TITLE_SIZE, TITLE_LINE, TITLE_GAP = 12.0, 17.0, 8.0
"""The title of a chart that stands alone, in points, and what is free around it."""
SLACK = 1.06
"""How much wider than measured another program may draw the same letters."""

_MM_PER_INCH = 25.4

_REFERENCE = re.compile(r'(\bid="|(?:xlink:)?href="#|url\(#)')
_COLOUR = re.compile(r"(?<=[ :\"])#[0-9a-f]{6}\b")
_FONT = re.compile(r"font-family: [^;]*;")
_TAG = re.compile(r"<[^>]+>")
_EXTRAS = re.compile(r"\s*(?:<metadata>.*?</metadata>|<style .*?</style>|<!--.*?-->)", re.DOTALL)


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
        with _settings():
            return self.make(self.width_mm)

    def svg(self) -> str:
        """The chart as SVG for paper and wide screens."""
        return _render_svg(_Drawing.of(self, self.name), self.width_mm)

    def narrow_svg(self) -> str:
        """The chart as SVG for a phone."""
        return _render_svg(_Drawing.of(self, f"{self.name}-narrow"), NARROW_MM)

    def png(self, dpi: int = 200, palette: Palette = LIGHT) -> bytes:
        """The chart as PNG at a resolution in dots per inch, in the colours of a palette."""
        return _render_png(_Drawing.of(self, self.name), dpi, palette)

    def __repr__(self) -> str:
        """The title and what is to be seen, in words."""
        return f"{self.title}. {self.desc}"

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, object], dict[str, object]]:
        """What a notebook shows: the chart under its title, and its words for who sees none."""
        figure = self.figure
        write_title(figure, self.title)
        shown: dict[str, object] = {"text/plain": repr(self)}
        shown["image/png"] = to_png(figure, NOTEBOOK_DPI)
        return shown, {"image/png": {"alt": repr(self), "needs_background": "light"}}


@dataclass(frozen=True)
class _Drawing:
    """A picture by what it is drawn from, so that the same one is drawn once.

    Words are told apart by where they lie in memory; the picture keeps them there.
    """

    name: str
    title: str
    desc: str
    drawn_from: tuple[object, ...]
    picture: Picture = field(compare=False, repr=False)

    @classmethod
    def of(cls, picture: Picture, name: str) -> _Drawing:
        """A picture under a name; one that is drawn by no known parts is like no other."""
        parts: tuple[object, ...] = (id(picture),)
        if isinstance(picture.make, partial) and not picture.make.keywords:
            parts = (picture.make.func, *(_tell_apart(part) for part in picture.make.args))
        return cls(name, picture.title, picture.desc, parts, picture)


def _tell_apart(part: object) -> object:
    """A part of a drawing as something that can be compared and kept."""
    try:
        hash(part)
    except TypeError:
        return id(part)
    return part


@lru_cache(maxsize=KEPT_DRAWINGS)
def _render_svg(drawing: _Drawing, width_mm: float) -> str:
    with _settings():
        figure = drawing.picture.make(width_mm)
        return to_svg(figure, name=drawing.name, title=drawing.title, desc=drawing.desc)


@lru_cache(maxsize=KEPT_DRAWINGS)
def _render_png(drawing: _Drawing, dpi: int, palette: Palette) -> bytes:
    return to_png(drawing.picture.figure, dpi, palette)


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


def write_title(figure: Figure, title: str) -> None:
    """Write a title above everything else, where the chart stands without a page around it."""
    width, height = (inches * POINTS_PER_INCH for inches in figure.get_size_inches())
    lines = wrap(title, width - 2 * TITLE_GAP, TITLE_SIZE)
    room = len(lines) * TITLE_LINE + 2 * TITLE_GAP
    whole, around = height + room + TITLE_GAP, width + 2 * TITLE_GAP
    for axes in figure.axes:
        axes.set_position((TITLE_GAP / around, TITLE_GAP / whole, width / around, height / whole))
    figure.set_size_inches(around / POINTS_PER_INCH, whole / POINTS_PER_INCH)
    style: Any = {"size": TITLE_SIZE, "weight": "bold", "va": "center_baseline"}
    for number, line in enumerate(lines):
        top = 1 - (TITLE_GAP + TITLE_LINE * (number + 0.5)) / whole
        figure.text(TITLE_GAP / around, top, line, color=LIGHT.ink, parse_math=False, **style)


def write_text(
    axes: Any,  # noqa: ANN401 - matplotlib's
    left: float,
    middle: float,
    text: str,
    colour: str,
    *,
    side: str = "left",
) -> None:
    """Write a line as it is, a dollar sign being no formula; ``side`` is the end at ``left``."""
    axes.text(left, middle, text, color=colour, ha=side, va="center_baseline", parse_math=False)


def draw_line(axes: Any, xs: Sequence[float], ys: Sequence[float], **style: Any) -> None:  # noqa: ANN401 - matplotlib's
    """Draw a line through points; the axes keep their limits, so none are reckoned from it."""
    from matplotlib.lines import Line2D  # noqa: PLC0415 - heavy, loaded when a chart is drawn

    axes.add_artist(Line2D(xs, ys, **style))


def flow_keys(
    rooms: Mapping[Key, float], width: float, *, line: float, gap: float, first: tuple[float, float]
) -> list[tuple[Key, float, float]]:
    """The marks of a legend with their places, in as many lines as the width needs.

    Args:
        rooms: How much room each mark takes with its words, in points.
        width: The width there is.
        line: How far the lines are apart.
        gap: What stays free between two marks.
        first: Where the first mark stands, from the left and from above.
    """
    places: list[tuple[Key, float, float]] = []
    left, middle = first
    for key, room in rooms.items():
        if places and left + room > width:
            left, middle = first[0], middle + line
        places.append((key, left, middle))
        left += room + gap
    return places


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
    body = _EXTRAS.sub("", text[text.index("<svg") :]).rstrip()
    prefix = re.sub(r"[^a-z0-9-]+", "-", name.lower())
    head, _, rest = _TAG.sub(partial(_mend_tag, prefix), body).partition(">")
    return _name_svg(head, prefix, title, desc) + rest


def _mend_tag(prefix: str, match: re.Match[str]) -> str:
    """A tag with ids of its own, our fonts, and colours a page may change; text is left alone."""
    tag = _REFERENCE.sub(rf"\g<1>{prefix}-", match[0])
    tag = _FONT.sub("font-family: " + ", ".join(f"'{f}'" for f in CHART_FONTS) + ";", tag)
    return _COLOUR.sub(lambda colour: _variables().get(colour[0], colour[0]), tag)


def _name_svg(head: str, prefix: str, title: str, desc: str) -> str:
    return (
        f'{head} role="img" aria-labelledby="{prefix}-title {prefix}-desc"'
        ' style="stroke-linejoin: round">'
        f'<title id="{prefix}-title">{escape(clean_text(title))}</title>'
        f'<desc id="{prefix}-desc">{escape(clean_text(desc))}</desc>'
    )


def to_png(figure: Figure, dpi: int = 200, palette: Palette = LIGHT) -> bytes:
    """The figure as PNG at a resolution in dots per inch, byte-stable, in a palette's colours."""
    if palette != LIGHT:
        _paint(figure, palette)
    target = BytesIO()
    with _settings():
        figure.savefig(
            target,
            format="png",
            dpi=dpi,
            facecolor=palette.surface,
            metadata={"Software": None},
            pil_kwargs={"compress_type": Z_RLE},  # a third quicker, and as small for drawings
        )
    return target.getvalue()


def _paint(figure: Figure, palette: Palette) -> None:
    """Put the colours of a palette where those of ours stand; how solid they are stays."""
    from matplotlib.colors import to_hex, to_rgba  # noqa: PLC0415 - heavy, loaded to draw

    new = {getattr(LIGHT, name): getattr(palette, name) for name in reversed(LIGHT.__slots__)}
    for artist in figure.findobj():
        for part in ("facecolor", "edgecolor", "color"):
            read, put = (getattr(artist, f"{act}_{part}", None) for act in ("get", "set"))
            if read is None or put is None:
                continue
            old = to_rgba(read())
            if to_hex(old) in new:
                put(to_rgba(new[to_hex(old)], old[3]))


def wrap(text: str, width: float, size: float = TEXT_SIZE) -> list[str]:
    """The text in lines no wider than a width in points; a word that is too long is broken.

    What XML cannot carry is left out.
    """
    with _settings():
        return _wrap(text, width / SLACK, size)


def _wrap(text: str, room: float, size: float) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in clean_text(text).split():
        for piece in _break_word(word, room, size):
            longer = f"{line} {piece}".strip()
            if line and measure(longer, size) > room:
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
    from matplotlib.textpath import text_to_path  # noqa: PLC0415 - heavy

    with _settings():
        width, _, _ = text_to_path.get_text_width_height_descent(text, _font(size), ismath=False)
    return float(width)


@cache
def _font(size: float) -> FontProperties:
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415 - heavy

    return FontProperties(family=CHART_FONTS[0], size=size)


@cache
def _variables() -> dict[str, str]:
    named = reversed(name_variables(LIGHT).items())  # of two of one colour the first counts
    return {value: f"var({name}, {value})" for name, value in named}


_SET: ContextVar[bool] = ContextVar("set", default=False)


@contextmanager
def _settings(**more: object) -> Iterator[None]:
    """Our settings; a letter that matplotlib's font lacks is the reader's font's business.

    Within our settings nothing is set again, which takes longer than to measure a line.
    """
    if _SET.get() and not more:
        yield
        return
    import matplotlib as mpl  # noqa: PLC0415 - heavy, loaded when a chart is drawn

    settings: Any = {**SETTINGS, **more}
    with mpl.rc_context(settings), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"Glyph \d+ .*missing from font")
        warnings.filterwarnings("ignore", message=r"Matplotlib currently does not support")
        before = _SET.set(True)
        try:
            yield
        finally:
            _SET.reset(before)
