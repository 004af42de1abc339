"""What several files come to together: the figures, and in words what they can and cannot say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from workbook.content import BASE_LANGUAGE, default_of, load_words
from workbook.imports.limits import Looked, list_abilities, list_limits
from workbook.imports.statements import Said, Statement, say
from workbook.measurement.results import COUNTED, Results, join_visits
from workbook.measurement.targets import STAGES, TargetKind
from workbook.plan import Plan
from workbook.records import SocialVisits
from workbook.wording import write_values

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from workbook.imports.visits import VisitFile
    from workbook.measurement.events import EventCounts
    from workbook.measurement.targets import Targets
    from workbook.records import HoursSpent
    from workbook.values import Problem


EVENT_WORDS: Final = "measurement/logs.toml"
RATE_HOURS: Final = "measurement.rate_hours"
_LOG: Final = "log_"
_OURS: Final = frozenset({"no-target"})
"""What is said of a file of events and here of all files together."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found, what it can tell first."""

    results: Results
    can_say: tuple[Said, ...]
    cannot_say: tuple[Said, ...]
    imports: tuple[tuple[SocialVisits, ...], ...] = ()
    """The added-up records of each table, as ``measurement.keeping.keep_imports`` takes them."""
    hours: tuple[tuple[HoursSpent, ...], ...] = ()


def draw_outcome(
    files: Sequence[VisitFile | EventCounts], targets: Targets, language: str = BASE_LANGUAGE
) -> Outcome:
    """Figures and words of files read together, reports and events alike, in whatever order.

    Of two files of one kind the one that reaches to a later day counts for the days of both, then
    the one that begins later, then the one that tells more.
    """
    from workbook.imports.visits import VisitFile  # noqa: PLC0415 - told apart at run time alone

    reports = [file for file in files if isinstance(file, VisitFile)]
    events = [file for file in files if not isinstance(file, VisitFile)]
    blind = {id(file): _find_blind(file, targets) for file in events}
    absent = _find_absent(events, [s for stages in blind.values() for s in stages])
    told = [r for file in files for r in _records_of(file, {*blind.get(id(file), ()), *absent})]
    imports = sorted(told, key=_order_visits)
    hours = tuple(sorted((file.hours for file in reports if file.hours), key=_order_hours))
    results = join_visits(imports, hours, default_of(Plan(), RATE_HOURS))
    looked = _look(events, absent, targets)
    stated = list_limits(reports, results, targets, looked)
    limits = [say(each, language) for each in stated]
    lost = sorted({t.value for stages in blind.values() for s in stages for t in targets.of(s)})
    if lost:
        limits.insert(0, say(Statement("log-events", {"targets": tuple(lost)}), language))
    left = [said for each in events for said in _say_events(each.cannot_say, language)]
    return Outcome(
        results=results,
        can_say=tuple(say(each, language) for each in list_abilities(reports, results, stated)),
        cannot_say=tuple({said.text: said for said in (*limits, *left)}.values()),
        imports=tuple(imports),
        hours=hours,
    )


def _order_visits(records: Sequence[SocialVisits]) -> tuple[object, ...]:
    """What comes first gives way to what comes later, where both are of one kind."""
    counts = [getattr(record, name) or 0 for record in records for name in COUNTED]
    return (
        max((record.end for record in records if record.end), default=date.min),
        min((record.start for record in records if record.start), default=date.min),
        sum(counts),
        sorted(map(repr, records)),
    )


def _order_hours(hours: Sequence[HoursSpent]) -> tuple[object, ...]:
    days = [spent.day for spent in hours]
    return max(days), min(days), sum(spent.hours for spent in hours), sorted(map(repr, hours))


def _find_blind(file: EventCounts, targets: Targets) -> tuple[str, ...]:
    """The stages that a log cannot tell, since what counts for them is an event."""
    if not file.format.startswith(_LOG):
        return ()
    kinds = {stage: {target.kind for target in targets.of(stage)} for stage in STAGES}
    return tuple(stage for stage, found in kinds.items() if found == {TargetKind.EVENT})


def _find_absent(events: Sequence[EventCounts], blind: Collection[str]) -> tuple[str, ...]:
    """The stages that nobody reached in any file of events, so that there is no nought of them."""
    told = [file for file in events if file.sessions]
    return tuple(
        stage
        for stage in STAGES
        if stage not in blind and told and all(stage in file.unseen for file in told)
    )


def _look(events: Sequence[EventCounts], absent: Collection[str], targets: Targets) -> Looked:
    """What files of events looked for, and whether they found it."""
    found = [
        stage
        for stage in STAGES
        if any(file.sessions and stage in file.told and stage not in file.unseen for file in events)
    ]
    written = [
        frozenset(f"{t.method} {t.value}".strip() for s in stages for t in targets.of(s))
        for stages in (found, absent)
    ]
    return Looked(any(file.sessions for file in events), *written)


def _records_of(
    file: VisitFile | EventCounts, blind: Collection[str]
) -> Iterator[tuple[SocialVisits, ...]]:
    from workbook.imports.visits import VisitFile  # noqa: PLC0415 - as above

    if isinstance(file, VisitFile):
        yield from file.records
    elif file.format and file.first and file.last:
        seen = replace(file, told=tuple(stage for stage in file.told if stage not in blind))
        yield (*seen.to_visits(), *_mark_edges(seen))


def _mark_edges(file: EventCounts) -> Iterator[SocialVisits]:
    """Zeros on the first and the last day, so that days on which nobody came are known too."""
    told: dict[str, Any] = dict.fromkeys(file.told, 0)
    for day in (file.first, file.last):
        yield SocialVisits("", file.format, start=day, end=day, sessions=0, **told)


def _say_events(problems: Iterable[Problem], language: str) -> Iterator[Said]:
    words = load_words(EVENT_WORDS, language)["cannot_say"]
    for problem in (each for each in problems if each.id in words and each.id not in _OURS):
        yield Said(
            problem.id, str(words[problem.id]).format(**write_values(problem.values, language))
        )
