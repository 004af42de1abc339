"""Videos of YouTube Studio with their titles: ``Table data.csv`` and ``Chart data.csv``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.imports.format import PostFormat, Signature, Source, one_of
from workbook.imports.tables import Table
from workbook.imports.written import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.mix.posts import Post


def _read(source: Source) -> Iterator[Post]:
    """Each video's title once, also where there is a row for every day."""
    if isinstance(source, Table):
        titles = source.column("video title")
        rows = read_rows(
            source, "youtube", titles, at=("video publish time",), number=("content", "video")
        )
        yield from {post.number or post.text: post for post in rows}.values()


FORMAT = PostFormat(
    id="youtube_videos",
    signature=Signature(
        headers=(
            *one_of("content", "video title", "video publish time"),
            *one_of("video", "video title", "video publish time"),
        )
    ),
    read=_read,
)
