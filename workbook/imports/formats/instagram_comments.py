"""Comments written on Instagram, from its archive: ``post_comments_1.json``."""

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
from workbook.imports.texts import mend_letters
from workbook.imports.written import write_epoch
from workbook.mix.posts import Post

if TYPE_CHECKING:
    from collections.abc import Iterator

_LIST = "comments_media_comments"
"""The key that some archives put around the list."""


def _is_archive(value: object) -> bool:
    return isinstance(dig(first_item(value, _LIST), "string_map_data", "Comment"), dict)


def _read(source: Source) -> Iterator[Post]:
    if isinstance(source, Document):
        for item in items_of(source.value, _LIST):
            told = item.get("string_map_data")
            yield Post(
                mend_letters(dig_text(told, "Comment", "value")),
                at=write_epoch(dig(told, "Time", "timestamp")),
                platform="instagram",
                is_reply=True,
                to=dig_text(told, "Media Owner", "value"),
            )


FORMAT = PostFormat(id="instagram_comments", signature=Signature(document=_is_archive), read=_read)
