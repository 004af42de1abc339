"""The page about people: the question to copy, the bench that counts, and the picture of reach."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest

from tests.interface.conftest import widgets_of
from workbook.plan import Plan
from workbook.storage.plan_file import write_plan_file

SECRET = "Quokka <img src=x onerror=alert(1)>"
GROUPS = [
    {"id": "own1", "name": "Owners", "share": 70, "country": "United States", "ages": ["65+"]},
    {"id": "day1", "name": f"Guests {SECRET}", "share": 30, "country": "Germany"},
]
USE = {"id": "use1", "question": "use", "asked": 12, "counts": [["facebook", 9]]}


def _plan(**audience):
    start = {"route": "full", "name": f"Example & Sons {SECRET}"}
    return Plan.model_validate({"start": start, "audience": audience})


@pytest.fixture
def bench(visit_page):
    """Opens the bench for counts; gives it a way to be answered."""

    def visit(**audience):
        browser = visit_page("audience", _plan(**audience), at="audience/count")

        def give(*buffers, **answers):
            for name, raw in answers.items():
                browser.say("try", path=f"audience/count/{name}", raw=raw, buffers=[*buffers])

        browser.give = give
        browser.tallies = lambda: browser.page.there.plan.audience.tallies
        return browser

    return visit


def test_the_screens_come_in_the_order_of_the_work(visit_page):
    """Whom, ask, count, what they said, colleagues, other figures, where they are."""
    browser = visit_page("audience", _plan())
    screens = [screen.id for screen in browser.page.screens if screen.id.startswith("audience/")]
    assert screens == [
        f"audience/{name}"
        for name in ("groups", "ask", "count", "clients", "peers", "figures", "result")
    ]
    assert browser.page.screens[-1].id.startswith("platform_fit/")


def test_on_the_short_route_nothing_is_asked_here(visit_page):
    """Neither a question nor a screen of this step is shown there."""
    plan = Plan.model_validate({"start": {"route": "short"}})
    browser = visit_page("audience", plan)
    mine = [s for s in browser.page.screens if s.id.startswith("audience/")]
    assert [s.id for s in mine if s.is_shown(plan)] in ([], ["audience/count"])


def test_three_messages_are_ready_to_copy(visit_page):
    """Each with a button, with the name of the business as text, and who is asked by it."""
    browser = visit_page("audience", _plan(), at="audience/ask")
    html = browser.html()
    assert html.count("data-wb-copy ") == 3
    assert "<img" not in html
    assert "Quokka &lt;img" in html
    assert "clients you won, not those you missed" in html


def test_pasted_answers_are_counted_and_put_into_the_plan(bench):
    """What was counted, what was not and why; one press adds one record without names."""
    browser = bench(groups=GROUPS)
    browser.give(
        question="use",
        pasted="Anna Quokka: Facebook, insta\nBob: none\nanna quokka: youtube\nJim: myspace",
        group="own1",
        asked_on="2027-03-30",
    )
    browser.press("Count")
    html = browser.html()
    assert "Do you ever use …? 3 clients answered." in html
    assert "These are fewer than 10 clients" in html
    assert "“Myspace” is none of the places here" in html
    assert "Each client was counted once" in html
    assert "Names were not kept." in html
    assert browser.tallies() == ()
    browser.press("Put these counts into my plan")
    (tally,) = browser.tallies()
    assert (tally.question, tally.asked, tally.group) == ("use", 3, "own1")
    assert tally.counts == (("facebook", 1), ("instagram", 1), ("youtube", 1))
    assert "The counts are in your plan." in browser.html()
    assert f"#at=audience.tallies.{tally.id}.counts" in browser.html()
    assert browser.say("undo")
    assert browser.tallies() == ()


def test_what_is_put_in_holds_no_name(bench):
    """Neither the plan nor what the browser is told to keep names a client."""
    browser = bench()
    browser.give(question="use", pasted="Quokka Ltd: Facebook\nquokka@example.com: TikTok")
    browser.press("Count")
    browser.press("Put these counts into my plan")
    assert browser.tallies()[0].asked == 2
    plan = write_plan_file(browser.page.there.file).decode()
    assert "quokka ltd" not in plan.lower()
    assert "quokka@" not in plan.lower()
    told = json.dumps([m for m in browser.heard if m["kind"] in {"saved", "opened", "screen"}])
    assert "quokka ltd" not in told.lower()


def test_a_list_with_columns_holds_several_questions(bench):
    """A spreadsheet-made file with semicolons and a mark of its encoding: a button for each."""
    browser = bench()
    text = "Client; Uses ; Found us\r\nAnna;FACEBOOK, Tik Tok;Google\r\nBob; none ;a friend\r\n"
    browser.give(question="use")
    browser.give(b"\xef\xbb\xbf" + text.encode(), files=["clients.csv"])
    browser.press("Count")
    html = browser.html()
    assert "Do you ever use …? 2 clients answered." in html
    assert "How did you find us? 2 clients answered." in html
    assert "2 clients came by a way that is none of the places here" in html
    browser.press("Put these counts into my plan")
    assert [(t.question, t.asked) for t in browser.tallies()] == [("use", 2)]


def test_a_spreadsheet_is_counted_too(bench):
    """The same from an .xlsx file; what is asked may be chosen where its columns do not tell."""
    book = openpyxl.Workbook()
    for row in (("Name", "Facebook", "Nextdoor"), ("Anna", "yes", "no"), ("Bob", "x", "yes")):
        book.active.append(row)
    raw = io.BytesIO()
    book.save(raw)
    browser = bench()
    browser.give(question="time")
    browser.give(raw.getvalue(), files=["clients.xlsx"])
    browser.press("Count")
    browser.press("Put these counts into my plan")
    (tally,) = browser.tallies()
    assert (tally.question, tally.asked, tally.group) == ("time", 2, None)
    assert tally.counts == (("facebook", 2), ("nextdoor", 1))


def test_a_count_that_is_there_is_replaced_or_joined(bench):
    """Nothing is counted twice unawares: the visitor chooses."""
    for label, asked in (
        ("Put them in the place of the count of 12 clients that is there", [10]),
        ("Put them in besides the count of 12 clients that is there", [12, 10]),
    ):
        browser = bench(tallies=[USE])
        browser.give(question="use", pasted="asked 10\nFacebook 7\nNextdoor 2")
        browser.press("Count")
        browser.press(label)
        assert [tally.asked for tally in browser.tallies()] == asked
        browser.page.there.delete()


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"pasted": "Facebook 7"}, "Give what you asked"),
        ({"question": "use"}, "Paste some answers, or choose a file."),
        ({"question": "use", "pasted": "Facebook 7"}, "Say how many clients you asked in all"),
        ({"question": "use", "pasted": "Facebook 7", "asked": "5"}, "7 is more than the 5 clients"),
        ({"question": "use", "pasted": "Facebook 7", "asked": "many"}, "how many clients answered"),
        ({"question": "use", "pasted": SECRET}, "is none of the places here"),
        ({"question": "use", "pasted": "none\nnone"}, "No place was named."),
    ],
)
def test_what_cannot_be_counted_says_what_to_do(bench, answers, said):
    """No traceback, no guess: a sentence that says how to mend it."""
    browser = bench()
    browser.give(**answers)
    browser.press("Count")
    assert said in browser.html()
    assert "<img" not in browser.html()
    assert "failed" not in [message["kind"] for message in browser.heard]


def test_an_endless_paste_is_refused(bench):
    """Five million letters get a message, and the page goes on."""
    browser = bench()
    browser.give(question="use", pasted="Anna Facebook " * 360_000)
    browser.press("Count")
    assert "2000000" in browser.html().replace(",", "")
    browser.give(pasted="Facebook, TikTok")
    browser.press("Count")
    assert "1 client answered" in browser.html()


def _labels(browser):
    return [w.description for w in widgets_of(browser.page) if type(w).__name__ == "Button"]


def test_reach_is_drawn_for_each_group(visit_page):
    """A picture, its table with sources, what can be wrong, and the terms of the survey."""
    plan = _plan(groups=GROUPS, tallies=[USE], peers_asked=8, peers=[["linkedin", 6]])
    browser = visit_page("audience", plan, at="audience/result")
    assert browser.html().count("<svg") == 2
    label = next(b for b in _labels(browser) if b.startswith("Show where these are: Guests"))
    told = browser.press(label)
    assert [message["kind"] for message in told] == ["result"]
    html = browser.html()
    assert html.count("<svg") == 4
    assert told[0]["mark"] in html
    for said in (
        "Survey and clients together",
        "adults, not your customers",
        "5 February 2025 to 18 June 2025",
        "28 January 2025 to 13 April 2025",
        "Your colleagues, for referrals only",
        "75 % (41 to 94)",
        "What these figures can be wrong about",
        "agree within their intervals",
        "How well these figures hold",
        "Pew Research Center bears no responsibility",
        "own_defaults.audience.survey_worth",
    ):
        assert said in html, said
    assert "<img" not in html


def test_a_group_without_figures_says_so_at_once(visit_page):
    """Its sentence stands there unasked, while a group with figures waits for a click."""
    far = {**GROUPS[0], "id": "far1", "name": "Far away", "country": "Atlantis"}
    plan = _plan(groups=[GROUPS[0], {**GROUPS[0], "id": "two1", "name": "Next door"}, far])
    browser = visit_page("audience", plan, at="audience/result")
    assert "no table here has their country (Atlantis)" in browser.html()
    labels = [getattr(widget, "description", "") for widget in widgets_of(browser.page)]
    assert "Show where these are: Next door" in labels
    assert "Show where these are: Far away" not in labels


def test_reach_without_figures_says_so(visit_page):
    """No group leads to the question for one; a country without figures to ten clients."""
    browser = visit_page("audience", _plan(), at="audience/result")
    assert "Nobody is named yet whom you want." in browser.html()
    assert "#at=audience.groups" in browser.html()
    plan = _plan(groups=[{**GROUPS[0], "country": "Atlantis"}])
    plan_page = browser.page
    plan_page.there.replace(plan)
    plan_page.show("audience/result")
    html = browser.html()
    assert "There are no figures on these people" in html
    assert "<svg" not in html
    assert "Pew Research" not in html


def test_groups_are_offered_where_one_is_asked_for(visit_page):
    """A count may be of one of the groups there are, by their names."""
    browser = visit_page("audience", _plan(groups=GROUPS, tallies=[USE]), at="audience/clients")
    field = next(
        w for w in widgets_of(browser.page) if getattr(w, "path", "") == "audience.tallies"
    )
    group = next(f for f in field.spec["fields"] if f["id"] == "group")
    assert [option["value"] for option in group["options"]] == ["own1", "day1"]
