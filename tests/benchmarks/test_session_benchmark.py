"""The benchmark of a session runs, and what must be cheap is cheap beside the rest."""

from __future__ import annotations

import pytest
from benchmark_session import fill_plan, finish_plan, measure

from workbook.storage.plan_file import PlanFile, write_plan_file


def test_the_benchmark_measures_a_large_plan() -> None:
    """The plan in it has the size a business may reach, so that its figures mean something."""
    assert 180_000 < len(write_plan_file(PlanFile(plan=fill_plan()))) < 300_000


def test_the_benchmark_measures_a_finished_plan() -> None:
    """The other plan is what a business has that went all the way."""
    plan = finish_plan()
    assert (len(plan.goals.goals), len(plan.start.accounts)) == (3, 8)
    assert 12_000 < len(write_plan_file(PlanFile(plan=plan), indent=None)) < 100_000


@pytest.mark.thorough
def test_looking_for_a_newer_plan_is_cheaper_than_reading_it() -> None:
    """A page may look before every answer, since that costs a fraction of loading the plan."""
    found = {name: middle for name, (middle, _) in measure(rounds=7).items()}
    for place in ("database", "file"):
        assert found[f"{place}: look"] < found[f"{place}: load"] / 2
    assert found["answer to saved, one answer"] < found["answer to saved, full plan"]
