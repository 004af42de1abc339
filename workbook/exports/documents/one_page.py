"""The one-page strategy: why, goals, places, hours, the next steps, on one sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.exports.documents._answers import cut
from workbook.exports.documents._contribution import Statement, collect
from workbook.exports.documents._heading import head, order_points
from workbook.exports.documents._open import list_dated, write_missing
from workbook.exports.report import (
    Bullets,
    Heading,
    KeyValues,
    Paragraph,
    join,
    runs,
    strong,
)
from workbook.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workbook.exports.documents._contribution import Contribution
    from workbook.exports.documents._material import Material
    from workbook.exports.report import Report

NAME = "one_page"
LONG_POINT = 170
LONG_LINE = 120
MOST_POINTS = 14
MOST_ROWS = 3
MOST_TODOS = 4
LONG_TODO = 170


def build(material: Material) -> Report:
    """The strategy on one sheet as a report."""
    return head(NAME, material, list_statements(material))


def list_statements(material: Material) -> tuple[Statement, ...]:
    """Everything the sheet says, with the reasons each block meets."""
    return tuple(_write(material))


def _write(material: Material) -> Iterator[Statement]:
    words = material.wording
    if material.plan == Plan():
        yield Statement(Paragraph.of(words["nothing_yet"]))
        yield from write_missing(material)
        return
    more = words["more"]
    parts = collect(material)
    points = [point for point in order_points(parts) if point.only != "brief"][:MOST_POINTS]
    if points:
        seeds = tuple(dict.fromkeys(seed for point in points for seed in point.seeds))
        pairs = ((point.term, _fit(join(point.value), more)) for point in points)
        yield Statement(KeyValues.of(*pairs), seeds)
    yield from _write_todos(material, parts)
    full = words[NAME]["full_open" if material.blocking else "full"]
    yield Statement(Paragraph.of(full))


def _fit(text: str, more: str) -> str:
    """At most three lines, each cut to fit a sheet, and how many more there are."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) == 1:
        return cut(lines[0], LONG_POINT)
    shown = [cut(line, LONG_LINE) for line in lines[:MOST_ROWS]]
    if len(lines) > MOST_ROWS:
        shown[-1] = f"{shown[-1]} ({more.format(count=len(lines) - MOST_ROWS)})"
    return "\n".join(shown)


def _write_todos(material: Material, parts: Sequence[Contribution]) -> Iterator[Statement]:
    todos = list_dated(material, parts)
    if not todos:
        return
    yield Statement(Heading(1, material.wording[NAME]["todos"]))
    rows = [
        runs(strong(material.day(todo.due)), f": {cut(todo.text, LONG_TODO)}")
        for todo in todos[:MOST_TODOS]
    ]
    if len(todos) > MOST_TODOS:
        rows.append(runs(material.wording["more"].format(count=len(todos) - MOST_TODOS)))
    yield Statement(Bullets.of(*rows))
