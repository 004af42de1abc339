"""The drill: practice cases, deals, and where a group differs."""

from __future__ import annotations

import csv
import io
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.complaint.drill import (
    DEAL,
    Result,
    compare,
    deal,
    list_rows,
    load_drill,
    read_results,
    read_way,
    write_csv,
    write_result,
    write_way,
)
from workbook.complaint.places import find_place
from workbook.complaint.rules import sums_of
from workbook.complaint.severity import Level, load_scores
from workbook.complaint.tree import load_tree, walk
from workbook.plan import Plan

CASES = load_drill()
SUMS = sums_of(Plan())
EXPECTED = {
    "threat": "emergency S4", "self_harm": "emergency S4", "allergy": "emergency S4",
    "data_leak": "legal S4", "own_number": "legal S3", "regulator": "legal S4",
    "press": "legal S4", "lawyer": "legal S4",
    "spam": "ignore_or_report S1", "wrong_business": "ignore_or_report S1",
    "fake_review": "ignore_or_report S1",
    "praise": "thank S1", "praise_question": "thank S1", "influencer": "thank S1",
    "outage": "restore_escalate S3", "late": "restore S1", "cold_food": "restore S1",
    "refund_big": "restore_escalate S2", "repeat_caller": "restore_escalate S3",
    "unclear_true": "restore S1", "stars_only": "ask S1", "wrong_price": "correct S1",
    "wrong_shop": "restore S1", "satire": "let_stand S1", "rant": "let_stand S1",
    "troll": "monitor S1", "hate_page": "monitor S1", "vague": "ask S1",
    "employee": "restore_escalate S2", "accident_rumour": "correct S3",
}  # fmt: skip
KINDS = (
    "threat", "data leak", "outage", "true, and we can", "true, and we cannot", "honest error",
    "satire", "troll", "praise with a question", "press", "regulator", "influencer",
    "repeat caller", "one-star review without text", "fake review",
)  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_each_case_goes_the_way_it_says(name):
    """The answers of a case are just those of its way, and end in the outcome and level named."""
    case = CASES[name]
    way = walk(case.answers)
    assert way.outcome
    assert write_way(way) == case.way.upper()
    level = compare(case, case.answers, None, sums=SUMS).our_level
    assert f"{way.outcome} {level.value}" == EXPECTED[name]


@pytest.mark.parametrize("name", CASES)
def test_each_case_can_be_answered(name):
    """It says what was written, where, what is known, and why at questions on its way."""
    case = CASES[name]
    assert case.words
    assert case.known.endswith(".")
    assert case.why.endswith(".")
    assert case.at
    assert set(case.at) <= set(walk(case.answers).path)
    assert find_place(case.platform) is not None
    assert set(case.scores) <= set(load_scores())
    assert all(value in (1, 2) for value in case.scores.values())


def test_the_drill_is_varied():
    """At least 24 cases, of every kind that was asked for, and every outcome twice."""
    assert len(CASES) >= 24
    assert {case.kind for case in CASES.values()} >= set(KINDS)
    ends = Counter(walk(case.answers).outcome for case in CASES.values())
    assert set(ends) == set(load_tree().outcomes)
    assert min(ends.values()) >= 2
    assert len({case.platform for case in CASES.values()}) >= 5


def test_a_deal_is_the_same_for_everybody():
    """Five cases with five outcomes; the number alone decides which."""
    assert [case.id for case in deal(7)] == [
        "fake_review", "allergy", "praise", "hate_page", "cold_food",
    ]  # fmt: skip
    for number in range(40):
        ends = [walk(case.answers).outcome for case in deal(number)]
        assert len(ends) == len(set(ends)) == DEAL
    dealt = Counter(case.id for number in range(60) for case in deal(number))
    assert set(dealt) == set(CASES)


def test_a_difference_is_named_with_the_question():
    """Who takes a joke for a complaint learns where the ways parted."""
    case = CASES["satire"]
    found = compare(case, read_way("nnynnyy"), Level.S1, sums=SUMS)
    assert found.turned == "n6"
    assert found.yours.outcome == "restore"
    assert found.ours.outcome == "let_stand"
    assert not found.is_same


def test_the_same_way_is_the_same():
    """Whoever answers as we do differs in nothing."""
    for case in CASES.values():
        level = compare(case, {}, None, sums=SUMS).our_level
        found = compare(case, case.answers, level, sums=SUMS)
        assert found.is_same
        assert found.turned == ""


def test_an_unfinished_way_turned_nowhere():
    """Missing answers are no other answers."""
    found = compare(CASES["late"], {"n1": False}, None, sums=SUMS)
    assert found.turned == ""
    assert not found.is_same


_WAYS = st.lists(
    st.sampled_from([case.way.upper() for case in CASES.values()]), min_size=1, max_size=5
)
_NAMES = st.sampled_from(["Kim", "Ana Maria", "Zoë", "7", "O\u2019Neil", "team 2"])


@settings(max_examples=40)
@given(_NAMES, st.integers(1, 9999), _WAYS, st.sampled_from([*Level, None]))
def test_a_result_reads_back_as_it_was_written(who, number, ways, level):
    """The line that is sent or read out holds all of a result."""
    result = Result(who, number, tuple(ways), (level,) * len(ways))
    found, unread = read_results(write_result(result))
    assert found == (result,)
    assert unread == ()


@pytest.mark.parametrize(
    "line", ["hello", "7", "7:", "Kim: NNY", "7: NNYX", "7: NNY5", ": NNY", "Kim 12345: NNY"]
)
def test_what_is_no_result_is_told(line):
    """A line that cannot be read is shown, and the others are read."""
    found, unread = read_results(f"{line}\nKim 7: NNY1 -")
    assert unread == (line,)
    assert [result.who for result in found] == ["Kim"]


@settings(max_examples=40)
@given(st.text(max_size=200))
def test_any_paste_is_read_or_told(text):
    """Nothing that is pasted breaks the comparison."""
    found, _ = read_results(text)
    list(list_rows(found))
    write_csv(found)


def test_results_are_compared_by_case():
    """For each case stand all ways side by side; another deal is left aside."""
    found, _ = read_results("Kim 7: NNN1 Y4\nAlex 7: NNN1 NY3\nPat 8: Y4")
    rows = list(list_rows(found))
    assert len(rows) == DEAL
    case, ways = rows[1]
    assert case.id == "allergy"
    assert [(result.who, way.outcome, level) for result, way, level in ways] == [
        ("Kim", "emergency", Level.S4),
        ("Alex", "legal", Level.S3),
    ]


def test_the_table_for_spreadsheets_runs_nothing():
    """A name that looks like a formula is text in the file."""
    raw = write_csv([Result("=1+1", 7, ("Y",), (Level.S4,))]).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(raw)))
    assert rows[0] == ["deal", "who", "case", "way", "outcome", "level"]
    assert rows[1] == ["7", "'=1+1", "fake_review", "Y", "emergency", "S4"]
