"""The room notes: decisions, parking lot and spreads, as a report that Word and Excel can hold."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest

from tests.workshop.rooms import NOW, make_charter
from tests.workshop.test_room_board import board_of, say
from workbook.checks import Status
from workbook.exports.report import Figure
from workbook.workshop import events as ev
from workbook.workshop.prompts import Prompt, PromptKind
from workbook.workshop.report import WRITERS, draw_spread, make_notes, tell_quartiles
from workbook.workshop.returning import Return
from workbook.workshop.spread import make_spreads
from workbook.workshop.state import Room

TODAY = date(2026, 11, 23)
ASKED = [
    (Prompt(kind=PromptKind.QUESTION, ref="diagnosis.offers"), [2, 4, 6, 6, 6, 6, 8, 15]),
    (Prompt(kind=PromptKind.CASE, ref="allergy"), ["Y4"] * 5),
    (Prompt(kind=PromptKind.LINE, ref="why_here"), ["to learn", "=1+1", "<b>", "d", "e"]),
    (Prompt(kind=PromptKind.GAME), [("linkedin",), ("facebook", "instagram")] * 3),
]


def make_room():
    """A room in which everything happened."""
    happened = [ev.ItemOpened(at=NOW, item="stands", minutes=15)]
    for number, (prompt, answers) in enumerate(ASKED):
        name = f"{number:08x}"
        spreads = make_spreads(prompt, answers, least=5)
        happened += [
            ev.Asked(at=NOW, question=name, prompt=prompt),
            ev.Revealed(at=NOW, question=name, spreads=spreads),
        ]
    happened += [
        ev.Asked(at=NOW, question="0000000f", prompt=ASKED[0][0]),
        ev.Decided(at=NOW, entry="0000000a", what="Drop one place", who="Kim", due=TODAY),
        ev.Decided(at=NOW, entry="0000000b", what="Answer reviews"),
        ev.Parked(at=NOW, entry="0000000c", what="=Prices", missing="the list", who="Ann"),
        ev.Agreed(at=NOW, entry="0000000d", path="diagnosis.rules", value=("voice",)),
    ]
    return Room(charter=make_charter()).add(*happened)


ROOM = make_room()


def test_the_notes_say_what_was_decided_and_how_answers_lay_apart():
    """Every decision, parked entry and spread that was shown stands in them, with its quartiles."""
    notes = make_notes(ROOM, today=TODAY)
    said = notes.text()
    for part in (
        "Harbour Morning, 23 November 2026",
        "Drop one place",
        "Kim",
        "=Prices",
        "to learn",
    ):
        assert part in said
    assert "half at 9 or below" in said
    figures = [block for block in notes.blocks if isinstance(block, Figure)]
    assert len(figures) == 4
    assert said.count("How many of your last 20 posts") == 2  # its heading and its picture


def test_without_anything_said_the_notes_say_so():
    """A room in which nothing was written down has notes all the same."""
    said = make_notes(Room(charter=make_charter()), today=TODAY).text()
    for part in ("Nothing was written down", "Nothing was parked", "No answers were shown"):
        assert part in said


def test_where_people_stand_is_told_of_five_and_more():
    """Of four nothing is told; of five the steps and the findings that five have, and no name."""
    told = [say(name=f"Name {n}", statuses={"goals": Status.COMPLETED}) for n in range(5)]
    few = make_notes(ROOM, today=TODAY, board=board_of(*told[:4])).text()
    assert "How far everybody came" not in few
    many = make_notes(ROOM, today=TODAY, board=board_of(*told)).text()
    assert "How far everybody came" in many
    assert "Name 1" not in many


def test_who_came_back_is_counted():
    """Ninety days later the notes say how many of those who agreed came back."""
    back = Return(agreed=4, came=(), mended=())
    assert "Of 4 who agreed" in make_notes(ROOM, today=TODAY, back=back).text()


def test_pictures_of_two_rounds_are_told_apart():
    """The same question asked twice has two pictures of their own names."""
    question = ROOM.state.questions[0]
    again = question.model_copy(update={"name": "000000ff"})
    first, second = (draw_spread(each, question.spreads[0]).name for each in (question, again))
    assert first != second
    assert tell_quartiles(ROOM.state.questions[1].spreads[0]) == ""


@pytest.mark.thorough
def test_the_notes_are_a_word_and_an_excel_file():
    """Both open; in Excel what begins like a formula is text."""
    import docx
    import openpyxl

    notes = make_notes(ROOM, today=TODAY, board=board_of(*[say()] * 6), back=Return(1, (), ()))
    document = docx.Document(io.BytesIO(WRITERS[".docx"](notes)))
    assert document.core_properties.created.date() == TODAY
    assert "Drop one place" in [cell.text for cell in document.tables[0].columns[0].cells]
    book = openpyxl.load_workbook(io.BytesIO(WRITERS[".xlsx"](notes)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert {"=Prices", "Kim", TODAY + timedelta()} <= {
        value.date() if hasattr(value, "date") else value for value in (c.value for c in cells)
    }
