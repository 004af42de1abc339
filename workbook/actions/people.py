"""Who does what: always somebody the plan names, never anybody else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbook.content import load_words
from workbook.plan import read_answer
from workbook.values import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.plan import Plan

WORDS = "actions/people.toml"
_BREAK = re.compile(r",|\(| [-\u2013\u2014] ")


def find_owner(plan: Plan, path: str) -> str | None:
    """Whoever the plan names for what an answer is about; None where it names nobody.

    The person named in the same entry comes first, then those of its part, then those who are
    named for everything.
    """
    named = (read_answer(plan, where) for where in _list_paths(path))
    found = next((name for name in named if name and name != UNKNOWN), None)
    return name_person(plan, found)


def name_person(plan: Plan, name: str | None) -> str | None:
    """A person as the plan names that person most shortly: “Jo, my helper” is Jo; None for None."""
    if name is None:
        return None
    words = load_words(WORDS)
    paths = (*words["everywhere"], *(path for listed in words["steps"].values() for path in listed))
    entries = (fate.who for fate in plan.platform_fit.fates)
    readers = (goal.reader for goal in plan.goals.goals)
    known = {name, *(read_answer(plan, path) for path in paths), *entries, *readers}
    same: list[str] = [
        each for each in known if each and each != UNKNOWN and _shorten(each) == _shorten(name)
    ]
    return min(same, key=lambda each: (len(each), each))


def _shorten(name: str) -> str:
    """What a name says before a comma, bracket or dash."""
    return _BREAK.split(name, maxsplit=1)[0].strip().casefold() or name.casefold()


def _list_paths(path: str) -> Iterator[str]:
    """The answers that may name somebody, the nearest first."""
    words = load_words(WORDS)
    step, *rest = path.split(".")
    if len(rest) > 1:
        entry = ".".join((step, *rest[:2]))
        yield from (f"{entry}.{name}" for name in words["in_entries"])
    yield from words["steps"].get(step, ())
    yield from words["everywhere"]
