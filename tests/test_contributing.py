"""What CONTRIBUTING tells somebody to do is done here, in a copy, and works."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.__main__ import GROUPS, ON_REQUEST, choose_groups
from workbook.discovery import root

ROOT = Path(str(root())).parent
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
STEP = re.compile(
    r"^<!-- (file|add to|run)(?:: (.+?))? -->\n```\w+\n(.*?)^```$", re.DOTALL | re.MULTILINE
)
COPIED = ("workbook", "notebooks", "tests", "binder", ".ci", ".github")
OVERVIEWS = ("00_start", "11_finish")
"""Notebooks that show every step."""
CHECKED = GROUPS["notebooks"][0][:-1]
SHIM = f'#!/bin/sh\nexec "{sys.executable}" -m workbook "$@"\n'


def split_parts(level: int) -> dict[str, str]:
    """The text under each heading down to a level; what looks like one in code is none."""
    parts, title, inside = {"": ""}, "", False
    for line in TEXT.splitlines(keepends=True):
        inside ^= line.startswith("```")
        if not inside and (found := re.fullmatch(rf"#{{1,{level}}} (.+)\n", line)):
            title = found[1]
            parts[title] = ""
        else:
            parts[title] += line
    return parts


PARTS, SMALL_PARTS = split_parts(2), split_parts(3)
EXAMPLES = [name for name in SMALL_PARTS if f"### {name}\n" in PARTS["Worked examples"]]


@pytest.fixture
def copy(tmp_path):
    """A copy of the project, and an environment in which it is the one that is used."""
    leave = shutil.ignore_patterns("__pycache__", "*.lock")
    for name in COPIED:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=leave)
    for path in ROOT.iterdir():
        if path.is_file() and not path.match("plan*.json"):
            shutil.copyfile(path, tmp_path / path.name)
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "workbook").write_text(SHIM, encoding="utf-8")
    (programs / "workbook").chmod(0o755)
    return tmp_path


def add_lines(path: Path, after: str, lines: str) -> None:
    """Put lines behind the first that says so, however far it is set in."""
    text = path.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next((n for n, line in enumerate(text) if line.strip() == after), None)
    assert at is not None, f"{path.name} has no line “{after}”"
    path.write_text("".join([*text[: at + 1], lines, *text[at + 1 :]]), encoding="utf-8")


def type_line(line: str, folder: Path) -> None:
    """Run one command as somebody in the folder would."""
    here = os.pathsep.join([str(folder / "programs"), str(Path(sys.executable).parent)])
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("WORKBOOK_", "PYTEST_"))}
    done = subprocess.run(
        ["/bin/sh", "-c", line],
        cwd=folder,
        env={**kept, "PATH": f"{here}:{os.environ['PATH']}", "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{line}\n{done.stdout[-6000:]}\n{done.stderr[-2000:]}"


@pytest.mark.thorough
@pytest.mark.parametrize("title", EXAMPLES)
def test_a_worked_example_works_to_the_letter(title, copy):
    """Whoever writes the files, adds the lines and types the commands has added the thing.

    The notebooks that go over all steps, and those the example makes anew, are green afterwards.
    """
    steps = STEP.findall(SMALL_PARTS[title])
    assert steps[-1][0] == "run"
    for kind, where, text in steps:
        if kind == "file":
            assert not (copy / where).exists(), where
            (copy / where).parent.mkdir(parents=True, exist_ok=True)
            (copy / where).write_text(text, encoding="utf-8")
        elif kind == "add to":
            path, _, after = where.partition(" after ")
            add_lines(copy / path, after, text)
        else:
            for line in text.splitlines():
                type_line(line, copy)
    named = re.findall(r"^python -m tests\.notebooks\.outputs (.+)$", steps[-1][2], re.MULTILINE)
    shown = sorted({*OVERVIEWS, *" ".join(named).split()})
    type_line(
        f"{shlex.join(CHECKED)} {' '.join(f'notebooks/{name}.ipynb' for name in shown)}", copy
    )


def test_there_is_an_example_of_each_kind():
    """A question, a step and a format; every block of code in them is one that is followed."""
    assert EXAMPLES == ["Add a question", "Add a step", "Add a format"]
    part = PARTS["Worked examples"]
    assert len(STEP.findall(part)) == len(re.findall(r"^```\w+$", part, re.MULTILINE))


def test_commands_of_the_table_are_there():
    """Each task of a developer has one command, and what it calls exists."""
    table = re.findall(r"^\| ([^|]+) \| (`.+`.*) \|$", PARTS["Begin"], re.MULTILINE)
    tasks = " ".join(task for task, _ in table)
    for task in ("format", "lint", "types", "quick tests", "everything", "benchmarks", "gallery"):
        assert task in tasks, task
    for command in (c for _, cell in table for c in re.findall(r"`([^`]+)`", cell)):
        program, *rest = shlex.split(command)
        if program == "python" and rest[:1] == ["-m"]:
            name = rest[1].replace(".", "/")
            assert any((ROOT / f"{name}{end}").exists() for end in (".py", "/__main__.py")), command
    for _, cell in table:
        words = shlex.split(cell.split("`")[1])
        program = next(word for word in words if not re.match(r"[A-Z_]+=", word))
        assert shutil.which(program, path=Path(sys.executable).parent), cell
    named = set(re.findall(r"`([a-z]+)`", PARTS["Begin"]))
    assert set(GROUPS) - {"quick", "notebooks", *ON_REQUEST} <= named
    assert len(re.findall(r"`workbook gallery`", PARTS["Begin"])) == 1


def test_one_command_runs_every_benchmark():
    """Each is found by its name, and none runs with the tests."""
    folder = ROOT / "tests" / "benchmarks"
    found = {path.stem for path in folder.glob("benchmark_*.py")}
    found |= {path.parent.name for path in folder.glob("*/__main__.py")}
    assert "serving" in found
    run = [command[-1].rpartition(".")[2] for command in GROUPS["benchmarks"]]
    assert found == set(run)
    assert "`python -m tests benchmarks`" in PARTS["Begin"]
    assert "benchmarks" not in choose_groups([])
    assert choose_groups(["benchmarks"]) == ["benchmarks"]


def test_programs_are_called_where_the_environment_is_active():
    """The lines that begin make it and activate it, before any program that only it has."""
    before, _, table = PARTS["Begin"].partition("| for | type |")
    (lines,) = re.findall(r"^```sh\n(.*?)^```$", before, re.DOTALL | re.MULTILINE)
    assert lines.splitlines()[-1] == ". .venv/bin/activate"
    assert "`.venv\\Scripts\\activate`" in before
    assert ".venv" not in table


def test_decisions_are_found_by_their_place():
    """Each decision and its reason stands under a heading that says what it is about."""
    part = PARTS["Decisions, and why"]
    headings = re.findall(r"^### (.+)$", part, re.MULTILINE)
    assert len(headings) >= 6
    before, *under = re.split(r"^### .+$", part, flags=re.MULTILINE)
    assert "**" not in before
    for text in under:
        for paragraph in text.strip().split("\n\n"):
            assert paragraph.startswith("**"), paragraph[:80]
