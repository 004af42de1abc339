"""The picture of amounts: bars told by their filling, with limits where there are any."""

from __future__ import annotations

from datetime import date

import pytest
from lxml import etree

from tests.exports.sample_plans import PLANS
from workbook.charts.bars import EMPTY, FULL, STRIPED, Part, Row, Words, draw
from workbook.plan import Plan
from workbook.tables import chart, table

ROWS = (
    Row("<b>One", (Part(FULL, 3), Part(STRIPED, 1)), "4", (2.0, 6.0)),
    Row("Two", (Part(EMPTY, 8),), "8"),
    Row("None", (), "not known"),
)
WORDS = Words("Amounts", "Two bars.", ("What", "How many"), ((FULL, "now"), (EMPTY, "then")))
TABLE = (("<b>One", 4), ("Two", 8), ("None", "not known"))


def _patches(width, rows=ROWS):
    from matplotlib.patches import Rectangle

    (axes,) = draw(rows, TABLE, WORDS, name="amounts").make(width).axes
    return [p for p in axes.patches if isinstance(p, Rectangle)][len(WORDS.keys) :]


@pytest.mark.parametrize("width", [96, 166])
def test_more_is_longer_and_parts_follow_each_other(width):
    """A bar begins where the one before it ends, and none leaves the picture."""
    first, second, other = _patches(width)
    assert second.get_x() == pytest.approx(first.get_x() + first.get_width())
    assert first.get_width() == pytest.approx(3 * second.get_width())
    assert other.get_width() == pytest.approx(8 * second.get_width())
    assert other.get_x() + other.get_width() <= width / 25.4 * 72


def test_fillings_differ_in_shape():
    """Whoever sees no colours tells the bars apart as well."""
    looks = {(p.get_hatch(), p.get_facecolor() == p.get_edgecolor()) for p in _patches(166)}
    assert len(looks) == 3


def test_words_stay_words_and_numbers_stand_in_a_table():
    """Markup in a name is text, and the same numbers stand in the table."""
    picture = draw(ROWS, TABLE, WORDS, name="amounts")
    text = etree.fromstring(picture.svg().encode()).iter("{http://www.w3.org/2000/svg}text")
    assert {"<b>One", "now", "not known"} <= {each.text for each in text}
    assert picture.rows == TABLE


def test_nothing_is_no_bar():
    """An amount below nothing is refused; no rows, or rows of nothing, make an empty picture."""
    with pytest.raises(ValueError, match="shorter"):
        Part(FULL, -1)
    assert _patches(166, (Row("Nought", (Part(FULL, 0),), "0"),)) == []
    assert draw((), (), WORDS, name="nothing").svg().startswith("<svg")


CHARTED = ("start", "goals", "complaints", "mix", "integration", "review")


@pytest.mark.parametrize("step", ["", *CHARTED])
def test_charts_of_steps_tell_the_plan(step):
    """Each has its numbers as a table with as many rows, and words that need no picture."""
    for plan in (PLANS["finished"](), Plan()):
        picture = chart(plan, step)
        assert picture.title
        assert picture.desc.endswith((".", "?", "”"))
        assert len(table(picture)) == len(picture.rows)
        assert list(table(picture).columns) == list(picture.columns)


def test_a_goal_is_shown_beside_what_chance_may_bring():
    """Three a month may be one to seven next month, so a target of five may be luck."""
    plan = PLANS["finished"]()
    goal = plan.goals.goals[0].id
    numbers = {"metric": "leads_per_month", "baseline": 3, "target": 5}
    shown = chart(plan.suppose({f"goals.goals.{goal}.{n}": v for n, v in numbers.items()}), "goals")
    row = table(shown).iloc[0]
    assert (row["Now"], row["If nothing changes"], row["Wanted"]) == ("3", "1 to 7", "5")


def test_what_is_late_and_done_is_told_apart():
    """An action past its day is striped, a done one empty."""
    from workbook.steps.integration.picture import draw_step

    action = "integration.actions.act1"
    plan = Plan().suppose(
        {f"{action}.what": "Ring", f"{action}.hours": 2, f"{action}.due": "2027-01-01"}
    )
    late = draw_step(plan, date(2027, 2, 1)).figure.axes[0].patches[-1]
    early = draw_step(plan, date(2026, 12, 1)).figure.axes[0].patches[-1]
    done = draw_step(plan.suppose({f"{action}.done": "yes"}), date(2027, 2, 1)).figure.axes[0]
    assert (early.get_hatch(), bool(late.get_hatch())) == (None, True)
    assert early.get_facecolor() != done.patches[-1].get_facecolor()
