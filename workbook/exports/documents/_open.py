"""What is open: findings in full, missing answers, and dated things to do."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Literal

from workbook.checks import Severity, Status, measure_progress
from workbook.checks.progress import count_minutes
from workbook.checks.todo import sort_todos
from workbook.content import find_question, load_step, load_steps
from workbook.exports.documents._answers import cut, name_records
from workbook.exports.documents._contribution import Statement
from workbook.exports.report import (
    Bullets,
    Callout,
    Column,
    Heading,
    Paragraph,
    Table,
    strong,
)
from workbook.plan import read_answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from workbook.checks import Finding, Todo
    from workbook.exports.documents._contribution import Contribution
    from workbook.exports.documents._material import Material

LONG_WHAT = 200
LONG_DO = 260
MOST_ALIKE = 12
_POSTING = ("linking", "mix", "time", "voice")
"""Steps whose things to do serve posts, and wait as long as a business does without."""


def write_missing(material: Material, parts: Sequence[Contribution] = ()) -> Iterator[Statement]:
    """The parts that are not answered yet, where somebody has hardly begun."""
    words = material.wording["missing"]
    items = list(_list_missing(material, parts, words))
    if items:
        blocks = (Paragraph.of(words["lead"]), Bullets.of(*items))
        yield Statement(Callout("open", words["title"], blocks))


def _list_missing(
    material: Material, parts: Sequence[Contribution], words: Mapping[str, str]
) -> Iterator[str]:
    titles = {part.step: part.title for part in parts}
    for step in load_steps(material.language):
        progress = measure_progress(material.plan, step)
        if _is_needless(step.id, parts) or _is_needless(progress.next_path, parts):
            continue
        if progress.status is Status.NOT_STARTED:
            minutes = count_minutes(step, material.plan)
            yield words["item"].format(task=step.task, minutes=minutes)
        elif progress.next_path:
            asked = _name_question(material, progress.next_path)
            yield words["begun"].format(title=titles.get(step.id, step.task), question=asked)


def _name_question(material: Material, path: str) -> str:
    """A question as it is asked; within a list with the entry it is asked about."""
    question = find_question(path, material.language)
    step, _, rest = path.partition(".")
    name, _, rest = rest.partition(".")
    entry, _, field = rest.partition(".")
    if not field:
        return str(material.wording["missing"]["question"].format(question=question.label))
    listed = load_step(step, material.language).questions[name]
    records = read_answer(material.plan, listed.path)
    titles = dict(
        zip((r.id for r in records), name_records(listed, records, material), strict=True)
    )
    form = material.wording["missing"]["question_of"]
    return str(form.format(entry=titles.get(entry, listed.record), question=question.label))


def _is_needless(path: str, parts: Sequence[Contribution]) -> bool:
    """Whether a part says that nobody has to answer this any more."""
    return any(f"{path}.".startswith(f"{end}.") for part in parts for end in part.needless)


def write_findings(
    material: Material, parts: Sequence[Contribution], sources: Sequence[str]
) -> Iterator[Statement]:
    """Every finding that no part has told in full: what, because, do, how sure, what changes it."""
    words = material.wording["open"]
    yield Statement(Heading(1, words["title"], "open"))
    found_ids = {finding.id for finding in material.findings}
    told = frozenset[str]().union(*(part.told for part in parts))
    rest = [finding for finding in material.findings if finding.id not in told]
    yield from _sum_up(material, parts)
    if titles := [part.title for part in parts if part.told & found_ids]:
        named = words["elsewhere_and"].join(
            [*([words["elsewhere_between"].join(titles[:-1])] if titles[1:] else []), titles[-1]]
        )
        yield Statement(Paragraph.of(words["elsewhere"].format(title=named)))
    if not material.switches.in_full:
        yield from _write_short(material, rest)
        return
    for severity, found in groupby(rest, key=lambda finding: finding.severity):
        yield Statement(Heading(2, words["severity"][severity.value]))
        for group in _group(found):
            yield tell(material, group, sources)


def _group(found: Iterable[Finding]) -> Iterable[list[Finding]]:
    """The findings of each kind."""
    alike: dict[str, list[Finding]] = {}
    for finding in found:
        alike.setdefault(finding.id, []).append(finding)
    return alike.values()


def _write_short(material: Material, found: Sequence[Finding]) -> Iterator[Statement]:
    """What to do about what is open: decisions, as the head counts them, and advice apart."""
    words = material.wording["open"]
    for severity, caption in words["short_captions"].items():
        those = [each for each in found if each.severity.value == severity]
        if those:
            yield _write_rows(material, those, caption)
    notes = sum(each.severity is Severity.NOTE for each in found)
    if found:
        form = "short_none" if not notes else "short_note" if notes == 1 else "short_notes"
        yield Statement(Paragraph.of(words[form].format(count=notes)))


def _write_rows(material: Material, found: Sequence[Finding], caption: str) -> Statement:
    """A row for each kind of finding, with what to do about it."""
    words = material.wording["open"]
    rows, seeds = [], dict[str, None]()
    for group in _group(found):
        first = group[0]
        what = cut(first.what, LONG_WHAT)
        if len(group) > 1:
            what = words["several"].format(what=what, count=len(group) - 1)
        rows.append((what, cut(first.do, LONG_DO)))
        seeds |= dict.fromkeys(first.seeds)
    what, todo = words["short_columns"]
    columns = (Column(what, width=1.0), Column(todo, width=1.3))
    return Statement(Table(columns, tuple(rows), caption), tuple(seeds))


def _sum_up(material: Material, parts: Sequence[Contribution]) -> Iterator[Statement]:
    """Whether everything is decided; else what is still to be settled, without blocking."""
    words = material.wording["open"]
    unsettled = [d.what for part in parts for d in part.decisions if d.is_open]
    missing = material.wording["missing"]
    unanswered = any(_list_missing(material, parts, missing))
    if unsettled:
        yield Statement(Paragraph.of(words["unsettled"]))
        yield Statement(Bullets.of(*unsettled))
    if unanswered:
        yield Statement(Paragraph.of(words["unanswered"].format(title=missing["title"])))
    elif not unsettled and not material.blocking:
        asked = any(not _is_needless(todo.path, parts) for todo in material.todos)
        title = material.wording["todos"]["title"]
        yield Statement(Paragraph.of(words["find_out" if asked else "none"].format(title=title)))


def tell(material: Material, alike: Sequence[Finding], sources: Sequence[str]) -> Statement:
    """Findings of one kind, told once, with what each of them is about."""
    first = alike[0]
    blocks: list[Paragraph | Bullets] = []
    if len(alike) == 1:
        title = cut(first.what, LONG_WHAT)
        if len(first.what) > LONG_WHAT:
            blocks.append(Paragraph.of(first.what))
    else:
        words = material.wording["open"]["several"]
        title = words.format(what=cut(first.what, LONG_WHAT), count=len(alike) - 1)
        blocks.append(Bullets.of(*_list_some(material, [finding.what for finding in alike])))
    blocks.extend(_explain(material, alike, sources))
    kind: Literal["open", "note"] = "open" if first.severity is Severity.BLOCK else "note"
    return Statement(Callout(kind, title, tuple(blocks)), first.seeds, first.step)


def _explain(
    material: Material, alike: Sequence[Finding], sources: Sequence[str]
) -> Iterator[Paragraph | Bullets]:
    words, first = material.wording["open"], alike[0]
    todo = tuple(dict.fromkeys(finding.do for finding in alike))
    some = _list_some(material, todo)
    yield _label(words["do"], todo[0]) if len(todo) == 1 else Bullets.of(*map(strong, some))
    if not material.switches.reasons:
        return
    for name in ("because", "sure", "change"):
        texts = tuple(dict.fromkeys(getattr(finding, name) for finding in alike))
        yield _label(words[name], "\n".join(_list_some(material, texts)))
    if material.switches.sources and first.sources:
        numbers = ", ".join(str(sources.index(key) + 1) for key in first.sources)
        yield _label(words["sources"], numbers)


def _list_some(material: Material, texts: Sequence[str]) -> list[str]:
    """As many of them as anybody reads, and how many more there are."""
    more = len(texts) - MOST_ALIKE
    last = [str(material.wording["more"]).format(count=more)] if more > 0 else []
    return [*texts[:MOST_ALIKE], *last]


def _label(form: str, text: str) -> Paragraph:
    """A text behind its label, which stands out."""
    before, _, after = form.partition("{text}")
    return Paragraph.of(strong(before), f"{text}{after}")


def list_dated(material: Material, parts: Sequence[Contribution]) -> list[Todo]:
    """What is open and what follows from the plan, by date; what stands on its list only there."""
    listed = {todo.path for todo in material.todos if todo.is_listed}
    ahead = [
        todo
        for part in parts
        for todo in part.dated
        if todo.path not in listed and (todo.due is None or todo.due > material.today)
    ]
    asked = [todo for todo in material.todos if not _is_needless(todo.path, parts)]
    return sort_todos(todo for todo in (*ahead, *asked) if not _waits(material, todo))


def _waits(material: Material, todo: Todo) -> bool:
    """Whether something serves posts that nobody writes for now."""
    step = todo.path.partition(".")[0]
    return material.plan.goals.decision == "not_now" and step in _POSTING


def is_chosen(material: Material, todo: Todo) -> bool:
    """Whether somebody took it onto the list or chose its day; any other day is a proposal."""
    if todo.is_listed or todo.due is None:
        return todo.is_listed
    return bool(read_answer(material.plan, todo.path) == todo.due)


def write_todos(material: Material, parts: Sequence[Contribution]) -> Iterator[Statement]:
    """What to do by when, and what it is about."""
    words = material.wording["todos"]
    yield Statement(Heading(1, words["title"], "todo"))
    there_is = list_dated(material, parts)
    todos = [todo for todo in there_is if not todo.is_listed]
    if len(todos) < len(there_is):
        yield Statement(Paragraph.of(words["listed"].format(title=_name_list(parts))))
    elif not todos:
        yield Statement(Paragraph.of(words["empty"]))
    if not todos:
        return
    yield Statement(Paragraph.of(words["lead"]))
    day, what, about = words["columns"]
    dated = Column(day, kind="date")
    columns = (dated, Column(what, width=3.2), Column(about, width=2.4))
    rows = tuple((todo.due or words["later"], todo.text, todo.why) for todo in todos)
    yield Statement(Table(columns, rows, words["caption"]))


def _name_list(parts: Sequence[Contribution]) -> str:
    """What the part is called that holds the action list."""
    return next(part.title for part in parts if part.step == "integration")
