"""What files of visits can tell and what they cannot, and what to export instead, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from workbook.content import load_words
from workbook.imports.format import CaseFormat, PostFormat, ReachFormat
from workbook.imports.partial import list_parts, list_unread
from workbook.imports.pipeline import load_formats
from workbook.imports.reports import NAMES, PLACES, Role
from workbook.imports.statements import WORDS, Statement
from workbook.measurement.targets import STAGES, Targets
from workbook.records import SEVERAL

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date

    from workbook.imports.sums import Facts
    from workbook.imports.visits import VisitFile
    from workbook.measurement.results import Results

_FIRST: Final = "ga4-first-touch"
"""A report that names channels, but those of the first visit ever."""


class Looked(NamedTuple):
    """What files of events, which hold the source and the pages of each visit, looked for."""

    is_given: bool = False
    seen: frozenset[str] = frozenset()
    """Targets that somebody reached."""
    unseen: frozenset[str] = frozenset()
    """Those that nobody did, from any source."""


def list_abilities(
    files: Sequence[VisitFile], results: Results, limits: Sequence[Statement] = ()
) -> tuple[Statement, ...]:
    """What the files can tell, the most important first.

    Where they tell of visits and of nothing these did, the first is the whole answer in a
    sentence, out of the limits.
    """
    found: list[Statement] = []
    sessions = results.everything.sessions
    if sessions is not None:
        values = {"visits": sessions.count, "period": sessions.days}
        also = [f"export-{each.tool}" if each.tool else each.id for each in limits]
        is_blind = "what-they-did" in also
        told = {**values, "also": tuple(also)} if is_blind else values
        found.append(Statement("answer" if is_blind else "social", told))
    for facts in _all_facts(files):
        for stage, count in facts.everybody.items():
            about = {"stage": stage, "unit": facts.unit, "period": _period(facts)}
            found.append(Statement("everybody", {**about, "count": count}))
    return tuple({repr(each): each for each in found}.values())


def list_limits(
    files: Sequence[VisitFile], results: Results, targets: Targets, looked: Looked | None = None
) -> tuple[Statement, ...]:
    """What the files cannot tell, the most important first, and what to export instead.

    Args:
        files: Reports of visits.
        results: What they and the files of events come to.
        targets: What counts for each stage.
        looked: What files of events looked for beside them.
    """
    looked = looked or Looked()
    found = [
        *_open_stages(files, results, looked, targets),
        *list_parts(results),
        *_open_targets(files, results, looked, targets),
        *_successes(files, results),
        *_exports(files, results, targets),
        *_sources(files, results),
        *_reports(files),
        *_others(files, results),
    ]
    return tuple({repr(each): each for each in found}.values())


def _all_facts(files: Iterable[VisitFile]) -> list[Facts]:
    return [facts for file in files for facts in file.facts if facts.rows]


def _period(facts: Facts) -> tuple[date, date] | None:
    return (facts.start, facts.end) if facts.start and facts.end else None


def _days_of(results: Results, stage: str) -> tuple[date, date] | None:
    return _span(results.days[stage])


def _span(days: Collection[int]) -> tuple[date, date] | None:
    """The first and the last of some days."""
    from datetime import date  # noqa: PLC0415 - only for reading ordinals

    return (date.fromordinal(min(days)), date.fromordinal(max(days))) if days else None


def _untold(results: Results) -> list[str]:
    return [stage for stage in STAGES if results.everything.of(stage) is None]


# -- what is missing ---------------------------------------------------------------------------


def _open_stages(
    files: Sequence[VisitFile], results: Results, looked: Looked, targets: Targets
) -> Iterator[Statement]:
    """What is known of visits, and how far they came."""
    facts, sessions = _all_facts(files), results.everything.sessions
    untold = _untold(results)
    lost = list_unread(facts, results)
    if "sessions" in lost:
        yield Statement("visits-unread")
        return
    if lost:
        yield Statement("stages-unread", {"stages": lost})
    if sessions is None:
        yield from _explain_no_visits(facts)
    elif len(untold) == len(STAGES) and not _holds_both(facts, looked):
        if sessions.count:
            yield Statement("what-they-did", {"visits": sessions.count})
    elif named := [s for s in untold if len(untold) < len(STAGES) or getattr(targets, s)]:
        yield Statement("stages-open", {"stages": tuple(named)})


def _holds_both(facts: Sequence[Facts], looked: Looked) -> bool:
    """Whether the source and the page, or the event, of a visit stand together somewhere."""
    return looked.is_given or any(
        each.roles & PLACES and each.roles & {Role.PAGE, Role.EVENT} for each in facts
    )


def _explain_no_visits(facts: Sequence[Facts]) -> Iterator[Statement]:
    """Why it is not known how many visits came; a report of first visits says so by itself."""
    if any(each.roles & PLACES for each in facts):
        yield Statement("no-visits")
    elif facts and not any(each.kind == _FIRST for each in facts):
        yield Statement("no-sources")


def _open_targets(
    files: Sequence[VisitFile], results: Results, looked: Looked, targets: Targets
) -> Iterator[Statement]:
    """Stages that nothing is named for, and what is named and was seen by nobody."""
    facts = _all_facts(files)
    if not facts and results.everything.sessions is None:
        return
    nameless = [stage for stage in _untold(results) if not getattr(targets, stage)]
    if nameless:
        yield Statement("targets-missing", {"stages": tuple(nameless)})
    unseen = {*looked.unseen, *(target for each in facts for target in each.unseen)}
    seen = {t for each in facts for t in _looked_for(each, targets) if t not in each.unseen}
    if left := unseen - seen - looked.seen:
        yield Statement("target-unseen", {"targets": tuple(sorted(left))})


def _looked_for(facts: Facts, targets: Targets) -> set[str]:
    if not facts.roles & {Role.PAGE, Role.EVENT}:
        return set()
    return {target.value for stage in STAGES for target in targets.of(stage)}


def _successes(files: Sequence[VisitFile], results: Results) -> Iterator[Statement]:
    """What is known of key events and goals."""
    counted = [each for each in _all_facts(files) if each.key_events is not None]
    if counted and not any(each.key_events for each in counted):
        tools = {each.tool for each in counted}
        yield Statement("no-key-event" if "ga4" in tools else "no-goal")
    if results.everything.used is None:
        told = [each.social_key_events for each in counted if each.social_key_events]
        if told:
            yield Statement("key-events-any", {"count": max(told)})


def _sources(files: Sequence[VisitFile], results: Results) -> Iterator[Statement]:
    """What is known of networks."""
    facts = _all_facts(files)
    unnamed = next((r for r in results.platforms if not r.platform), None)
    if unnamed and unnamed.sessions and unnamed.sessions.count:
        named = any(each.roles & NAMES for each in facts if each.roles & PLACES)
        kind = "unnamed" if named or len(results.platforms) > 1 else "no-network"
        yield Statement(kind, {"visits": unnamed.sessions.count})
    video = max((each.video for each in facts), default=0)
    if video and not any(each.roles & NAMES for each in facts):
        yield Statement("video", {"visits": video})
    kinds = {each.kind for each in facts}
    if "matomo-socials" in kinds and "matomo-campaigns" not in kinds:
        yield Statement("matomo-campaigns")


def _exports(files: Sequence[VisitFile], results: Results, targets: Targets) -> Iterator[Statement]:
    """What to export instead, for each tool there is something of."""
    open_still = [stage for stage in _untold(results) if getattr(targets, stage)]
    if not open_still and results.everything.sessions is not None and not _is_blind(results):
        return
    known = load_words(WORDS)["exports"]
    whole = {each.tool for each in _all_facts(files) if _is_whole(each)}
    if whole and open_still:
        yield Statement("export-there", {"stages": tuple(open_still)})
    for tool in dict.fromkeys(each.tool for each in _all_facts(files)):
        if tool in known and tool not in whole:
            yield Statement("export", {"targets": targets}, tool)


def _is_whole(facts: Facts) -> bool:
    """Whether a report is the very export that tells most: source, page and event of visits."""
    is_whole = {Role.PAGE, Role.EVENT, Role.SESSIONS} <= facts.roles and facts.roles & NAMES
    return bool(is_whole) and "sessions" in facts.told


def _is_blind(results: Results) -> bool:
    """Whether nothing is known of what visits did."""
    return len(_untold(results)) == len(STAGES)


def _reports(files: Sequence[VisitFile]) -> Iterator[Statement]:
    """What the kinds of reports cannot tell."""
    facts = _all_facts(files)
    kinds = {each.kind for each in facts}
    if _FIRST in kinds:
        yield Statement("first-touch")
    if "ga4-landing" in kinds:
        yield Statement("landing")
    at_least = {stage for each in facts for stage in each.at_least}
    if at_least:
        yield Statement("at-least", {"stages": tuple(s for s in STAGES if s in at_least)})
    telling = [each for each in facts if each.told]
    if any(each.start and Role.DAY not in each.roles for each in telling):
        yield Statement("no-days")
    if any(each.start is None for each in telling):
        yield Statement("no-dates")
    if "umami-referrers" in kinds:
        yield Statement("umami-top")
    if any(each.told and each.tool in {"ga4", "matomo", "plausible", "umami"} for each in facts):
        yield Statement("silent-apps")


def _others(files: Sequence[VisitFile], results: Results) -> Iterator[Statement]:
    """Files about something else, hours, and what stands aside."""
    for aside in results.aside:
        period = (aside.start, aside.end) if aside.start and aside.end else None
        values = {"report": aside.source, "period": period, "counts": aside.stages}
        yield Statement(f"aside-{aside.reason}", values)
    for file in files:
        for name in file.formats:
            yield from _other_file(file.name, name)
        if file.hours and results.everything.sessions is None:
            yield Statement("hours-alone", {"name": file.name})
    if results.hours_covered and results.everything.sessions is not None:
        yield from _hours(results)
    for name, kind in ((SEVERAL, "hours-several"), ("", "hours-unnamed")):
        if name in results.hours_apart:
            yield Statement(kind, {"hours": round(results.hours_apart[name], 2)})


def _hours(results: Results) -> Iterator[Statement]:
    """Why there is no rate per hour, or of which days it is."""
    visits = results.days["used"] or results.days["sessions"]
    values = {"hours_span": _span(results.hours_covered), "visits_span": _span(visits)}
    if not visits:
        yield Statement("hours-undated", values)
    elif not results.hours_days:
        kind = "hours-total" if visits & results.hours_covered else "hours-elsewhere"
        yield Statement(kind, values)
    elif results.hours_unknown and results.everything.hours is not None:
        yield Statement("hours-other")
    timed = [each for each in results.platforms if each.hours is not None]
    few = tuple(each.platform for each in timed if (each.hours or 0) < results.hours_least)
    if few:
        yield Statement("hours-few", {"places": few, "least": results.hours_least})
    if len(few) < len(timed) and results.hours_days - results.hours_covered:
        yield Statement("hours-edges", values)
    if len(few) < len(timed) and results.hours_days != visits:
        yield Statement("hours-part", {**values, "span": _span(results.hours_days)})


def _other_file(name: str, format_id: str) -> Iterator[Statement]:
    found = load_formats().get(format_id)
    if isinstance(found, ReachFormat):
        yield Statement("reach", {"name": name, "format": format_id})
    elif isinstance(found, PostFormat | CaseFormat):
        yield Statement("other-file", {"name": name, "format": format_id})
