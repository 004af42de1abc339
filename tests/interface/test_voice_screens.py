"""The page of voice: our words for situations, the voice on a page, and drafts against rules."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from tests.exports.sample_plans import make_finished
from tests.interface.conftest import widgets_of
from workbook.plan import Plan
from workbook.storage.plan_file import write_plan_file

DRAFTS = "Our <b>WORLD-CLASS</b> premises!\n\nYour tap drips? Ring us."
CALM = {"voice": {"casual": 70, "enthusiastic": 10, "avoided": "premises = shop"}}


@pytest.fixture
def bench(visit_page):
    """The bench for drafts, with the rules of a calm, casual voice."""
    return visit_page("voice", Plan.model_validate(CALM), at="voice/tone")


def _try(browser, drafts):
    browser.say("try", path="voice/tone/drafts", raw=drafts)
    browser.press("Check by my rules")
    return browser.html()


def test_ones_own_voice_stands_above_the_drafts(visit_page):
    """What is said across the counter is there to compare with; without it nothing is."""
    said = {"mix": {"across_counter": "Put a <b>bucket</b> under it.\nThat takes an hour."}}
    html = visit_page("voice", Plan.model_validate(said), at="voice/tone").html()
    assert "Does the same person speak?" in html
    assert '<q dir="auto">That takes an hour.</q>' in html
    assert "<b>bucket" not in html


def test_without_a_voice_of_ones_own_nothing_stands_above_the_drafts(visit_page):
    """There is nothing to compare with."""
    assert "Does the same person" not in visit_page("voice", at="voice/tone").html()


def test_our_situations_are_one_click_away(visit_page):
    """Six entries come at once, the button goes, and one step back takes them all out again."""
    browser = visit_page("voice", at="voice.moments")
    browser.press("Begin with our words for six situations")
    assert len(browser.page.there.plan.voice.moments) == 6
    labels = [getattr(widget, "description", "") for widget in widgets_of(browser.page)]
    assert not [label for label in labels if "our words" in label]
    browser.say("undo")
    assert browser.page.there.plan.voice.moments == ()


def test_situations_that_are_missing_can_be_added(visit_page):
    """What is there stays as it is."""
    row = {"id": "mo01", "situation": "praise", "shift": "Our own words."}
    browser = visit_page(
        "voice", Plan.model_validate({"voice": {"moments": [row]}}), at="voice.moments"
    )
    browser.press("Add our words for the situations that are missing")
    moments = browser.page.there.plan.voice.moments
    assert len(moments) == 6
    assert moments[0].shift == "Our own words."


def test_the_voice_stands_on_a_page(visit_page):
    """Picture with its table, traits, situations, examples and rules; nothing said is said so."""
    assert "Nothing is said yet" in visit_page("voice", at="voice/page").html()
    told = visit_page("voice", make_finished(), at="voice/page").html()
    for part in ("<svg", "Plain, but not blunt", "Somebody complains", "at most 20 words"):
        assert part in told


def test_the_rules_leave_as_a_style(visit_page):
    """The download is a zip for Vale, named after the business."""
    browser = visit_page("voice", make_finished(), at="voice/page")
    (message,) = browser.press("Download my rules for Vale")
    assert message["name"] == "example-plumbing-voice-for-vale.zip"
    archive = zipfile.ZipFile(io.BytesIO(bytes(message["buffers"][0])))
    assert ".vale.ini" in archive.namelist()


def test_drafts_get_numbers_limits_and_sentences(bench):
    """Each rule in a table; those not kept with the sentence, as text; never a grade."""
    told = _try(bench, DRAFTS)
    assert "We looked at 2 drafts" in told
    assert "Outside your rule" in told
    assert "Within your rule" in told
    assert "try “shop”" in told
    assert "Draft 1, sentence 1" in told
    assert "&lt;b&gt;WORLD-CLASS" in told
    assert "<b>WORLD" not in told


def test_a_file_of_posts_is_checked_too(bench):
    """Files and pasted drafts together; what cannot be read is told."""
    raw = json.dumps([{"text": "Our premises are open."}]).encode()
    path = "voice/tone/files"
    bench.say("try", path=path, raw=["posts.json", "odd.bin"], buffers=[raw, b"\x00\x01\x02"])
    told = _try(bench, "One more.")
    assert "We looked at 2 drafts" in told
    assert "odd.bin" in told


@pytest.mark.parametrize("drafts", ["", "   ", None])
def test_nothing_given_is_told_how_to_mend(bench, drafts):
    """The message says what to paste or choose."""
    assert "Paste at least one draft" in _try(bench, drafts)


def test_a_voice_that_is_not_described_yet_says_so(visit_page):
    """Drafts can be tried at once, by the rules that hold for every voice."""
    browser = visit_page("voice", at="voice/tone")
    assert "You have not said how you sound yet" in _try(browser, "Hello there.")


@pytest.mark.thorough
def test_a_megabyte_of_drafts_is_taken(bench):
    """Nothing is cut off: every post is looked at."""
    post = "Your tap drips? Ring us now. " * 17 + "\n\n"
    told = _try(bench, post * 2000)
    assert "2,000 drafts" in told
    assert "204,000 words" in told


def test_drafts_are_kept_nowhere(bench, caplog):
    """The plan is the same to the byte, and no log holds a word."""
    before = write_plan_file(bench.page.there.file)
    _try(bench, DRAFTS)
    bench.page.redraw()
    assert write_plan_file(bench.page.there.file) == before
    assert "premises!" not in caplog.text
