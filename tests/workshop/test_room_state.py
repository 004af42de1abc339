"""What has happened in a room gives what is on; taking back the last gives what was on before."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workshop.rooms import NOW, make_charter
from workbook.workshop import events as ev
from workbook.workshop.prompts import Prompt, PromptKind
from workbook.workshop.spread import make_spreads
from workbook.workshop.state import STAY, Room, RoomState, fold

CHARTER = make_charter()
PROMPT = Prompt(kind=PromptKind.QUESTION, ref="diagnosis.yardstick")
SPREADS = make_spreads(PROMPT, ["reach"] * 5, least=5)
NAMES = st.sampled_from(["0000000a", "0000000b", "0000000c"])
MINUTES = st.integers(0, 200)


@st.composite
def happenings(draw):
    """Events in the order of time, whatever they are."""
    found = []
    at = NOW
    for kind in draw(st.lists(st.integers(0, 11), max_size=12)):
        at += timedelta(seconds=draw(st.integers(0, 900)))
        name, text = draw(NAMES), draw(st.text("aé <&", max_size=4))
        slot = draw(st.sampled_from(CHARTER.agenda.slots))
        found.append(
            [
                ev.ItemOpened(at=at, item=slot.part, minutes=slot.minutes),
                ev.TimerStarted(at=at),
                ev.TimerPaused(at=at),
                ev.TimeGiven(at=at, minutes=draw(MINUTES)),
                ev.Asked(at=at, question=name, prompt=PROMPT),
                ev.Revealed(at=at, question=name, spreads=SPREADS),
                ev.QuestionEnded(at=at, question=name),
                ev.Pushed(at=at, page="02_goals"),
                ev.Parked(at=at, entry=name, what=text),
                ev.Decided(at=at, entry=name, what=text, who="A", due=date(2027, 1, 1)),
                ev.EntryDropped(at=at, entry=name),
                ev.Agreed(at=at, entry=name, path="voice.casual", value=40),
            ][kind]
        )
    return found


@settings(max_examples=25)
@given(happenings())
def test_undo_takes_back_the_last_and_nothing_else(happened):
    """After each event, taking it back gives the room there was before it, or the same room."""
    room = Room(charter=CHARTER)
    for event in happened:
        after = room.add(event)
        back = after.undo()
        starts = isinstance(event, ev.TimerStarted) and room.events[-1:]
        if isinstance(event, STAY):
            assert back is after
        elif starts and isinstance(starts[0], ev.ItemOpened) and starts[0].at == event.at:
            assert back.events == room.events[:-1]
        else:
            assert back == room
            assert back.state == room.state
        room = after


@settings(max_examples=25)
@given(happenings())
def test_a_room_is_the_same_after_being_kept(happened):
    """What is written into a row and read again is on just as before."""
    room = Room(charter=CHARTER).add(*happened)
    again = Room.model_validate_json(room.model_dump_json())
    assert again == room
    assert again.state == room.state


@settings(max_examples=25)
@given(happenings())
def test_entries_of_one_name_stand_once(happened):
    """A decision that is written again takes the place of the one there was."""
    state = fold(happened)
    for entries in (state.parked, state.decisions):
        assert len({each.entry for each in entries}) == len(entries)
    assert len(set(state.seen)) == len(state.seen)


def after(*happened):
    """What is on after that."""
    return fold(happened)


def minutes(number):
    """A moment so many minutes after the start."""
    return NOW + timedelta(minutes=number)


OPEN = ev.ItemOpened(at=NOW, item="goal", minutes=20)


def test_the_timer_stands_until_it_is_started():
    """A part that was opened has all its time."""
    timer = after(OPEN).timer
    assert not timer.runs
    assert timer.left(minutes(30)) == timedelta(minutes=20)


def test_a_pause_takes_no_time():
    """Five minutes gone, ten of a pause, and five more: ten are left of twenty."""
    timer = after(
        OPEN,
        ev.TimerStarted(at=NOW),
        ev.TimerPaused(at=minutes(5)),
        ev.TimerStarted(at=minutes(15)),
    ).timer
    assert timer.left(minutes(20)) == timedelta(minutes=10)
    assert not timer.is_over(minutes(20))


def test_an_overrun_counts_on():
    """Three minutes beyond its end the timer says so, and more minutes give it time again."""
    state = after(OPEN, ev.TimerStarted(at=NOW))
    assert state.timer.left(minutes(23)) == timedelta(minutes=-3)
    assert state.timer.is_over(minutes(23))
    given_more = after(
        OPEN, ev.TimerStarted(at=NOW), ev.TimeGiven(at=minutes(23), minutes=30)
    ).timer
    assert given_more.left(minutes(23)) == timedelta(minutes=7)


def test_starting_twice_loses_no_time():
    """Two facilitators press start; the first one counts."""
    timer = after(OPEN, ev.TimerStarted(at=NOW), ev.TimerStarted(at=minutes(5))).timer
    assert timer.gone(minutes(6)) == timedelta(minutes=6)


def test_the_next_part_begins_anew():
    """Its time, and no question of the part before."""
    state = after(
        OPEN,
        ev.TimerStarted(at=NOW),
        ev.Asked(at=NOW, question="0000000a", prompt=PROMPT),
        ev.ItemOpened(at=minutes(5), item="places", minutes=15),
    )
    assert state.timer.left(minutes(9)) == timedelta(minutes=15)
    assert state.question is None
    assert len(state.questions) == 1


def test_a_question_is_asked_then_shown():
    """Answers are taken until it is shown or put away."""
    asked = ev.Asked(at=NOW, question="0000000a", prompt=PROMPT)
    assert after(OPEN, asked).question.takes_answers
    shown = after(OPEN, asked, ev.Revealed(at=NOW, question="0000000a", spreads=SPREADS))
    assert shown.question.spreads == SPREADS
    assert not shown.question.takes_answers
    ended = after(OPEN, asked, ev.QuestionEnded(at=NOW, question="0000000a"))
    assert ended.question is None
    assert not ended.find_question("0000000a").takes_answers


def test_what_answers_went_with_cannot_be_undone():
    """Asked, shown, put away, closed: rows went with it, so undo stops there."""
    asked = ev.Asked(at=NOW, question="0000000a", prompt=PROMPT)
    for last in (
        asked,
        ev.Revealed(at=NOW, question="0000000a", spreads=SPREADS),
        ev.QuestionEnded(at=NOW, question="0000000a"),
        ev.RoomClosed(at=NOW),
        ev.RoomReopened(at=NOW),
    ):
        room = Room(charter=CHARTER).add(OPEN, last)
        assert isinstance(last, STAY)
        assert room.undo() is room
        assert room.last is None
    assert Room(charter=CHARTER).undo() == Room(charter=CHARTER)


def test_a_closed_room_stands_still():
    """The timer stops, and nobody is sent anywhere."""
    state = after(
        OPEN,
        ev.TimerStarted(at=NOW),
        ev.Pushed(at=NOW, page="02_goals"),
        ev.RoomClosed(at=minutes(5)),
    )
    assert state.is_closed
    assert not state.is_reopened
    assert state.pushed is None
    assert state.timer.gone(minutes(50)) == timedelta(minutes=5)


def test_before_anything_nothing_is_on():
    """A room that was just opened waits."""
    assert Room(charter=CHARTER).state == RoomState()
    assert Room(charter=CHARTER).slot is None
    assert Room(charter=CHARTER).add(OPEN).slot.part == "goal"
