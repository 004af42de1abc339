"""Tell of posts that went out whether they sell or talk: nine indicators, and what is not known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from workbook.commands._command import (
    FILE,
    STANDARD_INPUT,
    Command,
    answer,
    as_json,
    load_command_words,
    read_bytes,
)
from workbook.errors import PostsUnreadable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from workbook.imports.social import Gathered
    from workbook.mix import Audit, Counts
    from workbook.plan import Plan

OUTSIDE = 1
_WORDS = load_command_words("posts")
_USAGE: dict[str, str] = _WORDS["usage"]
COUNTS = {
    "replies": "replies",
    "received": "received",
    "answered": "answered",
    "praise": "praise",
    "elsewhere": "elsewhere",
    "oldest": "oldest_days",
}
"""What may be counted by hand, by its name here and in the counts."""
_MOST = 1_000_000_000


@click.command(cls=Command, help=_WORDS["help"])
@click.argument("files", type=FILE, nargs=-1, required=True, metavar="FILE...")
@click.option("--plan", type=FILE, metavar="PLAN", help=_WORDS["option"]["plan"])
@click.option("--count", multiple=True, metavar="NAME=NUMBER", help=_WORDS["option"]["count"])
@click.option("--day-first/--month-first", default=None, help=_WORDS["option"]["day_first"])
@click.option("--each", is_flag=True, help=_WORDS["option"]["each"])
@click.option("--show-texts", is_flag=True, help=_WORDS["option"]["show_texts"])
@as_json
def command(
    files: Sequence[Path],
    *,
    plan: Path | None,
    count: Sequence[str],
    day_first: bool | None,
    each: bool,
    show_texts: bool,
    as_json: bool,
) -> int:
    """Look at posts."""
    from workbook.calling import read_settings  # noqa: PLC0415 - keeps --help light
    from workbook.commands._mix import list_audit, tell_audit  # noqa: PLC0415 - same reason
    from workbook.mix import audit_posts  # noqa: PLC0415 - same reason

    counted, ours, language = _read_counts(count), _read_plan(plan), read_settings().language
    gathered = _gather(files, day_first=day_first, language=language)
    audit = audit_posts(gathered.posts, ours, _complete(counted, gathered))
    document = {
        "files": [str(path) for path in files],
        "plan": str(plan) if plan else None,
        **list_audit(audit, gathered, language, texts=show_texts),
    }
    told = tell_audit(audit, gathered, language, each=each or show_texts, texts=show_texts)
    answer(document, "\n\n".join(told), as_json=as_json)
    return OUTSIDE if _is_outside(audit) else 0


def _is_outside(audit: Audit) -> bool:
    flagged = any(each.is_flagged and each.is_clear for each in audit.indicators)
    return flagged or audit.is_talk_low


# -- what was asked for ------------------------------------------------------------------------


def _read_plan(path: Path | None) -> Plan:
    """The plan whose limits, names, website and corrections count; without one, our defaults."""
    from workbook.calling import read_plan  # noqa: PLC0415 - keeps --help light
    from workbook.plan import Plan  # noqa: PLC0415 - same reason

    return read_plan(path).plan if path else Plan()


def _read_counts(texts: Sequence[str]) -> Counts:
    from workbook.mix import Counts  # noqa: PLC0415 - keeps --help light

    found: dict[str, int] = {}
    for text in texts:
        name, _, number = (part.strip() for part in text.partition("="))
        if name not in COUNTS:
            raise click.UsageError(_USAGE["name"].format(given=text, known=", ".join(COUNTS)))
        plain = re.sub(r"[ ,.'\u2019]", "", number)
        if not re.fullmatch(r"[0-9]+", plain) or int(plain) > _MOST:
            raise click.UsageError(_USAGE["number"].format(given=text))
        found[COUNTS[name]] = int(plain)
    return Counts(**found)


def _complete(counted: Counts, gathered: Gathered) -> Counts:
    """What was counted by hand; what the file of an inbox tells counts where nothing was."""
    from dataclasses import replace  # noqa: PLC0415 - small

    inbox = gathered.inbox
    if inbox is not None and counted.received is None:
        oldest = inbox.oldest_days if counted.oldest_days is None else counted.oldest_days
        counted = replace(
            counted, received=inbox.received, answered=inbox.answered, oldest_days=oldest
        )
    received, answered = counted.received, counted.answered
    if counted.oldest_days is None and None not in (received, answered) and answered == received:
        return replace(counted, oldest_days=0)
    return counted


# -- files -------------------------------------------------------------------------------------


def _gather(files: Sequence[Path], *, day_first: bool | None, language: str) -> Gathered:
    """The posts of all files, each once; raises PostsUnreadable when there are none."""
    from workbook.calling import read_today  # noqa: PLC0415 - keeps --help light
    from workbook.imports.problems import explain_all  # noqa: PLC0415 - same reason
    from workbook.imports.social import gather_posts  # noqa: PLC0415 - same reason

    given = [_read(path) for path in files]
    gathered = gather_posts(given, today=read_today(), day_first=day_first)
    if not gathered.posts:
        problems = explain_all(gathered.problems, language)
        reason = problems[0].rstrip(".") if problems else _WORDS["reasons"]["none"]
        raise PostsUnreadable(reason=reason)
    return gathered


def _read(path: Path) -> tuple[str, bytes]:
    from workbook.imports.containers import LARGEST_FILE  # noqa: PLC0415 - keeps --help light

    is_input = str(path) == STANDARD_INPUT
    name = _WORDS["said"]["stdin"] if is_input else path.name or str(path)

    def refuse(kind: str) -> PostsUnreadable:
        return PostsUnreadable(reason=_WORDS["reasons"][kind].format(name=name))

    return name, read_bytes(path, LARGEST_FILE, refuse)
