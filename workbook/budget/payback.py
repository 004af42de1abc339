"""What the hours cost, how many enquiries pay for them, and how many are likely to come.

Nothing is guessed. Without the cost of an hour or the worth of an enquiry there is no number of
enquiries; without a count of enquiries there is no likely number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from math import ceil, floor
from typing import TYPE_CHECKING, Final, NamedTuple

from workbook.budget.need import reckon_need
from workbook.content import default_of
from workbook.evidence.intervals import forecast_count
from workbook.measurement.kept import count_between
from workbook.steps.review.spans import LENGTHS, PERIOD_DAYS, Span, read_as_count, span_of
from workbook.steps.review.verdicts import find_usual

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.plan import Plan
    from workbook.steps.goals.answers import Goal

LEADS: Final = {"leads_per_month": "month", "leads_per_quarter": "quarter"}
"""The measures that count enquiries, with what one number of them covers."""
_WEEK: Final = 7
_MOST_STRETCHES: Final = 12
_HALF: Final = 0.5


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


class Reached(StrEnum):
    """Whether a goal that is reached pays for it, beside the whole enquiries that are needed."""

    PAYS = "pays"
    JUST_PAYS = "just_pays"
    """It pays on average, by less than one enquiry: rounded it would seem not to."""
    JUST_MISSES = "just_misses"
    """It does not, by less than one enquiry: rounded it would seem to pay."""
    MISSES = "misses"


@dataclass(frozen=True, slots=True)
class Likely:
    """The enquiries that were counted, and the range the next ones most likely lie in."""

    count: int
    days: float
    low: int
    high: int
    origin: Origin
    last: date | None = None
    """The last day of the count; None where a goal starts from it."""
    goal: str = ""
    """The goal it was counted for, where several goals count enquiries."""


@dataclass(frozen=True, slots=True)
class Payback:
    """What is asked for over some days, and what it takes to pay it back; None if not known.

    Money is in the business's own currency.
    """

    days: int
    hours: float | None
    """A week: those there are, or where there are none, those that the plan needs."""
    hour_cost: Decimal | None
    spend: Decimal | None
    """A month, beside the hours."""
    lead_worth: Decimal | None
    likely: Likely | None
    are_there: bool = True
    """Whether there are such hours; False where they are those that the plan needs."""
    slip: int | None = None
    """A count that looks like a slip of the keyboard, so that nothing is reckoned from it."""

    @property
    def all_hours(self) -> int | None:
        """Hours over all the days, in whole hours, so that the sum can be done over by hand."""
        if self.hours is None:
            return None
        return max(floor(self.hours * self.days / _WEEK + _HALF), 1 if self.hours else 0)

    @property
    def hours_money(self) -> Decimal | None:
        """What all the hours cost, in whole amounts."""
        if self.all_hours is None or self.hour_cost is None:
            return None
        return _round(self.hour_cost * self.all_hours)

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
        """The fewest enquiries that pay for it; None too where nothing has to be paid."""
        if not self.money or not self.lead_worth:
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

    def reach(self, count: float) -> Reached | None:
        """Whether so many enquiries, by the mean of a goal, pay for it.

        It goes by the mean itself; rounding never turns it.
        """
        if self.needed is None or self.money is None or self.lead_worth is None:
            return None
        seems = floor(count + _HALF) >= self.needed
        if Decimal(str(count)) * self.lead_worth >= self.money:
            return Reached.PAYS if seems else Reached.JUST_PAYS
        return Reached.JUST_MISSES if seems else Reached.MISSES

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
    hours = need.available or need.hours or need.available
    counts = list(_list_counts(plan, today))
    slips = (each.number for each in counts if each.is_slip)
    return Payback(
        days=days,
        hours=hours,
        hour_cost=_know(said.hour_cost),
        spend=_know(said.spend),
        lead_worth=_know(said.lead_worth),
        likely=_forecast(plan, counts, days),
        are_there=bool(need.available) or not need.hours,
        slip=next(slips, None),
    )


def _know(value: object) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


def reach_by_goal(goal: Goal, days: int) -> float | None:
    """The enquiries a goal brings in so many days once it is reached; None for other measures.

    It is a mean and not rounded: a goal of 8 a month is 23.66 in 90 days.
    """
    period = LEADS.get(goal.metric or "")
    return None if period is None or goal.target is None else goal.target * days / LENGTHS[period]


# -- what is likely ------------------------------------------------------------------------------


class _Count(NamedTuple):
    """A count of enquiries over some days, with the last of them."""

    number: int
    days: float
    origin: Origin
    last: date | None = None
    goal: str = ""
    is_slip: bool = False


def find_likely(plan: Plan, today: date, days: int) -> Likely | None:
    """The enquiries that the next days bring if nothing changes, by the latest count there is.

    The count whose days end last is taken; of those that end on one day that of the review, and
    what a goal starts from only where nothing else was counted. A count that the review calls a
    slip of the keyboard is left out.
    """
    return _forecast(plan, list(_list_counts(plan, today)), days)


def _forecast(plan: Plan, counts: list[_Count], days: int) -> Likely | None:
    share = min(max(default_of(plan, "goals.forecast_share") / 100, 0.01), 0.99)
    found = [each for each in counts if not each.is_slip]
    if not found:
        return None
    latest = max(found, key=lambda each: each.last or date.min)
    low, high = forecast_count(latest.number, exposure_ratio=days / latest.days, share=share)
    return Likely(latest.number, latest.days, low, high, latest.origin, latest.last, latest.goal)


def _list_counts(plan: Plan, today: date) -> Iterator[_Count]:
    """Counts of enquiries with their days: of the review, of all places, of a goal."""
    goals = {goal.id: goal for goal in plan.goals.goals if goal.metric in LEADS}
    names = {goal.id: _name(goal) if len(goals) > 1 else "" for goal in goals.values()}
    for reading in plan.review.readings:
        span = span_of(plan, reading, today)
        if reading.goal in goals and span and _is_whole(reading.count):
            count = int(reading.count)  # type: ignore[arg-type] # a whole number
            slip = find_usual(plan, goals[reading.goal], span, count) is not None
            last = min(span.last, today)
            yield _Count(
                count, float(span.days), Origin.REVIEW, last, names[reading.goal], is_slip=slip
            )
    yield from _list_counted(plan, today, list(goals.values()))
    for goal in goals.values():
        if isinstance(goal.baseline, int | float):
            count, periods = read_as_count(float(goal.baseline))
            length = periods * LENGTHS[LEADS[goal.metric or ""]]
            yield _Count(count, length, Origin.GOAL, goal=names[goal.id])


def _name(goal: Goal) -> str:
    return " ".join((goal.wish or "").split()).rstrip(".")


def _is_whole(count: object) -> bool:
    return isinstance(count, int | float) and count == int(count)


def _list_counted(plan: Plan, today: date, goals: list[Goal]) -> Iterator[_Count]:
    """Enquiries of all places over the stretches that each of them is known for."""
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
            count, span = sum(place.leads or 0 for place in told), Span(first, last)
            far_off = [find_usual(plan, goal, span, count) is not None for goal in goals]
            slip = bool(far_off) and all(far_off)
            yield _Count(count, float(span.days), Origin.COUNTED, last, is_slip=slip)
            if not slip:
                return
