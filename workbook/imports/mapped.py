"""Tables of visits and hours that no format knows, read by what somebody said of their columns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from workbook.discovery import read_toml
from workbook.imports.cells import count_counts, count_days, count_hours, count_paths, count_places
from workbook.imports.hours import Tracker, read_hours
from workbook.imports.mapping import WORDS, ColumnRole, TableKind, hash_header, place_columns
from workbook.imports.reports import COUNTS, Report, Role
from workbook.imports.tables import Table, clean_header, find_plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook.imports.containers import Part
    from workbook.imports.format import VisitReading
    from workbook.imports.mapping import Columns
    from workbook.records import HoursSpent

MAPPED: Final = "mapped"
"""The format, and the tool, of a table that was read by a mapping."""
HOURS: Final = "hours"
_NAMES: Final = read_toml(WORDS)["names"]["visits"]


def _role(name: str, **values: object) -> ColumnRole:
    return ColumnRole(name, names=tuple(_NAMES[name]), **values)  # type: ignore[arg-type] # as written below


VISITS: Final = TableKind(
    id="visits",
    roles=(
        _role(Role.DAY.value, readable=count_days, by_content=True),
        _role(Role.SOURCE.value, readable=count_places, by_content=True, is_few=True),
        _role(Role.SESSIONS.value, readable=count_counts),
        _role(Role.SERVICES.value, readable=count_counts),
        _role(Role.CONTACT.value, readable=count_counts),
        _role(Role.USED.value, readable=count_counts),
        _role(HOURS, readable=count_hours, needs=(Role.DAY.value,)),
        _role(Role.MEDIUM.value),
        _role(Role.PAGE.value, readable=count_paths, needs=(Role.SESSIONS.value,)),
        _role(Role.EVENT.value, needs=(Role.SESSIONS.value,)),
    ),
    needs=(
        frozenset({Role.SOURCE.value}),
        frozenset({
            Role.SESSIONS.value, Role.SERVICES.value, Role.CONTACT.value, Role.USED.value, HOURS,
        }),
    ),
)  # fmt: skip
"""A table of visits, of hours, or of both, by place and perhaps by day."""
MAPPABLE: Final = tuple(role.id for role in VISITS.roles)
"""What a column can be said to be."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """A table that no format knows, and where the column of each role stands in it."""

    table: Table
    columns: Columns


def map_part(
    part: Part, known: Mapping[str, Mapping[str, int]], named: Mapping[str, str]
) -> Mapped | None:
    """A part as a table, where somebody said what its columns are.

    Args:
        part: A part that no format knows.
        known: Ranks of columns by role, under the hash of the header.
        named: Roles by the names of columns, for headers that are not among the known.
    """
    table = find_plain(part)
    if table is None:
        return None
    ranks = known.get(hash_header(table.headers))
    if ranks is not None:
        columns = place_columns(table.headers, ranks)
    else:
        columns = {
            role: table.headers.index(clean_header(column))
            for column, role in named.items()
            if role in MAPPABLE and clean_header(column) in table.headers
        }
    return Mapped(table, columns) if columns else None


def to_report(mapped: Mapped) -> Report | None:
    """The table as a report of visits; None where it counts none."""
    roles = {Role(name): at for name, at in mapped.columns.items() if name != HOURS}
    return Report(MAPPED, MAPPED, MAPPED, mapped.table, roles) if COUNTS & set(roles) else None


def read_mapped_hours(mapped: Mapped, reading: VisitReading) -> Iterator[HoursSpent]:
    """The hours in the table, where it has a column of them and one of days."""
    columns = mapped.columns
    if not {HOURS, Role.DAY.value} <= set(columns):
        return
    wanted = [columns[Role.DAY.value], columns[HOURS], columns.get(Role.SOURCE.value)]
    names = ("day", "hours", "place")
    kept = [(name, at) for name, at in zip(names, wanted, strict=True) if at is not None]
    table = replace(
        mapped.table,
        headers=tuple(name for name, _ in kept),
        heading=tuple(mapped.table.heading[at] for _, at in kept),
        rows=tuple(tuple(row[at] for _, at in kept) for row in mapped.table.rows),
    )
    yield from read_hours(table, MAPPED, Tracker(("day",), ("hours",), ("place",)), reading)
