"""Pictures and looks that documents carry in tests; the business is plainly an example."""

from __future__ import annotations

import io
from functools import cache

from PIL import Image, ImageDraw

from workbook.exports.look import Look, read_picture


@cache
def draw_logo(kind: str = "PNG", mode: str = "RGBA", size: tuple[int, int] = (900, 300)) -> bytes:
    """An example logo: a ring and a bar on nothing, or on white."""
    image = Image.new("RGBA", size, (255, 255, 255, 0 if mode == "RGBA" else 255))
    pen, (width, height) = ImageDraw.Draw(image), size
    edge = height // 8
    pen.ellipse((edge, edge, height - edge, height - edge), outline="#1b5e20", width=edge)
    pen.rectangle((height, height // 3, width - edge, height * 2 // 3), fill="#f9a825")
    file = io.BytesIO()
    image.convert(mode).save(file, kind)
    return file.getvalue()


def make_look() -> Look:
    """A look with everything: name, picture and two colours, one of them too pale for text."""
    return Look("Example & Co", read_picture(draw_logo()), "#1b5e20", "#f9a825")
