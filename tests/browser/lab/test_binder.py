"""The demo on Binder in a browser: the guided app and JupyterLab on one and the same server."""

from __future__ import annotations

import json
import re
import subprocess

import pytest
from playwright.sync_api import expect
from serving_fixtures import ROOT, wait_until

from tests.browser.lab.conftest import make_environment, run_lab

pytestmark = [pytest.mark.browser, pytest.mark.server]

BINDER = ROOT / "binder"
FORGET_DRAFTS = """
for (const name of Object.keys(localStorage))
  if (name.startsWith("workbook:draft:")) localStorage.removeItem(name);
"""
#: JupyterLab's own remark when another tab of this server is open.
OTHER_TAB = "Window name candidate"
NAME = "What is your business called?"


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """Jupyter's server as Binder starts it, over what ``postBuild`` has laid out."""
    folder = tmp_path_factory.mktemp("binder")
    environment = make_environment(folder)
    subprocess.run([BINDER / "postBuild", folder], check=True, env=environment, cwd=ROOT)
    with run_lab(folder, str(BINDER / "start"), environment=environment) as running:
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
    address = f"{demo.address}voila/render/notebooks/00_start.ipynb"
    app.goto(address)
    name_the_business(app, "North Street Plumbing")
    (kernel,) = list_kernels(demo)
    lab = context.new_page()
    lab.set_default_timeout(20_000)
    lab.goto(f"{demo.address}lab/tree/notebooks/02_goals.ipynb?reset")
    expect(lab.get_by_role("button", name="(ipykernel) | Idle")).to_be_visible()
    lab.get_by_role("menuitem", name="Run", exact=True).click()
    lab.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    expect(lab.get_by_role("heading", name="What the business wants")).to_be_visible()
    app.bring_to_front()
    app.get_by_label(NAME).fill("South Street Plumbing")
    app.goto("about:blank")
    gone = wait_until(lambda: kernel not in list_kernels(demo), 15)
    assert gone > 1
    app.add_init_script(FORGET_DRAFTS)
    app.goto(address)
    expect(app.get_by_label(NAME)).to_have_value("South Street Plumbing")
