"""JupyterLab itself with the notebooks in a folder of their own, and an analyst in a browser."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager, suppress
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from serving_fixtures import ROOT, Served, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import BrowserContext, Locator, Page

#: JupyterLab asks for news and for newer versions of itself; here it asks nothing of anybody.
SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
        "doNotDisturbMode": True,
    },
    "@jupyterlab/completer-extension:manager": {"autoCompletion": False},
}
OPTIONS = (
    "--no-browser",
    "--ip=127.0.0.1",
    "--port=0",
    "--allow-root",
    "--IdentityProvider.token=",
    "--LabApp.extension_manager=readonly",
)


class Lab(Served):
    """A running JupyterLab and the folder it shows."""

    folder: Path

    @property
    def pages(self) -> Path:
        """The folder of notebooks."""
        return self.folder / "notebooks"


def make_environment(folder: Path) -> dict[str, str]:
    """An environment in which Jupyter reads and writes nothing outside a folder."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("WORKBOOK_", "JUPYTER"))}
    programs = str(Path(sys.executable).parent)
    return kept | {
        "PATH": os.pathsep.join([programs, os.environ["PATH"]]),
        "PYTHONPATH": str(ROOT),
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder / "user"),
        "IPYTHONDIR": str(folder / "ipython"),
        "JUPYTER_PATH": str(folder / "share" / "jupyter"),
        "JUPYTER_CONFIG_DIR": str(folder / "etc" / "jupyter"),
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
    }


@contextmanager
def run_lab(
    folder: Path, *command: str, environment: dict[str, str], python: str = sys.executable
) -> Iterator[Lab]:
    """JupyterLab over a copy of the notebooks in a folder; stopped at the end."""
    settings = folder / "etc" / "jupyter" / "labconfig" / "default_setting_overrides.json"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(json.dumps(SETTINGS), encoding="utf-8")
    home = folder / "home"
    shutil.copytree(ROOT / "notebooks", home / "notebooks", ignore=_leave_plans)
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [*command, python, "-m", "jupyterlab", *OPTIONS],
            env=environment,
            cwd=home,
            stdout=log,
            stderr=log,
        )
    try:
        lab = Lab(process, folder / "log")
        lab.folder = home
        wait_until(lambda: _answers(lab), 60)  # it tells its address a moment too early
        yield lab
    finally:
        process.terminate()
        process.wait(timeout=30)


def _answers(lab: Lab) -> bool:
    with suppress(OSError):
        return lab.ask("/api")[0] == HTTPStatus.OK
    return False


def _leave_plans(_: str, names: list[str]) -> list[str]:
    return [name for name in names if not name.endswith(".ipynb")]


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """One JupyterLab for all of these tests."""
    folder = tmp_path_factory.mktemp("lab")
    with run_lab(folder, environment=make_environment(folder)) as running:
        yield running


class Analyst:
    """Somebody at JupyterLab, in one tab of a browser, who finds things by what they are called."""

    def __init__(self, page: Page, lab: Lab, folder: str) -> None:
        """An analyst whose notebooks lie in a folder of their own."""
        self.page = page
        self.lab = lab
        self.folder = folder

    @property
    def path(self) -> Path:
        """The folder with the notebooks, and with the plan beside them."""
        return self.lab.folder / self.folder

    def read_plan(self, name: str = "plan.json") -> dict[str, Any]:
        """What is kept in a plan file."""
        return json.loads((self.path / name).read_text(encoding="utf-8"))["plan"]

    def open(self, name: str = "02_goals") -> None:
        """Open JupyterLab afresh, at a notebook."""
        self.page.goto(f"{self.lab.address}lab/tree/{self.folder}/{name}.ipynb?reset")
        self.see_notebook(name)

    def open_beside(self, name: str) -> None:
        """Open another notebook from JupyterLab's own list of files."""
        self.page.get_by_role("listitem", name=f"Name: {name}.ipynb").dblclick()
        self.see_notebook(name)

    def see_notebook(self, name: str) -> None:
        """Wait until a notebook is in front, with a kernel that can be asked."""
        expect(self.tab(name)).to_have_attribute("aria-selected", "true")
        expect(self.panel(name).get_by_role("heading", level=1)).to_be_visible()
        expect(self.page.get_by_role("button", name="(ipykernel) | Idle")).to_be_visible()

    def tab(self, name: str) -> Locator:
        """The tab of a notebook."""
        return self.page.get_by_role("tab", name=f"{name}.ipynb")

    def panel(self, name: str = "02_goals") -> Locator:
        """A notebook as it is shown."""
        return self.page.get_by_role("tabpanel", name=f"{name}.ipynb")

    def run(self, name: str = "02_goals") -> None:
        """Run the whole notebook that is in front, and wait for its page."""
        self.page.get_by_role("menuitem", name="Run", exact=True).click()
        self.page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        expect(self.panel(name).get_by_text(re.compile("^Your plan"))).to_be_visible()

    def go_on(self, name: str = "02_goals") -> None:
        """Press Continue on a page."""
        self.panel(name).get_by_role("button", name="Continue", exact=True).click()

    def see(self, heading: str, name: str = "02_goals") -> None:
        """Wait until a screen is there, with the focus on its heading."""
        found = self.panel(name).get_by_role("heading", name=heading, level=2, exact=True)
        expect(found).to_be_focused()


@pytest.fixture
def analyst(context: BrowserContext, lab: Lab, tmp_path: Path) -> Iterator[Analyst]:
    """An analyst with notebooks of their own."""
    expect.set_options(timeout=20_000)
    folder = tmp_path.name
    shutil.copytree(ROOT / "notebooks", lab.folder / folder, ignore=_leave_plans)
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield Analyst(page, lab, folder)
    for window in context.pages:
        window.close()
    _end_kernels(context, lab)


def _end_kernels(context: BrowserContext, lab: Lab) -> None:
    cookies = {cookie["name"]: cookie["value"] for cookie in context.cookies()}
    headers = {"X-XSRFToken": cookies.get("_xsrf", "")}
    for session in json.loads(lab.ask("/api/sessions")[2]):
        context.request.delete(f"{lab.address}api/sessions/{session['id']}", headers=headers)
