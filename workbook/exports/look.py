"""The look of documents: name, picture and two colours of a business or of its consultant.

A picture is taken apart and made anew before it is kept or shown, so that nothing of its file
travels on: no place it was taken at, no program, nothing behind its last point. What a plan file
brings is treated alike.
"""

from __future__ import annotations

import math
import re
import warnings
from base64 import b64decode, b64encode
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from pydantic.dataclasses import dataclass

from workbook.charts.style import DARK, LIGHT, Palette, tint, tint_charts
from workbook.discovery import read_toml
from workbook.errors import LookUnusable
from workbook.exports.text import Line, clean
from workbook.plan import OwnLook

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_BYTES: Final = 2_000_000
MOST_POINTS: Final = 16_000_000
LONGEST_SIDE: Final = 10_000
"""Points: what is far longer than wide takes a multiple of its size to be made smaller."""
LONGEST_NAME: Final = 60
KEPT_BYTES: Final = 36_000
"""No picture that is kept is larger: in a plan and each of its versions it takes a third more."""
_BOX: Final = (720, 240)
"""Points of a kept picture at the most, across and down: enough for print at its size."""
_WORKED_ON: Final = 4_000_000
"""Points: a larger picture is made about so small before anything else is done with it."""
_SMALLER: Final = 0.8
_SEEN: Final = 8
"""How solid a point is at the least, of 255, to be seen."""
_TONES: Final = 128
_VECTOR: Final = re.compile(rb"\A\s*(<\?xml|<!--|<!DOCTYPE\s+svg|<svg)", re.IGNORECASE)
_COLOUR: Final = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_HEAD: Final = slice(16, 24)
"""Where a PNG says how many points it is wide and high."""
_SHORT: Final = 3


@dataclass(frozen=True, slots=True)
class Look:
    """How documents look; what is empty looks as ours does.

    ``logo`` is a PNG made by ``read_picture``, ``accent`` and ``second`` are ``#rrggbb``.
    """

    name: Line = ""
    logo: bytes | None = None
    accent: str = ""
    second: str = ""

    @property
    def is_set(self) -> bool:
        """Whether anything of it is not ours; then no line of a document names the workbook."""
        return bool(self.name or self.logo or self.accent or self.second)

    @property
    def light(self) -> Palette:
        """The colours of paper."""
        return tint(LIGHT, self.accent, self.second)

    @property
    def dark(self) -> Palette:
        """The colours of a dark screen."""
        return tint(DARK, self.accent, self.second)

    @property
    def charts(self) -> Palette:
        """The colours of charts on paper."""
        return tint_charts(self.light, LIGHT)

    @property
    def charts_dark(self) -> Palette:
        """The colours of charts on a dark screen."""
        return tint_charts(self.dark, DARK)

    @property
    def rule(self) -> str | None:
        """The colour of the line below the title; None for ours."""
        if not (self.accent or self.second):
            return None
        return self.light.second if self.second else self.light.accent

    def measure_logo(self, width: float, height: float) -> tuple[float, float]:
        """How wide and high the picture is that fills a room, in the unit of the room."""
        raw = (self.logo or b"")[_HEAD]
        across, down = int.from_bytes(raw[:4]) or 1, int.from_bytes(raw[4:]) or 1
        scale = min(width / across, height / down)
        return across * scale, down * scale


def open_look(kept: OwnLook | None) -> Look:
    """The look a plan keeps; a picture that cannot be used is left out."""
    return _open(kept) if kept else Look()


@lru_cache(maxsize=8)
def _open(kept: OwnLook) -> Look:
    logo = None
    if kept.logo:
        try:
            raw = b64decode(kept.logo + "=" * (-len(kept.logo) % 4))
            logo = _shrink(_trim(_decode(raw, _BOX)))
        except (LookUnusable, ValueError):
            logo = None
    return Look(name=kept.name, logo=logo, accent=kept.accent, second=kept.second)


def keep_look(look: Look) -> OwnLook | None:
    """A look as a plan keeps it; None where all of it is ours.

    Raises:
        LookUnusable: The name is too long.
    """
    logo = b64encode(look.logo).decode() if look.logo else ""
    kept = OwnLook(name=read_name(look.name), logo=logo, accent=look.accent, second=look.second)
    return kept if kept != OwnLook() else None


def read_name(text: str) -> str:
    """A name on one line.

    Raises:
        LookUnusable: It is too long for the head of a page.
    """
    name = " ".join(clean(text).split())
    if len(name) > LONGEST_NAME:
        raise refuse("name")
    return name


def read_colour(text: str) -> str:
    """A colour as ``#rrggbb`` from how people write it: ``1B5E20``, ``#1b5``; empty for none.

    Raises:
        LookUnusable: It is no colour.
    """
    typed = text.strip()
    found = _COLOUR.fullmatch(typed)
    if typed and not found:
        raise refuse("colour", given=typed[:20])
    digits = found[1].lower() if found else ""
    return (
        "#" + (digits if len(digits) > _SHORT else "".join(2 * d for d in digits)) if found else ""
    )


def refuse(name: str, **values: str) -> LookUnusable:
    """Why something cannot be used, in words."""
    return LookUnusable(reason=read_toml("exports/look.toml")[name].format(**values))


# -- pictures ------------------------------------------------------------------------------------


def read_picture(raw: bytes) -> bytes:
    """A picture in a PNG or JPEG file as a small PNG with nothing but its points.

    Raises:
        LookUnusable: It is too large or long, damaged, of another kind, or cannot be seen at all.
    """
    if len(raw) > MOST_BYTES:
        raise refuse("large")
    if _VECTOR.match(raw[:1000].removeprefix(b"\xef\xbb\xbf")):
        raise refuse("vector")
    return _shrink(_trim(_decode(raw, (LONGEST_SIDE, LONGEST_SIDE))))


def _decode(raw: bytes, box: tuple[int, int]) -> Image:
    """The points of a picture, the right way up; refused before they are unpacked if too many."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - loaded when used

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what is too large is refused below, in our words
            with Image.open(BytesIO(raw), formats=("PNG", "JPEG")) as image:
                fits = image.width <= box[0] and image.height <= box[1]
                if fits and image.width * image.height <= MOST_POINTS:
                    return _load(image)
    except UnidentifiedImageError:
        raise refuse("kind") from None
    except Image.DecompressionBombError:
        pass
    except Exception as error:  # Pillow raises whatever its decoders meet
        raise refuse("damaged") from error
    raise refuse("points")


def _load(image: Image) -> Image:
    """The points as red, green, blue and how solid they are, whatever they were."""
    from PIL import ImageOps  # noqa: PLC0415 - loaded when used

    image.draft("RGB", (2 * _BOX[0], 2 * _BOX[1]))
    return ImageOps.exif_transpose(_reduce(_spread(image))).convert("RGBA")


def _spread(image: Image) -> Image:
    """The points in a form that can be made smaller: no numbers of colours, no 16 bits of grey."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value * (1 / 256) + 0).convert("L")
    return image.convert("RGBA") if image.mode in ("1", "P", "PA") else image


def _reduce(image: Image) -> Image:
    """The picture with about as many points as it is worked on with."""
    factor = math.ceil(math.sqrt(image.width * image.height / _WORKED_ON))
    return image.reduce(factor) if factor > 1 else image


def _trim(image: Image) -> Image:
    """The picture without an empty edge."""
    seen = image.getchannel("A").point(lambda alpha: 255 * (alpha >= _SEEN)).getbbox()
    if seen is None:
        raise refuse("blank")
    return image.crop(seen)


def _shrink(image: Image) -> bytes:
    """The picture as PNG, with fewer points and tones until it is small enough to keep."""
    from PIL import Image as Pillow  # noqa: PLC0415 - loaded when used

    room = _BOX
    while True:
        made = image.copy()
        made.thumbnail(room, Pillow.Resampling.LANCZOS)
        if made.getchannel("A").getextrema()[0] == 255:  # noqa: PLR2004 - wholly solid
            made = made.convert("RGB")
        for tones in (0, _TONES):
            raw = _write(made, tones)
            if len(raw) <= KEPT_BYTES:
                return raw
        room = (int(room[0] * _SMALLER), int(room[1] * _SMALLER))


def _write(image: Any, tones: int) -> bytes:  # noqa: ANN401 - Pillow's
    target = BytesIO()
    drawn = image.quantize(tones, method=2) if tones else image
    drawn.save(target, "PNG", optimize=True)
    return target.getvalue()
