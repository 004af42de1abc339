"""How far a step is: from the questions that are asked and needed, nothing else."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from workbook.checks.check import Severity
from workbook.content import find_question
from workbook.plan import OWN_DEFAULTS
from workbook.steps.start.answers import Route
from workbook.values import Frozen, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workbook.checks.check import Finding
    from workbook.content import Question, Step
    from workbook.plan import Plan


LEAST_MINUTES = 3
"""No step is said to take less."""


class Status(StrEnum):
    """Where a step stands."""

    NOT_NEEDED = "not_needed"
    """Nothing in it is asked on the way that was chosen."""
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    TO_SETTLE = "to_settle"
    """Everything that is needed is answered, and something in it blocks the plan."""
    COMPLETED = "completed"


class Progress(Frozen):
    """How many of the answers that are needed are given, and which one comes next."""

    answered: int
    needed: int
    begun: bool
    next_path: str
    blocked: tuple[str, ...] = ()
    """The answers of the step that block the plan, where findings were given."""

    @property
    def status(self) -> Status:
        """Not needed, not started, in progress, to be settled, or completed."""
        if self.needed and not self.begun:
            return Status.NOT_STARTED
        if self.answered < self.needed:
            return Status.IN_PROGRESS
        if self.blocked:
            return Status.TO_SETTLE
        return Status.COMPLETED if self.begun else Status.NOT_NEEDED


def is_asked(question: Question, plan: Plan) -> bool:
    """Whether a question is asked: shown by its condition, and on the route that was chosen."""
    on_route = plan.start.route is not Route.SHORT or question.short
    return on_route and question.is_shown(plan)


def is_path_asked(path: str, plan: Plan) -> bool:
    """Whether the question at a path is asked, and the list it stands in, where it is in one."""
    if path.startswith(OWN_DEFAULTS):
        return True
    listed = ".".join(path.split(".")[:2])
    return all(is_asked(find_question(part), plan) for part in {listed, path})


def count_minutes(step: Step, plan: Plan) -> int:
    """The minutes a step takes on the way that was chosen: its share of the questions."""
    if plan.start.route is not Route.SHORT:
        return step.minutes
    asked = sum(question.short for question in step.questions.values())
    return max(LEAST_MINUTES, round(step.minutes * asked / len(step.questions)))


def measure_progress(plan: Plan, step: Step, findings: Iterable[Finding] = ()) -> Progress:
    """The progress of one step in a plan; with findings, also what in it blocks the plan."""
    answers = getattr(plan, step.id)
    wanted = list(_wanted(plan, step, answers))
    open_paths = [path for path, value in wanted if _is_open(value)]
    return Progress(
        answered=len(wanted) - len(open_paths),
        needed=len(wanted),
        begun=answers != type(answers)(),
        next_path=open_paths[0] if open_paths else "",
        blocked=tuple(
            each.path
            for each in findings
            if each.severity is Severity.BLOCK and each.path.startswith(f"{step.id}.")
        ),
    )


def _wanted(plan: Plan, step: Step, answers: Any) -> Iterator[tuple[str, object]]:  # noqa: ANN401
    for section in step.sections:
        for name in section.questions:
            question = step.questions[name]
            if not (question.is_needed(plan) and is_asked(question, plan)):
                continue
            value = getattr(answers, name)
            if question.kind == "records" and value:
                yield from _wanted_in_records(plan, question, value)
            else:
                yield question.path, value


def _wanted_in_records(
    plan: Plan, question: Question, records: tuple[Record, ...]
) -> Iterator[tuple[str, object]]:
    for record in records:
        for field in question.fields:
            if field.is_needed(plan) and is_asked(field, plan):
                yield f"{question.path}.{record.id}.{field.id}", getattr(record, field.id)


def _is_open(value: object) -> bool:
    return value is None or value in ((), "")
