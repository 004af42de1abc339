"""What files of a counter come to: logs and reports alike, and what of it a plan may hold."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from workbook.content import load_words
from workbook.measurement.targets import STAGES, Targets
from workbook.steps.measurement.answers import ContactWay
from workbook.steps.measurement.setup import (
    BY_EVENT,
    WORDS,
    list_pages,
    list_tools,
    name_event,
    path_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from workbook.imports.limits import Said
    from workbook.imports.visits import VisitFile
    from workbook.measurement.events import EventCounts
    from workbook.measurement.results import PlatformResult, Results
    from workbook.plan import Plan

NUMBERS: Final = "measurement.numbers"
_NO_CHOICES: Final = ("order", "zone")
_DAY_FIRST: Final = {"day": True, "month": False}


@dataclass(frozen=True, slots=True)
class FilesRead:
    """Figures, what they can tell and what they cannot, and what is wrong with the files."""

    results: Results
    can_say: tuple[Said, ...]
    cannot_say: tuple[Said, ...]
    kinds: tuple[tuple[str, str], ...]
    """Each file's name, and what it was read as."""
    problems: tuple[tuple[str, str], ...]
    """The id of each problem, and the problem in words; each once."""
    notes: tuple[str, ...]
    """How the files were counted, in words; each once."""


def choose_targets(plan: Plan, given: Mapping[str, object]) -> Targets:
    """What counts for each stage: what was typed on the bench, else what the plan says."""
    pages = list_pages(plan)
    ours: dict[str, tuple[str, ...]] = {
        name: (path_of(pages[name]),) if pages[name] else () for name in ("services", "contact")
    }
    ours["used"] = tuple(_list_used(plan, pages["thanks"]))
    typed = {stage: str(given.get(stage) or "").strip() for stage in STAGES}
    return Targets(**{stage: (typed[stage],) if typed[stage] else ours[stage] for stage in STAGES})


def _list_used(plan: Plan, thanks: str) -> Iterator[str]:
    said = plan.measurement
    if thanks and ContactWay.FORM_THANKS in said.contact_ways:
        yield path_of(thanks)
    if said.event:
        yield said.event
    elif set(said.contact_ways) & {*BY_EVENT, ContactWay.FORM_THANKS}:
        words = load_words(WORDS)
        yield from dict.fromkeys(name_event(tool, words) for tool in list_tools(plan))


def read_files(
    files: Sequence[tuple[str, bytes]],
    targets: Targets,
    answers: Mapping[str, str],
    today: date,
    language: str,
) -> FilesRead:
    """What files come to together, each a report or a log, whichever its first bytes show.

    Args:
        files: The name of each, and what is in it.
        targets: What counts for each stage.
        answers: Answers to what a file leaves open, by the name of the question; “zone” is that
            of the business.
        today: The day it is; what lies after it is left out.
        language: The language of the words.
    """
    from workbook.imports.limits import name_format  # noqa: PLC0415 - when there is a file
    from workbook.imports.outcome import draw_outcome  # noqa: PLC0415 - same

    found = [_read(name, raw, targets, answers, today) for name, raw in files]
    outcome = draw_outcome(found, targets, language)
    kinds = [
        (n, name_format(_format_of(f), language)) for (n, _), f in zip(files, found, strict=True)
    ]
    told = {
        kind: [each for file in found for each in _word_problems(file, kind, language)]
        for kind in ("problems", "notes")
    }
    return FilesRead(
        results=outcome.results,
        can_say=outcome.can_say,
        cannot_say=outcome.cannot_say,
        kinds=tuple(kinds),
        problems=tuple(dict.fromkeys(told["problems"])),
        notes=tuple(dict.fromkeys(text for _, text in told["notes"])),
    )


def _read(
    name: str, raw: bytes, targets: Targets, answers: Mapping[str, str], today: date
) -> VisitFile | EventCounts:
    from workbook.imports.visits import Questions, read_visits  # noqa: PLC0415 - as above
    from workbook.measurement.embedded import read_start  # noqa: PLC0415 - as above
    from workbook.measurement.logs import read_events, recognise  # noqa: PLC0415 - as above

    if recognise(read_start(raw)):
        return read_events(raw, name, targets, zone=answers.get("zone"), today=today)
    choices = {kind: answer for kind, answer in answers.items() if kind not in _NO_CHOICES}
    questions = Questions(day_first=_DAY_FIRST.get(answers.get("order", "")), choices=choices)
    return read_visits(raw, name, targets, today, questions)


def _format_of(file: VisitFile | EventCounts) -> str:
    from workbook.imports.visits import VisitFile  # noqa: PLC0415 - as above

    if isinstance(file, VisitFile):
        return file.formats[0] if file.formats else ""
    return file.format


def _word_problems(
    file: VisitFile | EventCounts, kind: str, language: str
) -> Iterator[tuple[str, str]]:
    """The “problems” or “notes” in words; those of events stand in a file of words of their own."""
    from workbook.imports.limits import explain_visits  # noqa: PLC0415 - as above
    from workbook.imports.visits import VisitFile  # noqa: PLC0415 - as above
    from workbook.measurement.requests import WORDS as EVENTS  # noqa: PLC0415 - as above

    if isinstance(file, VisitFile):
        for problem in getattr(file, kind):
            yield problem.id, explain_visits(problem, language)
        return
    words = load_words(EVENTS, language)[kind]
    for problem in getattr(file, kind):
        yield problem.id, str(words[problem.id]).format(**problem.values)


# -- into the plan -----------------------------------------------------------------------------


def list_answers(results: Results) -> tuple[tuple[str, str], ...]:
    """The added-up numbers of each place as answers of a plan; reading again replaces them."""
    days = results.days.get("sessions") or frozenset[int]()
    return tuple(
        (f"{NUMBERS}.{_name_entry(result, days)}.{field}", text)
        for result in results.platforms
        if result.sessions is not None
        for field, text in _list_fields(result, days)
    )


def _list_fields(result: PlatformResult, days: frozenset[int]) -> Iterator[tuple[str, str]]:
    from datetime import date  # noqa: PLC0415 - only for reading ordinals

    if result.platform:
        yield "platform", result.platform
    if days:
        yield "first", date.fromordinal(min(days)).isoformat()
        yield "last", date.fromordinal(max(days)).isoformat()
    counted = {"visits": result.sessions, **{stage: result.of(stage) for stage in STAGES}}
    for name, each in counted.items():
        yield name, "" if each is None else str(each.count)
    if result.hours is not None:
        yield "hours", f"{result.hours:g}"


def _name_entry(result: PlatformResult, days: frozenset[int]) -> str:
    """An id that the same place and days always have."""
    span = f"{min(days)}-{max(days)}" if days else ""
    return blake2b(f"{result.platform} {span}".encode(), digest_size=4).hexdigest()
