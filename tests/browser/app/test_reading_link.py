"""A link for reading: given by the owner, read and taken along by somebody else, withdrawn."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser.app.test_accessibility import SIZES, assert_accessible
from workbook.plan import Plan
from workbook.storage.database import DatabaseStore
from workbook.storage.encryption import new_key
from workbook.storage.example import read_demo
from workbook.storage.plan_file import PlanFile

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.app.conftest import Visitor

pytestmark = pytest.mark.browser

#: What somebody might make their browser say, over its own line to the page.
FORGED = """() => {
  const [desk] = workbook.desks.values();
  for (const kind of ["answer", "plan_file", "undo", "delete"])
    desk.tell({ kind, path: "start.name", raw: "Hacked", seen: null, number: 1 });
  desk.tell({ kind: "try", path: "links.give", raw: { who: "me" } });
}"""
KEPT = "() => JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)])"


def test_somebody_reads_along_until_the_owner_withdraws(
    visitor: Visitor, another: Callable[..., Visitor]
) -> None:
    """Given without a clipboard, read on a phone, forged in vain, withdrawn while it is open."""
    now = datetime.now(UTC)
    key = new_key()
    store = DatabaseStore(f"sqlite:///{visitor.app.store}", key, today=now.date())
    begun = PlanFile(plan=Plan(start=read_demo(now.date()).plan.start))
    saved = store.save(begun, expected_revision=0, now=now)
    link = give_link(visitor, key)
    reader = another(viewport=SIZES["phone"]).page
    read_along(reader, link)
    assert store.load() == saved
    assert [given.who for given in store.links()] == ["Ann Example"]

    visitor.page.get_by_role("button", name="Withdraw the link for Ann Example").click()
    visitor.page.get_by_role("dialog").get_by_role("button", name="Withdraw").click()
    expect(visitor.page.get_by_text("No link for reading is given")).to_be_visible()
    reader.get_by_label("Document").select_option(label="One-page strategy")
    expect(reader.get_by_role("alert")).to_contain_text("does not open a plan any more")
    expect(reader.get_by_role("heading", level=1)).to_have_text("Nothing to read here")
    expect(reader.locator("iframe")).to_have_count(0)
    assert_accessible(reader, "a link that was withdrawn")


def give_link(visitor: Visitor, key: str) -> str:
    """The owner gives a link where there is no clipboard: it stands selected."""
    page = visitor.page
    page.add_init_script("delete Navigator.prototype.clipboard")
    visitor.open("11_finish", f"#key={key}&at=links")
    page.get_by_label("Who is it for?").fill("Ann Example")
    page.get_by_role("button", name="Make the link").click()
    field = page.get_by_role("textbox", name="Link for Ann Example")
    expect(field).to_be_focused()
    expect(page.get_by_text("The link is selected.")).to_be_visible()
    link = field.input_value()
    assert page.evaluate("getSelection().toString()") == link
    mail = page.get_by_role("link", name="Send the link for Ann Example by e-mail")
    expect(mail).to_have_attribute("href", re_mail(link))
    page.get_by_role("button", name="Show the link for Ann Example as QR code").click()
    expect(page.get_by_role("img", name="QR code of the link for Ann Example")).to_be_visible()
    assert_accessible(page, "links for reading")
    return link


def read_along(reader: Page, link: str) -> None:
    """Somebody reads the strategy, tries to change the plan, and takes a document along."""
    reader.goto(link.replace("00_start", "02_goals"))
    title = reader.get_by_role("heading", level=1, name="social media plan, to read")
    expect(title).to_be_visible()
    expect(reader.get_by_role("heading", level=1)).to_have_count(1)
    frame = reader.frame_locator("iframe")
    expect(frame.get_by_role("heading", name="In brief")).to_be_visible()
    expect(reader.get_by_role("group").get_by_text("Your plan")).to_be_hidden()
    assert "#" not in reader.url
    assert_accessible(reader, "a plan to read")
    local, tab = json.loads(reader.evaluate(KEPT))
    assert (local, [name for name, _ in tab]) == ([], ["workbook:reading"])
    reader.evaluate(FORGED)
    with reader.expect_download() as taken:
        reader.get_by_role("button", name="PDF", exact=True).click()
    assert taken.value.suggested_filename.endswith("-strategy.pdf")


def re_mail(link: str) -> re.Pattern[str]:
    """What an address of an e-mail with a link in it looks like."""
    return re.compile("^mailto:\\?subject=.*" + re.escape(quote(link, safe="!'()*~")))
