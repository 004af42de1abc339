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
    """A dot is filled where the set is best or may stand for it; one beyond the hours may not."""
    figure = draw(ROWS).figure
    dots = [p for p in figure.axes[0].patches if hasattr(p, "get_radius")][-len(ROWS) :]
    filled = [dot.get_facecolor() == dot.get_edgecolor() for dot in dots]
    assert filled == [True, True, False, False]


@pytest.mark.parametrize("narrow", [False, True])
def test_names_hours_and_marks_are_written(narrow):
    """Each set stands with its name, its hours, what it reaches, and whether it is tied."""
    picture = draw(ROWS)
    texts = _texts(picture.narrow_svg() if narrow else picture.svg())
    assert {"Facebook <b>", "4.2 h", "20 (12 to 30)", "your choice, tied with the best"} <= {*texts}
    assert {"best within the hours", "more than your hours", "No place", "0 h"} <= {*texts}


def test_a_set_beyond_the_hours_is_marked_and_not_called_tied():
    """What does not fit into the hours is no rival of the best set."""
    picture = draw(ROWS)
    assert picture.rows[2][0].endswith("(more than your hours)")
    found = etree.fromstring(picture.svg().encode())
    marked = [e for e in found.iter(SHOWN) if e.text == "more than your hours"]
    assert marked
    assert all(LIGHT.open in (e.get("style") or "") for e in marked)


@pytest.mark.usefixtures("drawn_anew")
def test_the_table_holds_the_same():
    """Whoever cannot see the picture reads the same numbers and marks."""
    picture = draw(ROWS)
    assert picture.rows[0] == (
        "Facebook and LinkedIn (best within the hours)", "5.7 h", "40 (36 to 46)", "80 (77 to 83)",
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


def test_a_set_over_the_rule_is_no_rival_of_the_best():
    """More places than one person may keep are named so, never tied; the best keeps the rule."""
    rule = {"is_ruled": True}
    picture = draw(
        (
            SetRow("Facebook and X", "7 h", 60, 36, 34, 37, "36", "60", is_tied=True,
                   is_chosen=True, keeps_rule=False, **rule),
            SetRow("Facebook", "4 h", 50, 30, 28, 32, "30", "50", is_tied=True, is_best=True,
                   **rule),
        )
    )  # fmt: skip
    assert picture.rows[0][0] == "Facebook and X (your choice, over the one-place rule)"
    assert picture.rows[1][0] == "Facebook (best that keeps to one place)"
    dots = [p for p in picture.figure.axes[0].patches if hasattr(p, "get_radius")][-2:]
    assert [d.get_facecolor() == d.get_edgecolor() for d in dots] == [False, True]


@pytest.mark.parametrize(
    ("asked", "column"),
    [
        ("", "In 100 who use one of them"),
        ("use", "In 100 clients who use one of them"),
        ("time", "In 100 clients who spend time in one of them"),
    ],
)
def test_a_picture_says_who_was_asked_what(asked, column):
    """What clients said of their time is not called use, and clients are not all people."""
    assert draw(ROWS, asked=asked).columns[-1] == column
