"""What is wrong with a file somebody gave, and how to mend it, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.content import BASE_LANGUAGE, load_words
from workbook.wording import write_values

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbook.values import Problem

WORDS = "imports/words.toml"
_ROWS_NAMED = 3


def explain(problem: Problem, language: str = BASE_LANGUAGE) -> str:
    """A problem of a file as a sentence or two: what it is, and what to do about it."""
    text = str(load_words(WORDS, language)["problems"][problem.id])
    return text.format(**write_values(problem.values, language))


def explain_all(problems: Iterable[Problem], language: str = BASE_LANGUAGE) -> tuple[str, ...]:
    """Each problem in words, none said twice."""
    return tuple(dict.fromkeys(explain(problem, language) for problem in problems))


def name_rows(numbers: Iterable[int], language: str = BASE_LANGUAGE) -> str:
    """The first few of some rows: “row 4”, “rows 4, 9 and 12”, “rows 4, 9, 12 and 30 more”."""
    words = load_words(WORDS, language)["rows"]
    found = list(numbers)
    if len(found) == 1:
        return str(words["one"]).format(row=found[0])
    named, more = found[:_ROWS_NAMED], len(found) - _ROWS_NAMED
    last = str(words["more"]).format(count=more) if more > 0 else str(named.pop())
    return str(words["several"]).format(rows=", ".join(map(str, named)), last=last)
