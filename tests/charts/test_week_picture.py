"""The picture of a week in blocks: a line for each day, told by filling and not by colour alone."""

from __future__ import annotations

import pytest
from lxml import etree

from workbook.charts.week import Bar, Line, draw

BARS = (
    Bar(0, 540, 600, "clients"), Bar(0, 570, 630, "partners"), Bar(1, 540, 545, "service"),
    Bar(6, 1320, 1440, "open"),
)  # fmt: skip
LINES = tuple(Line(f"<b>Monday {n}", "Make posts", "New clients", "60") for n in range(4))
SUMS = {"clients": "1 hour", "partners": "1 hour", "service": "5 min", "open": "2 hours"}


def _patches(bars, width=166):
    from matplotlib.patches import Rectangle

    (axes,) = draw(bars, LINES, SUMS).make(width).axes
    return [p for p in axes.patches if isinstance(p, Rectangle)][len(SUMS) :]


@pytest.mark.parametrize("width", [96, 166])
def test_later_is_further_right_and_longer_is_wider(width):
    """A block of five minutes is still to be seen, and none leaves the picture."""
    monday, across, short, late = _patches(BARS, width)
    assert across.get_x() > monday.get_x() == short.get_x()
    assert short.get_width() == 5
    assert monday.get_width() == pytest.approx(across.get_width())
    assert late.get_y() > short.get_y() > monday.get_y()
    assert late.get_x() + late.get_width() <= width / 25.4 * 72


def test_blocks_at_the_same_time_share_the_line():
    """Neither hides the other; one alone has the whole height."""
    monday, across, short, _ = _patches(BARS)
    assert monday.get_y() + monday.get_height() <= across.get_y() + 1e-6
    assert short.get_height() == pytest.approx(2 * monday.get_height())


def test_each_purpose_has_a_filling_of_its_own():
    """Whoever sees no colours tells them apart as well."""
    looks = {(p.get_hatch(), p.get_facecolor(), str(p.get_linestyle())) for p in _patches(BARS)}
    assert len(looks) == 4


@pytest.mark.parametrize("narrow", [False, True])
def test_words_stay_words(narrow):
    """Markup in a title is text, and the table holds the blocks."""
    picture = draw(BARS, LINES, SUMS)
    svg = picture.narrow_svg() if narrow else picture.svg()
    shown = [
        e.text for e in etree.fromstring(svg.encode()).iter("{http://www.w3.org/2000/svg}text")
    ]
    assert {"new clients: 1 hour", "Mon" if narrow else "Monday"} <= set(shown)
    assert picture.rows[0] == ("<b>Monday 0", "Make posts", "New clients", "60")


def test_of_many_blocks_the_table_names_the_first():
    """And how many more there are."""
    picture = draw(BARS * 200, LINES * 100, SUMS, most=3)
    assert len(picture.rows) == 4
    assert picture.rows[-1][0] == "and 397 more"
    assert len(draw((), (), {}).svg()) > 100


@pytest.mark.parametrize("values", [(7, 0, 1), (0, 60, 30), (-1, 0, 1)])
def test_a_block_lies_on_a_day(values):
    """There is no eighth day, and nothing ends before it begins."""
    with pytest.raises(ValueError, match="one day of a week"):
        Bar(*values, "clients")
