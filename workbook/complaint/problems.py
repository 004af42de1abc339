"""What a case or its plan lacks, in sentences that name it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from workbook.complaint.case import WORDS, Case, Handled, read_moment
from workbook.complaint.clock import closed_spell_after
from workbook.complaint.draft import setting_of
from workbook.complaint.personal import find_personal
from workbook.complaint.places import shorten_links
from workbook.complaint.reply import Fault, Setting, check_reply, is_judged
from workbook.complaint.rules import STEP, sums_of, write_moment
from workbook.complaint.severity import Level, is_score, load_scores, weigh
from workbook.complaint.tree import load_tree
from workbook.content import BASE_LANGUAGE, default_of, find_question, load_words
from workbook.steps.complaints.answers import Weekend
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from workbook.complaint.clock import Calendar
    from workbook.plan import Plan

_SHOWN = 60
_MOST_NAMED = 20
"""Entries that are named one by one; a hostile file may have thousands."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is missing or wrong; ``id`` names its sentence in ``case.toml``."""

    id: str
    text: str


def list_problems(
    plan: Plan, case: Case, handled: Handled, language: str = BASE_LANGUAGE
) -> tuple[Problem, ...]:
    """What to know before the outcome of a case is used, the answers that are missing first."""
    words: Mapping[str, str] = load_words(WORDS, language)["problems"]
    found = (
        *_look_at_answers(case, handled, language),
        *_look_at_scores(plan, case, handled, language),
        *_look_at_moment(plan, case, handled),
        *_look_at_place(case, handled),
        *_look_at_people(handled, language),
        *_look_at_text(case, language),
        *_look_at_window(plan, handled, language),
    )
    said = [Problem(name, words[name].format(**values)) for name, values in found]
    return (
        *said,
        *(Problem(f.id, f"{f.what} {f.do}") for f in check_draft(plan, handled, language)),
    )


_Found = tuple[str, "dict[str, object]"]


def _shorten(text: object) -> str:
    shown = " ".join(str(text).split())
    return shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"


def _look_at_answers(case: Case, handled: Handled, language: str) -> Iterator[_Found]:
    questions = load_tree(language).questions
    missing = handled.walk.missing
    if missing:
        unclear = case.answers.get(missing) is not None
        name = "answer-unclear" if unclear else "answer-missing"
        yield name, {"id": missing, "ask": questions[missing].ask}
    for key in [key for key in case.answers if key not in questions][:_MOST_NAMED]:
        yield "unknown-answer", {"id": _shorten(key)}
    for key in case.unknown[:_MOST_NAMED]:
        yield "unknown-entry", {"key": _shorten(key)}


def _look_at_scores(plan: Plan, case: Case, handled: Handled, language: str) -> Iterator[_Found]:
    scores = load_scores(language)
    if handled.outcome is not None:
        for key in weigh(case.severity, handled.outcome, sums=sums_of(plan)).missing:
            if case.severity.get(key) is None:
                yield "score-missing", {"id": key, "ask": scores[key].ask}
    for key, value in [*case.severity.items()][:_MOST_NAMED]:
        if key not in scores:
            yield "unknown-score", {"id": _shorten(key)}
        elif value is not None and not is_score(value):
            yield "score-unclear", {"id": key, "ask": scores[key].ask}


def _look_at_moment(plan: Plan, case: Case, handled: Handled) -> Iterator[_Found]:
    moment, zone = read_moment(case.seen_at), plan.complaints.zone
    if moment is None:
        yield ("moment-unclear" if case.seen_at else "moment-missing"), {}
    elif moment.tzinfo is None:
        yield "moment-bare", {"zone": zone or "UTC"}
    elif not zone:
        yield "zone-missing", {}
    if handled.promise and not handled.calendar.is_known:
        yield "hours-missing", {}
    if handled.promise and handled.seen_at and handled.deadline is None:
        yield "deadline-far", {}


def _look_at_place(case: Case, handled: Handled) -> Iterator[_Found]:
    if not case.platform:
        yield "place-missing", {}
    elif handled.place is None:
        yield "place-unknown", {"given": _shorten(case.platform)}


def _look_at_people(handled: Handled, language: str) -> Iterator[_Found]:
    for role, name in handled.people.items():
        if not name:
            yield "nobody", {"ask": find_question(f"{STEP}.{role}", language).label}
    grave = handled.level in (Level.S3, Level.S4)
    answered = handled.outcome is not None and handled.outcome.template
    if grave and answered and handled.draft is None:
        yield "line-missing", {}


def _look_at_text(case: Case, language: str) -> Iterator[_Found]:
    found = find_personal(case.text, language=language)
    if found and case.answers.get("n2") is not True:
        yield "personal", {"quote": _shorten(found[0].quote)}


def _look_at_window(plan: Plan, handled: Handled, language: str) -> Iterator[_Found]:
    trap = find_trap(plan, handled.calendar, handled.seen_at) if handled.seen_at else None
    if trap and handled.draft and plan.complaints.channel:
        question = find_question(f"{STEP}.channel", language)
        yield (
            "window",
            {
                "channel": question.label_of(plan.complaints.channel),
                "hours": write_number(default_of(plan, f"{STEP}.window_hours"), language),
                "start": write_moment(trap[0], language),
                "end": write_moment(trap[1], language),
            },
        )


def find_trap(
    plan: Plan, calendar: Calendar, seen_at: datetime
) -> tuple[datetime, datetime] | None:
    """The closed time that outlasts the hours in which the private channel may be used freely.

    Only on Messenger, Instagram and WhatsApp [P14][P24], only where nobody looks in and nothing
    leads to an e-mail address, and only when it begins before those hours are over.
    """
    ours = plan.complaints
    if ours.channel is None or not ours.channel.has_window:
        return None
    if ours.weekend in (Weekend.DUTY, Weekend.EMAIL):
        return None
    window = timedelta(hours=default_of(plan, f"{STEP}.window_hours"))
    spell = closed_spell_after(calendar, seen_at, window)
    if spell is None or spell[1].astimezone(UTC) - spell[0].astimezone(UTC) <= window:
        return None
    return spell


def check_draft(plan: Plan, handled: Handled, language: str = BASE_LANGUAGE) -> tuple[Fault, ...]:
    """What the linter finds in a draft as it was written, gaps left aside."""
    if handled.draft is None:
        return ()
    return tuple(
        fault
        for fault in check_answer(plan, handled, handled.draft.text, language)
        if fault.id != "gap"
    )


def is_read(plan: Plan, text: str, language: str = BASE_LANGUAGE) -> bool:
    """Whether an answer in a page of a language is judged by its words, which are English."""
    share = default_of(plan, "voice.english_share")
    return is_judged(text, Setting(english_share=share), language)


def check_answer(
    plan: Plan, handled: Handled, text: str, language: str = BASE_LANGUAGE
) -> tuple[Fault, ...]:
    """What the linter finds in the answer to a case, as somebody wrote it."""
    place = handled.place
    limit, name = (place.limit, place.name) if place else (0, "")
    setting = setting_of(plan, handled.draft, handled.written, limit, name)
    return check_reply(shorten_links(text) if limit else text, setting, language)
