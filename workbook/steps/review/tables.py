"""The tables of a review: what an hour brought in each place, and the diagnosis then and now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbook.checks.repeated import compare_rounds, find_first_round
from workbook.content import BASE_LANGUAGE, default_of, load_words
from workbook.measurement.quadrants import LEAST_DAYS, LEAST_HOURS, Quadrant
from workbook.steps.review.places import RESULTS, PlaceReview, review_places
from workbook.steps.review.proposals import write_left
from workbook.steps.review.telling import WORDS, write_rate
from workbook.wording import write_day, write_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook.plan import Plan
    from workbook.steps.review.spans import Span


@dataclass(frozen=True, slots=True)
class Shown:
    """A table: what it is about, its columns and rows, and what is to be borne in mind."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str


def write_places(plan: Plan, span: Span, language: str = BASE_LANGUAGE) -> Shown:
    """Hours, enquiries and referrals an hour, and what each place is so far."""
    words = load_words(WORDS, language)["places"]
    rows = tuple(
        _write_place(place, words, language) for place in review_places(plan, span, language)
    )
    note = words["note"].format(
        first=write_day(span.first, language),
        last=write_day(span.last, language),
        days=write_number(default_of(plan, LEAST_DAYS), language),
        hours=write_number(default_of(plan, LEAST_HOURS), language),
    )
    between = words["between"]
    return Shown(words["caption"], tuple(words["columns"]), rows, f"{note} {between}")


def _write_place(place: PlaceReview, words: Mapping[str, Any], language: str) -> tuple[str, ...]:
    hours = place.between.hours
    said = words["quadrants"][place.quadrant.value]
    if place.quadrant is Quadrant.EARLY:
        said = words["left"].format(name=said, what=write_left(place, language))
    return (
        place.name,
        words["unknown"] if hours is None else write_number(hours, language),
        *(_write_rate(place, name, words, language) for name in RESULTS),
        said,
    )


def _write_rate(place: PlaceReview, name: str, words: Mapping[str, str], language: str) -> str:
    rate, count = getattr(place, name), place.between.of(name)
    if rate is not None:
        return words["rate"].format(
            count=rate.count,
            hours=write_number(rate.hours, language),
            rate=write_rate(rate.value, language),
            low=write_rate(rate.low, language),
            high=write_rate(rate.high, language),
        )
    if count is None:
        return words["missing"]
    form = words["counted" if place.between.hours else "counted_bare"]
    return form.format(count=write_number(count, language))


def write_rounds(plan: Plan, language: str = BASE_LANGUAGE) -> Shown | None:
    """The signs of each cause in the first round and today; None where there is one round."""
    first = find_first_round(plan)
    if first is None:
        return None
    words = load_words(WORDS, language)["diagnosis"]
    columns = tuple(text.format(day=write_day(first, language)) for text in words["columns"])
    rows = tuple(
        (
            cause.title,
            words["said"].format(found=cause.before, asked=cause.asked),
            words["said"].format(found=cause.now, asked=cause.asked),
        )
        for cause in compare_rounds(plan, language)
        if cause.asked
    )
    return Shown(words["caption"], columns, rows, words["same"])
