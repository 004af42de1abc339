"""Answers and findings as pandas DataFrames, for the analyst."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.content import load_step
from workbook.interface.fields import to_raw
from workbook.plan import Plan, step_names, walk_answers
from workbook.wording import offer_entries, write_answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from workbook.checks import Finding


def table(source: Plan | Iterable[Finding], step: str = "") -> pd.DataFrame:
    """A plan's answers, of one step or of all, or findings, as a DataFrame.

    Answers have the columns ``question`` (label), ``answer`` (in words) and ``value`` (raw),
    indexed by path; findings have ``severity``, ``what``, ``do`` and ``path``, indexed by id.
    """
    import pandas as pd  # noqa: PLC0415 - loaded when used

    if not isinstance(source, Plan):
        rows = [(f.id, f.severity.value, f.what, f.do, f.path) for f in source]
        return pd.DataFrame(rows, columns=["id", "severity", "what", "do", "path"]).set_index("id")
    answers = [row for name in ([step] if step else step_names()) for row in _list(source, name)]
    return pd.DataFrame(answers, columns=["path", "question", "answer", "value"]).set_index("path")


def _list(plan: Plan, name: str) -> Iterator[tuple[str, str, str, object]]:
    """The answers of a step that a question asks for; earlier rounds are kept beside them."""
    step = load_step(name)
    for path, value in walk_answers(getattr(plan, name), name):
        if question := step.question_at(path):
            answer = write_answer(offer_entries(question, plan), value)
            yield path, question.label, answer, to_raw(value)
