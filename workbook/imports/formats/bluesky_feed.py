"""Posts of an account on Bluesky, as its public interface lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.imports.containers import Document
from workbook.imports.format import (
    PostFormat,
    Signature,
    Source,
    dig,
    dig_text,
    first_item,
    items_of,
)
from workbook.imports.written import count_of
from workbook.mix.posts import Post

if TYPE_CHECKING:
    from collections.abc import Iterator


def _is_feed(value: object) -> bool:
    return isinstance(dig(first_item(value, "feed"), "post", "record"), dict)


def _read(source: Source) -> Iterator[Post]:
    """What the account wrote itself; what it passed on of others is left out."""
    if isinstance(source, Document):
        for item in items_of(source.value, "feed"):
            if not item.get("reason"):
                yield _read_post(item)


def _read_post(item: dict[str, object]) -> Post:
    parent = _owner(dig_text(item, "reply", "parent", "uri"))
    author = dig_text(item, "post", "author", "did")
    is_reply = bool(item.get("reply")) and (not parent or parent != author)
    return Post(
        dig_text(item, "post", "record", "text"),
        at=dig_text(item, "post", "record", "createdAt"),
        platform="bluesky",
        number=dig_text(item, "post", "uri"),
        is_reply=is_reply,
        to=parent if is_reply else "",
        shares=count_of(dig(item, "post", "repostCount")),
    )


def _owner(uri: str) -> str:
    """Whose post an address such as ``at://did:plc:…/…`` is."""
    return uri.removeprefix("at://").partition("/")[0]


FORMAT = PostFormat(id="bluesky_feed", signature=Signature(document=_is_feed), read=_read)
