"""Tickets of Freshdesk; which columns there are was chosen at export."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from workbook.imports.channels import name_channel
from workbook.imports.format import CaseFormat, Reading, Signature, Source, make_key, one_of
from workbook.imports.moments import clock_of, read_moments
from workbook.imports.tables import Table
from workbook.records import Case

if TYPE_CHECKING:
    from collections.abc import Iterator

_DONE: Final = frozenset({"resolved", "closed"})
_TIMES: Final = ("created time", "initial response time", "resolved time", "closed time")
_CELLS: Final = ("ticket id", "status", "source", "type", "tags", "survey results")
_SPAM = re.compile(r"\bspam\b", re.IGNORECASE)


def _read(source: Source, reading: Reading) -> Iterator[Case]:
    if not isinstance(source, Table):
        return
    moments = read_moments({n: source.column(n) for n in _TIMES}, source.numbers, reading)
    if moments is None:
        return
    columns = [source.column(name) for name in _CELLS]
    for at, (number, status, via, type_, tags, survey) in enumerate(zip(*columns, strict=True)):
        created, replied, resolved, closed = (moments[name][at] for name in _TIMES)
        if created is None or _SPAM.search(f"{type_} {tags} {status}"):
            reading.left_out["spam" if created else "no-day"] += 1
            continue
        if survey and "freshdesk-survey" not in reading.notes:
            reading.notes.append("freshdesk-survey")
        done = (resolved or closed) if status.casefold() in _DONE else None
        platform, channel = name_channel(via)
        yield Case(
            key=make_key("freshdesk", number, at, created),
            seen_at=created.at,
            has_time=created.has_time,
            platform=platform,
            channel=channel,
            is_answered=replied is not None,
            replied_at=clock_of(replied),
            resolved_at=clock_of(done),
        )


FORMAT = CaseFormat(
    id="freshdesk_tickets",
    signature=Signature(
        headers=(
            *one_of("ticket id", "created time", "initial response time"),
            *one_of("ticket id", "created time", "resolved time"),
        )
    ),
    read=_read,
)
