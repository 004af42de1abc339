"""How pictures become SVG and PNG."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from dataclasses import replace

import pytest
from lxml import etree

from workbook.charts.causes import CauseCount, draw
from workbook.charts.rendering import measure, wrap
from workbook.charts.style import DARK, LIGHT

HOSTILE = (
    "<script>alert(1)</script>",
    "a & b -- > ]]> <!-- x -->",
    "$5 and $6",
    'id="x" url(#y) #1f2a33 font-family: z;',
    "A\x00B\ud800",
    "水管工 😀 السلام",
)
PRINT = (
    "import hashlib, workbook.charts.causes as c;"
    "p = c.draw((c.CauseCount('Not tracked', 1, 1, 3),));"
    "print(hashlib.sha256(p.svg().encode() + p.png(96)).hexdigest())"
)


@pytest.mark.server
def test_the_same_picture_has_the_same_bytes_in_every_process():
    """Two processes with different hash seeds draw the same SVG and PNG."""
    seen = set()
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", PRINT],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path), "MPLBACKEND": "svg"},
        )
        seen.add(done.stdout)
    picture = draw((CauseCount("Not tracked", 1, 1, 3),))
    here = hashlib.sha256(picture.svg().encode() + picture.png(96)).hexdigest() + "\n"
    assert seen == {here}


@pytest.mark.parametrize("title", HOSTILE)
def test_what_was_typed_stays_text(title):
    """Markup, formulas, dollars and control characters in a label make no element or reference."""
    svg = draw((CauseCount(title, 1, 0, 2),)).svg()
    tree = etree.fromstring(svg.encode())
    shown = "".join(e.text for e in tree.iter("{http://www.w3.org/2000/svg}text"))
    wanted = "".join(re.sub("[\x00\ud800]", "", title).split())
    assert wanted in shown.replace(" ", "")
    assert not list(tree.iter("{http://www.w3.org/2000/svg}script"))


def test_a_picture_is_named_and_described():
    """A screen reader reads title and description, by ids of this picture alone."""
    svg = draw((CauseCount("x", 1, 0, 2),), name="then").svg()
    tree = etree.fromstring(svg.encode())
    assert tree.get("role") == "img"
    assert tree.get("aria-labelledby") == "then-title then-desc"
    ids = [e.get("id") for e in tree.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    assert all(one.startswith("then-") for one in ids)


def test_nothing_in_a_picture_reaches_outside_it():
    """No style sheet leaks into the page, and nothing is loaded from elsewhere."""
    svg = draw((CauseCount("x", 1, 0, 2),)).svg()
    tree = etree.fromstring(svg.encode())
    names = {etree.QName(e).localname for e in tree.iter()}
    assert not names & {"style", "image", "script", "metadata", "foreignObject"}
    assert svg.startswith("<svg")
    assert not re.search(r'href="(?!#)', svg)


def test_a_page_can_set_the_colours_of_a_picture():
    """Every colour is a variable with the light one behind it, so that dark pages fit."""
    svg = draw((CauseCount("x", 1, 1, 3),)).svg()
    bare = re.sub(r"var\(--wb-[a-z-]+, #[0-9a-f]{6}\)", "", svg)
    assert f"var(--wb-ink, {LIGHT.ink})" in svg
    assert f"var(--wb-accent, {LIGHT.accent})" in svg
    assert not re.search(r"#[0-9a-f]{6}\b", bare)


def test_png_has_the_resolution_asked_for():
    """A width of 166 millimetres at 200 dots per inch is 1307 pixels."""
    raw = draw((CauseCount("x", 1, 0, 2),)).png(200)
    assert raw[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(raw[16:20], "big") == 1307


def test_wrapping_keeps_to_the_width():
    """Lines are measured, not counted in letters."""
    lines = wrap("iiii WWWW " * 20, 100)
    assert all(measure(line) <= 100 for line in lines)
    assert " ".join(lines).split() == ("iiii WWWW " * 20).split()
    assert wrap("", 100) == []


def contrast(one, other):
    def light(colour):
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_colours_can_be_told_from_their_ground(palette):
    """Text has a contrast of 4.5 to what it stands on, and shapes have 3."""
    for ground in (palette.surface, palette.wash, palette.open_wash):
        for text in (palette.ink, palette.muted, palette.accent, palette.open):
            assert contrast(text, ground) >= 4.5
        assert contrast(palette.quiet, ground) >= 3


def test_the_same_picture_is_drawn_once():
    """What was drawn for one document is there for the next; anything else is drawn anew."""
    causes = (CauseCount("Drawn once", 1, 1, 3),)
    first = draw(causes)
    assert draw(causes).svg() is first.svg()
    assert draw(causes).png(50) is first.png(50)
    assert first.narrow_svg() != first.svg()
    assert draw(causes, name="other").svg() != first.svg()
    assert draw((CauseCount("Drawn once", 2, 1, 3),)).svg() != first.svg()


def test_a_picture_of_unknown_make_is_like_no_other():
    """Two pictures alike in words that are drawn by different hands are both drawn."""
    made = draw((CauseCount("Drawn once", 1, 1, 3),))
    figures = [draw((CauseCount("Drawn once", n, 0, 3),)).figure for n in (1, 2)]
    one, two = (replace(made, make=lambda _, f=figure: f) for figure in figures)
    assert one.svg() != two.svg()
