"""Which days are known from which file: so that no visit is counted twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from workbook.measurement.targets import STAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from workbook.records import SocialVisits

_COUNTED: Final = ("sessions", *STAGES)


@dataclass(frozen=True, slots=True)
class Unit:
    """A count of one platform and the days it is of; no days where the file names none."""

    platform: str
    count: int
    days: frozenset[int]
    """Ordinals, as ``date.toordinal`` gives them."""


@dataclass(frozen=True, slots=True)
class Aside:
    """A file, or some of its days, that is not counted, and why."""

    source: str
    reason: str
    """“replaced” by a later import of the same source; “contained”, since its days are known one
    by one; “unnamed”, since another report names the networks; “other-tool”, since another tool
    tells more of the same visits; “undated”, since nobody knows whether its days are known."""
    start: date | None
    end: date | None


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
    tools: set[str] = field(default_factory=set)
    is_named: bool = True
    aside: list[Aside] = field(default_factory=list)


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
    """The counts of a stage, no day counted twice.

    What names networks goes before what does not, days before totals, and later before earlier;
    before all of it, the tool that tells most.
    """
    ranks = _rank_tools(batches)
    able = [batch for batch in batches if stage in batch.told()]
    able.sort(key=lambda b: (not b.days, -ranks[b.tool], not b.is_named, not b.is_daily, -b.order))
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
    if known and not units:
        units = [Unit("", 0, frozenset({min(known)}))]
    return Chosen(units, known, set(chosen.tools), chosen.is_named)


def _rank_tools(batches: Sequence[Batch]) -> dict[str, int]:
    """How much each tool tells: its stages, and then whether it names networks."""
    stages: dict[str, set[str]] = {}
    named: dict[str, bool] = {}
    for batch in batches:
        stages.setdefault(batch.tool, set()).update(batch.told())
        named[batch.tool] = named.get(batch.tool, False) or batch.is_named
    return {tool: 2 * len(told) + named[tool] for tool, told in stages.items()}


def _take(batch: Batch, stage: str, chosen: Chosen, before: list[Batch]) -> None:
    """Take what lies on days that are not known yet; the rest stands aside."""
    if not batch.days:
        fits = not chosen.units
        units = _units(batch, stage) if fits else []
        lost = not fits
    else:
        every = _units(batch, stage)
        units = [unit for unit in every if not unit.days & chosen.days]
        lost = len(units) < len(every)
        rejected = set[int]().union(*(u.days for u in every if u.days & chosen.days))
        chosen.days |= batch.days - (rejected - chosen.days)
    if lost:
        reason = _name_reason(batch, before)
        chosen.aside.append(Aside(batch.source, reason, batch.start, batch.end))
    if units:
        chosen.units += units
        chosen.tools.add(batch.tool)
        chosen.is_named = chosen.is_named and batch.is_named


def _units(batch: Batch, stage: str) -> list[Unit]:
    found = []
    for record in batch.records:
        count = getattr(record, stage)
        if count is not None:
            found.append(Unit(record.platform, count, _days(record)))
    return found


def _days(record: SocialVisits) -> frozenset[int]:
    return span_days(record.start, record.end)


@lru_cache(maxsize=2048)
def span_days(start: date | None, end: date | None) -> frozenset[int]:
    """Every day from one to another, as ordinals; none where one of them is not known."""
    if start is None or end is None:
        return frozenset()
    return frozenset(range(start.toordinal(), end.toordinal() + 1))


def _name_reason(batch: Batch, before: list[Batch]) -> str:
    """Why a file stands aside, by what was taken before it."""
    if not batch.days:
        return "undated"
    met = [other for other in before if other.days & batch.days]
    if any(other.source == batch.source and other.order > batch.order for other in met):
        return "replaced" if any(o.is_daily == batch.is_daily for o in met) else "contained"
    if all(other.tool != batch.tool for other in met):
        return "other-tool"
    if any(other.is_named and not batch.is_named for other in met):
        return "unnamed"
    return "contained"
