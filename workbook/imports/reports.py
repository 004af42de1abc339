"""Reports of visits and their rows, read by the roles of their columns.

Every tool has its own names for the same few things: a source, a page, an event, a day, visits.
A format says which column is which; the rules for reading rows stand here once.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from workbook.imports.amounts import read_count, read_share, read_spans
from workbook.imports.columns import is_header
from workbook.imports.places import Origin, read_origin
from workbook.imports.tables import clean_cell
from workbook.measurement.targets import clean_event, clean_path
from workbook.values import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from workbook.imports.amounts import Span
    from workbook.imports.format import VisitReading
    from workbook.imports.tables import Table

_LONGEST_TITLE: Final = 80
_LONGEST_CELL: Final = 2000
"""Letters of a cell that are looked at; no source, page or event has a longer name."""
_TELL_EVERY: Final = 2000
"""Rows between two words on how far the reading is."""
_SAME: Final = frozenset(
    {"total", "grand total", "totals", "gesamt", "gesamtsumme", "insgesamt"}
    | {"totales", "total general", "suma total"}
)


class Role(StrEnum):
    """What a column of a report holds."""

    DAY = "day"
    TAG = "tag"
    SOURCE_MEDIUM = "source_medium"
    SOURCE = "source"
    MEDIUM = "medium"
    CAMPAIGN = "campaign"
    REFERRER = "referrer"
    CHANNEL = "channel"
    FIRST_TOUCH = "first_touch"
    LANDING = "landing"
    PAGE = "page"
    EVENT = "event"
    SESSIONS = "sessions"
    PEOPLE = "people"
    VIEWS = "views"
    EVENTS = "events"
    KEY_EVENTS = "key_events"
    KEY_RATE = "key_rate"
    SERVICES = "services"
    CONTACT = "contact"
    USED = "used"


PLACES: Final = frozenset({Role.TAG, Role.SOURCE_MEDIUM, Role.SOURCE, Role.REFERRER, Role.CHANNEL})
NAMES: Final = PLACES - {Role.CHANNEL}
"""Columns that may name a network."""
TEXTS: Final = PLACES | {
    Role.DAY,
    Role.MEDIUM,
    Role.CAMPAIGN,
    Role.FIRST_TOUCH,
    Role.LANDING,
    Role.PAGE,
    Role.EVENT,
}
COUNTS: Final = frozenset({
    Role.SESSIONS, Role.PEOPLE, Role.VIEWS, Role.EVENTS, Role.KEY_EVENTS,
    Role.SERVICES, Role.CONTACT, Role.USED,
})  # fmt: skip
"""Columns that hold a number of something."""
_ADD_UP: Final = (Role.EVENTS, Role.VIEWS, Role.KEY_EVENTS)
"""Counts that come to the total of all rows, whatever the rows are divided by."""


@dataclass(frozen=True, slots=True)
class Report:
    """A table of visits with the role of each column that is of use."""

    source: str
    tool: str
    kind: str
    """What it is called in the tool, by the key of its words."""
    table: Table
    roles: Mapping[Role, int]
    """Where the column of a role stands."""
    start: date | None = None
    end: date | None = None

    def title(self, role: Role) -> str:
        """What the column of a role is called in the file; cut off where it is no name."""
        return self.table.heading[self.roles[role]].strip()[:_LONGEST_TITLE]


@dataclass(slots=True)
class Row:
    """One row whose days could be read."""

    place: str | None
    span: Span | None
    page: str
    event: str
    channel: str
    counts: Mapping[Role, int]
    """What could be read; rows that count the same share it."""
    key_rate: float | None


def read_rows(report: Report, reading: VisitReading) -> Iterator[Row]:
    """The rows of a report, totals left out; what cannot be read of them becomes problems.

    A cell of a count that cannot be read is not in the counts of its row, and never 0.
    """
    table, roles = report.table, report.roles
    kept = _keep(report, reading)
    spans: Sequence[Span | None] | None = [None] * len(kept)
    if Role.DAY in roles:
        column = report.title(Role.DAY)
        cells = [clean_cell(table.rows[at][roles[Role.DAY]]) for at in kept]
        spans = read_spans(column, cells, [table.numbers[at] for at in kept], reading)
    if spans is None:
        return
    unread: dict[Role, list[int]] = {}
    shared: dict[tuple[tuple[Role, int], ...], Mapping[Role, int]] = {}
    for done, (at, span) in enumerate(zip(kept, spans, strict=True)):
        if not done % _TELL_EVERY:
            reading.tell(done / len(kept))
        row = _read_row(table.rows[at], table.numbers[at], report, unread)
        if Role.DAY in roles and span is None:
            continue
        row.span = span
        row.counts = shared.setdefault(tuple(row.counts.items()), row.counts)
        yield row
    _tell_unread(report, unread, reading)
    _check_total(report, reading, kept)


def _read_row(
    cells: tuple[str, ...], number: int, report: Report, unread: dict[Role, list[int]]
) -> Row:
    def cell(role: Role) -> str:
        return clean_cell(cells[report.roles[role]][:_LONGEST_CELL]) if role in report.roles else ""

    counts = {}
    for role in report.roles:
        if role in COUNTS:
            count = read_count(cell(role))
            if count is None:
                unread.setdefault(role, []).append(number)
            else:
                counts[role] = count
    origin = Origin(
        tag=cell(Role.TAG),
        source=cell(Role.SOURCE_MEDIUM) or cell(Role.SOURCE),
        medium=cell(Role.MEDIUM),
        campaign=cell(Role.CAMPAIGN),
        referrer=cell(Role.REFERRER),
        channel=cell(Role.CHANNEL),
    )
    return Row(
        place=read_origin(origin),
        span=None,
        page=clean_path(cell(Role.PAGE)),
        event=clean_event(cell(Role.EVENT)),
        channel=origin.channel,
        counts=counts,
        key_rate=read_share(cell(Role.KEY_RATE)),
    )


def _keep(report: Report, reading: VisitReading) -> list[int]:
    """Which rows are rows of the report: no totals, and nothing of another table below it."""
    texts = [at for role, at in report.roles.items() if role in TEXTS]
    counts = [at for role, at in report.roles.items() if role in COUNTS]
    kept = []
    for at, row in enumerate(report.table.rows):
        if all(read_count(row[n]) is None for n in counts) and is_header(row):
            rest = tuple(report.table.numbers[at:])
            reading.problems.append(Problem("visits-other-table", {"rows": rest}))
            break
        told = [row[n].strip() for n in texts]
        if not texts or (any(told) and told[0].casefold() not in _SAME):
            kept.append(at)
    return kept


def _tell_unread(report: Report, unread: Mapping[Role, list[int]], reading: VisitReading) -> None:
    for role, numbers in unread.items():
        values = {"column": report.title(role), "rows": tuple(numbers)}
        reading.problems.append(Problem("visits-count-unreadable", values))


def _check_total(report: Report, reading: VisitReading, kept: list[int]) -> None:
    """Hold what the rows come to against the total that the tool wrote."""
    texts = [at for role, at in report.roles.items() if role in TEXTS]
    totals = [
        row for row in report.table.rows if texts and not any(row[at].strip() for at in texts)
    ]
    for role in _ADD_UP:
        if len(totals) != 1 or role not in report.roles:
            continue
        at = report.roles[role]
        whole = read_count(clean_cell(totals[0][at]))
        summed = sum(read_count(clean_cell(report.table.rows[n][at])) or 0 for n in kept)
        if whole is not None and summed < whole:
            values = {"column": report.title(role), "whole": whole, "read": summed}
            reading.problems.append(Problem("visits-rows-missing", values))
            return
