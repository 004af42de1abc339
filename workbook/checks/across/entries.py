"""Whether what an answer names is still there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.checks.check import Case, Found, Offer, Severity, check
from workbook.content import find_question, load_steps, load_words
from workbook.plan import read_answer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.content import Question
    from workbook.values import Record

_WORDS = "checks/across/entries.toml"


def _list_naming(case: Case) -> Iterator[tuple[Question, Record | None, str]]:
    """Every answer of any step that names an entry of another list, with its path.

    Where it stands in an entry itself, that comes with it.
    """
    for step in load_steps(case.language):
        for question in step.questions.values():
            if question.among:
                yield question, None, question.path
            for field in question.fields:
                if field.among:
                    for record in read_answer(case.plan, question.path):
                        yield field, record, f"{question.path}.{record.id}.{field.id}"


@check("entry-gone", Severity.WARN)
def entry_gone(case: Case) -> Iterator[Found]:
    """An answer names an entry of another list, and that entry was removed."""
    there: dict[str, set[str]] = {}
    for question, record, path in _list_naming(case):
        named = getattr(record, question.id) if record else read_answer(case.plan, path)
        if question.among not in there:
            there[question.among] = {entry.id for entry in read_answer(case.plan, question.among)}
        if named is None or named in there[question.among]:
            continue
        words = load_words(_WORDS, case.language)["findings"]["entry-gone"]
        called = find_question(question.among, case.language).record
        offer = Offer(label=words["offer"], answers=((path, ""),))
        yield Found(path, {"record": called}, (offer,))
