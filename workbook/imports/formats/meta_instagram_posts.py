"""Posts of Instagram from Meta Business Suite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.imports.format import PostFormat, Signature, Source, one_of
from workbook.imports.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterator


def _read(source: Source) -> Iterator[str]:
    if isinstance(source, Table):
        yield from source.column("description")


FORMAT = PostFormat(
    id="meta_instagram_posts",
    signature=Signature(headers=one_of("post id", "account id", "account username", "permalink")),
    read=_read,
)
