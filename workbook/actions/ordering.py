"""The order of actions: the main causes of the diagnosis first, then what takes least time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.plan import step_names
from workbook.steps.diagnosis.causes import has_checklist, pick_top, weigh

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbook.actions.candidates import Candidate
    from workbook.plan import Plan
    from workbook.steps.diagnosis.causes import Cause


@dataclass(frozen=True, slots=True)
class Causes:
    """The causes with signs in a plan: the main ones, then the others, the heaviest first."""

    main: tuple[Cause, ...]
    all: tuple[Cause, ...]

    def find(self, candidate: Candidate) -> Cause | None:
        """The cause that an action works on: its own, else the first that opens its step.

        Where no cause opens the step, it is the first that meets one of its reasons.
        """
        step = candidate.about.partition(".")[0]
        own = [cause for cause in self.all if cause.id == candidate.cause]
        opens = [cause for cause in self.all if step in {o.step for o in cause.opens}]
        close = [cause for cause in opens if _meets(cause, candidate)]
        open_to_all = (
            [] if _opens_something(step) else [c for c in self.all if _meets(c, candidate)]
        )
        return next(iter((*own, *close, *opens, *open_to_all)), None)

    def place(self, candidate: Candidate) -> int:
        """Where its cause stands among all of them; at the end without one."""
        cause = self.find(candidate)
        return self.all.index(cause) if cause else len(self.all)


def _meets(cause: Cause, candidate: Candidate) -> bool:
    return bool({*cause.seeds} & {*candidate.seeds} - {"back-on-track"})


def _opens_something(step: str) -> bool:
    """Whether a step is one that causes lead to, and not where the business tells of itself."""
    return step not in ("start", "diagnosis")


def order_causes(plan: Plan, language: str) -> Causes:
    """The causes of a plan that have signs, in the order to take them on."""
    if has_checklist(plan):
        return Causes((), ())
    weighed = weigh(plan, language=language)
    main = pick_top(plan, weighed)
    rest = [c for c in weighed if c.found + c.partly and c not in main]
    return Causes(main, (*main, *sorted(rest, key=lambda cause: -cause.weight)))


def order(
    candidates: Sequence[Candidate], causes: Causes, hours: Sequence[float]
) -> list[tuple[Candidate, float]]:
    """Actions with their hours: by cause, then by hours, then as the steps come.

    Args:
        candidates: What is to be done.
        causes: The causes in their order.
        hours: How many hours each takes.
    """
    steps = step_names()

    def place(pair: tuple[Candidate, float]) -> tuple[int, float, int]:
        candidate, needed = pair
        step = candidate.about.partition(".")[0]
        return (causes.place(candidate), needed, steps.index(step) if step in steps else len(steps))

    return sorted(zip(candidates, hours, strict=True), key=place)
