"""How many cells of a column can be read as one thing or another, to tell what it holds."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from workbook.imports.amounts import read_count, read_duration, read_spans
from workbook.imports.format import VisitReading
from workbook.imports.hours import name_places
from workbook.measurement.targets import Targets

if TYPE_CHECKING:
    from collections.abc import Sequence

_LAST_DAY: Final = date(9999, 12, 30)
_YES_NO: Final = frozenset({"yes", "no", "y", "n", "true", "false", "x", "1", "0"})


def count_days(cells: Sequence[str]) -> int:
    """How many can be read as days, in whichever order of day and month reads more of them."""
    return max(_count_days(cells, day_first=order) for order in (True, False))


def _count_days(cells: Sequence[str], *, day_first: bool) -> int:
    reading = VisitReading(Targets(), _LAST_DAY, day_first)
    spans = read_spans("", [cell.split("T")[0] for cell in cells], range(len(cells)), reading)
    return sum(span is not None for span in spans or ())


def count_counts(cells: Sequence[str]) -> int:
    """How many can be read as whole numbers of zero or more."""
    return sum(read_count(cell) is not None for cell in cells)


def count_hours(cells: Sequence[str]) -> int:
    """How many can be read as hours: ``1:30`` or ``1.5``."""
    return sum(read_duration(cell) is not None for cell in cells)


def count_places(cells: Sequence[str]) -> int:
    """How many name a place that is known, or several."""
    return sum(bool(name_places([cell])) for cell in cells)


def count_paths(cells: Sequence[str]) -> int:
    """How many look like the path or the address of a page."""
    return sum(cell.startswith(("/", "http://", "https://")) for cell in cells)


def count_answers(cells: Sequence[str]) -> int:
    """How many are a yes or a no in one of the usual ways."""
    return sum(cell.casefold() in _YES_NO for cell in cells)
