"""The bench that looks if pages are counted, and the screen with what was imported."""

from __future__ import annotations

from datetime import date

import pytest

from tests.exports.sample_plans import make_finished
from tests.interface.conftest import widgets_of
from workbook.audit.pages import read_page
from workbook.measurement.keeping import keep_imports
from workbook.plan import Plan
from workbook.records import HoursSpent, SocialVisits
from workbook.storage.plan_file import write_plan_file

TAG = "<script src='https://www.googletagmanager.com/gtag/js?id=G-ABC123XYZ'></script>"
SECRET = "Quokka <img src=x onerror=alert(1)>"
PAGES = {
    "services": f"<html><body>{TAG}<a href='/contact?utm_source=home'>Write</a></body></html>",
    "contact": f"<html><body>{TAG}<form action='/thank-you'><textarea name=t></textarea></form>"
    f"<p>{SECRET}</p></body></html>",
    "thanks": "<html><body><p>Thank you</p></body></html>",
}


@pytest.fixture
def show(visit_page):
    """Opens the page of measurement at one of its screens."""

    def visit(name, plan=None, fetch=None):
        browser = visit_page("measurement", make_finished() if plan is None else plan)
        browser.visit.visit_website = fetch
        browser.page.show(f"measurement/{name}")
        return browser

    return visit


def _paste(browser, **given):
    for name, raw in given.items():
        browser.say("try", path=f"measurement/verify/{name}", raw=raw, buffers=[])
    browser.press("Look at it")
    return browser.html()


# -- is it really counted -------------------------------------------------------------------------


def test_each_finding_says_what_because_of_which_line_and_how_sure(show):
    """What is to be mended comes first, and each finding quotes what it rests on."""
    html = _paste(show("verify"), **PAGES)
    assert html.index("To mend") < html.index("What is right")
    assert "Links within the website carry tags: /contact?utm_source=home." in html
    assert "<code>https://www.googletagmanager.com/gtag/js?id=G-ABC123XYZ</code>" in html
    assert "Your plan names Google Analytics, and the pages carry" in html
    for label in ("Because of this line:", "What to do:", "How sure:", "What would change it:"):
        assert label in html


def test_nothing_pasted_is_kept(show, caplog):
    """Neither the plan nor the log nor what the browser hears holds a line of the page."""
    browser = show("verify")
    before = browser.page.there.file
    _paste(browser, contact=PAGES["contact"])
    assert browser.page.there.file == before
    assert b"Quokka" not in write_plan_file(browser.page.there.file)
    assert "Quokka" not in caplog.text
    assert "Quokka" not in repr(browser.heard)


def test_what_a_page_says_stays_text(show):
    """A line that is quoted is escaped."""
    html = _paste(show("verify"), services=f"<a href='/x?utm_source={SECRET}'>x</a>" + TAG)
    assert "<img" not in html


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Paste a page, or choose a file."),
        ({"services": "no page at all"}, "No page could be looked at."),
    ],
)
def test_without_a_page_the_bench_says_what_it_needs(show, given, said):
    """Nothing to look at is no dead end."""
    assert said in _paste(show("verify"), **given)


def test_saved_files_are_known_by_their_names_and_others_are_told(show):
    """The contact page of the plan is /contact; a file of another name is not guessed."""
    browser = show("verify")
    names = ["contact.html", "Untitled 3.html"]
    raws = [PAGES["contact"].encode(), PAGES["thanks"].encode()]
    browser.say("try", path="measurement/verify/files", raw=names, buffers=raws)
    html = _paste(browser)
    assert "We looked at: contact.html, Untitled 3.html." in html
    assert "We could not tell which page this is: Untitled 3.html." in html


def test_fetching_is_offered_only_where_it_is_allowed(show):
    """Where others than whoever runs the workbook could ask for it, the question is not there."""
    assert "measurement/verify/live" not in show("verify").page.fields


def test_pages_of_the_plan_are_fetched(show):
    """The page of thanks first, since no tour visits it; what a tour brought is not asked again."""
    asked = []

    def fetch(plan, address, language):
        asked.append(address)
        said = plan.linking
        pages = {said.services_page: "services", said.contact_page: "contact"}
        own = [read_page(address, PAGES["thanks"], address=address)] if not asked[1:] else []
        return (*own, *(read_page(a, PAGES[r], address=a) for a, r in pages.items()))

    browser = show("verify", fetch=fetch)
    html = _paste(browser, live="yes")
    assert asked == [make_finished().measurement.thanks_page]
    assert "The page that says thank you is counted" in html


def test_a_plan_without_pages_has_nothing_to_fetch(show):
    """It says so, and leads to the question."""
    bare = _paste(show("verify", Plan(), fetch=list), live="yes")
    assert "Your plan names none of the three pages" in bare
    assert "#at=linking.services_page" in bare


# -- what was imported ----------------------------------------------------------------------------


def _with_imports():
    first, last = date(2026, 9, 1), date(2026, 11, 30)
    visits = [
        [
            SocialVisits("facebook", "ga4_exploration", day, day, 5, 2, 1, 0)
            for day in (first, last)
        ],
        [SocialVisits("facebook", "matomo_summary", first, last, 300)],
    ]
    hours = [[HoursSpent("facebook", "toggl_detailed", day, 1.5) for day in (first, last)]]
    return keep_imports(make_finished(), visits, hours, read_on=date(2026, 12, 2))


def test_each_import_is_named_by_its_kind_its_days_and_what_counts(show):
    """No name of a file is there; what another counter tells more of stands aside, and is told."""
    html = show("imported", _with_imports()).html()
    assert "Google Analytics 4, an exploration" in html
    assert "1 September 2026 to 30 November 2026 (91 days)" in html
    assert "2 December 2026" in html
    assert "3 hours" in html
    assert "Another counter is counted for some of these days." in html
    assert "the file counts" in html


def test_an_import_can_be_removed_and_brought_back(show):
    """The button takes one import away; undo brings it back."""
    browser = show("imported", _with_imports())
    labels = [w.description for w in widgets_of(browser.page) if hasattr(w, "description")]
    label = next(each for each in labels if each.startswith("Remove Matomo"))
    browser.press(label)
    kept = [each.what.source for each in browser.page.there.plan.measurement.imports]
    assert kept == ["ga4_exploration", "toggl_detailed"]
    assert "<h3>Matomo" not in browser.html()
    browser.page.there.undo()
    assert len(browser.page.there.plan.measurement.imports) == 3


def test_what_typed_numbers_give_way_to_is_said_with_the_outcome(show):
    """The finished plan has typed numbers of the same months as the imported days."""
    html = show("outcome", _with_imports()).html()
    assert "for days that a file tells of, too" in html
