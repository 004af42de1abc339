"""The typefaces a PDF is set in: brought by packages, so that every machine writes the same.

FiraGO has Latin, Greek, Cyrillic, Arabic, Hebrew, Thai, Devanagari and Georgian letters; what it
lacks comes from DejaVu Sans, which matplotlib brings, and from two typefaces of signs. Chinese,
Japanese and Korean letters take 20 MB; the extra “cjk” brings them to whoever wants them. Only
where none of these has a letter are the machine's own typefaces asked.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    import typst

FAMILIES: Final = ("FiraGO", "Noto Sans Symbols2", "DejaVu Sans", "Noto Sans Math")
BOXES: Final = "Last Resort High-Efficiency"
"""Shows every letter there is as a box; for letters that no typeface at hand has."""
_PACKED: Final = ("figo", "figbo", "figit", "figbi", "symbol2", "math")
_BROUGHT: Final = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSans-Oblique.ttf")
_BOXES_FILE: Final = "LastResortHE-Regular.ttf"
_EAST: Final = "noto_cjk_sans_otc"
"""The package with letters of East Asia: Noto Sans CJK, one cut, with each country's own forms."""
_FORMS: Final = {"ja": "JP", "ko": "KR", "zh-TW": "TC", "zh-Hant": "TC", "zh-HK": "HK"}
"""Whose form of a letter a language has; any other reads that of mainland China."""
_COVERED: Final = 0x250
"""Below this number every letter that is written is in FiraGO: Latin with all its marks."""


@cache
def _read_files() -> dict[str, bytes]:
    """The typefaces by the names of their files."""
    import matplotlib as mpl  # noqa: PLC0415 - heavy, and only for its typefaces

    packed = import_module("pymupdf_fonts")
    folder = Path(mpl.get_data_path()) / "fonts" / "ttf"
    found: dict[str, bytes] = {f"{name}.ttf": packed.myfont(name) for name in _PACKED}
    return {**found, **{name: (folder / name).read_bytes() for name in (*_BROUGHT, _BOXES_FILE)}}


def find_east() -> Path | None:
    """The folder with letters of East Asia, where their package is installed."""
    found = find_spec(_EAST)
    return Path(found.origin).parent if found and found.origin else None


def name_east(language: str) -> str:
    """The family with the forms of letters that a language has in East Asia."""
    form = _FORMS.get(language) or _FORMS.get(language.partition("-")[0], "SC")
    return f"Noto Sans CJK {form}"


@cache
def load_fonts(*, east: bool = False, system: bool = False, boxes: bool = False) -> typst.Fonts:
    """The typefaces for Typst, read once; files of ours are gone when this returns.

    Args:
        east: Whether letters of East Asia are among them, where their package is installed.
        system: Whether the machine's own typefaces are.
        boxes: Whether the boxes are, for letters that nothing else has.
    """
    import typst  # noqa: PLC0415 - heavy, and only for PDF

    with TemporaryDirectory() as folder:
        for name, raw in _read_files().items():
            if boxes or name != _BOXES_FILE:
                Path(folder, name).write_bytes(raw)
        own, more = Path(folder), find_east() if east else None
        fonts = typst.Fonts(
            include_system_fonts=system,
            include_embedded_fonts=False,
            font_paths=[own, more] if more else [own],
        )
        typst.compile(_write_sample(), font_paths=fonts, ignore_system_fonts=True)
    return fonts


def _write_sample() -> bytes:
    """A page with a letter of each typeface and cut: Typst reads a typeface when it is used."""
    cuts = ("", ", weight: 700", ', style: "italic"', ', weight: 700, style: "italic"')
    lines = [
        f'#text(font: "{family}"{cut})[aعא☐∑]' for family in (*FAMILIES, BOXES) for cut in cuts
    ]
    return "\n".join(lines).encode()


@cache
def _letters() -> frozenset[int]:
    """Every letter that our typefaces have.

    matplotlib's reader of typefaces tells it at once; fontTools takes half a second to be imported.
    """
    from matplotlib.ft2font import FT2Font  # noqa: PLC0415 - heavy, and rarely needed

    regular = ("figo.ttf", "symbol2.ttf", "math.ttf", _BROUGHT[0])
    files = [BytesIO(_read_files()[name]) for name in regular]
    return frozenset(letter for file in files for letter in FT2Font(file).get_charmap())


def find_missing(texts: Iterable[str]) -> str:
    """The letters that none of our typefaces has, each once, in the order of their numbers."""
    letters = {letter for letter in set().union(*texts) if ord(letter) >= _COVERED}
    if not letters:
        return ""
    known = _letters()
    return "".join(sorted(letter for letter in letters if ord(letter) not in known))
