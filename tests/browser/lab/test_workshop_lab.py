"""A workshop in JupyterLab: the same notebooks, the same room, through one database."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from workbook.workshop.seat import Seat, join

pytestmark = [pytest.mark.browser, pytest.mark.server]

STORE = 'import os\nos.environ["WORKBOOK_STORE"] = "{store}"'


def name_store(analyst, name, store):
    """Let a notebook of an analyst name the database, as a hub does for all of its notebooks."""
    file = analyst.path / f"{name}.ipynb"
    notebook = json.loads(file.read_text(encoding="utf-8"))
    cell = {"cell_type": "code", "id": "store", "metadata": {}, "outputs": []}
    cell |= {"execution_count": None, "source": STORE.format(store=store)}
    notebook["cells"].insert(1, cell)
    file.write_text(json.dumps(notebook), encoding="utf-8")


def run(analyst, name, heading):
    """Run a whole notebook, and wait for a heading on its page."""
    analyst.page.get_by_role("menuitem", name="Run", exact=True).click()
    analyst.page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    expect(analyst.panel(name).get_by_role("heading", name=heading, exact=True)).to_be_visible()


def test_a_room_is_led_and_joined_from_notebooks(analyst, tmp_path):
    """Who leads has a notebook, who joins another with a plan in a file; all meet in one room."""
    store = f"sqlite:///{tmp_path}/rooms.sqlite3"
    name_store(analyst, "facilitator", store)
    name_store(analyst, "00_start", store)
    analyst.open("facilitator")
    run(analyst, "facilitator", "Open a room")
    lead = analyst.panel("facilitator")
    expect(lead.get_by_text("No database is named here")).to_have_count(0)
    lead.get_by_label("What is the workshop called?").fill("Market traders")
    lead.get_by_role("button", name="Open the room").click()
    code = lead.locator(".wb-join-code").inner_text().replace("Code:", "").strip()
    expect(lead.get_by_text("Open the notebook \u201c00_start\u201d")).to_be_visible()
    lead.get_by_role("button", name="Begin", exact=True).click()
    analyst.open_beside("00_start")
    analyst.run("00_start")
    guest = analyst.panel("00_start")
    guest.get_by_role("link", name="Join a workshop").click()
    expect(guest.get_by_text("No database is named here")).to_have_count(0)
    guest.get_by_role("textbox", name="Code").fill(code)
    guest.get_by_label("How far I am, and my answers").check()
    guest.get_by_role("button", name="Join", exact=True).click()
    expect(guest.get_by_text("This plan is kept in a file")).to_be_visible()
    guest.get_by_label("Only how far I am").check()
    guest.get_by_role("button", name="Join", exact=True).click()
    expect(guest.get_by_role("heading", name="What to have ready")).to_be_visible()
    seat = Seat(store, join(store, code, now=datetime.now(UTC)))
    analyst.tab("facilitator").click()
    expect(lead.get_by_role("rowheader", name=re.compile("Somebody"))).to_be_visible()
    lead.get_by_role("button", name="Ask", exact=True).click()
    analyst.tab("00_start").click()
    guest.get_by_role("button", name="Answer", exact=True).click()
    guest.get_by_label("Visits to our website").check()
    guest.get_by_role("button", name="Send my answer").click()
    analyst.tab("facilitator").click()
    expect(lead.get_by_text("1 of 2 has answered")).to_be_visible()
    assert seat.load().room.state.item == "stands"
