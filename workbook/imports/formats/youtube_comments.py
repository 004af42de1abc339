"""Comments written on YouTube, from Google Takeout: ``comments.csv``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from workbook.imports.format import PostFormat, Signature, Source, dig_text, one_of
from workbook.imports.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterator


def _read(source: Source) -> Iterator[str]:
    if isinstance(source, Table):
        yield from map(_read_comment, source.column("comment text"))


def _read_comment(cell: str) -> str:
    """The text of a comment; newer archives write each as an object with its text inside."""
    if not cell.startswith("{"):
        return cell
    try:
        return dig_text(json.loads(cell), "text")
    except ValueError:
        return cell


FORMAT = PostFormat(
    id="youtube_comments",
    signature=Signature(headers=one_of("comment id", "comment create timestamp", "comment text")),
    read=_read,
)
