"""What is still open, as dated things to do."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from workbook.checks.check import Finding, Severity
from workbook.checks.progress import is_asked, measure_progress
from workbook.content import (
    BASE_LANGUAGE,
    default_of,
    find_question,
    load_step,
    load_steps,
    load_words,
)
from workbook.plan import Plan, read_answer, walk_answers
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

    Each answer and each text is named once. A decision that was not reached yet is named by its
    question, since nothing is wrong with it so far.

    Dates are spread over the weeks to come, so many a week (our default, ``start.todos_a_week``),
    counted from ``today``.
    """
    open_things = [
        *_to_decide(plan, findings, language),
        *_to_find_out(plan, language),
        *_to_answer(plan, language),
    ]
    a_week = max(1, int(default_of(plan, "start.todos_a_week")))
    return tuple(
        Todo(text=text, path=path, why=why, due=today + timedelta(days=7 * (1 + at // a_week)))
        for at, (text, path, why) in enumerate(_name_once(open_things))
    )


def _name_once(things: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
    seen: set[str] = set()
    for text, path, why in things:
        if not {text, path} & seen:
            seen |= {text, path}
            yield text, path, why


def _to_decide(
    plan: Plan, findings: Iterable[Finding], language: str
) -> Iterator[tuple[str, str, str]]:
    form = load_words("wording.toml", language)["todo"]["answer"]
    for finding in findings:
        if finding.severity is Severity.BLOCK and _is_reached(plan, finding.path):
            yield finding.do, finding.path, finding.what
        elif finding.severity is Severity.BLOCK:
            question = find_question(finding.path, language)
            yield form.format(question=question.label), finding.path, finding.what


def _is_reached(plan: Plan, path: str) -> bool:
    """Whether the question at a path is answered, or one of its screen or of a later one is."""
    if read_answer(plan, path) not in _NOTHING:
        return True
    name = path.partition(".")[0]
    sections = load_step(name).sections
    here = next((at for at, s in enumerate(sections) if path.split(".")[1] in s.questions), 0)
    later = (question for section in sections[here:] for question in section.questions)
    return any(read_answer(plan, f"{name}.{question}") not in _NOTHING for question in later)


_NOTHING = (None, (), "")


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
