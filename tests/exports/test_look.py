"""The look of documents: what is taken, how small it is kept, and what is refused with a reason."""

from __future__ import annotations

import io
import struct
import zlib
from base64 import b64encode

import pytest
from PIL import Image, PngImagePlugin

from tests.exports.sample_looks import draw_logo, make_look
from workbook.errors import LookUnusable
from workbook.exports.look import (
    KEPT_BYTES,
    MOST_BYTES,
    Look,
    keep_look,
    open_look,
    read_colour,
    read_picture,
)
from workbook.plan import OwnLook, Plan


def _open(raw):
    return Image.open(io.BytesIO(raw))


def _save(image, kind="PNG", **options):
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def _claim_size(width, height):
    """A PNG that claims a size it has no points for."""
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 99)), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "L"), ("PNG", "1"), ("PNG", "I;16"),
     ("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK")],
)  # fmt: skip
def test_a_picture_of_any_kind_becomes_a_small_png(kind, mode):
    """Transparent, grey, of 16 bits or for print: it is kept as a PNG of some thousand bytes."""
    raw = _save(Image.new("I;16", (300, 100), 30000)) if mode == "I;16" else draw_logo(kind, mode)
    made = read_picture(raw)
    assert _open(made).format == "PNG"
    assert len(made) <= KEPT_BYTES
    assert read_picture(raw) == made


def test_nothing_but_the_points_travels_on():
    """Where a photo was taken, notes in the file and what stands behind its end are gone."""
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = "Taken at the secret shed", 6
    photo = _save(Image.new("RGB", (300, 100), "#1b5e20"), "JPEG", exif=exif) + b"<script>"
    note = PngImagePlugin.PngInfo()
    note.add_text("Comment", "the secret shed", zip=True)
    noted = _save(Image.new("RGB", (300, 100), "#1b5e20"), pnginfo=note) + b"<script>"
    for raw in (photo, noted):
        made = read_picture(raw)
        assert b"secret" not in made
        assert b"<script>" not in made
        assert _open(made).info == {}
    assert _open(read_picture(photo)).size[0] < _open(read_picture(photo)).size[1], "turned upright"


def test_a_noisy_photo_is_made_small_enough():
    """What cannot be pressed loses points until a plan with versions has room for it."""
    noise = Image.effect_noise((1200, 800), 90).convert("RGB")
    assert len(read_picture(_save(noise, "JPEG"))) <= KEPT_BYTES


@pytest.mark.parametrize("mode", ["RGBA", "P", "1", "I;16", "CMYK"])
def test_a_large_picture_is_made_smaller_before_it_is_worked_on(mode, monkeypatch):
    """Of any kind, it looks like the same picture that was smaller from the start."""
    drawn = draw_logo("JPEG" if mode == "CMYK" else "PNG", "L" if mode == "I;16" else mode)
    if mode == "I;16":
        drawn = _save(Image.new("I;16", (300, 100), 30000))
    whole = _open(read_picture(drawn)).convert("RGB").resize((6, 2))
    monkeypatch.setattr("workbook.exports.look._WORKED_ON", 7_000)
    made = _open(read_picture(drawn))
    assert made.width * made.height <= 7_000
    pairs = zip(whole.tobytes(), made.convert("RGB").resize((6, 2)).tobytes(), strict=True)
    assert max(abs(a - b) for a, b in pairs) < 40


def test_an_empty_edge_is_cut_off():
    """A logo far from the edge of its file is not shown smaller for that."""
    wide = Image.new("RGBA", (1000, 1000), (0, 0, 0, 0))
    wide.paste("#1b5e20", (400, 480, 600, 520))
    assert _open(read_picture(_save(wide))).size == (200, 40)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"\0" * (MOST_BYTES + 1), "larger than 2 MB"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "drawing"),
        (b"\xef\xbb\xbf <svg onload='alert(1)'/>", "drawing"),
        (b"GIF89a" + b"\0" * 50, "neither PNG nor JPEG"),
        (b"", "neither PNG nor JPEG"),
        (b"%PDF-1.7", "neither PNG nor JPEG"),
        (draw_logo()[:900], "damaged"),
        (draw_logo("JPEG", "RGB")[:900], "damaged"),
        (_claim_size(30_000, 30_000), "16 million"),
        (_claim_size(5_000, 5_000), "16 million"),
        (_claim_size(20_000, 100), "10,000 along one side"),
        (_claim_size(1, 16_000_000), "10,000 along one side"),
        (_claim_size(900, 900), "damaged"),
        (_save(Image.new("RGBA", (90, 90), (0, 0, 0, 0))), "transparent"),
    ],
    ids=lambda value: value if isinstance(value, str) else "file",
)
def test_what_cannot_be_used_is_refused_with_its_reason(raw, reason):
    """Too large, a drawing, another kind, cut off, a bomb, or nothing to be seen."""
    with pytest.raises(LookUnusable) as caught:
        read_picture(raw)
    assert reason in caught.value.values["reason"]


@pytest.mark.parametrize(
    ("typed", "read"),
    [("#1B5E20", "#1b5e20"), (" 1b5e20 ", "#1b5e20"), ("#1b5", "#11bb55"), ("", "")],
)
def test_colours_are_read_as_people_write_them(typed, read):
    """With or without the sign, in three digits or six."""
    assert read_colour(typed) == read


@pytest.mark.parametrize("typed", ["green", "#12345", "rgb(1,2,3)", "#1b5e20;}"])
def test_what_is_no_colour_is_refused(typed):
    """A name, too few digits, or more than a colour."""
    with pytest.raises(LookUnusable, match="like #1b5e20"):
        read_colour(typed)


def test_a_look_survives_the_plan():
    """What is kept opens as it was, is small, and an empty look is kept as none."""
    look = make_look()
    plan = Plan(look=keep_look(look))
    again = Plan.model_validate_json(plan.model_dump_json())
    assert open_look(again.look) == look
    assert len(plan.model_dump_json()) < 100_000
    assert keep_look(Look()) is None
    assert not Look().is_set
    with pytest.raises(LookUnusable, match="60 letters"):
        keep_look(Look(name="x" * 61))


def test_a_picture_in_a_plan_file_is_taken_apart_too():
    """Somebody may have written anything into the file: what is no picture is left out."""
    bad = OwnLook(name="Example", logo=b64encode(_claim_size(30_000, 30_000)).decode())
    assert open_look(bad) == Look("Example")
    hidden = OwnLook(logo=b64encode(read_picture(draw_logo()) + b"<script>").decode())
    assert b"<script>" not in open_look(hidden).logo
    assert open_look(None) == Look()
    for size in ((721, 1), (1, 241)):
        large = b64encode(_save(Image.new("L", size, 0))).decode()
        assert open_look(OwnLook(logo=large)) == Look(), "no picture is kept as large"


def test_a_logo_is_never_stretched():
    """Wide, high or tiny, it fills its room in one direction and keeps its shape."""
    for size in ((900, 300), (100, 700), (3, 2)):
        look = Look(logo=_save(Image.new("RGB", size, "#1b5e20")))
        width, height = look.measure_logo(60, 12)
        assert width <= 60.001
        assert height <= 12.001
        assert width / height == pytest.approx(size[0] / size[1])
