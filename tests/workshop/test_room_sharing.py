"""A plan in a room: a seat taken, sight given and taken back, and what is then read."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.workshop.rooms import NOW, open_desk
from workbook.errors import (
    CodeUnknown,
    LinkUnknown,
    PlanError,
    RoomChanged,
    SightUnavailable,
    StoreError,
)
from workbook.interface.files import write_plan
from workbook.plan import Plan
from workbook.session import Session
from workbook.steps.start.answers import Start
from workbook.storage.connections import open_database
from workbook.storage.database import DatabaseStore
from workbook.storage.encryption import derive_link, new_key, read_key
from workbook.storage.folder import FileStore
from workbook.storage.store import Right
from workbook.storage.tables import ACCESS
from workbook.workshop import events as ev
from workbook.workshop.desk import new_name
from workbook.workshop.ending import purge_rooms
from workbook.workshop.prompts import Prompt, PromptKind
from workbook.workshop.seat import Seat
from workbook.workshop.sharing import (
    Wishes,
    change_wishes,
    drop_seat,
    find_plan_key,
    keep_to,
    leave_room,
    take_agreed,
    take_seat,
    tell_room,
)
from workbook.workshop.state import RoomKind

if TYPE_CHECKING:
    from pathlib import Path

OPEN = Wishes(name=" Ann  of Reef ", shows_answers=True, returns=True)


def open_plan(address, key):
    """A page on a plan, by its owner's link."""
    return Session(DatabaseStore(address, key, today=NOW.date()), clock=lambda: NOW)


@pytest.fixture
def session(address):
    """A plan with a first answer."""
    found = open_plan(address, new_key())
    found.answer("start.name", "Reef Dental")
    return found


@pytest.fixture
def desk(address):
    """A room for many businesses."""
    return open_desk(address)


def sit_down(address, desk, session, wishes=OPEN):
    """Join the room of a desk."""
    code = desk.read_code(now=NOW).letters
    return take_seat(session, address, code, wishes, now=NOW)


def tell_all(address, session, before=None):
    """What a page tells as it opens."""
    key = find_plan_key(session)
    return tell_room(session, address, step="goals", plan_key=key, before=before)


def read_plan(address, key):
    """What a facilitator reads with the key of a link."""
    return DatabaseStore(address, key, today=NOW.date()).load().plan


def test_progress_is_all_that_is_seen_unless_somebody_wishes_more(address, desk, session):
    """By default no link to the plan is given, and nothing typed is told."""
    seat = sit_down(address, desk, session, Wishes())
    assert not session.store.links()
    told = tell_all(address, session)
    (heard,) = desk.hear()
    assert heard.told == told
    assert (told.plan_key, told.name, seat.link) == ("", "", "")
    assert "Reef" not in told.model_dump_json()


def test_answers_too_lets_the_facilitator_read_and_nothing_else(address, desk, session):
    """The link of the room reads what is answered later too, and can change nothing."""
    sit_down(address, desk, session)
    tell_all(address, session)
    key = desk.hear()[0].told.plan_key
    assert read_plan(address, key).start.name == "Reef Dental"
    session.answer("start.name", "Reef Smiles")
    assert read_plan(address, key).start.name == "Reef Smiles"
    assert [link.right for link in session.store.links()] == [Right.ROOM]
    theirs = DatabaseStore(address, key, today=NOW.date())
    kept = theirs.load()
    for attempt in (
        lambda: theirs.save(kept, expected_revision=kept.revision, now=NOW),
        theirs.delete,
        theirs.links,
    ):
        with pytest.raises(StoreError):
            attempt()


@pytest.mark.parametrize("way", ["leave", "progress only", "closed", "put out", "deleted"])
def test_sight_ends_at_once(address, desk, session, way):
    """Left, taken back, put out or the room closed, with the owner away: the key opens nothing."""
    sit_down(address, desk, session)
    told = tell_all(address, session)
    if way == "leave":
        leave_room(session, address)
        assert session.plan.seat is None
        assert not desk.hear()
    elif way == "progress only":
        change_wishes(session, Wishes(name="Ann"))
        tell_all(address, session, told)
        assert desk.hear()[0].told.plan_key == ""
    elif way == "closed":
        desk.close(now=NOW)
    elif way == "put out":
        desk.remove(desk.hear()[0].seat)
    else:
        desk.delete()
    with pytest.raises(LinkUnknown):
        read_plan(address, told.plan_key)
    assert not session.store.links()
    assert open_plan(address, "A" * 22).plan == Plan()
    assert session.plan.start.name == "Reef Dental"


def test_sight_ends_when_the_room_is_purged(address, desk, session):
    """Nobody led it for thirteen months: the links to plans go with it, links for reading stay."""
    sit_down(address, desk, session)
    told = tell_all(address, session)
    reading = session.store.grant(Right.READING, "Kim")
    assert purge_rooms(address, NOW + timedelta(days=500)) == 1
    with pytest.raises(LinkUnknown):
        read_plan(address, told.plan_key)
    assert read_plan(address, reading).start.name == "Reef Dental"


def test_closing_gives_the_plan_a_new_key_when_its_owner_comes(address, desk, session):
    """The link is gone at once; what somebody took of it before opens nothing that is new."""
    sit_down(address, desk, session)
    told = tell_all(address, session)
    name = derive_link(read_key(told.plan_key)).name
    with open_database(address, writes=False) as connection:
        taken = connection.execute(ACCESS.select().where(ACCESS.c.name == name)).mappings().one()
    desk.close(now=NOW)
    keep_to(session, Seat(address, session.plan.seat.key).load().room.state)
    with open_database(address, writes=True) as connection:
        connection.execute(ACCESS.insert().values(**taken))
    with pytest.raises(PlanError):
        read_plan(address, told.plan_key)
    assert session.plan.start.name == "Reef Dental"


def test_sight_comes_back_with_the_room_for_who_agreed(address, desk, session):
    """Opened again after ninety days, there is a new link; the old one stays dead."""
    sit_down(address, desk, session)
    first = tell_all(address, session)
    seat = Seat(address, session.plan.seat.key)
    desk.close(now=NOW)
    keep_to(session, seat.load().room.state)
    desk.reopen(now=NOW + timedelta(days=90))
    keep_to(session, seat.load().room.state)
    tell_all(address, session)
    key = desk.hear()[0].told.plan_key
    assert key not in ("", first.plan_key)
    assert read_plan(address, key).start.name == "Reef Dental"
    change_wishes(session, Wishes(shows_answers=True))
    keep_to(session, seat.load().room.state)
    assert not session.store.links()


def test_colleagues_who_share_a_plan_are_one_participant(address, desk):
    """The second page on the plan sits in the same seat, and so does whoever comes back."""
    key = new_key()
    one = open_plan(address, key)
    one.answer("start.name", "Reef Dental")
    sit_down(address, desk, one, Wishes())
    two = open_plan(address, key)
    assert two.plan.seat == one.plan.seat
    tell_all(address, one)
    tell_all(address, two)
    assert len(desk.hear()) == 1


def test_another_room_takes_the_place_of_the_first(address, desk, session):
    """Whoever joins a second room has left the first; a wrong code leaves nothing."""
    sit_down(address, desk, session)
    with pytest.raises(CodeUnknown):
        take_seat(session, address, "BBBBBBBB", OPEN, now=NOW)
    assert len(desk.hear()) == 1
    other = open_desk(address)
    sit_down(address, other, session)
    assert not desk.hear()
    assert len(other.hear()) == 1
    assert len(session.store.links()) == 1


def test_a_seat_is_no_answer(address, desk, session):
    """Neither undo nor another plan file nor an older version moves anybody out of the room."""
    session.name_version("Before")
    seat = sit_down(address, desk, session)
    session.answer("start.name", "Reef Smiles")
    while session.undo():
        pass
    session.replace(Plan(start=Start(name="From a file")))
    session.restore_version("Before")
    assert session.plan.seat == seat
    session.take_versions([])
    leave_room(session, address)
    session.restore_version(session.versions[-1].name)
    assert session.plan.seat is None


def test_a_room_that_was_deleted_leaves_no_sight(address, desk, session):
    """The seat is forgotten, its link withdrawn, and the plan is as it was."""
    sit_down(address, desk, session)
    desk.delete()
    assert Seat(address, session.plan.seat.key).revision() is None
    drop_seat(session)
    assert session.plan.seat is None
    assert not session.store.links()
    leave_room(session, address)


def test_only_news_is_told(address, desk, session):
    """A page that opens again and again writes nothing until there is something to tell."""
    sit_down(address, desk, session, Wishes())
    told = tell_all(address, session)
    seen = desk.pulse()
    assert tell_all(address, session, told) is told
    assert desk.pulse() == seen
    session.answer("start.sells", "Check-ups")
    assert tell_all(address, session, told) != told
    assert desk.pulse() != seen


def test_a_plan_in_a_file_shows_progress_only(tmp_path: Path):
    """In JupyterLab the plan is a file: progress can be seen, answers cannot, and nobody joined."""
    address = f"sqlite:///{tmp_path}/rooms.sqlite3"
    desk = open_desk(address)
    session = Session(FileStore(tmp_path / "plan.json"), clock=lambda: NOW)
    with pytest.raises(SightUnavailable):
        sit_down(address, desk, session)
    assert not desk.hear()
    sit_down(address, desk, session, Wishes(name="Ann"))
    assert tell_all(address, session).name == "Ann"
    leave_room(session, address)
    assert not desk.hear()


def test_what_a_business_agrees_on_stands_in_one_plan(address, session):
    """Of two seats one keeps the plan; it takes each answer once, and later changes stay."""
    desk = open_desk(address, RoomKind.BUSINESS)
    sit_down(address, desk, session, Wishes(keeps_plan=True))
    other = open_plan(address, new_key())
    other.answer("start.name", "Scratch")
    sit_down(address, desk, other, Wishes())
    state = desk.add(
        ev.Agreed(at=NOW, entry=new_name(), path="voice.casual", value=40),
        ev.Agreed(at=NOW, entry=new_name(), path="diagnosis.rules", value=("voice", "linking")),
    ).room.state
    assert not any(outcome.problem for outcome in take_agreed(session, state))
    assert session.plan.voice.casual == 40
    assert [str(rule) for rule in session.plan.diagnosis.rules] == ["voice", "linking"]
    session.answer("voice.casual", "60")
    assert take_agreed(session, state) == ()
    assert take_agreed(other, state) == ()
    assert (session.plan.voice.casual, other.plan.voice.casual) == (60, None)
    later = ev.Agreed(at=NOW + timedelta(minutes=5), entry=new_name(), path="voice.funny", value=1)
    assert len(take_agreed(session, desk.add(later).room.state)) == 1
    assert session.plan.voice.funny == 1


def test_a_seat_stays_with_the_owner_of_the_plan(address, desk, session):
    """Files, versions and whoever reads along get the plan without its place in the room."""
    sit_down(address, desk, session)
    session.name_version("Before")
    key = session.plan.seat.key
    told = tell_all(address, session)
    assert key not in write_plan(session).decode()
    assert session.versions[-1].plan.seat is None
    assert read_plan(address, told.plan_key).seat is None
    reading = session.store.grant(Right.READING, "Kim")
    assert read_plan(address, reading).seat is None
    assert session.plan.seat.key == key


def test_nothing_but_notes_goes_on_in_a_closed_room(desk):
    """No part is opened, nothing asked and nobody let in; what was decided can still be mended."""
    desk.close(now=NOW)
    for act in (
        lambda: desk.add(ev.ItemOpened(at=NOW, item="stands", minutes=5)),
        lambda: desk.ask(Prompt(kind=PromptKind.GAME), now=NOW),
        lambda: desk.renew_code(now=NOW),
    ):
        with pytest.raises(RoomChanged):
            act()
    decided = ev.Decided(at=NOW, entry="0000000a", what="Drop one place")
    assert desk.add(decided).room.state.decisions == (decided,)


def test_a_part_is_opened_and_taken_back_by_one_press_each(desk):
    """Its clock starts with it and goes with it."""
    desk.add(ev.ItemOpened(at=NOW, item="stands", minutes=5), ev.TimerStarted(at=NOW))
    assert desk.undo(expected=desk.load().revision).room.state.item == ""
