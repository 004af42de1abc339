"""What can be wrong with how contact is counted, and with the numbers themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.checks.check import Case, Found, Severity, check
from workbook.wording import write_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.steps.measurement.answers import PlaceNumbers


def _path(numbers: PlaceNumbers, field: str) -> str:
    return f"measurement.numbers.{numbers.id}.{field}"


@check("dates-reversed", Severity.WARN)
def dates_reversed(case: Case) -> Iterator[Found]:
    """The last day of some numbers lies before the first."""
    for each in case.plan.measurement.numbers:
        if each.first and each.last and each.last < each.first:
            days = {
                name: write_day(getattr(each, name), case.language) for name in ("first", "last")
            }
            yield Found(_path(each, "last"), days)
