"""The command ``workbook complaint``, for programs and for people."""

from __future__ import annotations

import io
import json
import sys

import pytest

from tests.complaint.sample_plan import CALM, make_answers, make_plan
from workbook.cli import main
from workbook.storage.plan_file import PlanFile, write_plan_file

KEYS = ["path", "outcome", "severity", "owner", "clock_minutes", "deadline", "draft", "problems"]
CASE = {
    "answers": make_answers("nnyynyy"),
    "severity": CALM,
    "seen_at": "2026-05-08T17:50:00+02:00",
    "platform": "facebook",
    "text": "You came two hours late.",
}


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    """Run the command on a case; gives its exit code, standard output and error."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.json").write_bytes(write_plan_file(PlanFile(plan=make_plan())))

    def run_command(case, *options, name="case.json"):
        if case is not None and name != "-":
            raw = case if isinstance(case, bytes) else json.dumps(case).encode()
            (tmp_path / name).write_bytes(raw)
        with pytest.raises(SystemExit) as left:
            main(["complaint", "plan.json", name, *options])
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out, said.err

    return run_command


def test_programs_get_what_they_were_promised(run):
    """The eight entries, of the kinds that were agreed, and nothing else."""
    code, said, _ = run(CASE, "--json")
    found = json.loads(said)
    assert code == 0
    assert list(found) == KEYS
    assert found["path"] == ["n1", "n2", "n3", "n4", "n5", "n6", "n7"]
    assert found["outcome"] == "restore"
    assert found["severity"] == "S1"
    assert found["owner"] == "Office manager"
    assert found["clock_minutes"] == 540
    assert found["deadline"] == "2026-05-11T17:50:00+02:00"
    assert "[their name]" in found["draft"]
    assert found["problems"] == []


def test_people_read_the_same(run):
    """Title, way, who, clock, steps, place, stop rule and draft, without codes of the program."""
    code, said, _ = run(CASE)
    assert code == 0
    for part in ("Put it right (S1)", "n1 → n2", "Office manager", "Monday 11 May, 17:50", "stop"):
        assert part in said
    assert "{" not in said


def test_a_missing_answer_is_named_and_tells_scripts(run):
    """The way stops at the question; the exit code says that the case is not through."""
    code, said, _ = run({**CASE, "answers": make_answers("nny")}, "--json")
    found = json.loads(said)
    assert code == 1
    assert found["outcome"] is None
    assert found["severity"] is None
    assert found["draft"] == ""
    assert any(problem.startswith("n4 ") for problem in found["problems"])
    assert "n4" in run({**CASE, "answers": make_answers("nny")})[1]


def test_a_case_comes_from_standard_input(run, monkeypatch):
    """A dash stands for what another program writes."""
    stream = io.TextIOWrapper(io.BytesIO(json.dumps(CASE).encode()))
    monkeypatch.setattr(sys, "stdin", stream)
    assert json.loads(run(None, "--json", name="-")[1])["outcome"] == "restore"


@pytest.mark.parametrize(
    ("case", "name", "word"),
    [
        (b"{", "case.json", "damaged"),
        (b"\x00\xff", "case.json", "UTF-8"),
        (b" " * 2_000_002, "case.json", "2 MB"),
        (b"[" * 100_000, "case.json", "damaged"),
        (None, "nowhere.json", "nowhere.json"),
        (None, ".", "folder"),
    ],
)
def test_what_is_no_case_is_told_in_two_lines(run, case, name, word):
    """One sentence says what is wrong, one what to do; the exit code is 2."""
    code, said, told = run(case, name=name)
    assert code == 2
    assert said == ""
    assert word in told
    assert len(told.strip().splitlines()) == 2
    assert json.loads(run(case, "--json", name=name)[1])["error"]["id"] == "case-unreadable"


def test_signs_that_steer_a_terminal_are_left_out(run):
    """What somebody wrote cannot act on the screen of who reads it."""
    said = run({**CASE, "platform": "\x1b[2Jx\x07", "name": "\x1b[31mKim"})[1]
    assert "\x1b" not in said
    assert "\x07" not in said
