"""A list of clients as counts for the plan: places by their ids, and nobody's name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.checks.check import Offer
from workbook.evidence.survey import place_ids
from workbook.platforms import OTHER
from workbook.steps.audience.answers import Asked, Tally

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from workbook.evidence.clients import Counted
    from workbook.plan import Plan

_PATH = "audience.tallies"


@dataclass(frozen=True, slots=True)
class PlanCounts:
    """What of a count goes into a plan."""

    question: Asked
    asked: int
    counts: tuple[tuple[str, int], ...]
    other: tuple[str, ...]
    """What is none of the workbook's places, and goes in as one of “another place”."""
    left: tuple[str, ...]
    """What is none of them either, and cannot go in, since nobody knows who named several."""


def make_counts(counted: Counted) -> PlanCounts:
    """A count by the ids of places; several places of no name here are one “another place”."""
    ids = place_ids()
    hits = {name: count for name, count in counted.counts.items() if count}
    counts = {ids[name]: count for name, count in hits.items() if name in ids}
    others = tuple(name for name in hits if name not in ids)
    named = _count_other(counted, others)
    if named:
        counts[OTHER] = named
    question = Asked(counted.question.value)
    kept, left = (others, ()) if named else ((), others)
    return PlanCounts(question, counted.asked, tuple(counts.items()), kept, left)


def _count_other(counted: Counted, others: Sequence[str]) -> int:
    """How many named at least one of some places; 0 where that is not to be told."""
    if len(others) == 1:
        return counted.hits(others[0])
    together = counted.combinations.items()
    return sum(count for places, count in together if places & set(others))


def find_same(plan: Plan, counts: PlanCounts, group: str | None) -> Tally | None:
    """The last count of the same question and group that a plan has already."""
    same = (t for t in plan.audience.tallies if (t.question, t.group) == (counts.question, group))
    return next(reversed([*same]), None)


def make_answers(counts: PlanCounts, entry: str, group: str | None, asked_on: date | None) -> Offer:
    """The answers of one entry of the plan: this count and nothing else of the list."""
    told = "; ".join(f"{place} {count}" for place, count in counts.counts)
    answers = {
        "question": counts.question.value,
        "asked": str(counts.asked),
        "counts": told,
        "group": group or "",
        "asked_on": asked_on.isoformat() if asked_on else "",
    }
    return Offer(label="", answers=tuple((f"{_PATH}.{entry}.{k}", v) for k, v in answers.items()))
