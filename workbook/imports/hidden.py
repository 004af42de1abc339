"""What Google Analytics itself kept out of a report: rows thrown together, samples, thresholds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workbook.discovery import read_toml
from workbook.imports.amounts import COLUMNS
from workbook.imports.reports import PLACES, Role
from workbook.values import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.imports.reports import Report

_TOOL: Final = "ga4"
_TOLD: Final = PLACES | {Role.PAGE, Role.EVENT}
_LONGEST_LINE: Final = 80
_LONGEST_CELL: Final = 60


def find_hidden(report: Report) -> Iterator[Problem]:
    """Rows whose source, page or event is not told, and what stands above them of samples.

    Args:
        report: A report of any tool; only Google's write such rows.

    Returns:
        A note for each kind: “hidden-other”, “hidden-unavailable”, “hidden-not-set” with the
        rows, “hidden-sampled” with the line that says so.
    """
    if report.tool != _TOOL:
        return
    words = read_toml(COLUMNS)["words"]["hidden"]
    for kind, names in words["cells"].items():
        if rows := _find_rows(report, kind, tuple(names)):
            yield Problem(f"hidden-{kind}", {"name": report.table.name, "rows": rows})
    for line in report.table.preamble:
        folded = line.casefold()
        if line.startswith("#") and any(mark in folded for mark in words["marks"]):
            told = line.strip("# \t,;")[:_LONGEST_LINE]
            yield Problem("hidden-sampled", {"name": report.table.name, "line": told})
            return


def _find_rows(report: Report, kind: str, names: tuple[str, ...]) -> tuple[int, ...]:
    """The rows that hold one of some names; pages and events that are not set are everyday."""
    roles = PLACES if kind == "not-set" else _TOLD
    columns = [at for role, at in report.roles.items() if role in roles]
    return tuple(
        number
        for number, row in zip(report.table.numbers, report.table.rows, strict=True)
        if any(_is_named(row[at], names) for at in columns)
    )


def _is_named(cell: str, names: tuple[str, ...]) -> bool:
    """Whether a cell is such a name, alone or as the source before a medium."""
    if "(" not in cell[:2]:
        return False
    return cell[:_LONGEST_CELL].strip().casefold().split(" / ")[0] in names
