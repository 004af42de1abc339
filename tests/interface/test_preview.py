"""Documents on the page before they are downloaded: as the plan is now, shut in a frame."""

from __future__ import annotations

import html

import pytest

from tests.exports.sample_plans import make_finished
from tests.interface.conftest import widgets_of
from workbook.content import load_steps, load_words
from workbook.interface.preview import draw_preview, write_frame
from workbook.plan import replace_answer

WORDS = load_words("interface/preview.toml")
TITLES = load_words("exports/documents/words.toml")


@pytest.fixture
def finish(visit_page):
    """The page of documents with a finished plan."""
    return visit_page("finish", make_finished(), at="documents")


def press(preview, label):
    """Press a button of the preview."""
    next(w for w in widgets_of(preview) if getattr(w, "description", None) == label).click()


def framed(preview):
    """What is in the frame of a preview; nothing where there is none."""
    shown = [w.value for w in widgets_of(preview) if "<iframe" in getattr(w, "value", "")]
    return html.unescape(shown[0]) if shown else ""


@pytest.mark.parametrize("name", ["one_page", "policy"])
def test_a_document_is_shown_when_it_is_asked_for(finish, name):
    """Nothing is made before; the frame has a name, and a button puts it away again."""
    preview, title = draw_preview(finish.page, name), TITLES[name]["title"]
    assert not framed(preview)
    press(preview, WORDS["show"].format(title=title))
    assert f'title="{WORDS["frame"].format(title=title)}"' in framed(preview)
    assert f'<h1 dir="auto">{title}</h1>' in framed(preview)
    press(preview, WORDS["hide"].format(title=title))
    assert not framed(preview)
    assert not preview.is_open


def test_another_plan_is_shown_anew(finish):
    """An answer that changes is in the preview that stands open, without asking again."""
    preview = draw_preview(finish.page, "one_page")
    preview.unfold()
    frame = preview.children[-1]
    finish.page.there.replace(replace_answer(finish.page.there.plan, "start.name", "Example Two"))
    preview.refresh()
    assert "Example Two" in framed(preview)
    assert preview.children[-1] is frame


def test_before_a_step_is_finished_it_says_what_is_missing(visit_page):
    """A new plan begins with the first step; of a plan that is begun the nearest step is named."""
    browser = visit_page("finish", at="documents")
    (hint,) = draw_preview(browser.page, "strategy").children
    first = load_steps()[0]
    assert f"Begin with “{first.title}”" in hint.value
    assert f"{first.page}.ipynb#at={first.id}." in hint.value
    browser.page.there.replace(replace_answer(browser.page.there.plan, "goals.aim", "More work"))
    (hint,) = draw_preview(browser.page, "strategy").children
    assert "“Why, and goals” is the nearest: 1 of its" in hint.value


def test_nothing_in_the_frame_runs_loads_or_leads_out():
    """Sandboxed without exception; only links within the document lead anywhere."""
    text = '<a class="skip" href="#text">a</a><a href="https://example.com/">b</a><p>"</p>'
    frame = write_frame(text, 'The "plan"')
    assert ' sandbox title="The &quot;plan&quot;" srcdoc="' in frame
    inside = html.unescape(frame.partition('srcdoc="')[2])
    assert '<a class="skip" href="about:srcdoc#text">a</a><a>b</a><p>"</p>' in inside
    assert frame.count('"') == 6
