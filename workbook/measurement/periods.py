"""Which days are known from which file: so that no visit is counted twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from workbook.measurement.targets import STAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from workbook.records import SocialVisits

_COUNTED: Final = ("sessions", *STAGES)


@dataclass(frozen=True, slots=True)
class Unit:
    """A count of one platform and the days it is of; no days where the file names none."""

    platform: str
    count: int
    days: frozenset[int]
    """Ordinals, as ``date.toordinal`` gives them."""
    tool: str = ""
    is_times: bool = False
    """Whether it says how often something was done, and not in how many visits."""


@dataclass(frozen=True, slots=True)
class Aside:
    """What a file tells of some of its days that is not counted, and why."""

    source: str
    reason: str
    """“replaced” by a later import of the same source; “contained”, since its days are known one
    by one; “unnamed”, since another report names the networks; “other-tool”, since another tool
    counts the same visits; “undated”, since nobody knows whether its days are known."""
    start: date | None
    end: date | None
    """The first and the last of the days that are not counted, which have no gap."""
    stages: tuple[str, ...] = ()
    """What is not counted of these days, of “sessions” and the stages."""
    span: tuple[date | None, date | None] = (None, None)
    """The first and the last day of all that the file tells."""


@dataclass(frozen=True)
class Batch:
    """The records of one import that come from one source."""

    order: int
    source: str
    tool: str
    records: tuple[SocialVisits, ...]

    @cached_property
    def start(self) -> date | None:
        """The first day; None where the file names none."""
        return min((r.start for r in self.records if r.start), default=None)

    @cached_property
    def end(self) -> date | None:
        """The last day."""
        return max((r.end for r in self.records if r.end), default=None)

    @cached_property
    def days(self) -> set[int]:
        """Every day from the first to the last, also those nobody came on."""
        if self.start is None or self.end is None:
            return set()
        return set(range(self.start.toordinal(), self.end.toordinal() + 1))

    @cached_property
    def is_daily(self) -> bool:
        """Whether its days are known one by one, or its weeks; a single day is."""
        spans = {(r.start, r.end) for r in self.records}
        return len(spans) > 1 or any(start and start == end for start, end in spans)

    @cached_property
    def is_named(self) -> bool:
        """Whether it tells the networks apart; one in which nobody came tells nothing against."""
        return any(r.platform for r in self.records) or not any(r.sessions for r in self.records)

    def told(self) -> frozenset[str]:
        """What it can tell, of “sessions” and the stages."""
        return frozenset(
            stage
            for stage in _COUNTED
            if any(getattr(record, stage) is not None for record in self.records)
        )


@dataclass(slots=True)
class Chosen:
    """The counts of a stage that are used, and the days and tools they are of."""

    units: list[Unit] = field(default_factory=list)
    days: set[int] = field(default_factory=set)
    by_tool: dict[str, set[int]] = field(default_factory=dict)
    """The days by the tool that tells them; none where it names no days."""
    gaps: dict[str, set[int]] = field(default_factory=dict)
    """Of these days, by platform, those it is not known for, as a cell could not be read."""
    nameless: set[int] = field(default_factory=set)
    """Of these days, those of which nothing tells the networks apart."""
    is_named: bool = True
    """Whether what names no days tells the networks apart."""
    aside: list[Aside] = field(default_factory=list)

    @property
    def tools(self) -> set[str]:
        """The tools that tell anything."""
        return set(self.by_tool)

    def whole_days(self, platform: str | None) -> frozenset[int]:
        """The days that are known of a platform, or of every one of them."""
        if platform is not None:
            return self.days_of(platform)
        return frozenset(self.days.difference(*self.gaps.values()))

    def days_of(self, platform: str | None) -> frozenset[int]:
        """The days that are known of a platform, or of all together."""
        if platform is not None:
            unsaid = self.nameless if platform else set[int]()
            return frozenset(self.days - self.gaps.get(platform, set()) - unsaid)
        if not self.gaps:
            return frozenset(self.days)
        told = set[int]().union(*(unit.days for unit in self.units if unit.count))
        lost = set[int]().union(*self.gaps.values())
        return frozenset(self.days - (lost - told))


def make_batches(
    imports: Sequence[Sequence[SocialVisits]], find_tool: Callable[[str], str]
) -> list[Batch]:
    """The records of each import by their source, in the order they were read.

    Where an import has days and a total over them, these are two batches.
    """
    found = []
    for order, records in enumerate(imports):
        for source in dict.fromkeys(record.source for record in records):
            own = [record for record in records if record.source == source]
            tool = find_tool(source)
            found += [Batch(order, source, tool, layer) for layer in _divide(own)]
    return found


def _divide(records: list[SocialVisits]) -> list[tuple[SocialVisits, ...]]:
    """Records in layers in which no day is told by two periods, the shortest periods first."""
    spans = sorted(
        {_days(record) for record in records}, key=lambda days: (len(days), min(days, default=0))
    )
    layers: list[tuple[set[int], set[frozenset[int]]]] = []
    for span in spans:
        free = next((layer for layer in layers if not layer[0] & span and span), None)
        if free is None:
            layers.append((set(span), {span}))
        else:
            free[0].update(span)
            free[1].add(span)
    return [tuple(r for r in records if _days(r) in members) for _, members in layers]


def choose_units(batches: Sequence[Batch], stage: str) -> Chosen:
    """The counts of a stage, no day counted twice, whatever the order of different sources.

    First comes the tool that tells more stages, then one that names networks, then the one with
    more days, then the name. Within a tool, what names networks goes before what does not, days
    before totals, and sources as tools do. Only of one source the later goes before the earlier.
    """
    tools = _rank(batches, lambda batch: batch.tool)
    sources = _rank(batches, lambda batch: batch.source)
    able = [batch for batch in batches if stage in batch.told()]
    able.sort(
        key=lambda b: (
            not b.days,
            tools[b.tool],
            not b.is_named,
            not b.is_daily,
            sources[b.source],
            -b.order,
        )
    )
    chosen, before = Chosen(), list[Batch]()
    for batch in able:
        _take(batch, stage, chosen, before)
        before.append(batch)
    return chosen


def restrict_units(chosen: Chosen, days: set[int]) -> Chosen:
    """What lies on some days altogether; a day on which nobody came is told as none."""
    units = [unit for unit in chosen.units if unit.days and unit.days <= days]
    partly = set[int]().union(*(u.days for u in chosen.units if not u.days <= days))
    known = (chosen.days & days) - partly
    if known & chosen.days_of(None) and not units:
        units = [Unit("", 0, frozenset({min(known)}))]
    by_tool = {tool: its & known for tool, its in chosen.by_tool.items() if its & known}
    gaps = {name: its & known for name, its in chosen.gaps.items() if its & known}
    return Chosen(units, known, by_tool, gaps, chosen.nameless & known, chosen.is_named)


def _rank(batches: Sequence[Batch], name: Callable[[Batch], str]) -> dict[str, tuple[object, ...]]:
    """How early each tool or source is asked, whichever was read first: the lowest goes first."""
    groups: dict[str, list[Batch]] = {}
    for batch in batches:
        groups.setdefault(name(batch), []).append(batch)
    return {
        key: (
            -len(frozenset[str]().union(*(batch.told() for batch in group))),
            not any(batch.is_named for batch in group),
            -len(set[int]().union(*(batch.days for batch in group))),
            key,
        )
        for key, group in groups.items()
    }


def _take(batch: Batch, stage: str, chosen: Chosen, before: list[Batch]) -> None:
    """Take what lies on days that are not known yet; the rest stands aside."""
    every, gaps = _units(batch, stage)
    if not batch.days:
        units = [] if chosen.units else every
        for platform in gaps if units else ():
            chosen.gaps.setdefault(platform, set())
        if every and not units:
            span = (batch.start, batch.end)
            chosen.aside.append(Aside(batch.source, "undated", None, None, (stage,), span))
    else:
        known = frozenset(chosen.days)
        units = [unit for unit in every if not unit.days & known]
        rejected = set[int]().union(*(u.days for u in every if u.days & known))
        if rejected:
            chosen.aside += _set_aside(batch, stage, rejected | (batch.days & known), before)
        new = batch.days - known - rejected
        chosen.days |= new
        if new:
            chosen.by_tool.setdefault(batch.tool, set()).update(new)
        _note_gaps(chosen, gaps, new)
        if not batch.is_named:
            chosen.nameless |= new
    if units:
        chosen.units += units
        chosen.by_tool.setdefault(batch.tool, set())
        chosen.is_named = chosen.is_named and (batch.is_named or bool(batch.days))


def _note_gaps(chosen: Chosen, gaps: dict[str, set[int]], new: set[int]) -> None:
    for platform, days in gaps.items():
        if days & new:
            chosen.gaps.setdefault(platform, set()).update(days & new)


def _set_aside(batch: Batch, stage: str, lost: set[int], before: list[Batch]) -> list[Aside]:
    """The days of a file that are not counted, stretch by stretch."""
    found = []
    for first, last in find_stretches(lost):
        days = set(range(first, last + 1))
        reason = _name_reason(batch, [other for other in before if other.days & days])
        edges = (date.fromordinal(first), date.fromordinal(last))
        span = (batch.start, batch.end)
        found.append(Aside(batch.source, reason, *edges, (stage,), span))
    return found


def find_stretches(days: Iterable[int]) -> list[tuple[int, int]]:
    """The first and the last day of each stretch without a gap, in order."""
    spans: list[tuple[int, int]] = []
    for day in sorted(days):
        if spans and spans[-1][1] == day - 1:
            spans[-1] = (spans[-1][0], day)
        else:
            spans.append((day, day))
    return spans


def _units(batch: Batch, stage: str) -> tuple[list[Unit], dict[str, set[int]]]:
    """The counts of a batch, and by platform the days it cannot tell."""
    found, gaps = list[Unit](), dict[str, set[int]]()
    for record in batch.records:
        count, days = getattr(record, stage), _days(record)
        if count is None:
            gaps.setdefault(record.platform, set()).update(days)
        else:
            is_times = stage == "used" and record.used_is_times
            found.append(Unit(record.platform, count, days, batch.tool, is_times))
    for unit in found if gaps else ():
        gaps.get(unit.platform, set()).difference_update(unit.days)
    return found, gaps


def _days(record: SocialVisits) -> frozenset[int]:
    return span_days(record.start, record.end)


@lru_cache(maxsize=2048)
def span_days(start: date | None, end: date | None) -> frozenset[int]:
    """Every day from one to another, as ordinals; none where one of them is not known."""
    if start is None or end is None:
        return frozenset()
    return frozenset(range(start.toordinal(), end.toordinal() + 1))


def _name_reason(batch: Batch, met: list[Batch]) -> str:
    """Why days of a file stand aside, by what was taken of them before it."""
    if any(other.source == batch.source and other.order > batch.order for other in met):
        return "replaced" if any(o.is_daily == batch.is_daily for o in met) else "contained"
    if all(other.tool != batch.tool for other in met):
        return "other-tool"
    if any(other.is_named and not batch.is_named for other in met):
        return "unnamed"
    return "contained"
