"""A browser, and servers for it. Found by role and name, never by waiting a fixed time."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from serving_fixtures import Served, run_server, write_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page, Request


#: What Chromium writes down of its own accord and no page can help.
HARMLESS = ("Unsatisfied version", "No satisfying version")


OURS = ("http://127.0.0.1:", "data:", "blob:", "about:", "mailto:", "tel:")


class Watch:
    """What pages did that they must not: requests elsewhere, errors in the console."""

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self.outside: list[str] = []
        self.errors: list[str] = []
        self.allowed: list[str] = []

    def follow(self, context: BrowserContext) -> None:
        """Note every request to another host, and every error."""
        context.on("request", self._note_request)
        context.on("console", self._note)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))

    def check(self) -> None:
        """Fail when anything was seen that a test did not allow."""
        errors = [e for e in self.errors if not any(part in e for part in self.allowed)]
        assert not self.outside, f"The page asked elsewhere: {self.outside}"
        assert not errors, f"The console shows errors: {errors}"

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith(OURS):
            self.outside.append(request.url)

    def _note(self, message: Any) -> None:
        if message.type == "error" and not message.text.startswith(HARMLESS):
            self.errors.append(f"{message.text} ({message.location.get('url', '')})")


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Sees to it that pages ask nothing elsewhere and show no error."""
    watching = Watch()
    yield watching
    watching.check()


@pytest.fixture
def context(
    browser: Browser, watch: Watch, serve: Callable[..., Served]
) -> Iterator[BrowserContext]:
    """A visitor of their own, watched; gone before any server is stopped."""
    visitor = browser.new_context()
    watch.follow(visitor)
    yield visitor
    visitor.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """One tab of the visitor's."""
    return context.new_page()


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Served]]:
    """Starts servers over a folder of notebooks, with settings by name; stops them at the end."""
    with ExitStack() as running:

        def start(notebooks: Path, **settings: Any) -> Served:
            return running.enter_context(run_server(notebooks, tmp_path / "server.log", **settings))

        yield start


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for the tests that need nothing special."""
    folder = tmp_path_factory.mktemp("served")
    with run_server(write_pages(folder), folder / "log") as running:
        running.folder = folder
        yield running
