"""Comments from the archive of a person on LinkedIn: ``Comments.csv``."""

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
        texts = source.column("message")
        yield from read_rows(source, "linkedin", texts, at=("date",), is_reply=True)


FORMAT = PostFormat(
    id="linkedin_comments",
    signature=Signature(
        headers=one_of("date", "link", "message"), never=frozenset({"subject", "from"})
    ),
    read=_read,
)
