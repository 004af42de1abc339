"""A page in a browser: what is there, what it loads, what stays when it is left."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import psutil
import pytest
from serving_fixtures import WIDGETS, Served, wait_until, write_notebook, write_pages

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = [pytest.mark.browser, pytest.mark.server]

START = "voila/render/00_start.ipynb"
NOTE = "voila/render/01_note.ipynb"

FIRST_VISIT, NEXT_VISIT = 1_600_000, 50_000
_KERNEL = "JSON.parse(document.getElementById('jupyter-config-data').textContent).kernelId"


def read_pids(folder: Path) -> list[int]:
    """The kernels that ran the noting page, in order."""
    place = folder / "pids"
    return [int(line) for line in place.read_text().split()] if place.exists() else []


def read_answers(folder: Path) -> list[str]:
    """What the noting page wrote down, in order."""
    place = folder / "answers"
    return place.read_text().split() if place.exists() else []


def test_a_page_works_and_asks_nothing_elsewhere(page: Page, served: Served) -> None:
    """Widgets come, answer, and take the place of the sign that they are coming."""
    page.goto(served.address + START)
    page.get_by_role("textbox", name="Name").fill("Ann")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Greet").click()
    page.get_by_text("Hello Ann").wait_for()
    assert page.title() == "Start \u2013 Social media strategy workbook"
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.get_by_role("main").count() == 1
    home = page.get_by_role("banner").get_by_role("link")
    assert home.evaluate("link => link.href") == served.address + START
    page.get_by_text("Getting your page ready…").wait_for(state="detached")


def test_the_first_stop_of_the_keyboard_leads_to_the_page(page: Page, served: Served) -> None:
    """A skip link comes before everything else and goes to the main part."""
    page.goto(served.address + START)
    page.get_by_role("textbox", name="Name").wait_for()
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert focused.inner_text() == "Skip to the page"
    focused.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "MAIN"


def test_a_page_has_no_two_parts_of_one_name(page: Page, served: Served) -> None:
    """Voila's empty desk does not share the main part's id, and is not shown."""
    page.goto(served.address + START)
    page.get_by_text("Getting your page ready…").wait_for(state="detached")
    names = page.evaluate("[...document.querySelectorAll('[id]')].map(part => part.id)")
    assert len(names) == len(set(names))


def test_the_text_is_there_without_any_script(browser: Browser, served: Served) -> None:
    """A page can be read before its widgets come, and says what it needs where they cannot."""
    visitor = browser.new_context(java_script_enabled=False)
    page = visitor.new_page()
    page.goto(served.address + START)
    page.get_by_role("heading", name="Start").wait_for()
    assert page.get_by_text("Words come first.").is_visible()
    assert "This page works with JavaScript" in page.locator("noscript").inner_html()
    visitor.close()


def test_script_that_gets_into_a_page_is_not_run(page: Page, served: Served, watch: Any) -> None:
    """Even markup that slipped through cannot do anything: the browser refuses it."""
    watch.allowed.append("Content Security Policy")
    page.goto(served.address + START)
    page.get_by_role("textbox", name="Name").wait_for()
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.slipped = 1";
          document.body.append(script);
          const image = '<img src="data:," onerror="window.slipped = 2">';
          document.body.insertAdjacentHTML("beforeend", image);
          setTimeout("window.slipped = 3", 0);
          return new Promise(resolve => setTimeout(resolve, 100));
        }"""
    )
    assert page.evaluate("window.slipped") is None
    assert len(watch.errors) >= 2


def test_a_page_asks_for_few_files(page: Page, served: Served) -> None:
    """The scripts come together: a browser far away waits a few times, not seventy."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.partition("?")[0]))
    page.goto(served.address + NOTE)
    page.get_by_role("textbox", name="Answer").wait_for()
    page.get_by_text("Getting your page ready…").wait_for(state="detached")
    single = [url for url in asked if "/voila/static/" in url or "/labextensions/" in url]
    assert [
        url for url in single if not url.endswith("/voila.js") and "remoteEntry" not in url
    ] == []
    assert len(asked) <= 16


class Wire:
    """Counts the bytes that come over the wire, the line to the kernel included."""

    def __init__(self, context: BrowserContext, page: Page) -> None:
        """Listen to one tab."""
        self.bytes = 0
        self.line = 0
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", self._count)
        session.on("Network.webSocketFrameReceived", self._count_frame)

    def _count(self, event: dict[str, Any]) -> None:
        self.bytes += int(event["encodedDataLength"])

    def _count_frame(self, event: dict[str, Any]) -> None:
        self.line += len(event["response"]["payloadData"])


def test_the_first_visit_is_light_and_the_next_nearly_nothing(
    context: BrowserContext, page: Page, served: Served
) -> None:
    """What comes over the wire stays below 1.6 MB, and below 50 KB once it is known."""
    sent = []
    for _ in range(2):
        wire = Wire(context, page)
        page.goto(served.address + START)
        page.get_by_role("textbox", name="Name").wait_for()
        page.get_by_text("Getting your page ready…").wait_for(state="detached")
        sent.append((wire.bytes, wire.line))
    sys.stdout.write(f"\nfirst visit {sent[0]}, next visit {sent[1]}: bytes of files and line\n")
    assert sum(sent[0]) <= FIRST_VISIT
    assert 0 < sum(sent[1]) <= NEXT_VISIT


GROWS = """
import ipywidgets
box = ipywidgets.VBox([ipywidgets.Button(description="More")])
def more(_):
    box.children = [ipywidgets.IntSlider(description="How many")]
box.children[0].on_click(more)
box
"""


def test_a_page_with_other_widgets_gets_voilas_front_end(page: Page, served: Served) -> None:
    """Ours shows what it knows; a widget that it does not know comes with Voila's."""
    write_notebook(served.pages, "06_grows.ipynb", "# Grows", GROWS)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(served.address + "voila/render/06_grows.ipynb")
    page.get_by_role("button", name="More").click()
    page.get_by_role("button", name="More").wait_for(state="detached")
    page.wait_for_load_state("load")
    page.get_by_role("button", name="More").click()
    page.get_by_role("slider").wait_for()
    first = next(at for at, url in enumerate(asked) if "/bundle-" in url)
    assert len([url for url in asked[:first] if url.endswith("06_grows.ipynb")]) == 2


def test_a_left_page_ends_its_kernel_after_a_grace(page: Page, served: Served) -> None:
    """The kernel is there for a moment longer, and gone within ten seconds."""
    before = len(read_pids(served.folder))
    page.goto(served.address + NOTE)
    page.get_by_role("textbox", name="Answer").wait_for()
    pid = read_pids(served.folder)[before]
    page.goto("about:blank")
    assert psutil.pid_exists(pid)
    assert wait_until(lambda: not psutil.pid_exists(pid), 10) > 1


def test_a_closed_tab_ends_its_kernel(context: BrowserContext, served: Served) -> None:
    """Closing the tab is leaving the page."""
    before = len(read_pids(served.folder))
    page = context.new_page()
    page.goto(served.address + NOTE)
    page.get_by_role("textbox", name="Answer").wait_for()
    pid = read_pids(served.folder)[before]
    page.close(run_before_unload=True)
    wait_until(lambda: not psutil.pid_exists(pid), 10)


def test_what_is_sent_in_the_last_moment_is_handled(
    browser: Browser, tmp_path: Path, serve: Callable[..., Served]
) -> None:
    """Fifty times an answer is given and the page left in the same moment: none is lost."""
    served = serve(write_pages(tmp_path, slow=0.3))
    visitor = browser.new_context()
    page = visitor.new_page()
    page.goto(served.address + NOTE)
    for number in range(50):
        page.get_by_role("textbox", name="Answer").wait_for()
        page.evaluate(
            """([answer, next]) => {
              const field = document.querySelector("input");
              field.value = answer;
              field.dispatchEvent(new Event("input"));
              window.location.href = next;
            }""",
            [f"a{number}", f"{served.address}{NOTE}?{number}"],
        )
        page.wait_for_url(f"**?{number}")
    visitor.close()
    wait_until(lambda: served.health()["pages"] == 0, 20)
    assert read_answers(tmp_path) == [f"a{number}" for number in range(50)]


LINKS = (
    "# Links\n\n[Mail](mailto:somebody@example.com) [Call](tel:+441632960000) "
    '<a href="data:text/plain,plan" download="plan.txt">Download</a>'
)


@pytest.mark.parametrize("name", ["Mail", "Call", "Download"])
def test_mail_and_download_links_leave_the_page_alone(
    page: Page, served: Served, name: str
) -> None:
    """Opening a mail program or downloading something does not end the page's kernel."""
    write_notebook(served.pages, "05_links.ipynb", LINKS, WIDGETS)
    page.goto(served.address + "voila/render/05_links.ipynb")
    page.get_by_role("textbox", name="Name").fill("Ann")
    before = served.health()["pages"]
    page.get_by_role("link", name=name).click()
    kernel = page.evaluate(_KERNEL)
    # A prompt of the browser's own may swallow a real click that follows at once.
    page.get_by_role("button", name="Greet").dispatch_event("click")
    page.get_by_text("Hello Ann").wait_for()
    assert served.ask(f"/api/kernels/{kernel}")[0] == 200
    assert served.health()["pages"] <= before


def test_the_key_goes_along_when_a_text_page_is_opened(browser: Browser, served: Served) -> None:
    """Somebody whose browser was taken for a program opens the page with all of their link."""
    visitor = browser.new_context(user_agent="A reader's own browser (a bot)")
    page = visitor.new_page()
    page.goto(served.address + START + "#key=abc")
    page.get_by_role("link", name="Open the page").click()
    page.get_by_role("textbox", name="Name").wait_for()
    assert page.evaluate("window.location.hash") == "#key=abc"
    visitor.close()
