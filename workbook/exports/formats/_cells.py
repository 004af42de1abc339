"""What every format shares: words in the report's language, and numbers and dates spelled out."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, TypeGuard

from workbook.content import load_words
from workbook.discovery import exists
from workbook.exports.report import Blank, Heading, Paragraph, Run, Runs, Table, join

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook.exports.report import Block, Cell, Column

_WORDS = "exports/words.toml"
_SHORT_LEAD = 240


def words_for(language: str) -> Mapping[str, str]:
    """The words every document carries, in the nearest language there is."""
    known = exists(f"translations/{language}/{_WORDS}")
    return load_words(_WORDS, language if known else language.partition("-")[0])


def spell_cell(cell: Cell, column: Column, table: Table, language: str) -> Runs:
    """A cell of a table as text; what is left to write in by hand stays empty."""
    if table.room_mm and cell in (None, (), ""):
        return ()
    return spell(cell, column, language)


def is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left."""
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False


def is_lead(block: Block, before: Block | None, after: Block | None) -> TypeGuard[Paragraph]:
    """Whether a block has to stand on one sheet with what follows it.

    That is a question with the room for its answer, and a short paragraph below a heading; with
    another heading below it, it leads to nothing.
    """
    if not isinstance(block, Paragraph):
        return False
    if isinstance(after, Blank) or (isinstance(after, Table) and after.room_mm > 0):
        return True
    is_short = len(join(block.runs)) <= _SHORT_LEAD
    return isinstance(before, Heading) and is_short and not isinstance(after, Heading | None)


def spell(cell: Cell, column: Column, language: str) -> Runs:
    """A cell as text: numbers, money and dates in the manner of the language."""
    if cell is None or cell in ((), ""):
        return (Run(words_for(language)["empty-cell"]),)
    if isinstance(cell, tuple):
        return cell
    return (Run(cell if isinstance(cell, str) else _spell_value(cell, column, language)),)


def _spell_value(value: float | Decimal | date, column: Column, language: str) -> str:
    from babel import dates, numbers  # noqa: PLC0415 - loaded when a number is written

    locale = _locale(language)
    if isinstance(value, datetime):
        return str(dates.format_datetime(value, format="medium", locale=locale))
    if isinstance(value, date):
        return str(dates.format_date(value, format="medium", locale=locale))
    if column.kind == "percent":
        share = Decimal(str(value)) / 100
        text = numbers.format_percent(share, locale=locale, decimal_quantization=False)
    elif column.kind == "money" and column.unit:
        text = numbers.format_currency(value, column.unit, locale=locale)
    else:
        text = numbers.format_decimal(value, locale=locale)
    return str(text)


@cache
def _locale(language: str) -> Any:  # noqa: ANN401 - babel has no types
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - loaded when used

    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")
