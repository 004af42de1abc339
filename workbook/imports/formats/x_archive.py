"""Posts from the archive of X: ``tweets.js``, which is JavaScript around a JSON list."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

from workbook.imports.containers import Document
from workbook.imports.format import PostFormat, Signature, Source, dig_text, first_item, items_of

if TYPE_CHECKING:
    from collections.abc import Iterator


def _is_archive(value: object) -> bool:
    return bool(dig_text(first_item(value), "tweet", "full_text"))


def _read(source: Source) -> Iterator[str]:
    """What the account wrote itself; what it passed on of others is left out."""
    if isinstance(source, Document):
        for item in items_of(source.value):
            text = unescape(dig_text(item, "tweet", "full_text"))
            if not text.startswith("RT @"):
                yield text


FORMAT = PostFormat(id="x_archive", signature=Signature(document=_is_archive), read=_read)
