"""The picture of sets of places: what each reaches, how sure that is, and what it takes."""

from __future__ import annotations

import pytest
from lxml import etree

from workbook.charts.rendering import NARROW_MM, WIDE_MM
from workbook.charts.sets import SetRow, draw
from workbook.charts.style import LIGHT

ROWS = (
    SetRow("Facebook and LinkedIn", "5.7 h", 80, 40, 36, 46, "40 (36 to 46)", "80 (77 to 83)",
           is_tied=True, is_best=True),
    SetRow("Facebook <b>", "4.2 h", 40, 20, 12, 30, "20 (12 to 30)", "40", is_tied=True,
           is_chosen=True),
    SetRow("Everything there is, however dear it may be for one person", "19 h", 100, 60, 50, 70,
           "60 (50 to 70)", "100", is_tied=True, fits=False),
    SetRow("No place", "0 h", 0, 0, 0, 0, "0", "0"),
)  # fmt: skip
SHOWN = "{http://www.w3.org/2000/svg}text"


def _texts(svg):
    return [element.text for element in etree.fromstring(svg.encode()).iter(SHOWN)]


def _frames(figure):
    """The widths of the frames, one for each set, after those of the legend."""
    patches = figure.axes[0].patches
    framed = [p for p in patches if p.get_linewidth() == 0.9 and hasattr(p, "get_width")]
    return [p.get_width() for p in framed][-len(ROWS) :]


@pytest.mark.parametrize("width", [NARROW_MM, WIDE_MM])
def test_frames_are_as_long_as_sets_reach(width):
    """Twice as many who use a place make a frame twice as long; nobody makes none."""
    best, half, whole, none = _frames(draw(ROWS).make(width))
    assert half == pytest.approx(best / 2)
    assert whole == pytest.approx(best * 100 / 80)
    assert none == 0


def test_what_cannot_be_told_from_the_best_is_filled():
    """A dot is filled where the set is best or tied with it, and a ring where it is worse."""
    figure = draw(ROWS).figure
    dots = [p for p in figure.axes[0].patches if hasattr(p, "get_radius")][-len(ROWS) :]
    filled = [dot.get_facecolor() == dot.get_edgecolor() for dot in dots]
    assert filled == [True, True, True, False]


@pytest.mark.parametrize("narrow", [False, True])
def test_names_hours_and_marks_are_written(narrow):
    """Each set stands with its name, its hours, what it reaches, and whether it is tied."""
    picture = draw(ROWS)
    texts = _texts(picture.narrow_svg() if narrow else picture.svg())
    assert {"Facebook <b>", "4.2 h", "20 (12 to 30)", "your choice, tied with the best"} <= {*texts}
    assert {"reaches most", "more than your hours", "No place", "0 h"} <= {*texts}


def test_a_set_beyond_the_hours_is_marked_and_not_called_tied():
    """What does not fit into the hours is no rival of the best set."""
    picture = draw(ROWS)
    assert picture.rows[2][0].endswith("(more than your hours)")
    found = etree.fromstring(picture.svg().encode())
    marked = [e for e in found.iter(SHOWN) if e.text == "more than your hours"]
    assert marked
    assert all(LIGHT.open in (e.get("style") or "") for e in marked)


def test_the_table_holds_the_same():
    """Whoever cannot see the picture reads the same numbers and marks."""
    picture = draw(ROWS)
    assert picture.rows[0] == (
        "Facebook and LinkedIn (reaches most)", "5.7 h", "40 (36 to 46)", "80 (77 to 83)",
    )  # fmt: skip
    assert picture.rows[3] == ("No place", "0 h", "0", "0")
    assert "Facebook <b>: 20 (12 to 30), 4.2 h a week." in picture.desc
    assert picture.svg() == draw(ROWS).svg()


@pytest.mark.parametrize("shares", [(50, 60, 70), (50, 40, 120), (-1, -2, 3)])
def test_shares_lie_within_their_interval(shares):
    """A share beyond its interval, or an interval beyond all and none, is refused."""
    weighted, low, high = shares
    with pytest.raises(ValueError, match="a share lies within"):
        SetRow("Facebook", "1 h", 50, weighted, low, high, "", "")
