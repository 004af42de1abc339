"""The command “versions”: versions of a plan file are kept, told apart, and opened again."""

from __future__ import annotations

import json

import pytest

from workbook.calling import open_session, read_plan
from workbook.cli import main
from workbook.errors import PlanMissing

NAME = "First 90 days, to 31 March"


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    """Run the command on a new plan; gives its exit code, standard output and error."""
    monkeypatch.chdir(tmp_path)

    def run_command(*arguments):
        with pytest.raises(SystemExit) as left:
            main(["versions", *arguments])
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out, said.err

    with pytest.raises(SystemExit):
        main(["new", "plan.json"])
    capsys.readouterr()
    with open_session("plan.json") as session:
        session.answer("start.name", "Example Café")
    return run_command


def _answer(path, raw):
    with open_session("plan.json") as session:
        session.answer(path, raw)


def test_version_goes_the_whole_way(run, tmp_path):
    """A plan is named, changed, compared and opened again, and the newer one is not lost."""
    assert run("list", "plan.json")[1] == "No version is kept in plan.json.\n"
    assert run("name", "plan.json", NAME)[:2] == (0, f"The plan is kept as “{NAME}”.\n")
    _answer("start.name", "Example Bar")
    code, out, _ = run("compare", "plan.json", NAME)
    assert code == 0
    assert "1 answer differs between “First 90 days, to 31 March” and the plan as it stands" in out
    assert "start.name  [changed]\n  What is your business called?" in out
    assert "  Then: Example Café\n  Now: Example Bar" in out
    code, out, _ = run("restore", "plan.json", NAME.lower())
    assert code == 0
    assert "The plan until now is kept as “Before “First 90 days" in out
    kept = read_plan(tmp_path / "plan.json")
    assert kept.plan.start.name == "Example Café"
    assert [v.plan.start.name for v in kept.versions] == ["Example Café", "Example Bar"]
    assert run("list", "plan.json")[1].startswith("2 versions are kept, of 20 at most.")
    assert run("compare", "plan.json", NAME)[1].startswith("Nothing differs")
    assert run("remove", "plan.json", NAME)[:2] == (0, f"“{NAME}” is removed.\n")
    assert len(read_plan(tmp_path / "plan.json").versions) == 1


def test_versions_are_told_to_programs(run):
    """With --json each difference has its path, both sides and what became of it."""
    run("name", "plan.json", "One")
    _answer("start.accounts.abcd.handle", "cafe")
    run("name", "plan.json", "Two")
    document = json.loads(run("compare", "plan.json", "One", "Two", "--json")[1])
    (found,) = document["differences"]
    assert (found["path"], found["how"], found["old"]) == ("start.accounts.abcd", "added", "")
    assert "cafe" in found["new"]
    listed = json.loads(run("list", "plan.json", "--json")[1])
    assert [each["name"] for each in listed["versions"]] == ["One", "Two"]


@pytest.mark.parametrize("act", ["compare", "restore", "remove"])
def test_version_that_is_not_there_is_told(run, act):
    """An unknown name says so and what to do, and changes nothing."""
    code, out, error = run(act, "plan.json", "Spring")
    assert (code, out) == (2, "")
    assert "No version of this plan is called “Spring”" in error
    assert "list of versions" in error


def test_plan_that_is_not_there_is_told(run):
    """No plan is made where there is none."""
    code, _, error = run("list", "nothing.json")
    assert code == 2
    assert "nothing.json" in error
    with pytest.raises(PlanMissing), open_session("nothing.json"):
        pass
