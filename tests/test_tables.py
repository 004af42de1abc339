"""Answers and findings as tables for the analyst."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from tests.exports.sample_plans import PLANS as SAMPLES
from tests.exports.sample_plans import TODAY, make_blocked
from tests.storage.any_plan import PLANS
from workbook.checks import run
from workbook.content import load_step
from workbook.plan import Plan, step_names
from workbook.tables import table


COLUMNS = ["severity", "what", "because", "do", "sure", "change", "step", "path"]


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("step", ["", *step_names()])
def test_answers_of_a_step(sample, step):
    """Each answer stands in a row with its question, in words and raw, by its path."""
    found = table(SAMPLES[sample](), step)
    assert list(found.columns) == ["question", "answer", "value"]
    assert found.index.name == "path"
    assert found.index.is_unique
    assert len(found) >= (len(load_step(step).questions) if step else 50)
    assert all(path.startswith(step) for path in found.index)


def test_answers_read_in_words():
    """A number, a choice and a list read as a person writes them."""
    found = table(SAMPLES["finished"](), "start")
    assert found.loc["start.people", "value"] == "4"
    assert found.loc["start.accounts.acc1.handle", "answer"] == "exampleplumbing"
    assert "{" not in " ".join(found["answer"])


def test_earlier_rounds_are_left_to_the_diagnosis():
    """What the workbook keeps by itself is no answer to a question, and has no row."""
    plan = SAMPLES["finished"]()
    assert plan.diagnosis.earlier
    assert not [path for path in table(plan, "diagnosis").index if "earlier" in path]


def test_findings_as_a_table():
    """Each finding stands in a row with what to do, by its id."""
    found = run(make_blocked(), TODAY)
    rows = table(found)
    assert list(rows.index) == [finding.id for finding in found]
    assert list(rows.columns) == COLUMNS
    assert len(table(())) == 0


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(PLANS)
def test_any_plan_makes_a_table(plan):
    """Whatever was answered, it can be shown as a table."""
    assert len(table(plan)) >= len(table(Plan())) - 10
