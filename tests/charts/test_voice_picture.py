"""The picture of the voice: four lines, and a dot where the business stands."""

from __future__ import annotations

import pytest
from lxml import etree

from workbook.charts.voice import ScalePlace, draw

PLACES = (
    ScalePlace("Formal", "Casual", 70),
    ScalePlace("Serious", "Funny", 0),
    ScalePlace("Respectful", "Irreverent", None),
    ScalePlace("<b>Low", "High & dry", 100),
)


def _circles(width):
    from matplotlib.patches import Circle

    figure = draw(PLACES).make(width)
    return [patch.center for patch in figure.axes[0].patches if isinstance(patch, Circle)]


@pytest.mark.parametrize("width", [96, 166])
def test_dots_stand_where_the_numbers_say(width):
    """The higher the number, the further to the right; what is not said has no dot."""
    (middle, _), (left, _), (right, _) = _circles(width)
    assert left < middle < right
    assert (middle - left) / (right - left) == pytest.approx(0.7)


@pytest.mark.parametrize("narrow", [False, True])
def test_words_stand_at_both_ends(narrow):
    """Each end is named, each place is a number, and what is open says so."""
    svg = draw(PLACES).narrow_svg() if narrow else draw(PLACES).svg()
    texts = [
        e.text for e in etree.fromstring(svg.encode()).iter("{http://www.w3.org/2000/svg}text")
    ]
    assert {"Formal", "Casual", "70", "0", "100", "not said yet", "<b>Low", "High & dry"} <= set(
        texts
    )


def test_the_table_holds_the_same_numbers():
    """Whoever cannot see the picture reads the same."""
    picture = draw(PLACES)
    assert picture.rows[0] == ("Formal", "Casual", 70)
    assert picture.rows[2][2] == "not said yet"
    assert "70 of 100, leaning to casual" in picture.desc


@pytest.mark.usefixtures("drawn_anew")
def test_the_picture_is_the_same_every_time():
    """Drawn twice it is the same, byte for byte."""
    assert draw(PLACES).svg() == draw(PLACES).svg()


@pytest.mark.parametrize("place", [-1, 101])
def test_no_place_lies_beyond_the_ends(place):
    """A place is from 0 to 100."""
    with pytest.raises(ValueError, match="0 to 100"):
        ScalePlace("a", "b", place)
