"""The package as it is installed: whole, and able to serve without its source."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.serving_fixtures import BROWSER, wait_until

ROOT = Path(__file__).resolve().parents[1]

pytestmark = pytest.mark.server

KINDS = {".py", ".toml", ".md", ".ipynb", ".json", ".csv", ".css", ".js", ".html", ".j2", ".typed"}

_ASK = """
import sys, urllib.request
asked = urllib.request.Request(sys.argv[1], headers={"User-Agent": sys.argv[2]})
print(urllib.request.urlopen(asked, timeout=120).read().decode())
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source as it is."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "-w",
        str(folder),
        str(ROOT),
    ]
    subprocess.run(command, check=True)
    return next(folder.glob("*.whl"))


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


def test_the_wheel_holds_words_template_and_notebooks(wheel: Path) -> None:
    """Everything that is no Python is inside too, once."""
    names = zipfile.ZipFile(wheel).namelist()
    assert len(names) == len(set(names))
    for path in [*(ROOT / "workbook").rglob("*"), *(ROOT / "notebooks").glob("*.ipynb")]:
        name = path.relative_to(ROOT).as_posix()
        if path.suffix in KINDS and not any(part[0] in "._" for part in path.parts[-3:-1]):
            inside = name if name.startswith("workbook/") else f"workbook/{name}"
            assert inside in names
    assert any(
        name.endswith("share/jupyter/voila/templates/workbook/index.html.j2") for name in names
    )


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
