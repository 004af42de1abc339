"""The picture of the links between website and profiles."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from workbook.charts.links import TwoWay, draw
from workbook.charts.rendering import NARROW_MM

LINKS = (
    TwoWay("Facebook acme", "there", "missing"),
    TwoWay(
        "Mastodon @a-rather-long-name-for-a-profile@mastodon.example", "open", "there", "silent"
    ),
    TwoWay("<b>&X", "missing", "open"),
)


@pytest.mark.usefixtures("drawn_anew")
@pytest.mark.parametrize("links", [LINKS, LINKS[:1], ()])
def test_the_picture_is_the_same_every_time(links):
    """The same links give the same bytes, named and described, wide and narrow."""
    picture = draw(links, "Your website")
    for svg in (picture.svg(), picture.narrow_svg()):
        root = ET.fromstring(svg)
        assert root.get("role") == "img"
        assert "Who leads to whom" in svg
    assert picture.svg() == draw(links, "Your website").svg()


def test_the_table_says_the_same_in_words():
    """Each profile has a row with both directions."""
    picture = draw(LINKS, "Your website")
    assert picture.columns == ("Profile", "From the website", "From the profile")
    assert picture.rows[0] == ("Facebook acme", "leads there", "missing")
    assert picture.rows[2] == ("<b>&X", "missing", "to look at")
    assert "A link is missing for: Facebook acme, <b>&X." in picture.desc


def test_nothing_reaches_over_the_edge():
    """Text and arrows stay within the picture, on paper and on a phone."""
    for width in (166.0, NARROW_MM):
        figure = draw(LINKS, "A website with quite a long name of its own").make(width)
        figure.canvas.draw()
        whole = figure.bbox
        for artist in (*figure.axes[0].texts, *figure.axes[0].patches):
            box = artist.get_window_extent()
            assert box.x0 >= whole.x0 - 1
            assert box.x1 <= whole.x1 + 1
            assert box.y0 >= whole.y0 - 1


def test_what_somebody_typed_stays_text():
    """A name with signs of markup is shown as it is."""
    svg = draw(LINKS, "<script>").svg()
    assert "<script>" not in svg
    assert re.search(r"&lt;b&gt;", svg)
