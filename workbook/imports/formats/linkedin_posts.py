"""Posts of a LinkedIn page: the sheet with all posts, below its line of explanation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.imports.format import PostFormat, Signature, Source, one_of
from workbook.imports.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterator


def _read(source: Source) -> Iterator[str]:
    if isinstance(source, Table):
        yield from source.column("post title", "update title")


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
