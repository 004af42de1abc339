"""Posts from the archive of a person on LinkedIn: ``Shares.csv``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.imports.format import PostFormat, Signature, Source, one_of
from workbook.imports.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterator


def _read(source: Source) -> Iterator[str]:
    if isinstance(source, Table):
        yield from source.column("sharecommentary")


FORMAT = PostFormat(
    id="linkedin_shares",
    signature=Signature(headers=one_of("sharelink", "sharecommentary")),
    read=_read,
)
