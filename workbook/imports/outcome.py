"""What several files come to together: the figures, and in words what they can and cannot say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.content import BASE_LANGUAGE, load_words
from workbook.imports.limits import Said, list_abilities, list_limits, say
from workbook.measurement.requests import WORDS as EVENT_WORDS
from workbook.measurement.results import Results, join_visits
from workbook.records import SocialVisits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from workbook.imports.visits import VisitFile
    from workbook.measurement.events import EventCounts
    from workbook.measurement.targets import Targets
    from workbook.values import Problem


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found, what it can tell first."""

    results: Results
    can_say: tuple[Said, ...]
    cannot_say: tuple[Said, ...]


def draw_outcome(
    files: Sequence[VisitFile | EventCounts], targets: Targets, language: str = BASE_LANGUAGE
) -> Outcome:
    """Figures and words of files in the order they were read, reports and events alike."""
    from workbook.imports.visits import VisitFile  # noqa: PLC0415 - told apart at run time alone

    reports = [file for file in files if isinstance(file, VisitFile)]
    events = [file for file in files if not isinstance(file, VisitFile)]
    imports = [records for file in files for records in _records_of(file)]
    results = join_visits(imports, [file.hours for file in reports if file.hours])
    limits = [say(each, language) for each in list_limits(reports, results, targets)]
    told = [said for each in events for said in _say_events(each.cannot_say, language)]
    return Outcome(
        results=results,
        can_say=tuple(say(each, language) for each in list_abilities(reports, results)),
        cannot_say=tuple({said.text: said for said in (*limits, *told)}.values()),
    )


def _records_of(file: VisitFile | EventCounts) -> Iterator[tuple[SocialVisits, ...]]:
    from workbook.imports.visits import VisitFile  # noqa: PLC0415 - as above

    if isinstance(file, VisitFile):
        yield from file.records
    elif file.format and file.first and file.last:
        yield (*file.to_visits(), *_mark_edges(file))


def _mark_edges(file: EventCounts) -> Iterator[SocialVisits]:
    """Zeros on the first and the last day, so that days on which nobody came are known too."""
    told = dict.fromkeys(file.told, 0)
    for day in (file.first, file.last):
        yield SocialVisits("", file.format, start=day, end=day, sessions=0, **told)


def _say_events(problems: Iterable[Problem], language: str) -> Iterator[Said]:
    words = load_words(EVENT_WORDS, language)["cannot_say"]
    for problem in problems:
        yield Said(problem.id, str(words[problem.id]).format(**problem.values))
