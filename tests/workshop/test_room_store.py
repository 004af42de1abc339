"""Rooms in every kind of database: joining, answering, leading, leaving, and what a thief sees."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from tests.workshop.rooms import NOW, answer, ask, fill, make_charter, open_desk
from workbook.errors import (
    AnswerLate,
    CodesGuessed,
    CodeUnknown,
    LinkIncomplete,
    NotUndone,
    PromptRefused,
    RoomChanged,
    RoomError,
    RoomFull,
    RoomUnknown,
    RoundTooAlike,
    SeatGone,
    TooFewAnswers,
)
from workbook.storage.connections import open_database
from workbook.storage.encryption import SealBroken, new_key, read_key, unseal
from workbook.storage.tables import BLIND, ROOMS, SEATS
from workbook.workshop import events as ev
from workbook.workshop.board import Told, make_board
from workbook.workshop.codes import ALPHABET, is_guessed_at, new_code, read_code, write_code
from workbook.workshop.desk import Desk, new_name, open_room
from workbook.workshop.ending import purge_rooms
from workbook.workshop.prompts import Prompt, PromptKind
from workbook.workshop.sealing import derive_room, derive_seat, open_sealed, seal_for
from workbook.workshop.seat import Seat, join
from workbook.workshop.state import RoomKind

if TYPE_CHECKING:
    from pathlib import Path

OFFERS = Prompt(kind=PromptKind.QUESTION, ref="diagnosis.offers")
CASUAL = Prompt(kind=PromptKind.QUESTION, ref="voice.casual")
LINE = Prompt(kind=PromptKind.LINE, ref="why_here")
TOLD = Told(name="Zoë of the café", since=NOW, at=NOW, step="goals", findings=("no-goal",))


# -- joining -----------------------------------------------------------------------------------


def test_whoever_has_the_code_sees_what_the_room_sees(address):
    """Joined with small letters and a space, a participant sees the room, and what happens next."""
    desk = open_desk(address)
    code = desk.read_code(now=NOW)
    seat = Seat(address, join(address, write_code(code.letters).lower(), now=NOW))
    assert seat.load() == desk.load()
    before = seat.revision()
    desk.add(ev.ItemOpened(at=NOW, item="goal", minutes=20))
    assert seat.revision() == before + 1
    assert seat.load().room.slot.part == "goal"


def test_a_code_ends_a_day_after_the_start(address):
    """The room was opened a week ahead: the code is good until the day after, then it is gone."""
    desk = open_desk(address, starts_at=NOW + timedelta(days=7))
    code = desk.read_code(now=NOW)
    assert code.ends_at == NOW + timedelta(days=8)
    join(address, code.letters, now=code.ends_at - timedelta(minutes=1))
    with pytest.raises(CodeUnknown):
        join(address, code.letters, now=code.ends_at)
    assert desk.read_code(now=code.ends_at) is None
    with open_database(address, writes=False) as connection:
        row = connection.execute(ROOMS.select()).mappings().one()
    assert {row[name] for name in ("code", "code_key", "kept_code", "code_ends_at")} == {None}


def test_an_ended_code_goes_when_the_facilitator_looks(address):
    """Nobody tried it since: looking at it is enough for it to be deleted."""
    desk = open_desk(address)
    assert desk.read_code(now=NOW + timedelta(hours=24)) is None
    assert desk.read_code(now=NOW) is None


def test_a_new_code_takes_the_place_of_the_old(address):
    """The old one admits nobody, whoever sits in the room stays there."""
    desk = open_desk(address)
    old = desk.read_code(now=NOW).letters
    seat = Seat(address, join(address, old, now=NOW))
    later = NOW + timedelta(days=3)
    code = desk.renew_code(now=later)
    assert code == desk.read_code(now=later)
    assert code.ends_at == later + timedelta(hours=24)
    with pytest.raises(CodeUnknown):
        join(address, old, now=later)
    join(address, code.letters, now=later)
    assert seat.revision() == 1
    desk.end_code()
    with pytest.raises(CodeUnknown):
        join(address, code.letters, now=later)


def test_guessing_ends_after_many_wrong_codes(address, monkeypatch):
    """After many wrong codes with one beginning the right one waits; the facilitator is told."""
    monkeypatch.setattr("workbook.workshop.seat.most_misses", lambda: 4)
    monkeypatch.setattr("workbook.workshop.codes.most_misses", lambda: 4)
    desk = open_desk(address)
    right = desk.read_code(now=NOW).letters
    assert not is_guessed_at(address, right, NOW)
    wrong = [right[:2] + new_code()[2:] for _ in range(4)]
    for code in wrong:
        with pytest.raises(CodeUnknown):
            join(address, code, now=NOW)
    with pytest.raises(CodesGuessed, match="in 60 minutes"):
        join(address, right, now=NOW)
    assert is_guessed_at(address, right, NOW)
    join(address, right, now=NOW + timedelta(hours=1))
    join(address, desk.renew_code(now=NOW).letters, now=NOW)


def test_a_room_has_so_many_places(address, monkeypatch):
    """Whoever comes when all are taken is told so; who sits there stays."""
    desk = open_desk(address)
    code = desk.read_code(now=NOW).letters
    few = {"most_seats": {"value": 1}, "code_misses": {"value": 20}}
    monkeypatch.setattr("workbook.workshop.seat.read_toml", lambda _: few)
    join(address, code, now=NOW)
    with pytest.raises(RoomFull, match="All 1 places"):
        join(address, code, now=NOW)
    assert len(desk.hear()) == 1


def test_so_many_join_within_a_minute(address, monkeypatch):
    """A program that has the code cannot fill the room at once; in the next minute it goes on."""
    desk, other = open_desk(address), open_desk(address)
    code = desk.read_code(now=NOW).letters
    few = {"joins_per_minute": {"value": 2}, "code_misses": {"value": 20}}
    monkeypatch.setattr("workbook.workshop.codes.read_toml", lambda _: few)
    for _ in range(2):
        join(address, code, now=NOW)
    with pytest.raises(RoomError, match="try again in a minute"):
        join(address, code, now=NOW + timedelta(seconds=59))
    join(address, other.read_code(now=NOW).letters, now=NOW)
    join(address, code, now=NOW + timedelta(seconds=60))
    assert len(desk.hear()) == 3


def test_a_seat_knows_the_code_of_its_own_room(address):
    """Scanned once more it leads to the seat, another does not; none is counted as tried."""
    desk, other = open_desk(address), open_desk(address)
    (seat,) = fill(address, desk, 1)
    own = desk.read_code(now=NOW).letters
    assert seat.is_of(write_code(own).lower())
    assert not seat.is_of(other.read_code(now=NOW).letters)
    assert not seat.is_of("no code")
    desk.close(now=NOW)
    assert not seat.is_of(own)
    assert not is_guessed_at(address, own, NOW)


def test_a_line_can_be_left_out_before_it_is_shown(address):
    """Read from five on and without order of arrival; what is left out stands nowhere."""
    desk = open_desk(address)
    seats, question = fill(address, desk, 5), ask(desk, LINE)
    answer(seats[:4], question, ["d", "Ann of 5 Mill Street", "b", "C"])
    assert desk.read_lines(question.name) == ()
    answer(seats[4:], question, ["a"])
    assert desk.read_lines(question.name) == ("a", "Ann of 5 Mill Street", "b", "C", "d")
    shown = desk.reveal(question.name, now=NOW, without={"Ann of 5 Mill Street"})
    (spread,) = shown.room.state.question.spreads
    assert (spread.answers, spread.lines) == (5, ("a", "b", "C", "d"))
    assert "Mill Street" not in shown.room.model_dump_json()
    assert desk.read_lines(question.name) == ()


def test_a_room_takes_no_more_than_can_be_read_again(tmp_path: Path):
    """What would make the room too large is refused, and the room stays as it is."""
    desk = open_desk(f"sqlite:///{tmp_path}/rooms.sqlite3")
    kept = desk.load()
    long = [ev.Parked(at=NOW, entry=new_name(), what="x" * 20_000) for _ in range(101)]
    with pytest.raises(RoomError, match="as much as a room can"):
        desk.add(*long)
    assert desk.load() == kept


@pytest.mark.parametrize("typed", ["", "ABC", "BCDF GHJ!", "AEUAEUAE", "BCDFGHJKL", "💥" * 8])
def test_what_is_no_code_is_not_looked_up(typed, tmp_path: Path):
    """Something else than eight letters of ours asks no database, and is answered plainly."""
    with pytest.raises(CodeUnknown):
        join(f"sqlite:///{tmp_path}/none.sqlite3", typed, now=NOW)
    assert not list(tmp_path.iterdir())


def test_letters_that_look_alike_are_understood():
    """A zero is read as Q and a one as L, however it is spaced."""
    assert read_code("bcd0-fgh1") == "BCDQFGHL"
    assert not set("01OIAEU") & set(ALPHABET)
    assert all(read_code(new_code()) for _ in range(20))


def test_stretching_a_code_costs_something(full_cost):
    """Whoever steals the database needs memory and a tenth of a second for each guess."""
    assert full_cost >= 2**15


# -- asking and showing ------------------------------------------------------------------------


def test_answers_are_shown_together_or_not_at_all(address):
    """Four of five have answered: who is seen, what is not; the fifth makes a spread of them."""
    desk = open_desk(address)
    seats = fill(address, desk, 5)
    question = ask(desk, OFFERS)
    answer(seats[:4], question, [1, 2, 3, 4])
    assert desk.answered(question.name) == {seat.name for seat in seats[:4]}
    with pytest.raises(TooFewAnswers, match="so far: 4"):
        desk.reveal(question.name, now=NOW)
    assert desk.load().room.state.question.takes_answers
    seats[4].answer(question.name, "unknown")
    shown = desk.reveal(question.name, now=NOW).room.state.question
    assert shown.spreads[0].answers == 5
    assert seats[0].load().room.state.question == shown


def test_an_answer_can_be_changed_until_it_is_shown(address):
    """Changed and taken back before; refused after, so that nobody's can be told by a change."""
    desk = open_desk(address, RoomKind.BUSINESS)
    one, two, *others = fill(address, desk, 5)
    question = ask(desk, CASUAL)
    answer(others, question, [50, 50, 50])
    one.answer(question.name, 10)
    one.answer(question.name, 90)
    two.answer(question.name, 30)
    two.answer(question.name, None)
    assert (one.answered(), two.answered()) == ({question.name}, frozenset())
    two.answer(question.name, 50)
    kept = desk.reveal(question.name, now=NOW)
    counts = dict(kept.room.state.question.spreads[0].counts)
    assert {at: count for at, count in counts.items() if count} == {"40..59": 4, "80..100": 1}
    for seat in (one, two):
        with pytest.raises(AnswerLate):
            seat.answer(question.name, 20)
    assert desk.reveal(question.name, now=NOW) == kept


def test_asking_and_showing_are_not_undone(address):
    """Answers went with both: undo stops there and says why, and nothing is brought back."""
    desk = open_desk(address)
    seats = fill(address, desk, 5)
    question = ask(desk, OFFERS)
    answer(seats, question, [1, 2, 3, 4, 5])
    with pytest.raises(NotUndone, match="ask the question as a new round"):
        desk.undo(expected=desk.load().revision)
    shown = desk.reveal(question.name, now=NOW)
    with pytest.raises(NotUndone):
        desk.undo(expected=shown.revision)
    assert desk.load() == shown
    assert desk.answered(question.name) == seats[0].answered() == frozenset()


def test_two_rounds_of_a_question_never_differ_by_a_few(address):
    """Six were shown; five of them again would tell the sixth, the same six or five others not."""
    desk = open_desk(address)
    seats = fill(address, desk, 6)
    first = ask(desk, OFFERS)
    answer(seats, first, [1, 2, 3, 4, 5, 6])
    desk.reveal(first.name, now=NOW)
    again = ask(desk, OFFERS)
    answer(seats[:5], again, [1, 2, 3, 4, 5])
    with pytest.raises(RoundTooAlike, match="or 5 others"):
        desk.reveal(again.name, now=NOW)
    seats[5].leave()
    with pytest.raises(RoundTooAlike):
        desk.reveal(again.name, now=NOW)
    answer(fill(address, desk, 5), again, [1, 1, 1, 1, 1])
    assert desk.reveal(again.name, now=NOW).room.state.question.spreads[0].answers == 10


def test_the_same_people_may_be_asked_once_more(address):
    """Before and after they talked about it: whoever answered then answers now, and is shown."""
    desk = open_desk(address)
    seats = fill(address, desk, 5)
    for values in ([1, 2, 3, 4, 5], [2, 2, 2, 2, 2]):
        question = ask(desk, OFFERS)
        answer(seats, question, values)
        assert desk.reveal(question.name, now=NOW).room.state.question.revealed


def test_what_comes_next_ends_what_is_asked(address):
    """Another question or the next part: the one before takes no answer, and has none left."""
    desk = open_desk(address)
    (seat,) = fill(address, desk, 1)
    for go_on in (
        lambda: desk.ask(OFFERS, now=NOW),
        lambda: desk.add(ev.ItemOpened(at=NOW, item="stands", minutes=5)),
    ):
        question = ask(desk, LINE)
        seat.answer(question.name, "to learn")
        assert go_on().room.state.find_question(question.name).ended
        assert not seat.answered()
        with pytest.raises(AnswerLate):
            seat.answer(question.name, "late")


def test_voices_are_laid_side_by_side_inside_one_business_only(address):
    """Among businesses the scales are not even asked."""
    with pytest.raises(PromptRefused):
        open_desk(address).ask(CASUAL, now=NOW)
    assert ask(open_desk(address, RoomKind.BUSINESS), CASUAL).prompt == CASUAL
    with pytest.raises(PromptRefused):
        open_desk(address).ask(Prompt(kind=PromptKind.QUESTION, ref="goals.aim"), now=NOW)


# -- leading -----------------------------------------------------------------------------------


def test_two_facilitators_lead_one_room(address):
    """What both add is there; neither takes back what the other did unseen."""
    key = open_room(address, make_charter(), now=NOW)
    one, two = (Desk(address, key, today=NOW.date()) for _ in range(2))
    seen = one.load().revision
    parked = ev.Parked(at=NOW, entry=new_name(), what="Prices")
    two.add(parked)
    one.add(ev.Decided(at=NOW, entry=new_name(), what="Begin on Monday"))
    state = one.load().room.state
    assert [each.what for each in (*state.parked, *state.decisions)] == [
        "Prices",
        "Begin on Monday",
    ]
    for late in (
        lambda: one.undo(expected=seen),
        lambda: one.add(ev.TimerStarted(at=NOW), expected=seen),
    ):
        with pytest.raises(RoomChanged):
            late()
    assert two.undo(expected=two.load().revision).room.state.parked == (parked,)


def test_the_pulse_changes_with_whatever_happens(address):
    """Somebody comes, tells, answers, goes: after each the board is worth drawing anew."""
    desk = open_desk(address)
    seen = [desk.pulse()]
    (seat,) = fill(address, desk, 1)
    seen.append(desk.pulse())
    question = ask(desk, LINE)
    seen.append(desk.pulse())
    seat.tell(TOLD)
    seen.append(desk.pulse())
    seat.answer(question.name, "x")
    seen.append(desk.pulse())
    assert desk.pulse() == seen[-1]
    seat.leave()
    seen.append(desk.pulse())
    fill(address, desk, 1)
    seen.append(desk.pulse())
    assert len(set(seen)) == len(seen)


def test_a_link_that_opens_no_room_says_so(address):
    """Another key, half a key, and a room that was deleted."""
    desk = open_desk(address)
    (seat,) = fill(address, desk, 1)
    with pytest.raises(RoomUnknown):
        Desk(address, new_key(), today=NOW.date()).load()
    with pytest.raises(LinkIncomplete):
        Desk(address, "abc", today=NOW.date())
    desk.delete()
    for attempt in (desk.load, desk.pulse, lambda: desk.undo(expected=1)):
        with pytest.raises(RoomUnknown):
            attempt()
    assert seat.revision() is None
    for attempt in (seat.load, lambda: seat.tell(TOLD), lambda: seat.answer("0000000a", 1)):
        with pytest.raises(SeatGone):
            attempt()


# -- telling and leaving -----------------------------------------------------------------------


def test_leaving_takes_the_sight_away_at_once(address):
    """What was told and answered is deleted; the others stay as they are."""
    desk = open_desk(address)
    one, two = fill(address, desk, 2)
    question = ask(desk, LINE)
    for seat in (one, two):
        seat.tell(TOLD)
        seat.answer(question.name, "x")
    one.leave()
    one.leave()
    assert [heard.seat for heard in desk.hear()] == [two.name]
    assert desk.answered(question.name) == {two.name}
    assert one.revision() is None
    desk.remove(two.name)
    assert not desk.hear()
    assert two.revision() is None


def test_closing_keeps_only_what_was_agreed_to(address):
    """One of two comes back in ninety days: nothing else is left, nothing is told meanwhile."""
    desk = open_desk(address)
    stays, goes = fill(address, desk, 2)
    question = ask(desk, LINE)
    goes.answer(question.name, "x")
    goes.tell(TOLD)
    stays.tell(TOLD.model_copy(update={"returns": True}))
    desk.close(now=NOW)
    assert desk.answered(question.name) == frozenset()
    assert desk.read_code(now=NOW) is None
    for seat in (stays, goes):
        seat.tell(TOLD)
    heard = {each.seat: each for each in desk.hear()}
    assert (heard[goes.name].told, heard[goes.name].earlier) == (None, None)
    assert (heard[stays.name].told, heard[stays.name].earlier.name) == (None, TOLD.name)
    desk.reopen(now=NOW)
    stays.tell(TOLD.model_copy(update={"returns": True, "findings": ()}))
    goes.tell(TOLD)
    heard = {each.seat: each for each in desk.hear()}
    assert heard[stays.name].told.findings == ()
    assert heard[goes.name].told is None
    stays.tell(TOLD)
    changed = next(each for each in desk.hear() if each.seat == stays.name)
    assert (changed.told, changed.earlier) == (None, None)


def test_rooms_nobody_leads_are_deleted(address):
    """Thirteen months after the facilitator last looked, a room is gone with all in it."""
    kept = open_room(address, make_charter(), now=NOW)
    old, led = open_desk(address), Desk(address, kept, today=NOW.date())
    (seat,) = fill(address, old, 1)
    seat.tell(TOLD)
    later = NOW + timedelta(days=200)
    Desk(address, kept, today=later.date()).load()
    end = NOW + timedelta(days=410)
    assert purge_rooms(address, end) == 1
    assert seat.revision() is None
    assert led.load()
    with open_database(address, writes=False) as connection:
        assert connection.execute(SEATS.select()).all() == []


# -- what a thief sees -------------------------------------------------------------------------


def rows_of(address):
    """Everything that stands in the database, as one text."""
    with open_database(address, writes=False) as connection:
        names = ("rooms", "seats", "blind", "misses", "salt", "plans", "access")
        found = [connection.execute(text(f"SELECT * FROM {name}")).all() for name in names]
    return repr(found)


def test_a_stolen_database_tells_nothing_typed(address):
    """Neither room nor name, line, decision, code or key; of answers only that there are some."""
    desk = open_desk(address)
    code = desk.read_code(now=NOW).letters
    key = join(address, code, now=NOW)
    seat = Seat(address, key)
    question = ask(desk, LINE)
    seat.tell(TOLD)
    seat.answer(question.name, "Because of the harbour")
    desk.add(ev.Decided(at=NOW, entry=new_name(), what="Begin on Monday", who="Zoë"))
    seen = rows_of(address)
    for hidden in (
        "Harbour",
        "harbour",
        "Zoë",
        "no-goal",
        "Monday",
        code,
        key,
        "why_here",
        "goals",
    ):
        assert hidden not in seen
        assert hidden.encode().hex() not in seen


def test_lengths_tell_little():
    """A yes and a no, and lines of any length a business writes, are sealed to the same size."""
    keys = derive_room(read_key(new_key()))
    sizes = {len(seal_for(keys.public_key, secret)) for secret in (b"", b'"no"', b"x" * 140)}
    assert len(sizes) == 1


def test_the_key_of_a_seat_opens_nothing_of_another(address):
    """With the code, a seat's key and the whole database, no told text and no answer opens."""
    desk = open_desk(address)
    mine, theirs = fill(address, desk, 2)
    question = ask(desk, LINE)
    theirs.tell(TOLD)
    theirs.answer(question.name, "private")
    with open_database(address, writes=False) as connection:
        room = connection.execute(ROOMS.select()).mappings().one()
        seats = connection.execute(SEATS.select()).mappings().all()
        blind = connection.execute(BLIND.select()).mappings().all()
        _, room_name = mine._read(connection)
    row = next(each for each in seats if each["name"] == mine.name)
    bound = ("room key", room_name, mine.name)
    room_key = unseal(row["wrapped_key"], mine._keys.wrapping_key, *bound)
    told = next(each["told"] for each in seats if each["name"] == theirs.name)
    other = next(each["wrapped_key"] for each in seats if each["name"] == theirs.name)
    tries = (mine._keys.wrapping_key, room_key)
    for sealed, key in product([told, told[32:], blind[0]["sealed"], other], tries):
        for parts in (
            bound,
            ("told", room_name, theirs.name),
            ("room key", room_name, theirs.name),
        ):
            with pytest.raises(SealBroken):
                unseal(sealed, key, *parts)
    with pytest.raises(SealBroken):
        unseal(room["wrapped_key"], room_key, "room key", room_name, "facilitator")


def test_told_text_opens_only_where_it_belongs():
    """Moved to another seat or another room, or changed by a bit, it opens for nobody."""
    keys, others = (derive_room(read_key(new_key())) for _ in range(2))
    sealed = seal_for(keys.public_key, b"secret", "told", keys.name, "a")
    assert open_sealed(keys, sealed, "told", keys.name, "a") == b"secret"
    changed = sealed[:-1] + bytes([sealed[-1] ^ 1])
    for who, what, bound in [
        (others, sealed, ("told", keys.name, "a")),
        (keys, sealed, ("told", keys.name, "b")),
        (keys, changed, ("told", keys.name, "a")),
        (keys, bytes(32) + sealed[32:], ("told", keys.name, "a")),
        (keys, b"", ()),
    ]:
        with pytest.raises(SealBroken):
            open_sealed(who, what, *bound)


def test_a_damaged_row_costs_only_itself(address):
    """One participant's text was changed in the database: the others are still seen."""
    desk = open_desk(address)
    one, two = fill(address, desk, 2)
    for seat in (one, two):
        seat.tell(TOLD)
    with open_database(address, writes=True) as connection:
        connection.execute(SEATS.update().where(SEATS.c.name == one.name).values(told=b"x" * 99))
    board = make_board(desk.load().room.charter, desk.hear(), now=NOW)
    assert [row.seat for row in board.rows] == [two.name]
    assert board.silent == 1


def test_keys_show_in_no_message():
    """Neither a desk nor a seat nor what they are made of shows its key."""
    key = new_key()
    shown = [Desk("sqlite:///x", key, today=NOW.date()), Seat("sqlite:///x", key)]
    shown += [derive_room(read_key(key)), derive_seat(read_key(key))]
    for each in shown:
        assert key not in repr(each)
        assert "wrapping_key" not in repr(each)
