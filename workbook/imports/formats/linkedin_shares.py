"""Posts from the archive of a person on LinkedIn: ``Shares.csv``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.imports.format import PostFormat, Signature, Source, one_of
from workbook.imports.tables import Table
from workbook.imports.written import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.mix.posts import Post


def _read(source: Source) -> Iterator[Post]:
    if isinstance(source, Table):
        texts = source.column("sharecommentary")
        yield from read_rows(source, "linkedin", texts, at=("date",), link=("sharelink",))


FORMAT = PostFormat(
    id="linkedin_shares",
    signature=Signature(headers=one_of("sharelink", "sharecommentary")),
    read=_read,
)
