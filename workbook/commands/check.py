"""Check a plan file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from workbook.commands._command import (
    FILE,
    SHARED,
    Command,
    answer,
    as_json,
    indent,
    load_command_words,
)
from workbook.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from workbook.checks import Finding
    from workbook.plan import Plan


BLOCKED = 1
_WORDS = load_command_words("check")


@click.command(cls=Command, help=_WORDS["help"])
@click.argument("plan", type=FILE)
@click.option("--posts", type=FILE, metavar="FILE", help=_WORDS["option"]["posts"])
@as_json
def command(plan: Path, *, posts: Path | None, as_json: bool) -> int:
    """Check a plan file, or posts by its rules."""
    from workbook.calling import check_file, read_plan, read_settings  # noqa: PLC0415 - same

    plan_file = read_plan(plan)
    if posts is not None:
        from workbook.commands._posts import check_posts  # noqa: PLC0415 - same

        return check_posts(plan, plan_file.plan, posts, read_settings().language, as_json=as_json)
    findings = check_file(plan_file, read_settings().language)
    document = {
        "plan": str(plan),
        "blocked": count_open(findings),
        "findings": [finding.model_dump(mode="json") for finding in findings],
        "unclear": dict(plan_file.unclear),
        "refused": list(plan_file.refused),
    }
    told = "\n\n".join(
        [
            *_tell(plan_file.plan, findings, plan_file.unclear),
            *map(_word_refused, plan_file.refused),
        ]
    )
    answer(document, told, as_json=as_json)
    return BLOCKED if count_open(findings) else 0


def count_open(findings: Iterable[Finding]) -> int:
    """How many decisions are open."""
    return sum(finding.severity == "block" for finding in findings)


def _tell(plan: Plan, findings: Sequence[Finding], unclear: dict[str, str]) -> list[str]:
    """What was found, as paragraphs."""
    business = plan.start.name or _WORDS["said"]["nameless"]
    numbers = [(name, sum(f.severity == name for f in findings)) for name in _WORDS["severity"]]
    counts = [
        _WORDS["count"][f"{name}_one" if number == 1 else name].format(count=number)
        for name, number in numbers
        if number
    ]
    first = _WORDS["said"]["found" if counts else "nothing"]
    head = first.format(business=business, counts=SHARED["joined"].join(counts))
    return [head, *map(_tell_finding, findings), *_tell_unclear(unclear)]


def _tell_finding(finding: Finding) -> str:
    head = f"{_WORDS['severity'][finding.severity]}  [{finding.id}]  {finding.path}"
    said = [
        finding.what,
        _WORDS["said"]["because"].format(text=finding.because),
        _WORDS["said"]["do"].format(text=finding.do),
    ]
    return "\n".join([head, *map(indent, said)])


def _tell_unclear(unclear: dict[str, str]) -> list[str]:
    return [_word_unclear(path, typed) for path, typed in unclear.items()]


def _word_unclear(path: str, typed: str) -> str:
    """What could not be read, by its question; a file may also name what no question asks for."""
    from workbook.content import find_question  # noqa: PLC0415 - same reason

    try:
        question = find_question(path).label
    except ContentError:
        return str(_WORDS["said"]["unclear_nowhere"].format(path=path, typed=typed))
    return str(_WORDS["said"]["unclear"].format(question=question, typed=typed))


def _word_refused(path: str) -> str:
    """Where a password stood in the file; what it was is not told."""
    return str(_WORDS["said"]["refused"].format(path=path))
