"""Two plans side by side: question by question what an answer was, and what it is.

Entries of a list are told apart by their ids, and named by their own answers. What the workbook
keeps by itself, such as earlier rounds of the diagnosis, is only counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from workbook.content import BASE_LANGUAGE, find_question, load_steps, load_words
from workbook.errors import ContentError
from workbook.plan import OWN_DEFAULTS, Plan, read_answer
from workbook.wording import offer_entries, title_records, write_answer, write_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from workbook.content import Question, Step
    from workbook.values import Record

_WORDS = "comparison.toml"
OWN_NUMBERS = OWN_DEFAULTS.removesuffix(".")


class How(StrEnum):
    """What became of an answer or of an entry."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    ORDER = "order"
    """The entries are the same, in another order."""
    KEPT = "kept"
    """What the workbook keeps by itself has changed."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer that reads otherwise in one plan than in the other."""

    path: str
    step: str
    """The id of its step, or “own_defaults” for a number chosen in the place of ours."""
    question: str
    entry: str
    """What the entry it is in is called; empty where it is in none."""
    how: How
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two plans, with what could not be read in it."""

    plan: Plan
    unclear: Mapping[str, str]


def compare_plans(
    old: Plan,
    new: Plan,
    *,
    unclear: tuple[Mapping[str, str], Mapping[str, str]] | None = None,
    language: str = BASE_LANGUAGE,
) -> tuple[Difference, ...]:
    """What differs between two plans, in the order of the questions.

    ``unclear`` is what could not be read in each, by path; it is shown as it was typed.
    """
    first, second = unclear or ({}, {})
    compared = _Comparison(_Side(old, first), _Side(new, second), language)
    return tuple(compared.list_all())


class _Comparison:
    def __init__(self, old: _Side, new: _Side, language: str) -> None:
        self.old = old
        self.new = new
        self.language = language
        self.words: Mapping[str, str] = load_words(_WORDS, language)

    def list_all(self) -> Iterator[Difference]:
        for step in load_steps(self.language):
            old, new = getattr(self.old.plan, step.id), getattr(self.new.plan, step.id)
            if old != new or self._is_unclear(step.id):
                for section in step.sections:
                    for name in section.questions:
                        yield from self._compare(step, step.questions[name])
                yield from self._compare_kept(step, old, new)
        yield from self._compare_numbers()

    def _is_unclear(self, step: str) -> bool:
        own = [
            {path: text for path, text in side.unclear.items() if path.startswith(f"{step}.")}
            for side in (self.old, self.new)
        ]
        return own[0] != own[1]

    def _compare(self, step: Step, question: Question) -> Iterator[Difference]:
        if question.fields:
            yield from self._compare_records(step, question)
            return
        texts = self._tell(question, question.path)
        if texts:
            yield Difference(question.path, step.id, question.label, "", How.CHANGED, *texts)

    # -- lists ---------------------------------------------------------------------------------

    def _compare_records(self, step: Step, question: Question) -> Iterator[Difference]:
        before, after = self._entries(self.old, question), self._entries(self.new, question)
        for name in [*after, *(n for n in before if n not in after)]:
            path = f"{question.path}.{name}"
            if name in before and name in after:
                yield from self._compare_fields(step, question, path, after[name])
                continue
            side, titles = (self.new, after) if name in after else (self.old, before)
            how = How.ADDED if name in after else How.REMOVED
            text = self._sum_up(side, question, path)
            old, new = ("", text) if how is How.ADDED else (text, "")
            yield Difference(path, step.id, question.label, titles[name], how, old, new)
        if [n for n in before if n in after] != [n for n in after if n in before]:
            texts = self.words["order_old"], self.words["order_new"]
            label = self.words["order"]
            yield Difference(question.path, step.id, question.label, label, How.ORDER, *texts)

    def _entries(self, side: _Side, question: Question) -> dict[str, str]:
        """What the entries of a list are called, by id."""
        records: Sequence[Record] = read_answer(side.plan, question.path) or ()
        asked = offer_entries(question, side.plan, self.language)
        titles = title_records(asked, records, self.language)
        return {record.id: title for record, title in zip(records, titles, strict=True)}

    def _compare_fields(
        self, step: Step, question: Question, path: str, entry: str
    ) -> Iterator[Difference]:
        for field in question.fields:
            own = f"{path}.{field.id}"
            texts = self._tell(field, own)
            if texts:
                yield Difference(own, step.id, field.label, entry, How.CHANGED, *texts)

    def _sum_up(self, side: _Side, question: Question, path: str) -> str:
        """The answers of an entry that is in one of the plans alone."""
        told = [
            self.words["labelled"].format(label=field.label, text=text)
            for field in question.fields
            if (text := self._write(side, field, f"{path}.{field.id}"))
        ]
        return self.words["joined"].join(told) or self.words["nothing"]

    # -- what is not asked for -----------------------------------------------------------------

    def _compare_kept(self, step: Step, old: Any, new: Any) -> Iterator[Difference]:  # noqa: ANN401
        for name in type(old).model_fields:
            before, after = getattr(old, name), getattr(new, name)
            if name in step.questions or before == after:
                continue
            path = f"{step.id}.{name}"
            told, now = self._count(before), self._count(after)
            if told == now:
                now = self.words["kept_other"].format(count=now)
            yield Difference(path, step.id, self.words["kept"], "", How.KEPT, told, now)

    def _count(self, entries: Sequence[object]) -> str:
        form = self.words["kept_count_one" if len(entries) == 1 else "kept_count"]
        return form.format(count=len(entries))

    def _compare_numbers(self) -> Iterator[Difference]:
        old, new = self.old.plan.own_defaults, self.new.plan.own_defaults
        for name in sorted({*old, *new}):
            if old.get(name) == new.get(name):
                continue
            texts = (self._write_own(old.get(name)), self._write_own(new.get(name)))
            path = f"{OWN_DEFAULTS}{name}"
            yield Difference(path, OWN_NUMBERS, self._label(path), "", How.CHANGED, *texts)

    def _label(self, path: str) -> str:
        try:
            return find_question(path, self.language).label
        except ContentError:
            return path  # a number that an older workbook had

    def _write_own(self, number: float | None) -> str:
        return self.words["own_number"] if number is None else write_number(number, self.language)

    # -- answers -------------------------------------------------------------------------------

    def _tell(self, question: Question, path: str) -> tuple[str, str] | None:
        """What an answer was and what it is, in words; None where it is the same."""
        old, new = (
            (read_answer(side.plan, path), side.unclear.get(path)) for side in (self.old, self.new)
        )
        if old == new:
            return None
        nothing = self.words["nothing"]
        before, after = (self._write(side, question, path) for side in (self.old, self.new))
        if before == after:  # too small a difference for words
            before, after = str(old[0]), str(new[0])
        return before or nothing, after or nothing

    def _write(self, side: _Side, question: Question, path: str) -> str:
        """An answer in words, or what was typed in its place and could not be read."""
        if path in side.unclear:
            return self.words["unclear"].format(text=side.unclear[path])
        value = read_answer(side.plan, path)
        return write_answer(offer_entries(question, side.plan, self.language), value, self.language)
