"""The days on which numbers are looked at: one day that somebody chose, and what follows from it.

Every document and page takes its day from here, so that all of them name the same one.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from workbook.steps.goals.answers import Cadence
from workbook.steps.measurement.answers import ReadingDay

if TYPE_CHECKING:
    from workbook.plan import Plan

_WEEK: Final = 7
_YEAR: Final = 12
_MONTHS: Final = {Cadence.MONTHLY: 1, Cadence.QUARTERLY: 3}


def find_look(plan: Plan, cadence: Cadence | None, today: date) -> date | None:
    """The day on which the number of a goal is looked at next.

    Args:
        plan: Says when numbers are read next.
        cadence: How often the goal is looked at; every month where nobody said.
        today: No day before it is named.

    Returns:
        The day that was chosen, or once it is over the next one of its rhythm; None where nobody
        chose a day, since one counted from today would be another tomorrow.
    """
    chosen = plan.measurement.next_reading
    return None if chosen is None else advance(chosen, cadence or Cadence.MONTHLY, today)


def find_reading(plan: Plan, today: date) -> date | None:
    """The day on which the numbers of all places are read next; None where that is not known.

    It is the day that was chosen; once that is over, the next such day of the week, or the first
    of the month, as the plan says.
    """
    chosen, day = plan.measurement.next_reading, plan.measurement.reading_day
    if chosen is None or chosen >= today:
        return chosen
    if day is None:
        return None
    if day is ReadingDay.FIRST:
        return advance(chosen.replace(day=1), Cadence.MONTHLY, today)
    return today + timedelta(days=(list(ReadingDay).index(day) - today.weekday()) % _WEEK)


def advance(first: date, cadence: Cadence, today: date) -> date:
    """The first day of a rhythm that is not over; a day that a month lacks is its last one."""
    from dateutil.relativedelta import relativedelta  # noqa: PLC0415 - when a day is over

    if first >= today:
        return first
    if cadence is Cadence.WEEKLY:
        return today + timedelta(days=(first - today).days % _WEEK)
    step = _MONTHS[cadence]
    apart = _YEAR * (today.year - first.year) + today.month - first.month
    months = step * (apart // step)
    day: date = first + relativedelta(months=months)
    later: date = first + relativedelta(months=months + step)
    return day if day >= today else later
