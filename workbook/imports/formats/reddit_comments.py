"""Comments from the archive of Reddit: ``comments.csv``."""

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
        texts = source.column("body")
        yield from read_rows(source, "reddit", texts, at=("date",), number=("id",), is_reply=True)


FORMAT = PostFormat(
    id="reddit_comments",
    signature=Signature(headers=one_of("permalink", "subreddit", "body", "parent")),
    read=_read,
)
