"""The demo on Binder: what is installed there, and that the guided app opens in its server."""

from __future__ import annotations

import http.client
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from workbook.discovery import root

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(str(root())).parent
BINDER = ROOT / "binder"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LINES = [
    line
    for line in (BINDER / "requirements.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
START = "/voila/render/notebooks/00_start.ipynb"


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
    """Without it, Binder takes one that is too old."""
    given = (BINDER / "runtime.txt").read_text(encoding="utf-8").strip()
    assert (
        f"Programming Language :: Python :: {given.removeprefix('python-')}"
        in (PROJECT["classifiers"])
    )


@pytest.mark.parametrize("name", ["postBuild", "start"])
def test_scripts_can_be_run_and_stop_at_the_first_fault(name):
    """A step that fails fails the build, instead of leaving half a demo."""
    text = (BINDER / name).read_text(encoding="utf-8")
    assert text.startswith("#!/usr/bin/env bash\n")
    assert "\nset -euo pipefail\n" in text
    assert os.name != "posix" or os.access(BINDER / name, os.X_OK)


def test_start_hands_over_to_what_the_server_was_asked_to_run():
    """The visitor is told that nothing is kept, and the server starts."""
    done = subprocess.run(
        [BINDER / "start", "/bin/sh", "-c", "echo $WORKBOOK_DEMO $JUPYTER_WIDGETS_ECHO"],
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.split() == ["true", "0"]


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
    assert "python=3.12" in said
    everything = said.index("COPY --chown")
    install = said.index('pip install --no-cache-dir -r "binder/requirements.txt"')
    assert "RUN ./binder/postBuild" in said[install:]
    assert "binder/start" in said[install:]
    assert said.index("src/ ${REPO_DIR}/", everything) < install


# -- the server --------------------------------------------------------------------------------


@contextmanager
def _run_server(folder: Path) -> Iterator[tuple[http.client.HTTPConnection, str]]:
    """Jupyter's server as Binder starts it, with what ``postBuild`` laid into a folder."""
    token = secrets.token_hex(8)
    programs = str(Path(sys.executable).parent)
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("WORKBOOK_", "JUPYTER"))},
        "PATH": os.pathsep.join([programs, os.environ["PATH"]]),
        "PYTHONPATH": str(ROOT),
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder / "user"),
        "JUPYTER_PATH": str(folder / "share" / "jupyter"),
        "JUPYTER_CONFIG_DIR": str(folder / "etc" / "jupyter"),
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
    }
    subprocess.run([BINDER / "postBuild", folder], check=True, env=environment, cwd=ROOT)
    shutil.copytree(ROOT / "notebooks", folder / "home" / "notebooks")
    options = ["--no-browser", "--port=0", "--allow-root", f"--IdentityProvider.token={token}"]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [BINDER / "start", sys.executable, "-m", "jupyterlab", *options],
            env=environment,
            cwd=folder / "home",
            stdout=log,
            stderr=log,
        )
    try:
        port = _wait_for_port(server, folder / "log")
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        _connect(line)
        yield line, token
        line.close()
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=60)


def _connect(line: http.client.HTTPConnection) -> None:
    """Connect to a server that may have told its address a moment before it listens."""
    until = time.monotonic() + 60
    while line.sock is None:
        try:
            line.connect()
        except ConnectionRefusedError:
            assert time.monotonic() < until
            time.sleep(0.1)


def _wait_for_port(server: subprocess.Popen, log: Path) -> int:
    until = time.monotonic() + 120
    while time.monotonic() < until and server.poll() is None:
        if found := re.search(r"http://127\.0\.0\.1:(\d+)/lab", log.read_text()):
            return int(found[1])
        time.sleep(0.1)
    pytest.fail(f"The server did not start:\n{log.read_text()}")
    return 0


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    """Ask the server on Binder for an address; gives status, headers and body."""
    with _run_server(tmp_path_factory.mktemp("binder")) as (line, token):

        def ask_for(address: str) -> tuple[int, http.client.HTTPMessage, str]:
            line.request("GET", address, headers={"Authorization": f"token {token}"})
            answer = line.getresponse()
            return answer.status, answer.headers, answer.read().decode()

        yield ask_for


@pytest.mark.server
def test_the_guided_app_opens_in_our_frame(ask):
    """The page has our header, our words and our rules, and everything its head names is there."""
    status, headers, body = ask(START)
    assert status == 200
    assert '<header id="wb-header">' in body
    assert "What happens to your answers" in body
    assert 'http-equiv="Content-Security-Policy"' in body
    assert "unsafe-eval" not in body + str(headers.get("Content-Security-Policy"))
    named = re.findall(r'<(?:link|script)[^>]+(?:href|src)="(/[^"]+)"', body)
    assert any("workbook.css" in address for address in named)
    assert [address for address in named if ask(address)[0] != 200] == []


@pytest.mark.server
def test_analyst_cells_stay_out_of_the_guided_app(ask):
    """Cells tagged “lab” are for JupyterLab."""
    assert "Look closer" not in ask(START)[2]
    assert "Look closer" in (ROOT / "notebooks" / "00_start.ipynb").read_text(encoding="utf-8")


@pytest.mark.server
def test_what_happens_to_answers_is_one_click_away(ask):
    """The page says that nothing is kept for long, and leads back to the start page."""
    link = re.search(r'<footer id="wb-footer"><a href="([^"]+)"', ask(START)[2])[1]
    status, _, body = ask(link)
    assert status == 200
    assert "What happens to your answers" in body
    assert f'href="{START}"' in body


@pytest.mark.server
def test_jupyterlab_opens_beside_it(ask):
    """The rules for our pages do not reach JupyterLab, which they would leave blank."""
    status, headers, body = ask("/lab")
    assert status == 200
    assert "JupyterLab" in body
    assert "script-src" not in str(headers.get("Content-Security-Policy"))
