"""Month by month: what runs in which channel, and who hands over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from workbook.content import BASE_LANGUAGE, find_question
from workbook.steps.integration.answers import Channel
from workbook.steps.integration.listing import STEP
from workbook.steps.integration.occasions import last_day
from workbook.wording import write_month

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.plan import Plan
    from workbook.steps.integration.answers import Occasion

MOST_MONTHS = 12
MONTHS_IN_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Month:
    """A month with what runs in it, by the day it begins."""

    first: date
    occasions: tuple[Occasion, ...]

    def list_in(self, channel: Channel) -> tuple[Occasion, ...]:
        """What runs in a channel in this month."""
        return tuple(o for o in self.occasions if channel in o.channels)


@dataclass(frozen=True, slots=True)
class Matrix:
    """The months with something in them, twelve at most, and the channels that are used.

    ``left_out`` are occasions in none of these months: without a day, over, or too far away.
    """

    months: tuple[Month, ...]
    channels: tuple[Channel, ...]
    left_out: tuple[Occasion, ...]

    @property
    def occasions(self) -> tuple[Occasion, ...]:
        """Every occasion in it, once, by the day it begins."""
        found = {o.id: o for month in self.months for o in month.occasions}
        return tuple(sorted(found.values(), key=_place))


def build_matrix(plan: Plan, today: date) -> Matrix:
    """The occasions of a plan by month, from the month of a day on."""
    said = plan.integration.occasions
    months = tuple(
        month for first in _list_months(today) if (month := _fill(first, said)).occasions
    )
    shown = {o.id for month in months for o in month.occasions}
    used = {channel for o in said if o.id in shown for channel in o.channels}
    return Matrix(
        months,
        tuple(channel for channel in Channel if channel in used),
        tuple(o for o in said if o.id not in shown and (o.name or o.offer)),
    )


def _list_months(today: date) -> Iterator[date]:
    """The first days of the next twelve months, this one among them."""
    for ahead in range(MOST_MONTHS):
        years, month = divmod(today.month - 1 + ahead, MONTHS_IN_A_YEAR)
        if today.year + years <= date.max.year:
            yield date(today.year + years, month + 1, 1)


def _fill(first: date, occasions: tuple[Occasion, ...]) -> Month:
    found = [o for o in occasions if _runs_in(o, first)]
    return Month(first, tuple(sorted(found, key=_place)))


def _place(occasion: Occasion) -> tuple[date, str]:
    return (occasion.first or date.max, occasion.id)


def _runs_in(occasion: Occasion, first: date) -> bool:
    """Whether an occasion runs in a month; one that ends before it begins is in its first."""
    if occasion.first is None:
        return False
    end = max(last_day(occasion) or occasion.first, occasion.first)
    begins, ends = (occasion.first.year, occasion.first.month), (end.year, end.month)
    return begins <= (first.year, first.month) <= ends


def name_channel(channel: Channel, language: str = BASE_LANGUAGE) -> str:
    """A channel by name."""
    return find_question(f"{STEP}.occasions.any.channels", language).label_of(channel)


def name_month(first: date, language: str = BASE_LANGUAGE) -> str:
    """A month with its year: March 2027."""
    return write_month(first, language)
