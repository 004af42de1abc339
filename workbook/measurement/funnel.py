"""From social media to Services, to Contact, to getting in touch: the funnel, written once.

An Ibis expression over the canonical event. DuckDB runs it for files; PostgreSQL, BigQuery,
ClickHouse and Spark run the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from workbook.measurement.events import COLUMNS, DayCount, EventCounts, read_day
from workbook.measurement.sessions import (
    default_silence,
    gather_parts,
    gather_visits,
    number_visits,
    place_parts,
)
from workbook.measurement.sources import ELSEWHERE, Told, read_number
from workbook.measurement.targets import STAGES, TargetKind, Targets

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import ibis.expr.types as ir

    from workbook.measurement.targets import Target

COUNTED: Final = ("services", "contact", "went_on", "used")
_UNRESERVED: Final = "/-._~!$&'()*+,;=:@"


def events_table(name: str = "events") -> ir.Table:
    """The canonical event as a table of no engine, to write expressions upon."""
    import ibis  # noqa: PLC0415 - heavy, and only for files and databases of visits

    numbers = {"moment": "int64", "day": "int64"}
    return ibis.table({column: numbers.get(column, "string") for column in COLUMNS}, name=name)


def parts_table(name: str = "parts") -> ir.Table:
    """What ``take_parts`` gives, as a table of no engine that holds it."""
    import ibis  # noqa: PLC0415 - as above

    return ibis.table(take_parts(events_table(), Targets(), by_vendor=True).schema(), name=name)


def count_funnel(
    events: ir.Table,
    targets: Targets,
    *,
    own_hosts: Sequence[str] = (),
    minutes: float | None = None,
    by_vendor: bool = False,
) -> ir.Table:
    """The funnel as an expression: a row for each day, source and channel, and its counts.

    Args:
        events: The canonical events.
        targets: What counts as Services, Contact and getting in touch.
        own_hosts: The business's own hosts: what comes from there names no source.
        minutes: The silence after which a visit ends; our default where it is None.
        by_vendor: Whether the vendor's own visits are taken, whatever the silence.
    """
    return count_parts(take_parts(events, targets, minutes=minutes, by_vendor=by_vendor), own_hosts)


def take_parts(
    events: ir.Table, targets: Targets, *, minutes: float | None = None, by_vendor: bool = False
) -> ir.Table:
    """The first half of the funnel: visits by what they name as their origin, with their stages.

    Events are gone through once, and no more. The arguments are those of ``count_funnel``.
    """
    marked = _mark_stages(events, targets)
    silence = default_silence() if minutes is None else minutes
    return gather_parts(marked if by_vendor else number_visits(marked, silence))


def count_parts(parts: ir.Table, own_hosts: Sequence[str] = ()) -> ir.Table:
    """The second half of the funnel: visits by day, source and channel.

    Only here are those left out whose visitor or visit nobody told: before, an engine would look
    into each event twice for it.

    Args:
        parts: What ``take_parts`` gives, or a table that holds it.
        own_hosts: The business's own hosts: what comes from there names no source.
    """
    known = parts.filter(parts.visitor.notnull() & parts.visit.notnull())
    visits = gather_visits(place_parts(known, own_hosts))
    counts = {name: visits.count(where=visits[name]) for name in COUNTED}
    return visits.group_by("day", "source", "channel").aggregate(sessions=visits.count(), **counts)


def _mark_stages(events: ir.Table, targets: Targets) -> ir.Table:
    marks = {f"is_{stage}": _mark(events, targets, stage) for stage in STAGES}
    return events.mutate(**marks).drop("page", "action")


def _mark(events: ir.Table, targets: Targets, stage: str) -> ir.Value:
    import ibis  # noqa: PLC0415 - loaded by the caller

    marks = [_match(events, target) for target in targets.of(stage)]
    if stage == "used":
        seen = pages_seen(targets)
        marks = [
            mark & events.action.isin(["POST", "PUT", "PATCH"]) if target in seen else mark
            for target, mark in zip(targets.of(stage), marks, strict=True)
        ]
    return ibis.or_(*marks) if marks else ibis.literal(False)  # noqa: FBT003 - Ibis's own form


def pages_seen(targets: Targets) -> frozenset[Target]:
    """Pages that count as seen already, so that only a form sent to them counts as used."""
    return frozenset(
        target
        for stage in ("services", "contact")
        for target in targets.of(stage)
        if target.kind is TargetKind.PAGE
    )


def _match(events: ir.Table, target: Target) -> ir.Value:
    if target.kind is TargetKind.EVENT:
        return events.action == target.value
    forms = sorted({target.value, quote(target.value, safe=_UNRESERVED).lower()})
    matches = events.page.isin(forms)
    if target.is_prefix:
        for form in forms:
            matches |= events.page.startswith(form.rstrip("/") + "/")
    if target.kind is TargetKind.REQUEST:
        wanted = "" if target.method == "GET" else target.method
        return matches & (events.action == wanted)
    return matches


def read_rows(
    rows: Iterable[Mapping[str, object]], format_id: str, targets: Targets
) -> EventCounts:
    """What an engine counted, with the places by their names.

    Args:
        rows: The rows of ``count_funnel``.
        format_id: Where the events are from.
        targets: What was counted; a stage without any cannot be told.
    """
    found: dict[tuple[int, str, str, str], dict[str, int]] = {}
    every = unknown = 0
    reached: set[str] = set()
    for row in rows:
        sessions = _count(row, "sessions")
        every += sessions
        reached.update(stage for stage in STAGES if _count(row, stage))
        if row["source"] is None:
            unknown += sessions
            continue
        place, told = read_number(_count(row, "source"))
        if place == ELSEWHERE:
            continue
        key = (_count(row, "day"), place.platform, place.network, str(row["channel"] or ""))
        sums = found.setdefault(key, dict.fromkeys(("sessions", *COUNTED, "by_app"), 0))
        for name in ("sessions", *COUNTED):
            sums[name] += _count(row, name)
        sums["by_app"] += sessions if told is Told.APP else 0
    return EventCounts(
        format_id,
        tuple(
            DayCount(read_day(day), platform, network, channel, **sums)
            for (day, platform, network, channel), sums in sorted(found.items())
        ),
        told=tuple(stage for stage in STAGES if targets.of(stage)),
        unseen=tuple(s for s in STAGES if every and targets.of(s) and s not in reached),
        sessions=every,
        unknown=unknown,
    )


def _count(row: Mapping[str, object], name: str) -> int:
    return int(str(row[name]))
