"""Every bench of every step: it is on its page, takes whatever is given, and keeps none of it."""

from __future__ import annotations

import re

import pytest

from tests.exports.sample_plans import PLANS
from tests.interface.test_screens import TYPED, _marks
from workbook.interface.bench import BenchScreen, list_benches
from workbook.storage.plan_file import write_plan_file

BENCHES = {f"{bench.step}/{bench.name}": bench for bench in list_benches()}
GIVEN = {
    "text": TYPED, "long_text": f"{TYPED}\n\nSecond draft {TYPED}", "number": "3", "hours": "2",
    "percent": "50", "money": "20", "date": "2027-03-30", "address": "https://example.com/a",
    "time": "17:30", "yes_no": "yes",
}  # fmt: skip


@pytest.fixture(params=BENCHES)
def bench(request, visit_page):
    """A page, opened at one of its benches, with the finished example."""
    place = BENCHES[request.param]
    browser = visit_page(place.step, PLANS["finished"](), at=request.param)
    assert isinstance(browser.page.screen, BenchScreen), "the list of tools leads to a bench"
    assert browser.page.screen.id == request.param
    return browser


def _give(browser, question):
    """Give something for a question; a file full of markup where files are wanted."""
    if question.kind == "file":
        raw, buffers = ["<b>.html"], [f"<p>{TYPED}</p>".encode()]
    else:
        offered = [option.value for option in question.options]
        raw = {"choice": offered[:1], "several": offered}.get(question.kind)
        raw = raw[0] if question.kind == "choice" else raw or GIVEN[question.kind]
        buffers = []
    return browser.say("try", path=question.path, raw=raw, buffers=buffers)


def _give_all(browser):
    """Answer what is asked, as often as an answer asks for more."""
    given, screen = set(), browser.page.screen
    while True:
        now = screen.asks_now(browser.page.there.plan, screen.read())
        fresh = [q for q in screen.asked.values() if q.id in now and q.id not in given]
        if not fresh:
            return
        given.add(fresh[0].id)
        _give(browser, fresh[0])


def _press(browser):
    screen = browser.page.screen
    if not screen.live:
        browser.press(screen.act)


def test_there_are_benches():
    """The list of tools is not empty, and each names its work in its own words."""
    assert len(BENCHES) > 3
    assert len({bench.task for bench in BENCHES.values()}) == len(BENCHES)


def test_bench_asks_for_what_it_needs(bench):
    """Pressed with nothing given, it says what is missing, or what can be said without."""
    _press(bench)
    assert "failed" not in [message["kind"] for message in bench.heard]


def test_bench_shows_markup_as_text(bench):
    """Whatever was given stands in the result as text."""
    _give_all(bench)
    _press(bench)
    assert "failed" not in [message["kind"] for message in bench.heard]
    marks = _marks(bench.html())
    assert marks.tags.isdisjoint({"script", "img", "iframe"})
    assert not [a for a in marks.attributes if a.startswith("on")]
    assert not [href for href in marks.links if re.match(r"\s*(javascript|data):", href)]


def test_bench_keeps_nothing(bench, caplog):
    """Neither the plan nor a log holds anything of what was given."""
    page = bench.page
    before = write_plan_file(page.there.file)
    _give_all(bench)
    _press(bench)
    assert write_plan_file(page.there.file) == before
    assert "Second draft" not in caplog.text
    assert "alert" not in caplog.text
