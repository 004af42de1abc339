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

if TYPE_CHECKING:
    from collections.abc import Iterator


def _is_feed(value: object) -> bool:
    return isinstance(dig(first_item(value, "feed"), "post", "record"), dict)


def _read(source: Source) -> Iterator[str]:
    """What the account wrote itself; what it passed on of others is left out."""
    if isinstance(source, Document):
        for item in items_of(source.value, "feed"):
            if not item.get("reason"):
                yield dig_text(item, "post", "record", "text")


FORMAT = PostFormat(id="bluesky_feed", signature=Signature(document=_is_feed), read=_read)
