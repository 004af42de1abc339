"""Questions that end, and rounds of the same question: no two spreads tell one person apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.discovery import read_toml
from workbook.errors import RoundTooAlike
from workbook.workshop import events as ev
from workbook.workshop.hearing import drop_answers, list_shown

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from workbook.workshop.state import Question, Room


def least_answers() -> int:
    """How many answers a spread is shown from, among businesses as inside one."""
    return int(read_toml("workshop/defaults.toml")["spread_least"]["value"])


def end_questions(room: Room, connection: Connection, name: str, now: datetime) -> Room:
    """The room with nothing asked any more; what was answered and not shown is deleted."""
    for question in room.state.questions:
        if question.takes_answers:
            drop_answers(connection, name, question.name)
            room = room.add(ev.QuestionEnded(at=now, question=question.name))
    return room


def refuse_difference(
    room: Room, connection: Connection, asked: Question, seats: frozenset[str]
) -> None:
    """Refuse a spread that would tell, beside an earlier one of the same, what few people said.

    A round of the same question is shown when exactly the same seats answered as before, or when
    as many others as a spread is shown from came or went. Raises RoundTooAlike.
    """
    least = least_answers()
    for earlier in room.state.questions:
        if not earlier.revealed or earlier.prompt != asked.prompt:
            continue
        both = len(list_shown(connection, earlier.name) & seats)
        gone = max(spread.answers for spread in earlier.spreads) - both
        new = len(seats) - both
        if 0 < max(gone, new) < least:
            raise RoundTooAlike(least=least)
