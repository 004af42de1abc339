"""The picture of reach: who uses which place, by survey, clients and both."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from workbook.charts.reach import Estimate, PlaceReach, draw
from workbook.charts.rendering import NARROW_MM, WIDE_MM


def _estimate(percent, low, high):
    return Estimate(percent, low, high, f"{percent} % ({low} to {high})")


PLACES = (
    PlaceReach("X", _estimate(3, 0, 9)),
    PlaceReach("YouTube", _estimate(84, 82, 86), _estimate(92, 65, 99), _estimate(88, 75, 95)),
    PlaceReach("Nothing known"),
    PlaceReach("A place <b>with</b> quite a long name of its own", None, _estimate(42, 20, 60)),
    PlaceReach("At the ends", _estimate(0, 0, 0), _estimate(100, 100, 100)),
)


@pytest.mark.usefixtures("drawn_anew")
@pytest.mark.parametrize("places", [PLACES, PLACES[:1], ()])
def test_the_picture_is_the_same_every_time(places):
    """The same shares give the same bytes, named and described, wide and narrow."""
    picture = draw(places, "Owners", "your clients")
    for svg in (picture.svg(), picture.narrow_svg()):
        assert ET.fromstring(svg).get("role") == "img"
        assert "Who uses which place: Owners" in svg
    assert picture.svg() == draw(places, "Owners", "your clients").svg()


def test_the_table_says_the_same_the_largest_share_first():
    """Places stand in the order of what is known best; those nothing is known of are left out."""
    picture = draw(PLACES, "Owners", "your clients")
    assert [row[0][:7] for row in picture.rows] == ["At the ", "YouTube", "A place", "X"]
    assert picture.rows[1] == ("YouTube", "84 % (82 to 86)", "92 % (65 to 99)", "88 % (75 to 95)")
    assert picture.rows[2][1:] == ("not known", "42 % (20 to 60)", "not known")
    assert "YouTube: Survey 84 % (82 to 86), your clients 92 %" in picture.desc


def test_only_marks_that_are_there_have_a_column():
    """Without clients there is the survey alone, in the picture and in its table."""
    picture = draw(PLACES[:1], "Owners", "your clients")
    assert picture.columns == ("Place", "Survey (95 % interval)")
    assert "your clients" not in picture.svg()


@pytest.mark.parametrize("width", [WIDE_MM, NARROW_MM])
def test_nothing_reaches_over_the_edge_or_into_words(width):
    """Marks and words stay within the picture, and no mark lies on a figure beside it."""
    figure = draw(PLACES, "Owners", "your clients: do you ever use it?").make(width)
    figure.canvas.draw()
    whole, axes = figure.bbox, figure.axes[0]
    texts = [text.get_window_extent() for text in axes.texts]
    for box in (*texts, *(patch.get_window_extent() for patch in axes.patches)):
        assert whole.x0 - 1 <= box.x0
        assert box.x1 <= whole.x1 + 1
        assert whole.y0 - 1 <= box.y0
    for patch in axes.patches:
        assert not any(box.overlaps(patch.get_window_extent()) for box in texts)


def test_the_larger_share_stands_further_right():
    """The marks stand where the axis says, and each line is as long as its interval."""
    figure = draw([PlaceReach("A", _estimate(50, 25, 75))], "Owners", "").make(WIDE_MM)
    lines = figure.axes[0].get_lines()
    ticks = [line.get_xdata()[0] for line in lines if len({*line.get_xdata()}) == 1]
    drawn = [line.get_xdata() for line in lines if line.get_linewidth() > 1]
    assert list(drawn[-1]) == pytest.approx([ticks[1], ticks[3]])


def test_what_somebody_typed_stays_text():
    """A name with signs of markup is shown as it is."""
    svg = draw(PLACES, "<script>", "<i>").svg()
    assert "<script>" not in svg
    assert re.search(r"&lt;b&gt;", svg)


def test_a_share_outside_its_interval_is_refused():
    """A dot beside its own line would be a lie."""
    for wrong in ((50, 60, 70), (50, -1, 60), (50, 40, 101)):
        with pytest.raises(ValueError, match="within its interval"):
            _estimate(*wrong)
