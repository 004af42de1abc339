"""Runs every check over a plan."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from workbook.checks.accounts import settle_silence
from workbook.checks.check import Case, Check, Finding, Found, Severity
from workbook.checks.progress import is_path_asked
from workbook.content import BASE_LANGUAGE, find_question, load_words
from workbook.discovery import exists, find_modules
from workbook.errors import ContentError
from workbook.plan import Plan, read_answer, step_names
from workbook.wording import offer_entries, write_answer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@cache
def load_checks() -> tuple[Check, ...]:
    """Every check there is, in the order of steps, those across steps last.

    Raises ContentError when two have the same id.
    """
    names = [
        f"workbook.steps.{step}.checks"
        for step in step_names()
        if exists(f"steps/{step}/checks.py")
    ]
    modules = [import_module(name) for name in (*names, *find_modules("checks/across"))]
    found = [c for module in modules for c in vars(module).values() if isinstance(c, Check)]
    ids = [c.id for c in found]
    if len(ids) != len(set(ids)):
        raise ContentError(reason=f"two checks share an id among {sorted(ids)}")
    return tuple(found)


def run(
    plan: Plan,
    today: date,
    *,
    unclear: Mapping[str, str] | None = None,
    language: str = BASE_LANGUAGE,
) -> tuple[Finding, ...]:
    """The findings of every check, the heaviest first, then in the order of steps.

    Left out is what nobody could mend: a finding about a question that this plan is not asked.
    ``unclear`` holds what was typed but could not be read, by path. Where the day of a last post
    is known, it stands for the rough answer to how long an account has been silent.
    """
    plan = settle_silence(plan, today)
    case = Case(plan, today, unclear or {}, language)
    found = [
        _word(check, item, plan, language)
        for check in load_checks()
        for item in check.find(case)
        if _can_mend(check, item, plan)
    ]
    weight = list(Severity)
    return tuple(sorted(found, key=lambda finding: weight.index(finding.severity)))


def _can_mend(check: Check, found: Found, plan: Plan) -> bool:
    """Whether its question is asked; what blocks no plan may also be about an answer from before.

    Such an answer was given on the full route, or before another answer hid its question.
    """
    if not all(is_path_asked(path, plan) for path in found.rests_on):
        return False
    if is_path_asked(found.path, plan):
        return True
    given = read_answer(plan, found.path) not in (None, (), "")
    return given and check.severity is not Severity.BLOCK


def _word(check: Check, found: Found, plan: Plan, language: str) -> Finding:
    words = load_words(check.words, language)["findings"][check.id]
    question = offer_entries(find_question(found.path, language), plan, language)
    values = {
        "question": question.label,
        "answer": write_answer(question, read_answer(plan, found.path), language),
        **found.values,
    }
    return Finding(
        id=check.id,
        step=found.path.partition(".")[0],
        severity=check.severity,
        path=found.path,
        **{name: words[name].format(**values) for name in _WORDED},
        sources=tuple(words.get("sources", ())),
        seeds=tuple(words.get("seeds", ())),
        offers=found.offers,
        sums_up=check.sums_up,
    )


_WORDED = ("what", "because", "do", "sure", "change")
