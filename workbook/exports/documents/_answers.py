"""A step's answers written out by themselves: short ones as terms, lists as tables or entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.checks.progress import is_asked
from workbook.content import Question, load_step
from workbook.exports.documents._contribution import (
    Contribution,
    Decided,
    Point,
    Statement,
    load_report_words,
)
from workbook.exports.report import (
    Column,
    KeyValues,
    Paragraph,
    Table,
    runs,
    split_paragraphs,
    strong,
)
from workbook.exports.text import clean
from workbook.plan import read_answer, step_names
from workbook.wording import cut_line, offer_entries, title_records, write_answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from workbook.content import Step
    from workbook.exports.documents._material import Material
    from workbook.exports.report import Block
    from workbook.values import Record

MOST_COLUMNS = 5
LONG_CELL = 420
SHORT_CELL = 160
LONG_TITLE = 90
STEP_ORDER = 10


def write_step(material: Material, step_name: str) -> Contribution:
    """What a step without prose of its own contributes: its answers, points and decisions."""
    step = load_step(step_name, material.language)
    words = load_report_words(step_name, material.language)
    return Contribution(
        step=step_name,
        title=str(words.get("title", step.title)),
        order=int(words.get("order", STEP_ORDER * (1 + step_names().index(step_name)))),
        body=tuple(write_answers(material, step, _choose_names(step, words))),
        points=tuple(write_points(material, step)),
        decisions=tuple(write_decisions(material, step)),
    )


def _choose_names(step: Step, words: Mapping[str, Any]) -> list[str]:
    left_out = words.get("leave_out", ())
    return [n for section in step.sections for n in section.questions if n not in left_out]


def write_points(material: Material, step: Step) -> Iterator[Point]:
    """The answers that ``report.toml`` puts among the points in brief."""
    for entry in load_report_words(step.id, material.language).get("points", ()):
        question = step.questions[entry["question"]]
        text = material.answer(question.path)
        if text or material.switches.empty:
            shown = text or material.wording["not_said"]
            seeds = question.seeds if text else ()
            yield Point(entry["term"], runs(shown), entry["order"], seeds, step.id)


def write_decisions(material: Material, step: Step) -> Iterator[Decided]:
    """The answers that ``report.toml`` lists as decisions, each because of its own answer."""
    for entry in load_report_words(step.id, material.language).get("decisions", ()):
        question = step.questions[entry["question"]]
        answer = material.answer(question.path)
        if answer and answer != question.unknown:
            because = material.wording["because"].format(question=question.label, answer=answer)
            reason = f"{because} {entry.get('because', '')}".strip()
            yield Decided(entry["what"].format(answer=answer), reason, question.seeds, step.id)


def write_answers(
    material: Material, step: Step, names: Sequence[str] | None = None
) -> Iterator[Statement]:
    """The answers of a step, or some of them, in the order they are asked."""
    pairs: list[tuple[Question, str]] = []
    for name in names or [n for section in step.sections for n in section.questions]:
        question = step.questions[name]
        value = read_answer(material.plan, question.path)
        if question.kind == "records" and value:
            yield from _write_pairs(material, step, pairs)
            pairs = []
            yield from _write_records(material, step, question, value)
        elif text := material.answer(question.path) or _write_empty(material, question):
            pairs.append((question, text))
    yield from _write_pairs(material, step, pairs)


def _write_empty(material: Material, question: Question) -> str:
    asked = material.switches.empty and is_asked(question, material.plan)
    return str(material.wording["not_said"]) if asked else ""


def _write_pairs(
    material: Material, step: Step, pairs: list[tuple[Question, str]]
) -> Iterator[Statement]:
    if pairs:
        terms = ((name_term(material, step, question), text) for question, text in pairs)
        yield Statement(KeyValues.of(*terms), collect_seeds(q for q, _ in pairs), step.id)


def collect_seeds(questions: Iterable[Question]) -> tuple[str, ...]:
    """The reasons that questions meet, each once."""
    return tuple(dict.fromkeys(seed for question in questions for seed in question.seeds))


def name_term(material: Material, step: Step, question: Question) -> str:
    """What an answer is called: as it was asked, or in short."""
    if material.switches.questions:
        return question.label
    terms = load_report_words(step.id, material.language).get("terms", {})
    short = question.path.removeprefix(f"{step.id}.").replace(".*.", "-")
    return str(terms.get(short) or question.subject[:1].upper() + question.subject[1:])


def _write_records(
    material: Material, step: Step, question: Question, records: Sequence[Record]
) -> Iterator[Statement]:
    fields = [f for f in question.fields if _is_shown(material, f, records)]
    if not fields:
        return
    terms = [name_term(material, step, field) for field in fields]
    rows = [[_write_field(material, f, record) for f in fields] for record in records]
    title = name_term(material, step, question)
    seeds = collect_seeds([question, *fields])
    for block in lay_out_rows(
        material, terms, rows, title, titles=name_records(question, records, material)
    ):
        yield Statement(block, seeds, step.id)


def _is_shown(material: Material, field: Question, records: Sequence[Record]) -> bool:
    given = any(getattr(record, field.id) not in (None, (), "") for record in records)
    return given or bool(_write_empty(material, field))


def _write_field(material: Material, field: Question, record: Record) -> str:
    offered = offer_entries(field, material.plan, material.language)
    return write_answer(offered, getattr(record, field.id), material.language)


def name_records(question: Question, records: Sequence[Record], material: Material) -> list[str]:
    """What each entry of a list is called: by its own answers, else by its number."""
    titles = title_records(
        offer_entries(question, material.plan, material.language), records, material.language
    )
    return [cut(title, LONG_TITLE) for title in titles]


def lay_out_rows(
    material: Material,
    terms: Sequence[str],
    rows: Sequence[Sequence[str | date]],
    caption: str,
    *,
    titles: Sequence[str] = (),
    widths: Sequence[float] = (),
) -> Iterator[Block]:
    """Rows as a table, where a long text follows in full below it; as entries when too wide.

    Args:
        material: What the document is made of.
        terms: What the cells are called.
        rows: The cells as texts or days, one for each term.
        caption: What the rows are about.
        titles: What each row is called; else its first cell names it.
        widths: How wide the columns are beside each other.
    """
    told = [[c if isinstance(c, str) else material.day(c) for c in row] for row in rows]
    named = [titles[at] if titles else cut(row[0], LONG_TITLE) for at, row in enumerate(told)]
    if len(terms) > MOST_COLUMNS:
        yield from _lay_out_entries(terms, told, named)
        return
    below = material.wording["below"]
    shown = [[_shorten(cell, below) for cell in row] for row in rows]
    shares = widths or [1.0] * len(terms)
    columns = tuple(Column(t, width=w) for t, w in zip(terms, shares, strict=True))
    yield Table(columns, tuple(tuple(row) for row in shown), caption)
    for name, row in zip(named, told, strict=True):
        for term, cell in zip(terms, row, strict=True):
            if len(cell) > LONG_CELL:
                title = material.wording["shown"].format(term=name, value=term)
                yield Paragraph.of(strong(title))
                yield from split_paragraphs(cell)


def _shorten(cell: str | date, below: str) -> str | date:
    if not isinstance(cell, str):
        return cell
    return cell if len(cell) <= LONG_CELL else f"{cut(cell, SHORT_CELL)} {below}"


def _lay_out_entries(
    terms: Sequence[str], rows: Sequence[Sequence[str]], named: Sequence[str]
) -> Iterator[Block]:
    for name, row in zip(named, rows, strict=True):
        yield Paragraph.of(strong(name))
        yield KeyValues.of(*((t, cell) for t, cell in zip(terms, row, strict=True) if cell))


def cut(text: str, most: int) -> str:
    """A text in one line of at most so many characters, cut at a word where it is longer."""
    return cut_line(clean(text), most)
