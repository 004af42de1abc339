"""The picture of the causes of the diagnosis."""

from __future__ import annotations

import pytest
from lxml import etree

from workbook.charts.causes import CauseCount, draw
from workbook.charts.rendering import _settings

COUNTS = (
    CauseCount("No goal", 2, 1, 3),
    CauseCount("Not tracked", 0, 2, 2),
    CauseCount("Silent", 1, 1, 4, partly=2),
    CauseCount("Advertising", 0, 0, 4),
    CauseCount("Not asked", 0, 0, 0),
)


def read_texts(svg):
    tree = etree.fromstring(svg.encode())
    return [e.text for e in tree.iter("{http://www.w3.org/2000/svg}text")]


def test_each_cause_is_counted_in_words():
    """Beside the dots stands how many of how many, and never a percentage or a grade."""
    texts = read_texts(draw(COUNTS).svg())
    assert "2 of 3, 1 to find out" in texts
    assert "0 of 2, 2 to find out" in texts
    assert "0 of 4" in texts
    assert "1 of 4, and 2 in part, 1 to find out" in " ".join(texts)
    assert "not asked yet" in texts
    assert not any("%" in text for text in texts)


@pytest.mark.parametrize("narrow", [False, True])
def test_there_is_a_dot_for_every_sign(narrow):
    """Found, half found, open and absent signs are as many dots as signs were asked about."""
    from matplotlib.patches import Circle, Wedge

    figure = draw(COUNTS).make(90 if narrow else 166)
    circles = [p for p in figure.axes[0].patches if isinstance(p, Circle)]
    legend = 4
    assert len(circles) == legend + 3 + 2 + 4 + 4
    found = [c for c in circles if c.get_facecolor()[3] == 1]
    assert len(found) == 1 + 2 + 1
    halves = [p for p in figure.axes[0].patches if isinstance(p, Wedge)]
    assert len(halves) == 1 + 2
    marks = [t.get_text() for t in figure.axes[0].texts].count("?")
    assert marks == 1 + 3 + 1


def test_the_kinds_of_dots_differ_without_colour():
    """In black and white a found sign is full, one in part half, an absent one small.

    The one to find out has a mark.
    """
    from matplotlib.patches import Wedge

    patches = draw(COUNTS).figure.axes[0].patches
    shapes = [
        "half" if isinstance(p, Wedge) else (p.get_facecolor()[3] == 1, p.radius)
        for p in patches[:5]
    ]
    full, half, around_half, opened, absent = shapes
    assert half == "half"
    assert around_half == opened
    assert len({full, opened, absent}) == 3


@pytest.mark.thorough
@pytest.mark.filterwarnings("ignore:Glyph")
@pytest.mark.parametrize("width", [166.0, 96.0])
@pytest.mark.parametrize(
    "title",
    ["There are no rules for voice, links, conduct and complaints " * 4, "W" * 120, "水管工" * 40],
)
def test_no_label_leaves_the_picture_or_runs_into_the_dots(title, width):
    """However long a title is, all of it stands inside the picture beside its dots."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure = draw((CauseCount(title, 6, 4, 13), *COUNTS)).make(width)
    with _settings():
        FigureCanvasAgg(figure).draw()
    box = figure.bbox
    for text in figure.axes[0].texts:
        extent = text.get_window_extent()
        assert extent.x0 >= box.x0 - 1
        assert extent.x1 <= box.x1
        assert extent.y0 >= box.y0
        assert extent.y1 <= box.y1
    for patch in figure.axes[0].patches:
        dot = patch.get_window_extent()
        labels = [t for t in figure.axes[0].texts if t.get_text() != "?"]
        assert not any(dot.overlaps(t.get_window_extent()) for t in labels)


def test_all_letters_of_a_broken_title_are_there():
    """A word too long for its place is broken, not shortened."""
    texts = read_texts(draw((CauseCount("x" * 200, 1, 0, 1),)).svg())
    assert sum(text.count("x") for text in texts if set(text) == {"x"}) == 200


def test_the_table_has_the_same_numbers():
    """Whoever does not see the dots reads the counts."""
    picture = draw(COUNTS)
    assert picture.columns == ("Cause", "Signs found", "In part", "To find out", "Asked about")
    assert picture.rows[0] == ("No goal", 2, 0, 1, 3)
    assert picture.rows[2] == ("Silent", 1, 2, 1, 4)


def test_the_description_names_what_stands_out():
    """The words for those who do not see it say which causes have most signs."""
    assert "No goal (2 of 3)" in draw(COUNTS).desc
    assert "Silent (1 of 4, and 2 in part)" in draw(COUNTS).desc
    assert "No sign has been found so far." in draw(COUNTS[3:]).desc
    assert draw(()).svg()


@pytest.mark.parametrize("counts", [(-1, 0, 2), (2, 1, 2), (0, 3, 2), (1, 1, 2, 1), (0, 0, 2, -1)])
def test_counts_that_contradict_each_other_are_refused(counts):
    """More signs than were asked about is a mistake of the caller."""
    with pytest.raises(ValueError, match="among those asked about"):
        CauseCount("x", *counts)
