"""The pictures of measurement: how far visits came, and what hours brought."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.charts import funnel, rates
from workbook.charts.rendering import NARROW_MM, WIDE_MM

WAYS = (
    funnel.PlaceWay(
        "Facebook",
        funnel.Step("240", 1, 1, 1),
        funnel.Step("96 of 240", 0.4, 0.34, 0.46),
        funnel.Step("31 of 240", 0.13, 0.09, 0.18),
        funnel.Step("9 of 240 · 4 % (2 to 7 %)", 0.04, 0.02, 0.07),
    ),
    funnel.PlaceWay(
        "A place <b>with</b> a name that is longer than any line of a picture has room for, on it",
        funnel.Step("0"),
        funnel.Step("not counted"),
        funnel.Step("not counted"),
        funnel.Step("none of 3", 0, 0, 0.5),
    ),
)
RATES = (
    rates.PlaceRates(
        "Facebook",
        rates.Rated(2.7, 1.1, 5.5, "2.7 (1.1 to 5.5)"),
        rates.Rated(0, 0, 1.4, "0 (0 to 1.4)"),
        "26",
    ),
    rates.PlaceRates("Nothing known", None, None, "not known"),
    rates.PlaceRates("Only sent", None, rates.Rated(4, 1, 8, "4 (1 to 8)"), "10"),
)
PICTURES = {"funnel": lambda: funnel.draw(WAYS), "rates": lambda: rates.draw(RATES)}


@pytest.mark.usefixtures("drawn_anew")
@pytest.mark.parametrize("name", PICTURES)
def test_the_picture_is_the_same_every_time(name):
    """The same numbers give the same bytes, named and described, wide and narrow."""
    picture = PICTURES[name]()
    for svg in (picture.svg(), picture.narrow_svg()):
        found = ET.fromstring(svg)
        assert found.get("role") == "img"
        assert picture.title in svg
    assert picture.svg() == PICTURES[name]().svg()


def test_the_way_as_a_table_says_what_nobody_counted():
    """Every place has its row, with the same words as beside its bars."""
    picture = funnel.draw(WAYS)
    assert picture.rows[0] == (
        "Facebook",
        "240",
        "96 of 240",
        "31 of 240",
        "9 of 240 · 4 % (2 to 7 %)",
    )
    assert picture.rows[1][1:4] == ("0", "not counted", "not counted")
    assert "Facebook: visits 240, saw what you offer 96 of 240" in picture.desc


def test_what_was_not_counted_is_no_bar():
    """A stage that nobody counted is an empty frame, one that nobody reached a bar of a sliver."""
    axes = funnel.draw(WAYS).make(WIDE_MM).axes[0]
    frames = [patch for patch in axes.patches if not patch.get_fill() or _is_clear(patch)]
    assert len(frames) == 3
    assert min(patch.get_width() for patch in axes.patches) == 1.0


def _is_clear(patch):
    return patch.get_facecolor()[3] == 0


def test_a_place_without_rates_is_in_the_table_alone():
    """It takes no room in the picture, and the table says that nobody counted."""
    picture = rates.draw(RATES)
    assert picture.rows[1] == ("Nothing known", "not known", "not counted", "not counted")
    assert "Nothing known" not in picture.svg()
    assert "Only sent: referrals 4 (1 to 8)." in picture.desc


@pytest.mark.parametrize("width", [WIDE_MM, NARROW_MM])
@pytest.mark.parametrize("name", PICTURES)
def test_nothing_reaches_over_the_edge(name, width):
    """Words, bars and marks stay within the picture."""
    figure = PICTURES[name]().make(width)
    figure.canvas.draw()
    whole, axes = figure.bbox, figure.axes[0]
    for item in (*axes.texts, *axes.patches):
        box = item.get_window_extent()
        assert box.x0 >= -1
        assert box.x1 <= whole.x1 + 1
        assert box.y0 >= -1
        assert box.y1 <= whole.y1 + 1


def test_shares_and_rates_lie_within_their_limits():
    """What cannot be is refused."""
    with pytest.raises(ValueError, match="between 0 and 1"):
        funnel.Step("more than all", 1.2, 0, 1)
    with pytest.raises(ValueError, match="below zero"):
        rates.Rated(2, 3, 4, "below its own limits")


@settings(max_examples=60)
@given(st.floats(1e-6, 1e9))
def test_the_axis_ends_at_a_round_number_beyond_the_highest(highest):
    """From nought to just above the highest value, in at most five steps of one size."""
    ticks = rates.list_ticks(highest)
    assert ticks[0] == 0
    assert highest <= ticks[-1] * (1 + 1e-9)
    assert len(ticks) <= rates.MOST_TICKS
    assert ticks[-2] < highest
