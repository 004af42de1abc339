"""The example as the tutorial tells it: its questions, its answers, and what is found in it.

It stands on the day on which its file was saved, so that the pages read the same whenever they
are built.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from workbook.checks.run import run
from workbook.content import find_question, load_step
from workbook.discovery import root
from workbook.errors import ContentError
from workbook.plan import read_answer
from workbook.storage.example import read_demo
from workbook.storage.plan_file import read_plan_file
from workbook.wording import cut_line, offer_entries, write_answer

if TYPE_CHECKING:
    from datetime import date

    from workbook.checks.check import Finding
    from workbook.plan import Plan

_FILE = "demo.json"
_LIMIT_MB = 2
_MOST = 180


class Asked(NamedTuple):
    """A question of the tutorial and what is answered."""

    label: str
    answer: str


def list_facts() -> dict[str, object]:
    """Everything a page may name about the example."""
    return {
        "answers": list_answers,
        "asked": ask,
        "entries": list_entries,
        "example_answer": answer,
        "example_day": read_day,
        "findings": list_findings,
        "found": find,
        "screen": name_screen,
    }


@cache
def read_day() -> date:
    """The day on which the example was saved; ContentError when its file does not tell."""
    raw = root().joinpath(_FILE).read_bytes()
    saved = read_plan_file(raw, name=_FILE, limit_mb=_LIMIT_MB).saved_at
    if saved is None:
        raise ContentError(reason=f"{_FILE} has no day")
    return saved.date()


@cache
def read_example() -> Plan:
    """The plan of the example."""
    return read_demo(read_day()).plan


def ask(path: str) -> str:
    """The words of the question at a path."""
    return find_question(path).label


def answer(path: str) -> str:
    """What the example answers to the question at a path, in one line."""
    plan = read_example()
    given = read_answer(plan, path)
    if given is None:
        return ""
    written = write_answer(offer_entries(find_question(path), plan), given)
    return cut_line(" ".join(written.split()), _MOST)


def list_answers(*paths: str) -> tuple[Asked, ...]:
    """Questions by their paths, with the answers of the example."""
    return tuple(Asked(ask(path), answer(path)) for path in paths)


class Entries(NamedTuple):
    """A list of the example: the words of its questions, and a row of answers for each entry."""

    labels: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def list_entries(path: str, *fields: str) -> Entries:
    """The entries of a list, with the answers to some of its questions; empty where none is."""
    names = [entry.id for entry in read_answer(read_example(), path)]
    return Entries(
        tuple(ask(f"{path}.{names[0]}.{field}") for field in fields),
        tuple(tuple(answer(f"{path}.{name}.{field}") for field in fields) for name in names),
    )


def name_screen(step: str, section: str) -> str:
    """The heading of a screen.

    Raises:
        StopIteration: The step has no such screen.
    """
    return next(each.title for each in load_step(step).sections if each.id == section)


@cache
def list_findings() -> tuple[Finding, ...]:
    """What is found in the example."""
    return run(read_example(), read_day())


def find(name: str) -> Finding:
    """The first finding of a check in the example.

    Raises:
        StopIteration: The check finds nothing there any more.
    """
    return next(each for each in list_findings() if each.id == name)
