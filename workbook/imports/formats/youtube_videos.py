"""Videos of YouTube Studio with their titles: ``Table data.csv`` and ``Chart data.csv``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.imports.format import PostFormat, Signature, Source, one_of
from workbook.imports.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterator


def _read(source: Source) -> Iterator[str]:
    """Each video's title once, also where there is a row for every day."""
    if isinstance(source, Table):
        pairs = zip(source.column("content", "video"), source.column("video title"), strict=True)
        yield from dict(pairs).values()


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
