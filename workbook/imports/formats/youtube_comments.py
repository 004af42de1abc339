"""Comments written on YouTube, from Google Takeout: ``comments.csv``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from workbook.imports.format import PostFormat, Signature, Source, dig_text, one_of
from workbook.imports.tables import Table
from workbook.imports.written import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.mix.posts import Post


def _read(source: Source) -> Iterator[Post]:
    if isinstance(source, Table):
        texts = map(_read_comment, source.column("comment text"))
        at, number = ("comment create timestamp",), ("comment id",)
        yield from read_rows(source, "youtube", texts, at=at, number=number, is_reply=True)


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
