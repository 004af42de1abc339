"""Times of Zendesk's tickets, as its interface lists them under ``ticket_metrics``."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from workbook.imports.containers import Document
from workbook.imports.format import (
    CaseFormat,
    Reading,
    Signature,
    Source,
    dig,
    dig_text,
    first_item,
    items_of,
    make_key,
)
from workbook.imports.moments import clock_of, read_moments
from workbook.records import Case

if TYPE_CHECKING:
    from collections.abc import Iterator

_LIST = "ticket_metrics"
_MOST = 1e9


def _is_list(value: object) -> bool:
    return {"ticket_id", "created_at", "solved_at"} <= set(first_item(value, _LIST))


def _read(source: Source, reading: Reading) -> Iterator[Case]:
    if not isinstance(source, Document):
        return
    items = items_of(source.value, _LIST)
    columns = {name: [dig_text(i, name) for i in items] for name in ("created_at", "solved_at")}
    moments = read_moments(columns, range(1, len(items) + 1), reading, utc=True)
    if moments is None:
        return
    reading.notes.append("zendesk-waiting")
    for item, created, solved in zip(items, *moments.values(), strict=True):
        if created is None:
            reading.left_out["no-day"] += 1
            continue
        minutes = _read_first(item)
        replies = dig(item, "replies")
        yield Case(
            key=make_key("zendesk", item.get("ticket_id"), created, solved),
            seen_at=created.at,
            is_answered=minutes is not None or (isinstance(replies, int) and replies > 0),
            replied_at=None if minutes is None else created.at + timedelta(minutes=minutes),
            resolved_at=clock_of(solved),
            waiting_minutes=_number(dig(item, "agent_wait_time_in_minutes", "business")),
        )


def _read_first(item: dict[str, object]) -> float | None:
    """Minutes to the first reply; newer accounts count it in seconds."""
    minutes = _number(dig(item, "reply_time_in_minutes", "calendar"))
    if minutes is not None:
        return minutes
    seconds = _number(dig(item, "reply_time_in_seconds", "calendar"))
    return None if seconds is None else seconds / 60


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if 0 <= value < _MOST else None


FORMAT = CaseFormat(id="zendesk_metrics", signature=Signature(document=_is_list), read=_read)
