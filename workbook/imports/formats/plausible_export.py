"""The CSV files in the zip that Plausible exports: sources, pages and events, each on its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from workbook.imports.amounts import read_span
from workbook.imports.format import Signature, Source, VisitFormat, VisitReading
from workbook.imports.reports import Report, Role
from workbook.imports.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.imports.amounts import Span

NAME: Final = "plausible_export"
_ROLES: Final = {
    "date": Role.DAY,
    "source": Role.SOURCE,
    "utm_source": Role.TAG,
    "utm_medium": Role.MEDIUM,
    "referrer": Role.REFERRER,
    "page": Role.PAGE,
    "entry_page": Role.LANDING,
    "name": Role.EVENT,
    "visits": Role.SESSIONS,
    "entrances": Role.SESSIONS,
    "visitors": Role.PEOPLE,
    "pageviews": Role.VIEWS,
    "events": Role.EVENTS,
}
_KINDS: Final = {
    "plausible-sources": ("source", "visitors", "visit_duration"),
    "plausible-pages": ("hostname", "page", "visitors", "pageviews"),
    "plausible-entry-pages": ("entry_page", "visitors", "entrances"),
    "plausible-exit-pages": ("exit_page", "visitors", "exits"),
    "plausible-events": ("name", "link_url", "path", "visitors", "events"),
    "plausible-visitors": ("visitors", "pageviews", "bounces", "visits", "visit_duration"),
}
"""The columns that tell each table; one with a source also has all that count visitors."""
_OTHERS: Final = frozenset({"device", "browser", "operating_system", "country"})
_DAYS: Final = re.compile(r"_(\d{8})_(\d{8})\.csv$", re.ASCII | re.IGNORECASE)


def _read(source: Source, _: VisitReading) -> Iterator[Report]:
    if not isinstance(source, Table):
        return
    kind = next(k for k, names in _KINDS.items() if source.has(*names))
    kind = "plausible-other" if _OTHERS & set(source.headers) else kind
    start, end = _find_days(source.name) or (None, None)
    found = {_ROLES[name]: at for at, name in enumerate(source.headers) if name in _ROLES}
    yield Report(NAME, "plausible", kind, source, found, start, end)


def _find_days(name: str) -> Span | None:
    """The days that the name of a member tells."""
    told = _DAYS.search(name)
    return read_span(told[1], told[2]) if told else None


FORMAT = VisitFormat(
    id=NAME,
    tool="plausible",
    signature=Signature(headers=tuple(frozenset({"date", *names}) for names in _KINDS.values())),
    read=_read,
)
