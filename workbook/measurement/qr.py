"""QR codes for paper: a link as a picture that a phone reads, with a name that can be heard."""

from __future__ import annotations

import io
import zlib
from html import escape
from typing import TYPE_CHECKING

from workbook.content import BASE_LANGUAGE, load_words
from workbook.measurement.channels import shorten
from workbook.measurement.tags import LONGEST, AddressFault, make_ascii, split_address
from workbook.measurement.traps import LinkProblem, word_trap

if TYPE_CHECKING:
    import segno

WORDS = "measurement/register.toml"
SUFFIX = ".svg"
LONGEST_CODE = 1_000
"""Characters of an address; a code of more has modules too small for a flyer."""
_LEVEL = "m"
"""How much of a code may be dirty: about a seventh, which is usual for print."""
_SCALE = 8
"""Pixels of a module where nothing says how large the picture is to be."""


def draw_qr(address: str, language: str = BASE_LANGUAGE) -> bytes | LinkProblem:
    """A QR code as SVG, with a title and a description, or what is wrong with the address.

    What a phone reads is the address in the form that travels: hosts and paths of other alphabets
    encoded. The picture has a quiet zone of four modules, and grows without loss.
    """
    parts = split_address(address)
    if isinstance(parts, AddressFault):
        values = {"given": address, "scheme": parts.scheme, "limit": LONGEST}
        return word_trap(parts.id, language, **values)
    text = make_ascii(parts)
    if len(text) > LONGEST_CODE:
        return word_trap("too-long", language, limit=LONGEST_CODE)
    return _draw(encode(text), text, language)


def encode(text: str) -> segno.QRCode:
    """The modules of a code."""
    import segno as codes  # noqa: PLC0415 - only where a code is drawn

    return codes.make_qr(text, error=_LEVEL)


def _draw(code: segno.QRCode, text: str, language: str) -> bytes:
    said = load_words(WORDS, language)["qr"]
    size = code.symbol_size(scale=1)[0]
    picture = io.BytesIO()
    code.save(
        picture,
        kind="svg",
        xmldecl=False,
        omitsize=True,
        svgclass=None,
        lineclass=None,
        light="white",
        nl=False,
    )
    name = f"qr-{zlib.crc32(text.encode()):08x}"
    title = escape(said["title"].format(address=shorten(text)))
    description = escape(said["description"].format(address=text))
    drawn = picture.getvalue().decode("utf-8")
    head, _, rest = drawn.partition(">")
    marks = (
        f' width="{size * _SCALE}" height="{size * _SCALE}" shape-rendering="crispEdges"'
        f' role="img" aria-labelledby="{name}-t" aria-describedby="{name}-d">'
        f'<title id="{name}-t">{title}</title><desc id="{name}-d">{description}</desc>'
    )
    return f"{head}{marks}{rest}\n".encode()
