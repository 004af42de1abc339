"""Answers, findings and charts for the analyst: as pandas DataFrames, and as pictures."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any

from workbook.calling import read_settings, read_today
from workbook.charts.rendering import Picture
from workbook.checks.picture import draw_findings
from workbook.content import find_question, load_step
from workbook.discovery import exists
from workbook.interface.fields import to_raw
from workbook.plan import Plan, annotation_of, read_answer, record_type, step_names, walk_answers
from workbook.values import UNKNOWN, Record
from workbook.wording import offer_entries, write_answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from workbook.checks import Finding
    from workbook.content import Question

_FINDING = ("id", "severity", "what", "because", "do", "sure", "change", "step", "path")
_NUMBERS = {"number", "percent", "hours", "money", "scale"}


def table(source: Plan | Iterable[Finding] | Picture, step: str = "") -> pd.DataFrame:
    """A plan's answers, findings, or the numbers of a chart, as a DataFrame.

    Answers, of one step or of all, have the columns ``question`` (label), ``answer`` (in words)
    and ``value`` (raw), indexed by path in the order of the questions. A list such as
    ``goals.goals`` has a row for each entry and a column for each question, numbers and days as
    such, and the labels of its questions in ``attrs["labels"]``. Findings, of one step or of all,
    are indexed by id, the heaviest first, and ``severity`` is in order. A chart gives the numbers
    that are drawn.

    Raises ValueError where the plan has no such step or list.
    """
    import pandas as pd  # noqa: PLC0415 - loaded when used

    if isinstance(source, Picture):
        return pd.DataFrame(list(source.rows), columns=list(source.columns))
    if not isinstance(source, Plan):
        return _list_findings(source, step)
    if "." in step:
        return _list_entries(source, step)
    names = [_find_step(step)] if step else step_names()
    answers = [row for name in names for row in _list_answers(source, name)]
    return pd.DataFrame(answers, columns=["path", "question", "answer", "value"]).set_index("path")


def chart(plan: Plan, step: str = "") -> Picture:
    """The chart of a step as it stands today; without a step, what the checks find in each.

    Its words are in the language that WORKBOOK_LANGUAGE names, as those of tables are.

    A notebook shows it under its title; ``figure`` is the matplotlib Figure, ``desc`` says it in
    words, ``svg()`` and ``png()`` are files, and ``table(chart(…))`` gives its numbers.

    Raises ValueError for a step that has no chart.
    """
    if not step:
        return draw_findings(plan, read_today(), language=read_settings().language)
    if not exists(f"steps/{_find_step(step)}/picture.py"):
        known = ", ".join(name for name in step_names() if exists(f"steps/{name}/picture.py"))
        raise ValueError(f"“{step}” has no chart; there is one of {known}")
    module, language = import_module(f"workbook.steps.{step}.picture"), read_settings().language
    drawn: Picture = module.draw_step(plan, read_today(), language)
    return drawn


def _find_step(name: str) -> str:
    if name not in step_names():
        raise ValueError(f"“{name}” is no step; there are {', '.join(step_names())}")
    return name


def _list_answers(plan: Plan, name: str) -> Iterator[tuple[str, str, str, object]]:
    """The answers of a step that a question asks for; earlier rounds are kept beside them."""
    language = read_settings().language
    step = load_step(name, language)
    for path, value in walk_answers(getattr(plan, name), name):
        if question := step.question_at(path):
            answer = write_answer(offer_entries(question, plan, language), value, language)
            yield path, question.label, answer, to_raw(value)


def _list_findings(findings: Iterable[Finding], step: str) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415 - loaded when used

    from workbook.checks import Severity  # noqa: PLC0415 - only findings need it

    chosen = [f for f in findings if not step or f.step == _find_step(step)]
    rows = [tuple(getattr(finding, name) for name in _FINDING) for finding in chosen]
    found = pd.DataFrame(rows, columns=list(_FINDING)).set_index("id")
    weights = [severity.value for severity in Severity]
    found["severity"] = pd.Categorical(
        [f.severity.value for f in chosen], categories=weights, ordered=True
    )
    return found


def _list_entries(plan: Plan, path: str) -> pd.DataFrame:
    """A list of a plan: a row for each entry by its id, a column for each question."""
    import pandas as pd  # noqa: PLC0415 - loaded when used

    from workbook.errors import ContentError  # noqa: PLC0415 - only a wrong path needs it

    try:
        is_list = record_type(annotation_of(path)) is not None
    except ContentError:
        is_list = False
    if not is_list:
        raise ValueError(f"“{path}” is no list of a plan; a list is named as in “goals.goals”")
    question = find_question(path, read_settings().language)
    entries: tuple[Record, ...] = read_answer(plan, path)
    columns = {field.id: _type_column(plan, field, entries) for field in question.fields}
    found = pd.DataFrame(columns, index=pd.Index([e.id for e in entries], name="id"))
    found.attrs["labels"] = {field.id: field.label for field in question.fields}
    return found


def _type_column(plan: Plan, field: Question, entries: Iterable[Record]) -> pd.Series[Any]:
    """The answers to one question of a list: numbers and days as such, all else in words."""
    import pandas as pd  # noqa: PLC0415 - loaded when used

    values = [getattr(entry, field.id) for entry in entries]
    index = [entry.id for entry in entries]
    if field.kind in _NUMBERS:
        known = [None if value in (None, UNKNOWN) else float(value) for value in values]
        return pd.Series(known, index=index, dtype="float64")
    if field.kind == "date":
        days = [value.isoformat() if isinstance(value, date) else "NaT" for value in values]
        return pd.Series(days, index=index, dtype="datetime64[s]")
    language = read_settings().language
    offered = offer_entries(field, plan, language)
    written = [None if v is None else write_answer(offered, v, language) for v in values]
    return pd.Series(written, index=index, dtype="object")
