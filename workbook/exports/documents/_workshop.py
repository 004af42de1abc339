"""What makes worksheets a workshop: an agenda before them, decisions and a parking lot after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.content import load_steps, load_words
from workbook.discovery import read_toml
from workbook.exports.documents._contribution import Statement
from workbook.exports.documents._parts import make_columns
from workbook.exports.report import Blank, Heading, PageBreak, Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook.exports.report import Cell

WORDS = "exports/documents/workshop.toml"
_AGENDA_WIDTHS = (1.2, 3.2, 0.75, 0.85, 0.75)
_AGENDA_KINDS = dict.fromkeys((2, 3, 4), "number")
_DECIDED_WIDTHS = (3.2, 1.3, 1.0)
_PARKED_WIDTHS = (2.4, 1.8, 1.3)
_DECIDED, _PARKED = 9, 6
_ROOM_MM = 11.0


def write_agenda(language: str) -> Iterator[Statement]:
    """What happens when, for half a day, three hours and one hour, with the sheets it needs."""
    words = load_words(WORDS, language)["agenda"]
    numbers = {step.id: number for number, step in enumerate(load_steps(language), 1)}
    columns = make_columns(words["columns"], _AGENDA_WIDTHS, _AGENDA_KINDS)
    fixed = read_toml(WORDS)["agenda"]["parts"]
    parts = [{**part, "steps": fixed[name]["steps"]} for name, part in words["parts"].items()]
    rows: list[tuple[Cell, ...]] = [
        (part["title"], _tell(words, part, numbers), *_fill(words, part["minutes"]))
        for part in parts
    ]
    lengths = zip(*(part["minutes"] for part in parts), strict=True)
    rows.append((words["all"], words["unit"], *(sum(minutes) for minutes in lengths)))
    yield Statement(Heading(1, words["title"], "agenda"))
    yield Statement(Paragraph.of(words["lead"]))
    yield Statement(Table(columns, tuple(rows), words["caption"]))
    yield Statement(Paragraph.of(words["default"]))


def _tell(words: Mapping[str, Any], part: Mapping[str, Any], numbers: Mapping[str, int]) -> str:
    """What happens, with the numbers of its sheets."""
    sheets = [str(numbers[step]) for step in part["steps"]]
    if not sheets:
        return str(part["text"])
    form = words["sheet" if len(sheets) == 1 else "sheets"]
    return str(form.format(text=part["text"], numbers=", ".join(sheets)))


def _fill(words: Mapping[str, Any], minutes: list[int]) -> Iterator[Cell]:
    """Minutes, or that a length leaves it out."""
    yield from (each or words["left_out"] for each in minutes)


def write_decisions(language: str) -> Iterator[Statement]:
    """The last sheet: what was decided, who does it by when, and what waits."""
    words = load_words(WORDS, language)
    yield Statement(PageBreak())
    yield from _write_form(words["decisions"], _DECIDED_WIDTHS, _DECIDED)
    yield Statement(Blank(labels=tuple(words["decisions"]["labels"])))
    yield from _write_form(words["parking"], _PARKED_WIDTHS, _PARKED)


def _write_form(
    words: Mapping[str, Any], widths: tuple[float, ...], lines: int
) -> Iterator[Statement]:
    columns = make_columns(words["columns"], widths)
    rows = (("",) * len(columns),) * lines
    yield Statement(Heading(1, words["title"]))
    yield Statement(Paragraph.of(words["lead"]))
    table = Table(columns, rows, words["caption"], room_mm=_ROOM_MM, row_titles=False)
    yield Statement(table)
