"""Whether what an answer names is still there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.checks.check import Case, Found, Offer, Severity, check
from workbook.content import find_question, load_steps, load_words
from workbook.plan import read_answer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.content import Question

_WORDS = "checks/across/entries.toml"


def _list_naming(case: Case) -> Iterator[tuple[Question, str]]:
    """Every answer of any step that names an entry of another list, with its path."""
    for step in load_steps(case.language):
        for question in step.questions.values():
            if question.among:
                yield question, question.path
            for field in question.fields:
                if field.among:
                    for record in read_answer(case.plan, question.path):
                        yield field, f"{question.path}.{record.id}.{field.id}"


@check("entry-gone", Severity.WARN)
def entry_gone(case: Case) -> Iterator[Found]:
    """An answer names an entry of another list, and that entry was removed."""
    for question, path in _list_naming(case):
        named = read_answer(case.plan, path)
        if named is None or read_answer(case.plan, f"{question.among}.{named}") is not None:
            continue
        words = load_words(_WORDS, case.language)["findings"]["entry-gone"]
        record = find_question(question.among, case.language).record
        offer = Offer(label=words["offer"], answers=((path, ""),))
        yield Found(path, {"record": record}, (offer,))
