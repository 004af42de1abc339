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
WHOLE = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = WHOLE["project"]
EXTRAS = PROJECT["optional-dependencies"]
HOOKS = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
OURS = re.compile(r"\./(\.github/workflows/[\w-]+\.yml)")
PROVIDED = {"pre-commit", "git", "pip-audit", "sed"}
"""Programs that whoever uses them installs apart."""
MAY_WRITE = {("release", "publish"): {"id-token"}, ("docs", "publish"): {"id-token", "pages"}}

PUBLISHING = sorted(MAY_WRITE)

JOBS = [
    pytest.param(name, job, words, id=f"{name}-{job}")
    for name, workflow in WORKFLOWS.items()
    for job, words in workflow["jobs"].items()
]


def find_all_needed(jobs: dict, job: str) -> set[str]:
    """The jobs that have to end well before one begins."""
    needs = jobs[job].get("needs", [])
    direct = {needs} if isinstance(needs, str) else set(needs)
    return direct.union(*(find_all_needed(jobs, each) for each in direct))


def read_triggers(name: str) -> dict:
    """What starts a workflow; YAML takes the word for a truth value."""
    return WORKFLOWS[name][True]


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


def test_versions_nobody_could_ask_about_do_not_pass_for_sound():
    """Of all that is pinned; without a list of advisories the program says so, and ends well."""
    (asked,) = [
        step["run"]
        for step in WORKFLOWS["tests"]["jobs"]["advisories"]["steps"]
        if step.get("run", "").startswith("pip-audit")
    ]
    assert {"--strict", "binder/requirements.txt"} <= set(asked.split())


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
    if "uses" in words:
        return
    assert 0 < words["timeout-minutes"] <= 60
    assert re.fullmatch(r"ubuntu-\d\d\.04", words["runs-on"])


@pytest.mark.parametrize("name", WORKFLOWS)
def test_what_others_wrote_is_pinned(name):
    """An action is named by its digest, with the version that it is beside it."""
    named = re.findall(r"uses: (.+)", TEXTS[name])
    assert named
    called = {each: OURS.fullmatch(each) for each in named}
    others = [each for each, ours in called.items() if not ours]
    assert [each for each in others if not PINNED.fullmatch(each)] == []
    assert all((ROOT / ours[1]).is_file() for ours in called.values() if ours)


@pytest.mark.parametrize(("name", "job", "words"), JOBS)
def test_what_a_job_calls_is_there(name, job, words):
    """Scripts, modules, files and extras that a step names are those of this project."""
    for step in words.get("steps", []):
        for line in step.get("run", "").splitlines():
            find_command(line)


def test_everything_is_tested_on_each_python_we_name():
    """The tests run by the script that anybody may run, on all versions that are promised."""
    job = WORKFLOWS["tests"]["jobs"]["everything"]
    named = [line.rpartition(" :: ")[2] for line in PROJECT["classifiers"] if ":: 3." in line]
    assert job["strategy"]["matrix"]["python"] == named
    assert [step["run"] for step in job["steps"] if "run" in step] == [".ci/run"]


@pytest.mark.parametrize(("name", "job"), PUBLISHING)
def test_nothing_is_published_beside_red_tests(name, job):
    """All tests pass on the same commit first: what publishes calls them, and waits."""
    jobs = WORKFLOWS[name]["jobs"]
    called = {each for each, words in jobs.items() if OURS.fullmatch(words.get("uses", ""))}
    assert [jobs[each]["uses"] for each in called] == ["./.github/workflows/tests.yml"]
    assert called <= find_all_needed(jobs, job)
    assert "workflow_call" in read_triggers("tests")
    assert all(WORKFLOWS["tests"]["jobs"]["everything"].get(key) is None for key in ("if", "needs"))


@pytest.mark.parametrize(("name", "job"), PUBLISHING)
def test_no_publication_is_cut_short(name, job):
    """A newer one waits for the one that runs."""
    for words in (WORKFLOWS[name], WORKFLOWS[name]["jobs"][job]):
        assert words.get("concurrency", {}).get("cancel-in-progress", False) is False


def test_every_push_to_main_is_tested():
    """What comes onto main is tested once, by the workflow that publishes from it."""
    assert read_triggers("docs")["push"] == {"branches": ["main"]}
    assert "pull_request" in read_triggers("tests")
    assert "push" not in read_triggers("tests")


def test_what_is_published_is_what_was_looked_at():
    """The tests of the wheel look at the files of a release before the next job publishes them."""
    jobs = WORKFLOWS["release"]["jobs"]
    built, looked, published = (jobs[name]["steps"] for name in ("build", "look", "publish"))
    (kept,) = [step["with"] for step in built if "upload-artifact" in step.get("uses", "")]
    for steps in (looked, published):
        (taken,) = [step["with"] for step in steps if "download-artifact" in step.get("uses", "")]
        assert taken["name"] == kept["name"]
    (tested,) = [step for step in looked if "tests/test_wheel.py" in step.get("run", "")]
    assert tested["env"]["BUILT"] == kept["path"].strip("/")
    assert looked.index(tested) == len(looked) - 1
    assert find_all_needed(jobs, "publish") == {"tests", "build", "look"}


def test_only_a_tag_on_main_is_a_release():
    """A tag elsewhere ends before anything is built; for that the whole history is there."""
    assert read_triggers("release") == {"push": {"tags": ["v*"]}}
    first, second, *rest = WORKFLOWS["release"]["jobs"]["build"]["steps"]
    assert first["with"]["fetch-depth"] == 0
    assert second["run"] == "git merge-base --is-ancestor HEAD origin/main"
    assert any("build" in step.get("run", "") for step in rest)


def test_a_release_is_built_with_pinned_tools_and_nothing_else():
    """Each has a version and checksums; together they are what the project is built with."""
    steps = WORKFLOWS["release"]["jobs"]["build"]["steps"]
    installing = [step["run"] for step in steps if "pip install" in step.get("run", "")]
    assert len(installing) == 1
    assert "--require-hashes" in installing[0]
    assert installing[0].endswith("-r .ci/build.txt")
    assert any(step.get("run") == "python -m build --no-isolation" for step in steps)
    text = (ROOT / ".ci" / "build.txt").read_text(encoding="utf-8")
    pinned = dict(re.findall(r"^([\w-]+)==([\w.]+) \\\n +--hash=sha256:", text, re.MULTILINE))
    assert len(pinned) == len(re.findall(r"^\w", text, re.MULTILINE))
    for line in [*WHOLE["build-system"]["requires"], "build"]:
        wanted = Requirement(line)
        assert wanted.specifier.contains(pinned[wanted.name]), line


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
