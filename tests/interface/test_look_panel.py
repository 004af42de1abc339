"""How documents look, asked on their page: kept at once, shown at once, taken away with a press."""

from __future__ import annotations

import pytest

from tests.exports.sample_looks import draw_logo
from tests.interface.conftest import kinds_of, widgets_of
from workbook.content import load_words
from workbook.interface.fields import Field
from workbook.plan import OwnLook, Plan

WORDS = load_words("interface/look.toml")
PLACE = "documents/look"


@pytest.fixture
def panel(visit_page):
    """The page of documents with the questions about the look open."""
    browser = visit_page("finish", Plan())
    browser.page.show("documents")
    browser.press(WORDS["open"])
    return browser


def _give(browser, name, raw, *buffers):
    return browser.say("try", path=f"{PLACE}/{name}", raw=raw, buffers=buffers)


def _look(browser):
    return browser.page.there.plan.look


def _errors(told):
    return next(message["errors"] for message in told if message["kind"] == "errors")


def test_what_is_given_is_kept_at_once(panel):
    """Name, two colours and a picture; the plan has them, and the page stays as it is."""
    _give(panel, "name", "  Example   & Co ")
    _give(panel, "accent", "1B5E20")
    _give(panel, "second", "#F9A825")
    told = _give(panel, "logo", ["logo.png"], draw_logo())
    look = _look(panel)
    assert (look.name, look.accent, look.second) == ("Example & Co", "#1b5e20", "#f9a825")
    assert look.logo
    assert "announce" in kinds_of(told)
    assert "screen" not in kinds_of(told)
    assert 'src="data:image/png;base64,' in panel.html()


def test_a_colour_that_is_too_pale_is_said_to_be_darker(panel):
    """What headings have in its place stands beside it; a dark one is taken without a word."""
    _give(panel, "accent", "#1b5e20")
    assert "too pale" not in panel.html()
    _give(panel, "second", "#f9a825")
    assert "#956516" in panel.html()
    _give(panel, "accent", "#8f4a06")
    assert WORDS["charts"] in panel.html()


@pytest.mark.parametrize(
    ("name", "raw", "buffers", "reason"),
    [
        ("accent", "green", (), "is no colour"),
        ("name", "x" * 61, (), "60 letters"),
        ("logo", ["a.svg"], (b"<svg onload='alert(1)'/>",), "drawing (SVG)"),
        ("logo", ["a.png"], (draw_logo()[:500],), "damaged"),
    ],
)
def test_what_cannot_be_used_is_said_beside_it_and_changes_nothing(
    panel, name, raw, buffers, reason
):
    """The sentence says why, and what was there stays."""
    _give(panel, "accent", "#1b5e20")
    before = _look(panel)
    told = _give(panel, name, raw, *buffers)
    assert reason in _errors(told)[f"{PLACE}/{name}"]
    assert _look(panel) == before
    assert _errors(_give(panel, "second", "")) != {}, "it stays said until it is mended"
    mended = {"logo": ["a.png"]}.get(name, "")
    assert _errors(_give(panel, name, mended, draw_logo())) == {}


def test_a_large_picture_comes_piece_by_piece_and_one_too_large_not_at_all(panel):
    """The browser announces its size first; above 2 MB nothing is sent."""
    raw, files = draw_logo(), [{"name": "logo.png", "size": len(draw_logo())}]
    _give(panel, "logo", {"step": "begin", "number": 1, "files": files})
    _give(panel, "logo", {"step": "piece", "number": 1, "at": 0}, raw[:700])
    assert _look(panel) is None
    _give(panel, "logo", {"step": "piece", "number": 1, "at": 700}, raw[700:])
    assert _look(panel).logo
    huge = [{"name": "logo.png", "size": 2_000_001}]
    told = _give(panel, "logo", {"step": "begin", "number": 2, "files": huge})
    (sent,) = [message for message in told if message["kind"] == "sent"]
    assert sent["state"] == "refused"
    assert sent["problem"] == WORDS["too_large"]


def test_all_of_it_goes_with_one_press_and_comes_back_with_undo(panel):
    """The picture alone, everything, and everything back."""
    _give(panel, "name", "Example & Co")
    _give(panel, "logo", ["logo.png"], draw_logo())
    panel.press(WORDS["remove_logo"])
    assert _look(panel) == OwnLook(name="Example & Co")
    panel.press(WORDS["remove"])
    assert _look(panel) is None
    panel.say("undo")
    assert _look(panel) == OwnLook(name="Example & Co")
    assert panel.page.screen.id == "documents"
    assert WORDS["set"] in panel.html()


def test_the_questions_name_what_stays(panel):
    """The survey's terms and a company's own template are no matter of choice; it is said."""
    assert WORDS["terms"] in panel.html()
    assert WORDS["template"] in panel.html()
    colours = [w for w in widgets_of(panel.page) if isinstance(w, Field)]
    assert [w.spec["kind"] for w in colours] == ["text", "file", "colour", "colour"]
    assert all(w.spec["passing"] for w in colours)
