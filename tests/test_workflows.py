"""What runs on its own: continuous integration, releases, and the hooks before a commit."""

from __future__ import annotations

import importlib.util
import re
import shlex
import shutil
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

from workbook.discovery import root

ROOT = Path(str(root())).parent
FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in FILES}
WORKFLOWS = {name: yaml.safe_load(text) for name, text in TEXTS.items()}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
HOOKS = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
PROVIDED = {"pre-commit"}
"""Programs that whoever uses them installs apart."""
MAY_WRITE = {("release", "publish"): {"id-token"}, ("docs", "publish"): {"id-token", "pages"}}

JOBS = [
    pytest.param(name, job, words, id=f"{name}-{job}")
    for name, workflow in WORKFLOWS.items()
    for job, words in workflow["jobs"].items()
]


def find_command(line: str) -> None:
    """Fail where a line calls a script, program, module, file or extra that is not there."""
    program, *rest = shlex.split(line)
    if "/" in program:
        assert (ROOT / program).is_file(), line
        return
    if program == "python" and rest[:1] == ["-m"]:
        assert importlib.util.find_spec(rest[1]), line
    elif program not in PROVIDED:
        here = shutil.which(program, path=Path(sys.executable).parent)
        assert program == "python" or here, line
    for part in rest:
        if re.fullmatch(r"(tests|notebooks|workbook)/\S+", part):
            assert (ROOT / part).exists(), line
        if named := re.fullmatch(r"\.\[(\w+(?:,\w+)*)\]", part):
            assert set(named[1].split(",")) <= set(EXTRAS), line


def test_there_are_workflows():
    """Tests and releases run on their own; an empty folder would pass everything below."""
    assert {"tests", "release"} <= set(WORKFLOWS)


@pytest.mark.parametrize(("name", "job", "words"), JOBS)
def test_a_job_has_no_more_rights_than_it_needs(name, job, words):
    """Each may read the source at most, save the one that publishes, and none runs for ever."""
    rights = words.get("permissions", WORKFLOWS[name].get("permissions"))
    assert isinstance(rights, dict), "without any, a job has all rights"
    writing = {right for right, kind in rights.items() if kind == "write"}
    assert writing <= MAY_WRITE.get((name, job), set())
    assert set(rights) - writing <= {"contents"}
    assert 0 < words["timeout-minutes"] <= 60
    assert re.fullmatch(r"ubuntu-\d\d\.04", words["runs-on"])


@pytest.mark.parametrize("name", WORKFLOWS)
def test_what_others_wrote_is_pinned(name):
    """An action is named by its digest, with the version that it is beside it."""
    named = re.findall(r"uses: (.+)", TEXTS[name])
    assert named
    assert [each for each in named if not PINNED.fullmatch(each)] == []


@pytest.mark.parametrize(("name", "job", "words"), JOBS)
def test_what_a_job_calls_is_there(name, job, words):
    """Scripts, modules, files and extras that a step names are those of this project."""
    for step in words["steps"]:
        for line in step.get("run", "").splitlines():
            find_command(line)


def test_everything_is_tested_on_each_python_we_name():
    """The tests run by the script that anybody may run, on all versions that are promised."""
    job = WORKFLOWS["tests"]["jobs"]["everything"]
    named = [line.rpartition(" :: ")[2] for line in PROJECT["classifiers"] if ":: 3." in line]
    assert job["strategy"]["matrix"]["python"] == named
    assert [step["run"] for step in job["steps"] if "run" in step] == [".ci/run"]


def test_what_is_published_is_what_was_looked_at():
    """The tests of the wheel look at the files of a release before the next job publishes them."""
    jobs = WORKFLOWS["release"]["jobs"]
    steps = jobs["build"]["steps"]
    tested = next(i for i, step in enumerate(steps) if "tests/test_wheel.py" in step.get("run", ""))
    kept = next(i for i, step in enumerate(steps) if "upload-artifact" in step.get("uses", ""))
    assert tested < kept
    assert steps[tested]["env"]["BUILT"] == steps[kept]["with"]["path"].strip("/")
    assert jobs["publish"]["needs"] == "build"


def test_hooks_are_our_own():
    """Before a commit nothing is fetched: what a hook calls comes with the extra for tests."""
    assert [each["repo"] for each in HOOKS] == ["local"]
    hooks = HOOKS[0]["hooks"]
    assert {"format", "lint", "types"} <= {hook["id"] for hook in hooks}
    installed = {Requirement(line).name for line in EXTRAS["test"]}
    for hook in hooks:
        assert hook["language"] == "system"
        assert shlex.split(hook["entry"])[0] in installed
        find_command(hook["entry"])
