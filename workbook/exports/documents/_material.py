"""What a document is made of: the plan, what is found in it, and what to include."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from workbook.checks import Finding, Severity, Todo, list_todos, run
from workbook.checks.accounts import settle_silence
from workbook.content import BASE_LANGUAGE, find_question, load_words
from workbook.exports.look import Look, open_look
from workbook.plan import Plan, read_answer
from workbook.steps.mix.naming import leave_out_names
from workbook.values import Frozen
from workbook.wording import offer_entries, write_answer, write_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

WORDS = "exports/documents/words.toml"


class Switches(Frozen):
    """What to include: questions, reasons, empty items, sources, our numbers, what is open.

    Which of them a document heeds is said by its HEEDS; ``length`` tells a document that can be
    read at one sitting from one that holds everything.
    """

    questions: bool = False
    reasons: bool = True
    empty: bool = False
    sources: bool = True
    numbers: bool = False
    """Every number of ours that the plan was held against; without it, those that were changed."""
    open_findings: bool = True
    length: Literal["short", "full"] = "short"
    """Short leaves out what stands in another document too, and says where."""

    @property
    def in_full(self) -> bool:
        """Whether nothing is left out for the sake of length."""
        return self.length == "full"


@dataclass(frozen=True, slots=True)
class Material:
    """A plan on a day, with its findings and things to do, in a language."""

    plan: Plan
    findings: tuple[Finding, ...]
    todos: tuple[Todo, ...]
    today: date
    language: str = BASE_LANGUAGE
    switches: Switches = Switches()  # noqa: RUF009 - it is frozen

    @property
    def wording(self) -> Mapping[str, Any]:
        """The words that documents share."""
        return load_words(WORDS, self.language)

    @property
    def blocking(self) -> int:
        """How many decisions are open."""
        return sum(finding.severity is Severity.BLOCK for finding in self.findings)

    @property
    def look(self) -> Look:
        """How documents look: as the plan says, or as ours."""
        return open_look(self.plan.look)

    @property
    def business(self) -> str:
        """What the business is called."""
        return self.plan.start.name or str(self.wording["unnamed"])

    def answer(self, path: str) -> str:
        """The answer at a path in words; empty where there is none."""
        question = offer_entries(find_question(path, self.language), self.plan, self.language)
        return write_answer(question, read_answer(self.plan, path), self.language)

    def day(self, day: date) -> str:
        """A date in words."""
        return write_day(day, self.language)


def gather(
    plan: Plan,
    today: date,
    *,
    unclear: Mapping[str, str] | None = None,
    language: str = BASE_LANGUAGE,
    switches: Switches = Switches(),  # noqa: B008 - it is frozen
) -> Material:
    """The material of a plan on a day: every check is run, and what is open becomes to-dos.

    The names of the people it lists to answer or thank are left out of its texts first.

    Args:
        plan: The plan.
        today: The day of the document.
        unclear: What was typed but could not be read, by path.
        language: The language of the words.
        switches: What to include.
    """
    plan = settle_silence(leave_out_names(plan, language), today)
    findings = run(plan, today, unclear=unclear, language=language)
    todos = list_todos(plan, findings, today, language=language)
    return Material(plan, findings, todos, today, language, switches)
