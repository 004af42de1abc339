"""Posts of an account on Mastodon, as its public interface lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.imports.containers import Document
from workbook.imports.format import (
    PostFormat,
    Signature,
    Source,
    dig_text,
    first_item,
    items_of,
)
from workbook.imports.texts import strip_markup
from workbook.imports.written import count_of
from workbook.mix.posts import Post

if TYPE_CHECKING:
    from collections.abc import Iterator


def _is_list(value: object) -> bool:
    return {"reblogs_count", "favourites_count", "content"} <= set(first_item(value))


def _read(source: Source) -> Iterator[Post]:
    """What the account wrote itself; what it boosted of others is left out."""
    if isinstance(source, Document):
        for item in items_of(source.value):
            if not item.get("reblog"):
                yield _read_status(item)


def _read_status(item: dict[str, object]) -> Post:
    to = dig_text(item, "in_reply_to_account_id")
    is_reply = bool(to) and to != dig_text(item, "account", "id")
    return Post(
        strip_markup(dig_text(item, "content")),
        at=dig_text(item, "created_at"),
        platform="mastodon",
        number=dig_text(item, "uri") or dig_text(item, "id"),
        is_reply=is_reply,
        to=to if is_reply else "",
        shares=count_of(item.get("reblogs_count")),
    )


FORMAT = PostFormat(id="mastodon_statuses", signature=Signature(document=_is_list), read=_read)
