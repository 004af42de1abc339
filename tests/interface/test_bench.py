"""The bench: what is tried there is read by its kind, answered, and kept nowhere."""

from __future__ import annotations

import asyncio
import json
import threading

import pytest

from workbook.interface.bench import FILES_LIMIT_MB, BenchScreen, make_question
from workbook.interface.escaping import fill_html
from workbook.interface.furniture import draw_html
from workbook.interface.sending import GivenFile
from workbook.storage.plan_file import write_plan_file

WORDS = {
    "title": "Weigh a sentence",
    "lead": "Paste one.",
    "act": "Weigh",
    "questions": {
        "draft": {"kind": "long_text", "label": "Your sentence", "subject": "a sentence"},
        "times": {
            "kind": "number", "label": "How often?", "subject": "how often", "needed": False,
        },
        "sure": {"kind": "yes_no", "label": "Sure?", "subject": "whether you are sure",
                 "needed": False},
        "place": {"kind": "choice", "label": "Where?", "subject": "where", "needed": False,
                  "options": {"shop": "In the shop", "street": {"label": "Outside"}}},
        "ways": {"kind": "several", "label": "How?", "subject": "how", "needed": False,
                 "options": {"post": "By post", "mail": "By mail"}},
        "files": {"kind": "file", "label": "A file", "subject": "the files", "needed": False},
    },
}  # fmt: skip
SECRET = "<b>My secret draft</b>"


class Scale(BenchScreen):
    """Counts the letters of a sentence; asks where only of those who are sure."""

    def __init__(self):
        self.seen = {}
        super().__init__("goals", "goals", "en")
        self.id, self.words, self.title = "goals/scale", WORDS, WORDS["title"]

    def asks_now(self, plan, given):
        """Where is asked after a yes."""
        return set(self.asked) - (set() if given["sure"] == "yes" else {"place"})

    def answer(self, page, given):
        """The draft and its length."""
        self.seen = dict(given)
        text = given["draft"] or ""
        return [draw_html(fill_html("<p>{n}: {x}</p>", n=len(text), x=text))]


class Slow(Scale):
    """The same, which takes until it is told to end."""

    takes_long = True

    def __init__(self):
        super().__init__()
        self.may_end, self.ended = threading.Event(), threading.Event()

    def answer(self, page, given):
        """The same, later."""
        assert self.may_end.wait(10)
        self.ended.set()
        return super().answer(page, given)


class Following(Scale):
    """The same, which follows every answer."""

    live = True


@pytest.fixture
def bench(visit_page, monkeypatch):
    """Opens a page with a bench on it."""
    monkeypatch.setattr(
        "workbook.interface.bench.load_words",
        lambda path, language: {"goals": WORDS, "bench": COMMON},
    )

    monkeypatch.setattr(
        "workbook.interface.bench.load_benches", lambda step, language: {"goals": WORDS}
    )

    def visit(kind=Scale):
        browser = visit_page("goals")
        screen = kind()
        browser.page.screens = (*browser.page.screens, screen)
        browser.page.show(screen.id)
        return browser, screen

    return visit


COMMON = {
    "promise": "Kept nowhere.",
    "result": "What we see",
    "missing": "Give {subject}",
    "limit": "Up to {limit} MB together.",
    "too_large": "Together these files are {size} MB; at most {limit} MB can be looked at here.",
    "yes_no": {"yes": "Yes", "no": "No"},
    "work": {
        "name": "Looking",
        "doing": "Looking …",
        "said": "",
        "stop": "Stop",
        "stopped": "Over.",
    },
}


def _try(browser, name, raw, *buffers):
    return browser.say("try", path=f"goals/scale/{name}", raw=raw, buffers=buffers)


def _errors(told):
    return next(m["errors"] for m in told if m["kind"] == "errors")


@pytest.mark.parametrize("stops", [False, True])
def test_what_takes_long_shows_a_bar_and_can_be_stopped(bench, stops):
    """The page stays awake meanwhile; what was stopped shows no result, whenever it ends."""
    browser, screen = bench(Slow)
    _try(browser, "draft", SECRET)

    async def press():
        browser.press("Weigh")
        assert "<progress" in browser.html()
        if stops:
            browser.press("Stop")
        screen.may_end.set()
        await asyncio.to_thread(screen.ended.wait, 10)
        for _ in range(2000):
            if "<progress" not in browser.html():
                break
            await asyncio.sleep(0.001)

    asyncio.run(asyncio.wait_for(press(), 10))
    assert ("data-wb-result" in browser.html()) is not stops
    assert "Over." in str(browser.heard) or not stops


def test_what_is_tried_is_answered(bench):
    """The button shows what it comes to, escaped, and leads the focus to it."""
    browser, _ = bench()
    _try(browser, "draft", SECRET)
    told = browser.press("Weigh")
    assert f"<p>{len(SECRET)}: &lt;b&gt;My secret draft&lt;/b&gt;</p>" in browser.html()
    assert [m["kind"] for m in told] == ["errors", "result"]
    assert f'data-wb-result="{told[-1]["mark"]}"' in browser.html()


def test_every_kind_is_read(bench):
    """Each answer is read as its kind says."""
    browser, screen = bench()
    given = {
        "draft": "a  b", "times": "2½", "sure": "yes", "place": "street", "ways": ["mail", "cow"],
    }  # fmt: skip
    for name, raw in given.items():
        _try(browser, name, raw)
    _try(browser, "files", ["a.csv", "b.csv"], b"one", memoryview(b"two"))
    browser.press("Weigh")
    assert screen.seen == {
        "draft": "a  b", "times": 2.5, "sure": "yes", "place": "street", "ways": ("mail",),
        "files": (GivenFile("a.csv", b"one"), GivenFile("b.csv", b"two")),
    }  # fmt: skip


def test_nothing_given_is_asked_for(bench):
    """Without what it needs, the bench says what to give and answers nothing."""
    browser, screen = bench()
    told = browser.press("Weigh")
    assert _errors(told) == {"goals/scale/draft": "Give a sentence"}
    assert "Give a sentence" in browser.html()
    assert not screen.seen


@pytest.mark.parametrize(
    ("name", "raw", "says"),
    [
        ("times", "often", "Enter how often as a number, such as 4 or 2.5"),
        ("place", "moon", "Choose one of the answers for where"),
        ("draft", "x" * 2_000_001, "Shorten a sentence to 2,000,000 characters; it has 2,000,001"),
        ("draft", {"no": "text"}, "Enter a sentence as text"),
    ],
)
def test_what_cannot_be_read_is_told(bench, name, raw, says):
    """What is given in another form than asked for is told at its question, and stays there."""
    browser, screen = bench()
    _try(browser, "draft", "Something")
    _try(browser, "sure", "yes")
    _try(browser, name, raw)
    assert _errors(browser.press("Weigh")) == {f"goals/scale/{name}": says}
    assert not screen.seen
    assert browser.page.fields[f"goals/scale/{name}"].value == raw


def test_files_have_a_limit(bench):
    """Files that are too large together are refused in words."""
    browser, _ = bench()
    _try(browser, "draft", "Something")
    _try(browser, "files", ["a", "b"], *[b"x" * (FILES_LIMIT_MB * 10**6 // 2 + 1)] * 2)
    assert "Choose smaller or fewer files" in _errors(browser.press("Weigh"))["goals/scale/files"]


def test_questions_follow_what_was_given(bench):
    """A question that hangs on an answer comes and goes with it."""
    browser, _ = bench()
    place = browser.page.fields["goals/scale/place"]
    assert not place.shown
    _try(browser, "sure", "yes")
    assert place.shown
    _try(browser, "sure", "no")
    assert not place.shown


def test_old_result_goes_with_a_new_answer(bench):
    """What was found before is gone once something else is given."""
    browser, _ = bench()
    _try(browser, "draft", "One")
    browser.press("Weigh")
    assert "<p>3: One</p>" in browser.html()
    _try(browser, "draft", "Two")
    assert "<p>3:" not in browser.html()


def test_following_bench_answers_at_once(bench):
    """A bench that follows needs no button."""
    browser, _ = bench(Following)
    _try(browser, "draft", "One")
    assert "<p>3: One</p>" in browser.html()
    _try(browser, "draft", "Three")
    assert "<p>5: Three</p>" in browser.html()


def test_nothing_of_it_is_kept(bench, store):
    """Neither the plan nor its file nor the messages to the browser hold what was tried."""
    browser, _ = bench()
    before = browser.page.there.file
    _try(browser, "draft", SECRET)
    _try(browser, "files", ["secret.csv"], SECRET.encode())
    told = browser.press("Weigh")
    assert browser.page.there.file == before
    assert b"secret" not in write_plan_file(browser.page.there.file)
    assert "secret" not in json.dumps(told, default=str)


def test_other_screens_hear_nothing(visit_page):
    """What is tried while no bench is open, or at no question of it, changes nothing."""
    browser = visit_page("goals")
    assert browser.say("try", path="goals.aim", raw="More work") == []
    assert browser.page.there.plan.goals.aim is None


def test_unknown_question_is_not_heard(bench):
    """A path that no question of the bench has is passed over."""
    browser, screen = bench()
    _try(browser, "nothing", "x")
    assert screen.raw == {}


@pytest.mark.parametrize("name", ["place", "ways"])
def test_what_no_page_sends_is_no_answer(bench, name):
    """A choice that comes as a list of things, as no browser of ours sends it, is not given."""
    browser, screen = bench()
    for raw in ({"a": 1}, [[]], [{}]):
        assert not _try(browser, name, raw)
        assert not screen.read()[name]


def test_yes_and_no_need_no_words_of_their_own():
    """A yes-no question without options offers yes and no."""
    words = {"kind": "yes_no", "label": "Is it?", "subject": "it"}
    assert [o.value for o in make_question("a/b", "c", words).options] == ["yes", "no"]
