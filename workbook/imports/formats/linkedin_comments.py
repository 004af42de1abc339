"""Comments from the archive of a person on LinkedIn: ``Comments.csv``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.imports.format import PostFormat, Signature, Source, one_of
from workbook.imports.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterator


def _read(source: Source) -> Iterator[str]:
    if isinstance(source, Table):
        yield from source.column("message")


FORMAT = PostFormat(
    id="linkedin_comments",
    signature=Signature(
        headers=one_of("date", "link", "message"), never=frozenset({"subject", "from"})
    ),
    read=_read,
)
