"""What is to be done: the action list of the plan, and what is open and not on it yet."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from workbook.content import BASE_LANGUAGE
from workbook.values import Frozen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbook.checks.check import Finding
    from workbook.plan import Plan
    from workbook.steps.integration.answers import Action

_OPEN = ("decide", "find_out", "answer")
"""The kinds of proposed actions without which a plan is not finished; others are advice."""


class Todo(Frozen):
    """One thing to do: what, by when, and the answer it is about.

    ``due`` is None for what has no day yet. ``is_listed`` tells whether it stands on the action
    list of the plan, where its day is kept; any other day is a proposal and counted from today.
    """

    text: str
    due: date | None
    path: str
    why: str
    is_listed: bool = False


def list_todos(
    plan: Plan, findings: Iterable[Finding], today: date, *, language: str = BASE_LANGUAGE
) -> tuple[Todo, ...]:
    """What is to be done, by day: the open actions of the plan, and what is not among them yet.

    Of the latter there are open decisions, what was answered “I do not know”, and what is
    unanswered; ``actions.propose_actions`` proposes their days, and the same text or answer is
    named once. What else it proposes is advice, and waits for whoever takes it.
    """
    from workbook.actions import propose_actions  # noqa: PLC0415 - what orders them needs checks

    proposed = propose_actions(plan, tuple(findings), today, language)
    listed = [_list(action) for action in plan.integration.actions if action.is_open]
    named = {todo.text for todo in listed}
    waiting = [
        Todo(text=p.what, due=p.due, path=p.about, why=p.why)
        for p in proposed
        if p.kind in _OPEN and p.what not in named
    ]
    todos = (*(todo for todo in listed if todo.text), *waiting)
    return tuple(sort_todos(todos))


def _list(action: Action) -> Todo:
    path = action.about or f"integration.actions.{action.id}.what"
    return Todo(
        text=action.what or "", due=action.due, path=path, why=action.who or "", is_listed=True
    )


def sort_todos(todos: Iterable[Todo]) -> list[Todo]:
    """Things to do by their days; what has none yet comes last."""
    return sorted(todos, key=lambda todo: (todo.due is None, todo.due))
