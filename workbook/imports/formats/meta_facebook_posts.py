"""Posts of a Facebook page from Meta Business Suite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.imports.format import PostFormat, Signature, Source, one_of
from workbook.imports.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterator


def _read(source: Source) -> Iterator[str]:
    """The text of each post: its description, under its title where a video has one."""
    if isinstance(source, Table):
        for title, text in zip(source.column("title"), source.column("description"), strict=True):
            yield text if text.startswith(title) else f"{title}\n{text}"


FORMAT = PostFormat(
    id="meta_facebook_posts",
    signature=Signature(headers=one_of("post id", "page id", "publish time", "permalink")),
    read=_read,
)
