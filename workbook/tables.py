"""Answers and findings as pandas DataFrames, for the analyst."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.content import find_question
from workbook.interface.fields import to_raw
from workbook.plan import Plan, walk_answers
from workbook.wording import write_answer

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    names = [step] if step else [name for name in Plan.model_fields if name != "own_defaults"]
    answers = [item for name in names for item in walk_answers(getattr(source, name), name)]
    rows_of_answers = []
    for path, value in answers:
        question = find_question(path)
        rows_of_answers.append((path, question.label, write_answer(question, value), to_raw(value)))
    return pd.DataFrame(rows_of_answers, columns=["path", "question", "answer", "value"]).set_index(
        "path"
    )
