"""Conversations of Chatwoot as its interface lists them, with times in seconds since 1970."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.imports.channels import name_channel
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
from workbook.imports.moments import read_epoch
from workbook.records import Case

if TYPE_CHECKING:
    from collections.abc import Iterator


def _unwrap(value: object) -> object:
    """The list of conversations; the interface puts it under ``data`` and ``payload``."""
    inner = dig(value, "data", "payload")
    return inner if inner is not None else dig(value, "payload") or value


def _is_list(value: object) -> bool:
    return {"inbox_id", "created_at", "first_reply_created_at"} <= set(first_item(_unwrap(value)))


def _read(source: Source, reading: Reading) -> Iterator[Case]:
    if not isinstance(source, Document):
        return
    reading.notes.append("chatwoot-resolved")
    for item in items_of(_unwrap(source.value)):
        created = read_epoch(item.get("created_at"))
        if created is None:
            reading.left_out["no-day"] += 1
            continue
        replied = read_epoch(item.get("first_reply_created_at"))
        last = read_epoch(item.get("last_activity_at"))
        platform, channel = name_channel(dig_text(item, "meta", "channel"))
        yield Case(
            key=make_key("chatwoot", f"{item.get('account_id')}:{item.get('id')}"),
            seen_at=created.at,
            platform=platform,
            channel=channel,
            is_answered=replied is not None,
            replied_at=replied.at if replied else None,
            resolved_at=last.at if last and item.get("status") == "resolved" else None,
        )


FORMAT = CaseFormat(id="chatwoot_conversations", signature=Signature(document=_is_list), read=_read)
