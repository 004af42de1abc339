"""What the plan has mended since the diagnosis was answered, and the mends that are left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.steps.diagnosis.causes import write_sign
from workbook.values import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from workbook.exports.documents import Material
    from workbook.steps.diagnosis.causes import Cause
    from workbook.steps.diagnosis.signs import Sign


def tell_sign(material: Material, words: Mapping[str, Any], sign: Sign) -> str:
    """A sign as a sentence, with what mends it where the plan does."""
    said = write_sign(sign, material.language)
    return f"{said} {words['mended'][sign.id]}" if _is_mended(material, sign) else said


def count_mended(material: Material, cause: Cause) -> int:
    """How many of the signs found the plan has mended since."""
    return sum(_is_mended(material, sign) for sign in cause.signs)


def list_left(material: Material, causes: Sequence[Cause]) -> list[Cause]:
    """The causes with a sign that is not mended yet, in the same order."""
    return [
        cause
        for cause in causes
        if any(sign.is_found and not _is_mended(material, sign) for sign in cause.signs)
    ]


def write_mend(words: Mapping[str, Any], cause: Cause, *, whole: bool = False) -> str:
    """What to do about a cause, without “this week”, since documents give it a date.

    Args:
        words: The words of the step's part.
        cause: The cause.
        whole: With what one has when it is done.
    """
    text = cause.mend.replace(words["lead_in"]["page"], words["lead_in"]["document"])
    todo = text.partition(words["outcome"])[0].strip()
    return text if whole or not todo else todo


def _is_mended(material: Material, sign: Sign) -> bool:
    judge = _MENDED.get(sign.id)
    return sign.is_found and judge is not None and judge(material)


def _has_goal(material: Material) -> bool:
    goals = material.plan.goals
    return goals.decision == "use" and any(
        goal.metric and goal.target is not None and goal.due for goal in goals.goals
    )


def _has_reasons(material: Material) -> bool:
    """Whether each account's place has a written reason that says something."""
    whys = material.plan.goals.whys
    named = {why.platform for why in whys if why.reason not in (None, UNKNOWN)}
    doubted = any(
        finding.path.startswith("goals.whys.") and finding.path.endswith(".reason")
        for finding in material.findings
    )
    places = {account.platform for account in material.plan.start.accounts}
    return bool(whys) and not doubted and {why.platform for why in whys} | places <= named


def _has_reader(material: Material) -> bool:
    return _has_goal(material) and any(
        goal.reader not in (None, UNKNOWN) and goal.review for goal in material.plan.goals.goals
    )


_MENDED: dict[str, Callable[[Material], bool]] = {
    "reason_written": _has_reasons,
    "goal_dated": _has_goal,
    "miss_noticed": _has_reader,
}
