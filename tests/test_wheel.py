"""The package as it is built and installed: whole, and able to serve without its source.

Where ``BUILT`` names a folder, the files of a release that lie there are looked at; and where
``TAG`` names a version, they are of that version.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.serving_fixtures import BROWSER, wait_until

ROOT = Path(__file__).resolve().parents[1]

pytestmark = pytest.mark.server

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PLACE = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]["notebooks"]
LEFT_BEHIND = re.compile(
    r"(^|/)(__pycache__|\.[^/]+)/|/plan(?!\.schema)[^/]*\.json$|\.sqlite3|\.lock$"
)

READ_ELSEWHERE = "workbook/documentation/"
"""The documentation is built from the repository and read on the web."""

_ASK = """
import sys, urllib.request
asked = urllib.request.Request(sys.argv[1], headers={"User-Agent": sys.argv[2]})
print(urllib.request.urlopen(asked, timeout=120).read().decode())
"""


def list_files(*folders: str) -> set[str]:
    """The files in some folders of the source, without what work on it leaves behind."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file())
    names = [path.relative_to(ROOT).as_posix() for path in found]
    kept = {name for name in names if not LEFT_BEHIND.search(name)}
    return {name for name in kept if not name.startswith(READ_ELSEWHERE)}


@pytest.fixture(scope="module")
def source() -> set[str]:
    """What there was of the package before it was built."""
    return list_files("workbook", "notebooks")


@pytest.fixture(scope="module")
def built(source: set[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the source archive, and with the wheel that was built out of it."""
    assert source
    if given := os.environ.get("BUILT"):
        return ROOT / given
    folder = tmp_path_factory.mktemp("built")
    command = [sys.executable, "-m", "build", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    """The wheel, of which there is one."""
    (found,) = built.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel; what it needs is seen in the one the tests run in."""
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    found = folder / "bin" / "python"
    install = [str(found), "-m", "pip", "install", "-q", "--no-deps", str(wheel)]
    subprocess.run(install, check=True)
    site = next(folder.glob("lib/python*/site-packages"))
    here = next(path for path in map(Path, sys.path) if (path / "voila").is_dir())
    (site / "needed.pth").write_text(f"{here}\n")
    return found


def test_the_wheel_holds_all_there_is(wheel: Path, source: set[str]) -> None:
    """Words, tables, styles, scripts, pictures and notebooks are inside, once, and nothing else."""
    names = zipfile.ZipFile(wheel).namelist()
    assert len(names) == len(set(names))
    wanted = {re.sub("^notebooks/", f"{PLACE}/", name) for name in source}
    assert len(wanted) > 500
    assert wanted - set(names) == set()
    now = {re.sub("^notebooks/", f"{PLACE}/", name) for name in list_files("workbook", "notebooks")}
    assert {name for name in names if name.startswith("workbook/")} - wanted - now == set()
    assert not [name for name in names if name.startswith(READ_ELSEWHERE)]
    assert any(
        name.endswith("share/jupyter/voila/templates/workbook/index.html.j2") for name in names
    )


def test_the_wheel_carries_the_licences(wheel: Path) -> None:
    """The licence of the code, and the terms of the figures, go with it."""
    names = zipfile.ZipFile(wheel).namelist()
    for licence in PROJECT["project"]["license-files"]:
        assert any(name.endswith(f".dist-info/licenses/{licence}") for name in names)


def test_the_description_leads_into_the_repository(wheel: Path) -> None:
    """The README goes with the package, and its links and pictures are whole addresses."""
    archive = zipfile.ZipFile(wheel)
    (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
    text = archive.read(name).decode()
    place = f"{PROJECT['project']['urls']['Repository']}/"
    version = f"v{PROJECT['project']['version']}"
    assert text.count("](") == len(re.findall(r"\]\((?:https?:|#)", text)) > 10
    links = re.findall(rf"\]\({re.escape(place)}(raw|blob)/([^/]+)/([^)]+)\)", text)
    assert {kind for kind, _, _ in links} == {"raw", "blob"}
    assert {release for _, release, _ in links} == {version}
    assert [path for _, _, path in links if not (ROOT / path).is_file()] == []


def test_the_source_archive_can_be_tested(built: Path, source: set[str]) -> None:
    """It holds what the package is made of, with its tests, its words and its own README."""
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
    assert source - names == set()
    assert {"tests/__main__.py", "tests/samples/plans/plan_v1.json", "binder/start"} <= names
    assert {"README.md", "LICENSE", "pyproject.toml", ".ci/run"} <= names
    assert not [name for name in names if re.search(r"(^|/)(\.git|\.venv|__pycache__)/", name)]


def test_what_is_built_is_of_the_version_that_is_told(wheel: Path, built: Path) -> None:
    """The tag of a release, the project and both files agree."""
    version = PROJECT["project"]["version"]
    assert os.environ.get("TAG", f"v{version}") == f"v{version}"
    (archive,) = built.glob("*.tar.gz")
    assert wheel.name.split("-")[1] == version
    assert archive.name.endswith(f"-{version}.tar.gz")


def test_an_installed_workbook_serves_its_own_pages(python: Path, tmp_path: Path) -> None:
    """In a fresh environment, away from the source, the start page opens with its widgets."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("WORKBOOK_", "PYTHON"))}
    environment["WORKBOOK_STORE"] = f"sqlite:///{tmp_path}/plans.sqlite3"
    # where the packages it needs have laid their scripts; ours must come out of the wheel
    environment["JUPYTER_PATH"] = str(Path(sys.prefix) / "share" / "jupyter")
    run = [str(python), "-c", "import workbook; print(workbook.__file__)"]
    place = subprocess.run(run, cwd=tmp_path, env=environment, capture_output=True, check=True)
    assert Path(place.stdout.decode().strip()).is_relative_to(python.parents[1])
    log = tmp_path / "log"
    command = [str(python), "-m", "workbook", "serve", "--port", "0", "--no-browser"]
    with log.open("wb") as file:
        process = subprocess.Popen(
            command, cwd=tmp_path, env=environment, stdout=file, stderr=subprocess.STDOUT
        )
    try:
        wait_until(lambda: b"is open at" in log.read_bytes() or process.poll() is not None, 60)
        address = re.search(r"http://[\d.]+:\d+/", log.read_text())
        assert address is not None, log.read_text()
        ask = [sys.executable, "-c", _ASK, f"{address[0]}voila/render/00_start.ipynb", BROWSER]
        page = subprocess.run(ask, capture_output=True, check=True).stdout
        assert b"application/vnd.jupyter.widget-view+json" in page
        assert b"could not be opened completely" not in page
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
    assert "Traceback" not in log.read_text()
