"""Posts of an account on Mastodon, as its public interface lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.imports.containers import Document
from workbook.imports.format import PostFormat, Signature, Source, dig_text, first_item, items_of
from workbook.imports.texts import strip_markup

if TYPE_CHECKING:
    from collections.abc import Iterator


def _is_list(value: object) -> bool:
    return {"reblogs_count", "favourites_count", "content"} <= set(first_item(value))


def _read(source: Source) -> Iterator[str]:
    """What the account wrote itself; what it boosted of others is left out."""
    if isinstance(source, Document):
        for item in items_of(source.value):
            if not item.get("reblog"):
                yield strip_markup(dig_text(item, "content"))


FORMAT = PostFormat(id="mastodon_statuses", signature=Signature(document=_is_list), read=_read)
