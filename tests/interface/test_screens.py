"""Every screen of every page draws for every plan, and shows what was typed as text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from tests.exports.sample_plans import PLANS
from tests.interface.conftest import widgets_of
from workbook.content import load_steps
from workbook.interface.screens import find_screen, screens_of
from workbook.plan import Plan

PAGES = [*{step.page: step.id for step in reversed(load_steps())}.values(), "finish"]
"""Each page by one of its steps."""
TYPED = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&"
PLAIN = "<script>alert()</script><img src=x onerror=alert()>"
"""Markup without the mixture of signs that is refused where a password might be typed."""
_PLACE = "password_place"


class Marks(HTMLParser):
    """The tags and attributes in HTML."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.links = set(), set(), []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value for name, value in attrs if name == "href"]


def _marks(html):
    marks = Marks()
    marks.feed(html)
    return marks


def _hostile(node):
    """A plan with markup in each text that can hold it."""
    if isinstance(node, dict):
        return {
            k: v if k in {"id", "platform"} else _hostile(v) if k != _PLACE else f"{v} {PLAIN}"
            for k, v in node.items()
        }
    if isinstance(node, list):
        return [_hostile(item) for item in node]
    return f"{node} {TYPED}" if isinstance(node, str) and " " in node else node


def make_hostile():
    """The finished example with markup in each of its texts."""
    plan = PLANS["finished"]().model_dump(mode="json")
    plan["diagnosis"]["goal_words"] = f"get 5,000 followers {TYPED}"
    plan["goals"]["goals"] = []
    plan["start"]["accounts"][0]["handle"] = TYPED.replace(" ", "")
    return Plan.model_validate(_hostile(plan))


def _show_each(visit_page, name, plan):
    """A page on a plan, at one of its screens after the other, with the screen's id."""
    browser = visit_page(name, plan)
    for screen in browser.page.screens:
        browser.page.show(screen.id)
        assert "failed" not in [m["kind"] for m in browser.heard], screen.id
        yield browser, screen.id


def test_every_page_has_screens():
    """Each page has at least one screen, and most have several."""
    counts = {name: len(screens_of(name, "en")) for name in PAGES}
    assert all(counts.values())
    assert sum(counts.values()) > 3 * len(PAGES)


@pytest.mark.parametrize(
    "plan", ["empty", "finished", pytest.param("very_long", marks=pytest.mark.thorough)]
)
@pytest.mark.parametrize("name", PAGES)
def test_every_screen_draws(visit_page, name, plan):
    """A screen draws for an empty, a finished and a very long plan: a heading, and its end."""
    for browser, screen in _show_each(visit_page, name, PLANS[plan]()):
        html = browser.html()
        assert len(re.findall("<h2[^>]*data-wb-screen", html)) == 1, screen
        assert len(re.findall("data-wb-end", html)) == 1, screen
        assert "{" not in re.sub(r"<(style|svg|pre).*?</\1>", "", html, flags=re.DOTALL), screen
        fields = [w for w in widgets_of(browser.page) if type(w).__name__ == "Field"]
        assert {f.path for f in fields} == set(browser.page.fields), screen


@pytest.mark.thorough
@pytest.mark.parametrize("name", PAGES)
def test_markup_everywhere_is_text(visit_page, name):
    """With markup in every answer, each screen, with all its findings, holds none of it."""
    for browser, screen in _show_each(visit_page, name, make_hostile()):
        browser.page.revealed = screen
        browser.page.redraw()
        marks = _marks(browser.html())
        assert marks.tags.isdisjoint({"script", "img", "iframe"}), screen
        assert not [a for a in marks.attributes if a.startswith("on")], screen
        assert not [h for h in marks.links if re.match(r"\s*(javascript|data):", h)], screen


def test_typed_text_is_on_the_page(visit_page):
    """What was typed stands on the last page as it was typed, and in the link back to it."""
    browser, _ = next(_show_each(visit_page, "finish", make_hostile()))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in browser.html()
    assert "#at=start.name" in browser.html()


def test_unreadable_text_is_escaped_too(visit_page):
    """Text that could not be read is shown as text in the list of answers."""
    browser = visit_page("finish", Plan(), unclear={"start.people": TYPED})
    assert "&lt;script&gt;" in browser.html()
    assert "script" not in _marks(browser.html()).tags


@pytest.mark.parametrize(
    ("name", "route", "first"),
    [("goals", "short", "places"), ("complaints", "short", "people"), ("goals", "full", "aim")],
)
def test_a_page_opens_with_the_first_screen_that_asks(visit_page, name, route, first):
    """On the short way a section without a question is passed over, by address and going back."""
    browser = visit_page(name, Plan.model_validate({"start": {"route": route}}))
    told = [m for m in browser.heard if m["kind"] == "screen"]
    assert [(m["id"], m["inside"]) for m in told] == [(f"{name}/{first}", False)]
    assert "wb-guidance" in browser.html()
    browser.page.go_back()
    assert browser.heard[-1]["href"] == "00_start.ipynb#at=tasks"


@pytest.mark.parametrize("name", PAGES)
def test_every_question_is_found_on_its_page(name):
    """Each question of a page's steps is asked by just one of its screens."""
    screens = screens_of(name, "en")
    for step in load_steps():
        here = {s.id.partition("/")[0] for s in screens}
        for question in step.questions.values() if step.id in here else ():
            asking = [s for s in screens if s.asks(question.path)]
            assert asking == [find_screen(screens, question.path)]


@pytest.mark.parametrize("name", PAGES)
def test_old_widgets_are_closed(visit_page, name):
    """Drawing a screen again leaves nothing of the old one behind."""
    from ipywidgets.widgets.widget import _instances

    browser = visit_page(name, PLANS["finished"]())
    browser.page.redraw()
    before = len(_instances)
    for _ in range(3):
        browser.page.redraw()
    assert len(_instances) == before


def test_hidden_questions_come_and_go(visit_page):
    """A question that another answer calls for appears when that is given, and goes again."""
    browser = visit_page("start", at="start.has_website")
    assert not browser.page.fields["start.website"].shown
    browser.answer("start.has_website", "yes")
    assert browser.page.fields["start.website"].shown
    browser.answer("start.has_website", "no")
    assert not browser.page.fields["start.website"].shown


@pytest.mark.parametrize(("route", "shown"), [("short", False), ("full", True)])
def test_how_an_answer_is_judged_is_told_where_it_is_asked(visit_page, route, shown):
    """That only English words are known stands beside a question, not where it is left out."""
    plan = Plan.model_validate({"start": {"route": route, "has_accounts": "yes"}})
    at = next(s.id for s in screens_of("diagnosis", "es") if s.asks("diagnosis.goal_words"))
    browser = visit_page("diagnosis", plan, at=at, language="es")
    (note,) = [
        w for w in widgets_of(browser.page) if "palabras en inglés" in f"{getattr(w, 'value', '')}"
    ]
    assert ("wb-gone" not in note._dom_classes) == shown
