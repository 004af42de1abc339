"""The signs a cause is known by: each reads one answer by a rule named in ``causes.toml``."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from workbook.budget.need import reckon_need
from workbook.checks.vanity import recognise
from workbook.content import BASE_LANGUAGE, default_of, load_step
from workbook.fit.phrases import write_hours
from workbook.plan import Plan, read_answer
from workbook.values import UNKNOWN, Frozen
from workbook.wording import write_answer

if TYPE_CHECKING:
    from collections.abc import Callable

STEP = "diagnosis"
_HOURS = frozenset({"needed", "hours"})
"""Values that are hours, written in the words of a language."""
QUOTED = 120
WHOLE = 100


class State(StrEnum):
    """What an answer says about a sign."""

    FOUND = "found"
    PARTLY = "partly"
    OPEN = "open"
    ABSENT = "absent"


class SignText(Frozen):
    """A sign as ``causes.toml`` words it, with the rule that reads it."""

    rule: str
    path: str = ""
    part: str = ""
    field: str = ""
    found_when: tuple[str, ...] = ()
    partly_when: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    of: int = WHOLE
    unknown_counts: bool = False
    good: str
    found: str
    partly: str = ""
    unknown: str
    kept: str = ""
    """How the sign reads in an earlier round, where its answer in another step is not kept."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign that was asked about: what the answer at ``path`` says about it, in words."""

    id: str
    path: str
    state: State
    points: float
    words: str

    @property
    def is_found(self) -> bool:
        """Whether it is there, in full or in part."""
        return self.state in {State.FOUND, State.PARTLY}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a rule makes of an answer, with what its words name; no state means not asked."""

    state: State | None
    values: dict[str, Any] = field(default_factory=dict)
    known: bool = True


def read_sign(plan: Plan, name: str, text: SignText, language: str = BASE_LANGUAGE) -> Sign | None:
    """The sign as the plan shows it; None when it was not asked about or not answered."""
    path = text.path or f"{STEP}.{name}"
    reading = _read(plan, path, text)
    if reading.state is None:
        return None
    told = {
        name: write_hours(reading.values[name], language) for name in _HOURS & {*reading.values}
    }
    values = {**reading.values, **told}
    if "{answer}" in text.found:
        values = {**values, "answer": _write(plan, path, language)}
    return Sign(name, path, reading.state, _weigh(plan, reading), _word(text, reading, values))


def _read(plan: Plan, path: str, text: SignText) -> Reading:
    answer = read_answer(plan, path)
    question = load_step(STEP).question_at(path) if path.startswith(f"{STEP}.") else None
    if answer in (None, (), "") or not (question is None or question.is_shown(plan)):
        return Reading(None)
    if answer in (UNKNOWN, (UNKNOWN,)):
        return Reading(State.FOUND if text.unknown_counts else State.OPEN, known=False)
    return _RULES[text.rule](plan, answer, text)


def _weigh(plan: Plan, reading: Reading) -> float:
    if reading.state is State.PARTLY:
        return default_of(plan, f"{STEP}.partial_points")
    if reading.state is State.OPEN:
        return default_of(plan, f"{STEP}.unknown_points")
    return float(reading.state is State.FOUND)


def _word(text: SignText, reading: Reading, values: dict[str, object]) -> str:
    if reading.state is State.ABSENT:
        return text.good
    if reading.state is State.OPEN or not reading.known:
        return text.unknown
    words = text.partly if reading.state is State.PARTLY and text.partly else text.found
    return words.format(**values)


def _write(plan: Plan, path: str, language: str) -> str:
    question = load_step(STEP, language).question_at(path)
    answer = write_answer(question, read_answer(plan, path), language) if question else ""
    return shorten(answer, QUOTED, placeholder=" …")


# -- the rules ---------------------------------------------------------------------------------


def _read_choice(_: Plan, answer: object, text: SignText) -> Reading:
    chosen = _as_set(answer)
    if chosen <= set(text.found_when):
        return Reading(State.FOUND)
    return Reading(State.PARTLY if chosen <= set(text.partly_when) else State.ABSENT)


def _read_lack(_: Plan, answer: tuple[str, ...], text: SignText) -> Reading:
    return Reading(State.ABSENT if text.part in answer else State.FOUND)


def _read_more(plan: Plan, count: int, text: SignText) -> Reading:
    """A limit that is a share counts in per cent of so many; ``of`` says of how many."""
    limits = [default_of(plan, f"{STEP}.{name}") * text.of / WHOLE for name in text.limits]
    if count <= limits[0]:
        return Reading(State.ABSENT)
    return Reading(State.FOUND if count > limits[-1] else State.PARTLY, {"count": count})


def _read_fewer(plan: Plan, count: int, text: SignText) -> Reading:
    limits = [default_of(plan, f"{STEP}.{name}") for name in text.limits]
    if count >= limits[0]:
        return Reading(State.ABSENT)
    return Reading(State.FOUND if count < limits[-1] else State.PARTLY, {"count": count})


def _read_vanity(_: Plan, words: str, __: SignText) -> Reading:
    return Reading(State.ABSENT if recognise(words) is None else State.FOUND)


def _read_accounts(_: Plan, accounts: tuple[Any, ...], text: SignText) -> Reading:
    answers = [_as_set(getattr(account, text.field)) for account in accounts]
    given = [chosen for chosen in answers if chosen]
    found = [chosen for chosen in given if chosen <= set(text.found_when)]
    if found:
        return Reading(State.FOUND, {"count": len(found)})
    if any(UNKNOWN in chosen for chosen in given):
        return Reading(State.OPEN)
    return Reading(State.ABSENT if given else None)


def _as_set(answer: object) -> set[str]:
    return {str(v) for v in (answer if isinstance(answer, tuple) else (answer,)) if v is not None}


def _read_hours(plan: Plan, accounts: tuple[Any, ...], text: SignText) -> Reading:
    hours = plan.start.hours_per_week
    used = [a for a in accounts if not _as_set(getattr(a, text.field)) & set(text.left_out)]
    if hours is None or hours == UNKNOWN or not used:
        return Reading(None)
    need = reckon_need(plan)
    values = {"count": len(used), "needed": need.hours, "hours": hours}
    return Reading(State.FOUND if need.over else State.ABSENT, values)


_RULES: dict[str, Callable[[Plan, Any, SignText], Reading]] = {
    "choice": _read_choice,
    "lacks": _read_lack,
    "more": _read_more,
    "fewer": _read_fewer,
    "vanity": _read_vanity,
    "accounts": _read_accounts,
    "hours": _read_hours,
}
