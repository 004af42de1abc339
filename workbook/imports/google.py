"""What the reports and the explorations of Google Analytics 4 have in common."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from workbook.imports.amounts import read_span
from workbook.imports.columns import find_columns
from workbook.imports.reports import NAMES, Report, Role
from workbook.imports.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workbook.imports.amounts import Span
    from workbook.imports.format import Source

TOOL: Final = "ga4"
_RANGE: Final = re.compile(r"^#\s*(\d{8})\s*-\s*(\d{8})\s*$", re.ASCII)
_DAY: Final = re.compile(r"^#[^:]*:\s*(\d{8})\s*$", re.ASCII)
_ROLES: Final = frozenset(Role)


def find_range(preamble: Iterable[str]) -> Span | None:
    """The first and the last day where they stand in one line, as only explorations write them."""
    for line in preamble:
        if (told := _RANGE.match(line.strip())) and (span := read_span(told[1], told[2])):
            return span
    return None


def find_days(preamble: Iterable[str]) -> Span | None:
    """The first and the last day as reports write them, each in its line, in any language."""
    days = [told[1] for line in preamble if (told := _DAY.match(line.strip()))]
    return read_span(*days) if len(days) == len(("start", "end")) else None


def read_google(source: Source, name: str, span: Span | None) -> Iterator[Report]:
    """A table of Google Analytics with the roles of its columns."""
    if not isinstance(source, Table):
        return
    found = find_columns(source.headers)
    roles = {Role(role): at for role, at in found.items() if role in _ROLES}
    start, end = span or (None, None)
    yield Report(
        source=name,
        tool=TOOL,
        kind=_name_kind(frozenset(roles)),
        table=source,
        roles=roles,
        start=start,
        end=end,
    )


def _name_kind(roles: frozenset[Role]) -> str:
    """Which report it is, by what its rows are about."""
    kinds = (
        ("ga4-sources", bool(roles & NAMES)),
        ("ga4-channels", Role.CHANNEL in roles),
        ("ga4-first-touch", Role.FIRST_TOUCH in roles),
        ("ga4-landing", Role.LANDING in roles),
        ("ga4-pages", Role.PAGE in roles),
        ("ga4-events", Role.EVENT in roles),
    )
    return next((kind for kind, fits in kinds if fits), "ga4-other")
