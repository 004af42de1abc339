"""The complaint tree: where each way leads, and what it waits for."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.complaint.draft import list_templates
from workbook.complaint.tree import load_tree, walk
from workbook.evidence import load_sources

NODES = tuple(f"n{number}" for number in range(1, 11))

WAYS = [
    ("y", "emergency", "n1"),
    ("ny", "legal", "n1 n2"),
    ("nnn", "ignore_or_report", "n1 n2 n3"),
    ("nnyny", "thank", "n1 n2 n3 n4 n5"),
    ("nnyyy", "thank", "n1 n2 n3 n4 n5"),
    ("nnynnyy", "restore", "n1 n2 n3 n4 n5 n6 n7"),
    ("nnynnyn", "restore_escalate", "n1 n2 n3 n4 n5 n6 n7"),
    ("nnynnn-y", "correct", "n1 n2 n3 n4 n5 n6 n8"),
    ("nnynnn-ny", "let_stand", "n1 n2 n3 n4 n5 n6 n8 n9"),
    ("nnynnn-nny", "monitor", "n1 n2 n3 n4 n5 n6 n8 n9 n10"),
    ("nnynnn-nnn", "ask", "n1 n2 n3 n4 n5 n6 n8 n9 n10"),
]


def _answers(letters):
    """Answers to n1, n2 and so on, “-” standing for one that is not given."""
    return {
        node: letter == "y" for node, letter in zip(NODES, letters, strict=False) if letter != "-"
    }


@pytest.mark.parametrize(("letters", "outcome", "path"), WAYS)
def test_each_way_leads_where_it_should(letters, outcome, path):
    """Safety, law and truth come before tone, and every way has one end."""
    found = walk(_answers(letters))
    assert found.outcome == outcome
    assert found.path == tuple(path.split())
    assert found.missing == ""


def test_every_outcome_is_reached():
    """No outcome stands beside the tree, and there are ten."""
    assert {outcome for _, outcome, _ in WAYS} == set(load_tree().outcomes)
    assert len(load_tree().outcomes) == 10
    assert tuple(load_tree().questions) == NODES


@pytest.mark.parametrize(("letters", "outcome", "path"), WAYS)
def test_a_way_waits_for_the_first_answer_that_is_missing(letters, outcome, path):
    """Without one answer of its way, a case names that question and has no outcome."""
    for node in path.split():
        given = {key: value for key, value in _answers(letters).items() if key != node}
        found = walk(given)
        assert found.missing == node
        assert found.outcome == ""
        assert found.path == tuple(path.split()[: path.split().index(node)])


@pytest.mark.parametrize("value", [None, "yes", "true", 1, 0, [], {}, 1.0])
def test_only_yes_and_no_are_answers(value):
    """Anything else than true and false is waited for, never read as one of them."""
    assert walk({"n1": value}).missing == "n1"


def test_a_question_is_remembered_whatever_the_way():
    """Who asked for something gets an answer, in praise and in a complaint."""
    assert walk(_answers("nnyyy")).needs_answer
    assert walk(_answers("nnyynyy")).needs_answer
    assert not walk(_answers("nnyny")).needs_answer


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from([*NODES, "n11", ""]), st.booleans() | st.none()))
def test_any_answers_come_to_an_outcome_or_name_a_question(answers):
    """A way ends once, asks nothing twice, and leaves other answers aside."""
    found = walk(answers)
    assert bool(found.outcome) != bool(found.missing)
    assert len(set(found.path)) == len(found.path)
    kept = {node: answers[node] for node in found.path}
    assert walk(kept).path == found.path


def test_full_answers_always_reach_an_outcome():
    """All 1,024 sets of answers come to one of the ten outcomes."""
    ends = {
        walk(dict(zip(NODES, answers, strict=True))).outcome
        for answers in product((True, False), repeat=10)
    }
    assert ends == set(load_tree().outcomes)


def test_outcomes_say_what_to_do():
    """Each outcome has steps, a place, a stop rule, and a draft where there is one."""
    drafts = set(list_templates()) | {""}
    for outcome in load_tree().outcomes.values():
        assert outcome.steps
        assert outcome.pattern.endswith(".")
        assert outcome.stop.endswith(".")
        assert {outcome.template, outcome.asked, outcome.review} <= drafts
        assert 1 <= outcome.floor <= outcome.people <= 4
    assert set(load_tree().sources) <= set(load_sources())


def test_a_translation_changes_words_and_never_the_way(monkeypatch):
    """Whatever a translation says, each answer leads where it leads in English."""
    from workbook import content
    from workbook.discovery import read_toml

    over = {"questions": {"n1": {"ask": "Gefahr?", "yes": "thank", "no": "nowhere"}}}
    there = content.exists
    place = "translations/qq/complaint/tree.toml"
    monkeypatch.setattr(content, "exists", lambda path: path == place or there(path))
    monkeypatch.setattr(
        content, "read_toml", lambda path: over if path == place else read_toml(path)
    )
    tree = load_tree("qq")
    assert tree.questions["n1"].ask == "Gefahr?"
    assert tree.questions["n1"].yes == "emergency"
    assert tree.questions["n2"] == load_tree().questions["n2"]
