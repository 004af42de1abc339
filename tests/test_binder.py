"""The demo on Binder: what is installed there, and how it starts.

That the guided app opens there is in ``tests/browser/lab/test_binder.py``.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from workbook.discovery import root
from workbook.serving.demo import lend_store
from workbook.settings import Settings

ROOT = Path(str(root())).parent
BINDER = ROOT / "binder"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LINES = [
    line
    for line in (BINDER / "requirements.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def _read_pins() -> dict[str, str]:
    pinned = [Requirement(line) for line in LINES[:-1]]
    return {canonicalize_name(p.name): str(p.specifier).removeprefix("==") for p in pinned}


def test_the_package_itself_is_installed_last():
    """The versions before it are what it is installed beside."""
    assert LINES[-1] == "."


def test_every_version_is_pinned():
    """The image that is built next year is the one that was tried."""
    assert len(LINES) > 50
    assert [line for line in LINES[:-1] if not re.match(r"^[\w.-]+==[\w.]+( ;.*)?$", line)] == []


@pytest.mark.parametrize("wanted", PROJECT["dependencies"])
def test_pins_follow_the_project(wanted):
    """Whoever changes what the project needs compiles the pins anew; their first lines say how."""
    requirement = Requirement(wanted)
    pins = _read_pins()
    name = canonicalize_name(requirement.name)
    assert name in pins
    assert requirement.specifier.contains(pins[name], prereleases=True)


def test_the_version_of_python_is_one_the_project_knows():
    """Without it, Binder takes one that is too old; the pins are compiled for this one."""
    version = (BINDER / "runtime.txt").read_text(encoding="utf-8").strip().removeprefix("python-")
    assert f"Programming Language :: Python :: {version}" in PROJECT["classifiers"]
    assert f"--python-version {version} " in (BINDER / "requirements.txt").read_text("utf-8")


@pytest.mark.parametrize("name", ["postBuild", "start"])
def test_scripts_can_be_run_and_stop_at_the_first_fault(name):
    """A step that fails fails the build, instead of leaving half a demo."""
    text = (BINDER / name).read_text(encoding="utf-8")
    assert text.startswith("#!/usr/bin/env bash\n")
    assert "\nset -euo pipefail\n" in text
    assert os.name != "posix" or os.access(BINDER / name, os.X_OK)


def test_start_hands_over_to_what_the_server_was_asked_to_run():
    """The store is the one that goes with the machine, and the server starts."""
    done = subprocess.run(
        [BINDER / "start", "/bin/sh", "-c", "echo $WORKBOOK_STORE $JUPYTER_WIDGETS_ECHO"],
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.split() == ["demo", "0"]


@pytest.mark.server
def test_binder_builds_from_this_folder(tmp_path):
    """Its own program takes our Python, our pins from the top folder, and our scripts."""
    program = shutil.which("jupyter-repo2docker", path=Path(sys.executable).parent)
    if program is None:
        message = "jupyter-repo2docker is not installed"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
    copy = tmp_path / "copy"
    copy.mkdir()
    shutil.copytree(BINDER, copy / "binder")
    shutil.copyfile(ROOT / "pyproject.toml", copy / "pyproject.toml")
    done = subprocess.run(
        [program, "--no-build", "--debug", copy],
        check=True,
        capture_output=True,
        text=True,
    )
    said = done.stdout + done.stderr
    version = (BINDER / "runtime.txt").read_text(encoding="utf-8").strip().removeprefix("python-")
    assert f"python={version}" in said
    everything = said.index("COPY --chown")
    install = said.index('pip install --no-cache-dir -r "binder/requirements.txt"')
    assert "RUN ./binder/postBuild" in said[install:]
    assert "binder/start" in said[install:]
    assert said.index("src/ ${REPO_DIR}/", everything) < install


def test_the_store_of_a_demonstration_goes_with_it():
    """It lies in a folder of its own, kernels of pages know it, and nothing of it is left."""
    environment = {"WORKBOOK_STORE": "demo"}
    with lend_store(Settings.read(environment), environment) as lent:
        assert lent.demo
        assert not lent.copies
        assert Settings.read(environment) == lent
        folder = Path(lent.store.removeprefix("sqlite:///")).parent
        (folder / "plans.sqlite3").touch()
    assert not folder.exists()
    assert environment == {"WORKBOOK_STORE": "demo"}


def test_any_other_store_is_left_as_it_is():
    """Whoever named a database gets that one, and no page speaks of a demonstration."""
    environment = {"WORKBOOK_STORE": "sqlite:///plans.sqlite3"}
    given = Settings.read(environment)
    with lend_store(given, environment) as same:
        assert same is given


@pytest.mark.thorough
def test_the_server_there_is_set_up_for_a_small_machine():
    """Our frame and nobody else's, no cell for analysts, and kernels that were left soon end."""
    from traitlets.config import Config

    found = Config()
    source = (BINDER / "jupyter_server_config.py").read_text(encoding="utf-8")
    exec(compile(source, "jupyter_server_config.py", "exec"), {"get_config": lambda: found})
    assert found.VoilaConfiguration.template == "workbook"
    assert found.VoilaConfiguration.allow_template_override == "NO"
    assert found.TagRemovePreprocessor.remove_cell_tags == {"lab"}
    assert found.ServerApp.jpserver_extensions == {"workbook.serving.extension": True}
    assert 60 <= found.MappingKernelManager.cull_idle_timeout <= 600
    assert found.MappingKernelManager.cull_interval <= found.MappingKernelManager.cull_idle_timeout
    assert not found.MappingKernelManager.cull_connected
