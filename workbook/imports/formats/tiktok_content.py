"""Videos of TikTok Studio with what is written below them: ``Content.csv``."""

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
    id="tiktok_content",
    signature=Signature(headers=one_of("video link", "video title", "post time")),
    read=_read,
)
