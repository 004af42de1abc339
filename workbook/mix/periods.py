"""Promotion against conversation over time: by week, month, quarter or year."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from workbook.steps.mix.answers import PostClass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from workbook.mix.classes import Judged

Unit = Literal["week", "month", "quarter", "year"]
MOST = 13
"""Spans that are drawn side by side."""
_MONTHS_IN_A_QUARTER = 3


@dataclass(frozen=True, slots=True)
class Span:
    """Some days: the posts in them, those that sell, and what was said to somebody."""

    unit: Unit
    start: date
    posts: int
    sold: int
    talk: int
    """Replies, and posts that talk."""
    all: int
    """Posts and replies."""


def _week(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _month(day: date) -> date:
    return day.replace(day=1)


def _quarter(day: date) -> date:
    first = (day.month - 1) // _MONTHS_IN_A_QUARTER * _MONTHS_IN_A_QUARTER + 1
    return day.replace(month=first, day=1)


def _year(day: date) -> date:
    return day.replace(month=1, day=1)


_UNITS: tuple[tuple[Unit, Callable[[date], date]], ...] = (
    ("week", _week),
    ("month", _month),
    ("quarter", _quarter),
    ("year", _year),
)


def talks(each: Judged) -> bool:
    """Whether something was said to somebody, in a post or in a reply."""
    return each.kind is PostClass.CONVERSATION or (
        bool(each.post.is_reply) and each.kind is not PostClass.PROMOTION
    )


def divide(judged: Iterable[Judged]) -> tuple[Span, ...]:
    """The spans of time in which posts were written, the finest that are few enough to draw.

    Returns:
        The spans in order, those without posts left out; the last ones where there are too many
        years. Empty where no post has a day.
    """
    by_day: defaultdict[date, list[Judged]] = defaultdict(list)
    for each in judged:
        if each.post.day is not None:
            by_day[each.post.day].append(each)
    for unit, start_of in _UNITS:
        grouped: defaultdict[date, list[Judged]] = defaultdict(list)
        for day in by_day:
            grouped[start_of(day)] += by_day[day]
        if len(_count_between(grouped, start_of)) <= MOST or unit == "year":
            return tuple(_sum(unit, day, grouped[day]) for day in sorted(grouped)[-MOST:])
    return ()


def _count_between(
    grouped: dict[date, list[Judged]], start_of: Callable[[date], date]
) -> set[date]:
    """All spans from the first to the last, those without posts too."""
    if not grouped:
        return set()
    day, last, found = min(grouped), max(grouped), set[date]()
    while day <= last and len(found) <= MOST:
        found.add(start_of(day))
        day += timedelta(days=7)
    return found | {start_of(last)}


def _sum(unit: Unit, start: date, inside: list[Judged]) -> Span:
    posts = [each for each in inside if not each.post.is_reply]
    return Span(
        unit=unit,
        start=start,
        posts=len(posts),
        sold=sum(each.kind is PostClass.PROMOTION for each in posts),
        talk=sum(map(talks, inside)),
        all=len(inside),
    )
