"""Posts from the archive of Reddit: ``posts.csv``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.imports.format import PostFormat, Signature, Source, one_of
from workbook.imports.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterator


def _read(source: Source) -> Iterator[str]:
    if isinstance(source, Table):
        for title, text in zip(source.column("title"), source.column("body"), strict=True):
            yield f"{title}\n{text}"


FORMAT = PostFormat(
    id="reddit_posts",
    signature=Signature(headers=one_of("permalink", "subreddit", "title", "body")),
    read=_read,
)
