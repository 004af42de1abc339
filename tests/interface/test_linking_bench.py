"""The page about links: entries from accounts, lines to copy, and the bench for web pages."""

from __future__ import annotations

import json

import pytest

from tests.audit.samples import SITE, make_plan
from workbook.audit.files import Unreadable
from workbook.storage.plan_file import write_plan_file

HOME = (SITE / "index.html").read_text(encoding="utf-8")
SECRET = "Quokka <img src=x onerror=alert(1)>"


@pytest.fixture
def bench(visit_page):
    """Opens the bench for web pages; gives it a way to be answered."""

    def visit(fetch=None, **changes):
        browser = visit_page("linking", make_plan(**changes))
        browser.visit.visit_website = fetch
        browser.page.show("linking/audit")

        def give(name, raw, *buffers):
            browser.say("try", path=f"linking/audit/{name}", raw=raw, buffers=[*buffers])

        browser.give = give
        return browser

    return visit


def test_entries_begin_with_the_accounts(visit_page):
    """One click enters each profile in use, under the id of its account, with its address."""
    browser = visit_page("linking", make_plan(linking={"profiles": []}))
    browser.page.show("linking/profiles")
    label = "Begin with your profiles: Facebook exampleplumbing, Mastodon"
    buttons = [w for w in _widgets(browser.page) if getattr(w, "description", "").startswith(label)]
    buttons[0].click()
    entries = browser.page.there.plan.linking.profiles
    assert [entry.id for entry in entries] == ["face", "mast", "xxxx"]
    assert [entry.address for entry in entries] == [
        None, "https://mastodon.social/@exampleplumbing", "https://x.com/exampleplumbing",
    ]  # fmt: skip


def _widgets(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from _widgets(child)


def test_the_overview_shows_both_directions(visit_page):
    """Picture, count, and what to change."""
    browser = visit_page("linking", make_plan())
    browser.page.show("linking/overview")
    assert "3 of 3 profiles in use are linked both ways." in browser.html()
    assert "<svg" in browser.html()


def test_without_profiles_the_overview_says_where_to_begin(visit_page):
    """Nothing to show is no dead end."""
    empty = visit_page("linking", make_plan(start={"accounts": []}, linking={"profiles": []}))
    empty.page.show("linking/overview")
    assert "Your plan names no profile yet." in empty.html()


def test_lines_can_be_copied_and_taken_along(visit_page):
    """Each block has a button, everything in it is escaped, and one file holds all."""
    browser = visit_page("linking", make_plan(start={"name": SECRET}))
    browser.page.show("linking/lines")
    html = browser.html()
    assert html.count("data-wb-copy ") == 5
    assert "<img" not in html
    assert "&lt;script type=&quot;application/ld+json&quot;&gt;" in html
    told = browser.press("Download all lines as one file")
    given = next(message for message in told if message["kind"] == "download")
    assert given["name"].endswith(".txt")


def test_pasted_and_uploaded_pages_are_looked_at(bench):
    """What is to mend comes first; what cannot be read is told and the rest is looked at."""
    browser = bench()
    browser.give("pasted", HOME.replace("og:title", "x"))
    browser.give(
        "files", ["photo.html", "contact.html"], b"\x89PNG", (SITE / "contact.html").read_bytes()
    )
    browser.press("Look at it")
    html = browser.html()
    assert "We looked at: The pasted page, contact.html." in html
    assert "“photo.html” is a picture" in html
    assert (
        html.index("To mend · W7")
        < html.index("What cannot be seen from here")
        < html.index("Right · W1")
    )


def test_nothing_pasted_is_kept(bench):
    """Not in the plan, not in the store, not in what the page tells the browser to keep."""
    browser = bench()
    browser.give(
        "pasted", f"<title>Quokka</title><h1>{SECRET}</h1><a href='https://x.com/quokka'>x</a>"
    )
    browser.give("files", ["quokka.html"], b"<title>Quokka</title><p>")
    browser.press("Look at it")
    assert "x.com/quokka" in browser.html()
    assert "quokka" not in write_plan_file(browser.page.there.file).decode().lower()
    told = json.dumps([m for m in browser.heard if m["kind"] in {"saved", "opened", "screen"}])
    assert "quokka" not in told.lower()


def test_markup_in_a_page_stays_text(bench):
    """Names, links and files of a hostile page become no element of ours."""
    browser = bench()
    page = HOME.replace('"name": "Example Plumbing"', '"name": "<img src=x onerror=alert(1)>"')
    browser.give("files", ["<img src=x>.html"], page.encode())
    browser.press("Look at it")
    assert "<img" not in browser.html()
    assert "&lt;img" in browser.html()


def test_an_empty_bench_says_what_to_do(bench):
    """Pressing the button without a page explains itself."""
    browser = bench()
    browser.press("Look at it")
    assert "Paste a page, or choose a file." in browser.html()


def test_where_pages_are_not_fetched_no_address_is_asked_for(bench):
    """Where whoever runs the workbook forbids it, nothing on the page leads to the network."""
    browser = bench()
    assert "linking/audit/live" not in browser.page.fields
    browser.give("live", "www.example.com")
    browser.press("Look at it")
    assert "Paste a page, or choose a file." in browser.html()


def test_where_pages_are_fetched_an_address_is_enough(bench):
    """What came of it is told like an upload, with what went wrong."""
    asked = []

    def fetch(plan, address, language):
        asked.append(address)
        return (Unreadable(address, "live-private"),)

    browser = bench(fetch)
    assert "linking/audit/live" in browser.page.fields
    browser.give("live", "www.example.com")
    browser.press("Look at it")
    assert asked == ["https://www.example.com"]
    assert "not on the public web" in browser.html()


def test_fetching_is_off_for_visitors_and_on_at_home():
    """A server fetches nothing unless whoever runs it says so; JupyterLab does unless forbidden."""
    from datetime import UTC, datetime
    from pathlib import Path

    from workbook.serving.visit import FileVisit, WebVisit
    from workbook.settings import Settings

    def now():
        return datetime.now(UTC)

    for chosen, public, private in (
        ("auto", False, True),
        ("on", True, True),
        ("off", False, False),
    ):
        settings = Settings(live_audit=chosen)
        assert (WebVisit(settings, "sqlite://", now).visit_website is not None) is public
        assert (FileVisit(Path("plan.json"), settings, now).visit_website is not None) is private
