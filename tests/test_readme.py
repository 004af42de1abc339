"""What the README tells to type is what works: every command in it is run."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import tomllib
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest

from workbook.cli import workbook
from workbook.discovery import read_toml, root
from workbook.exports import load_formats
from workbook.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(str(root())).parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SHIM = f'#!/bin/sh\nexec "{sys.executable}" -m workbook "$@"\n'
CI = ROOT / ".ci" / "run"


def _find_block(name: str) -> str:
    """The block of code after a mark."""
    found = re.findall(rf"^<!-- {name} -->\n```\w+\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
    assert len(found) == 1, name
    return found[0].strip()


def _put_script(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    (folder / name).chmod(0o755)


@pytest.fixture
def environment(tmp_path):
    """A folder where the command ``workbook`` is found, and nobody's settings are."""
    programs = tmp_path / "programs"
    programs.mkdir()
    _put_script(programs, "workbook", SHIM)
    kept = {k: v for k, v in os.environ.items() if not k.startswith("WORKBOOK_")}
    path = os.pathsep.join([str(programs), os.environ["PATH"]])
    return {**kept, "PATH": path, "PYTHONPATH": str(ROOT), "XDG_DATA_HOME": str(tmp_path / "user")}


@pytest.mark.server
def test_every_command_works_in_its_turn(tmp_path, environment):
    """The lines are typed one after another in an empty folder; each succeeds."""
    lines = _find_block("commands").splitlines()
    assert len(lines) >= 8
    for line in lines:
        done = subprocess.run(
            ["/bin/sh", "-c", line],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{line}\n{done.stderr}"
        assert done.stdout, line
    for name in re.findall(r"export \S+ (\S+)", _find_block("commands")):
        assert (tmp_path / name).stat().st_size > 500


@pytest.mark.server
def test_the_lines_of_python_work(tmp_path, environment):
    """They print the findings and a table of goals, and write the document."""
    subprocess.run(
        ["/bin/sh", "-c", "workbook new --demo example.json"],
        cwd=tmp_path,
        env=environment,
        check=True,
        capture_output=True,
    )
    done = subprocess.run(
        [sys.executable, "-c", _find_block("python")],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "cause-not-tracked" in done.stdout
    assert "goals.goals.goal1.target" in done.stdout
    assert (tmp_path / "strategy.docx").stat().st_size > 5000


def test_every_command_and_format_there_is_is_mentioned():
    """Whoever reads only the README knows what there is."""
    for name in workbook.commands:
        assert re.search(rf"workbook {name}\b", README), name
    for module in load_formats().values():
        assert module.SUFFIX in _find_block("commands")


def test_it_is_read_in_a_few_minutes():
    """Ten lines of commands and ten of Python; what comes out of each stands in the reference."""
    commands, code = _find_block("commands").splitlines(), _find_block("python").splitlines()
    assert len(commands) <= 10
    assert len([line for line in code if line]) <= 10
    assert len(README.split()) < 1300
    first = README.split("\n\n")[1]
    assert len(re.findall(r"[.!?](?: |$)", first)) == 3
    assert README.count("](workbook/documentation/images/") == 1


def test_every_setting_named_exists():
    """No variable in the text is a leftover."""
    named = set(re.findall(r"WORKBOOK_([A-Z_]+)", README))
    assert len(named) >= 5
    assert {name.lower() for name in named} <= set(Settings.model_fields)


def test_every_file_linked_to_exists():
    """No link within the repository is dead."""
    links = [link for link in re.findall(r"\]\(([^)]+)\)", README) if "://" not in link]
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_badges_follow_the_address_in_the_project():
    """The repository's address is in one place, and what the badges open is there."""
    place = urlsplit(PROJECT["project"]["urls"]["Repository"]).path.strip("/")
    found = re.findall(r"\(https://mybinder\.org/v2/gh/([^)]+)\)", README)
    opened = []
    for where, _, query in (each.partition("?") for each in found):
        assert where == f"{place}/HEAD"
        page = unquote(query.removeprefix("urlpath="))
        way = next(w for w in ("voila/render/", "lab/tree/") if page.startswith(w))
        assert (ROOT / page.removeprefix(way)).is_file()
        opened.append(way)
    assert opened == ["voila/render/", "lab/tree/"]
    assert "OWNER/" not in README or place == "OWNER/REPOSITORY"


def test_the_terms_of_the_survey_are_told():
    """The text that the survey's publisher asks for stands in the README word for word."""
    terms = read_toml("evidence/survey/terms.toml")
    assert terms["disclaimer"] in README
    assert "(workbook/evidence/survey/LICENCE.md)" in README


def test_both_first_lines_install_the_same_way():
    """One installs and serves, one installs and tests; both need nothing but Python."""
    serve, tests = _find_block("run the app"), _find_block("run all tests")
    assert serve.startswith("python3 -m venv .venv && .venv/bin/pip install . && ")
    assert serve.endswith(".venv/bin/workbook serve")
    assert tests.startswith("python3 -m venv .venv && .venv/bin/pip install -e ")
    assert tests.endswith(".venv/bin/python -m tests")
    assert "\n" not in serve + tests
    assert PROJECT["project"]["scripts"] == {"workbook": "workbook.cli:main"}
    assert "test" in PROJECT["project"]["optional-dependencies"]


@pytest.mark.skipif(os.name != "posix", reason="the script is for Debian")
def test_ci_runs_the_line_of_the_readme(tmp_path):
    """With everything installed it runs exactly that line, with CI set, and installs nothing."""
    programs = ("chromium", "soffice", "localc", "pdftotext", "initdb", "python3", "sudo")
    for name in programs:
        _put_script(tmp_path, name, "#!/bin/sh\n")
    _put_script(tmp_path, "fc-list", "#!/bin/sh\necho font\n")
    _put_script(tmp_path, "apt-get", "#!/bin/sh\necho installing >&2\nexit 1\n")
    _put_script(tmp_path, "bash", '#!/bin/sh\nfor last; do :; done\necho "<$CI> $last"\n')
    done = subprocess.run(
        ["/bin/bash", str(CI)],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == f"<true> {_find_block('run all tests')}"
    assert "installing" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="the script is for Debian")
def test_ci_installs_what_is_missing(tmp_path):
    """On a bare machine it asks for a browser, an office program and a database first."""
    for name in ("awk", "cat", "dirname", "id", "mktemp", "rm"):
        (tmp_path / name).symlink_to(next(p for p in Path("/usr/bin").glob(name)))
    _put_script(tmp_path, "apt-get", '#!/bin/sh\necho "apt-get $*"\n')
    _put_script(tmp_path, "sudo", '#!/bin/sh\nshift\nexec "$@"\n')
    _put_script(tmp_path, "bash", "#!/bin/sh\necho tests\n")
    done = subprocess.run(
        ["/bin/bash", str(CI)],
        env={"PATH": str(tmp_path), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    asked = done.stdout.split("apt-get install", 1)[1]
    for package in ("python3-venv", "chromium", "libreoffice-writer", "poppler-utils"):
        assert package in asked
    assert done.stdout.index("apt-get update") < done.stdout.index("apt-get install")


@pytest.mark.skipif(os.name != "posix", reason="the script is for Debian")
def test_ci_runs_nothing_that_is_not_what_we_know(tmp_path):
    """A checker of another checksum is not unpacked: it says so in plain words, and stops."""
    programs = ("chromium", "soffice", "localc", "pdftotext", "initdb", "python3", "sudo", "java")
    for name in programs:
        _put_script(tmp_path, name, "#!/bin/sh\n")
    _put_script(tmp_path, "fc-list", "#!/bin/sh\necho font\n")
    _put_script(tmp_path, "npm", "#!/bin/sh\necho spoilt > vnu-jar-0.tgz\n")
    _put_script(tmp_path, "bash", "#!/bin/sh\necho tests\n")
    done = subprocess.run(
        ["/bin/bash", str(CI)],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "its sha512 differs" in done.stderr
    assert "tests" not in done.stdout


# -- the app -----------------------------------------------------------------------------------


@contextmanager
def _serve(folder: Path, environment: dict[str, str], *more: str) -> Iterator[subprocess.Popen]:
    command = [*(_find_block("run the app").split("&& ")[-1].split("/")[-1].split()), *more]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        process.stdout.close()


def _read_document(process: subprocess.Popen, log: Path) -> dict[str, str]:
    """The JSON document that the command answers with once it serves."""
    text = ""
    while line := process.stdout.readline():
        text += line
        if line.startswith("}"):
            return json.loads(text)
    pytest.fail(f"It did not start:\n{log.read_text()}")
    return {}


def _get(address: str) -> tuple[int, bytes]:
    parts = urlsplit(address)
    line = http.client.HTTPConnection(parts.netloc, timeout=120)
    line.request("GET", parts.path or "/", headers={"User-Agent": "Mozilla/5.0 Firefox/130.0"})
    answer = line.getresponse()
    found = answer.status, answer.read()
    line.close()
    return found


@pytest.mark.server
def test_serve_opens_the_app_and_ends_quietly(tmp_path, environment):
    """It says where it is open, gives the first page, and Ctrl+C ends it without a trace."""
    with _serve(tmp_path, environment, "--no-browser", "--port", "0", "--json") as process:
        address = _read_document(process, tmp_path / "log")["address"]
        assert address.startswith("http://127.0.0.1:")
        assert _get(f"{address}healthz")[0] == 200
        status, body = _get(f"{address}voila/render/00_start.ipynb")
        assert status == 200
        assert b"wb-header" in body
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 0
    assert "Traceback" not in (tmp_path / "log").read_text()


@pytest.mark.server
def test_a_port_that_is_taken_is_told(tmp_path, environment):
    """The message names the port and the option that chooses another; the first app goes on.

    It ends in order too when the system asks it to, and not only with Ctrl+C.
    """
    with _serve(tmp_path, environment, "--no-browser", "--port", "0", "--json") as first:
        port = urlsplit(_read_document(first, tmp_path / "log")["address"]).port
        (tmp_path / "second").mkdir()
        with _serve(
            tmp_path / "second", environment, "--no-browser", "--port", str(port)
        ) as second:
            assert second.wait(timeout=60) == 2
        told = (tmp_path / "second" / "log").read_text()
        first.terminate()
        assert first.wait(timeout=60) == 0
    assert str(port) in told
    assert "--port" in told
    assert "Traceback" not in told
