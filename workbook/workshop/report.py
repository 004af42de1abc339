"""The room notes: decisions, parking lot, spreads and where everybody stands, without a name.

A report like any other, so every format can write it; the pages offer Word and Excel. Names stand
in it only where the facilitator wrote them beside a decision or a parked entry.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

from workbook.charts.room_spread import draw
from workbook.checks import Status
from workbook.content import BASE_LANGUAGE, find_question, load_step, load_words
from workbook.exports.report import (
    Bullets,
    Column,
    Figure,
    Heading,
    KeyValues,
    Paragraph,
    Properties,
    Report,
    Table,
)
from workbook.wording import write_answer, write_day, write_number
from workbook.workshop.prompts import title_prompt
from workbook.workshop.spread import Shape, label_given

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from workbook.charts.rendering import Picture
    from workbook.exports.report import Block, Cell
    from workbook.workshop.board import Board
    from workbook.workshop.events import Agreed
    from workbook.workshop.returning import Return
    from workbook.workshop.spread import Spread
    from workbook.workshop.state import Question, Room

WORDS = "workshop/notes.toml"
_FEW = 5
"""Findings and progress are told of so many and more, as spreads are."""


def make_notes(
    room: Room,
    *,
    today: date,
    board: Board | None = None,
    back: Return | None = None,
    language: str = BASE_LANGUAGE,
) -> Report:
    """The notes of a room.

    Args:
        room: The room.
        today: The day that stands in the notes.
        board: Where everybody stands, if that is to be in them; None after the room was closed.
        back: Who came back after ninety days, once the room is opened again.
        language: The language of the words that are ours.
    """
    words = load_words(WORDS, language)
    name, day = room.charter.name, write_day(today, language)
    return Report(
        title=words["title"],
        subtitle=words["subtitle"].format(room=name, day=day),
        blocks=tuple(_write(room, board, back, words, language)),
        language=words["language"] if language == BASE_LANGUAGE else language,
        footer_note=words["footer"].format(room=name),
        properties=Properties(
            subject=words["title"], written=datetime.combine(today, time(12), UTC)
        ),
    )


def _write(
    room: Room,
    board: Board | None,
    back: Return | None,
    words: Mapping[str, Any],
    language: str,
) -> Iterator[Block]:
    state = room.state
    yield Paragraph.of(words["lead"])
    decided = [
        (each.what, each.who, each.due or words["decisions"]["open"]) for each in state.decisions
    ]
    yield from _list(words["decisions"], decided)
    if state.agreed:
        yield Heading(1, words["agreed"]["title"])
        yield KeyValues.of(*(_tell_agreed(each, language) for each in state.agreed))
    parked = [(each.what, each.missing, each.who) for each in state.parked]
    yield from _list(words["parked"], parked)
    yield from _write_answers(state.questions, words["answers"], language)
    if board is not None and len(board.rows) >= _FEW:
        yield from _write_board(board, words, language)
    if back is not None:
        yield from _write_return(back, words["back"])


def _list(words: Mapping[str, Any], rows: Sequence[tuple[Cell, ...]]) -> Iterator[Block]:
    yield Heading(1, words["title"])
    if not rows:
        yield Paragraph.of(words["empty"])
        return
    columns = tuple(
        Column(title, width=width)
        for title, width in zip(words["columns"], (3.0, 1.5, 1.2), strict=True)
    )
    yield Table(columns, tuple(rows), caption=words["caption"], row_titles=False)


def _tell_agreed(agreed: Agreed, language: str) -> tuple[str, str]:
    question = find_question(agreed.path, language)
    return question.label, write_answer(question, agreed.value, language)


def _write_answers(
    questions: tuple[Question, ...], words: Mapping[str, Any], language: str
) -> Iterator[Block]:
    yield Heading(1, words["title"])
    shown = [each for each in questions if each.revealed]
    if not shown:
        yield Paragraph.of(words["empty"])
    for question in shown:
        yield Heading(2, title_prompt(question.prompt, language))
        for spread in question.spreads:
            yield from _write_spread(question, spread, words, language)


def _write_spread(
    question: Question, spread: Spread, words: Mapping[str, Any], language: str
) -> Iterator[Block]:
    if spread.shape is Shape.LINES:
        gone = spread.answers - len(spread.lines)
        if gone:
            text = words["left_out"].format(answers=spread.answers, count=gone)
            yield Paragraph.of(text)
        if spread.lines:
            yield Bullets.of(*spread.lines)
        return
    told = words["count"].format(answers=spread.answers)
    yield Paragraph.of(" ".join(filter(None, (told, tell_quartiles(spread, language)))))
    if spread.answers:
        yield Figure.of(draw_spread(question, spread, language))


def tell_quartiles(spread: Spread, language: str = BASE_LANGUAGE) -> str:
    """The quartiles of numbers as a sentence; empty where there are none."""
    if spread.quartiles is None:
        return ""
    low, middle, high = (write_number(each, language) for each in spread.quartiles)
    text = load_words(WORDS, language)["answers"]["quartiles"]
    return str(text.format(low=low, middle=middle, high=high))


def draw_spread(question: Question, spread: Spread, language: str = BASE_LANGUAGE) -> Picture:
    """The picture of a spread with its table, under a name of its own among those of a room.

    Of the game and of a case only what somebody gave is drawn.
    """
    words = load_words(WORDS, language)["answers"]
    title = title_prompt(question.prompt, language)
    if spread.shape in {Shape.OUTCOME, Shape.LEVEL}:
        title = words[spread.shape.value].format(title=title)
    return draw(
        label_given(question.prompt, spread, language),
        title=title,
        answers=spread.answers,
        language=language,
        name=f"spread-{question.name}-{spread.shape.value}",
    )


def _write_board(board: Board, words: Mapping[str, Any], language: str) -> Iterator[Block]:
    people, told = len(board.rows), words["progress"]
    rows = []
    for step, counts in board.steps.items():
        begun = people - counts.get(Status.NOT_STARTED, 0) - counts.get(Status.NOT_NEEDED, 0)
        done = counts.get(Status.COMPLETED, 0)
        rows.append((load_step(step, language).title, done, begun - done, people - begun))
    yield Heading(1, told["title"])
    yield Table(_columns(told), tuple(rows), caption=told["caption"].format(people=people))
    told = words["findings"]
    found = [(each.what, each.count) for each in board.findings if each.count >= _FEW]
    yield Heading(1, told["title"])
    yield Paragraph.of(told["least"].format(least=_FEW))
    if found:
        caption = told["caption"].format(people=people)
        yield Table(_columns(told), tuple(found[: told["most"]]), caption=caption)


def _columns(words: Mapping[str, Any]) -> tuple[Column, ...]:
    first, *others = words["columns"]
    return (Column(first, width=3.0), *(Column(each, kind="number") for each in others))


def _write_return(back: Return, words: Mapping[str, Any]) -> Iterator[Block]:
    text = words["text"].format(agreed=back.agreed, came=len(back.came), reviewed=back.reviewed)
    yield Heading(1, words["title"])
    yield Paragraph.of(text)
    if back.mended and len(back.came) >= _FEW:
        rows = tuple((each.what, each.count) for each in back.mended)
        yield Table(_columns(words), rows, caption=words["caption"])


def write_docx(report: Report) -> bytes:
    """The notes as a Word file."""
    from workbook.exports.formats.docx import write  # noqa: PLC0415 - heavy, loaded to write

    return write(report)


def write_xlsx(report: Report) -> bytes:
    """The notes as an Excel file: decisions, parking lot, and the numbers of each spread."""
    from workbook.exports.formats.xlsx import write  # noqa: PLC0415 - heavy, loaded to write

    return write(report)


WRITERS: Mapping[str, Callable[[Report], bytes]] = {".docx": write_docx, ".xlsx": write_xlsx}
"""How the notes are written, by the end of the file's name."""
