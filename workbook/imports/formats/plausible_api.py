"""An answer of Plausible's Stats API (version 2), saved as JSON: rows by source, page and goal."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from workbook.imports.containers import Document
from workbook.imports.format import Signature, Source, VisitFormat, VisitReading
from workbook.imports.reports import Report, Role
from workbook.imports.sums import SEEN
from workbook.imports.tables import Table
from workbook.values import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NAME: Final = "plausible_api"
_DAY, _WEEK, _MONTH = ("time:day", "time"), "time:week", "time:month"
_PAGE, _GOAL = "event:page", "event:goal"
_DIMENSIONS: Final = {
    **dict.fromkeys((*_DAY, _WEEK, _MONTH), Role.DAY),
    "visit:source": Role.SOURCE,
    "visit:utm_source": Role.TAG,
    "visit:utm_medium": Role.MEDIUM,
    "visit:utm_campaign": Role.CAMPAIGN,
    "visit:referrer": Role.REFERRER,
    "visit:channel": Role.CHANNEL,
    "visit:entry_page": Role.LANDING,
    _PAGE: Role.PAGE,
    _GOAL: Role.EVENT,
}
_METRICS: Final = {
    "visits": Role.SESSIONS,
    "visitors": Role.PEOPLE,
    "pageviews": Role.VIEWS,
    "events": Role.EVENTS,
}
_KINDS: Final = {Role.EVENT: "events", Role.PAGE: "pages", Role.LANDING: "entry-pages"}
_VISITED: Final = re.compile(r"visit (/\S*)", re.IGNORECASE)
_SINGLE: Final = 1
_YEARS: Final = range(1990, 2200)


@dataclass(frozen=True, slots=True)
class _Answer:
    """The query that was asked, and the rows that came back."""

    dimensions: tuple[str, ...]
    metrics: tuple[str, ...]
    filters: tuple[Any, ...]
    start: date | None
    end: date | None
    most: int
    rows: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]


def _is_answer(value: object) -> bool:
    """Whether a JSON document holds results, and the query with the names of their columns."""
    if not isinstance(value, dict) or not isinstance(value.get("results"), list):
        return False
    query = value.get("query")
    return isinstance(query, dict) and isinstance(query.get("metrics"), list)


def _read_answer(value: Mapping[str, Any]) -> _Answer:
    query = value["query"]
    days = query.get("date_range")
    first, last = days if isinstance(days, list) and len(days) == 2 else ("", "")  # noqa: PLR2004 - first and last
    pages = query.get("pagination")
    return _Answer(
        dimensions=_texts(query.get("dimensions")),
        metrics=_texts(query["metrics"]),
        filters=tuple(query.get("filters") or ()) if isinstance(query.get("filters"), list) else (),
        start=_read_day(str(first)),
        end=_read_day(str(last)),
        most=_number(pages.get("limit") if isinstance(pages, dict) else None),
        rows=tuple(
            (_texts(row.get("dimensions")), _texts(row.get("metrics")))
            for row in value["results"]
            if isinstance(row, dict)
        ),
    )


def _texts(value: object) -> tuple[str, ...]:
    found = value if isinstance(value, list) else []
    return tuple("" if each is None else str(each) for each in found)


def _number(value: object) -> int:
    return value if isinstance(value, int) else 10_000


def _read_day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return None
    return day if day.year in _YEARS else None


# -- rows --------------------------------------------------------------------------------------


def _read(source: Source, reading: VisitReading) -> Iterator[Report]:
    if not isinstance(source, Document) or not isinstance(source.value, dict):
        return
    answer = _read_answer(source.value)
    fixed = _read_filters(answer)
    if fixed is None:
        reading.problems.append(Problem("visits-filtered", {"name": source.name}))
        return
    if len(answer.rows) >= answer.most:
        reading.problems.append(Problem("visits-cut", {"name": source.name}))
    columns = [*answer.dimensions, *fixed, *answer.metrics]
    shape = (len(answer.dimensions), len(answer.metrics))
    whole = [row for row in answer.rows if tuple(map(len, row)) == shape]
    rows = [[*_write_days(answer, dims), *fixed.values(), *metrics] for dims, metrics in whole]
    if _GOAL in columns:
        _part_goals(columns, rows)
    roles = {r: at for at, name in enumerate(columns) if (r := _role_of(name)) is not None}
    names = tuple(columns)
    cells = tuple(tuple(row) for row in rows)
    table = Table(source.name, names, cells, tuple(range(1, len(cells) + 1)), names)
    kind = next((each for role, each in _KINDS.items() if role in roles), "sources")
    kind = kind if roles.keys() & {Role.SESSIONS, Role.PEOPLE, Role.EVENTS} else "other"
    yield Report(NAME, "plausible", f"plausible-{kind}", table, roles, answer.start, answer.end)


def _role_of(name: str) -> Role | None:
    return _DIMENSIONS.get(name) or _METRICS.get(name)


def _read_filters(answer: _Answer) -> dict[str, str] | None:
    """What a filter says of all rows, by dimension; None where it leaves visits out unseen.

    A filter on what a column shows takes rows away and changes none. One on a single page, goal or
    source says what is true of every row.
    """
    fixed: dict[str, str] = {}
    for each in answer.filters:
        if not isinstance(each, list) or len(each) < 3 or not isinstance(each[2], list):  # noqa: PLR2004 - operator, dimension, values
            return None
        operator, dimension, values = str(each[0]), str(each[1]), each[2]
        if dimension in answer.dimensions:
            continue
        single = operator == "is" and len(values) == _SINGLE and dimension in _DIMENSIONS
        if not single or dimension in fixed:
            return None
        fixed[dimension] = str(values[0])
    return fixed


def _write_days(answer: _Answer, dimensions: tuple[str, ...]) -> list[str]:
    """The cells of a row; a week or a month as its first and last day within the period."""
    return [
        _write_span(name, cell, answer) if _DIMENSIONS.get(name) is Role.DAY else cell
        for name, cell in zip(answer.dimensions, dimensions, strict=True)
    ]


def _write_span(name: str, cell: str, answer: _Answer) -> str:
    first = _read_day(cell)
    if first is None or name in _DAY:
        return cell
    days = 7 if name == _WEEK else monthrange(first.year, first.month)[1]
    last = first + timedelta(days=days - 1)
    first, last = max(first, answer.start or first), min(last, answer.end or last)
    return f"{first.isoformat()},{last.isoformat()}"


def _part_goals(columns: list[str], rows: list[list[str]]) -> None:
    """A goal that is a page, “Visit /contact”, as this page; the others stay events."""
    goal = columns.index(_GOAL)
    if _PAGE not in columns:
        columns.append(_PAGE)
        for row in rows:
            row.append("")
    page = columns.index(_PAGE)
    for row in rows:
        visited = _VISITED.fullmatch(row[goal].strip())
        if visited:
            row[goal], row[page] = SEEN, visited[1]


FORMAT = VisitFormat(
    id=NAME,
    tool="plausible",
    signature=Signature(document=_is_answer),
    read=_read,
)
"""What Plausible's Stats API answers to a query; the query in it names the columns."""
