"""What a week without the owner means: what somebody else does, what is done before, what waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from workbook.budget.blocks import count_week, name_doer, pool_of, read_owner, sum_blocks
from workbook.budget.need import Need, reckon_need
from workbook.steps.time.answers import Task

if TYPE_CHECKING:
    from workbook.plan import Plan

_WAITING = (Task.PLAN, Task.CARE, Task.REPORT)


class Absence(NamedTuple):
    """Hours of a week without its owner."""

    owner: str
    substitute: str
    answering: float
    """What the substitute does, since people who ask do not wait."""
    making: float
    """What is done in the week before."""
    waiting: float
    """What waits until the owner is back."""
    others: float
    """What others than the owner do as always."""


def reckon_absence(plan: Plan) -> Absence:
    """What becomes of the owner's hours in a week off: from the blocks, else from the need."""
    owner, substitute = read_owner(plan), plan.time.substitute
    named = "" if substitute in (None, "unknown") else str(substitute)
    mine = [b for b in plan.time.blocks if name_doer(b, owner) == owner.strip().casefold()]
    if not sum_blocks(plan.time.blocks):
        return _reckon_by_need(owner, named, reckon_need(plan))

    def add(*tasks: Task) -> float:
        return sum_blocks(block for block in mine if pool_of(block.task) in tasks)

    others = sum(count_week(block) for block in plan.time.blocks if block not in mine) / 60
    return Absence(owner, named, add(Task.ANSWER), add(Task.MAKE), add(*_WAITING), others)


def _reckon_by_need(owner: str, substitute: str, need: Need) -> Absence:
    by_task = need.sum_by_task()

    def add(*tasks: Task) -> float:
        return sum(by_task.get(task, 0.0) for task in tasks)

    answering = add(Task.ANSWER, Task.LISTEN)
    return Absence(owner, substitute, answering, add(Task.MAKE), add(*_WAITING), 0.0)
