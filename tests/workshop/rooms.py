"""A room with people in it, for the tests of workshops."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from workbook.workshop.agenda import load_agendas
from workbook.workshop.board import default_idle
from workbook.workshop.desk import Desk, open_room
from workbook.workshop.seat import Seat, join
from workbook.workshop.state import Charter, RoomKind

if TYPE_CHECKING:
    from workbook.workshop.prompts import Blind, Prompt
    from workbook.workshop.state import Question

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def make_charter(kind: RoomKind = RoomKind.BUSINESSES, **more: object) -> Charter:
    """A one-hour room."""
    return Charter.model_validate(
        {
            "name": "Harbour Morning",
            "kind": kind,
            "agenda": load_agendas()["one_hour"],
            "starts_at": NOW,
            "idle_minutes": default_idle(),
            **more,
        }
    )


def open_desk(address: str, kind: RoomKind = RoomKind.BUSINESSES, **more: object) -> Desk:
    """The desk of a new room."""
    key = open_room(address, make_charter(kind, **more), now=NOW)
    return Desk(address, key, today=NOW.date())


def fill(address: str, desk: Desk, people: int) -> list[Seat]:
    """So many people who joined with the code."""
    code = desk.read_code(now=NOW)
    assert code is not None
    return [Seat(address, join(address, code.letters, now=NOW)) for _ in range(people)]


def ask(desk: Desk, prompt: Prompt) -> Question:
    """The question the room is asked."""
    asked = desk.ask(prompt, now=NOW).room.state.questions[-1]
    assert asked.takes_answers
    return asked


def answer(seats: list[Seat], question: Question, values: list[Blind]) -> None:
    """Let each answer."""
    for seat, value in zip(seats, values, strict=False):
        seat.answer(question.name, value)
