"""Posts from several files and a pasted text, each once, with what an inbox tells beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.imports.cases import read_cases
from workbook.imports.posts import read_dated, split_posts
from workbook.mix.indicators import Counts
from workbook.mix.posts import Post, join_posts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from workbook.records import Case
    from workbook.values import Problem

_OTHER_FILE = "posts-other-file"
_ZONE = "UTC"


@dataclass(frozen=True, slots=True)
class Gathered:
    """Posts of all files, how many of them were there twice, and what was not read."""

    posts: tuple[Post, ...]
    twice: int = 0
    problems: tuple[Problem, ...] = ()
    inbox: Counts | None = None
    """Questions and complaints, where a file of an inbox or a help desk was among them."""


def gather_posts(
    files: Iterable[tuple[str, bytes]],
    pasted: str = "",
    *,
    today: date,
    day_first: bool | None = None,
) -> Gathered:
    """Everything that was given, as posts.

    Args:
        files: Name and bytes of each file.
        pasted: A text with posts, divided by blank lines or lines of dashes.
        today: The day from which the age of an open question is counted.
        day_first: Whether 03/04/2026 is in April, for files that do not tell.

    Returns:
        Each post once. Nothing of it is kept anywhere. Never raises for what a file holds.
    """
    found: list[Sequence[Post]] = []
    problems: list[Problem] = []
    cases: dict[str, Case] = {}
    for name, raw in files:
        read = read_dated(raw, name, day_first=day_first)
        if [problem.id for problem in read.problems] == [_OTHER_FILE]:
            inbox = read_cases(raw, name, _ZONE, day_first=day_first)
            if inbox.records:
                cases.update({case.key: case for case in inbox.records})
                continue
        found.append(read.written)
        problems += read.problems
    found.append(tuple(map(Post, split_posts(pasted))))
    joined = join_posts(found)
    counts = _count(list(cases.values()), today) if cases else None
    return Gathered(joined.posts, joined.twice, tuple(problems), counts)


def _count(cases: list[Case], today: date) -> Counts | None:
    """What came in, what was answered, and how long the oldest has waited."""
    asked = [case for case in cases if case.needs_answer and _is_told(case)]
    if not asked:
        return None
    waiting = [case for case in asked if not _is_answered(case)]
    oldest = max(((today - case.seen_at.date()).days for case in waiting), default=0)
    return Counts(
        received=len(asked), answered=len(asked) - len(waiting), oldest_days=max(0, oldest)
    )


def _is_told(case: Case) -> bool:
    return case.is_answered is not None or case.replied_at is not None


def _is_answered(case: Case) -> bool:
    return bool(case.is_answered or case.replied_at)
