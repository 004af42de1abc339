"""Notebooks that somebody changed, shown by a server that goes on meanwhile."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import nbformat
import pytest
from playwright.sync_api import expect

from workbook.serving.app import find_notebooks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page
    from serving_fixtures import Served

pytestmark = [pytest.mark.browser, pytest.mark.server]

ADDED = """
import ipywidgets
from IPython.display import display
hours = ipywidgets.IntSlider(value=3, max=9, description="Hours")
notes = ipywidgets.Accordion([ipywidgets.Textarea(placeholder="Notes")], titles=["More"])
told = ipywidgets.Output()
def tell(change):
    with told:
        print(f"{change['new']} hours a week")
hours.observe(tell, "value")
display(ipywidgets.Tab([ipywidgets.VBox([hours, told]), notes], titles=["Time", "Notes"]))
"""


def add_cell(notebook: Path, source: str) -> None:
    """Add a cell to a notebook, as an editor does."""
    opened = nbformat.read(notebook, as_version=4)
    opened.cells.append(nbformat.v4.new_code_cell(source))
    nbformat.write(opened, notebook)


def test_what_is_added_to_notebooks_is_shown_by_the_server_that_runs(
    page: Page, serve: Callable[..., Served], tmp_path: Path, watch: Any
) -> None:
    """A cell with any widgets, and a page of one's own: from the next visit on, beside ours."""
    pages = tmp_path / "pages"
    pages.mkdir()
    shutil.copy(find_notebooks() / "00_start.ipynb", pages)
    served = serve(pages, renew=True, store=f"sqlite:///{tmp_path}/plans.sqlite3")
    page.goto(served.address)
    ours = page.get_by_role("button", name="Start now")
    ours.wait_for()

    add_cell(pages / "00_start.ipynb", ADDED)
    shutil.copy(pages / "00_start.ipynb", pages / "20_own.ipynb")
    page.reload()
    slider = page.get_by_role("slider")
    slider.wait_for()
    ours.wait_for()
    slider.press("ArrowRight")
    expect(page.get_by_text("4 hours a week")).to_be_visible()
    page.get_by_role("tab", name="Notes").click()
    page.get_by_text("More").click()
    expect(page.get_by_placeholder("Notes")).to_be_visible()

    page.goto(served.address + "voila/render/20_own.ipynb")
    page.get_by_role("slider").wait_for()
    ours.wait_for()
