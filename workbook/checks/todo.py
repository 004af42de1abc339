"""What is still open, as dated things to do."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from workbook.checks.check import Finding, Severity
from workbook.checks.progress import is_asked, measure_progress
from workbook.content import BASE_LANGUAGE, default_of, find_question, load_steps
from workbook.plan import Plan, walk_answers
from workbook.values import UNKNOWN, Frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Todo(Frozen):
    """One thing to do: what, by when, and the answer it is about."""

    text: str
    due: date
    path: str
    why: str


def list_todos(
    plan: Plan, findings: Iterable[Finding], today: date, *, language: str = BASE_LANGUAGE
) -> tuple[Todo, ...]:
    """Open decisions first, then what was answered “I do not know”, then what is unanswered.

    Dates are spread over the weeks to come, so many a week (our default, ``start.todos_a_week``),
    counted from ``today``.
    """
    open_things = [
        *((f.do, f.path, f.what) for f in findings if f.severity is Severity.BLOCK),
        *_to_find_out(plan, language),
        *_to_answer(plan, language),
    ]
    a_week = max(1, int(default_of(plan, "start.todos_a_week")))
    seen: dict[str, tuple[str, str, str]] = {}
    for thing in open_things:
        seen.setdefault(thing[0], thing)
    return tuple(
        Todo(text=text, path=path, why=why, due=today + timedelta(days=7 * (1 + at // a_week)))
        for at, (text, path, why) in enumerate(seen.values())
    )


def _to_find_out(plan: Plan, language: str) -> Iterator[tuple[str, str, str]]:
    for step in load_steps(language):
        for path, value in walk_answers(getattr(plan, step.id), step.id):
            chosen = value if isinstance(value, tuple) else (value,)
            if UNKNOWN not in chosen or step.section_of(path) is None:
                continue
            question = find_question(path, language)
            if question.find_out and is_asked(question, plan):
                yield question.find_out, path, question.label


def _to_answer(plan: Plan, language: str) -> Iterator[tuple[str, str, str]]:
    for step in load_steps(language):
        progress = measure_progress(plan, step)
        if progress.begun and progress.next_path:
            question = find_question(progress.next_path, language)
            if is_asked(question, plan):
                yield step.task, progress.next_path, question.label
