"""The diagnosis then and now: the signs of each cause in the first round beside those of today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.content import BASE_LANGUAGE
from workbook.steps.diagnosis.answers import Evidence
from workbook.steps.diagnosis.causes import pick_top, weigh
from workbook.steps.diagnosis.rounds import begin_round, compare

if TYPE_CHECKING:
    from datetime import date

    from workbook.plan import Plan


@dataclass(frozen=True, slots=True)
class CauseThenNow:
    """One cause: how many of the signs asked about both times were found then, and are now."""

    title: str
    before: int
    now: int
    asked: int


@dataclass(frozen=True, slots=True)
class MainCause:
    """A cause that stands out today, with what mends it, and its signs."""

    id: str
    title: str
    mend: str
    found: int
    asked: int


def find_first_round(plan: Plan) -> date | None:
    """The day of the first round, where there was one before the round at hand."""
    return plan.diagnosis.earlier[0].day if plan.diagnosis.earlier else None


def compare_rounds(plan: Plan, language: str = BASE_LANGUAGE) -> tuple[CauseThenNow, ...]:
    """Every cause, then and now; nothing where there is one round only."""
    if not plan.diagnosis.earlier:
        return ()
    first = weigh(plan, kept=plan.diagnosis.earlier[0], language=language)
    return tuple(
        CauseThenNow(
            title=each.cause.title,
            before=sum(sign.is_found for sign in each.before),
            now=sum(sign.is_found for sign in each.now),
            asked=len(each.now),
        )
        for each in compare(first, weigh(plan, language=language))
    )


def is_diagnosed(plan: Plan) -> bool:
    """Whether the round at hand has an answer of its own."""
    return any(getattr(plan.diagnosis, name) not in (None, ()) for name in Evidence.model_fields)


def list_main_causes(plan: Plan, language: str = BASE_LANGUAGE) -> tuple[MainCause, ...]:
    """What stands out in the round at hand, the first thing to mend first."""
    top = pick_top(plan, weigh(plan, language=language))
    return tuple(MainCause(c.id, c.title, c.mend, c.found, c.asked) for c in top)


def begin_next_round(plan: Plan, today: date) -> Plan:
    """A plan whose diagnosis is kept as an earlier round, its questions empty again."""
    return begin_round(plan, today)
