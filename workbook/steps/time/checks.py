"""What can be wrong with hours, blocks, owner and substitute."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.checks.check import Case, Found, Offer, Severity, check
from workbook.content import load_step
from workbook.steps.time.answers import Time
from workbook.values import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

STEP = "time"


def _time(case: Case) -> Time:
    """What the plan says of time; while social media waits, nothing is asked of it."""
    return Time() if case.answer("goals.decision") == "not_now" else case.plan.time


def _is_begun(case: Case) -> bool:
    return _time(case) != Time()


def _offer(case: Case, finding: str, *answers: tuple[str, str], **values: str) -> Offer:
    words = load_step(STEP, case.language).findings[finding].offer
    return Offer(label=words.format(**values), answers=answers)


@check("owner-missing", Severity.WARN)
def owner_missing(case: Case) -> Iterator[Found]:
    """The week was begun, and nobody keeps the hours."""
    if _is_begun(case) and _time(case).owner in (None, UNKNOWN):
        who = case.answer("start.who")
        offers = (_offer(case, "owner-missing", ("time.owner", who), who=who),) if who else ()
        yield Found("time.owner", offers=offers)
