"""Blank worksheets of every step, for paper: questions, boxes to tick, and lines to write on.

An agenda stands before them, and a sheet for what is decided after them, for a workshop.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workbook.content import find_question, load_steps
from workbook.exports.documents._contribution import Statement
from workbook.exports.documents._heading import head
from workbook.exports.documents._workshop import write_agenda, write_decisions
from workbook.exports.report import (
    Blank,
    Column,
    Heading,
    Numbered,
    PageBreak,
    Paragraph,
    Table,
    emphasis,
    plain,
    runs,
    strong,
)
from workbook.wording import smooth

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook.content import Question, ShowIf, Step
    from workbook.exports.documents._material import Material
    from workbook.exports.report import Cell, Report, Runs

NAME = "worksheets"
HEEDS: tuple[str, ...] = ()
MOST_BOXES = 12
"""With more options than these, one line to write on takes their place."""
SHORT_OPTION = 44
ENTRIES = 3
"""How many entries of a list have a column of their own; more go onto another copy."""
LONG_LINES = 3
ROOM_MM = 7.5
LONG_ROOM_MM = 11.0
SENTENCES = 2
_LONG = {"long_text", "guarded_long_text", "counts"}
_END = re.compile(r"(?<=[.?\u3002\uff1f])\s+(?=\S)")
_WEIGHT = re.compile(r"\*\*")


def build(material: Material) -> Report:
    """The worksheets of every step as a report; nothing that was answered stands in them."""
    words = material.wording[NAME]
    made = head(NAME, material, write(material))
    return replace(made, subtitle=words["subtitle"], header_note="", footer_note=words["title"])


def write(material: Material) -> Iterator[Statement]:
    """The agenda, every question of every step, each step on sheets of its own, and decisions."""
    words = material.wording[NAME]
    yield Statement(Paragraph.of(words["lead"]))
    yield Statement(Paragraph.of(words["short"].format(mark=words["mark"])))
    yield Statement(Blank(labels=tuple(words["labels"])))
    steps = load_steps(material.language)
    listed = (words["sheet"].format(task=step.task, minutes=step.minutes) for step in steps)
    yield from write_agenda(material.language)
    yield Statement(PageBreak())
    yield Statement(Heading(1, words["sheets"]))
    yield Statement(Numbered.of(*listed))
    for number, step in enumerate(steps, 1):
        yield Statement(PageBreak(), step=step.id)
        yield from _write_step(material, step, number)
    yield from write_decisions(material.language)


def _write_step(material: Material, step: Step, number: int) -> Iterator[Statement]:
    words, count = material.wording[NAME], 0
    title = words["step"].format(number=number, title=step.title)
    yield Statement(Heading(1, title, step.id), step=step.id)
    yield Statement(Paragraph.of(_say_why(step)), step=step.id)
    if step.have_ready:
        ready = words["ready"].format(things="; ".join(step.have_ready))
        yield Statement(Paragraph.of(emphasis(ready)), step=step.id)
    for section in step.sections:
        yield Statement(Heading(2, section.title), step=step.id)
        for name in section.questions:
            count += 1
            asked, place = step.questions[name], f"{number}.{count}"
            for block in _ask(material, asked, place):
                yield Statement(block, asked.seeds, step.id)


def _say_why(step: Step) -> str:
    """The first sentences of why the step is there."""
    text = _WEIGHT.sub("", " ".join(step.guidance.split("\n\n")[0].split()))
    return " ".join(_END.split(text)[:SENTENCES])


def _ask(material: Material, question: Question, place: str) -> Iterator[Paragraph | Blank | Table]:
    """A question with its hint, and room for the answer."""
    words = material.wording[NAME]
    mark = f" {words['mark']}" if question.short else ""
    parts: list[Any] = [strong(f"{place}\u2002{question.label}{mark}")]
    parts += [plain(f"\n{text}") for text in (question.hint, _say_when(material, question)) if text]
    if question.kind == "records":
        parts.append(plain("\n" + words["entries"].format(count=ENTRIES, add=question.record)))
        yield Paragraph(runs(*parts))
        yield _list_entries(material, question)
        return
    boxes = _draw_boxes(question, words)
    if boxes:
        parts.append(plain(f"\n{boxes}"))
    yield Paragraph(runs(*parts))
    lines = _count_lines(question)
    if lines:
        yield Blank(lines)


def _say_when(material: Material, question: Question) -> str:
    """When the question is asked at all, where that depends on another answer."""
    shown: ShowIf | None = question.show_if
    if shown is None:
        return ""
    words = material.wording[NAME]
    other = find_question(shown.question, material.language)
    named = [shown.is_] if shown.is_ else [shown.is_not] if shown.is_not else shown.any_of
    answers = words["or"].join(other.label_of(value) for value in named if value)
    form = "unless" if shown.is_not else "only_if" if answers else "if_answered"
    return str(words[form].format(question=other.label, answer=smooth(answers, material.language)))


def _draw_boxes(question: Question, words: Mapping[str, Any]) -> str:
    """The options with a box before each, on as many lines as they need."""
    if question.ends:
        return str(words["scale"].format(low=question.ends[0], high=question.ends[1]))
    options = [option.label for option in question.options]
    few = options if len(options) <= MOST_BOXES else []
    if question.unknown:
        few = [*few, question.unknown]
    return "\u2002 ".join(_keep_together(f"{words['box']} {label}") for label in few)


def _keep_together(text: str) -> str:
    """A short text in one line."""
    return text.replace(" ", "\u00a0") if len(text) <= SHORT_OPTION else text


def _count_lines(question: Question) -> int:
    """How many lines to write on a question needs."""
    if question.ends or 0 < len(question.options) <= MOST_BOXES:
        return 0
    return LONG_LINES if question.kind in _LONG else 1


def _list_entries(material: Material, question: Question) -> Table:
    """The questions of a list below each other, with a column for each of a few entries."""
    words = material.wording[NAME]
    titles = [words["entry"].format(record=question.record, number=n + 1) for n in range(ENTRIES)]
    columns = (
        Column(words["question"], width=1.7),
        *(Column(title[:1].upper() + title[1:]) for title in titles),
    )
    blank: tuple[Cell, ...] = ("",) * ENTRIES
    rows = tuple((_word_field(field, words), *blank) for field in question.fields)
    is_long = any(field.kind in _LONG for field in question.fields)
    return Table(columns, rows, room_mm=LONG_ROOM_MM if is_long else ROOM_MM)


def _word_field(field: Question, words: Mapping[str, Any]) -> Runs:
    """A question of an entry, with what may be chosen."""
    options = [option.label for option in field.options]
    if not options or len(options) > MOST_BOXES:
        return runs(field.label)
    return runs(field.label, emphasis("\n" + words["choose"].format(options="; ".join(options))))
