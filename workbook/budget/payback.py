"""What the hours cost, how many enquiries pay for them, and how many are likely to come.

Nothing is guessed. Without the cost of an hour or the worth of an enquiry there is no number of
enquiries; without a count of enquiries there is no likely number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from math import ceil
from typing import TYPE_CHECKING, Final

from workbook.budget.need import reckon_need
from workbook.content import default_of
from workbook.evidence.intervals import forecast_count
from workbook.measurement.kept import count_between
from workbook.steps.review.spans import LENGTHS, PERIOD_DAYS, read_as_count, span_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.plan import Plan
    from workbook.steps.goals.answers import Goal

LEADS: Final = {"leads_per_month": "month", "leads_per_quarter": "quarter"}
"""The measures that count enquiries, with what one number of them covers."""
_WEEK: Final = 7
_MOST_STRETCHES: Final = 12


class Origin(StrEnum):
    """Where a count of enquiries comes from."""

    REVIEW = "review"
    COUNTED = "counted"
    GOAL = "goal"


class Standing(StrEnum):
    """How the enquiries that are needed stand to those that are likely."""

    SAFE = "safe"
    """Even few of them would do."""
    OPEN = "open"
    SHORT = "short"
    """More are needed than are likely to come."""


@dataclass(frozen=True, slots=True)
class Likely:
    """The enquiries that were counted, and the range the next ones most likely lie in."""

    count: int
    days: float
    low: int
    high: int
    origin: Origin


@dataclass(frozen=True, slots=True)
class Payback:
    """What is asked for over some days, and what it takes to pay it back; None if not known.

    Money is in the business's own currency.
    """

    days: int
    hours: float | None
    """A week: those there are, or where nobody said, those that the plan needs."""
    hour_cost: Decimal | None
    spend: Decimal | None
    """A month, beside the hours."""
    lead_worth: Decimal | None
    likely: Likely | None

    @property
    def all_hours(self) -> float | None:
        """Hours over all the days."""
        return None if self.hours is None else self.hours * self.days / _WEEK

    @property
    def hours_money(self) -> Decimal | None:
        """What all the hours cost, in whole amounts."""
        if self.all_hours is None or self.hour_cost is None:
            return None
        return _round(self.hour_cost * Decimal(str(self.all_hours)))

    @property
    def spend_money(self) -> Decimal | None:
        """What is spent besides over all the days, in whole amounts."""
        if self.spend is None:
            return None
        return _round(self.spend * Decimal(str(self.days / LENGTHS["month"])))

    @property
    def money(self) -> Decimal | None:
        """All of it together; other spending that nobody named is not in it."""
        if self.hours_money is None:
            return None
        return self.hours_money + (self.spend_money or 0)

    @property
    def needed(self) -> int | None:
        """The fewest enquiries that pay for it."""
        if self.money is None or not self.lead_worth:
            return None
        return int((self.money / self.lead_worth).to_integral_value(ROUND_CEILING))

    @property
    def standing(self) -> Standing | None:
        """Whether so many are likely to come."""
        if self.needed is None or self.likely is None:
            return None
        if self.needed <= self.likely.low:
            return Standing.SAFE
        return Standing.OPEN if self.needed <= self.likely.high else Standing.SHORT

    def need_if(self, hours_worth: float) -> int | None:
        """The enquiries that pay for the hours alone, if each is worth so many hours of work."""
        return None if not self.all_hours else ceil(self.all_hours / hours_worth)


def _round(money: Decimal) -> Decimal:
    return money.to_integral_value()


def reckon_payback(plan: Plan, today: date) -> Payback:
    """What a plan asks for over the days of a review, and what has to come of it.

    Args:
        plan: The plan, however little of it is answered.
        today: The day from which on enquiries are looked ahead to.

    Returns:
        Hours, money and enquiries; the likely range is the gamma-Poisson forecast of
        ``evidence.intervals.forecast_count``, scaled to the days.
    """
    days, said = max(1, round(default_of(plan, PERIOD_DAYS))), plan.measurement
    need = reckon_need(plan)
    hours = need.available if need.available is not None else need.hours or None
    return Payback(
        days=days,
        hours=hours,
        hour_cost=_know(said.hour_cost),
        spend=_know(said.spend),
        lead_worth=_know(said.lead_worth),
        likely=find_likely(plan, today, days),
    )


def _know(value: object) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


def reach_by_goal(goal: Goal, days: int) -> int | None:
    """The enquiries a goal brings in so many days once it is reached; None for other measures."""
    period = LEADS.get(goal.metric or "")
    return (
        None if period is None or goal.target is None else int(goal.target * days / LENGTHS[period])
    )


# -- what is likely ------------------------------------------------------------------------------


def find_likely(plan: Plan, today: date, days: int) -> Likely | None:
    """The enquiries that the next days bring if nothing changes, by the latest count there is."""
    share = min(max(default_of(plan, "goals.forecast_share") / 100, 0.01), 0.99)
    for count, length, origin in _list_counts(plan, today):
        low, high = forecast_count(count, exposure_ratio=days / length, share=share)
        return Likely(count, length, low, high, origin)
    return None


def _list_counts(plan: Plan, today: date) -> Iterator[tuple[int, float, Origin]]:
    """Counts of enquiries with their days: of the review, of all places, of a goal."""
    goals = {goal.id: goal for goal in plan.goals.goals if goal.metric in LEADS}
    for reading in plan.review.readings:
        span = span_of(plan, reading, today)
        if reading.goal in goals and span and _is_whole(reading.count):
            yield int(reading.count), float(span.days), Origin.REVIEW  # type: ignore[arg-type] # a whole number
    yield from _list_counted(plan, today)
    for goal in goals.values():
        if isinstance(goal.baseline, int | float):
            count, periods = read_as_count(float(goal.baseline))
            yield count, periods * LENGTHS[LEADS[goal.metric or ""]], Origin.GOAL


def _is_whole(count: object) -> bool:
    return isinstance(count, int | float) and count == int(count)


def _list_counted(plan: Plan, today: date) -> Iterator[tuple[int, float, Origin]]:
    """Enquiries of all places over the longest stretch that each of them is known for."""
    spans = {
        (entry.first, entry.last)
        for entry in plan.measurement.numbers
        if entry.leads is not None
        and entry.first
        and entry.last
        and entry.first <= entry.last <= today
    }
    if not spans:
        return
    firsts, lasts = zip(*spans, strict=True)
    whole = (min(firsts), max(lasts))
    latest = sorted(spans, key=lambda span: (span[1], span[1] - span[0]), reverse=True)
    for first, last in (whole, *latest[:_MOST_STRETCHES]):
        told = [p for p in count_between(plan, first, last) if p.leads is not None]
        if told and not any(place.missing["leads"] for place in told):
            length = (last - first + timedelta(days=1)).days
            yield sum(place.leads or 0 for place in told), float(length), Origin.COUNTED
