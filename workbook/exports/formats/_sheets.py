"""A report as the cells of a spreadsheet: its words line by line, and its tables as they are."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from workbook.exports.formats._cells import spell, words_for
from workbook.exports.report import Figure, Heading, KeyValues, Table, join, read_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook.exports.report import Block, Cell, Column, Report

_ACTING = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet program takes for the beginning of a formula."""


def is_acting(text: str) -> bool:
    """Whether a spreadsheet program would take a text for a formula."""
    return text.startswith(_ACTING)


def make_harmless(text: str) -> str:
    """A text that no spreadsheet program takes for a formula."""
    return f"'{text}" if is_acting(text) else text


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with the caption it has in the report."""

    caption: str
    table: Table


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the report's words: a heading of a level, or text (level 0)."""

    text: str
    level: int = 0
    beside: str = ""
    """What stands beside it, for a term and its answer."""


def list_sheets(report: Report) -> list[Sheet]:
    """Every table that has rows, those behind figures included, numbered as in the report."""
    words, found = words_for(report.language), []
    tables, figures = count(1), count(1)
    for block in report.blocks:
        if isinstance(block, Figure):
            found.append(Sheet(_name(words, "figure", next(figures), block.caption), block.table))
        elif isinstance(block, Table):
            number = next(tables) if block.caption else 0
            caption = _name(words, "table", number, block.caption) if number else words["table"]
            found.append(Sheet(caption, block))
    return [sheet for sheet in found if sheet.table.rows]


def _name(words: Mapping[str, str], kind: str, number: int, caption: str) -> str:
    return words["caption"].format(label=words[kind], number=number, caption=caption)


def list_lines(report: Report) -> Iterator[Line]:
    """The words of the report in reading order, without its tables."""
    yield Line(report.title, 1)
    for text in (report.subtitle, report.header_note):
        if text:
            yield Line(text)
    for block in report.walk():
        yield from _list_block(block)
    if not report.blocks:
        yield Line(words_for(report.language)["empty-report"])
    if report.footer_note:
        yield Line(report.footer_note)


def _list_block(block: Block) -> Iterator[Line]:
    if isinstance(block, Heading):
        yield Line(block.text, block.level + 1)
    elif isinstance(block, KeyValues):
        yield from (Line(term, beside=join(value)) for term, value in block.pairs)
    elif isinstance(block, Table):
        if not block.rows and block.empty:
            yield Line(block.empty)
    else:
        yield from (Line(text) for text in read_lines(block) if text)


def write_text(cell: Cell, column: Column, language: str) -> str:
    """A cell as text; what is empty stays empty, and a link shows where it leads."""
    if cell is None or cell in ((), ""):
        return ""
    return "".join(
        f"{run.text} ({run.link})" if run.link and run.link != run.text else run.text
        for run in spell(cell, column, language)
    )
