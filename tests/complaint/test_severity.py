"""How severe a case is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.complaint.rules import sums_of
from workbook.complaint.severity import Level, load_scores, load_tiers, weigh
from workbook.complaint.tree import load_tree
from workbook.plan import Plan, replace_answer

NAMES = tuple(load_scores())
SUMS = sums_of(Plan())
OUTCOMES = load_tree().outcomes
FULL = st.fixed_dictionaries({name: st.integers(0, 2) for name in NAMES})


def _scores(*values):
    return dict(zip(NAMES, values, strict=True))


@pytest.mark.parametrize(
    ("scores", "level"),
    [
        ((0, 0, 0, 0, 0, 0, 0), "S1"),
        ((0, 0, 2, 0, 0, 0, 0), "S1"),
        ((0, 0, 1, 1, 1, 0, 0), "S2"),
        ((0, 0, 2, 2, 1, 0, 0), "S2"),
        ((1, 0, 2, 2, 1, 0, 0), "S3"),
        ((0, 0, 2, 2, 2, 2, 0), "S3"),
        ((1, 0, 2, 2, 2, 2, 0), "S4"),
        ((2, 0, 0, 0, 0, 0, 0), "S4"),
        ((0, 2, 0, 0, 0, 0, 0), "S4"),
        ((0, 0, 0, 0, 0, 0, 2), "S1"),
    ],
)
def test_sums_and_the_two_that_decide(scores, level):
    """A sum up to 2, 5 and 8 is S1, S2 and S3; danger or law alone is S4."""
    assert weigh(_scores(*scores), sums=SUMS).level == level


def test_the_tree_sets_a_floor():
    """An emergency is S4 whatever the scores, a case of law at least S3."""
    nothing = _scores(0, 0, 0, 0, 0, 0, 0)
    assert weigh(nothing, OUTCOMES["emergency"], sums=SUMS).level is Level.S4
    assert weigh(nothing, OUTCOMES["legal"], sums=SUMS).level is Level.S3
    assert weigh({"legal": 2}, OUTCOMES["legal"], sums=SUMS).level is Level.S4
    assert weigh(nothing, OUTCOMES["restore"], sums=SUMS).level is Level.S1


def test_missing_scores_are_named_where_they_could_matter():
    """What is not given counts as 0 and is named, unless nothing can raise the level."""
    assert weigh({"fault": 1}, OUTCOMES["restore"], sums=SUMS).missing == tuple(
        name for name in NAMES if name != "fault"
    )
    assert weigh({"safety": 2}, OUTCOMES["restore"], sums=SUMS).missing == ()
    assert weigh({}, OUTCOMES["thank"], sums=SUMS).missing == ()
    assert weigh({}, OUTCOMES["emergency"], sums=SUMS).missing == ()


@pytest.mark.parametrize("value", [3, -1, True, "2", 1.0, None, [2], 10**30])
def test_only_three_numbers_are_scores(value):
    """Anything but 0, 1 and 2 counts as not given."""
    found = weigh({"safety": value}, OUTCOMES["restore"], sums=SUMS)
    assert found.level is Level.S1
    assert "safety" in found.missing


@settings(max_examples=40)
@given(FULL, st.sampled_from(NAMES), st.sampled_from([None, *OUTCOMES.values()]))
def test_a_higher_score_never_makes_a_case_milder(scores, name, outcome):
    """Raising any score keeps or raises the level, and no level is below the floor."""
    level = weigh(scores, outcome, sums=SUMS).level
    raised = weigh({**scores, name: min(scores[name] + 1, 2)}, outcome, sums=SUMS).level
    assert raised.rank >= level.rank
    assert level.rank >= (outcome.floor if outcome else 1)


def test_a_business_sets_its_own_sums():
    """Who wants S2 to begin earlier changes the number, and it holds."""
    plan = replace_answer(Plan(), "own_defaults.complaints.s1_most", 0)
    assert weigh({"fault": 1}, sums=sums_of(plan)).level is Level.S2


def test_every_score_and_level_is_worded():
    """Seven scores with three answers each, and four levels, in words."""
    assert len(NAMES) == 7
    assert all(len(score.options) == 3 for score in load_scores().values())
    assert list(load_tiers()) == list(Level)
