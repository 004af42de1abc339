"""What the code and its words tell of the workbook, for the pages of the reference."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

import workbook
from workbook import errors
from workbook.checks import Finding, Status, measure_progress
from workbook.checks.progress import count_minutes
from workbook.checks.run import load_checks
from workbook.cli import workbook as program
from workbook.commands._command import SHARED
from workbook.content import Default, FindingText, find_question, load_step, load_steps, load_words
from workbook.discovery import exists, read_text, read_toml
from workbook.evidence import load_sources
from workbook.exports import load_formats as load_export_formats
from workbook.exports.documents import Switches, list_formats, order_documents
from workbook.fit.places import list_facts as list_place_facts
from workbook.fit.quality import list_quality
from workbook.imports.pipeline import load_formats as load_import_formats
from workbook.interface.tasks import sum_minutes
from workbook.mix.wording import write_accuracy
from workbook.plan import Plan
from workbook.platforms import load_platforms
from workbook.settings import Settings
from workbook.steps.start.answers import Route, Start
from workbook.wording import write_day, write_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import ModuleType

    from workbook.checks.check import Check
    from workbook.content import Question, Step

_MORE = Path(__file__).parent / "reference" / "_commands"
SCHEMA = "storage/plan.schema.json"
_ACROSS = "across"
_EVENTS = "events"
_NO_FORMATS = {"mapped", "posts", "cases", "unknown"}
"""What a file is called whose format was not told."""


def list_facts() -> dict[str, object]:
    """Everything a page may name, by its name; what takes long is a function."""
    return {
        "across": list_across,
        "accuracy": write_accuracy,
        "commands": list_commands,
        "count_checks": lambda: len(load_checks()),
        "day": write_day,
        "default_of": find_default,
        "defaults": list_defaults,
        "documents": list_documents,
        "errors": list_errors,
        "finding_fields": lambda: tuple(Finding.model_fields),
        "formats": list_export_formats,
        "has_schema": exists(SCHEMA),
        "imports": list_imports,
        "minutes": list_minutes,
        "minutes_in_all": sum_minutes,
        "more_on": read_more,
        "number": write_number,
        "place_facts": list_place_facts,
        "platforms": load_platforms,
        "public": list_public,
        "quality": list_quality,
        "question": find_question,
        "question_rows": list_questions,
        "rules_of": list_rules,
        "schema": read_schema,
        "settings": list_settings,
        "sources": load_sources,
        "step": load_step,
        "steps": load_steps,
        "switches": list_switches,
        "toml": read_toml,
        "words": load_words,
    }


# -- questions, checks and numbers -------------------------------------------------------------


def read_schema() -> Mapping[str, Any]:
    """The JSON Schema of the plan file."""
    found: dict[str, Any] = json.loads(read_text(SCHEMA))
    return found


class Row(NamedTuple):
    """A question as the reference shows it."""

    path: str
    """Its path in a plan; ``*`` stands for the name of an entry."""
    question: Question
    kind: str


def list_questions(step: Step) -> Iterator[Row]:
    """The questions of a step, each followed by those of its entries."""
    for question in step.questions.values():
        yield Row(question.path, question, question.kind)
        for inner in question.fields:
            yield Row(inner.path, inner, inner.kind)


class Minutes(NamedTuple):
    """A part of the task list, and how long it takes; none where it is not needed for now."""

    task: str
    short: int | None
    full: int | None


def list_minutes() -> Iterator[Minutes]:
    """How long each part takes on the short and on the full way."""
    for step in load_steps():
        short, full = (_count_minutes(step, route) for route in (Route.SHORT, Route.FULL))
        yield Minutes(step.task, short, full)


def _count_minutes(step: Step, route: Route) -> int | None:
    plan = Plan(start=Start(route=route))
    needed = measure_progress(plan, step).status is not Status.NOT_NEEDED
    return count_minutes(step, plan) if needed else None


class Rule(NamedTuple):
    """A check with its words."""

    check: Check
    words: FindingText


def list_rules(step: str) -> tuple[Rule, ...]:
    """The checks of a step by its name, or those “across” steps."""
    return tuple(
        Rule(each, FindingText(**load_words(each.words)["findings"][each.id]))
        for each in load_checks()
        if each.step == step
    )


def list_across() -> str:
    """What the checks that span steps are filed under."""
    return _ACROSS


class Numbers(NamedTuple):
    """Numbers we chose, and what they are about."""

    title: str
    path: str
    values: Mapping[str, Default]


def list_defaults() -> Iterator[Numbers]:
    """Every number we chose: step by step, then those about places."""
    for step in load_steps():
        if step.defaults:
            yield Numbers(step.title, step.id, step.defaults)
    places = {key: Default(**found) for key, found in read_toml("platforms/defaults.toml").items()}
    yield Numbers("", "", places)


# -- files in and out --------------------------------------------------------------------------


def _describe(module: ModuleType) -> str:
    """The first sentence of what a module says of itself."""
    return " ".join(str(module.__doc__).split("\n\n")[0].split())


class Export(NamedTuple):
    """A format that documents come in."""

    name: str
    suffix: str
    text: str


def list_export_formats() -> tuple[Export, ...]:
    """The formats that documents come in."""
    return tuple(
        Export(name, module.SUFFIX, _describe(module))
        for name, module in load_export_formats().items()
    )


class Written(NamedTuple):
    """A document, and the endings of the files it comes as."""

    name: str
    title: str
    text: str
    suffixes: tuple[str, ...]


def list_documents() -> tuple[Written, ...]:
    """The documents, in the order of the page that offers them."""
    words, formats = load_words("exports/documents/words.toml"), load_export_formats()
    return tuple(
        Written(
            name,
            words[name]["title"],
            words[name]["description"],
            tuple(formats[each].SUFFIX for each in list_formats(name)),
        )
        for name in order_documents()
    )


def list_switches() -> dict[str, object]:
    """The parts that a document may hold or leave out, and whether it does without being asked."""
    return {name.replace("_", "-"): field.default for name, field in Switches.model_fields.items()}


class Import(NamedTuple):
    """A kind of file that is recognised: what it is read for, and what it is called."""

    id: str
    kind: str
    name: str


def list_imports() -> tuple[Import, ...]:
    """Every file that is recognised; lists of visits and logs of any size are “events”."""
    names, formats = read_toml("imports/visits.toml")["formats"], load_import_formats()
    others = {key: name for key, name in names.items() if key not in formats}
    kinds = {key: type(found).__name__.removesuffix("Format").lower()
             for key, found in formats.items()}  # fmt: skip
    return tuple(
        Import(key, kinds.get(key, _EVENTS), names[key])
        for key in [*formats, *(key for key in others if key not in _NO_FORMATS)]
    )


# -- commands, settings, names -----------------------------------------------------------------


class Entry(NamedTuple):
    """An option or argument: how it is written, and what it does."""

    name: str
    text: str


class Told(NamedTuple):
    """A command: how it is typed, what it does, its options, and the commands below it."""

    name: str
    usage: str
    text: str
    options: tuple[Entry, ...]
    below: tuple[Told, ...]


def list_commands() -> tuple[Told, ...]:
    """Every command of the program, as its help tells it."""
    with click.Context(program, info_name="workbook") as context:
        return tuple(_tell(program, context).below)


def _tell(command: click.Command, context: click.Context) -> Told:
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    records = [param.get_help_record(context) for param in command.get_params(context)]
    options = tuple(Entry(*record) for record in records if record is not None)
    below = command.commands.items() if isinstance(command, click.Group) else ()
    children = [
        _tell(each, click.Context(each, info_name=name, parent=context)) for name, each in below
    ]
    return Told(context.command_path, usage, str(command.help), options, tuple(children))


def read_more(command: str) -> str:
    """What there is to say about a command besides its help, as Markdown; empty for nothing."""
    path = _MORE / f"{command.removeprefix('workbook ')}.md"
    return path.read_text(encoding="utf-8") if path.is_file() else ""


class Setting(NamedTuple):
    """A setting of whoever runs the workbook."""

    name: str
    text: str
    default: str
    bounds: Mapping[str, float]
    """The least and the most it may be, as “ge” and “le”; empty where it is no number."""


def list_settings() -> Iterator[Setting]:
    """The settings, as variables of the environment."""
    for name, field in Settings.model_fields.items():
        marks = {kind: getattr(each, kind) for each in field.metadata
                 for kind in ("ge", "le") if hasattr(each, kind)}  # fmt: skip
        shown = str(field.default).lower() if field.annotation is bool else str(field.default)
        yield Setting(f"WORKBOOK_{name.upper()}", str(field.description), shown, marks)


def find_default(name: str) -> str:
    """What a setting is where nobody sets it.

    Raises:
        StopIteration: There is no such setting.
    """
    return next(each.default for each in list_settings() if each.name == name)


def list_public() -> tuple[str, ...]:
    """The public names of the package."""
    return tuple(name for name in workbook.__all__ if not name.startswith("_"))


class Failure(NamedTuple):
    """Something that can go wrong, as the command line tells it."""

    name: str
    id: str
    depth: int
    what: str
    step: str
    code: int


def list_errors() -> Iterator[Failure]:
    """Every error there is, each after what it is a kind of."""
    yield from _list_errors(errors.WorkbookError, 0)


def _list_errors(kind: type[errors.WorkbookError], depth: int) -> Iterator[Failure]:
    words = read_toml("errors.toml")[kind.id]
    words = {**words, **SHARED["errors"].get(kind.id, {})}
    yield Failure(kind.__name__, kind.id, depth, words["what"], words["next"], kind.exit_code)
    for below in kind.__subclasses__():
        yield from _list_errors(below, depth + 1)
