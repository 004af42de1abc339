"""What the README tells to type is what works: every command in it is run."""

from __future__ import annotations

import http.client
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import sysconfig
import tomllib
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest

from workbook.cli import workbook
from workbook.discovery import read_toml, root
from workbook.documentation.addresses import COPIES, find_copied, write_addresses
from workbook.documentation.rendering import find_binder, find_site, read_repository
from workbook.exports import load_formats
from workbook.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(str(root())).parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NAMED = "python -m workbook.documentation.addresses"
CI = ROOT / ".ci" / "run"


def _find_block(name: str) -> str:
    """The block of code after a mark."""
    found = re.findall(rf"^<!-- {name} -->\n```\w+\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
    assert len(found) == 1, name
    return found[0].strip()


def _put_script(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    (folder / name).chmod(0o755)


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder with the environment that the first line makes, and nothing of it on the path.

    What the package needs is seen where the tests run; the package itself is installed from here.
    """
    folder = tmp_path_factory.mktemp("installed")
    make, install, _ = _find_block("run the app").split(" && ")
    make = make.replace("python3", shlex.quote(sys.executable), 1)
    assert install.endswith(" install .")
    install = install.replace(" install .", f" install -q --no-deps {shlex.quote(str(ROOT))}")
    for line in (make, install):
        subprocess.run(["/bin/sh", "-c", line], cwd=folder, check=True, capture_output=True)
    (site,) = folder.glob(".venv/lib/python*/site-packages")
    (site / "needed.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    return folder


@pytest.fixture
def environment(tmp_path):
    """What somebody has who installed nothing else: no settings, no programs of the tests."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("WORKBOOK_", "PYTHON"))}
    ours = str(Path(sys.executable).parent)
    path = [part for part in os.environ["PATH"].split(os.pathsep) if part != ours]
    # where the packages it needs have laid their scripts
    share = str(Path(sys.prefix) / "share" / "jupyter")
    user = str(tmp_path / "user")
    return {**kept, "PATH": os.pathsep.join(path), "JUPYTER_PATH": share, "XDG_DATA_HOME": user}


def _type(lines: list[str], folder: Path, environment: dict[str, str]) -> list[str]:
    """What each line prints, typed in one shell where the environment is active."""
    found = []
    for line in lines:
        done = subprocess.run(
            ["/bin/sh", "-c", f"{_find_block('activate')}\n{line}"],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{line}\n{done.stderr}"
        found.append(done.stdout)
    return found


@pytest.mark.server
def test_every_command_works_in_its_turn(installed, environment):
    """The lines are typed one after another in the folder that was installed in; each succeeds."""
    lines = _find_block("commands").splitlines()
    assert len(lines) >= 8
    assert shutil.which("workbook", path=environment["PATH"]) is None
    for line, printed in zip(lines, _type(lines, installed, environment), strict=True):
        assert printed, line
    for name in re.findall(r"export \S+ (\S+)", _find_block("commands")):
        assert (installed / name).stat().st_size > 500


@pytest.mark.server
def test_the_lines_of_python_work(installed, environment):
    """They print the findings and a table of goals, and write the document."""
    code = shlex.quote(_find_block("python"))
    lines = ["rm -f example.json && workbook new --demo example.json", f"python -c {code}"]
    printed = _type(lines, installed, environment)[-1]
    assert "cause-not-tracked" in printed
    assert "goals.goals.goal1.target" in printed
    assert (installed / "strategy.docx").stat().st_size > 5000


def test_programs_are_called_where_the_environment_is_active():
    """It is activated, on Windows too, before the first program that only it has is named."""
    before, _, after = README.partition(f"```sh\n{_find_block('activate')}\n```\n")
    assert ".venv\\Scripts\\activate" in after.split("\n\n")[0]
    told = r"^(?:workbook|jupyter|pytest|python) |`(?:workbook|jupyter|pytest|python)\b"
    assert not re.findall(told, before, re.MULTILINE)
    assert len(re.findall(told, after, re.MULTILINE)) > 20
    assert ".venv/bin/" not in re.sub(r"```sh\n.*?```", "", after, flags=re.DOTALL)


def test_no_line_wants_a_newer_shell_than_windows_has():
    """PowerShell 5.1 knows no “&&”, so the lines for Windows stand one below the other."""
    (lines,) = re.findall(r"^```bat\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
    serve = _find_block("run the app").replace(".venv/bin/", ".venv\\Scripts\\")
    assert lines.splitlines() == serve.replace("python3", "py").split(" && ")
    for line in README.splitlines():
        assert not ("\\Scripts" in line and "&&" in line), line


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


def test_badges_open_pages_there_are():
    """One opens the guided app, one the notebooks in JupyterLab."""
    opened = []
    for address in re.findall(r"\((https://mybinder\.org/v2/gh/[^)]+)\)", README):
        page = unquote(urlsplit(address).query.removeprefix("urlpath="))
        way = next(w for w in ("voila/render/", "lab/tree/") if page.startswith(w))
        assert (ROOT / page.removeprefix(way)).is_file()
        opened.append(way)
    assert opened == ["voila/render/", "lab/tree/"]


def test_every_copy_of_the_address_follows_the_project():
    """It is chosen under project.urls; README and the package's description are written anew."""
    here = read_repository()
    assert find_copied(README) == here, f"The address has changed: type {NAMED}"
    for path in COPIES:
        text = path.read_text(encoding="utf-8")
        moved = write_addresses(text, here, "https://github.com/Some/thing")
        for left in (here, find_site(here), find_binder(here), *urlsplit(here).path.split("/")[1:]):
            assert left not in moved, f"{path.name} names another repository: type {NAMED}"
        assert write_addresses(moved, "https://github.com/Some/thing", here) == text
    assert f"git clone {here}`" in README
    assert f"{here}/archive/refs/heads/main.zip" in README
    assert f"`{NAMED}`" in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


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


def _put_programs(folder: Path, *more: str) -> None:
    """Everything that the script would install, and more: programs that do nothing."""
    programs = ("chromium", "soffice", "localc", "pdftotext", "initdb", "dpkg-query", "python3")
    for name in (*programs, "sudo", *more):
        _put_script(folder, name, "#!/bin/sh\n")
    _put_script(folder, "fc-list", "#!/bin/sh\necho font\n")


def _run_ci(folder: Path, *paths: str) -> subprocess.CompletedProcess[str]:
    """The script, finding programs in a folder first, and its home there."""
    return subprocess.run(
        ["/bin/bash", str(CI)],
        env={"PATH": ":".join([str(folder), *paths]), "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.thorough
@pytest.mark.skipif(os.name != "posix", reason="the script is for Debian")
def test_ci_runs_the_line_of_the_readme(tmp_path):
    """With everything installed it runs exactly that line, with CI set, and installs nothing."""
    _put_programs(tmp_path)
    _put_script(tmp_path, "apt-get", "#!/bin/sh\necho installing >&2\nexit 1\n")
    _put_script(tmp_path, "bash", '#!/bin/sh\nfor last; do :; done\necho "<$CI> $last"\n')
    done = _run_ci(tmp_path, "/usr/bin", "/bin")
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
    done = _run_ci(tmp_path)
    assert done.returncode == 0, done.stderr
    asked = done.stdout.split("apt-get install", 1)[1]
    for package in ("python3-venv", "chromium", "libreoffice-writer", "hunspell-es"):
        assert package in asked
    assert done.stdout.index("apt-get update") < done.stdout.index("apt-get install")


@pytest.mark.skipif(os.name != "posix", reason="the script is for Debian")
def test_ci_runs_nothing_that_is_not_what_we_know(tmp_path):
    """A checker of another checksum is not unpacked: it says so in plain words, and stops."""
    _put_programs(tmp_path, "java")
    _put_script(tmp_path, "npm", "#!/bin/sh\necho spoilt > vnu-jar-0.tgz\n")
    _put_script(tmp_path, "bash", "#!/bin/sh\necho tests\n")
    done = _run_ci(tmp_path, "/usr/bin", "/bin")
    assert done.returncode == 1
    assert "its sha512 differs" in done.stderr
    assert "tests" not in done.stdout


# -- the app -----------------------------------------------------------------------------------


@contextmanager
def _serve(
    installed: Path, folder: Path, environment: dict[str, str], *more: str
) -> Iterator[subprocess.Popen]:
    program, *rest = _find_block("run the app").split("&& ")[-1].split()
    command = [str(installed / program), *rest, *more]
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
def test_serve_opens_the_app_and_ends_quietly(installed, tmp_path, environment):
    """It says where it is open, gives the first page, and Ctrl+C ends it without a trace."""
    with _serve(
        installed, tmp_path, environment, "--no-browser", "--port", "0", "--json"
    ) as process:
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
def test_a_port_that_is_taken_is_told(installed, tmp_path, environment):
    """The message names the port and the option that chooses another; the first app goes on.

    It ends in order too when the system asks it to, and not only with Ctrl+C.
    """
    with _serve(installed, tmp_path, environment, "--no-browser", "--port", "0", "--json") as first:
        port = urlsplit(_read_document(first, tmp_path / "log")["address"]).port
        (tmp_path / "second").mkdir()
        with _serve(
            installed, tmp_path / "second", environment, "--no-browser", "--port", str(port)
        ) as second:
            assert second.wait(timeout=60) == 2
        told = (tmp_path / "second" / "log").read_text()
        first.terminate()
        assert first.wait(timeout=60) == 0
    assert str(port) in told
    assert "--port" in told
    assert "Traceback" not in told
