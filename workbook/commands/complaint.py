"""Walk one complaint through the tree, with the plan's clock, people and words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from workbook.commands._command import (
    FILE,
    Command,
    answer,
    as_json,
    indent,
    load_command_words,
    read_bytes,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from workbook.complaint.case import Handled
    from workbook.complaint.problems import Problem

WAITING = 1
_WORDS = load_command_words("complaint")
_SAID: dict[str, str] = _WORDS["said"]


@click.command(cls=Command, help=_WORDS["help"])
@click.argument("plan", type=FILE)
@click.argument("case", type=FILE)
@as_json
def command(plan: Path, case: Path, *, as_json: bool) -> int:
    """Walk a complaint through the tree."""
    from workbook.calling import read_plan, read_settings  # noqa: PLC0415 - keeps --help light
    from workbook.complaint.case import handle, read_case  # noqa: PLC0415 - same reason
    from workbook.complaint.problems import list_problems  # noqa: PLC0415 - same reason

    language = read_settings().language
    ours = read_plan(plan).plan
    given = read_case(_read(case, language), language)
    handled = handle(ours, given, language)
    problems = list_problems(ours, given, handled, language)
    told = "\n\n".join(_tell(handled, problems, language))
    answer(_list_entries(handled, problems), told, as_json=as_json)
    return 0 if handled.outcome else WAITING


def _read(path: Path, language: str) -> bytes:
    """The bytes of a case, and no more of them than a case can have."""
    from workbook.complaint.case import LIMIT_MB, WORDS  # noqa: PLC0415 - same reason
    from workbook.content import load_words  # noqa: PLC0415 - same reason
    from workbook.errors import CaseUnreadable  # noqa: PLC0415 - same reason

    def refuse(kind: str) -> CaseUnreadable:
        reason = load_words(WORDS, language)["reasons"][kind]
        return CaseUnreadable(reason=reason.format(name=path.name or path))

    return read_bytes(path, LIMIT_MB * 1_000_000, refuse)


def _list_entries(handled: Handled, problems: Sequence[Problem]) -> dict[str, Any]:
    """What the case came to, for programs."""
    return {
        "path": list(handled.walk.path),
        "outcome": handled.outcome.id if handled.outcome else None,
        "severity": handled.level.value if handled.level else None,
        "owner": handled.owner or None,
        "clock_minutes": handled.promise.minutes if handled.promise else None,
        "deadline": handled.deadline.isoformat() if handled.deadline else None,
        "draft": handled.draft.text if handled.draft else "",
        "problems": [problem.text for problem in problems],
    }


def _tell(handled: Handled, problems: Sequence[Problem], language: str) -> list[str]:
    """What the case came to, as paragraphs for people."""
    from workbook.complaint.tree import load_tree  # noqa: PLC0415 - same reason

    parts = []
    path = _SAID["path"].format(path=_SAID["arrow"].join(handled.walk.path))
    if handled.outcome and handled.level:
        title = _SAID["outcome"].format(title=handled.outcome.title, level=handled.level.value)
        parts += [
            "\n".join([title, path, *_tell_clock(handled, language)]),
            *_tell_rest(handled, language),
        ]
    else:
        question = load_tree(language).questions[handled.walk.missing]
        parts.append(_SAID["waiting"].format(id=question.id, ask=question.ask))
    if problems:
        said = [indent(_SAID["problem"].format(text=problem.text)) for problem in problems]
        parts.append("\n".join([_SAID["problems"], *said]))
    return parts


def _tell_clock(handled: Handled, language: str) -> list[str]:
    from workbook.complaint.rules import write_moment, write_promise  # noqa: PLC0415 - same

    owner = handled.owner
    lines = [_SAID["owner"].format(owner=owner) if owner else _SAID["nobody"]]
    if handled.promise:
        promise = write_promise(handled.promise, handled.calendar, language)
        lines.append(_SAID["clock"].format(promise=promise))
    if handled.deadline:
        lines.append(_SAID["deadline"].format(deadline=write_moment(handled.deadline, language)))
    return lines


def _tell_rest(handled: Handled, language: str) -> list[str]:
    from workbook.complaint.case import write_pattern  # noqa: PLC0415 - keeps --help light

    outcome, draft = handled.outcome, handled.draft
    if outcome is None:
        return []
    steps = [
        indent(_SAID["step"].format(number=number, text=text))
        for number, text in enumerate(outcome.steps, 1)
    ]
    rules = [
        _SAID["pattern"].format(pattern=write_pattern(handled, language)),
        _SAID["stop"].format(stop=outcome.stop),
    ]
    said = [_SAID["draft"], indent(draft.text)] if draft else [_SAID["no_draft"]]
    return ["\n".join([_SAID["steps"], *steps]), "\n".join(rules), "\n".join(said)]
