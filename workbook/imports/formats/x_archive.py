"""Posts from the archive of X: ``tweets.js``, which is JavaScript around a JSON list."""

from __future__ import annotations

from html import unescape
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
from workbook.imports.written import count_of, mark_addressed
from workbook.mix.posts import Post

if TYPE_CHECKING:
    from collections.abc import Iterator


def _is_archive(value: object) -> bool:
    return bool(dig_text(first_item(value), "tweet", "full_text"))


def _read(source: Source) -> Iterator[Post]:
    """What the account wrote itself; what it passed on of others is left out.

    A reply begins with the name of whom it answers; a thread of one's own does not.
    """
    if isinstance(source, Document):
        for item in items_of(source.value):
            text = unescape(dig_text(item, "tweet", "full_text"))
            if text.startswith("RT @"):
                continue
            post = Post(
                text,
                at=dig_text(item, "tweet", "created_at"),
                platform="x",
                number=dig_text(item, "tweet", "id_str"),
                shares=count_of(dig(item, "tweet", "retweet_count")),
            )
            yield mark_addressed(post)


FORMAT = PostFormat(id="x_archive", signature=Signature(document=_is_archive), read=_read)
