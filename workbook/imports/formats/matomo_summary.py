"""A report of Matomo about all visits together: the summary, or the goals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workbook.imports.format import Signature, Source, VisitFormat, VisitReading
from workbook.imports.matomo import TOOL, is_answer, is_summary, read_entries
from workbook.imports.reports import Report, Role
from workbook.imports.tables import Headers, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME: Final = "matomo_summary"
_COLUMNS: Final = ("date", "visits", "any")
_VISITS: Final = ("nb_visits", "visits")
_CONVERTED: Final = ("nb_visits_converted", "visits with conversions")


def _is_header(cells: Headers) -> bool:
    ids = {"nb_visits", "nb_actions"} <= cells
    labels = {"visits", "actions", "bounce rate", "actions per visit"} <= cells
    return (ids or labels) and not {"label", "idvisit"} & cells


def _is_text(text: str) -> bool:
    told = "<nb_visits" in text or "<nb_conversions>" in text
    return is_answer(text) and told and "<label>" not in text


def _read(source: Source, reading: VisitReading) -> Iterator[Report]:
    rows = []
    for entry in read_entries(source, reading):
        cells = [
            next((entry.values[name] for name in names if name in entry.values), "")
            for names in (_VISITS, _CONVERTED)
        ]
        rows.append((entry.day, *cells))
    columns = {"visits": Role.SESSIONS, "any": Role.KEY_EVENTS}
    if any(row[0] for row in rows):
        columns["date"] = Role.DAY
    if not any(row[1] for row in rows):
        columns.pop("visits")
    numbers = source.numbers if isinstance(source, Table) else tuple(range(1, len(rows) + 1))
    table = Table(source.name, _COLUMNS, tuple(rows), numbers[: len(rows)], _COLUMNS)
    roles = {role: _COLUMNS.index(name) for name, role in columns.items()}
    kind = "matomo-summary" if Role.SESSIONS in roles else "matomo-goals"
    yield Report(NAME, TOOL, kind, table, roles)


FORMAT = VisitFormat(
    id=NAME,
    tool=TOOL,
    signature=Signature(header=_is_header, document=is_summary, text=_is_text),
    read=_read,
)
