"""The diagnosis repeated: earlier rounds are kept, and compared sign by sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.content import BASE_LANGUAGE, load_words
from workbook.steps.diagnosis.answers import Diagnosis, Evidence, Round
from workbook.steps.diagnosis.causes import CAUSES, Cause, weigh
from workbook.steps.diagnosis.signs import STEP, Sign, State

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from workbook.plan import Plan


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one cause between two rounds, among the signs asked about both times."""

    cause: Cause
    before: tuple[Sign, ...]
    now: tuple[Sign, ...]

    @property
    def gone(self) -> tuple[Sign, ...]:
        """Signs that were found and are not there any more, as they read today."""
        return self._where(was_found=True, state=State.ABSENT)

    @property
    def still(self) -> tuple[Sign, ...]:
        """Signs found both times, as they read today."""
        return self._where(was_found=True, state=State.FOUND)

    @property
    def new(self) -> tuple[Sign, ...]:
        """Signs found now that were not there before, as they read today."""
        return self._where(was_found=False, state=State.FOUND)

    def _where(self, *, was_found: bool, state: State) -> tuple[Sign, ...]:
        wanted = {State.FOUND, State.PARTLY} if state is State.FOUND else {state}
        return tuple(
            now
            for before, now in zip(self.before, self.now, strict=True)
            if before.is_found is was_found and now.state in wanted
        )


def begin_round(plan: Plan, today: date) -> Plan:
    """A plan whose answers so far are kept as an earlier round, with the questions empty again.

    A plan without an answer stays as it is.
    """
    current = plan.diagnosis
    answers = {name: getattr(current, name) for name in Evidence.model_fields}
    evidence = Evidence.model_construct(**answers)
    if evidence == Evidence():
        return plan
    elsewhere = [
        sign
        for cause in weigh(plan)
        for sign in cause.signs
        if not sign.path.startswith(f"{STEP}.") and sign.state is not State.OPEN
    ]
    kept = Round(
        id=_name(today, {earlier.id for earlier in current.earlier}),
        day=today,
        evidence=evidence,
        elsewhere_asked=tuple(sign.id for sign in elsewhere),
        elsewhere_found=tuple(sign.id for sign in elsewhere if sign.is_found),
    )
    return plan.model_copy(update={STEP: Diagnosis(earlier=(*current.earlier, kept))})


def _name(day: date, taken: set[str]) -> str:
    name, number = f"{day:%Y%m%d}", 2
    while name in taken:
        name, number = f"{day:%Y%m%d}x{number}", number + 1
    return name


def compare(earlier: Sequence[Cause], now: Sequence[Cause]) -> tuple[Change, ...]:
    """What became of each cause; causes are matched by id, their signs too."""
    before = {cause.id: {sign.id: sign for sign in cause.signs} for cause in earlier}
    changes = []
    for cause in now:
        then = before.get(cause.id, {})
        both = [sign for sign in cause.signs if sign.id in then]
        changes.append(Change(cause, tuple(then[sign.id] for sign in both), tuple(both)))
    return tuple(changes)


def write_change(change: Change, language: str = BASE_LANGUAGE) -> str:
    """The two counts in words, over the signs asked about both times."""
    words = load_words(CAUSES, language)["words"]
    if not change.now:
        return str(words["not_compared"])
    return str(words["compared"]).format(
        before=sum(sign.is_found for sign in change.before),
        now=sum(sign.is_found for sign in change.now),
        both=len(change.now),
    )
