"""The page of documents in the browser: looked at, taken alone, and all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from playwright.sync_api import expect

from tests.browser.app.test_accessibility import assert_accessible
from workbook.exports.bundle import list_places

if TYPE_CHECKING:
    from playwright.sync_api import Download

    from tests.browser.app.conftest import Visitor

pytestmark = pytest.mark.browser


def test_documents_are_looked_at_and_taken(visitor: Visitor) -> None:
    """A preview in a shut frame, one document while the zip is made, and the zip itself."""
    page = visitor.page
    page.set_viewport_size({"width": 360, "height": 740})
    visitor.open(fragment="#example")
    visitor.open("11_finish", "#at=documents")
    page.get_by_role("button", name="Preview: Response playbook").click()
    inside = page.get_by_title("Response playbook, as it is now").content_frame
    expect(inside.get_by_role("heading", name="Response playbook", level=1)).to_be_visible()
    inside.get_by_role("link", name="Skip to the text").press("Enter")
    expect(inside.get_by_role("main")).to_be_focused()
    assert_accessible(page, "preview open")
    given: list[Download] = []
    page.on("download", lambda one: given.append(one))  # noqa: PLW0108 - a bound method is refused
    page.get_by_role("button", name="Make the zip").click()
    expect(page.get_by_role("progressbar", name="Making the zip")).to_be_visible()
    with page.expect_download(lambda one: one.suggested_filename.endswith(".zip")) as packed:
        page.get_by_role("button", name="Social media policy in Word").click()
    assert [one.suggested_filename.rpartition("-")[2] for one in given] == [
        "policy.docx",
        "everything.zip",
    ]
    with ZipFile(packed.value.path()) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [place.path for place in list_places()]
    expect(page.get_by_role("progressbar")).to_have_count(0)
    page.get_by_role("button", name="Make the zip").click()
    page.get_by_role("button", name="Stop making the zip").click()
    expect(page.get_by_role("progressbar")).to_have_count(0)
    page.get_by_role("button", name="Close the preview: Response playbook").click()
    expect(page.get_by_role("button", name="Preview: Response playbook")).to_be_visible()
    assert len(given) == 2
