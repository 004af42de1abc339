"""Posts of a LinkedIn page: the sheet with all posts, below its line of explanation."""

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
        texts = source.column("post title", "update title")
        yield from read_rows(
            source,
            "linkedin",
            texts,
            at=("created date",),
            link=("post link", "update link"),
            shares=("reposts", "shares"),
        )


FORMAT = PostFormat(
    id="linkedin_posts",
    signature=Signature(
        headers=(
            *one_of("post title", "post link", "created date", "impressions"),
            *one_of("update title", "update link"),
        )
    ),
    read=_read,
)
