"""Videos of YouTube Studio with their titles: ``Table data.csv``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.imports.format import PostFormat, Signature, Source, one_of
from workbook.imports.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterator


def _read(source: Source) -> Iterator[str]:
    if isinstance(source, Table):
        yield from source.column("video title")


FORMAT = PostFormat(
    id="youtube_videos",
    signature=Signature(
        headers=(
            *one_of("content", "video title", "video publish time"),
            *one_of("video", "video title", "video publish time"),
        ),
        never=frozenset({"date"}),
    ),
    read=_read,
)
