"""What an hour in each place brought in the days of the review: enquiries, and referrals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from workbook.content import BASE_LANGUAGE, default_of
from workbook.evidence.intervals import Verdict, compare_counts, count_interval
from workbook.measurement.kept import PlaceBetween, count_between
from workbook.measurement.quadrants import LEAST_DAYS, LEAST_HOURS, Quadrant, find_quadrant

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from workbook.plan import Plan
    from workbook.steps.review.spans import Span

RESULTS: Final = ("leads", "referrals")
HOURS: Final = "hours"
_RATE_HOURS: Final = "measurement.rate_hours"


@dataclass(frozen=True, slots=True)
class HourlyRate:
    """So many in so many hours: how much that is in one hour, with its 95 % interval."""

    count: int
    hours: float
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class PlaceReview:
    """What one place brought in the days of the review."""

    between: PlaceBetween
    days: int
    """Days on which hours and at least one result are known."""
    leads: HourlyRate | None
    referrals: HourlyRate | None
    quadrant: Quadrant
    days_left: int
    """Days that are missing before it may be judged; 0 where there are enough."""
    hours_left: float

    @property
    def platform(self) -> str:
        """The id of the place."""
        return self.between.platform

    @property
    def name(self) -> str:
        """What the place is called."""
        return self.between.name


def review_places(plan: Plan, span: Span, language: str = BASE_LANGUAGE) -> tuple[PlaceReview, ...]:
    """Each place that is named, by what it brought; visits without a network are no place."""
    found = [
        _review(plan, span, between)
        for between in count_between(plan, span.first, span.last, language)
        if between.platform
    ]
    return tuple(sorted(found, key=lambda p: (-_sum(p.between), p.name)))


def _sum(between: PlaceBetween) -> int:
    return (between.leads or 0) + (between.referrals or 0)


def _review(plan: Plan, span: Span, between: PlaceBetween) -> PlaceReview:
    days = span.days - min(
        (len(_missing(between, HOURS) | _missing(between, name)) for name in RESULTS),
        default=span.days,
    )
    hours = between.hours or 0.0
    least_days, least_hours = default_of(plan, LEAST_DAYS), default_of(plan, LEAST_HOURS)
    return PlaceReview(
        between=between,
        days=days,
        leads=_rate(plan, between, "leads"),
        referrals=_rate(plan, between, "referrals"),
        quadrant=find_quadrant(plan, between.leads, between.referrals, days, hours),
        days_left=max(0, round(least_days) - days),
        hours_left=max(0.0, least_hours - hours),
    )


def _missing(between: PlaceBetween, number: str) -> frozenset[int]:
    """The days a number of a place is not known of, as ordinals."""
    return frozenset(
        day
        for first, last in between.missing[number]
        for day in range(first.toordinal(), last.toordinal() + 1)
    )


def _rate(plan: Plan, between: PlaceBetween, name: str) -> HourlyRate | None:
    """How much an hour brought; None where hours and results are of other days, or too few."""
    count, hours = between.of(name), between.hours
    same_days = _missing(between, HOURS) == _missing(between, name)
    if count is None or not hours or not same_days or hours < default_of(plan, _RATE_HOURS):
        return None
    low, high = count_interval(int(count))
    return HourlyRate(int(count), hours, count / hours, low / hours, high / hours)


def compare_rates(one: HourlyRate | None, other: HourlyRate | None) -> Verdict | None:
    """Whether an hour in one place really brings more than in another; None if it is not known."""
    if one is None or other is None:
        return None
    return compare_counts(
        one.count, other.count, exposure_before=one.hours, exposure_after=other.hours
    )


def add_up(
    plan: Plan, number: str, first: date, last: date, language: str = BASE_LANGUAGE
) -> tuple[float | None, Sequence[PlaceBetween]]:
    """A number of all places together, where every day of each of them is known.

    None where days are missing, and where visits that name no network may hold those that do.
    The places it is made of, or could have been, come with it.
    """
    told = [p for p in count_between(plan, first, last, language) if p.of(number) is not None]
    is_whole = bool(told) and not any(place.missing[number] for place in told)
    is_mixed = len(told) > 1 and any(not place.platform for place in told)
    if not is_whole or is_mixed:
        return None, told
    return sum(place.of(number) or 0 for place in told), told
