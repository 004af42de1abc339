"""Files of any size and of any columns in the browser: asked, stopped, read."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.app.test_accessibility import SIZES, assert_accessible

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.app.conftest import App, Visitor

pytestmark = pytest.mark.browser

LINE = (
    '203.0.113.{n} - - [05/Mar/2026:10:00:01 +0000] "GET /services?utm_source=facebook HTTP/1.1"'
    ' 200 9 "-" "Mozilla/5.0 (iPhone)"\n'
)
OWN = "Day;Network;Visits;Name\n03/04/2026;Instagram;20;quokka\n05/04/2026;Facebook;9;quokka\n"


def _write_log(folder: Path, megabytes: int) -> bytes:
    block = "".join(LINE.format(n=n) for n in range(250)).encode()
    return block * (megabytes * 1_000_000 // len(block))


def _choose(page: Page, *files: Path) -> None:
    page.get_by_label("Which files?").set_input_files([*files])


def test_a_table_is_mapped_and_long_work_is_stopped(
    another: Callable[..., Visitor], app: App, tmp_path: Path
) -> None:
    """Columns are chosen by keyboard, a question is answered, sending and reading are stopped."""
    own, large, packed = (tmp_path / n for n in ("own.csv", "large.log", "packed.log.gz"))
    own.write_text(OWN)
    large.write_bytes(_write_log(tmp_path, 60))
    packed.write_bytes(gzip.compress(_write_log(tmp_path, 90), compresslevel=1))
    visitor = another(viewport=SIZES["phone"])
    visitor.open("09_measurement", "#new&at=measurement/export")
    page = visitor.page
    _choose(page, own)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="Tell us what the columns are")).to_be_focused()
    assert_accessible(page, "columns, phone")
    visits = page.get_by_label("Which column counts the visits?")
    visits.focus()
    page.keyboard.press("Home")
    wanted = page.get_by_role("listitem").filter(has_text="Choose the column that holds the visits")
    expect(wanted).to_be_visible()
    page.keyboard.type("Vis")
    use = page.get_by_role("button", name="Use these columns")
    expect(wanted).to_be_hidden()
    use.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What this file can tell")).to_be_focused()
    page.get_by_label("Month first: 3 April is 04/03").check()
    expect(page.get_by_text("29 visits came from social, from 4 March 2026")).to_be_visible()
    visitor.see_saved()
    _stop_both(page, large, packed)
    _choose(page, own)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_text("29 visits came from social")).to_be_visible()
    stored = b"".join(p.read_bytes() for p in app.store.parent.glob(f"{app.store.name}*"))
    assert b"quokka" not in stored
    assert "quokka" not in app.log()


def _stop_both(page: Page, large: Path, packed: Path) -> None:
    """Stop a file on its way, then one that is being read; the page goes on after both."""
    _choose(page, large)
    expect(page.get_by_role("progressbar", name="Sending large.log")).to_be_visible()
    page.get_by_role("button", name="Stop sending").click()
    expect(page.get_by_text("Stopped. Nothing of large.log is kept.").first).to_be_visible()
    expect(page.get_by_label("Which files?")).to_be_focused()
    _choose(page, packed)
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("button", name="Stop reading").click()
    expect(page.get_by_text(re.compile("^Stopped. Nothing was read")).first).to_be_attached()
    expect(page.get_by_role("progressbar")).to_be_hidden()
