"""What the evidence says misses the mark; none of it blocks a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import ref

from workbook.checks.check import Case, Check, Found, Severity, check
from workbook.steps.diagnosis.causes import (
    Cause,
    has_checklist,
    has_enough,
    list_asked,
    rank,
    write_count,
)
from workbook.steps.diagnosis.mended import is_mended
from workbook.steps.diagnosis.signs import STEP

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workbook.plan import Plan
    from workbook.steps.diagnosis.signs import Sign


def _check_cause(name: str) -> Check:
    """The check that reports a cause when it is among those that stand out most."""

    @check(f"cause-{name}", Severity.WARN, sums_up=True)
    def find(case: Case) -> Iterator[Found]:
        for cause in _rank_once(case):
            signs = _list_left(case.plan, cause)
            if cause.id == name and signs:
                yield Found(_choose_path(signs), _tell(cause, signs, case.language))

    return find


_LATEST: dict[str, tuple[ref[Plan], str, tuple[Cause, ...]]] = {}
"""The last ranking there was; it does not keep its plan alive."""


def _rank_once(case: Case) -> tuple[Cause, ...]:
    """The top causes, ranked once for all the checks that ask about the same plan."""
    latest = _LATEST.get("ranked")
    if latest and latest[0]() is case.plan and latest[1] == case.language:
        return latest[2]
    causes = rank(case.plan, language=case.language)
    _LATEST["ranked"] = (ref(case.plan), case.language, causes)
    return causes


def _list_left(plan: Plan, cause: Cause) -> list[Sign]:
    """The signs that were found, without those that the plan mended since."""
    return [sign for sign in cause.signs if sign.is_found and not is_mended(plan, (), sign)]


def _choose_path(signs: Sequence[Sign]) -> str:
    """The answer of this step that shows the cause first; one of another step only if it must."""
    paths = [sign.path for sign in signs]
    return next((path for path in paths if path.startswith(f"{STEP}.")), paths[0])


def _tell(cause: Cause, signs: Sequence[Sign], language: str) -> dict[str, object]:
    return {
        "count": write_count(cause, language),
        "signs": " ".join(sign.words for sign in signs),
    }


no_goal = _check_cause("no-goal")
followers = _check_cause("followers")
no_rules = _check_cause("no-rules")
advertising = _check_cause("advertising")
silent = _check_cause("silent")
wrong_place = _check_cause("wrong-place")
time_unseen = _check_cause("time-unseen")
not_tracked = _check_cause("not-tracked")
spread_thin = _check_cause("spread-thin")
alone = _check_cause("alone")


@check("nothing-stands-out", Severity.NOTE, sums_up=True)
def find_nothing(case: Case) -> Iterator[Found]:
    """Once half of what is asked is answered, no cause may stand out: then say so."""
    if has_checklist(case.plan) or _rank_once(case):
        return
    asked, given = list_asked(case.plan)
    if has_enough(case.plan):
        yield Found(given[0].path, {"answered": len(given), "questions": len(asked)})


@check("no-accounts-yet", Severity.NOTE, sums_up=True)
def find_no_accounts(case: Case) -> Iterator[Found]:
    """A business without accounts has nothing to mend; the causes are its checklist."""
    if has_checklist(case.plan):
        yield Found(f"{STEP}.goal_dated")
