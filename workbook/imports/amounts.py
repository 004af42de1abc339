"""Counts and days as reports of visits write them, in any of the ways they are localised."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from workbook.discovery import read_toml
from workbook.imports.format import Reading
from workbook.imports.moments import read_moments
from workbook.values import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from workbook.imports.format import VisitReading

COLUMNS: Final = "imports/columns.toml"
LONGEST: Final = 60
MOST: Final = 10**12
"""More visits than anybody counts; a longer number is no count."""
_GROUPS: Final = re.compile(r"^\d{1,3}(?:([.,' \u2019])\d{3})(?:\1\d{3})*$")
_ENDING: Final = re.compile(r"[.,]0+$")
_SHORT: Final = re.compile(r"^(\d+(?:[.,]\d+)?)\s?([KkMm])$")
_FACTORS: Final = {"k": 1_000, "m": 1_000_000}
_FRACTION: Final = re.compile(r"^\d+(?:[.,]\d+)?$")
_DIGITS: Final = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:\d{2})?$", re.ASCII)
_MONTH: Final = re.compile(r"^(\d{4})-?(\d{2})$", re.ASCII)
_ISO: Final = re.compile(r"^\d{4}-\d{2}-\d{2}$", re.ASCII)
_RANGE: Final = re.compile(r"^(\d{4}-\d{2}-\d{2})\s*[,/]\s*(\d{4}-\d{2}-\d{2})$", re.ASCII)
_FIRST_DAY: Final = date(2000, 1, 1)
_LONGEST_RANGE: Final = timedelta(days=366)
_LONGEST_REPORT: Final = timedelta(days=3_660)
_EAST: Final = re.compile(r"^(\d{4})年(\d{1,2})月(\d{1,2})日$", re.ASCII)
_WORDED: Final = re.compile(
    r"^(?:[^\W\d]+\.?,?\s+)?(\d{1,2})[.º]?\s+(?:de\s+)?([^\W\d]{3,})\.?\s+(?:de\s+)?(\d{4})$"
)

Span = tuple[date, date]


def fold(text: str) -> str:
    """A name as it is compared: letters and digits alone, in small letters."""
    return re.sub(r"[\W_]+", "", text.casefold())


@lru_cache(maxsize=65_536)
def read_count(cell: str) -> int | None:
    """A whole number of zero or more as any language groups it, or None: ``1,234``, ``1.2K``."""
    text = cell.strip()
    if text.isascii() and text.isdigit():
        return _bound(int(text)) if len(text) <= LONGEST else None
    if not text or len(text) > LONGEST:
        return None
    text = re.sub(r"[\u00a0\u202f\u2009]", " ", text)
    if short := _SHORT.match(text):
        return round(float(short[1].replace(",", ".")) * _FACTORS[short[2].lower()])
    if not _GROUPS.match(text):
        text = _ENDING.sub("", text)
    if _GROUPS.match(text) or (text.isascii() and text.isdigit()):
        return _bound(int(re.sub(r"\D", "", text)))
    return None


def _bound(number: int) -> int | None:
    return number if number <= MOST else None


def read_share(cell: str) -> float | None:
    """A share between 0 and 1, written as such or in percent; None where there is none."""
    text = re.sub(r"\s", "", cell)
    factor = 0.01 if text.endswith("%") else 1.0
    text = text.removesuffix("%")
    if len(text) > LONGEST or not _FRACTION.match(text):
        return None
    share = float(text.replace(",", ".")) * factor
    return share if 0 <= share <= 1 else None


def read_duration(cell: str) -> float | None:
    """Hours from ``1:30:00``, ``1:30``, ``2.25`` or ``2,25``; None where it is neither."""
    text = cell.strip()
    if len(text) > LONGEST:
        return None
    if clock := re.fullmatch(r"(\d{1,5}):(\d{2})(?::(\d{2}))?", text, re.ASCII):
        return int(clock[1]) + int(clock[2]) / 60 + int(clock[3] or 0) / 3600
    return float(text.replace(",", ".")) if _FRACTION.match(text) and text.isascii() else None


# -- days --------------------------------------------------------------------------------------


@cache
def _months() -> dict[str, int]:
    """The months by their names in the languages that reports come in."""
    from babel.dates import get_month_names  # noqa: PLC0415 - heavy, and only for such files

    found: dict[str, int] = {}
    for language in ("en", *read_toml(COLUMNS)["words"]["months"]["languages"]):
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=language).items():
                found.setdefault(name.casefold().rstrip("."), number)
    return found


def read_spans(
    column: str, cells: Sequence[str], numbers: Sequence[int], reading: VisitReading
) -> list[Span | None] | None:
    """The days a column names, each with its first and its last day.

    Args:
        column: What the column is called, to speak of it.
        cells: Its cells: days, weeks or months.
        numbers: Where in the file each row stands.
        reading: The order of day and month, and the day after which nothing can lie; takes the
            problems.

    Returns:
        First and last day of each row, None where none can be read or it lies in the future; or
        None altogether where day and month cannot be told apart, with a problem that asks.
    """
    found: dict[str, Span | None] = {cell: _read_span(cell) for cell in set(cells)}
    left = sorted(cell for cell, span in found.items() if span is None and cell)
    others = _read_others(left, reading)
    if others is None:
        return None
    found |= others
    spans = [found[cell] for cell in cells]
    lost = [n for n, cell, span in zip(numbers, cells, spans, strict=True) if cell and not span]
    if lost:
        reading.problems.append(
            Problem("visits-days-unreadable", {"column": column, "rows": tuple(lost)})
        )
    return _drop_future(column, spans, numbers, reading)


def _drop_future(
    column: str, spans: list[Span | None], numbers: Sequence[int], reading: VisitReading
) -> list[Span | None]:
    latest = reading.today + timedelta(days=1)
    late = [n for n, span in zip(numbers, spans, strict=True) if span and span[0] > latest]
    if late:
        values = {"column": column, "rows": tuple(late)}
        reading.problems.append(Problem("visits-days-future", values))
    return [None if span and span[0] > latest else span for span in spans]


def read_span(start: str, end: str) -> Span | None:
    """The first and the last day of a report, from ISO 8601; None where they cannot be."""
    try:
        span = date.fromisoformat(start), date.fromisoformat(end)
    except ValueError:
        return None
    is_bearable = timedelta(0) <= span[1] - span[0] <= _LONGEST_REPORT
    return span if is_bearable and span[0] >= _FIRST_DAY else None


def _read_span(cell: str) -> Span | None:
    """The forms that can be read in one way only; no website was counted before 2000."""
    try:
        span = _read_numbers(cell) or _read_worded(cell) if len(cell) <= LONGEST else None
    except ValueError:
        return None
    return span if span and span[0] >= _FIRST_DAY else None


def _read_numbers(cell: str) -> Span | None:
    if _ISO.match(cell):
        return _one(date.fromisoformat(cell))
    if told := _RANGE.match(cell):
        start, end = date.fromisoformat(told[1]), date.fromisoformat(told[2])
        return (start, end) if timedelta(0) <= end - start <= _LONGEST_RANGE else None
    if told := _DIGITS.match(cell) or _EAST.match(cell):
        return _one(date(int(told[1]), int(told[2]), int(told[3])))
    if told := _MONTH.match(cell):
        year, month = int(told[1]), int(told[2])
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return None


def _read_worded(cell: str) -> Span | None:
    told = _WORDED.match(cell.casefold())
    month = _months().get(told[2], 0) if told else 0
    return _one(date(int(told[3]), month, int(told[1]))) if told and month else None


def _one(day: date) -> Span:
    return day, day


def _read_others(cells: Iterable[str], reading: VisitReading) -> Mapping[str, Span | None] | None:
    """Days in the other forms, in one order of day and month for all of them."""
    told = list(cells)
    if not told:
        return {}
    inner = Reading(zone=ZoneInfo("UTC"), day_first=reading.day_first)
    moments = read_moments({"": told}, range(len(told)), inner)
    if moments is None:
        reading.problems.extend(map(_ask_order, inner.problems))
        return None
    days = [moment.at.astimezone(UTC).date() if moment else None for moment in moments[""]]
    return {cell: _one(day) if day else None for cell, day in zip(told, days, strict=True)}


def _ask_order(problem: Problem) -> Problem:
    if problem.id != "dates-ambiguous":
        return problem
    choices = ("day-first", "month-first")
    return Problem("visits-days-ambiguous", {**problem.values, "choices": choices})
