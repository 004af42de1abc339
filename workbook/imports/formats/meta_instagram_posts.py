"""Posts of Instagram from Meta Business Suite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.imports.format import PostFormat, Signature, Source, one_of
from workbook.imports.tables import Table
from workbook.imports.written import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.mix.posts import Post


def _read(source: Source) -> Iterator[Post]:
    if isinstance(source, Table):
        texts = source.column("description")
        yield from read_rows(
            source,
            "instagram",
            texts,
            at=("publish time",),
            number=("post id",),
            link=("permalink",),
            shares=("shares",),
        )


FORMAT = PostFormat(
    id="meta_instagram_posts",
    signature=Signature(headers=one_of("post id", "account id", "account username", "permalink")),
    read=_read,
)
