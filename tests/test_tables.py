"""Answers and findings as tables for the analyst."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from tests.exports.sample_plans import PLANS as SAMPLES
from tests.exports.sample_plans import TODAY, make_blocked
from tests.storage.any_plan import PLANS
from workbook.calling import make_plan, open_plan, open_session
from workbook.checks import run
from workbook.content import load_step
from workbook.plan import Plan, step_names
from workbook.tables import chart, table

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


def test_a_list_has_a_row_for_each_entry():
    """Numbers and days are such, all else is in words, and the questions' labels come along."""
    import pandas as pd

    found = table(SAMPLES["finished"](), "start.accounts")
    assert list(found.index)
    assert found.attrs["labels"]["handle"] == "What is the account called there?"
    goal = "goals.goals.gol1"
    plan = Plan().suppose({f"{goal}.target": 8, f"{goal}.due": "2027-03-31"})
    goals = table(plan, "goals.goals")
    assert goals["target"].tolist() == [8.0]
    assert goals["baseline"].isna().all()
    assert goals["due"].tolist() == [pd.Timestamp(2027, 3, 31)]
    assert list(table(Plan(), "goals.goals").columns) == list(goals.columns)


def test_findings_of_one_step_in_order_of_weight():
    """Weights are in order, so that they sort and compare."""
    found = table(run(make_blocked(), TODAY))
    assert found["severity"].cat.ordered
    assert found["severity"].is_monotonic_increasing
    step = found["step"].iloc[0]
    assert set(table(run(make_blocked(), TODAY), step)["step"]) == {step}


@pytest.mark.parametrize("name", ["gaols", "goals.aim", "goals.gaols"])
def test_a_mistyped_name_is_answered_with_those_there_are(name):
    """Nobody gets an empty table for a slip of the keyboard."""
    with pytest.raises(ValueError, match=r"there are|a list is named"):
        table(Plan(), name)
    with pytest.raises(ValueError, match="no step"):
        chart(Plan(), name)


def test_a_step_without_a_chart_says_which_have_one():
    """Rules of conduct have no chart."""
    with pytest.raises(ValueError, match="there is one of start"):
        chart(Plan(), "conduct")


def test_a_chart_is_shown_under_its_title_and_said_in_words():
    """A notebook gets pixels and words; the words hold the numbers."""
    shown, about = chart(SAMPLES["finished"](), "mix")._repr_mimebundle_()
    assert shown["image/png"].startswith(b"\x89PNG")
    assert about["image/png"]["alt"] == shown["text/plain"]
    assert "entries in all" in shown["text/plain"]


def test_supposing_changes_nothing_but_the_copy():
    """Other answers make another plan; what cannot be read is refused by its path."""
    plan = SAMPLES["finished"]()
    other = plan.suppose({"start.hours_per_week": 2.5, "goals.objectives": ["leads"]})
    assert other.start.hours_per_week == 2.5
    assert plan == SAMPLES["finished"]()
    assert plan.suppose({}) is plan
    assert plan.suppose({"start.name": None}).start.name is None
    for path, raw in (
        ("start.hours_per_week", "many"),
        ("start.no", 1),
        ("goals.goals.gol1.id", "b"),
    ):
        with pytest.raises(ValueError, match=path):
            plan.suppose({path: raw})


def test_the_example_stands_in_for_an_empty_plan(tmp_path):
    """Only where it is asked for, and only while nothing is answered."""
    path = tmp_path / "plan.json"
    assert open_plan(path) == Plan()
    assert open_plan(path, example=True).start.name == "A plumbing company (example)"
    make_plan(path, demo=False)
    assert open_plan(path, example=True) != Plan()
    with open_session(path) as session:
        session.answer("start.name", "Ours")
    assert open_plan(path, example=True).start.name == "Ours"
