"""The picture of promises: a bar for each, as long as it is kept."""

from __future__ import annotations

import pytest
from lxml import etree

from workbook.charts.keeping import Kept, draw

ROWS = (
    Kept("1 <b>hour", 0.05, 0.03, 0.08, "5 of 100", "3 to 8 of 100"),
    Kept("1 day", 0.5, 0.4, 0.6, "50 of 100", "40 to 60 of 100", is_asked=True),
    Kept("1 week", 1.0, 1.0, 1.0, "more than 99 of 100", "more than 99 of 100"),
)


@pytest.mark.parametrize("width", [96, 166])
def test_bars_are_as_long_as_promises_are_kept(width):
    """Twice as often kept is twice as long, and a full bar fills its ground."""
    patches = draw(ROWS, 0.9).make(width).axes[0].patches
    grounds, bars = patches[::2], patches[1::2]
    lengths = [
        bar.get_width() / ground.get_width() for bar, ground in zip(bars, grounds, strict=True)
    ]
    assert lengths == pytest.approx([0.05, 0.5, 1])


@pytest.mark.parametrize("narrow", [False, True])
def test_words_and_shares_are_written(narrow):
    """Each promise and its share stand beside the bar, as text."""
    picture = draw(ROWS, 0.9)
    svg = picture.narrow_svg() if narrow else picture.svg()
    found = etree.fromstring(svg.encode()).iter("{http://www.w3.org/2000/svg}text")
    texts = {element.text for element in found}
    assert {"1 <b>hour", "5 of 100", "1 day", "more than 99 of 100", "90 of 100"} <= texts


@pytest.mark.usefixtures("drawn_anew")
def test_the_table_holds_the_same_numbers():
    """Whoever cannot see the picture reads the same."""
    picture = draw(ROWS, 0.9)
    assert picture.rows[1] == ("1 day", "50 of 100", "40 to 60 of 100")
    assert "1 week: more than 99 of 100." in picture.desc
    assert picture.svg() == draw(ROWS, 0.9).svg()


@pytest.mark.parametrize("chances", [(0.5, 0.6, 0.7), (0.5, 0.4, 1.1), (-0.1, -0.2, 0.1)])
def test_chances_lie_within_their_interval(chances):
    """A chance beyond its interval, or an interval beyond all and none, is refused."""
    chance, low, high = chances
    with pytest.raises(ValueError, match="a chance lies within"):
        Kept("1 hour", chance, low, high, "", "")
