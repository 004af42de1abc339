"""The days a review looks back on, and how long the month or quarter of a goal is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from workbook.content import default_of

if TYPE_CHECKING:
    from workbook.plan import Plan
    from workbook.steps.review.answers import Reading

PERIOD_DAYS: Final = "review.period_days"
_YEAR = 365.2425
LENGTHS: Final = {"week": 7.0, "month": _YEAR / 12, "quarter": _YEAR / 4}
"""Days of the period one number of a goal is of."""
_MOST_PERIODS = 12
_ROUNDING = 0.005 + 1e-9
"""Numbers are typed with two decimals at most."""


@dataclass(frozen=True, slots=True)
class Span:
    """Two days and all between them, in order."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days there are, both ends included."""
        return (self.last - self.first).days + 1

    def a_year_earlier(self) -> Span:
        """The same days of the year before; the 29th of February becomes the 28th."""
        from dateutil.relativedelta import relativedelta  # noqa: PLC0415 - when it is asked for

        year = relativedelta(years=1)
        return Span(self.first - year, self.last - year)

    def shares_days(self, other: Span) -> bool:
        """Whether two spans have a day in common."""
        return self.first <= other.last and other.first <= self.last


def make_span(first: date | None, last: date | None) -> Span | None:
    """Two days as a span; None where one is missing or they are in the wrong order."""
    return Span(first, last) if first and last and first <= last else None


def find_span(plan: Plan, today: date) -> Span | None:
    """The days of the review: as answered, else the ninety days before it.

    None where the days that were answered are in the wrong order.
    """
    review = plan.review
    last = review.last or min(review.day or today, today) - timedelta(days=1)
    length = max(1, round(default_of(plan, PERIOD_DAYS)))
    first = review.first or last - timedelta(days=length - 1)
    return make_span(first, last)


def span_of(plan: Plan, reading: Reading, today: date) -> Span | None:
    """The days of one number: its own, else those of the review; None in the wrong order."""
    whole = find_span(plan, today)
    first = reading.first or (whole.first if whole else None)
    last = reading.last or (whole.last if whole else None)
    return make_span(first, last)


def read_as_count(rate: float) -> tuple[int, int]:
    """A rate per period as the count, and the fewest periods, that it can come from.

    Three a month is a count of 3 in one month; 2.5 a month is at least 5 in two. The fewest are
    taken, so that a baseline never tells more than it can.
    """
    for periods in range(1, _MOST_PERIODS + 1):
        count = rate * periods
        if abs(count - round(count)) <= _ROUNDING * periods:
            return round(count), periods
    return round(rate * _MOST_PERIODS), _MOST_PERIODS
