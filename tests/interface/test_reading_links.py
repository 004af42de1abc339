"""Links for reading on the page: whoever gives them, and whoever opens one."""

from __future__ import annotations

import base64
import sqlite3

import pytest
from traitlets import TraitError

from tests.interface.conftest import NOW, Browser, kinds_of, widgets_of
from workbook.content import load_words
from workbook.errors import StoreError
from workbook.interface.desk import Desk
from workbook.interface.links import MOST_LINKS
from workbook.plan import Plan, replace_answer
from workbook.serving.visit import WebVisit
from workbook.session import Session
from workbook.settings import Settings
from workbook.storage.database import DatabaseStore
from workbook.storage.encryption import new_key
from workbook.storage.example import read_demo
from workbook.storage.plan_file import PlanFile
from workbook.storage.store import Right

HERE = "https://plans.example.org/voila/render/00_start.ipynb"
OVER = "This link for reading does not open a plan any more."


class Server:
    """A database with a plan that is begun, its owner's key, and browsers that come to it."""

    def __init__(self, folder):
        self.address = f"sqlite:///{folder}/plans.sqlite3"
        self.key = new_key()
        self.browsers = {}
        self.owner = DatabaseStore(self.address, self.key, today=NOW.date())
        start = read_demo(NOW.date()).plan.start
        self.owner.save(PlanFile(plan=Plan(start=start)), expected_revision=0, now=NOW)

    def come(self, page, key, **values):
        """A browser on a page, with a key."""
        browser = Browser(page, None)
        browser.visit = browser.page.visit = WebVisit(Settings(), self.address, lambda: NOW)
        self.browsers[id(browser.page.desk)] = browser
        browser.say("open", **({"key": key, "known": True} | values))
        return browser

    def read(self, key="", page="start"):
        """A browser that opened a link for reading."""
        return self.come(page, key or self.owner.grant(Right.READING, "Ann"), reading=True)


@pytest.fixture
def server(tmp_path, monkeypatch):
    """The server of a test; what its pages tell is written down."""
    serving = Server(tmp_path)

    def tell(desk, kind, *, buffers=None, **values):
        browser = serving.browsers.get(id(desk))
        if browser is not None:
            browser.heard.append({"kind": kind, "buffers": buffers, **values})

    monkeypatch.setattr(Desk, "tell", tell)
    return serving


def find(browser, label):
    """The widget of a page with a description."""
    return next(w for w in widgets_of(browser.page) if getattr(w, "description", None) == label)


# -- whoever reads -----------------------------------------------------------------------------


def test_a_reader_sees_whose_plan_it_is_and_its_documents(server):
    """Whatever page the link is opened on: title, a plain sentence, documents, and no field."""
    reader = server.read(page="goals")
    (opened,) = [told for told in reader.heard if told["kind"] == "opened"]
    assert opened["reading"]
    assert "A plumbing company (example): social media plan, to read" in reader.html()
    assert "Nothing can be changed here." in reader.html()
    assert "<iframe" in reader.html()
    assert reader.page.fields == {}
    titles = load_words("exports/documents/words.toml")
    offered = {name for _, name in find(reader, "Document").options}
    assert offered == {name for name, told in titles.items() if isinstance(told, dict)
                       and "group" in told} - {"account_register"}  # fmt: skip
    assert "wb-finding" not in reader.html()
    assert "wb-tasks" not in reader.html()
    with pytest.raises(TraitError):
        find(reader, "Document").value = "account_register"


def test_a_reader_takes_documents_along_that_ask_for_no_change(server):
    """The chosen document comes as a file; what is still open is not listed in it."""
    reader = server.read()
    (told,) = [m for m in reader.press("Plain text") if m["kind"] == "download"]
    assert told["name"] == "a-plumbing-company-example-strategy.md"
    text = told["buffers"][0].decode()
    assert "Draft: " in text
    assert "What is still open" not in text
    find(reader, "Document").value = "policy"
    assert "Social media policy, as it is now" in reader.html()


FORGED = [
    {"kind": "answer", "path": "start.name", "raw": "Hacked", "number": 1},
    {"kind": "add", "path": "goals.goals"},
    {"kind": "remove", "path": "goals.goals"},
    {"kind": "undo"},
    {"kind": "retry"},
    {"kind": "delete"},
    {"kind": "plan_file"},
    {"kind": "upload", "name": "x.json", "buffers": [b"{}"]},
    {"kind": "upload", "name": "x.json", "new": True, "buffers": [b"{}"]},
    {"kind": "try", "path": "links.give", "raw": {"who": "me"}},
]


def test_a_forged_message_changes_nothing(server):
    """Whatever a reader's browser is made to say, the page does not listen and nothing is saved."""
    reader = server.read()
    for forged in FORGED:
        assert reader.say(**forged) == [], forged
    assert server.owner.revision() == 1
    assert len(server.owner.links()) == 1


def test_below_the_page_a_reader_has_no_right_to_write_either(server):
    """Where the page would be got round, the session refuses, and the store behind it."""
    session = server.read().page.session
    named = session.plan.start.name
    attempts = (
        lambda: session.answer("start.name", "Hacked"),
        lambda: session.add_record("goals.goals"),
        lambda: session.replace(Plan()),
        lambda: session.name_version("Mine"),
        session.delete,
        lambda: session.store.save(session.file, expected_revision=1, now=NOW),
    )
    for attempt in attempts:
        with pytest.raises(StoreError, match="link"):
            attempt()
    assert session.plan.start.name == server.owner.load().plan.start.name == named


def test_a_reading_key_opens_for_reading_however_it_is_said(server):
    """In the place of an owner's key too, and where a browser says that the plan is to be new."""
    key = server.owner.grant(Right.READING)
    for said in ({"known": True}, {"known": False}, {"known": False, "reading": True}):
        reader = server.come("start", key, **said)
        assert [told["reading"] for told in reader.heard if told["kind"] == "opened"] == [True]
        assert reader.say("answer", path="start.name", raw="Hacked", number=1) == []
    assert server.owner.revision() == 1


def test_the_owners_key_in_a_link_for_reading_opens_nothing(server):
    """So nobody is shown more than they should see because two letters were mixed up."""
    reader = server.read(server.key)
    assert [told["what"] for told in reader.heard if told["kind"] == "lost"] == [OVER]


def test_what_changes_is_shown_when_the_reader_looks_again(server):
    """The page is brought up to date with the plan, without a field of it."""
    reader = server.read()
    opened = server.owner.load()
    plan = replace_answer(opened.plan, "start.sells", "Wholly new wares")
    server.owner.save(opened.model_copy(update={"plan": plan}), expected_revision=1, now=NOW)
    reader.say("look")
    assert "Wholly new wares" in reader.html()


@pytest.mark.parametrize("act", ["look", "download", "choose", "open"])
def test_withdrawn_the_next_action_ends_it_and_nothing_is_left_to_see(server, act):
    """Also where the page is open: the message comes, and the document is taken off the page."""
    reader = server.read()
    server.owner.withdraw(server.owner.links()[0].name)
    before = len(reader.heard)
    if act == "download":
        find(reader, "PDF").click()
    elif act == "choose":
        find(reader, "Document").value = "policy"
    else:
        reader.say(act, key="any", reading=True)
    told = reader.heard[before:]
    assert kinds_of(told) == ["lost"]
    assert told[0]["what"] == OVER
    assert not told[0]["again"]
    assert "plumbing" not in reader.html()
    assert reader.page.body.children == ()
    assert reader.say("look") == []


def test_deleted_is_told_like_withdrawn(server):
    """A reader learns that the plan is gone, and not why."""
    reader = server.read()
    server.owner.delete()
    assert [told["what"] for told in reader.say("look")] == [OVER]


def test_an_empty_plan_says_that_there_is_nothing_yet(server):
    """Before a step is finished there is no document, and nothing that sends a reader to work."""
    file = server.owner.load().model_copy(update={"plan": Plan(), "versions": ()})
    server.owner.save(file, expected_revision=1, now=NOW)
    reader = server.read()
    assert "No part of this plan is finished yet" in reader.html()
    assert "Go on with" not in reader.html()
    assert "#at=" not in reader.html()


# -- whoever gives -----------------------------------------------------------------------------


def links_of(told):
    """The last list of links among what was told."""
    return [message for message in told if message["kind"] == "links"][-1]


def test_the_owner_gives_lists_and_withdraws_in_two_tabs(server):
    """Each link with the name and the day; what one tab withdraws is gone from the other's list."""
    one, two = (server.come("finish", server.key, at="links") for _ in range(2))
    assert links_of(one.heard)["links"] == []
    given = links_of(one.say("try", path="links.give", raw={"who": "  Ann\n Example "}))
    (ann,) = given["links"]
    assert ann["title"] == "Ann Example, given on 31 March 2027"
    assert given["given"] == ann["key"]
    both = links_of(two.say("try", path="links.give", raw={"who": ""}))["links"]
    assert [link["who"] for link in both] == ["Somebody", "Ann Example"]
    left = links_of(two.say("try", path="links.withdraw", raw={"name": ann["name"]}))["links"]
    assert [link["who"] for link in left] == ["Somebody"]
    again = one.say("try", path="links.withdraw", raw={"name": ann["name"]})
    assert links_of(again)["links"] == left
    assert DatabaseStore(server.address, left[0]["key"], today=NOW.date(), reading=True).load()


def test_no_key_stands_in_a_widget(server):
    """Keys are told in messages; what widgets hold could be asked for again."""
    owner = server.come("finish", server.key, at="links")
    (link,) = links_of(owner.say("try", path="links.give", raw={"who": "Ann"}))["links"]
    state = "".join(str(widget.get_state()) for widget in widgets_of(owner.page))
    assert link["key"] not in state
    assert server.key not in state


def test_a_damaged_link_is_shown_to_be_withdrawn(server):
    """Its row says that it cannot be read; the others are listed, and it goes when it is told."""
    owner = server.come("finish", server.key, at="links")
    for who in ("Ann", "Bob"):
        told = owner.say("try", path="links.give", raw={"who": who})
    name = links_of(told)["links"][0]["name"]
    with sqlite3.connect(server.address.removeprefix("sqlite:///")) as connection:
        connection.execute("UPDATE access SET kept_key = x'00' WHERE name = ?", [name])
    connection.close()
    owner = server.come("finish", server.key, at="links")
    damaged, whole = links_of(owner.heard)["links"]
    assert (damaged["title"], damaged["key"]) == ("A link that cannot be read any more", "")
    assert whole["who"] == "Bob"
    owner.say("try", path="links.withdraw", raw={"name": name})
    assert [link["who"] for link in links_of(owner.heard)["links"]] == ["Bob"]


def test_a_link_as_a_code_for_the_phone(server):
    """The code holds the link as the browser would write it; another's link is not drawn."""
    owner = server.come("finish", server.key, at="links")
    (link,) = links_of(owner.say("try", path="links.give", raw={"who": "Ann"}))["links"]
    (told,) = owner.say("try", path="links.code", raw={"name": link["name"], "here": HERE})
    assert f"#read={link['key']}" in base64.b64decode(told["svg"]).decode()
    assert owner.say("try", path="links.code", raw={"name": "x", "here": HERE}) == []
    bad = owner.say("try", path="links.code", raw={"name": link["name"], "here": "javascript:x"})
    assert kinds_of(bad) == ["failed"]


def test_whatever_is_said_of_links_is_taken_or_left(server):
    """A message of the wrong shape does no harm, and a long name is cut."""
    owner = server.come("finish", server.key, at="links")
    for raw in (None, [], "x", {"who": 3}, {"name": None}, {"who": "x" * 9000}):
        for path in ("links.give", "links.withdraw", "links.code", "links.other"):
            told = owner.say("try", path=path, raw=raw)
            assert {"failed"}.isdisjoint(kinds_of(told)), (path, raw)
    assert max(len(link.who) for link in server.owner.links()) == 100


def test_there_is_an_end_to_links(server, monkeypatch):
    """Where as many are given as there may be, the page says so, and no more are made."""
    monkeypatch.setattr("workbook.interface.links.MOST_LINKS", 1)
    owner = server.come("finish", server.key, at="links")
    assert links_of(owner.say("try", path="links.give", raw={"who": "Ann"}))["full"]
    assert owner.say("try", path="links.give", raw={"who": "Bob"}) == []
    assert len(server.owner.links()) == 1
    assert MOST_LINKS == 50


def test_the_documents_lead_to_links_only_where_they_can_be_given(server, visit_page):
    """A plan in a file, in memory or without an answer has none, and the page says what to do."""
    owner = server.come("finish", server.key, at="documents")
    assert 'href="11_finish.ipynb#at=links"' in owner.html()
    browser = visit_page("finish", server.owner.load().plan, at="links")
    assert "Links for reading need a plan that this server keeps" in browser.html()
    browser.say("show", at="documents")
    assert "#at=links" not in browser.html()
    assert isinstance(browser.page.session, Session)
    assert browser.say("try", path="links.give", raw={"who": "x"}) == []


def test_a_page_of_links_leads_back_to_the_documents(server):
    """It is no station of the way: Continue from the documents does not pass it."""
    owner = server.come("finish", server.key, at="links")
    owner.press("Back")
    assert owner.page.screen.id == "documents"
    owner.page.go_on()
    assert owner.page.screen.id == "defaults"
