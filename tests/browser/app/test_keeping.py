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
    from pathlib import Path

    from playwright.sync_api import WebSocketRoute

    from tests.browser.app.conftest import Visitor
    from tests.browser.conftest import Watch

pytestmark = pytest.mark.browser

NAME = "What is your business called?"
SELLS = "What do you sell or offer?"

#: What the browser itself writes down when a server or a kernel is gone.
EXPECTED = ["Failed to load resource", "WebSocket connection", "ERR_"]

#: A browser that tells a page only afterwards that it goes, as on an iPhone.
UNTOLD = """
addEventListener("beforeunload", (told) => told.stopImmediatePropagation(), true);
const note = () => sessionStorage.setItem("went", document.cookie);
addEventListener("workbook:going", () => queueMicrotask(note));
"""


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
    """Fifty times: change an answer and leave in the same moment; another browser reads it."""
    visitor.start()
    visitor.name_business("Example 0")
    reader = another()
    reader.page.goto(visitor.link())
    expect(reader.menu).to_have_text(re.compile("Example 0"))
    writer, other = visitor, reader
    writer.open(fragment="#at=start.name")
    for number in range(1, 51):
        writer.page.get_by_label(NAME).fill(f"Example {number}")
        writer.page.goto("about:blank")
        expect_saved(other, f"Example {number}")
        writer, other = other, writer


def test_the_last_answer_goes_with_the_farewell(
    visitor: Visitor, another: Callable[..., Visitor]
) -> None:
    """The line is cut off in the moment of leaving: what it no longer carried is saved."""
    visitor.start()
    visitor.name_business("Example 0")
    writer = another()
    cut: list[bool] = []

    def carry(line: WebSocketRoute) -> None:
        server = line.connect_to_server()
        line.on_message(lambda message: None if cut else server.send(message))

    writer.page.route_web_socket(re.compile("/channels"), carry)
    writer.page.goto(visitor.link())
    expect(writer.menu).to_have_text(re.compile("Example 0"))
    writer.open(fragment="#at=start.name")
    cut.append(True)
    writer.page.get_by_label(NAME).fill("Example 1")
    writer.page.goto("about:blank")
    expect_saved(visitor, "Example 1")


def expect_saved(reader: Visitor, name: str) -> None:
    """A browser that never typed a name sees it once the page that did has ended."""
    for _ in range(20):
        reader.open(fragment="#at=start.name")
        expect(reader.page.get_by_label(NAME)).not_to_have_value("")
        if reader.page.get_by_label(NAME).input_value() == name:
            return
    pytest.fail(f"{name} was not saved")


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
    """After the link was mailed or shown, and the plan downloaded, answers are still saved."""
    visitor.start()
    visitor.name_business("Example Mill")
    with visitor.page.expect_download():
        visitor.choose("Download my plan")
    visitor.choose("Send my link by e-mail")
    visitor.choose("Show my link as QR code")
    expect(visitor.page.get_by_role("img", name="QR code of the link to your plan")).to_be_visible()
    visitor.page.get_by_role("button", name="Close").click()
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


def test_an_opened_file_becomes_a_plan_of_its_own(visitor: Visitor, tmp_path: Path) -> None:
    """The plan that was open stays under its link; both are listed on the device."""
    visitor.start()
    visitor.name_business("Example Client One")
    first = visitor.link()
    with visitor.page.expect_download() as given:
        visitor.choose("Download my plan")
    other = tmp_path / "two.json"
    other.write_text(given.value.path().read_text().replace("Client One", "Client Two"))
    with visitor.page.expect_file_chooser() as chooser:
        visitor.choose("Open a plan file")
    chooser.value.set_files(other)
    visitor.page.get_by_role("button", name="Open it as a plan of its own").click()
    expect(visitor.menu).to_have_text(re.compile("Example Client Two"))
    assert visitor.link() != first
    visitor.choose("Example Client One")
    expect(visitor.menu).to_have_text(re.compile("Example Client One"))
    visitor.open(fragment="#at=start.name")
    expect(visitor.page.get_by_label(NAME)).to_have_value("Example Client One")


def test_a_new_plan_leaves_the_old_one_as_it_is(visitor: Visitor) -> None:
    """“Start a new plan” begins an empty one; the menu leads back.

    The next page takes the place of the one that goes, also in browsers that tell no page before.
    """
    visitor.page.add_init_script(UNTOLD)
    visitor.start()
    visitor.name_business("Example Before")
    visitor.choose("Start a new plan")
    dialog = visitor.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Start a new plan").click()
    expect(visitor.page.get_by_role("button", name="Start now")).to_be_visible()
    assert "wb_left=" in visitor.page.evaluate("sessionStorage.getItem('went')")
    visitor.start()
    visitor.name_business("Example Before")
    tell_plans_apart(visitor)
    expect(visitor.page.get_by_role("heading", name="Your tasks")).to_be_visible()


def tell_plans_apart(visitor: Visitor) -> None:
    """The other plan of the same name has its day; the menu goes when the focus leaves it."""
    visitor.menu.click()
    other = visitor.page.get_by_role("button", name=re.compile(r"^Example Before, .*\d:\d\d"))
    expect(other).to_be_visible()
    visitor.page.get_by_label(NAME).focus()
    expect(other).to_be_hidden()
    visitor.menu.click()
    other.click()


def test_a_wrong_link_leaves_my_own_plan_alone(visitor: Visitor) -> None:
    """One click leads back to the plan on this device, also after a file that cannot be opened."""
    visitor.start()
    visitor.name_business("Example Mine")
    visitor.page.goto("about:blank")
    visitor.page.goto(f"{visitor.app.address}voila/render/00_start.ipynb#key=abc")
    notice = visitor.page.get_by_role("alert").filter(has_text="This link is not complete")
    with visitor.page.expect_file_chooser() as chooser:
        notice.get_by_role("button", name="Open a plan file").click()
    wrong = {"name": "holiday.json", "mimeType": "application/json", "buffer": b"not a plan"}
    chooser.value.set_files(wrong)
    notice = visitor.page.get_by_role("alert").filter(has_text="holiday.json")
    notice.get_by_role("button", name="Back to Example Mine").click()
    expect(visitor.page.get_by_role("heading", name="Your tasks")).to_be_visible()
    visitor.open(fragment="#at=start.name")
    expect(visitor.page.get_by_label(NAME)).to_have_value("Example Mine")


def test_a_store_that_is_away_costs_nothing(visitor: Visitor, watch: Watch) -> None:
    """While answers cannot be reached the page waits, says so, and opens the plan afterwards."""
    visitor.start()
    visitor.name_business("Example Patience")
    store = visitor.app.store
    away = store.with_suffix(".away")
    store.rename(away)
    store.mkdir()
    try:
        visitor.page.reload()
        expect(visitor.page.get_by_text("This page tries again by itself")).to_be_visible()
    finally:
        store.rmdir()
        away.rename(store)
    expect(visitor.page.get_by_label(NAME)).to_have_value("Example Patience")


def test_forgetting_holds_in_every_tab(visitor: Visitor) -> None:
    """Forgotten in one tab, a plan does not come back from another tab of the browser."""
    visitor.start()
    visitor.name_business("Example Tabs")
    second = visitor.page.context.new_page()
    second.goto(visitor.link())
    expect(second.get_by_role("heading", name="Your tasks")).to_be_visible()
    visitor.choose("Forget me on this device")
    visitor.page.get_by_role("dialog").get_by_role(
        "button", name="Forget me on this device"
    ).click()
    expect(visitor.page.get_by_role("button", name="Start now")).to_be_visible()
    expect(second.get_by_role("button", name="Start now")).to_be_visible()
    second.reload()
    expect(second.get_by_role("button", name="Start now")).to_be_visible()


def test_back_in_the_browser_leads_to_the_screen_before(visitor: Visitor) -> None:
    """The browser's own Back and Forward move between screens and lose nothing."""
    visitor.start()
    visitor.name_business("Example Back")
    visitor.go_on()
    visitor.see("Your week")
    visitor.page.go_back()
    visitor.see("Your business")
    expect(visitor.page.get_by_label(NAME)).to_have_value("Example Back")
    visitor.page.go_forward()
    visitor.see("Your week")


def test_change_leads_back_to_the_check_of_answers(visitor: Visitor) -> None:
    """After changing an answer from the last page, Continue goes back there."""
    visitor.start()
    visitor.name_business("Example Change")
    visitor.open("11_finish")
    visitor.page.get_by_role("link", name="Change What is your business called?").click()
    expect(visitor.page.get_by_label(NAME)).to_be_focused()
    visitor.page.get_by_label(NAME).fill("Example Changed")
    visitor.go_on()
    expect(visitor.page.get_by_role("heading", name="Check your answers", level=2)).to_be_visible()
    expect(visitor.page.get_by_text("Example Changed", exact=True)).to_be_visible()


def test_an_answer_that_a_dead_line_swallowed_is_sent_again(visitor: Visitor) -> None:
    """The line seems open and carries nothing; once it stands again, the answer is saved."""
    swallows: list[bool] = []
    lines: list[WebSocketRoute] = []

    def carry(line: WebSocketRoute) -> None:
        server = line.connect_to_server()
        line.on_message(lambda message: None if swallows else server.send(message))
        lines.append(line)

    visitor.page.route_web_socket("**/channels*", carry)
    visitor.start()
    visitor.name_business("Example Pottery")
    swallows.append(True)
    visitor.page.get_by_label(SELLS).fill("Mugs")
    visitor.page.keyboard.press("Tab")
    expect(visitor.page.get_by_text("Saving…")).to_be_visible()
    swallows.clear()
    lines[-1].close()
    visitor.see_saved()
    visitor.page.reload()
    expect(visitor.page.get_by_label(SELLS)).to_have_value("Mugs")
