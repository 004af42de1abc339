"""The benches on complaints: a real case, the drill, and a group."""

from __future__ import annotations

import json

import pytest

from tests.complaint.sample_plan import CALM, make_plan
from workbook.complaint.drill import deal
from workbook.interface.escaping import Html
from workbook.storage.plan_file import write_plan_file

SECRET = "Two hours late & rude, says Quentin Xylander"
FRIDAY = {"day": "2026-05-08", "time": "17:50"}


@pytest.fixture
def undrawn(monkeypatch):
    """Pages without pictures, where a test is about words only: drawing takes its time."""
    for place in ("editor_walk.write_way", "editor_walk.fold_way", "editor_drill.fold_way"):
        monkeypatch.setattr(f"workbook.steps.complaints.{place}", lambda *_: Html(""))


@pytest.fixture
def bench(visit_page, undrawn):
    """Opens the page of complaints at one of its benches; gives it a way to be answered."""

    def visit(name, **changes):
        browser = visit_page("complaints", make_plan(**changes))
        browser.page.show(f"complaints/{name}")

        def give(**answers):
            for key, raw in answers.items():
                browser.say("try", path=f"complaints/{name}/{key}", raw=raw, buffers=[])

        browser.give = give
        browser.screen = browser.page.screen
        return browser

    return visit


def _shown(browser):
    """The questions that are asked now."""
    found = browser.page.fields.items()
    return [path.rpartition("/")[2] for path, field in found if field.shown]


def _walk(browser, letters, scores=None):
    """Press yes and no in the order in which the questions come."""
    for letter in letters:
        browser.press("Yes" if letter == "y" else "No")
    if scores is not None:
        browser.give(**{name: str(value) for name, value in {**CALM, **scores}.items()})


def _field(browser, name):
    return browser.page.fields[f"{browser.screen.id}/{name}"]


# -- a real case -------------------------------------------------------------------------------


def test_one_question_comes_after_the_other(bench):
    """The tree asks one thing at a time and the focus goes along; one step back is possible."""
    browser = bench("walk")
    assert _shown(browser) == ["text", "platform"]
    assert "Is there a threat" in browser.html()
    told = browser.press("No")
    assert "Is there a legal claim" in browser.html()
    assert "Is there a threat" not in browser.html()
    assert f'data-wb-result="{told[-1]["mark"]}"' in browser.html()
    browser.press("One question back")
    browser.press("Yes")
    assert {"safety", "vulnerable", "reply"} <= set(_shown(browser))
    assert "Keep people safe" in browser.html()
    browser.press("One question back")
    assert _shown(browser) == ["text", "platform"]


def test_the_picture_shows_where_one_stands(visit_page):
    """Until the end the picture is open, and says in words where the case is."""
    browser = visit_page("complaints", make_plan())
    browser.page.show("complaints/walk")
    assert "You are at “Danger, hate, or a threat?”" in browser.html()
    _walk(browser, "nn")
    assert "You are at “About us, from a real account?”" in browser.html()


def test_the_outcome_says_who_and_by_when(bench):
    """Level, people, clock in words, the place, and when to stop."""
    browser = bench("walk")
    browser.give(**FRIDAY, platform="google_business", name="Kim", topic="the late visit")
    _walk(browser, "nnyynyy", {"fault": 2, "repeat": 1})
    html = browser.html()
    for part in (
        "Put it right", "S2: a valid complaint", "Office manager, Workshop lead", "4 open hours",
        "Monday 11 May, 12:50", "15 minutes", "7 days", "one follow-up", "Google",
    ):  # fmt: skip
        assert part in html, part


def test_the_draft_waits_in_the_field_until_it_is_changed(bench):
    """A changed reply is never overwritten; the draft can be taken again."""
    browser = bench("walk")
    browser.give(**FRIDAY, platform="facebook")
    _walk(browser, "nnyynyy", {})
    assert _field(browser, "reply").value.startswith("Hello [their name],")
    browser.give(name="Kim")
    assert _field(browser, "reply").value.startswith("Hello Kim,")
    browser.give(reply="Hello Kim, my own words.")
    browser.give(topic="the visit")
    assert browser.screen.raw["reply"] == "Hello Kim, my own words."
    browser.press("Take the draft again")
    assert "the visit" in _field(browser, "reply").value


def test_another_form_of_draft_can_be_chosen(bench):
    """To close a case in public there is a form of its own; what was changed stays until asked."""
    browser = bench("walk")
    browser.give(**FRIDAY, platform="facebook", name="Kim", topic="the visit")
    _walk(browser, "nnyynyy", {})
    browser.give(form="close_public")
    assert "thank you for your patience with the visit" in _field(browser, "reply").value
    browser.give(form=None)
    assert "thank you for telling us about the visit" in _field(browser, "reply").value


def test_the_reply_is_looked_at_while_it_is_written(bench):
    """Blame is seen at once, and nothing else on the page moves."""
    browser = bench("walk")
    browser.give(**FRIDAY, platform="facebook", name="Kim")
    _walk(browser, "nnyynyy", {})
    outcome = browser.screen._told.children
    browser.give(reply="Hello Kim, it was your fault.")
    assert "puts the blame" in browser.html()
    assert browser.screen._told.children == outcome
    browser.give(reply="Hello Kim, we will send somebody today about the visit.")
    assert "None of our rules finds a fault" in browser.html()


def test_grave_cases_without_a_line_have_no_draft(bench):
    """Where nothing is approved the page says so, and the field stays empty."""
    browser = bench("walk", holding_line=None)
    _walk(browser, "y")
    browser.give(**FRIDAY)
    assert _field(browser, "reply").value in (None, "")
    assert "nothing is said in public" in browser.html()
    assert "There is no draft" in browser.html()


def test_a_case_can_be_taken_along(bench):
    """The outcome and the reply leave as a text file, by the button alone."""
    browser = bench("walk")
    browser.give(**FRIDAY, platform="facebook", text=SECRET)
    _walk(browser, "nnyynyy", {})
    (told,) = [m for m in browser.press("Take it along as a text file") if m["kind"] == "download"]
    text = told["buffers"][0].decode()
    assert "Put it right" in text
    assert "Monday 11 May, 17:50" in text
    assert "Hello [their name]" in text
    assert told["name"].endswith(".txt")


def test_now_is_meant_where_no_time_is_given(bench):
    """Without day and time the clock starts when the page is looked at."""
    browser = bench("walk")
    _walk(browser, "nnyynyy", {})
    assert "Thursday 1 April, 16:02" in browser.html()


def test_nothing_of_a_case_is_kept(bench, store, caplog):
    """What was pasted is in no plan, no draft of the browser and no log."""
    browser = bench("walk")
    before = write_plan_file(store.load())
    browser.give(**FRIDAY, text=SECRET, name=SECRET[:20], reply=SECRET)
    _walk(browser, "nnyynyy", {})
    assert write_plan_file(store.load()) == before
    assert "Xylander" not in json.dumps(browser.page.there.plan.model_dump(mode="json"))
    assert "Xylander" not in caplog.text
    assert "Xylander" not in str([m for m in browser.heard if m["kind"] != "download"])


def test_markup_in_a_complaint_stays_text(bench):
    """What somebody wrote cannot act on the page."""
    browser = bench("walk", page_owner="<b>Kim</b>")
    browser.give(**FRIDAY, name="<img src=x>", text="<script>1</script>", platform="x")
    _walk(browser, "nnyynyy", {})
    assert "<img" not in browser.html()
    assert "&lt;b&gt;Kim" in browser.html()


# -- the drill ---------------------------------------------------------------------------------


def _finish(browser, ways, levels):
    for number, (letters, level) in enumerate(zip(ways, levels, strict=True), 1):
        _walk(browser, letters)
        browser.give(level=level)
        browser.press("Compare with our way")
        browser.press("Next case" if number < 5 else "See all five")


def test_a_number_deals_five_cases(bench):
    """After the number the first case stands there, without its solution."""
    browser = bench("drill")
    browser.give(deal="7", who="Kim")
    browser.press("Deal five cases")
    case = deal(7)[0]
    assert "Case 1 of 5" in browser.html()
    assert case.known.replace("'", "&#x27;") in browser.html()
    assert case.why not in browser.html()
    assert _shown(browser) == []
    assert "Is there a threat" in browser.html()


def test_a_difference_is_shown_with_its_reason(bench):
    """Where the ways part is named, with why we go the other one."""
    browser = bench("drill")
    browser.give(deal="7")
    browser.press("Deal five cases")
    _walk(browser, "ny")
    browser.give(level="S3")
    told = browser.press("Compare with our way")
    html = browser.html()
    assert "The ways part at n2" in html
    assert "Your way ends at: Hand it to the owner." in html
    assert "Ours ends at: Ignore it, or report it." in html
    assert "Four new accounts with the same words are no guests." in html
    assert "You: S3. We: S1" in html
    assert [m["kind"] for m in told][-1] == "result"


def test_the_end_gives_a_line_for_the_group(bench):
    """After five cases all stand side by side, with the line to send and the file."""
    browser = bench("drill")
    browser.give(deal="7", who="Kim")
    browser.press("Deal five cases")
    ways = [case.way for case in deal(7)]
    _finish(browser, ways, ["S1", "S4", "S1", "S1", "S2"])
    html = browser.html()
    assert "Kim 7: NNN1 Y4 NNYNY1 NNYNNNNNY1 NNYNNYY2" in html
    assert "Ill after lunch" in html
    (told,) = [m for m in browser.press("Download as CSV") if m["kind"] == "download"]
    assert b"7,Kim,allergy,Y,emergency,S4" in told["buffers"][0]
    browser.press("Deal five others")
    assert _shown(browser) == ["deal", "who"]


def test_an_unfinished_way_is_not_compared(bench):
    """Before the tree has come to an end there is nothing to compare, and then the level."""
    browser = bench("drill")
    browser.give(deal="7")
    browser.press("Deal five cases")
    assert "wb-gone" in browser.screen._act._dom_classes
    browser.press("Compare with our way")
    assert "The ways part" not in browser.html()
    browser.press("Yes")
    assert "wb-gone" not in browser.screen._act._dom_classes
    told = browser.press("Compare with our way")
    assert next(m["errors"] for m in told if m["kind"] == "errors")


# -- a group -----------------------------------------------------------------------------------


def test_a_group_sees_where_it_differs(bench):
    """Case by case: who ended where, and at which question somebody left our way."""
    browser = bench("compare")
    lines = "Kim 7: NNN1 Y4 NNYNY1\nAlex 7: NNN1 NY3 NNYNY1\nPat 8: Y4\nnonsense"
    browser.give(lines=lines)
    browser.press("Compare")
    html = browser.html()
    assert "All of you, and we, end at: Ignore it, or report it." in html
    assert "You end in 2 different places." in html
    assert "1: Danger, hate, or a threat?" in html
    assert "nonsense" in html
    assert "Pat" in html
    (told,) = [m for m in browser.press("Download as CSV") if m["kind"] == "download"]
    assert b"7,Alex,allergy,NY,legal,S3" in told["buffers"][0]


def test_lines_that_are_none_are_told(bench):
    """Where no line can be read, the page shows what one looks like."""
    browser = bench("compare")
    browser.give(lines="hello <b>there</b>")
    browser.press("Compare")
    assert "A line looks like this" in browser.html()
    assert "<b>there" not in browser.html()
