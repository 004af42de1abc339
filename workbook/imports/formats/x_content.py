"""Posts of X as its analytics export them today: ``account_analytics_content_*.csv``."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

from workbook.imports.format import PostFormat, Signature, Source, one_of
from workbook.imports.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterator


def _read(source: Source) -> Iterator[str]:
    if isinstance(source, Table):
        yield from map(unescape, source.column("post text"))


FORMAT = PostFormat(
    id="x_content",
    signature=Signature(headers=one_of("post id", "post text", "post link")),
    read=_read,
)
