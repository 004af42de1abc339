"""What the plan has mended since the diagnosis was answered, and the mends that are left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.values import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from workbook.checks.check import Finding
    from workbook.plan import Plan
    from workbook.steps.diagnosis.causes import Cause
    from workbook.steps.diagnosis.signs import Sign

    Findings = Sequence[Finding]


def list_left(plan: Plan, findings: Findings, causes: Sequence[Cause]) -> list[Cause]:
    """The causes with a sign that is not mended yet, in the same order."""
    return [
        cause
        for cause in causes
        if any(sign.is_found and not is_mended(plan, findings, sign) for sign in cause.signs)
    ]


def write_mend(words: Mapping[str, Any], cause: Cause, *, whole: bool = False) -> str:
    """What to do about a cause, without “this week”, since it is given a date.

    Args:
        words: The words of the step's report.
        cause: The cause.
        whole: With what one has when it is done.
    """
    text = cause.mend.replace(words["lead_in"]["page"], words["lead_in"]["document"])
    todo = text.partition(words["outcome"])[0].strip()
    return text if whole or not todo else todo


def is_mended(plan: Plan, findings: Findings, sign: Sign) -> bool:
    """Whether a sign was found, and the plan does what is missing since."""
    judge = _MENDED.get(sign.id)
    return sign.is_found and judge is not None and judge(plan, findings)


def _has_goal(plan: Plan, _: Findings) -> bool:
    goals = plan.goals
    return goals.decision == "use" and any(
        goal.metric and goal.target is not None and goal.due for goal in goals.goals
    )


def _has_reasons(plan: Plan, findings: Findings) -> bool:
    """Whether each account's place has a written reason that says something."""
    whys = plan.goals.whys
    named = {why.platform for why in whys if why.reason not in (None, UNKNOWN)}
    doubted = any(
        finding.path.startswith("goals.whys.") and finding.path.endswith(".reason")
        for finding in findings
    )
    places = {account.platform for account in plan.start.accounts}
    return bool(whys) and not doubted and {why.platform for why in whys} | places <= named


def _has_reader(plan: Plan, findings: Findings) -> bool:
    return _has_goal(plan, findings) and any(
        goal.reader not in (None, UNKNOWN) and goal.review for goal in plan.goals.goals
    )


_MENDED: dict[str, Callable[[Plan, Findings], bool]] = {
    "reason_written": _has_reasons,
    "goal_dated": _has_goal,
    "miss_noticed": _has_reader,
}
