"""The picture of the complaint tree."""

from __future__ import annotations

import hashlib
import subprocess
import sys

import pytest
from lxml import etree

from workbook.charts.decision_tree import THICK, draw
from workbook.charts.rendering import _settings
from workbook.charts.style import LIGHT
from workbook.complaint.tree import load_tree, walk

TREE = load_tree()
HALF = walk({"n1": False, "n2": False, "n3": True, "n4": True, "n5": False, "n6": True})
FULL = walk({"n1": False, "n2": True})
PRINT = (
    "import hashlib; from workbook.charts.decision_tree import draw;"
    "from workbook.complaint.tree import load_tree, walk;"
    "p = draw(load_tree(), walk({'n1': False, 'n2': True}));"
    "print(hashlib.sha256((p.svg() + p.narrow_svg()).encode()).hexdigest())"
)


def _texts(svg):
    tree = etree.fromstring(svg.encode())
    return [e.text for e in tree.iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize("width", [166.0, 96.0])
def test_everything_stands_inside_and_nothing_runs_into_another(width):
    """Every question and outcome can be read, on paper and on a phone."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure = draw(TREE, HALF).make(width)
    with _settings():
        FigureCanvasAgg(figure).draw()
    extents = [text.get_window_extent() for text in figure.axes[0].texts]
    for extent in extents:
        assert extent.x0 >= figure.bbox.x0
        assert extent.x1 <= figure.bbox.x1
        assert extent.y0 >= figure.bbox.y0
        assert extent.y1 <= figure.bbox.y1
    for number, extent in enumerate(extents):
        assert not any(extent.shrunk(1, 0.7).overlaps(other) for other in extents[number + 1 :])


def test_every_question_and_outcome_is_in_the_picture():
    """Ten numbered questions, ten outcomes, what is noted, and a word on each way."""
    shown = " ".join(_texts(draw(TREE).svg()))
    for node in TREE.questions.values():
        assert f"{node.number} {node.short}" in shown
        assert node.note in shown
    for outcome in TREE.outcomes.values():
        assert outcome.short in shown
    words = _texts(draw(TREE).svg())
    assert words.count("yes") + words.count("no") == 20
    assert "Thank them, answer" in words


def test_the_way_taken_shows_without_colour():
    """Questions on the way have thick lines, and where it stands is filled."""
    from matplotlib.colors import to_hex
    from matplotlib.patches import FancyBboxPatch

    def boxes(way):
        found = draw(TREE, way).figure.axes[0].patches
        return [patch for patch in found if isinstance(patch, FancyBboxPatch)]

    thick = [box for box in boxes(HALF) if box.get_linewidth() == THICK]
    filled = [box for box in boxes(HALF) if to_hex(box.get_facecolor()) == LIGHT.accent]
    assert len(thick) == len(HALF.path) + 2
    assert len(filled) == 1
    assert not [box for box in boxes(None) if box.get_linewidth() == THICK]
    assert len(boxes(None)) == 21


def test_the_table_says_the_same():
    """Where each answer leads, and how this case went."""
    picture = draw(TREE, HALF)
    assert picture.columns == ("Question", "If yes", "If no", "Your way")
    assert picture.rows[0] == (
        "1: Danger, hate, or a threat?", "Keep people safe",
        "2: Law, authority, press or personal details?", "no",
    )  # fmt: skip
    assert [row[3] for row in picture.rows][:8] == [
        "no", "no", "yes", "yes", "no", "yes", "you are here", "",
    ]  # fmt: skip
    assert picture.rows[3][1] == "Note: needs an answer. Then 5: Praise, or neutral?"
    assert picture.rows[3][2] == "5: Praise, or neutral?"
    assert len(draw(TREE).columns) == 3


def test_the_description_says_where_one_stands():
    """Who does not see the picture hears the place and the way there."""
    assert "You are at “Can we put it right ourselves?”" in draw(TREE, HALF).desc
    assert "after 1, 2." in draw(TREE, FULL).desc
    assert "ends at “Hand to the owner”" in draw(TREE, FULL).desc
    assert "begins with “Danger" in draw(TREE).desc
    assert "no question" in draw(TREE, walk({})).desc


@pytest.mark.server
def test_the_same_way_has_the_same_bytes_everywhere():
    """Another process with other hash seeds draws the same."""
    done = subprocess.run(
        [sys.executable, "-c", PRINT],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": "7", "PYTHONPATH": ":".join(sys.path), "MPLBACKEND": "svg"},
    )
    picture = draw(TREE, FULL)
    both = (picture.svg() + picture.narrow_svg()).encode()
    assert done.stdout.strip() == hashlib.sha256(both).hexdigest()
