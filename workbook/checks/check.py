"""The check, and the finding it yields."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from workbook.content import BASE_LANGUAGE, default_of
from workbook.plan import Plan, read_answer
from workbook.values import UNKNOWN, Frozen

T = TypeVar("T")

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date


class Severity(StrEnum):
    """How much a finding weighs, the heaviest first."""

    BLOCK = "block"
    """A decision is open; until it is made, every document is headed a draft."""
    WARN = "warn"
    """The plan may well not work as it stands."""
    NOTE = "note"
    """Worth knowing."""


@dataclass(frozen=True, slots=True)
class Case:
    """What a check looks at: the plan, the day, and what was typed but not understood."""

    plan: Plan
    today: date
    unclear: Mapping[str, str] = field(default_factory=dict)
    language: str = BASE_LANGUAGE
    """The language of the words a check puts into its finding."""
    _made: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    def once(self, make: Callable[[Plan, str], T]) -> T:
        """What a function makes of the plan in a language, made once for all checks."""
        if make not in self._made:
            self._made[make] = make(self.plan, self.language)
        made: T = self._made[make]
        return made

    def default(self, path: str) -> float:
        """A threshold by ``step.name``: the business's own, or ours."""
        return default_of(self.plan, path)

    def answer(self, path: str) -> Any:  # noqa: ANN401 - any answer there is
        """The answer at a path; None where there is none, or where it is “I do not know”."""
        value = read_answer(self.plan, path)
        return None if value == UNKNOWN else value


class Offer(Frozen):
    """Answers that would mend a finding, put in place with one click."""

    label: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a check yields: the answer because of which, and the values its words name."""

    path: str
    values: Mapping[str, object] = field(default_factory=dict)
    offers: tuple[Offer, ...] = ()
    rests_on: tuple[str, ...] = ()
    """Further answers it rests on: unless each of them is asked for, there is no finding."""


class Finding(Frozen):
    """What is wrong, because of which answer, what to do, how sure, what would change it."""

    id: str
    step: str
    severity: Severity
    path: str
    what: str
    because: str
    do: str
    sure: str
    change: str
    sources: tuple[str, ...] = ()
    seeds: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()
    sums_up: bool = False
    """Whether it is about a step as a whole, and not to be shown beside one question."""


@dataclass(frozen=True, slots=True)
class Check:
    """A named rule over a plan."""

    id: str
    severity: Severity
    find: Callable[[Case], Iterator[Found]]
    words: str
    """The TOML file whose ``[findings]`` hold its words."""
    sums_up: bool = False
    """Whether what it finds is about a step as a whole."""

    @property
    def step(self) -> str:
        """The step the check belongs to, or “across”."""
        parts = self.words.split("/")
        return parts[1] if parts[0] == "steps" else "across"


def check(
    name: str, severity: Severity, *, sums_up: bool = False
) -> Callable[[Callable[[Case], Iterator[Found]]], Check]:
    """Make a check of a function that yields what it found in a case."""

    def make(find: Callable[[Case], Iterator[Found]]) -> Check:
        folder = find.__module__.removeprefix("workbook.").replace(".", "/")
        words = folder.replace("/checks", "/step") if folder.startswith("steps/") else folder
        return Check(name, severity, find, f"{words}.toml", sums_up)

    return make
