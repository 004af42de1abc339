"""Posts of a Facebook page from Meta Business Suite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.imports.format import PostFormat, Signature, Source, one_of
from workbook.imports.tables import Table
from workbook.imports.written import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.mix.posts import Post


def _read(source: Source) -> Iterator[Post]:
    """The text of each post: its description, under its title where a video has one."""
    if isinstance(source, Table):
        pairs = zip(source.column("title"), source.column("description"), strict=True)
        texts = (text if text.startswith(title) else f"{title}\n{text}" for title, text in pairs)
        yield from read_rows(
            source,
            "facebook",
            texts,
            at=("publish time",),
            number=("post id",),
            link=("permalink",),
            shares=("shares",),
        )


FORMAT = PostFormat(
    id="meta_facebook_posts",
    signature=Signature(headers=one_of("post id", "page id", "publish time", "permalink")),
    read=_read,
)
