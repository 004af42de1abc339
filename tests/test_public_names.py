"""What ``import workbook`` gives to those who work in Python, and how light it is."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

import workbook
from workbook.calling import read_demo
from workbook.plan import step_names

COLUMNS = ["severity", "what", "because", "do", "sure", "change", "step", "path"]
HEAVY = {
    "pydantic",
    "ipywidgets",
    "anywidget",
    "pandas",
    "numpy",
    "scipy",
    "matplotlib",
    "voila",
    "tornado",
    "sqlalchemy",
    "docx",
    "cryptography",
}
NAMES = [name for name in workbook.__all__ if not name.startswith("_")]


def _find_loaded(code: str) -> set[str]:
    """The heavy packages that a fresh Python has loaded after some code."""
    script = f"{code}\nimport sys\nprint(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )
    return HEAVY & {name.partition(".")[0] for name in done.stderr.split()}


def test_importing_the_workbook_loads_nothing_heavy():
    """A program that only wants one name does not wait for charts and widgets."""
    assert _find_loaded("import workbook") == set()


def test_the_guard_sees_what_is_loaded():
    """The test above can fail: a plan does load what shapes it."""
    assert "pydantic" in _find_loaded("import workbook; workbook.Plan")


def test_help_loads_nothing_heavy():
    """``workbook --help`` answers at once."""
    code = (
        "import contextlib, sys\nsys.argv = ['workbook', '--help']\n"
        "from workbook.cli import main\nwith contextlib.suppress(SystemExit): main()"
    )
    assert _find_loaded(code) == set()


def test_checking_a_plan_needs_neither_charts_nor_widgets(tmp_path):
    """Checks from the command line wait for no chart, widget, table or server."""
    code = (
        f"import workbook\nplan = workbook.open_plan({str(tmp_path / 'none.json')!r})\n"
        "workbook.check(plan)"
    )
    assert _find_loaded(code) <= {"pydantic"}


def test_there_are_at_most_ten_public_names():
    """What somebody has to know to begin fits on one hand or two."""
    assert 1 <= len(NAMES) <= 10


@pytest.mark.parametrize("name", NAMES)
def test_every_public_name_is_there_and_says_what_it_is(name):
    """Each name can be used, and its help is a sentence."""
    found = getattr(workbook, name)
    assert callable(found)
    assert (found.__doc__ or "").strip().split("\n")[0].endswith(".")


def test_a_name_that_does_not_exist_is_refused():
    """A mistyped name is an AttributeError as in every package."""
    with pytest.raises(AttributeError, match="strategise"):
        workbook.strategise  # noqa: B018 - asking for it is the test


def test_public_names_are_listed():
    """Completion offers them."""
    assert set(NAMES) <= set(dir(workbook))


def test_a_missing_plan_is_an_empty_one_and_no_file_is_made(tmp_path, monkeypatch):
    """Opening a plan never writes; WORKBOOK_PLAN names another, else it is plan.json."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("WORKBOOK_PLAN", raising=False)
    assert workbook.open_plan() == workbook.Plan()
    monkeypatch.setenv("WORKBOOK_PLAN", "cafe.json")
    assert workbook.open_plan() == workbook.Plan()
    assert list(tmp_path.iterdir()) == []


def test_answers_and_findings_become_tables():
    """An analyst sees every step's answers in words and raw, and every finding, by its id."""
    plan = read_demo(date(2026, 11, 21)).plan
    tables = {step: workbook.table(plan, step) for step in step_names()}
    assert tables["goals"].loc["goals.goals.goal1.target", "value"] == "8"
    assert tables["start"].loc["start.customers", "answer"] == "People, for themselves"
    assert len(workbook.table(plan)) == sum(len(found) for found in tables.values())
    found = workbook.table(workbook.check(plan))
    assert "cause-not-tracked" in found.index
    assert list(found.columns) == COLUMNS
