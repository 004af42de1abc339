"""Visits out of events: a visit ends after half an hour of silence, or where the vendor ends it.

Written as Ibis expressions, so that every engine finds the same visits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workbook.discovery import read_toml
from workbook.measurement.sources import HOW_MANY, ORIGIN, SOURCES, number_sources

if TYPE_CHECKING:
    from collections.abc import Sequence

    import ibis.expr.types as ir

SHORTEST, LONGEST = 1, 240
"""Minutes of silence that end a visit: the least and the most that can be set."""
STAGE_COLUMNS: Final = ("is_services", "is_contact", "is_used")


def default_silence() -> float:
    """Minutes of silence after which a visit ends; our default."""
    return float(read_toml(SOURCES)["silence"]["value"])


def number_visits(events: ir.Table, minutes: float) -> ir.Table:
    """Events with ``visit``: the number of a visitor's visit, by silence.

    Args:
        events: With ``visitor`` and ``moment``.
        minutes: The silence; an event after exactly so much still belongs to the visit.
    """
    import ibis  # noqa: PLC0415 - heavy, and only for files and databases of visits

    order = ibis.window(group_by=events.visitor, order_by=events.moment)
    silence = events.moment - events.moment.lag().over(order)
    marked = events.mutate(opens=ibis.ifelse(silence > round(60 * minutes), 1, 0))
    so_far = ibis.window(
        group_by=marked.visitor, order_by=marked.moment, preceding=None, following=0
    )
    return marked.mutate(visit=marked.opens.sum().over(so_far)).drop("opens")


def gather_parts(events: ir.Table) -> ir.Table:
    """One row for each origin that a visit names: when first, and which stages were reached.

    Far fewer than events, so that origins are looked up, and joined, for these rows only.

    Args:
        events: With visitor, visit, moment, day, channel, what an origin has, and the stages as
            true or false.
    """
    return events.group_by("visitor", "visit", *ORIGIN).aggregate(
        events=events.count(),
        first_day=events.day.min(),
        last_day=events.day.max(),
        moment=events.moment.min(),
        channel=events.channel.max(),
        services_at=events.moment.min(where=events.is_services),
        contact_at=events.moment.max(where=events.is_contact),
        used_at=events.moment.min(where=events.is_used),
    )


def place_parts(parts: ir.Table, own_hosts: Sequence[str]) -> ir.Table:
    """Parts with ``source``: the number of the place that each names, null where it names none.

    Each kind of origin is looked at once, however many visits have it.
    """
    kinds = number_sources(parts.select(*ORIGIN).distinct(), own_hosts)
    return parts.join(kinds, [*ORIGIN], how="left").drop(*ORIGIN)


def gather_visits(parts: ir.Table) -> ir.Table:
    """One row a visit: day, source, channel, and whether it came to each stage.

    The source is the first from outside that the visit names: within one number, moment and
    place, so that the smallest is the earliest, on every engine, also where moments are equal.

    Args:
        parts: As ``gather_parts`` makes them, with ``source``.
    """
    visits = parts.group_by("visitor", "visit").aggregate(
        day=parts.first_day.min(),
        first=(parts.moment * HOW_MANY + parts.source).min(),
        channel=parts.channel.max(),
        services_at=parts.services_at.min(),
        contact_at=parts.contact_at.max(),
        used_at=parts.used_at.min(),
    )
    return visits.select(
        visits.day,
        visits.channel,
        source=visits.first % HOW_MANY,
        services=visits.services_at.notnull(),
        contact=visits.contact_at.notnull(),
        went_on=(visits.contact_at >= visits.services_at).fill_null(False),  # noqa: FBT003 - Ibis's own form
        used=visits.used_at.notnull(),
    )
