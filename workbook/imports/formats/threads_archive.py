"""Posts and replies from the archive of Threads, whose outer key differs from file to file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.imports.containers import Document
from workbook.imports.format import PostFormat, Signature, Source, dig_text, first_item, items_of
from workbook.imports.texts import mend_letters
from workbook.imports.written import write_epoch
from workbook.mix.posts import Post

if TYPE_CHECKING:
    from collections.abc import Iterator


def _find_list(value: object) -> list[dict[str, object]]:
    """The longest list in the document, whatever it is called."""
    lists = [items_of(v) for v in value.values()] if isinstance(value, dict) else []
    return max(lists, key=len, default=[])


def _is_archive(value: object) -> bool:
    media = first_item(first_item(_find_list(value)), "media")
    return {"title", "creation_timestamp"} <= set(media)


def _read(source: Source) -> Iterator[Post]:
    if isinstance(source, Document):
        for item in _find_list(source.value):
            for media in items_of(item, "media"):
                at = write_epoch(media.get("creation_timestamp"))
                yield Post(mend_letters(dig_text(media, "title")), at=at, platform="threads")


FORMAT = PostFormat(id="threads_archive", signature=Signature(document=_is_archive), read=_read)
