"""Posts from the archive of Reddit: ``posts.csv``."""

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
        pairs = zip(source.column("title"), source.column("body"), strict=True)
        texts = (f"{title}\n{text}" for title, text in pairs)
        yield from read_rows(source, "reddit", texts, at=("date",), number=("id",))


FORMAT = PostFormat(
    id="reddit_posts",
    signature=Signature(headers=one_of("permalink", "subreddit", "title", "body")),
    read=_read,
)
