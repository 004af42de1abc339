"""What files of a counter come to: logs, reports and hours alike, and what they leave open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from workbook.content import load_words
from workbook.interface.mapping import GivenTable
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
from workbook.wording import write_values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from workbook.imports.outcome import Outcome
    from workbook.imports.reading import Asked
    from workbook.imports.statements import Said
    from workbook.imports.visits import VisitFile
    from workbook.interface.sending import GivenFile
    from workbook.measurement.events import EventCounts
    from workbook.measurement.results import Results
    from workbook.plan import Plan

UNKNOWN: Final = "visits-unknown-columns"
LARGEST_UNPACKED: Final = 10
"""How many times the limit of the app a packed log may unpack to; everyday logs pack to a tenth."""
_NO_CHOICES: Final = ("order", "zone")
_DAY_FIRST: Final = {"day": True, "month": False}


@dataclass(frozen=True, slots=True)
class FilesRead:
    """Figures, what they can tell and what they cannot, and what is wrong with the files."""

    outcome: Outcome
    kinds: tuple[tuple[str, str], ...]
    """Each file's name, and what it was read as."""
    problems: tuple[tuple[str, str], ...]
    """The id of each problem, and the problem in words; each once."""
    notes: tuple[str, ...]
    """How the files were counted, in words; each once."""
    unknown: tuple[GivenTable, ...] = ()
    """The tables that no format knows, whether their columns were told or not."""
    has_clock: bool = False
    """Whether any file holds moments, whose days hang on the time zone."""

    @property
    def results(self) -> Results:
        """The figures."""
        return self.outcome.results

    @property
    def can_say(self) -> tuple[Said, ...]:
        """What the files can tell."""
        return self.outcome.can_say

    @property
    def cannot_say(self) -> tuple[Said, ...]:
        """What they cannot."""
        return self.outcome.cannot_say

    @property
    def is_used(self) -> bool:
        """Whether anything of any file could be read."""
        return bool(self.results.platforms or self.can_say or self.outcome.hours)


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


def ask_files(
    targets: Targets,
    answers: Mapping[str, str],
    known: Mapping[str, Mapping[str, int]],
    today: date,
    limit_mb: int,
) -> Asked:
    """What is asked of files, with what was answered about them.

    Args:
        targets: What counts for each stage.
        answers: Answers to what a file leaves open, by the name of the question; “zone” is that
            of the business.
        known: What columns hold, under the hash of a header.
        today: The day it is; what lies after it is left out.
        limit_mb: How large files may be that are given in the app.
    """
    from workbook.imports.reading import Asked  # noqa: PLC0415 - when there is a file
    from workbook.imports.visits import Questions  # noqa: PLC0415 - same

    choices = {kind: answer for kind, answer in answers.items() if kind not in _NO_CHOICES}
    order = _DAY_FIRST.get(answers.get("order", ""))
    questions = Questions(day_first=order, choices=choices, mappings=known)
    largest = limit_mb * LARGEST_UNPACKED * 1_000_000
    return Asked(targets, today, questions, answers.get("zone"), largest)


def read_files(
    files: Sequence[GivenFile],
    asked: Asked,
    language: str,
    watch: Callable[[float], bool] | None = None,
) -> FilesRead:
    """What files come to together, each a report or a log, whichever its first bytes show.

    Raises:
        Cancelled: ``watch`` said no; it is told how much is done, 0 to 1.
    """
    from workbook.imports.outcome import draw_outcome  # noqa: PLC0415 - same
    from workbook.imports.reading import read_file  # noqa: PLC0415 - same
    from workbook.imports.statements import name_format  # noqa: PLC0415 - when there is a file

    found = [
        read_file(file.source, file.name, asked, _watch_part(watch, at, len(files)))
        for at, file in enumerate(files)
    ]
    pairs = list(zip(files, found, strict=True))
    told = {
        kind: [each for file in found for each in _word_problems(file, kind, language)]
        for kind in ("problems", "notes")
    }
    return FilesRead(
        outcome=draw_outcome(found, asked.targets, language),
        kinds=tuple((f.name, name_format(_format_of(read), language)) for f, read in pairs),
        problems=tuple(dict.fromkeys(told["problems"])),
        notes=tuple(dict.fromkeys(text for _, text in told["notes"])),
        unknown=tuple(table for file, read in pairs for table in _find_unknown(file, read)),
        has_clock=any(getattr(read, "first", None) is not None for read in found),
    )


def _watch_part(
    watch: Callable[[float], bool] | None, at: int, count: int
) -> Callable[[float], bool] | None:
    """How much of all files is done, told by the reading of one of them."""
    return None if watch is None else lambda share: watch((at + share) / count)


def _find_unknown(file: GivenFile, read: VisitFile | EventCounts) -> Iterator[GivenTable]:
    """The tables of a file that were read by columns somebody named, or that wait for them."""
    from workbook.imports.mapped import MAPPED  # noqa: PLC0415 - as above
    from workbook.imports.reading import read_unknown  # noqa: PLC0415 - as above

    waits = any(problem.id == UNKNOWN for problem in read.problems)
    if waits or MAPPED in getattr(read, "formats", ()):
        for table in read_unknown(file.source, file.name):
            yield GivenTable(file.name, table)


def _format_of(file: VisitFile | EventCounts) -> str:
    from workbook.imports.visits import VisitFile  # noqa: PLC0415 - as above

    if isinstance(file, VisitFile):
        return file.formats[0] if file.formats else ""
    return file.format


def _word_problems(
    file: VisitFile | EventCounts, kind: str, language: str
) -> Iterator[tuple[str, str]]:
    """The “problems” or “notes” in words; those of events stand in a file of words of their own."""
    from workbook.imports.statements import explain_visits  # noqa: PLC0415 - as above
    from workbook.imports.visits import VisitFile  # noqa: PLC0415 - as above
    from workbook.measurement.requests import WORDS as EVENTS  # noqa: PLC0415 - as above

    if isinstance(file, VisitFile):
        for problem in getattr(file, kind):
            yield problem.id, explain_visits(problem, language)
        return
    words = load_words(EVENTS, language)[kind]
    for problem in getattr(file, kind):
        yield problem.id, str(words[problem.id]).format(**write_values(problem.values, language))
