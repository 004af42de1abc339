"""Reports of visits added up by platform and day, and what each of them can tell.

A report counts visits page by page, and a visit may see several pages: so visits are never added
over pages. How many there were is told by a report without pages, or by the event
``session_start``, of which each visit has one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from workbook.imports.hidden import find_hidden
from workbook.imports.places import UNNAMED, is_video
from workbook.imports.reports import PLACES, Role, read_rows
from workbook.measurement.targets import STAGES, TargetKind
from workbook.records import SocialVisits

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from workbook.imports.amounts import Span
    from workbook.imports.format import VisitReading
    from workbook.imports.reports import Report, Row
    from workbook.measurement.targets import Target

ANY_GOAL: Final = frozenset({"key events", "key event", "conversions", "any goal", "goals"})
"""Written as a target, these mean whatever the tool was told to count as a success."""
START: Final = "session_start"
SEEN: Final = "page_view"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a report can tell and what it came to, for saying so."""

    source: str
    tool: str
    kind: str
    roles: frozenset[Role]
    start: date | None
    end: date | None
    told: frozenset[str]
    """Of “sessions”, “services”, “contact” and “used”: what it tells by platform."""
    at_least: frozenset[str]
    """Stages whose count is a lower bound, since visits to several pages cannot be told apart."""
    unread: frozenset[str]
    """Of “sessions” and the stages: what it would tell, had any cell of it been readable."""
    social: int | None
    """Visits from social, named or not; None where it cannot tell."""
    key_events: int | None
    """Successes of any kind and source."""
    social_key_events: int | None
    video: int
    everybody: Mapping[str, int]
    """What a page came to with all its visitors, by stage, where these have no source."""
    unit: Role | None
    unseen: tuple[str, ...]
    """Targets that no row of the report is about."""
    rows: int


@dataclass(frozen=True, slots=True)
class Summed:
    """What a report came to."""

    records: tuple[SocialVisits, ...]
    facts: Facts


def add_up(report: Report, reading: VisitReading) -> Summed:
    """A report added up by platform and day, without anything else of its rows.

    Args:
        report: The table and what its columns are.
        reading: What counts for each stage, and today; takes the problems of rows.
    """
    reading.notes.extend(find_hidden(report))
    rows = list(read_rows(report, reading))
    found = _Found(report, reading, rows)
    return Summed(found.records(), found.facts())


@dataclass(slots=True)
class _Cell:
    """What one platform came to on some days, by stage and by what was counted for it."""

    sessions: int = 0
    pages: dict[str, Counter[str]] = field(default_factory=dict)
    events: Counter[str] = field(default_factory=Counter)
    read: set[str] = field(default_factory=set)
    """Of “sessions” and the stages: what at least one row could be read of."""
    unread: set[str] = field(default_factory=set)
    """What at least one row could not be read of."""

    def count(self, stage: str) -> int | None:
        """Visits that came so far, or came at all; None where no row of it could be read.

        Of a stage it is the most of any page, since one visit may see several.
        """
        if self.is_unread(stage):
            return None
        if stage == "sessions":
            return self.sessions
        seen = max(self.pages.get(stage, Counter[str]()).values(), default=0)
        return max(seen, self.events[stage])

    def is_unread(self, stage: str) -> bool:
        """Whether rows tell of a stage, and none of them could be read."""
        return stage in self.unread and stage not in self.read

    def add(self, stage: str, count: int | None, page: str = "") -> None:
        """Count visits for a stage, on a page where it is one; None for a cell nobody can read."""
        (self.unread if count is None else self.read).add(stage)
        if stage == "sessions":
            self.sessions += count or 0
        elif page:
            self.pages.setdefault(stage, Counter())[page] += count or 0
        else:
            self.events[stage] += count or 0


class _Found:
    """The rows of a report by platform and days."""

    def __init__(self, report: Report, reading: VisitReading, rows: list[Row]) -> None:
        self._report = report
        self._roles = frozenset(report.roles)
        self._rows = [row for row in rows if row.counts]
        self._targets = {stage: reading.targets.of(stage) for stage in STAGES}
        names = {row.event for row in rows}
        self._has_start, self._has_views = START in names, SEEN in names
        self._told = frozenset(s for s in ("sessions", *STAGES) if self._tells(s))
        self._cells: dict[tuple[str, Span | None], _Cell] = {}
        self._at_least: set[str] = set()
        self._seen: set[str] = set()
        self._is_times = False
        for row in rows:
            self._look_at(row)
        self._told -= {stage for stage in STAGES if self._is_unseen(stage)}
        self._unread = frozenset(filter(self._is_unread, self._told))
        self._told -= self._unread

    def _tells(self, stage: str) -> bool:
        """Whether the report can tell a stage by platform."""
        roles = self._roles
        if not PLACES & roles:
            return False
        if stage != "sessions" and Role(stage) in roles:
            return True
        if Role.SESSIONS not in roles:
            return False
        if stage == "sessions":
            return self._has_start if roles & {Role.PAGE, Role.EVENT} else True
        return any(self._can_look_for(target) for target in self._targets[stage])

    def _can_look_for(self, target: Target) -> bool:
        """Whether the report has what a target is about."""
        if target.kind is TargetKind.PAGE:
            return Role.PAGE in self._roles and (Role.EVENT not in self._roles or self._has_views)
        if target.kind is TargetKind.EVENT:
            return Role.EVENT in self._roles or self._is_any_goal(target)
        return False

    def _is_any_goal(self, target: Target) -> bool:
        fits = Role.KEY_EVENTS in self._roles and not self._roles & {Role.PAGE, Role.EVENT}
        return fits and target.value in ANY_GOAL

    def _look_at(self, row: Row) -> None:
        self._note_seen(row)
        if row.place is None:
            return
        cell = self._cells.setdefault((row.place, row.span), _Cell())
        visits = row.counts.get(Role.SESSIONS)
        if not self._roles & {Role.PAGE, Role.EVENT} or row.event == START:
            cell.add("sessions", visits)
        for stage in STAGES:
            if Role(stage) in self._roles:
                cell.add(stage, row.counts.get(Role(stage)))
            else:
                self._count_stage(stage, row, cell, visits)

    def _count_stage(self, stage: str, row: Row, cell: _Cell, visits: int | None) -> None:
        """Count a row for a stage: once, however many targets mean it."""
        able = [target for target in self._targets[stage] if self._can_look_for(target)]
        if len(able) < len(self._targets[stage]):
            self._at_least.add(stage)
        if row.event in {"", SEEN} and any(target.matches_page(row.page) for target in able):
            cell.add(stage, visits, row.page)
            self._at_least.update([stage] if len(cell.pages.get(stage, ())) > 1 else [])
        if any(map(self._is_any_goal, able)):
            count, is_times = _count_goals(row)
            cell.add(stage, count)
            self._is_times |= is_times
        elif any(target.matches_event(row.event) for target in able):
            cell.add(stage, visits)

    def _is_unread(self, stage: str) -> bool:
        """Whether no row at all could be read of what the report should tell."""
        cells = self._cells.values()
        is_lost = any(cell.is_unread(stage) for cell in cells)
        return is_lost and not any(stage in cell.read for cell in cells)

    def _note_seen(self, row: Row) -> None:
        for stage in STAGES:
            for target in self._targets[stage]:
                if target.matches_page(row.page) or target.matches_event(row.event):
                    self._seen.add(target.value)

    # -- what comes of it ----------------------------------------------------------------------

    def _span(self) -> tuple[date | None, date | None]:
        spans = [row.span for row in self._rows if row.span]
        start = self._report.start or min((span[0] for span in spans), default=None)
        end = self._report.end or max((span[1] for span in spans), default=None)
        return start, end

    def records(self) -> tuple[SocialVisits, ...]:
        """A record for each platform and day; zeros where nobody came and the report can tell."""
        if not self._told or not self._rows:
            return ()
        start, end = self._span()
        cells = dict(self._cells)
        edges: list[Span | None] = [None]
        if Role.DAY in self._roles and start and end:
            edges = [(start, start), (end, end)]
        for edge in edges:
            if not any(span == edge for _, span in cells):
                cells[(UNNAMED, edge)] = _Cell()
        made = [self._record(place, span, cell) for (place, span), cell in cells.items()]
        return tuple(sorted(made, key=lambda r: (str(r.start or ""), r.platform)))

    def _record(self, place: str, span: Span | None, cell: _Cell) -> SocialVisits:
        start, end = span or (self._report.start, self._report.end)
        counts: dict[str, Any] = {s: cell.count(s) if s in self._told else None for s in STAGES}
        return SocialVisits(
            platform=place,
            source=self._report.source,
            start=start,
            end=end,
            sessions=cell.count("sessions") if "sessions" in self._told else None,
            **counts,
            used_is_times=self._is_times,
        )

    def facts(self) -> Facts:
        """What the report can tell, and what it came to."""
        start, end = self._span()
        everybody, unit = self._everybody()
        social = [row for row in self._rows if row.place is not None]
        told = self._told if self._rows else frozenset[str]()
        return Facts(
            source=self._report.source,
            tool=self._report.tool,
            kind=self._report.kind,
            roles=self._roles,
            start=start,
            end=end,
            told=told,
            at_least=frozenset(self._at_least) & told,
            unread=self._unread,
            social=sum(c.sessions for c in self._cells.values()) if "sessions" in told else None,
            key_events=self._sum(Role.KEY_EVENTS, self._rows),
            social_key_events=self._sum(Role.KEY_EVENTS, social) if PLACES & self._roles else None,
            video=sum(r.counts.get(Role.SESSIONS, 0) for r in self._rows if is_video(r.channel)),
            everybody=everybody,
            unit=unit,
            unseen=self._unseen(),
            rows=len(self._rows),
        )

    def _sum(self, role: Role, rows: list[Row]) -> int | None:
        if role not in self._roles or not self._rows:
            return None
        read = [row.counts[role] for row in rows if role in row.counts]
        return None if len(read) < len(rows) and not sum(read) else sum(read)

    def _everybody(self) -> tuple[dict[str, int], Role | None]:
        """What pages and events came to with everybody, where visitors have no source."""
        last = Role.VIEWS if Role.PAGE in self._roles else Role.EVENTS
        units = [u for u in (Role.SESSIONS, Role.PEOPLE, last) if u in self._roles]
        if Role.DAY in self._roles and Role.PEOPLE in units:
            units.remove(Role.PEOPLE)  # who came on two days is one
        if PLACES & self._roles or not self._roles & {Role.PAGE, Role.EVENT} or not units:
            return {}, None
        found: dict[str, Counter[str]] = {}
        for row in self._rows:
            for stage in STAGES:
                name = self._meets(stage, row)
                if name and units[0] in row.counts:
                    found.setdefault(stage, Counter())[name] += row.counts[units[0]]
        return {stage: max(counts.values()) for stage, counts in found.items()}, units[0]

    def _meets(self, stage: str, row: Row) -> str:
        """The page or the event of a row, where it counts for a stage."""
        targets = self._targets[stage]
        if row.event in {"", SEEN} and any(target.matches_page(row.page) for target in targets):
            return row.page
        return row.event if any(target.matches_event(row.event) for target in targets) else ""

    def _is_unseen(self, stage: str) -> bool:
        """Whether nobody at all did what counts for a stage: then it may not be set up."""
        if Role(stage) in self._roles or any(map(self._is_any_goal, self._targets[stage])):
            return False
        return not any(target.value in self._seen for target in self._targets[stage])

    def _unseen(self) -> tuple[str, ...]:
        """Targets that the report could be about, and no row is."""
        able = [
            target
            for stage in STAGES
            for target in self._targets[stage]
            if (target.kind is TargetKind.PAGE and Role.PAGE in self._roles)
            or (target.kind is TargetKind.EVENT and Role.EVENT in self._roles)
        ]
        return tuple(dict.fromkeys(t.value for t in able if t.value not in self._seen))


def _count_goals(row: Row) -> tuple[int | None, bool]:
    """Visits with a success of any kind by their rate where it is told; else the successes.

    Returns:
        How many, None where it cannot be read; and whether it is successes, of which a visit may
        have several, and not visits.
    """
    visits = row.counts.get(Role.SESSIONS)
    if row.key_rate is not None and visits is not None:
        return round(row.key_rate * visits), False
    return row.counts.get(Role.KEY_EVENTS), True
