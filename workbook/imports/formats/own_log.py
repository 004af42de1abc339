"""The workbook's own log of complaints, filled in by the business."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from workbook.complaint.log import FIELDS, HINT_MARK, is_yes, needs_answer
from workbook.imports.channels import name_channel
from workbook.imports.format import CaseFormat, Reading, Signature, Source, make_key, one_of
from workbook.imports.moments import Moment, clock_of, read_moments
from workbook.imports.tables import Table
from workbook.records import Case
from workbook.values import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_TIMES: Final = (
    "first_seen_at", "ack_at", "first_public_reply_at", "moved_private_at", "promised_by",
    "resolved_at",
)  # fmt: skip
_REPLIES: Final = ("ack_at", "first_public_reply_at", "moved_private_at")
_SATISFIED_FROM: Final = 4
_LONGEST_CAUSE: Final = 60


def _read(source: Source, reading: Reading) -> Iterator[Case]:
    if not isinstance(source, Table):
        return
    kept = [at for at, row in enumerate(source.rows) if not row[0].lstrip().startswith(HINT_MARK)]
    cells = {name: source.column(name) for name in FIELDS}
    times = {name: [cells[name][at] for at in kept] for name in _TIMES}
    moments = read_moments(times, [source.numbers[at] for at in kept], reading)
    if moments is None:
        return
    for place, at in enumerate(kept):
        row = {name: cells[name][at] for name in FIELDS}
        when = {name: moments[name][place] for name in _TIMES}
        if when["first_seen_at"] is None:
            reading.left_out["no-day"] += 1
        else:
            yield _make_case(row, when, when["first_seen_at"])


def _make_case(row: Mapping[str, str], when: Mapping[str, Moment | None], seen: Moment) -> Case:
    platform, channel = name_channel(row["platform"])
    replies = [moment for name in _REPLIES if (moment := when[name]) is not None]
    clocks = [moment.at for moment in replies if moment.has_time]
    rating = re.match(r"^[1-5](?=\D|$)", row["csat"])
    severity = re.match(r"^[sS]?([1-4])$", row["severity"])
    return Case(
        key=make_key(
            "log", f"{row['id']} {seen.at.isoformat()}" if row["id"] else "", sorted(row.items())
        ),
        seen_at=seen.at,
        has_time=seen.has_time,
        platform=platform,
        channel=channel,
        is_answered=bool(replies),
        replied_at=min(clocks, default=None),
        resolved_at=clock_of(when["resolved_at"]),
        promised_at=clock_of(when["promised_by"]),
        needs_answer=needs_answer(row["type"], row["outcome"]),
        severity=int(severity[1]) if severity else None,
        is_followed_up=_was_followed_up(row["follow_up_posted"], when["resolved_at"]),
        is_satisfied=int(rating[0]) >= _SATISFIED_FROM if rating else None,
        cause=" ".join(clean_text(row["root_cause"]).casefold().split())[:_LONGEST_CAUSE],
    )


def _was_followed_up(cell: str, resolved: Moment | None) -> bool | None:
    """Whether the end was posted; once a case is settled, an empty cell means that it was not."""
    told = is_yes(cell)
    return False if told is None and resolved is not None else told


FORMAT = CaseFormat(
    id="own_log",
    signature=Signature(headers=one_of("platform", "first_seen_at", "first_public_reply_at")),
    read=_read,
)
