"""Posts of X as its analytics exported them until 2024: ``tweet_activity_metrics_*.csv``."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

from workbook.imports.format import PostFormat, Signature, Source, one_of
from workbook.imports.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterator


def _read(source: Source) -> Iterator[str]:
    if isinstance(source, Table):
        yield from map(unescape, source.column("tweet text"))


FORMAT = PostFormat(
    id="x_classic",
    signature=Signature(headers=one_of("tweet id", "tweet permalink", "tweet text", "time")),
    read=_read,
)
