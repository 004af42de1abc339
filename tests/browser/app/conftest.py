"""The guided app itself, with a store of its own, and what a visitor does in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from serving_fixtures import Served, run_server

from workbook.serving.app import find_notebooks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

    from tests.browser.conftest import Watch


class App(Served):
    """The running app and the file its plans are in."""

    store: Path


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """One app for all visitors of these tests."""
    folder = tmp_path_factory.mktemp("app")
    store = folder / "plans.sqlite3"
    settings = {"store": f"sqlite:///{store}", "operator": "Example Workshops"}
    with run_server(find_notebooks(), folder / "log", **settings) as running:
        running.__class__ = App
        running.store = store
        yield running


class Visitor:
    """Somebody who uses the app, and finds things by what they are called."""

    def __init__(self, page: Page, app: App) -> None:
        """A visitor with an empty browser."""
        self.page = page
        self.app = app

    def open(self, name: str = "00_start", fragment: str = "") -> None:
        """Open a page by the name of its notebook and wait until it can be used."""
        address = f"{self.app.address}voila/render/{name}.ipynb{fragment}"
        if self.page.url.partition("#")[0] == address.partition("#")[0] and fragment:
            self.page.goto("about:blank")
        self.page.goto(address)
        expect(self.menu).to_be_visible()

    @property
    def menu(self) -> Locator:
        """The menu of the plan."""
        return self.page.locator("summary").filter(has_text=re.compile("^Your plan"))

    def choose(self, entry: str) -> None:
        """Choose something in the menu of the plan."""
        self.menu.click()
        self.page.get_by_role("button", name=entry, exact=True).click()

    def go_on(self) -> None:
        """Press Continue."""
        self.page.get_by_role("button", name="Continue", exact=True).click()

    def see(self, heading: str) -> None:
        """Wait until a screen is there and the focus is on its heading."""
        expect(self.page.get_by_role("heading", name=heading, level=2)).to_be_focused()

    def see_saved(self) -> None:
        """Wait until the page says that everything is saved."""
        expect(self.page.get_by_text(re.compile(r"^Saved \d"))).to_be_visible()

    def start(self) -> None:
        """From the first page to the questions about the business."""
        self.open()
        self.page.get_by_role("button", name="Start now").click()
        self.see("How much time have you?")
        self.go_on()
        self.see("Your business")

    def name_business(self, name: str) -> None:
        """Answer the first question, and wait until it is saved."""
        self.page.get_by_label("What is your business called?").fill(name)
        self.page.keyboard.press("Tab")
        self.see_saved()

    def link(self) -> str:
        """The link to the plan, as the page gives it."""
        self.choose("Copy my link")
        field = self.page.get_by_role("textbox", name="The link to your plan")
        link = field.input_value()
        self.page.get_by_role("button", name="Close", exact=True).click()
        return link


@pytest.fixture
def visitor(page: Page, app: App) -> Visitor:
    """A visitor with an empty browser."""
    page.set_default_timeout(15_000)
    expect.set_options(timeout=15_000)
    return Visitor(page, app)


@pytest.fixture
def another(browser: Browser, app: App, watch: Watch) -> Iterator[Any]:
    """Visitors with browsers of their own."""
    contexts = []

    def come(**options: Any) -> Visitor:
        context = browser.new_context(**options)
        watch.follow(context)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        return Visitor(page, app)

    yield come
    for context in contexts:
        context.close()
