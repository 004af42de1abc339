"""The pages of a workshop without a browser: a room is opened, joined, led, and left."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.interface.conftest import Visit, widgets_of
from workbook.checks import Status
from workbook.complaint.drill import load_drill
from workbook.content import explain_error
from workbook.discovery import find_files, read_text, read_toml
from workbook.errors import StoreUnreachable
from workbook.interface import sparing
from workbook.interface.desk import Desk
from workbook.interface.escaping import fill_html
from workbook.interface.room.facilitator import FacilitatorPage
from workbook.interface.room.leading import Rooms
from workbook.interface.room.page import RoomPage
from workbook.interface.room.showing import WORDS
from workbook.interface.room.stage import write_now
from workbook.serving.pages import page as open_page
from workbook.storage.database import DatabaseStore
from workbook.storage.defaults import default_address
from workbook.storage.encryption import new_key
from workbook.storage.memory import MemoryStore
from workbook.storage.plan_file import PlanFile
from workbook.workshop import codes
from workbook.workshop.prompts import Prompt, PromptKind, read_blind
from workbook.workshop.rows import explain_room
from workbook.workshop.seat import Seat, join
from workbook.workshop.sharing import Wishes
from workbook.workshop.state import RoomKind

NOW = datetime(2027, 3, 31, 14, 2, tzinfo=UTC)
START = "http://192.168.1.20:8866/voila/render/00_start.ipynb"
OPENED = {
    "name": ["Market <traders>"], "kind": ["businesses"], "agenda": ["one_hour"], "zone": ["-60"],
    "minutes": ["90"], "starts": [""], "names": ["shown"],
}  # fmt: skip


class Screen:
    """One page in one browser: what it says about the room, what it shows, and what it was told."""

    def __init__(self, page):
        self.page, self.told = page, []

    def say(self, path, **raw):
        """Press or submit something of the room; gives what the page told because of it."""
        before = len(self.told)
        message = {"kind": "room", "path": path, "raw": raw}
        self.page.desk._handle_custom_msg(message, [])
        return self.told[before:]

    def fill(self, name, raw):
        """Give an answer in a field of the question to the room."""
        self.page.desk._handle_custom_msg(
            {"kind": "try", "path": f"room.ask/{name}", "raw": raw}, []
        )

    def press(self, label):
        """Press a button that is shown."""
        shown = [w for w in widgets_of(self.page) if getattr(w, "description", None) == label]
        assert shown, label
        shown[0].click()

    def html(self):
        """All HTML of the page as one text."""
        shown = [w for w in widgets_of(self.page) if "HTML" in type(w).__name__]
        return "\n".join(w.value for w in shown)


@pytest.fixture
def rooms(tmp_path, monkeypatch):
    """A database of its own with codes that are quick to try, and a clock that stands."""
    monkeypatch.setattr(codes, "_COST", 2)
    return Rooms(default_address(tmp_path), lambda: NOW)


@pytest.fixture
def screens(monkeypatch):
    """Pages, each with a list of what it was told."""
    open_ones = {}

    def tell(desk, kind, *, buffers=None, **values):
        screen = open_ones.get(id(desk))
        if screen is not None:
            screen.told.append({"kind": kind, **values})

    monkeypatch.setattr(Desk, "tell", tell)

    def show(page):
        screen = Screen(page)
        open_ones[id(page.desk)] = screen
        return screen

    return show


@pytest.fixture
def lead(rooms, screens, store):
    """The facilitator, with a room that was just opened."""
    screen = screens(FacilitatorPage(Visit(store), rooms))
    screen.say("here", here=START, key="")
    screen.say("lead.open", **OPENED)
    return screen


@pytest.fixture
def guest(rooms, screens, store):
    """Somebody on the first page, with a plan that nothing is answered in yet."""
    screen = screens(RoomPage("start", Visit(store), rooms))
    screen.page.desk._handle_custom_msg({"kind": "open", "key": "k", "at": "join"}, [])
    return screen


def find_code(lead):
    """The code that stands on the facilitator's screen."""
    return lead.page.leading.code


def test_room_is_opened_with_a_key_that_stands_in_no_widget(lead):
    """The facilitator's key is told once, in one message; what was typed shows as text."""
    (told,) = [m for m in lead.told if m.get("key")]
    assert told["inside"]
    assert told["key"] not in lead.html()
    assert "Market &lt;traders&gt;" in lead.html()
    assert find_code(lead) in lead.html()
    assert "192.168.1.20:8866" in lead.html()
    assert "This address begins with “http”" in lead.html()
    assert f'data-wb-moment="{int(NOW.timestamp() + 86400)}000"' in lead.html()


@pytest.fixture
def shared():
    """Looks are shared as in the app, and at the end every widget has its own again."""
    sparing.share_looks()
    yield
    for kind, name in sparing._LOOKS:
        del getattr(kind, name).make_dynamic_default


@pytest.mark.usefixtures("shared")
def test_what_is_not_offered_now_hides_nothing_else(lead):
    """Buttons come and go with the room; the look that all widgets share stays as it is."""
    lead.say("lead.item", value="stands")
    lead.press("Ask")
    look = lead.page.layout.get_state()
    assert {k: v for k, v in look.items() if v and k[0] != "_"} == {"width": "auto"}
    hidden = [w.description for w in widgets_of(lead.page) if "wb-gone" in w._dom_classes]
    assert "5 minutes more" not in hidden
    lead.say("lead.close")
    hidden = [w.description for w in widgets_of(lead.page) if "wb-gone" in w._dom_classes]
    assert "Next part" in hidden


def test_unclear_wishes_are_told_and_kept(rooms, screens, store):
    """A form that cannot be read stays as it was filled in, with what to mend above it."""
    screen = screens(FacilitatorPage(Visit(store), rooms))
    screen.say("here", here=START, key="")
    screen.say("lead.open", **OPENED | {"name": [" "], "minutes": ["about ninety"]})
    assert "Give the workshop a name" in screen.html()
    assert "Write the minutes as a whole number" in screen.html()
    assert "about ninety" in screen.html()
    screen.say("lead.open", **OPENED | {"minutes": ["5"]})
    assert "does not fit into 5 minutes" in screen.html()
    assert screen.page.leading is None


@pytest.mark.parametrize(
    ("environment", "is_own"),
    [
        ({}, True),
        ({"WORKBOOK_STORE": "postgresql://rooms@db/workbook"}, False),
        ({"SERVER_SOFTWARE": "voila/0.5"}, False),
    ],
)
def test_in_a_lab_without_a_database_it_is_said_what_to_set(
    lead, rooms, monkeypatch, environment, is_own
):
    """A room of one account is offered as that, with the setting that makes it one for all."""
    for name in ("WORKBOOK_STORE", "SERVER_SOFTWARE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert open_page("facilitator").rooms.is_own is is_own
    lead.page.rooms = replace(rooms, is_own=is_own)
    lead.say("shut")
    assert ("WORKBOOK_STORE is not set" in lead.html()) is is_own
    lead.say("here", here="", key="")
    lead.say("lead.open", **OPENED)
    assert "Open the notebook “00_start”" in lead.html()
    assert "Link to join and prepare" not in lead.html()


COMPOSED = {
    "over_text", "again_text", "back_whole", "close_what", "reopen_what", "change_answers",
    "change_progress", "nothing_yet", *Status, *RoomKind,
}  # fmt: skip
"""Names of words that the code puts together, or that the reader's page asks for."""


def test_every_word_of_a_room_is_used():
    """No sentence is kept, and translated, that no page says any more."""
    code = "".join(read_text(name) for name in find_files("interface/room", ".py"))
    code += read_text("interface/script/l_room.js")
    named = set(re.findall(r"[\"'.{](\w+)\b", code)) | COMPOSED
    assert not [path for path in walk_words(read_toml(WORDS)) if path.split(".")[-1] not in named]


def walk_words(words, above=""):
    """The path of every text."""
    for name, value in words.items():
        if isinstance(value, dict):
            yield from walk_words(value, f"{above}{name}.")
        else:
            yield f"{above}{name}"


def test_wrong_key_opens_nothing(rooms, screens, store):
    """A facilitator's link that opens no room leads to the form, and the browser forgets it."""
    screen = screens(FacilitatorPage(Visit(store), rooms))
    told = screen.say("here", here=START, key="A" * 22)
    assert told[-1]["lost"]
    assert "No room is opened by this link" in screen.html()


def test_whole_round(lead, guest, rooms):
    """Joined, asked, answered alone, shown from five on, sent on, refused, and left."""
    assert "This address begins with “http”" not in guest.html()
    guest.say("here", here=START, code="")
    assert "This address begins with “http”" in guest.html()
    guest.say("join", code=["WRONG234"], name=["Ann"], sight=["progress"])
    assert "No room is open under the code" in guest.html()
    assert 'value="Ann"' in guest.html()
    guest.say("join", code=[find_code(lead).lower()], name=["Ann"], sight=["progress"])
    assert "Workshop: Market &lt;traders&gt;" in guest.html()
    assert "What to have ready" in guest.html()
    lead.say("lead.item", value="stands")
    lead.press("Ask")
    guest.page.bar._show_news()
    guest.press("Answer")
    guest.press("Send my answer")
    assert "Answer the question before you send it." in guest.html()
    guest.fill("answer", "reach")
    guest.press("Send my answer")
    assert "Your answer is sent" in guest.html()
    lead.press("Show the answers")
    assert lead.told[-1]["kind"] == "failed"
    for value in ("reach", "visits", "followers", "nothing"):
        seat = Seat(rooms.address, join(rooms.address, find_code(lead), now=NOW))
        seat.answer(lead.page.leading.state.question.name, value)
    lead.press("Show the answers")
    assert "2 of 5" in lead.html()
    lead.press("Send everybody to this part\u2019s page")
    guest.page.bar._show_news()
    assert "How many people a post reached" in guest.html()
    guest.press("Stay here")
    assert guest.told[-1]["stayed"]
    assert not [w for w in widgets_of(guest.page) if getattr(w, "description", "") == "Stay here"]
    guest.say("bar.leave")
    assert guest.page.there.plan.seat is None
    assert "Workshop: Market" not in guest.html()
    lead.page.leading.fetch()
    assert lead.page.leading.board.rows == ()


def open_kept(rooms, screens, name="start"):
    """Somebody whose plan lies in the same database as the rooms."""
    kept = Visit(DatabaseStore(rooms.address, new_key(), today=NOW.date()))
    screen = screens(RoomPage(name, kept, rooms))
    screen.page.desk._handle_custom_msg({"kind": "open", "key": "k"}, [])
    return screen


def answer(screen, path, raw):
    """Answer a question of the workbook."""
    screen.page._hear(
        screen.page.desk, {"kind": "answer", "path": path, "raw": raw, "number": 1}, []
    )


def test_answers_that_are_shown_are_read_until_they_are_not(lead, rooms, screens):
    """The board leads to the plan of who shows it; the moment they stop, it is gone."""
    ann, bob = open_kept(rooms, screens), open_kept(rooms, screens)
    ann.say("join", code=[find_code(lead)], name=["Ann <A>"], sight=["answers"])
    answer(ann, "start.name", "Ann & <Sons>")
    bob.say("join", code=[find_code(lead)], name=["Bob"], sight=["progress"])
    answer(bob, "start.name", "Bob and Daughters")
    for guest in (ann, bob):
        guest.page.bar.room.look()
    lead.page._show_news()
    lead.page.screen.refresh(lead.page)
    shown, hidden = lead.page.leading.board.rows
    assert 'aria-label="Read the answers of Ann &lt;A&gt;"' in lead.html()
    assert "Read the answers of Bob" not in lead.html()
    told = lead.say("lead.plan", value=hidden.seat)
    assert told[-1]["what"] == "This participant does not show their answers any more."
    lead.say("lead.plan", value=shown.seat)
    assert "Ann &amp; &lt;Sons&gt;" in lead.html()
    assert "Bob and Daughters" not in lead.html()
    answer(lead, "start.name", "Mine")
    answer(ann, "start.name", "Ann alone")
    lead.page.guard(lead.page._show_news)
    assert "Ann alone" in lead.html()
    ann.say("bar.sight", value="no")
    lead.page.guard(lead.page._show_news)
    assert "Ann alone" not in lead.html()
    assert lead.told[-1]["what"] == "This participant does not show their answers any more."
    assert not [row.plan_key for row in lead.page.leading.board.rows if row.plan_key]
    lead.say("lead.steps")
    assert "Put Bob out of the room" in lead.html()
    lead.say("lead.out", value=hidden.seat)
    assert "Bob" not in lead.html()
    bob.page.bar._show_news()
    assert bob.page.there.plan.seat is None


def test_ledger_is_kept_and_taken_back(lead):
    """Parked and decided with who and when; the last step is undone, an entry taken off."""
    lead.say("lead.park", what=["A new <logo>"], missing=["money"], who=["Ben"])
    lead.say("lead.decide", what=["Drop one"], who=["Ann"], due=["2027-04-30"])
    assert "A new &lt;logo&gt; (Ben; missing: money)" in lead.html()
    assert "Drop one (Ann, by 30 April 2027)" in lead.html()
    lead.press("Undo the last step")
    assert "Drop one" not in lead.html()
    (parked,) = lead.page.leading.state.parked
    lead.say("lead.drop", value=parked.entry)
    assert "Nothing is parked." in lead.html()
    assert lead.say("lead.park", what=[" "])[0]["what"] == "Write what is parked."
    told = lead.say("lead.decide", what=["Drop one"])
    assert {"kind": "announce", "text": "Noted."} in told
    assert told[-1]["done"]


def test_notes_are_made_beside_the_room_with_a_bar(lead):
    """While a file is made the room goes on, a bar shows, and the file comes at the end."""

    async def take():
        lead.say("lead.take", value=["sheet"])
        shown = lead.html()
        while not any(told["kind"] == "download" for told in lead.told):  # noqa: ASYNC110 - a thread works
            await asyncio.sleep(0.01)
        return shown

    assert "<progress" in asyncio.run(asyncio.wait_for(take(), 30))
    assert "<progress" not in lead.html()


def test_slip_on_the_agenda_deletes_no_answers(lead, rooms):
    """The part that is on stays; the next one waits until somebody says that answers may go."""
    lead.say("lead.item", value="stands")
    lead.press("Ask")
    name = lead.page.leading.state.question.name
    seat = Seat(rooms.address, join(rooms.address, find_code(lead), now=NOW))
    seat.answer(name, "reach")
    lead.say("lead.item", value="stands")
    assert "Answers by now" not in lead.html()
    lead.press("Next part")
    assert "Answers by now: 1 of 1" in lead.html()
    lead.say("lead.held", value="stay")
    assert "Answers by now" not in lead.html()
    assert seat.answered() == {name}
    lead.press("Next part")
    lead.say("lead.held", value="open")
    assert lead.page.leading.state.item != "stands"
    assert not seat.answered()


def test_question_is_announced_and_closed_room_tells_the_truth(lead, guest):
    """What waits is said and led to; after the end nothing is offered but documents and way out."""
    guest.say("join", code=[find_code(lead)], name=["Ann"], sight=["progress"])
    lead.say("lead.item", value="stands")
    lead.press("Ask")
    guest.page.bar._show_news()
    assert {"kind": "announce", "text": "The room is asked something: answer"} in guest.told
    assert 'data-wb-press="bar.see"' in guest.html()
    guest.press("Answer")
    assert 'data-wb-press="bar.see"' not in guest.html()
    lead.say("lead.close")
    assert "As it stood when the room was closed" in lead.html()
    assert "Notes for you" not in lead.html()
    guest.page.bar._show_news()
    assert "11_finish.ipynb#at=documents" in guest.html()
    assert "The facilitator sees nothing of you any more." in guest.html()
    assert "Show my answers too" not in guest.html()


def test_wall_shows_the_case_and_the_rule_of_the_game(lead):
    """Everybody reads the complaint, or how the points count, on the screen at the wall."""
    leading = lead.page.leading
    case, game = Prompt(kind=PromptKind.CASE, ref=next(iter(load_drill()))), PromptKind.GAME
    lead.say("lead.item", value="stands")
    for prompt, text in (
        (case, next(iter(load_drill().values())).words),
        (Prompt(kind=game), "for six points at most"),
    ):
        leading.ask(prompt)
        shown = write_now(leading.state, NOW, "en")
        assert fill_html("{x}", x=text) in shown


def test_busy_room_says_so_in_the_language_of_who_joins():
    """The reason inside the sentence is in the language of the sentence."""
    what, following = explain_error(explain_room("busy"), "es")
    assert "muchas personas" in f"{what} {following}"
    assert "many people" in str(explain_room("busy"))


def test_one_business_agrees_on_one_answer(rooms, screens, store, guest):
    """Answers of colleagues are shown from five on; what they agree on goes into one plan."""
    lead = screens(FacilitatorPage(Visit(store), rooms))
    lead.say("here", here=START, key="")
    lead.say("lead.open", **OPENED | {"kind": ["business"]})
    guest.say("join", code=[find_code(lead)], name=["Ann"], sight=["progress"])
    guest.say("bar.keep", value="yes")
    lead.say("lead.item", value="stands")
    lead.press("Ask")
    question = lead.page.leading.state.question
    for value in ("reach", "visits", "visits", "followers", "nothing"):
        seat = Seat(rooms.address, join(rooms.address, find_code(lead), now=NOW))
        seat.answer(question.name, value)
    lead.press("Show the answers")
    lead.say("lead.agree", value=["no such thing"])
    assert lead.told[-1]["what"].startswith("That is no answer")
    lead.say("lead.agree", value=["visits"])
    guest.page.bar._show_news()
    assert guest.page.there.plan.diagnosis.yardstick == "visits"
    assert "Agreed" in guest.html()


def test_a_line_is_left_out_before_the_room_sees_it(lead, rooms):
    """Who leads reads the lines first; what is left out stands on no page, and it is said."""
    lead.press("Begin")
    lead.say("lead.item", value="places")
    lead.page.leading.ask(Prompt(kind=PromptKind.LINE, ref="drop"))
    question = lead.page.leading.state.question
    for line in ("a", "b", "c", "d", "Ann's <shop>"):
        seat = Seat(rooms.address, join(rooms.address, find_code(lead), now=NOW))
        seat.answer(question.name, line)
    lead.page.guard(lead.page._show_news)
    assert "The lines, before they are shown" in lead.html()
    lead.say("lead.line", value="Ann's <shop>")
    assert "(left out)" in lead.html()
    lead.press("Show the answers")
    assert "One line is left out." in lead.html()
    assert "shop" not in lead.html()


def test_a_code_of_another_room_leads_to_the_form(lead, guest, rooms, screens, store):
    """With the code of their own room they see their seat; with another one they may change."""
    guest.say("join", code=[find_code(lead)], name=["Ann"], sight=["progress"])
    other = screens(FacilitatorPage(Visit(store), rooms))
    other.say("here", here=START, key="")
    other.say("lead.open", **OPENED | {"name": ["Bakers"]})
    guest.say("here", here=START, code=find_code(lead))
    assert "You are in “Market &lt;traders&gt;”." in guest.html()
    assert "Join with a plan of your own" in guest.html()
    guest.say("here", here=START, code=find_code(other))
    assert "If you join another workshop you leave that one" in guest.html()
    told = guest.say("join", code=[find_code(other)], name=["Ann"], sight=["progress"])
    assert "You are in “Bakers”." in guest.html()
    assert [m["joined"] for m in told if m.get("joined")] == [find_code(other).replace(" ", "")]
    lead.page.leading.fetch()
    assert lead.page.leading.board.silent == 0


def test_closed_room_shows_no_code_and_can_be_opened_again(lead, guest):
    """Closing ends the code and what is asked; the room opens again for the look back."""
    guest.say("join", code=[find_code(lead)], name=["Ann"], sight=["progress"], back=["yes"])
    lead.say("lead.close")
    guest.page.bar._show_news()
    assert "wb-join-code" not in lead.html()
    assert "Send this link beforehand" not in lead.html()
    assert "The workshop is over." in guest.html()
    lead.say("lead.reopen")
    assert "who agreed came back" in lead.html()
    assert "Back after ninety days" in lead.html()
    assert "We begin soon" not in lead.html()


def test_forged_words_change_nothing(lead):
    """What no form of ours says is not heard, and no press of another kind is."""
    before = lead.page.leading.state
    for path in ("lead.item", "lead.drop", "lead.agree", "lead.take", "start.name", "__init__"):
        lead.say(path, value="<script>")
    assert lead.page.leading.state == before


HOUR = {
    "diagnosis.yardstick": "reach", "diagnosis.rules": ["none"], "diagnosis.goal_dated": "no",
    "diagnosis.offers": "3", "diagnosis.followers": "clients", "goals.decision": "use",
    "start.hours_per_week": "4", "drop": "The fourth account", "": ["google_business", "facebook"],
}  # fmt: skip
"""What is answered in an hour, by what is asked."""


def take_part(guest, raw):
    """Take what the room is asked, and send an answer to it."""
    guest.page.bar._show_news()
    guest.press("Answer")
    guest.fill("answer", raw)
    guest.press("Send my answer")


def is_called(guest):
    """Whether somebody is asked to another page."""
    guest.page.bar._show_news()
    return any(getattr(w, "description", "") == "Stay here" for w in widgets_of(guest.page))


@pytest.mark.thorough
def test_an_hour_of_one_business_is_led_to_its_end(rooms, screens):
    """Three go through every part; one stays where they are each time everybody is sent on."""
    lead = screens(FacilitatorPage(Visit(MemoryStore(PlanFile())), rooms))
    lead.say("here", here=START, key="")
    lead.say("lead.open", **OPENED | {"kind": ["business"], "minutes": [""]})
    guests = [screens(RoomPage("time", Visit(MemoryStore(PlanFile())), rooms)) for _ in range(3)]
    for number, guest in enumerate(guests):
        guest.page.desk._handle_custom_msg({"kind": "open", "key": "k"}, [])
        guest.page.bar.sit_down(find_code(lead), Wishes(name=f"Guest {number}"))
    others = [Seat(rooms.address, join(rooms.address, find_code(lead), now=NOW)) for _ in range(2)]
    room, asked = lead.page.leading, []
    while room.following:
        lead.press("Next part" if room.state.item else "Begin")
        lead.press("Send everybody to this part\u2019s page")
        if is_called(guests[2]):
            guests[2].press("Stay here")
        assert not is_called(guests[2])
        assert is_called(guests[0]) == (room.state.item != "time")
        for prompt in room.list_prompts():
            room.ask(prompt)
            for guest in guests:
                take_part(guest, HOUR[prompt.ref])
            for seat in others:
                seat.answer(room.state.question.name, read_blind(prompt, HOUR[prompt.ref]))
            lead.page.guard(lead.page._show_news)
            assert "5 of 5 have answered" in lead.html()
            room.reveal()
            assert sum(spread.answers for spread in room.state.question.spreads) >= len(guests)
            asked.append(prompt.ref)
    assert sorted(asked) == sorted(HOUR)
    guests[0].page.bar._show_news()
    assert "What the room answered" not in guests[0].html()
    assert "wb-count" in guests[0].html()
    assert guests[2].page.desk.notebook == "08_time"
    lead.say("lead.close")
    guests[1].page.bar._show_news()
    assert "The workshop is over." in guests[1].html()


def test_game_counts_its_points_and_ends_with_one_place(rooms, screens, guest):
    """What is taken is counted before it is sent; what all agree on is the place to begin with."""
    lead = screens(FacilitatorPage(Visit(MemoryStore(PlanFile())), rooms))
    lead.say("here", here=START, key="")
    lead.say("lead.open", **OPENED | {"kind": ["business"]})
    guest.say("join", code=[find_code(lead)], name=["Ann"], sight=["progress"])
    guest.say("bar.keep", value="yes")
    lead.say("lead.item", value="places")
    lead.press("Ask")
    guest.page.bar._show_news()
    guest.press("Answer")
    assert "0 of 6 points taken, 6 left." in guest.html()
    guest.fill("answer", ["tiktok", "discord"])
    assert "8 of 6 points taken: 2 too many." in guest.html()
    guest.fill("answer", ["tiktok", "linkedin"])
    assert "6 of 6 points taken, 0 left." in guest.html()
    guest.press("Send my answer")
    for _ in range(4):
        seat = Seat(rooms.address, join(rooms.address, find_code(lead), now=NOW))
        seat.answer(lead.page.leading.state.question.name, ("linkedin",))
    lead.press("Show the answers")
    assert "Which place comes first?" in lead.html()
    lead.say("lead.agree", value=["linkedin"])
    guest.page.bar._show_news()
    assert guest.page.there.plan.platform_fit.first == "linkedin"


def test_case_of_the_drill_is_laid_beside_our_way(rooms, screens):
    """Ways are compared with the one we would go; that no plan keeps them is said."""
    lead = screens(FacilitatorPage(Visit(MemoryStore(PlanFile())), rooms))
    lead.say("here", here=START, key="")
    lead.say(
        "lead.open", **OPENED | {"kind": ["business"], "agenda": ["half_day"], "minutes": [""]}
    )
    lead.say("lead.item", value="rules")
    room = lead.page.leading
    room.ask(next(each for each in room.list_prompts() if each.ref == "allergy"))
    for answer in ("Y4", "Y3", "Y4", "Y4", "Y2"):
        seat = Seat(rooms.address, join(rooms.address, find_code(lead), now=NOW))
        seat.answer(room.state.question.name, answer)
    room.reveal()
    lead.page.guard(lead.page._show_news)
    assert "The way we would go: " in lead.html()
    assert "A plan has no place for an answer to this." in lead.html()
    lead.say("lead.agree", value=["Y4"])
    assert room.state.agreed == ()


def test_two_who_lead_see_each_other_and_undo_only_their_own(lead, rooms, screens):
    """A second page with the same link follows the first; what it has not seen it cannot undo."""
    key = next(m["key"] for m in lead.told if m.get("key"))
    lead.say("lead.park", what=["Prices"], missing=[""])
    second = screens(FacilitatorPage(Visit(MemoryStore(PlanFile())), rooms))
    second.say("here", here=START, key=key)
    lead.say("lead.park", what=["A new logo"], missing=[""])
    second.press("Undo the last step")
    assert second.told[-1]["what"] == "Somebody else led the room on in the meantime."
    assert "A new logo" in second.html()
    second.press("Undo the last step")
    lead.page.guard(lead.page._show_news)
    assert "A new logo" not in lead.html()
    assert "Prices" in lead.html()


def test_participant_who_was_cut_off_comes_back_to_what_is_on(lead, guest, rooms, monkeypatch):
    """While the database does not answer nothing breaks; afterwards the bar shows what is on."""
    guest.say("join", code=[find_code(lead)], name=["Ann"], sight=["progress"])
    with monkeypatch.context() as cut:
        cut.setattr("workbook.workshop.seat.open_database", _fail)
        guest.say("stay")
        guest.say("bar.follow", value="yes")
        asyncio.run(look_once(guest.page.bar.watching))
        lead.say("lead.item", value="stands")
        lead.press("Ask")
    asyncio.run(look_once(guest.page.bar.watching))
    guest.press("Answer")
    guest.fill("answer", "reach")
    guest.press("Send my answer")
    assert "Your answer is sent" in guest.html()


def _fail(*_, **__):
    raise StoreUnreachable(reason="cut")


async def look_once(watching):
    """One look of a page that is on screen."""
    loop = asyncio.get_running_loop()
    watching._until = loop.time() + 60
    await watching._look_once(loop)
