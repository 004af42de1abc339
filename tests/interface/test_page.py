"""A page and what the browser says to it: every message is answered, and nothing is thrown."""

from __future__ import annotations

import json

import pytest

from tests.interface.conftest import NOW, kinds_of
from workbook.checks import Offer
from workbook.errors import StoreFull, StoreUnreachable
from workbook.plan import Plan
from workbook.session import Session
from workbook.steps.start.answers import Start
from workbook.storage.plan_file import PlanFile, read_plan_file, write_plan_file


def _session(store):
    return Session(store, clock=lambda: NOW)


# -- opening ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["start", "diagnosis", "goals", "finish"])
def test_opening_shows_the_first_screen(visit_page, name):
    """A page that is opened tells so, and draws its first screen with its title."""
    browser = visit_page(name)
    assert kinds_of(browser.heard)[:1] == ["opened"]
    screen = next(m for m in browser.heard if m["kind"] == "screen")
    assert screen["title"] == browser.page.screens[0].title
    assert screen["error"] is False
    assert len(browser.page.body.children) > 1


def test_opening_at_an_answer_shows_its_screen(visit_page):
    """A link to an answer opens the screen that asks for it, with the focus there."""
    browser = visit_page("start", at="start.hours_per_week")
    screen = next(m for m in browser.heard if m["kind"] == "screen")
    assert screen["id"] == "start/week"
    assert screen["focus"] == "start.hours_per_week"


@pytest.mark.parametrize(
    "at", ["nonsense", "start.nothing", "__class__", "x" * 100_000, "\ud800.x"]
)
def test_opening_at_nothing_shows_the_first_screen(visit_page, at):
    """A link that leads nowhere opens the page at its beginning."""
    browser = visit_page("start", at=at)
    assert browser.page.screen is browser.page.screens[0]
    assert "failed" not in kinds_of(browser.heard)


def test_unknown_plan_is_told(visit_page):
    """A link that opens nothing says so and what to do; the page waits."""
    browser = visit_page("start")
    browser.page.session = None
    (lost,) = browser.say("open", key="k", known=True)
    assert lost["kind"] == "lost"
    assert lost["what"]
    assert lost["next"]


def test_messages_before_opening_do_nothing(visit_page):
    """Before a plan is open, nothing but opening is heard."""
    browser = visit_page("start")
    browser.page.session = None
    assert browser.say("answer", path="start.name", raw="Café", seen=None, number=1) == []
    assert browser.say("delete") == []


# -- answers ------------------------------------------------------------------------------------


def test_answer_is_saved_and_told_with_its_number(visit_page, store):
    """A saved answer is told with the number of its message and as it was understood."""
    browser = visit_page("start", at="start.people")
    (saved,) = browser.answer("start.people", " 1,200 ")
    assert saved["kind"] == "saved"
    assert (saved["path"], saved["number"], saved["raw"]) == ("start.people", 1, "1200")
    assert (saved["clash"], saved["fresh"]) == (False, False)
    assert saved["at"] == NOW.isoformat()
    assert store.load().plan.start.people == 1200
    assert browser.page.fields["start.people"].value == "1200"


def test_answer_from_a_stale_page_clashes(visit_page, store):
    """A page that showed an older answer is told, and overwrites nothing."""
    browser = visit_page("start", at="start.name")
    _session(store).answer("start.name", "Bar")
    (saved,) = browser.answer("start.name", "Inn", seen=None)
    assert saved["clash"]
    assert saved["raw"] == "Bar"
    assert store.load().plan.start.name == "Bar"
    assert browser.page.fields["start.name"].value == "Bar"
    (saved,) = browser.answer("start.name", "Inn")
    assert not saved["clash"]
    assert store.load().plan.start.name == "Inn"


def test_answering_alike_from_a_stale_page_is_fine(visit_page, store):
    """The same answer from an older page is no clash."""
    browser = visit_page("start", at="start.name")
    _session(store).answer("start.name", "Bar")
    (saved,) = browser.answer("start.name", "Bar", seen=None)
    assert not saved["clash"]


def test_answers_of_another_tab_show(visit_page, store):
    """What another tab has saved shows with the next message."""
    browser = visit_page("start", at="start.name")
    _session(store).answer("start.area", "Norwich")
    browser.answer("start.name", "Bar")
    assert browser.page.fields["start.area"].value == "Norwich"


def test_unreadable_answer_stops_continue_with_its_summary(visit_page):
    """Continue stays where something cannot be read: summary with links, the wrong text kept."""
    browser = visit_page("start", at="start.hours_per_week")
    (saved,) = browser.answer("start.hours_per_week", "a <b>few</b>")
    assert saved["raw"] == "a <b>few</b>"
    told = browser.press(browser.page.words["continue"])
    errors = next(m["errors"] for m in told if m["kind"] == "errors")
    screen = [m for m in told if m["kind"] == "screen"][-1]
    assert list(errors) == ["start.hours_per_week"]
    assert screen["error"] is True
    assert browser.page.screen.id == "start/week"
    assert 'href="#wb-start-hours-per-week"' in browser.html()
    assert errors["start.hours_per_week"] in browser.html().replace("&#x27;", "'")
    assert browser.page.fields["start.hours_per_week"].value == "a <b>few</b>"


def test_mended_answer_lets_continue(visit_page):
    """Once it is mended, Continue goes on, and the title no longer says error."""
    browser = visit_page("start", at="start.hours_per_week")
    browser.answer("start.hours_per_week", "a few")
    browser.press(browser.page.words["continue"])
    browser.answer("start.hours_per_week", "4")
    told = browser.press(browser.page.words["continue"])
    assert [m["errors"] for m in told if m["kind"] == "errors"] == [{}]
    assert [m["error"] for m in told if m["kind"] == "screen"] == [False]
    assert browser.page.screen.id == "start/website"


def test_unreadable_answer_in_an_entry_is_linked(visit_page, store):
    """An entry of a list shows and links what could not be read in it."""
    browser = visit_page("goals", at="goals.goals")
    browser.say("add", path="goals.goals")
    name = store.load().plan.goals.goals[0].id
    path = f"goals.goals.{name}.target"
    browser.answer(path, "many", seen=None)
    (row,) = browser.page.fields["goals.goals"].value
    assert row["target"] == "many"
    told = browser.press(browser.page.words["continue"])
    assert path in next(m["errors"] for m in told if m["kind"] == "errors")
    assert f'href="#wb-goals-goals-{name}-target"' in browser.html()


def test_back_and_continue_walk_the_screens(visit_page):
    """Continue goes through every screen to all tasks, Back goes the same way home."""
    browser = visit_page("start", Plan(start=Start(name="Café")))
    seen = [browser.page.screen.id]
    while "go" not in kinds_of(browser.heard):
        browser.page.go_on()
        seen.append(browser.page.screen.id)
        assert len(seen) < 20
    assert seen[0] == "tasks"
    assert len(set(seen)) == len(browser.page.screens)
    while browser.page.screen.id != "tasks":
        browser.page.go_back()
    assert browser.heard[-1]["kind"] == "screen"


def test_the_short_way_shows_no_tool_between_its_questions(visit_page):
    """Whoever has little time meets questions alone; the tools can be opened from the tasks."""
    browser = visit_page("complaints", Plan(start=Start(route="short")), at="complaints.page_owner")
    seen = []
    while "go" not in kinds_of(browser.heard):
        seen.append(browser.page.screen.id)
        browser.page.go_on()
    assert seen == ["complaints/people"]
    browser.page.show("complaints/walk")
    assert browser.page.screen.id == "complaints/walk"


def test_tasks_that_can_wait_lie_folded_below_the_end(visit_page):
    """On the short way what is needed stands first, with the documents at its end."""
    html = visit_page("start", Plan(start=Start(route="short", name="Café")), at="tasks").html()
    fold = html.index("Not needed for now (")
    assert html.index("Check your answers and get your documents") < fold
    assert html.index("Find out what misses the mark") < fold < html.index("Say how you sound")


def test_answers_to_check_have_no_heading_without_a_question(visit_page):
    """On the short way, steps that ask nothing are left out of the answers to check."""
    html = visit_page("finish", Plan(start=Start(route="short"))).html()
    assert "<h3>What misses the mark</h3>" in html
    assert "<h3>Voice</h3>" not in html
    assert "<dl></dl>" not in html


# -- lists, undo, deleting ----------------------------------------------------------------------


def test_entries_come_and_go(visit_page, store):
    """An entry is added, removed and brought back, and each time the page says it is saved."""
    browser = visit_page("start", at="start.accounts")
    assert "saved" in kinds_of(browser.say("add", path="start.accounts"))
    (account,) = store.load().plan.start.accounts
    assert browser.page.fields["start.accounts"].value[0]["id"] == account.id
    assert "saved" in kinds_of(browser.say("remove", path=f"start.accounts.{account.id}"))
    assert store.load().plan.start.accounts == ()
    told = browser.say("undo")
    assert "announce" in kinds_of(told)
    assert store.load().plan.start.accounts == (account,)


def test_nothing_to_undo_is_said(visit_page):
    """Undo at the beginning says that there is nothing to undo."""
    browser = visit_page("start")
    (told,) = browser.say("undo")
    assert told["text"] == browser.page.words["nothing_to_undo"]


def test_deleting_forgets(visit_page, store):
    """A plan that is deleted is gone, and the browser is told to forget it."""
    browser = visit_page("start", Plan(start=Start(name="Café")))
    told = browser.say("delete")
    assert kinds_of(told)[-1] == "forgotten"
    assert not store.exists()


# -- files --------------------------------------------------------------------------------------


def test_plan_file_goes_out_and_comes_back(visit_page, store):
    """The plan that is downloaded is the plan, and opening it elsewhere brings it back."""
    browser = visit_page(
        "start", Plan(start=Start(name="Café «Ü»")), unclear={"start.people": "us"}
    )
    (download,) = browser.say("plan_file")
    assert download["name"] == "cafe-u-plan.json"
    raw = bytes(download["buffers"][0])
    assert read_plan_file(raw, name="x", limit_mb=2).plan == store.load().plan
    browser.answer("start.name", "Bar")
    told = browser.say("upload", name="plan.json", buffers=[memoryview(raw)])
    assert kinds_of(told)[-1] == "announce"
    assert store.load().plan.start.name == "Café «Ü»"
    assert store.load().unclear == {"start.people": "us"}


HOSTILE_FILES = {
    "empty": b"",
    "text": b"hello",
    "list": b"[1,2]",
    "markup": b"<script>alert(1)</script>",
    "other": json.dumps({"format": "other"}).encode(),
    "newer": write_plan_file(PlanFile()).replace(b'"version": 1', b'"version": 999'),
    "deep": b"[" * 100_000,
    "zeros": b"\0" * 1000,
    "large": b" " * 3_000_000,
    "cut": write_plan_file(PlanFile(plan=Plan(start=Start(name="Café"))))[:-20],
}


@pytest.mark.parametrize("name", HOSTILE_FILES)
def test_file_that_is_no_plan_changes_nothing(visit_page, store, name):
    """A file that cannot be used is told with what to do; the plan that is open stays."""
    browser = visit_page("start", Plan(start=Start(name="Café")))
    kept = store.load()
    told = browser.say("upload", name="<b>x.json", buffers=[memoryview(HOSTILE_FILES[name])])
    assert kinds_of(told) == ["failed"]
    assert told[0]["what"]
    assert told[0]["next"]
    assert "{" not in told[0]["what"] + told[0]["next"]
    assert told[0]["retry"] is False
    assert store.load() == kept
    browser.answer("start.people", "3")
    assert store.load().plan.start == Start(name="Café", people=3)


def test_upload_without_a_file_is_told(visit_page):
    """A message that lost its file is answered like an empty one."""
    assert kinds_of(visit_page("start").say("upload", name="x")) == ["failed"]


# -- failures -----------------------------------------------------------------------------------


def test_full_disk_is_told_and_tried_again(visit_page, store):
    """While nothing can be saved the page says so; once it works, every answer is confirmed."""
    browser = visit_page("start", at="start.name")
    store.failure = StoreFull()
    (failed,) = browser.answer("start.name", "Café")
    assert failed["kind"] == "failed"
    assert failed["retry"] is True
    browser.answer("start.area", "Norwich", seen=None)
    assert kinds_of(browser.say("retry")) == ["failed"]
    store.failure = None
    told = browser.say("retry")
    saved = {m["path"]: m["number"] for m in told if m["kind"] == "saved"}
    assert saved == {"start.name": 1, "start.area": 2}
    assert store.load().plan.start == Start(name="Café", area="Norwich")


@pytest.mark.parametrize("message", [{"kind": "add", "path": "start.accounts"}, {"kind": "undo"}])
def test_nothing_is_called_saved_that_is_not(visit_page, store, message):
    """Adding an entry and undoing say so when they could not be saved."""
    browser = visit_page("start", at="start.accounts")
    browser.answer("start.people", "3")
    store.failure = StoreFull()
    values = dict(message)
    told = browser.say(values.pop("kind"), **values)
    assert "failed" in kinds_of(told)
    assert "saved" not in kinds_of(told)
    store.failure = None
    assert "saved" in kinds_of(browser.say("retry"))


def test_every_clash_is_told_after_a_failure(visit_page, store):
    """An answer that waited for the store and met a newer one is told as a clash, with theirs."""
    browser = visit_page("start", Plan(start=Start(people=3)), at="start.name")
    store.failure = StoreFull()
    browser.answer("start.name", "Inn")
    browser.answer("start.area", "Norwich")
    store.failure = None
    _session(store).answer("start.name", "Bar")
    told = {m["path"]: m for m in browser.say("retry") if m["kind"] == "saved"}
    assert (told["start.name"]["clash"], told["start.name"]["raw"]) == (True, "Bar")
    assert not told["start.area"]["clash"]


def test_offer_is_taken_up_and_told(visit_page, store):
    """An offer's button puts its answers in place, and says so when they cannot be saved."""
    plan = Plan.model_validate({"diagnosis": {"goal_words": "get 5,000 followers"}})
    browser = visit_page("diagnosis", plan, at="diagnosis.goal_words")
    (finding,) = [f for f in browser.page.session.findings if f.id == "goal-words-vanity"]
    store.failure = StoreFull()
    assert "failed" in kinds_of(browser.press(finding.offers[0].label))
    store.failure = None
    assert "saved" in kinds_of(browser.say("retry"))
    assert store.load().plan.goals.goals


def test_numbers_are_typed_and_shown_as_the_page_speaks(visit_page, store):
    """In Spanish a comma is before decimals, and what an offer sets is never read another way."""
    browser = visit_page("start", language="es")
    browser.answer("start.hours_per_week", "4,5")
    assert browser.page.there.plan.start.hours_per_week == 4.5
    assert browser.page.raw("start.hours_per_week") == "4,5"
    browser.answer("measurement.spend", "1.200")
    assert browser.page.there.plan.measurement.spend == 1200
    offer = Offer(label="", answers=(("start.hours_per_week", "1.125"),))
    browser.page.there.apply(offer)
    assert browser.page.there.plan.start.hours_per_week == 1.125


def test_silent_store_takes_the_answer_all_the_same(visit_page, store):
    """While the database does not answer, what is typed is kept and tried again."""
    browser = visit_page("start", Plan(start=Start(people=3)), at="start.name")
    store.failure = StoreUnreachable()
    (failed,) = browser.answer("start.name", "Café")
    assert failed["retry"] is True
    store.failure = None
    assert "saved" in kinds_of(browser.say("retry"))
    assert store.load().plan.start.name == "Café"


@pytest.mark.parametrize(
    "message",
    [
        {"kind": "answer"},
        {"kind": "answer", "path": "start.name", "raw": "x"},
        {"kind": "answer", "path": "start.name", "raw": "x", "number": "one"},
        {"kind": "answer", "path": "__class__.__init__.__globals__", "raw": "x", "number": 1},
        {"kind": "answer", "path": "start.accounts.<b>.platform", "raw": "x", "number": 1},
        {"kind": "answer", "path": None, "raw": "x", "number": 1},
        {"kind": "answer", "path": {"a": 1}, "raw": {"b": [1]}, "number": 1},
        {"kind": "remove", "path": "start.name"},
        {"kind": "remove"},
        {"kind": "add", "path": "start"},
        {"kind": "add"},
    ],
    ids=str,
)
def test_message_that_makes_no_sense_touches_nothing(visit_page, store, message):
    """A message that makes no sense is passed over or answered in plain words, never thrown."""
    browser = visit_page("start", Plan(start=Start(name="Café")))
    kept = store.load()
    values = dict(message)
    told = browser.say(values.pop("kind"), **values)
    assert {m["kind"] for m in told} <= {"failed", "saved"}
    assert store.load().plan == kept.plan
    assert browser.page.session.is_saved
    for said in told:
        assert "__" not in str(said.get("raw"))
        assert said["kind"] == "failed" or said["clash"]


@pytest.mark.parametrize("message", [None, "x", 5, [], {}, {"kind": "nothing"}, {"kind": ["a"]}])
def test_messages_that_are_none_are_ignored(visit_page, message):
    """What is no message of ours is passed over."""
    browser = visit_page("start")
    before = len(browser.heard)
    browser.page._hear(browser.page.desk, message, [])
    assert len(browser.heard) == before


def test_failed_answer_is_not_called_saved_later(visit_page, store):
    """An answer that went wrong is never confirmed by the next one."""
    browser = visit_page("start", at="start.name")
    browser.say("answer", path="start.nothing", raw="x", seen=None, number=7)
    told = browser.answer("start.name", "Café")
    assert [m["path"] for m in told if m["kind"] == "saved"] == ["start.name"]


def test_unexpected_failure_is_told_in_plain_words(visit_page, monkeypatch):
    """Whatever goes wrong inside, the visitor reads a sentence and can go on."""
    browser = visit_page("start", at="start.name")

    def fail(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(Session, "answer", fail)
    (failed,) = browser.answer("start.name", "Café")
    assert failed["kind"] == "failed"
    assert failed["what"]


def test_what_was_mended_is_no_longer_told_above(visit_page):
    """The line above the screen goes once the answer it tells of can be read."""
    path = "start.hours_per_week"
    browser = visit_page("start", at=path)
    browser.answer(path, "a few")
    browser.press("Continue")
    assert "wb-error-summary" in browser.html()
    browser.answer(path, "some")
    assert "wb-error-summary" in browser.html()
    browser.answer(path, "3")
    assert "wb-error-summary" not in browser.html()
