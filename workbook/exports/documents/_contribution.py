"""What each step brings to the documents.

A step's ``report.toml`` (all of it may be missing) has ``title`` and ``order`` of its part, short
``terms`` for its questions, ``points`` for the half page in brief and ``decisions`` to list; the
answers themselves are written out without being asked for. Only where an answer deserves prose
has the step a ``report.py`` with ``contribute(material) -> Contribution``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

from workbook.content import load_words
from workbook.discovery import exists
from workbook.exports.report import Runs, read_lines
from workbook.plan import step_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from workbook.checks import Todo
    from workbook.exports.documents._material import Material
    from workbook.exports.report import Block


@dataclass(frozen=True, slots=True)
class Statement:
    """A block of a document, with the reasons it meets and the step that says it.

    ``is_detail`` says that only a document in full length has room for it.
    """

    block: Block
    seeds: tuple[str, ...] = ()
    step: str = ""
    is_detail: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it was written, with the reasons it meets and the step that says it."""

    text: str
    seeds: tuple[str, ...]
    step: str


@dataclass(frozen=True, slots=True)
class Point:
    """A line of the strategy in brief: a term, what is said, and its place among the others.

    ``only`` keeps it to what is in brief in a strategy of full length.
    """

    term: str
    value: Runs
    order: int
    seeds: tuple[str, ...] = ()
    step: str = ""
    only: Literal["", "brief"] = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision, and because of which answer it was taken; or one that is still open."""

    what: str
    because: str
    seeds: tuple[str, ...] = ()
    step: str = ""
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a step says in documents; parts stand in the order of ``order``.

    ``dated`` are things to do that follow from it, beside those that are open. ``told`` are the
    ids of findings that ``body`` already tells in full; ``sources`` are the keys of sources it
    rests on, ``main_sources`` of those that it rests on without its details. ``needless`` are the
    paths, each with all below it, that nobody has to answer any more once this is said.
    """

    step: str
    title: str
    order: int
    body: tuple[Statement, ...] = ()
    points: tuple[Point, ...] = ()
    decisions: tuple[Decided, ...] = ()
    dated: tuple[Todo, ...] = ()
    told: frozenset[str] = field(default_factory=frozenset)
    sources: tuple[str, ...] = ()
    main_sources: tuple[str, ...] = ()
    needless: tuple[str, ...] = ()


def load_report_words(step: str, language: str) -> Mapping[str, Any]:
    """The words of a step's part; empty where it has none of its own."""
    path = f"steps/{step}/report.toml"
    return load_words(path, language) if exists(path) else {}


def collect(material: Material) -> tuple[Contribution, ...]:
    """What every step contributes, in the order in which it is read."""
    found = [_contribute(step, material) for step in step_names()]
    return tuple(sorted(found, key=lambda part: part.order))


def _contribute(step: str, material: Material) -> Contribution:
    from workbook.exports.documents._answers import write_step  # noqa: PLC0415 - it needs this one

    if exists(f"steps/{step}/report.py"):
        made: Contribution = import_module(f"workbook.steps.{step}.report").contribute(material)
        return made
    return write_step(material, step)


def in_full(statements: Iterable[Statement]) -> Iterator[Statement]:
    """The same as details, which a short document leaves out."""
    return (replace(statement, is_detail=True) for statement in statements)


def read_statements(statements: Iterable[Statement]) -> Iterator[Line]:
    """The lines that were written, with the reasons each meets."""
    for statement in statements:
        for block in (statement.block, *getattr(statement.block, "blocks", ())):
            for text in read_lines(block):
                if text.strip():
                    yield Line(text, statement.seeds, statement.step)
