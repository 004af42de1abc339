"""What is to be done: the action list of the plan, and what is open and not on it yet."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING

from workbook.content import BASE_LANGUAGE, default_of
from workbook.plan import step_names
from workbook.values import Frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from workbook.checks.check import Finding
    from workbook.plan import Plan
    from workbook.steps.integration.answers import Action

_OPEN = ("decide", "find_out", "answer")
"""The kinds of proposed actions without which a plan is not finished; others are advice."""


class Todo(Frozen):
    """One thing to do: what, by when, and the answer it is about.

    ``due`` is None for an action on the list that was given no day. ``is_listed`` tells whether it
    stands on that list, where its day is kept; any other day is a proposal counted from today.
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
    open_ones = [p for p in proposed if p.kind in _OPEN and p.what not in named]
    days = _fill_days([p.due for p in open_ones], plan, today)
    waiting = [
        Todo(text=p.what, due=due, path=p.about, why=p.why)
        for p, due in zip(open_ones, days, strict=True)
    ]
    todos = (*(todo for todo in listed if todo.text), *waiting)
    return tuple(sort_todos(todos))


def list_unknown(plan: Plan, *, language: str = BASE_LANGUAGE) -> tuple[Todo, ...]:
    """What was answered “I do not know”, each with how it is found out; ``why`` is the question.

    One to-do stands for a question, also where several entries of a list are open, and leads to
    the first of them. None has a day: ``list_todos`` proposes those.
    """
    from workbook.actions.gathering import find_out  # noqa: PLC0415 - as above

    found = find_out(plan, language)
    return tuple(Todo(text=f.text, due=None, path=f.about, why=f.why) for f in found)


def _fill_days(days: Sequence[date | None], plan: Plan, today: date) -> Iterator[date]:
    """A day for each: one that has none comes into the first week with room.

    So many a week are our default, ``start.todos_a_week``; the weeks end on the weekday of today.
    """
    a_week = max(1, int(default_of(plan, "start.todos_a_week")))
    taken = Counter(-((today - day).days // 7) for day in days if day is not None)
    for day in days:
        week = next(number for number in count(1) if day is not None or taken[number] < a_week)
        taken[week] += day is None
        yield day or today + timedelta(weeks=week)


def _list(action: Action) -> Todo:
    own = f"integration.actions.{action.id}.what"
    about = action.about or ""
    path = about if about.partition(".")[0] in step_names() else own
    return Todo(
        text=action.what or "", due=action.due, path=path, why=action.who or "", is_listed=True
    )


def sort_todos(todos: Iterable[Todo]) -> list[Todo]:
    """Things to do by their days; what has none yet comes last."""
    return sorted(todos, key=lambda todo: (todo.due is None, todo.due))
