"""What the workbook says: wording read from TOML and Markdown, paired with the shape of answers.

A step's ``step.toml`` words what its ``answers.py`` shapes. The kind of a question follows from
the shape and is not repeated in the words. ``translations/<language>/`` overlays any of it.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field, ValidationError

from workbook.discovery import exists, lay_over, read_text, read_toml
from workbook.errors import ContentError, RoomError, WorkbookError
from workbook.numerals import write_each, write_typed
from workbook.plan import (
    OWN_DEFAULTS,
    Plan,
    hints_of,
    read_answer,
    record_type,
    step_names,
    strip_annotation,
)
from workbook.platforms import OTHER, load_platforms
from workbook.values import MOST_OWN, UNKNOWN, Frozen, Kind, Problem, YesNo

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

BASE_LANGUAGE = "en"
KEPT = "kept"
"""The kind of an answer that the workbook keeps by itself, and no question asks for."""


class Option(Frozen):
    """One of the answers to choose from."""

    value: str
    label: str
    hint: str = ""
    group: str = ""


class ShowIf(Frozen):
    """When a question is asked: the condition on another answer; there are no expressions."""

    question: str
    is_: str | None = Field(default=None, alias="is")
    is_not: str | None = None
    any_of: tuple[str, ...] = ()
    answered: bool | None = None

    def holds(self, plan: Plan) -> bool:
        """Whether the other answer is what this question waits for."""
        value = read_answer(plan, self.question)
        given = {str(v) for v in value} if isinstance(value, tuple) else {str(value)}
        answered = value not in (None, ())
        if self.answered is not None:
            return answered is self.answered
        if self.is_ is not None:
            return self.is_ in given
        if self.is_not is not None:
            return self.is_not not in given
        return bool(given & set(self.any_of))


class Question(Frozen):
    """One question as it is worded, with the kind its shape gives it."""

    id: str
    path: str
    kind: str
    label: str
    why: str
    hint: str = ""
    subject: str
    example: str = ""
    prefix: str = ""
    suffix: str = ""
    suffix_one: str = ""
    """The unit where the answer is 1, if it is another word."""
    short: bool = False
    needed: bool = True
    needed_if: ShowIf | None = None
    """When the answer is needed, where it is needed at all; it may be asked without that."""
    options: tuple[Option, ...] = ()
    exclusive: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    """What the two ends of a scale are called."""
    unknown: str = ""
    find_out: str = ""
    show_if: ShowIf | None = None
    seeds: tuple[str, ...] = ()
    fields: tuple[Question, ...] = ()
    record: str = ""
    add: str = ""
    most: int = 0
    among: str = ""
    """Of an answer that names an entry: the path of the list it is in."""
    title_from: tuple[str, ...] = ()
    title_between: str = ""
    """What stands between the answers that an entry of a list is called by, if not a comma."""
    change_on: str = ""

    def is_shown(self, plan: Plan) -> bool:
        """Whether the plan so far calls for this question."""
        return self.show_if is None or self.show_if.holds(plan)

    def is_needed(self, plan: Plan) -> bool:
        """Whether the plan so far is unfinished without this answer."""
        return self.needed and (self.needed_if is None or self.needed_if.holds(plan))

    def label_of(self, value: object) -> str:
        """How an answer that was chosen reads, or the value itself."""
        return next((o.label for o in self.options if o.value == str(value)), str(value))


class Section(Frozen):
    """Questions that are asked on one screen."""

    id: str
    title: str
    lead: str = ""
    questions: tuple[str, ...]


class FindingText(Frozen):
    """The words of a finding; the values in braces come from its check."""

    what: str
    because: str
    do: str
    sure: str
    change: str
    sources: tuple[str, ...] = ()
    seeds: tuple[str, ...] = ()
    offer: str = ""


class Default(Frozen):
    """A number we chose; the business may choose another."""

    value: float
    unit: str
    label: str
    reason: str
    source: str = ""


class Step(Frozen):
    """A step of the workbook: everything it says."""

    id: str
    title: str
    task: str
    page: str
    minutes: int
    have_ready: tuple[str, ...] = ()
    guidance: str
    sections: tuple[Section, ...]
    questions: dict[str, Question]
    findings: dict[str, FindingText]
    defaults: dict[str, Default]
    phrases: dict[str, str] = Field(default_factory=dict)
    """Pieces of sentences that checks put together."""

    def section_of(self, path: str) -> Section | None:
        """The screen that asks for the answer at a path."""
        name = path.split(".")[1] if path.startswith(f"{self.id}.") else ""
        return next((s for s in self.sections if name in s.questions), None)

    def question_at(self, path: str) -> Question | None:
        """The question that asks for the answer at a path, inside records too."""
        parts = path.split(".")[1:]
        question = self.questions.get(parts[0]) if parts else None
        if question is None or len(parts) < 3:  # noqa: PLR2004 - step.list.record.field
            return question
        return next((f for f in question.fields if f.id == parts[2]), question)


@cache
def load_words(path: str, language: str = BASE_LANGUAGE) -> Mapping[str, Any]:
    """A TOML file of words, with what a translation puts over it."""
    words: dict[str, Any] = read_toml(path)
    over = f"translations/{language}/{path}"
    return lay_over(words, read_toml(over)) if exists(over) else words


def load_markdown(path: str, language: str = BASE_LANGUAGE) -> str:
    """A Markdown file of the package, in a language where it is translated."""
    over = f"translations/{language}/{path}"
    return read_text(over if exists(over) else path)


@cache
def load_step(name: str, language: str = BASE_LANGUAGE) -> Step:
    """A step with its words, paired with its shape.

    Raises ContentError naming what is missing on either side.
    """
    folder = f"steps/{name}"
    words = dict(load_words(f"{folder}/step.toml", language))
    shape: type[Frozen] = type(getattr(Plan(), name))
    try:
        questions = dict(
            _pair(shape, words.pop("questions"), name, f"{folder}/step.toml", language)
        )
        defaults = load_words(f"{folder}/defaults.toml", language)
        return Step(
            id=name,
            guidance=load_markdown(f"{folder}/guidance.md", language),
            questions=questions,
            defaults={key: Default(**value) for key, value in defaults.items()},
            **{"findings": {}, **words},
        )
    except (ValidationError, KeyError, TypeError) as error:
        raise ContentError(reason=f"{folder}: {error}") from error


def load_steps(language: str = BASE_LANGUAGE) -> tuple[Step, ...]:
    """Every step, in order."""
    return tuple(load_step(name, language) for name in step_names())


def find_question(path: str, language: str = BASE_LANGUAGE) -> Question:
    """The question that asks for the answer at a path; ContentError when there is none."""
    if path.startswith(OWN_DEFAULTS):
        return _question_default(path, language)
    name = path.partition(".")[0]
    question = load_step(name, language).question_at(path) if name in step_names() else None
    if question is None:
        raise ContentError(reason=f"no question asks for {path}")
    return question


def _question_default(path: str, language: str) -> Question:
    step, _, name = path.removeprefix(OWN_DEFAULTS).partition(".")
    default = load_step(step, language).defaults.get(name) if step in step_names() else None
    if default is None:
        raise ContentError(reason=f"there is no default {path}")
    words = load_words("wording.toml", language)["default"]
    ours = write_typed(default.value, str(load_words("wording.toml", language)["decimal"]))
    return Question(
        id=name,
        path=path,
        kind="number",
        label=default.label,
        hint=words["hint"].format(ours=ours, unit=default.unit),
        why=default.reason,
        subject=words["subject"],
        suffix=default.unit,
        needed=False,
    )


# -- shape and wording -------------------------------------------------------------------------


def _pair(
    shape: type[Frozen], words: Mapping[str, Any], prefix: str, file: str, language: str
) -> Iterator[tuple[str, Question]]:
    hints = {k: v for k, v in hints_of(shape).items() if k != "id" and not _is_kept(v)}
    if set(hints) != set(words):
        missing, extra = sorted(set(hints) - set(words)), sorted(set(words) - set(hints))
        stub = "\n".join(
            f'[questions.{name}]\nlabel = ""\nwhy = ""\nsubject = ""' for name in missing
        )
        raise ContentError(
            reason=f"{file}: words without an answer {extra}, "
            f"answers without words {missing}.\n{stub}"
        )
    for name, hint in hints.items():
        yield name, _question(hint, dict(words[name]), f"{prefix}.{name}", file, language)


def _is_kept(hint: Any) -> bool:  # noqa: ANN401 - any annotation there is
    """Whether it is what the workbook keeps by itself instead of asking for it.

    That is a list whose records hold more than answers, and an answer marked ``Kind("kept")``.
    """
    inner = record_type(hint)
    if inner is None:
        return any(isinstance(m, Kind) and m.name == KEPT for m in strip_annotation(hint)[1])
    return any(isinstance(h, type) and issubclass(h, Frozen) for h in hints_of(inner).values())


def _question(
    hint: Any,  # noqa: ANN401 - any annotation there is
    words: dict[str, Any],
    path: str,
    file: str,
    language: str,
) -> Question:
    name = path.rpartition(".")[2]
    members, marks = strip_annotation(hint)
    inner = record_type(members[0])
    if inner is not None:
        fields = _pair(inner, words.pop("fields", {}), f"{path}.*", file, language)
        return Question(
            id=name, path=path, kind="records", fields=tuple(f for _, f in fields), **words
        )
    kind, values = _kind(members, marks)
    options = _options(kind, values, words.pop("options", {}), f"{file}: {path}", language)
    known = any(m == Literal["unknown"] for m in members) or UNKNOWN in values
    if known != bool(words.get("unknown")) and UNKNOWN not in values:
        raise ContentError(
            reason=f"{file}: {path} needs the word “unknown” just where it may be one"
        )
    kind, _, source = kind.partition(":")
    among = source if kind == "entry" else ""
    return Question(id=name, path=path, kind=kind, options=options, among=among, **words)


def _kind(members: tuple[Any, ...], marks: tuple[Any, ...]) -> tuple[str, tuple[str, ...]]:
    first = members[0]
    marked = next((m.name for m in marks if isinstance(m, Kind)), "")
    if marked:
        return marked, ()
    if first is YesNo:
        return "yes_no", tuple(YesNo)
    if isinstance(first, type) and issubclass(first, StrEnum):
        return "choice", tuple(first)
    chosen = getattr(first, "__args__", (None,))[0]
    if isinstance(chosen, type) and issubclass(chosen, StrEnum):
        return "several", tuple(chosen)
    raise ContentError(reason=f"no kind of field asks for {first}")


def _options(
    kind: str, values: tuple[str, ...], words: Mapping[str, Any], where: str, language: str
) -> tuple[Option, ...]:
    if kind.startswith("entry:"):
        return ()  # the entries there are stand in the plan: ``wording.offer_entries``
    if kind.endswith(":platforms"):
        offered = {p.id: p.name for p in load_platforms(language).values()} | {
            OTHER: words.get(OTHER, "")
        }
        return tuple(Option(value=v, label=label) for v, label in offered.items())
    if kind.startswith("choice:"):
        name = kind.partition(":")[2]
        file = load_words(f"steps/{name}.toml", language)
        groups, by = file.get("groups", {}), file.get("group_by", "")
        return tuple(
            Option(value=v, label=w["label"], group=groups.get(w.get(by), ""))
            for v, w in file[name.rpartition("/")[2]].items()
        )
    if set(values) != set(words):
        raise ContentError(reason=f"{where}: options {sorted(words)} are not {sorted(values)}")
    return tuple(
        Option(value=v, **(w if isinstance(w, dict) else {"label": w}))
        for v, w in ((str(v), words[v]) for v in values)
    )


# -- what to say -------------------------------------------------------------------------------


def explain_problem(problem: Problem, question: Question, language: str = BASE_LANGUAGE) -> str:
    """How to mend what was typed, in the words of its question."""
    text = str(load_words("values.toml", language)[problem.id])
    return text.format(subject=question.subject, **_write_numbers(problem.values, language))


def _write_numbers(values: Mapping[str, object], language: str) -> dict[str, object]:
    """Values for a text, with numbers as the language writes them, save what may be a year."""
    words = load_words("wording.toml", language)
    return write_each(values, words["thousands"], words["decimal"])


def explain_error(error: WorkbookError, language: str = BASE_LANGUAGE) -> tuple[str, str]:
    """What happened, and the next step."""
    words = load_words("errors.toml", language)[error.id]
    values = _write_numbers(error.values, language)
    if isinstance(error, RoomError) and error.reason_at:
        file, part, name = error.reason_at
        values["reason"] = load_words(file, language)[part][name]
    return words["what"].format(**values), words[error.next_name].format(**values)


def default_of(plan: Plan, path: str) -> float:
    """A threshold, ``step.name``: the one the business chose, or ours.

    Whatever stands in a plan file, it is from 0 to ``MOST_OWN``.
    """
    if path in plan.own_defaults:
        return min(max(plan.own_defaults[path], 0), MOST_OWN)
    step, _, name = path.partition(".")
    return load_step(step).defaults[name].value
