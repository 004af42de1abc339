"""The picture of selling against talking: two shares over time, with limits and intervals."""

from __future__ import annotations

import pytest
from lxml import etree

from workbook.charts.mix import Stretch, draw

SPANS = (
    Stretch("Jan", "2026", 2, 8, 4, 10),
    Stretch("Feb", "", 0, 0, 3, 3),
    Stretch("Mar", "", 0, 6, 0, 6),
    Stretch("<b>Apr", "2027", 6, 6, 6, 6),
)


def _marks(width):
    from matplotlib.patches import Circle, Rectangle

    (axes,) = draw(SPANS, 20, 30).make(width).axes
    squares = [p.get_y() for p in axes.patches if isinstance(p, Rectangle)][1:]
    return squares, [p.center[1] for p in axes.patches if isinstance(p, Circle)][1:]


@pytest.mark.parametrize("width", [96, 166])
def test_the_higher_the_share_the_higher_the_mark(width):
    """A month without posts has no square, and one without anything neither mark."""
    squares, rings = _marks(width)
    assert len(squares) == 3
    assert len(rings) == 4
    assert squares[2] < squares[0] < squares[1]
    assert rings[3] == rings[1] < rings[0] < rings[2]


def test_the_table_holds_the_same_with_intervals():
    """Counts, percent, and between which the share lies."""
    picture = draw(SPANS, 20, 30)
    assert picture.rows[0] == (
        "Jan 2026", 10, "25 of 100 (2 of 8; 6 to 59)", "40 of 100 (4 of 10; 15 to 70)",
    )  # fmt: skip
    assert picture.rows[1][2] == "no posts"
    assert "Jan 2026: 25 of 100 (2 of 8) sell" in picture.desc


@pytest.mark.parametrize("narrow", [False, True])
def test_words_stay_words_and_limits_are_told(narrow):
    """Both limits are named, and markup in a label is text."""
    picture = draw(SPANS, 20, 30)
    svg = picture.narrow_svg() if narrow else picture.svg()
    shown = [
        e.text for e in etree.fromstring(svg.encode()).iter("{http://www.w3.org/2000/svg}text")
    ]
    assert "posts that sell (at most 20 of 100)" in shown
    assert {"Jan", "2026", "<b>Apr", "100 %"} <= set(shown)
    assert svg == (draw(SPANS, 20, 30).narrow_svg() if narrow else draw(SPANS, 20, 30).svg())


def test_thirteen_spans_keep_their_labels_apart():
    """Where they would touch, some are left out, and the first stays."""
    many = [Stretch(f"{n} September", "", 1, 2, 1, 2) for n in range(13)]
    tree = etree.fromstring(draw(many, 20, 30).narrow_svg().encode())
    shown = {e.text for e in tree.iter("{http://www.w3.org/2000/svg}text")}
    assert "0 September" in shown
    assert "1 September" not in shown


@pytest.mark.parametrize("counts", [(3, 2, 0, 0), (0, 0, 3, 2), (-1, 0, 0, 0)])
def test_a_part_is_no_more_than_the_whole(counts):
    """Three of two posts cannot sell."""
    with pytest.raises(ValueError, match="no more than the whole"):
        Stretch("Jan", "", *counts)
