"""Posts of X as its analytics exported them until 2024: ``tweet_activity_metrics_*.csv``."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

from workbook.imports.format import PostFormat, Signature, Source, one_of
from workbook.imports.tables import Table
from workbook.imports.written import mark_addressed, read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.mix.posts import Post


def _read(source: Source) -> Iterator[Post]:
    """Posts and replies; a reply begins with the name of whom it answers."""
    if isinstance(source, Table):
        texts = map(unescape, source.column("tweet text"))
        rows = read_rows(
            source,
            "x",
            texts,
            at=("time",),
            number=("tweet id",),
            link=("tweet permalink",),
            shares=("retweets",),
        )
        yield from map(mark_addressed, rows)


FORMAT = PostFormat(
    id="x_classic",
    signature=Signature(headers=one_of("tweet id", "tweet permalink", "tweet text", "time")),
    read=_read,
)
