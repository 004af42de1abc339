"""What cannot wait, what gives hours back, and what is no work but another answer."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from workbook.actions.candidates import Kind
from workbook.content import default_of, load_words
from workbook.fit.fates import CLOSING
from workbook.steps.platform_fit.answers import Action as Fate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbook.actions.candidates import Candidate
    from workbook.plan import Plan

WORDS = "actions/sorting.toml"
_FINDING = "finding|"


class Urgency(StrEnum):
    """Why something cannot wait; its days are defaults of the action list."""

    ACCESS = "access"
    LAW = "law"
    DECISION = "decision"


_DAYS = {
    Urgency.ACCESS: "access_days",
    Urgency.LAW: "law_days",
    Urgency.DECISION: "decision_days",
}


def find_urgency(candidate: Candidate) -> Urgency | None:
    """Why something cannot wait: open access, law and safety, or an open decision."""
    words = load_words(WORDS)["urgent"]
    name = _name_finding(candidate)
    is_lost = candidate.key.endswith(f"|{Fate.RECOVER.value}") and candidate.due is None
    if is_lost or _is_among(name, words["access"]):
        return Urgency.ACCESS
    if _is_among(name, words["law"]):
        return Urgency.LAW
    return Urgency.DECISION if candidate.kind is Kind.DECIDE else None


def is_urgent(finding: str) -> bool:
    """Whether a finding by its id is of open access, or of law and safety."""
    words = load_words(WORDS)["urgent"]
    return _is_among(finding, (*words["access"], *words["law"]))


def find_last_day(plan: Plan, candidate: Candidate, today: date) -> date | None:
    """The day by which something is to be done: its own, or the last that its urgency allows."""
    urgency = find_urgency(candidate)
    if urgency is None or candidate.due is not None:
        return candidate.due
    days = max(1, int(default_of(plan, f"integration.{_DAYS[urgency]}")))
    return today + timedelta(days=days)


def gives_hours_back(candidate: Candidate) -> bool:
    """Whether something takes hours once and saves them from then on: an account that goes."""
    return candidate.kind is Kind.ACCOUNT and any(
        candidate.key.endswith(f"|{action.value}") for action in CLOSING
    )


def is_work(candidate: Candidate) -> bool:
    """Whether something is done outside of the workbook, and not by another answer in it."""
    if candidate.kind in (Kind.DECIDE, Kind.CAUSE):
        return True
    words, name = load_words(WORDS)["answers"], _name_finding(candidate)
    is_answer = _is_among(name, words["findings"]) and name not in words["except"]
    return candidate.kind is not Kind.ANSWER and not is_answer


def _name_finding(candidate: Candidate) -> str:
    return candidate.key.removeprefix(_FINDING) if candidate.key.startswith(_FINDING) else ""


def _is_among(name: str, patterns: Iterable[str]) -> bool:
    return bool(name) and any(fnmatchcase(name, pattern) for pattern in patterns)
