"""Nothing that was typed is lost, and nothing that was saved is overwritten silently."""

from __future__ import annotations

import os
import re
import signal
from typing import TYPE_CHECKING

import psutil
import pytest
from playwright.sync_api import expect
from serving_fixtures import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.app.conftest import Visitor
    from tests.browser.conftest import Watch

pytestmark = pytest.mark.browser

NAME = "What is your business called?"
SELLS = "What do you sell or offer?"

#: What the browser itself writes down when a server or a kernel is gone.
EXPECTED = ["Failed to load resource", "WebSocket connection", "ERR_"]


def kernels(visitor: Visitor) -> list[psutil.Process]:
    """The kernels of the app, youngest last."""
    found = psutil.Process(visitor.app.process.pid).children(recursive=True)
    found += [p for p in psutil.process_iter(["cmdline"]) if is_forked(p, found)]
    return sorted(found, key=lambda process: process.create_time())


def is_forked(process: psutil.Process, known: list[psutil.Process]) -> bool:
    """Whether a process was forked by one of those known."""
    return process.ppid() in {p.pid for p in known} and process not in known


def test_a_half_typed_answer_survives_a_reload(visitor: Visitor) -> None:
    """The page comes back at the same question with what was typed so far."""
    visitor.start()
    visitor.name_business("Example Pottery")
    visitor.page.get_by_label(SELLS).press_sequentially("Mugs and bo")
    visitor.page.reload()
    expect(visitor.page.get_by_label(SELLS)).to_have_value("Mugs and bo")
    expect(visitor.page.get_by_label(SELLS)).to_be_focused()


def test_what_was_typed_in_the_moment_of_leaving_is_saved(
    visitor: Visitor, another: Callable[..., Visitor]
) -> None:
    """Fifty times: change an answer and leave in the same moment; each time it is there."""
    visitor.start()
    visitor.name_business("Example 0")
    link = visitor.link()
    reader = another()
    reader.page.goto(link)
    for number in range(1, 51):
        visitor.page.get_by_label(NAME).fill(f"Example {number}")
        visitor.page.goto("about:blank")
        visitor.open(fragment="#at=start.name")
        expect(visitor.page.get_by_label(NAME)).to_have_value(f"Example {number}")
    reader.open(fragment="#at=start.name")
    expect(reader.page.get_by_label(NAME)).to_have_value("Example 50")


def test_a_killed_kernel_loses_nothing(visitor: Visitor, watch: Watch) -> None:
    """The page reloads itself at the same half-typed question; what was saved is there."""
    watch.allowed += EXPECTED
    visitor.start()
    visitor.name_business("Example Brewery")
    visitor.page.get_by_label(SELLS).press_sequentially("Beer")
    os.kill(kernels(visitor)[-1].pid, signal.SIGKILL)
    expect(visitor.page.get_by_label(SELLS)).to_have_value("Beer")
    visitor.page.get_by_label(SELLS).press_sequentially(" and bread")
    visitor.page.keyboard.press("Tab")
    visitor.see_saved()
    visitor.page.reload()
    expect(visitor.page.get_by_label(NAME)).to_have_value("Example Brewery")
    expect(visitor.page.get_by_label(SELLS)).to_have_value(re.compile("Beer"))


def test_two_tabs_never_overwrite_each_other_silently(
    visitor: Visitor, another: Callable[..., Visitor]
) -> None:
    """The answer saved first stays and is shown; the other one is offered."""
    visitor.start()
    visitor.name_business("Example One")
    other = another()
    other.page.goto(visitor.link())
    expect(other.menu).to_be_visible()
    other.open(fragment="#at=start.name")
    expect(other.page.get_by_label(NAME)).to_have_value("Example One")
    visitor.page.get_by_label(NAME).fill("Example Two")
    visitor.page.keyboard.press("Tab")
    wait_until(lambda: "Two" in saved_name(another, visitor), 20)
    other.page.get_by_label(NAME).fill("Example Three")
    other.page.keyboard.press("Tab")
    expect(other.page.get_by_label(NAME)).to_have_value("Example Two")
    expect(other.page.get_by_text("On this device you typed “Example Three”")).to_be_visible()
    other.page.get_by_role("button", name="Use what I typed").click()
    expect(other.page.get_by_label(NAME)).to_have_value("Example Three")
    other.see_saved()


def saved_name(another: Callable[..., Visitor], visitor: Visitor) -> str:
    """The name of the business as a fresh visitor with the link sees it."""
    if not hasattr(visitor, "kept_link"):
        visitor.kept_link = visitor.link()
    reader = another()
    reader.page.goto(visitor.kept_link)
    expect(reader.menu).to_be_visible()
    reader.open(fragment="#at=start.name")
    return reader.page.get_by_label(NAME).input_value()


def test_an_old_draft_is_offered_and_never_applied(
    visitor: Visitor, another: Callable[..., Visitor], watch: Watch
) -> None:
    """What was typed here before somebody saved a newer answer is shown beside it."""
    watch.allowed += EXPECTED
    visitor.start()
    visitor.name_business("Example Old")
    link = visitor.link()
    visitor.page.context.set_offline(True)
    visitor.page.get_by_label(NAME).fill("Example Draft")
    visitor.page.goto("about:blank")
    other = another()
    other.page.goto(link)
    expect(other.menu).to_be_visible()
    other.open(fragment="#at=start.name")
    other.page.get_by_label(NAME).fill("Example New")
    other.page.keyboard.press("Tab")
    other.see_saved()
    visitor.page.context.set_offline(False)
    visitor.open(fragment="#at=start.name")
    expect(visitor.page.get_by_label(NAME)).to_have_value("Example New")
    expect(visitor.page.get_by_text("On this device you typed “Example Draft”")).to_be_visible()
    visitor.page.get_by_role("button", name="Keep the saved answer").click()
    visitor.page.reload()
    expect(visitor.page.get_by_label(NAME)).to_have_value("Example New")
    expect(visitor.page.get_by_text("On this device you typed")).to_be_hidden()


def test_mail_and_downloads_keep_the_page_alive(visitor: Visitor) -> None:
    """After the link was mailed and the plan downloaded, answers are still saved."""
    visitor.start()
    visitor.name_business("Example Mill")
    with visitor.page.expect_download():
        visitor.choose("Download my plan")
    visitor.choose("Send my link by e-mail")
    visitor.page.get_by_label(SELLS).fill("Flour")
    visitor.page.keyboard.press("Tab")
    visitor.page.reload()
    expect(visitor.page.get_by_label(SELLS)).to_have_value("Flour")


def test_undo_takes_the_last_change_back(visitor: Visitor) -> None:
    """Undo brings the earlier answer back and goes to its question."""
    visitor.start()
    visitor.name_business("Example First")
    visitor.page.get_by_label(NAME).fill("Example Second")
    visitor.page.keyboard.press("Tab")
    visitor.see_saved()
    visitor.choose("Undo the last change")
    expect(visitor.page.get_by_label(NAME)).to_have_value("Example First")
