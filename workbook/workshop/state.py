"""A room as it stands: what was set up, and everything that happened, folded to what is on now."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from functools import singledispatch
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from workbook.values import Frozen, Text
from workbook.workshop import events as ev
from workbook.workshop.agenda import Agenda
from workbook.workshop.prompts import Prompt
from workbook.workshop.spread import Spread

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbook.workshop.agenda import Slot

NOTES = (ev.Parked, ev.Decided, ev.EntryDropped)
"""What can still be written down once a room is closed."""
STAY = (ev.Asked, ev.Revealed, ev.QuestionEnded, ev.RoomClosed, ev.RoomReopened)
"""What cannot be undone, since answers or what was told went with it."""


class RoomKind(StrEnum):
    """Who sits in the room."""

    BUSINESSES = "businesses"
    """Many businesses, each with a plan of its own."""
    BUSINESS = "business"
    """Several people of one business, who agree on one plan."""


class Charter(Frozen):
    """What a room is set up with; it does not change while the room is used."""

    name: Text
    kind: RoomKind = RoomKind.BUSINESSES
    agenda: Agenda
    starts_at: datetime
    shows_names: bool = True
    """Whether the board shows the names of those who want to be named; otherwise nobody's."""
    idle_minutes: Annotated[float, Field(gt=0, le=1440)]
    public_key: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""
    """What participants tell is sealed with it; 32 bytes as hex, set when the room is opened."""


class Timer(Frozen):
    """The time of a part: how long it may take, and how much of it has gone."""

    minutes: float = 0
    spent: timedelta = timedelta()
    """What had gone when it was last paused."""
    since: datetime | None = None
    """Since when it runs; None while it stands still."""

    @property
    def runs(self) -> bool:
        """Whether it runs."""
        return self.since is not None

    def gone(self, now: datetime) -> timedelta:
        """How much time has gone."""
        return self.spent + (max(now - self.since, timedelta()) if self.since else timedelta())

    def left(self, now: datetime) -> timedelta:
        """How much time is left; below nothing, it is overrun by as much."""
        return timedelta(minutes=self.minutes) - self.gone(now)

    def is_over(self, now: datetime) -> bool:
        """Whether it is overrun."""
        return self.left(now) < timedelta()


class Question(Frozen):
    """What everybody was asked, and what is shown of it."""

    name: str
    prompt: Prompt
    item: str
    """The part of the agenda in which it was asked."""
    spreads: tuple[Spread, ...] = ()
    revealed: bool = False
    ended: bool = False

    @property
    def takes_answers(self) -> bool:
        """Whether answers to it are taken still."""
        return not (self.revealed or self.ended)


class RoomState(Frozen):
    """What is on in a room."""

    item: str = ""
    """The id of the part that is on; empty before the first."""
    timer: Timer = Timer()
    questions: tuple[Question, ...] = ()
    """Everything that was asked, the first one first."""
    pushed: ev.Pushed | None = None
    parked: tuple[ev.Parked, ...] = ()
    decisions: tuple[ev.Decided, ...] = ()
    agreed: tuple[ev.Agreed, ...] = ()
    seen: tuple[str, ...] = ()
    """The parts that were on, in order, each once."""
    closed_at: datetime | None = None
    reopened_at: datetime | None = None

    @property
    def question(self) -> Question | None:
        """What is asked or shown now: the last one of the part that is on, unless put away."""
        last = self.questions[-1] if self.questions else None
        return last if last and last.item == self.item and not last.ended else None

    @property
    def is_closed(self) -> bool:
        """Whether the workshop is over; it may have been opened again since."""
        return self.closed_at is not None

    @property
    def is_reopened(self) -> bool:
        """Whether the facilitator looks again at those who agreed."""
        return self.reopened_at is not None

    def find_question(self, name: str) -> Question | None:
        """A question by its name."""
        return next((each for each in self.questions if each.name == name), None)


class Room(Frozen):
    """A room: what it was set up with, and what has happened in it, the first event first."""

    charter: Charter
    events: tuple[ev.Event, ...] = ()

    @property
    def state(self) -> RoomState:
        """What is on now."""
        return fold(self.events)

    @property
    def slot(self) -> Slot | None:
        """The part of the agenda that is on."""
        return self.charter.agenda.find(self.state.item)

    def add(self, *happened: ev.Event) -> Room:
        """The room after something more has happened."""
        return self.model_copy(update={"events": (*self.events, *happened)})

    @property
    def last(self) -> ev.Event | None:
        """What undo takes back; None where it can take nothing back."""
        last = self.events[-1] if self.events else None
        return None if isinstance(last, STAY) else last

    def undo(self) -> Room:
        """The room without what happened last; the same room where that cannot be undone."""
        if self.last is None:
            return self
        *before, last = self.events
        if before and isinstance(last, ev.TimerStarted) and _opens(before[-1], last):
            before.pop()
        return self.model_copy(update={"events": tuple(before)})


def _opens(before: ev.Event, last: ev.TimerStarted) -> bool:
    """Whether a part was opened and its clock started by one press."""
    return isinstance(before, ev.ItemOpened) and before.at == last.at


def fold(happened: Iterable[ev.Event]) -> RoomState:
    """What is on after all of it has happened, in this order."""
    state = RoomState()
    for event in happened:
        change = _follow(event, state)
        state = state.model_copy(update=change)
    return state


@singledispatch
def _follow(event: object, _state: RoomState) -> dict[str, object]:
    """What an event changes in the state."""
    raise TypeError(type(event).__name__)


@_follow.register
def _(event: ev.ItemOpened, state: RoomState) -> dict[str, object]:
    seen = state.seen if event.item in state.seen else (*state.seen, event.item)
    timer = Timer(minutes=event.minutes)
    return {"item": event.item, "timer": timer, "seen": seen, "pushed": None}


@_follow.register
def _(event: ev.TimerStarted, state: RoomState) -> dict[str, object]:
    if state.timer.runs:
        return {}
    return {"timer": state.timer.model_copy(update={"since": event.at})}


@_follow.register
def _(event: ev.TimerPaused, state: RoomState) -> dict[str, object]:
    spent = state.timer.gone(event.at)
    return {"timer": state.timer.model_copy(update={"spent": spent, "since": None})}


@_follow.register
def _(event: ev.TimeGiven, state: RoomState) -> dict[str, object]:
    return {"timer": state.timer.model_copy(update={"minutes": event.minutes})}


@_follow.register
def _(event: ev.Asked, state: RoomState) -> dict[str, object]:
    asked = Question(name=event.question, prompt=event.prompt, item=state.item)
    return {"questions": (*state.questions, asked)}


@_follow.register
def _(event: ev.Revealed, state: RoomState) -> dict[str, object]:
    return _change_question(state, event.question, spreads=event.spreads, revealed=True)


@_follow.register
def _(event: ev.QuestionEnded, state: RoomState) -> dict[str, object]:
    return _change_question(state, event.question, ended=True)


def _change_question(state: RoomState, name: str, **change: object) -> dict[str, object]:
    return {
        "questions": tuple(
            each.model_copy(update=change) if each.name == name else each
            for each in state.questions
        )
    }


@_follow.register
def _(event: ev.Pushed, _state: RoomState) -> dict[str, object]:
    return {"pushed": event}


@_follow.register
def _(event: ev.Parked, state: RoomState) -> dict[str, object]:
    return {"parked": _put(state.parked, event)}


@_follow.register
def _(event: ev.Decided, state: RoomState) -> dict[str, object]:
    return {"decisions": _put(state.decisions, event)}


@_follow.register
def _(event: ev.Agreed, state: RoomState) -> dict[str, object]:
    return {"agreed": (*state.agreed, event)}


def _put(
    entries: tuple[ev.Parked | ev.Decided, ...], new: ev.Parked | ev.Decided
) -> tuple[ev.Parked | ev.Decided, ...]:
    """The entries with one more, or with one of the same name in its place."""
    if any(each.entry == new.entry for each in entries):
        return tuple(new if each.entry == new.entry else each for each in entries)
    return (*entries, new)


@_follow.register
def _(event: ev.EntryDropped, state: RoomState) -> dict[str, object]:
    return {
        "parked": tuple(each for each in state.parked if each.entry != event.entry),
        "decisions": tuple(each for each in state.decisions if each.entry != event.entry),
    }


@_follow.register
def _(event: ev.RoomClosed, state: RoomState) -> dict[str, object]:
    timer = state.timer.model_copy(update={"spent": state.timer.gone(event.at), "since": None})
    return {"closed_at": event.at, "timer": timer, "pushed": None}


@_follow.register
def _(event: ev.RoomReopened, _state: RoomState) -> dict[str, object]:
    return {"reopened_at": event.at}
