"""Videos of TikTok Studio with what is written below them: ``Content.csv``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.imports.format import PostFormat, Signature, Source, one_of
from workbook.imports.tables import Table
from workbook.imports.written import read_rows, write_epoch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.mix.posts import Post


_SECONDS = 32
"""Bits of a number that stand below the seconds of the upload."""


def _read(source: Source) -> Iterator[Post]:
    """What stands below each video; its day comes from its number, since dates have no year."""
    if isinstance(source, Table):
        texts = source.column("video title")
        rows = read_rows(source, "tiktok", texts, link=("video link",), shares=("total shares",))
        for post in rows:
            is_number = post.number.isdecimal() and len(post.number) < len(str(1 << 64))
            at = write_epoch(int(post.number) >> _SECONDS) if is_number else ""
            yield post._replace(at=at)


FORMAT = PostFormat(
    id="tiktok_content",
    signature=Signature(headers=one_of("video link", "video title", "post time")),
    read=_read,
)
