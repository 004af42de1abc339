"""Tickets of Zendesk as a view or a report exports them, with times in the account's own zone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from workbook.imports.channels import name_channel
from workbook.imports.format import CaseFormat, Reading, Signature, Source, make_key, one_of
from workbook.imports.moments import clock_of, read_moments
from workbook.imports.tables import Table
from workbook.records import Case

if TYPE_CHECKING:
    from collections.abc import Iterator

_DONE: Final = frozenset({"solved", "closed"})
_RATINGS: Final = {"good": True, "bad": False}
_MERGED: Final = "closed_by_merge"
_TIMES: Final = ("created at", "solved at")
_CELLS: Final = (
    "id", "status", "via", "tags", "satisfaction score", "replies",
    "first reply time in minutes", "agent wait time in minutes within business hours",
)  # fmt: skip


def _read(source: Source, reading: Reading) -> Iterator[Case]:
    if not isinstance(source, Table):
        return
    moments = read_moments({n: source.column(n) for n in _TIMES}, source.numbers, reading)
    if moments is None:
        return
    reading.notes.append("zendesk-waiting")
    columns = [source.column(name) for name in _CELLS]
    for at, (number, status, via, tags, score, replies, first, wait) in enumerate(
        zip(*columns, strict=True)
    ):
        created, solved = (moments[name][at] for name in _TIMES)
        if created is None or _MERGED in tags.split():
            reading.left_out["merged" if created else "no-day"] += 1
            continue
        minutes = read_minutes(first)
        platform, channel = name_channel(via)
        yield Case(
            key=make_key("zendesk", number, at, created),
            seen_at=created.at,
            has_time=created.has_time,
            platform=platform,
            channel=channel,
            is_answered=minutes is not None or (read_minutes(replies) or 0) > 0,
            replied_at=None if minutes is None else created.at + timedelta(minutes=minutes),
            resolved_at=clock_of(solved) if status.casefold() in _DONE else None,
            waiting_minutes=read_minutes(wait),
            is_satisfied=_RATINGS.get(score.casefold().partition(" ")[0]),
        )


def read_minutes(cell: str) -> float | None:
    """A number of minutes, or None where there is none."""
    try:
        minutes = float(cell.replace(",", ""))
    except ValueError:
        return None
    return minutes if 0 <= minutes < 1e7 else None  # noqa: PLR2004 - 19 years


FORMAT = CaseFormat(
    id="zendesk_tickets",
    signature=Signature(headers=one_of("id", "created at", "first reply time in minutes")),
    read=_read,
)
