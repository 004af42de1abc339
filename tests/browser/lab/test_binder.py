"""The demo on Binder, rebuilt from its pins: the guided app and JupyterLab on one server."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect
from serving_fixtures import ROOT, wait_until

from tests.browser.lab.conftest import make_environment, run_lab
from workbook.content import load_words

pytestmark = [pytest.mark.browser, pytest.mark.server]

BINDER = ROOT / "binder"
FORGET_DRAFTS = """
for (const name of Object.keys(localStorage))
  if (name.startsWith("workbook:draft:")) localStorage.removeItem(name);
"""
#: JupyterLab's own remark when another tab of this server is open.
OTHER_TAB = "Window name candidate"
NAME = "What is your business called?"
KEPT_NOWHERE = "nothing is kept on this server"
START = "/voila/render/notebooks/00_start.ipynb"


@pytest.fixture(scope="module")
def python(tmp_path_factory):
    """The Python of a fresh environment with the pins of Binder, and nothing else."""
    program = shutil.which("uv", path=Path(sys.executable).parent)
    if program is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("uv is not installed")
    folder = tmp_path_factory.mktemp("environment")
    version = (BINDER / "runtime.txt").read_text(encoding="utf-8").strip().removeprefix("python-")
    pins = ["--no-deps", "-r", BINDER / "requirements.txt"]
    for command in (
        ["venv", "--python", version, folder],
        ["pip", "install", "--python", folder, *pins],
        ["pip", "check", "--python", folder],
    ):
        done = subprocess.run(
            [program, *command], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    return folder / "bin" / "python"


@pytest.fixture(scope="module")
def demo(python, tmp_path_factory):
    """Jupyter's server as Binder starts it, in the environment as ``postBuild`` leaves it."""
    folder = tmp_path_factory.mktemp("binder")
    environment = make_environment(folder)
    for name in ("PYTHONPATH", "JUPYTER_PATH"):
        del environment[name]
    environment["PATH"] = os.pathsep.join([str(python.parent), os.environ["PATH"]])
    subprocess.run([BINDER / "postBuild"], check=True, env=environment, cwd=ROOT)
    start = str(BINDER / "start")
    with run_lab(folder, start, environment=environment, python=str(python)) as running:
        yield running


def name_the_business(page, name):
    """Go to the first questions and answer one; the page says that it is saved."""
    page.get_by_role("button", name="Start now").click()
    expect(page.get_by_role("heading", name="How much time have you?", level=2)).to_be_focused()
    page.get_by_role("button", name="Continue", exact=True).click()
    expect(page.get_by_role("heading", name="Your business", level=2)).to_be_focused()
    field = page.get_by_label(NAME)
    field.fill(name)
    field.press("Tab")
    expect(page.get_by_text(re.compile(r"^Saved \d"))).to_be_visible()


def list_kernels(demo):
    """The kernels that run on the server."""
    return [kernel["id"] for kernel in json.loads(demo.ask("/api/kernels")[2])]


def test_the_guided_app_and_jupyterlab_share_a_server(demo, context, watch):
    """An answer in the app is saved; its kernel ends when the page goes, JupyterLab works beside.

    What was typed in the moment of leaving is there when the page is opened again.
    """
    watch.allowed.append(OTHER_TAB)
    expect.set_options(timeout=20_000)
    app = context.new_page()
    app.set_default_timeout(20_000)
    address = f"{demo.address}{START.removeprefix('/')}"
    app.goto(address)
    expect(app.get_by_text(KEPT_NOWHERE)).to_be_visible()
    name_the_business(app, "North Street Plumbing")
    (kernel,) = list_kernels(demo)
    lab = context.new_page()
    lab.set_default_timeout(20_000)
    lab.goto(f"{demo.address}lab/tree/notebooks/02_goals.ipynb?reset")
    expect(lab.get_by_role("button", name="(ipykernel) | Idle")).to_be_visible()
    lab.get_by_role("menuitem", name="Run", exact=True).click()
    lab.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    expect(lab.get_by_role("heading", name="What the business wants")).to_be_visible()
    expect(lab.get_by_text(KEPT_NOWHERE)).to_be_visible()
    app.bring_to_front()
    app.get_by_label(NAME).fill("South Street Plumbing")
    app.goto("about:blank")
    gone = wait_until(lambda: kernel not in list_kernels(demo), 15)
    assert gone > 1
    app.add_init_script(FORGET_DRAFTS)
    app.goto(address)
    expect(app.get_by_label(NAME)).to_have_value("South Street Plumbing")


def test_what_is_installed_is_what_is_served(demo, python):
    """The package comes out of its wheel, with our rules on our pages and none on JupyterLab.

    Set for the whole server, the rules would leave JupyterLab blank.
    """
    run = [python, "-I", "-c", "import workbook; print(workbook.__file__)"]
    place = subprocess.run(run, check=True, capture_output=True, text=True).stdout.strip()
    assert Path(place).is_relative_to(python.parents[1])
    status, headers, body = demo.ask(START)
    page = body.decode()
    assert status == 200
    assert 'http-equiv="Content-Security-Policy"' in page
    assert "unsafe-eval" not in page + str(headers.get("Content-Security-Policy"))
    named = re.findall(r'<(?:link|script)[^>]+(?:href|src)="(/[^"]+)"', page)
    assert any("workbook.css" in address for address in named)
    assert [address for address in named if demo.ask(address)[0] != 200] == []
    status, headers, _ = demo.ask("/lab")
    assert status == 200
    assert "script-src" not in str(headers.get("Content-Security-Policy"))


def test_the_guided_app_says_what_happens_to_answers(demo):
    """Its cells for analysts stay out, and the page on privacy leads back to it."""
    page = demo.ask(START)[2].decode()
    assert "Look closer" not in page
    assert "Look closer" in (ROOT / "notebooks" / "00_start.ipynb").read_text(encoding="utf-8")
    link = re.search(r'<footer id="wb-footer"><a href="([^"]+)"', page)[1]
    status, _, body = demo.ask(link)
    assert status == 200
    assert KEPT_NOWHERE in body.decode()
    assert f'href="{START}"' in body.decode()


def test_there_too_a_browser_is_answered_in_its_language(demo, browser, watch):
    """The page, its text and the program behind it; a link in its foot switches."""
    visitor = browser.new_context(locale="es-ES")
    watch.follow(visitor)
    page = visitor.new_page()
    page.goto(f"{demo.address}{START.removeprefix('/')}")
    words = load_words("interface/tasks.toml", "es")["introduction"]
    expect(page.get_by_role("button", name=words["start"])).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    page.locator("#wb-footer").get_by_role("link", name="English").click()
    expect(page.get_by_role("button", name="Start now")).to_be_visible()
    visitor.close()
