"""The strategy: everything that is decided, with reasons, what is open, and what to do when.

In short it leaves out what stands in another document too, and says where; in full it leaves
out nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.content import load_steps
from workbook.exports.documents._answers import collect_seeds, cut, write_answers
from workbook.exports.documents._contribution import (
    Contribution,
    Line,
    Statement,
    collect,
    read_statements,
)
from workbook.exports.documents._grounds import (
    list_sources,
    write_decided,
    write_defaults,
    write_elsewhere,
    write_made,
    write_sources,
)
from workbook.exports.documents._heading import head, order_points
from workbook.exports.documents._open import write_findings, write_missing, write_todos
from workbook.exports.documents._shortening import shorten
from workbook.exports.documents._terms import write_terms
from workbook.exports.report import Heading, KeyValues, Paragraph, join
from workbook.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workbook.exports.documents._material import Material
    from workbook.exports.report import Report

NAME = "strategy"
HEEDS = ("questions", "reasons", "empty", "sources", "numbers", "open_findings", "length")
FORMATS = ("docx", "pdf", "html", "markdown", "xlsx")
BUNDLED = ("docx", "pdf")
"""Its tables stand in documents of their own, which are in the bundle as tables too."""
LONG_POINT = 320
LONG_LINE = 160


def build(material: Material) -> Report:
    """The strategy of a plan as a report."""
    return head(NAME, material, write(material), contents=material.switches.in_full)


def write(material: Material) -> Iterator[Statement]:
    """Everything the strategy says, block by block, with the reasons each block meets."""
    rest = material.wording["elsewhere"]["rest"]
    for statement in _write(material):
        yield statement if material.switches.in_full else shorten(statement, rest)


def list_lines(material: Material) -> tuple[Line, ...]:
    """The lines of the strategy as they are written, each with the reasons it meets."""
    return tuple(read_statements(write(material)))


def seeds_met(material: Material) -> dict[str, frozenset[str]]:
    """The reasons that lines of this strategy meet, each with the steps whose lines do."""
    found: dict[str, set[str]] = {}
    for line in list_lines(material):
        for seed in line.seeds:
            found.setdefault(seed, set()).add(line.step)
    return {seed: frozenset(steps) for seed, steps in found.items()}


def _write(material: Material) -> Iterator[Statement]:
    parts = collect(material)
    sources = list_sources(material, parts)
    yield from _write_brief(material, parts)
    for part in parts:
        body = [each for each in part.body if material.switches.in_full or not each.is_detail]
        if body:
            yield Statement(Heading(1, part.title, part.step), step=part.step)
            yield from body
    if material.switches.reasons:
        yield from write_decided(material, parts)
    yield from _write_open(material, parts, sources)
    yield from _write_appendix(material, parts, sources)


def _write_brief(material: Material, parts: Sequence[Contribution]) -> Iterator[Statement]:
    """The strategy in half a page, and what is missing from it."""
    words = material.wording
    if material.plan == Plan():
        yield Statement(Paragraph.of(words["nothing_yet"]))
    in_full = material.switches.in_full
    points = [point for point in order_points(parts) if in_full or not point.only]
    if points:
        yield Statement(Heading(1, words["in_brief"], "brief"))
        seeds = tuple(dict.fromkeys(seed for point in points for seed in point.seeds))
        pairs = ((point.term, _fit(join(point.value))) for point in points)
        yield Statement(KeyValues.of(*pairs), seeds)
    yield from write_missing(material, parts)


def _fit(text: str) -> str:
    lines = text.split("\n")
    most = LONG_POINT if len(lines) == 1 else LONG_LINE
    return text if len(text) <= LONG_POINT else "\n".join(cut(line, most) for line in lines if line)


def _write_open(
    material: Material, parts: Sequence[Contribution], sources: Sequence[str]
) -> Iterator[Statement]:
    if material.switches.open_findings:
        yield from write_findings(material, parts, sources)
    yield from write_todos(material, parts)


def _write_appendix(
    material: Material, parts: Sequence[Contribution], sources: Sequence[str]
) -> Iterator[Statement]:
    switches = material.switches
    if switches.questions or switches.empty:
        yield from _write_all(material)
    yield from write_defaults(material, sources)
    yield from write_elsewhere(material, parts)
    if switches.sources:
        yield from write_sources(material, sources)
    yield from write_terms(material)
    yield from write_made(material)


def _write_all(material: Material) -> Iterator[Statement]:
    """Every answer of every step, so that nothing said is lost."""
    steps = [(step, tuple(write_answers(material, step))) for step in load_steps(material.language)]
    if any(statements for _, statements in steps):
        yield Statement(Heading(1, material.wording["all"]["title"], "all"))
    for step, statements in steps:
        if statements:
            yield Statement(Heading(2, step.title), collect_seeds(()), step.id)
            yield from statements
