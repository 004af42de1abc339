"""A page without a browser: what it says is written down, what it hears is handed to it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.failing_store import FailingStore
from workbook.errors import WorkbookError
from workbook.interface.desk import Desk
from workbook.interface.page import Page
from workbook.session import Session
from workbook.storage.plan_file import PlanFile, read_plan_file

NOW = datetime(2027, 3, 31, 14, 2, tzinfo=UTC)


class Visit:
    """A visit whose plan is kept in memory; a key that is unknown opens nothing."""

    scope = ""
    styled = False
    privacy = "privacy.html"
    limit_mb = 2
    import_limit_mb = 100
    demo = False

    def __init__(self, store):
        self.store = store

    def open(self, message):
        """The session of the store."""
        return Session(self.store, clock=lambda: NOW, create=not message.known)

    def upload(self, message, raw, session):
        """The session with the plan of a file in the place of its own."""
        name = message.name
        found = read_plan_file(raw, name=name, limit_mb=self.limit_mb)
        opened = session or self.open(message)
        opened.replace(found.plan, unclear=found.unclear)
        opened.file.mark_refused(found.refused)
        return opened


class Browser:
    """What the browser does with a page, and everything that the page has told it."""

    def __init__(self, name, store, *, language="en"):
        self.heard = []
        self.visit = Visit(store)
        self.page = Page(name, self.visit, language)
        self.number = 0

    def say(self, kind, *, buffers=(), **values):
        """Hand a message to the page; gives what the page told because of it."""
        before = len(self.heard)
        self.page._hear(self.page.desk, {"kind": kind, **values}, list(buffers))
        return self.heard[before:]

    def open(self, at=""):
        """Open the plan, at the screen that asks for an answer."""
        return self.say("open", key="k", known=False, at=at)

    def answer(self, path, raw, **values):
        """Type an answer; what was on screen before is what the page shows, unless it is said."""
        self.number += 1
        seen = values.pop("seen", self.page.raw(path))
        told = self.say("answer", path=path, raw=raw, seen=seen, number=self.number)
        return [message for message in told if message["kind"] in ("saved", "failed")]

    def press(self, label):
        """Press a button of the page; gives what the page told because of it."""
        before = len(self.heard)
        buttons = [w for w in widgets_of(self.page) if getattr(w, "description", None) == label]
        buttons[0].click()
        return self.heard[before:]

    def html(self):
        """All HTML of the page as one text."""
        return "\n".join(w.value for w in widgets_of(self.page) if "HTML" in type(w).__name__)


def widgets_of(widget):
    """A widget and everything in it."""
    yield widget
    for child in getattr(widget, "children", ()):
        yield from widgets_of(child)


def kinds_of(told):
    """The kinds of messages that were told."""
    return [message["kind"] for message in told]


@pytest.fixture
def store():
    """A store in memory, which can be made to fail."""
    return FailingStore()


@pytest.fixture
def visit_page(store, monkeypatch):
    """Opens a page by its name, on a plan when one is given."""
    open_ones = {}

    def tell(desk, kind, *, buffers=None, **values):
        browser = open_ones.get(id(desk))
        if browser is not None:
            browser.heard.append({"kind": kind, "buffers": buffers, **values})

    monkeypatch.setattr(Desk, "tell", tell)

    def visit(name, plan=None, *, at="", language="en", unclear=None):
        if plan is not None:
            given = PlanFile(plan=plan, unclear=unclear or {})
            store.save(given, expected_revision=0, now=NOW)
        browser = Browser(name, store, language=language)
        open_ones[id(browser.page.desk)] = browser
        browser.open(at)
        return browser

    return visit


@pytest.fixture
def broken():
    """A failure of the world, with words of its own."""
    return WorkbookError(reason="the roof is leaking")
