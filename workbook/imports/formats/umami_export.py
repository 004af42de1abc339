"""The CSV files in the zip that Umami exports: columns x and y, whose meaning is in the name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from workbook.imports.amounts import read_count
from workbook.imports.format import Signature, Source, VisitFormat, VisitReading
from workbook.imports.reports import Report, Role
from workbook.imports.tables import Headers, Table
from workbook.values import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME: Final = "umami_export"
CHOICES: Final = ("referrers", "pages", "events", "other")
_OTHERS: Final = ("browsers", "os", "devices", "countries")
_WORDS: Final = re.compile(rf"(?<![a-z])({'|'.join((*CHOICES[:3], *_OTHERS))})(?![a-z])")
_SAMPLE: Final = 20
_ROLES: Final = {
    "referrers": {"x": Role.REFERRER, "y": Role.SESSIONS},
    "pages": {"x": Role.PAGE, "y": Role.SESSIONS},
    "events": {"x": Role.EVENT, "y": Role.EVENTS},
}
_OTHER: Final = {"y": Role.PEOPLE}


def _is_header(cells: Headers) -> bool:
    return cells in ({"x", "y"}, {"x", "t", "y"})


def _is_table(table: Table) -> bool:
    """Whether the name is one of theirs, or there are counts, as in all of them."""
    counts = table.column("y")[:_SAMPLE]
    return bool(_WORDS.search(table.name.casefold())) or (
        bool(counts) and all(read_count(cell) is not None for cell in counts)
    )


def _read(source: Source, reading: VisitReading) -> Iterator[Report]:
    if not isinstance(source, Table):
        return
    told = _WORDS.findall(source.name.casefold())
    kind = told[-1] if told else reading.choices.get("umami", "")
    if kind not in (*CHOICES, *_OTHERS):
        values = {"name": source.name, "choices": CHOICES}
        reading.problems.append(Problem("visits-which-umami", values))
        return
    roles = {role: source.headers.index(name) for name, role in _ROLES.get(kind, _OTHER).items()}
    kind = kind if kind in _ROLES else "other"
    yield Report(NAME, "umami", f"umami-{kind}", source, roles)


FORMAT = VisitFormat(
    id=NAME, tool="umami", signature=Signature(header=_is_header, table=_is_table), read=_read
)
