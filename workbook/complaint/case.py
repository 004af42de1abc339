"""One case from end to end: what somebody wrote and what was answered, to what is done and when.

Nothing of a case is kept anywhere.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from workbook.complaint.draft import (
    HOLDING,
    Draft,
    Written,
    choose_template,
    is_held,
    write_draft,
)
from workbook.complaint.places import find_place
from workbook.complaint.rules import calendar_of, people_of, promise_of, sums_of
from workbook.complaint.severity import list_decisive, weigh
from workbook.complaint.tree import load_tree, walk
from workbook.content import BASE_LANGUAGE, load_words
from workbook.errors import CaseUnreadable
from workbook.values import clean_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook.complaint.clock import Calendar
    from workbook.complaint.places import Place
    from workbook.complaint.rules import Promise
    from workbook.complaint.severity import Level
    from workbook.complaint.tree import Outcome, Walk
    from workbook.plan import Plan

WORDS = "complaint/case.toml"
LIMIT_MB = 2
_KEYS = ("answers", "severity", "seen_at", "platform", "text", "name", "topic", "review")
_YEARS = range(2000, 2101)


@dataclass(frozen=True, slots=True)
class Case:
    """What somebody wrote and what was answered about it, as it was given."""

    answers: Mapping[str, object] = field(default_factory=dict)
    severity: Mapping[str, object] = field(default_factory=dict)
    seen_at: str = ""
    platform: str = ""
    text: str = ""
    name: str = ""
    topic: str = ""
    is_review: bool = False
    unknown: tuple[str, ...] = ()
    """Names of entries that no case has."""


@dataclass(frozen=True, slots=True)
class Handled:
    """What a case came to; what depends on an answer that is missing is None."""

    walk: Walk
    outcome: Outcome | None
    level: Level | None
    people: Mapping[str, str]
    promise: Promise | None
    calendar: Calendar
    seen_at: datetime | None
    deadline: datetime | None
    update_due: datetime | None
    place: Place | None
    written: Written
    draft: Draft | None = None

    @property
    def owner(self) -> str:
        """The people who deal with it, as one line; empty where the plan names nobody."""
        return ", ".join(dict.fromkeys(name for name in self.people.values() if name))


def read_case(raw: bytes, language: str = BASE_LANGUAGE) -> Case:
    """The case in a JSON document.

    Raises:
        CaseUnreadable: It is too large, no JSON, or not in the form of a case.
    """
    reasons = load_words(WORDS, language)["reasons"]
    if len(raw) > LIMIT_MB * 1_000_000:
        raise CaseUnreadable(reason=reasons["large"].format(limit=LIMIT_MB))
    try:
        found = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise CaseUnreadable(reason=reasons["encoding"]) from None
    except (ValueError, RecursionError):
        raise CaseUnreadable(reason=reasons["json"]) from None
    if not isinstance(found, dict):
        raise CaseUnreadable(reason=reasons["object"])
    return _read_entries(found, reasons)


def _read_entries(found: Mapping[str, Any], reasons: Mapping[str, str]) -> Case:
    shapes = {"answers": dict, "severity": dict, "review": bool}
    for key in _KEYS:
        value = found.get(key)
        if value is not None and not isinstance(value, shapes.get(key, str)):
            kind = {dict: "not_object", bool: "not_truth"}.get(shapes.get(key, str), "not_text")
            raise CaseUnreadable(reason=reasons[kind].format(key=key))
    texts = {key: clean_text(found.get(key) or "") for key in _KEYS if key not in shapes}
    return Case(
        answers=found.get("answers") or {},
        severity=found.get("severity") or {},
        is_review=bool(found.get("review")),
        unknown=tuple(str(key) for key in found if key not in _KEYS),
        **texts,
    )


def handle(plan: Plan, case: Case, language: str = BASE_LANGUAGE) -> Handled:
    """What is done about a case, by whom and by when, with a drafted reply.

    Whatever the case or the plan lacks is told among the problems.
    """
    way = walk(case.answers, language)
    outcome = load_tree(language).outcomes.get(way.outcome)
    read = read_moment(case.seen_at)
    calendar = calendar_of(plan, (read and read.tzinfo) or UTC)
    seen_at = read.replace(tzinfo=calendar.zone) if read and read.tzinfo is None else read
    place = find_place(case.platform, language) if case.platform else None
    level = weigh(case.severity, outcome, sums=sums_of(plan)).level if outcome else None
    decisive = list_decisive(case.severity)
    promise = promise_of(plan, level, calendar) if level else None
    is_review = case.is_review or bool(place and place.review)
    handled = Handled(
        walk=way,
        outcome=outcome,
        level=level,
        people=people_of(plan, level, outcome, decisive) if level else {},
        promise=promise,
        calendar=calendar,
        seen_at=seen_at,
        deadline=promise.due(calendar, seen_at) if promise and seen_at else None,
        update_due=promise.update_due(calendar, seen_at) if promise and seen_at else None,
        place=place,
        written=Written(place.id if place else "", case.text, case.name, case.topic, is_review),
    )
    return replace(handled, draft=_draft(plan, handled, language))


def write_pattern(handled: Handled, language: str = BASE_LANGUAGE) -> str:
    """What goes into public and what into private, the approved line first in a grave case."""
    if handled.outcome is None or handled.level is None:
        return ""
    pattern = handled.outcome.pattern
    if handled.outcome.template == HOLDING or not is_held(handled.outcome, handled.level):
        return pattern
    return str(load_words(WORDS, language)["grave"]["pattern"]).format(pattern=pattern)


def _draft(plan: Plan, handled: Handled, language: str) -> Draft | None:
    if handled.outcome is None or handled.level is None:
        return None
    template = choose_template(
        handled.outcome,
        handled.written,
        needs_answer=handled.walk.needs_answer,
        level=handled.level,
    )
    return write_draft(plan, template, handled.written, handled.update_due, language)


def read_moment(text: str) -> datetime | None:
    """A moment in ISO 8601, with its offset where it has one; None where it is none of our time."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.year in _YEARS else None
