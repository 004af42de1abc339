"""What is open: findings in full, missing answers, and dated things to do."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from workbook.checks import Severity, Status, measure_progress
from workbook.content import find_question, load_steps
from workbook.exports.documents._answers import cut
from workbook.exports.documents._contribution import Statement
from workbook.exports.report import (
    Bullets,
    Callout,
    Column,
    Heading,
    KeyValues,
    Paragraph,
    Table,
    runs,
    strong,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from workbook.checks import Finding
    from workbook.exports.documents._contribution import Contribution
    from workbook.exports.documents._material import Material
    from workbook.exports.report import Runs

LONG_WHAT = 200


def write_missing(material: Material) -> Iterator[Statement]:
    """The parts that are not answered yet, where somebody has hardly begun."""
    words = material.wording["missing"]
    items = list(_list_missing(material, words))
    if items:
        yield Statement(Callout("open", words["title"], (Paragraph.of(words["lead"]), Bullets.of(*items))))


def _list_missing(material: Material, words: Mapping[str, str]) -> Iterator[str]:
    for step in load_steps(material.language):
        progress = measure_progress(material.plan, step)
        if progress.status is Status.NOT_STARTED:
            yield words["item"].format(task=step.task, minutes=step.minutes)
        elif progress.next_path:
            question = find_question(progress.next_path, material.language)
            yield words["begun"].format(task=step.task, question=question.label)


def write_findings(
    material: Material, parts: Sequence[Contribution], sources: Sequence[str]
) -> Iterator[Statement]:
    """Every finding that no part has told in full: what, because, do, how sure, what changes it."""
    words = material.wording["open"]
    yield Statement(Heading(1, words["title"], "open"))
    for part in parts:
        if part.told & {finding.id for finding in material.findings}:
            yield Statement(Paragraph.of(words["elsewhere"].format(title=part.title)))
    told = frozenset[str]().union(*(part.told for part in parts))
    rest = [finding for finding in material.findings if finding.id not in told]
    if not any(finding.severity is Severity.BLOCK for finding in rest):
        yield Statement(Paragraph.of(words["none"]))
    for severity, found in groupby(rest, key=lambda finding: finding.severity):
        yield Statement(Heading(2, words["severity"][severity.value]))
        alike: dict[str, list[Finding]] = {}
        for finding in found:
            alike.setdefault(finding.id, []).append(finding)
        for group in alike.values():
            yield from tell(material, group, sources)


def tell(
    material: Material, alike: Sequence[Finding], sources: Sequence[str]
) -> Iterator[Statement]:
    """Findings of one kind, told once, with what each of them is about."""
    first = alike[0]
    if len(alike) == 1:
        yield Statement(Heading(3, cut(first.what, LONG_WHAT)), first.seeds, first.step)
        if len(first.what) > LONG_WHAT:
            yield Statement(Paragraph.of(first.what))
    else:
        words = material.wording["open"]["several"]
        title = words.format(what=cut(first.what, LONG_WHAT), count=len(alike))
        yield Statement(Heading(3, title), first.seeds, first.step)
        yield Statement(Bullets.of(*(f.what for f in alike)), first.seeds, first.step)
    yield Statement(KeyValues(tuple(_explain(material, alike, sources))), first.seeds, first.step)


def _explain(
    material: Material, alike: Sequence[Finding], sources: Sequence[str]
) -> Iterator[tuple[str, Runs]]:
    words, first = material.wording["open"], alike[0]
    names = ("because", "do", "sure", "change") if material.switches.reasons else ("do",)
    for name in names:
        texts = dict.fromkeys(getattr(finding, name) for finding in alike)
        shown = "\n".join(texts)
        yield words[name], runs(strong(shown) if name == "do" else shown)
    if material.switches.sources and first.sources and material.switches.reasons:
        yield words["sources"], runs(", ".join(str(sources.index(s) + 1) for s in first.sources))


def write_todos(material: Material) -> Iterator[Statement]:
    """What to do by when, and what it is about."""
    words = material.wording["todos"]
    yield Statement(Heading(1, words["title"], "todo"))
    if not material.todos:
        yield Statement(Paragraph.of(words["empty"]))
        return
    yield Statement(Paragraph.of(words["lead"]))
    day, what, about = words["columns"]
    columns = (Column(day, kind="date", width=1.0), Column(what, width=3.2), Column(about, width=2.4))
    rows = tuple((todo.due, todo.text, todo.why) for todo in material.todos)
    yield Statement(Table(columns, rows, words["caption"]))
