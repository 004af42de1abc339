"""What figures are of: of which visits and days, where not of all, and where they cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.imports.statements import Statement
from workbook.measurement.targets import STAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workbook.imports.sums import Facts
    from workbook.measurement.results import Counted, Results


def list_parts(results: Results) -> Iterator[Statement]:
    """What a stage is known of, where it is not known of all visits and days, and what is odd."""
    sessions = results.everything.sessions
    if results.unread:
        yield Statement("places-unread", {"places": results.unread})
    for stage in STAGES:
        counted = results.everything.of(stage)
        if counted is None:
            continue
        if counted.is_times:
            yield Statement("stage-times", {"stage": stage, "count": counted.count})
        yield from _tell_odd(results, stage)
        if sessions is not None:
            yield from _tell_part(stage, counted, sessions)
            if open_ones := tuple(_list_open(results, stage)):
                yield Statement("stage-places", {"stage": stage, "places": open_ones})
        elif counted.days:
            yield Statement("stage-days", {"stage": stage, "days": counted.days})


def list_unread(facts: Iterable[Facts], results: Results) -> tuple[str, ...]:
    """What would be known, of visits and stages, had a cell of it been readable."""
    lost = {stage for each in facts for stage in each.unread}
    named = ("sessions", *STAGES)
    return tuple(s for s in named if s in lost and results.everything.of(s) is None)


def _tell_odd(results: Results, stage: str) -> Iterator[Statement]:
    """The places from which more came so far than came at all."""
    for result in results.platforms:
        counted = result.of(stage)
        if counted is not None and counted.excess:
            count, visits = counted.excess
            values = {"place": result.platform, "stage": stage, "count": count, "visits": visits}
            yield Statement("stage-odd", values)


def _tell_part(stage: str, counted: Counted, sessions: Counted) -> Iterator[Statement]:
    """Of how many of the visits a stage is known, and on which days."""
    if counted.pair and counted.pair != (counted.count, sessions.count):
        hits, of = counted.pair
        values = {"stage": stage, "count": hits, "of": of, "visits": sessions.count}
        yield Statement("stage-part", {**values, "days": counted.pair_days})
    elif counted.pair is None and counted.days != sessions.days:
        yield Statement("stage-days", {"stage": stage, "days": counted.days})


def _list_open(results: Results, stage: str) -> Iterator[str]:
    """The places with visits that a stage is not known of, while it is of others."""
    for each in results.platforms:
        if each.platform and each.sessions and each.sessions.count and each.of(stage) is None:
            yield each.platform
