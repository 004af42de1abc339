"""What files told, put into a plan and read out of it: added up by source, place and day.

No row of any file is kept. A later import of a source replaces the days it covers, so that the
same file twice, or two exports that overlap, hold each day once.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

from workbook.measurement.periods import Batch, make_batches
from workbook.measurement.results import COUNTED, find_tool
from workbook.records import HoursSpent, SocialVisits
from workbook.steps.measurement.answers import (
    Column,
    KeptCounts,
    KeptImport,
    KeptPlace,
    KeptRow,
    read_rows,
    write_rows,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from workbook.plan import Plan

_DIGITS: Final = 4
"""Hours are kept to a third of a second."""


# -- into the plan -----------------------------------------------------------------------------


def keep_imports(
    plan: Plan,
    imports: Sequence[Sequence[SocialVisits]],
    hours: Sequence[Sequence[HoursSpent]] = (),
    *,
    read_on: date,
) -> Plan:
    """A plan with what files told; days that an earlier import of the same source had give way.

    Args:
        plan: The plan before.
        imports: The records of each table that was read, in order; all of one table are counted
            by one source.
        hours: The hours of each time tracker or calendar that was read.
        read_on: The day on which it was read.
    """
    kept = plan.measurement.imports
    for records in imports:
        batches = make_batches([records], find_tool)
        for batch in batches:
            kept = tuple(_cut_visits(kept, batch))
        for batch in batches:
            kept = _append(kept, _write_visits(batch, read_on))
    for spent in hours:
        if spent:
            kept = _append(tuple(_cut_hours(kept, spent)), _write_hours(spent, read_on))
    return _with_imports(plan, kept)


def drop_import(plan: Plan, name: str) -> Plan:
    """A plan without one of its imports; its days are then known from elsewhere, or not at all."""
    return _with_imports(plan, tuple(k for k in plan.measurement.imports if k.id != name))


def _with_imports(plan: Plan, kept: tuple[KeptImport, ...]) -> Plan:
    changed = plan.measurement.model_copy(update={"imports": kept})
    return plan.model_copy(update={"measurement": changed})


def _append(kept: tuple[KeptImport, ...], new: KeptImport | None) -> tuple[KeptImport, ...]:
    if new is None:
        return kept
    return (*(each for each in kept if each.id != new.id), new)


# -- a later import replaces the days it covers ------------------------------------------------


def _cut_visits(kept: Iterable[KeptImport], new: Batch) -> Iterator[KeptImport]:
    """What is left of each import beside a later one of the same source."""
    for each in kept:
        if each.what.source != new.source or Column.HOURS in each.what.told:
            yield each
            continue
        old = Batch(0, new.source, new.tool, tuple(_read_visits(each.what)))
        replaced = old.told() & new.told()
        if not replaced or not _meets(old, new):
            yield each
            continue
        left = (_write_visits(part, each.what.read_on) for part in _part(old, new, replaced))
        yield from (part for part in left if part is not None)


def _meets(old: Batch, new: Batch) -> bool:
    """Whether a later import can stand in the place of days of an earlier one.

    It does where it tells of days one by one, or of the same weeks. A total that lies otherwise
    replaces nothing; which of the two counts is found when they are counted.
    """
    if new.is_daily < old.is_daily or new.is_named < old.is_named:
        return False
    if not new.days or not old.days:
        return bool(new.days) == bool(old.days)
    theirs = {_ordinals(record) for record in old.records}
    spans = [
        s for s in map(_ordinals, new.records) if s[0] <= max(old.days) and s[1] >= min(old.days)
    ]
    alike = all(start == end or (start, end) in theirs for start, end in spans)
    return alike and bool(new.days & old.days)


def _part(old: Batch, new: Batch, replaced: frozenset[str]) -> Iterator[Batch]:
    """The days of an import before, within and after those of a later one."""
    if not old.days:
        yield _batch(old, (_strip(record, replaced) for record in old.records))
        return
    first, last = min(new.days), max(new.days)
    groups: dict[str, list[SocialVisits]] = {"before": [], "within": [], "after": []}
    for record in old.records:
        groups[_place(record, first, last)].append(record)
    start, end = min(old.days), max(old.days)
    within = [_strip(record, replaced) for record in groups["within"]]
    inside = (max(start, first), min(end, last))
    yield _mark(old, groups["before"], (start, first - 1), old.told())
    yield _mark(old, within, inside, old.told() - replaced)
    yield _mark(old, groups["after"], (last + 1, end), old.told())


def _place(record: SocialVisits, first: int, last: int) -> str:
    """Where a record lies; one that reaches over an edge stays outside."""
    start, end = _ordinals(record)
    if start < first:
        return "before"
    return "after" if end > last else "within"


def _ordinals(record: SocialVisits) -> tuple[int, int]:
    if record.start is None or record.end is None:
        return 0, 0
    return record.start.toordinal(), record.end.toordinal()


def _batch(like: Batch, records: Iterable[SocialVisits]) -> Batch:
    return Batch(like.order, like.source, like.tool, tuple(records))


def _strip(record: SocialVisits, stages: frozenset[str]) -> SocialVisits:
    """A record without what a later import tells of its days."""
    counts: dict[str, Any] = {s: None if s in stages else getattr(record, s) for s in COUNTED}
    return replace(record, **counts)


def _mark(
    old: Batch, records: list[SocialVisits], edges: tuple[int, int], told: frozenset[str]
) -> Batch:
    """Records of some days, with zeros at their edges so that quiet days stay known as such.

    Args:
        old: The batch they are of; what it tells of an edge is not known to be nothing.
        records: Those that are left.
        edges: The first and the last day; in the wrong order where there are none.
        told: What the zeros are of.
    """
    days = dict.fromkeys(edges if edges[0] <= edges[1] else ())
    spans = [_ordinals(record) for record in old.records]
    quiet = [d for d in days if not any(start <= d <= end for start, end in spans)]
    zeros: dict[str, Any] = dict.fromkeys(told, 0)
    edge = (date.fromordinal(day) for day in quiet)
    marks = [SocialVisits("", old.source, day, day, **zeros) for day in edge]
    return _batch(old, [*records, *marks])


def _cut_hours(kept: Iterable[KeptImport], new: Sequence[HoursSpent]) -> Iterator[KeptImport]:
    """What is left of earlier hours: two trackers never add up, whichever they are."""
    first, last = min(spent.day for spent in new), max(spent.day for spent in new)
    for each in kept:
        old = list(_read_hours(each.what))
        if not old or not any(_covers(old, first, last)):
            yield each
            continue
        start, end = min(spent.day for spent in old), max(spent.day for spent in old)
        one = timedelta(days=1)
        for begin, stop in ((start, min(end, first - one)), (max(start, last + one), end)):
            if begin <= stop:
                part = [spent for spent in old if begin <= spent.day <= stop]
                edges = [HoursSpent("", each.what.source or "", day, 0.0) for day in (begin, stop)]
                if left := _write_hours([*part, *edges], each.what.read_on):
                    yield left


def _covers(old: Sequence[HoursSpent], first: date, last: date) -> Iterator[bool]:
    start, end = min(spent.day for spent in old), max(spent.day for spent in old)
    yield start <= last and end >= first


# -- rows --------------------------------------------------------------------------------------


def _write_visits(batch: Batch, read_on: date | None) -> KeptImport | None:
    """A batch as rows; None where it tells nothing."""
    told = tuple(Column(stage) for stage in COUNTED if stage in batch.told())
    if not told:
        return None
    rows: dict[tuple[str, int, int], list[int | None]] = {}
    base = min(batch.days, default=0)
    for record in batch.records:
        counts = [getattr(record, stage) for stage in told]
        start, end = _ordinals(record)
        span = (start - base, end - start + 1) if start else (0, 0)
        rows[record.platform, *span] = _add(rows.get((record.platform, *span)), counts)
    first = date.fromordinal(base) if base else None
    is_times = any(r.used_is_times for r in batch.records)
    return _make(batch.source, read_on, first, told, rows, is_times=is_times)


def _add(one: list[int | None] | None, other: list[int | None]) -> list[int | None]:
    if one is None:
        return other
    pairs = zip(one, other, strict=True)
    return [a if b is None else b if a is None else a + b for a, b in pairs]


def _write_hours(spent: Sequence[HoursSpent], read_on: date | None) -> KeptImport | None:
    base = min(each.day for each in spent).toordinal()
    added: defaultdict[tuple[str, int, int], float] = defaultdict(float)
    for each in spent:
        added[each.platform, each.day.toordinal() - base, 1] += each.hours
    rows = {key: [round(hours, _DIGITS)] for key, hours in added.items()}
    first = date.fromordinal(base)
    return _make(spent[0].source, read_on, first, (Column.HOURS,), rows)


def _make(
    source: str,
    read_on: date | None,
    first: date | None,
    told: tuple[Column, ...],
    rows: Mapping[tuple[str, int, int], Sequence[float | None]],
    *,
    is_times: bool = False,
) -> KeptImport:
    places: defaultdict[str, list[KeptRow]] = defaultdict(list)
    for (platform, begins, days), counts in sorted(rows.items()):
        places[platform].append(KeptRow(begins, days, tuple(counts)))
    kept = tuple(KeptPlace(platform=name, rows=write_rows(each)) for name, each in places.items())
    what = KeptCounts(
        source=source,
        read_on=read_on,
        first=first,
        told=told,
        used_is_times=is_times,
        places=kept,
    )
    text = repr((source, first, told, kept))
    return KeptImport(id=blake2b(text.encode(), digest_size=6).hexdigest(), what=what)


# -- out of the plan ---------------------------------------------------------------------------


def read_imports(
    imports: Iterable[KeptImport],
) -> tuple[list[list[SocialVisits]], list[list[HoursSpent]]]:
    """The records that a plan keeps, of visits and of hours, import by import in their order."""
    kept = [each.what for each in imports]
    visits = [list(_read_visits(what)) for what in kept]
    hours = [list(_read_hours(what)) for what in kept]
    return [found for found in visits if found], [found for found in hours if found]


def _read_visits(what: KeptCounts) -> Iterator[SocialVisits]:
    if Column.HOURS in what.told:
        return
    names = [str(column) for column in what.told]
    for place in what.places:
        for row in read_rows(place.rows):
            start, end = _read_span(what, row.begins, row.days)
            pairs = zip(names, row.figures, strict=True)
            counts: dict[str, Any] = {name: None if f is None else int(f) for name, f in pairs}
            yield SocialVisits(
                place.platform,
                what.source or "",
                start,
                end,
                **counts,
                used_is_times=what.used_is_times,
            )


def _read_span(what: KeptCounts, begins: int, days: int) -> tuple[date, date] | tuple[None, None]:
    if what.first is None or not days:
        return None, None
    start = what.first + timedelta(days=begins)
    return start, start + timedelta(days=days - 1)


def _read_hours(what: KeptCounts) -> Iterator[HoursSpent]:
    if what.told != (Column.HOURS,) or what.first is None:
        return
    for place in what.places:
        for row in read_rows(place.rows):
            day = what.first + timedelta(days=row.begins)
            yield HoursSpent(place.platform, what.source or "", day, float(row.figures[0] or 0))
