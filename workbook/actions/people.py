"""Who does what: always somebody the plan names, never anybody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.content import load_words
from workbook.plan import read_answer
from workbook.values import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.plan import Plan

WORDS = "actions/people.toml"


def find_owner(plan: Plan, path: str) -> str | None:
    """Whoever the plan names for what an answer is about; None where it names nobody.

    The person named in the same entry comes first, then those of its part, then those who are
    named for everything.
    """
    named = (read_answer(plan, where) for where in _list_paths(path))
    return next((name for name in named if name and name != UNKNOWN), None)


def _list_paths(path: str) -> Iterator[str]:
    """The answers that may name somebody, the nearest first."""
    words = load_words(WORDS)
    step, *rest = path.split(".")
    if len(rest) > 1:
        entry = ".".join((step, *rest[:2]))
        yield from (f"{entry}.{name}" for name in words["in_entries"])
    yield from words["steps"].get(step, ())
    yield from words["everywhere"]
