"""Long answers in a short document: their beginning, and where the rest stands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workbook.exports.documents._answers import cut
from workbook.exports.report import (
    Block,
    Bullets,
    Callout,
    KeyValues,
    Numbered,
    Paragraph,
    Quote,
    emphasis,
    join,
)

if TYPE_CHECKING:
    from workbook.exports.documents._contribution import Statement
    from workbook.exports.report import Runs

LONG_ANSWER = 600
"""Letters after which a short document leaves the rest of an answer to a longer one."""


def shorten(statement: Statement, rest: str) -> Statement:
    """A statement whose long texts end after some words, with where the rest of each stands."""
    return replace(statement, block=_shorten(statement.block, rest))


def _shorten(block: Block, rest: str) -> Block:
    match block:
        case Paragraph() | Quote():
            return replace(block, runs=_cut(block.runs, rest))
        case Bullets() | Numbered():
            return replace(block, items=tuple(_cut(item, rest) for item in block.items))
        case KeyValues():
            pairs = tuple((term, _cut(value, rest)) for term, value in block.pairs)
            return replace(block, pairs=pairs)
        case Callout():
            blocks: Any = tuple(_shorten(each, rest) for each in block.blocks)
            return replace(block, blocks=blocks)
    return block


def _cut(stretches: Runs, rest: str) -> Runs:
    """The stretches up to the one with which they get too long, and that one cut."""
    if len(join(stretches)) <= LONG_ANSWER:
        return stretches
    kept, room = [], LONG_ANSWER
    for run in stretches:
        if len(run.text) > room:
            kept.append(replace(run, text=cut(run.text, room) if room else ""))
            break
        kept.append(run)
        room -= len(run.text)
    return (*kept, emphasis(f" {rest}"))
