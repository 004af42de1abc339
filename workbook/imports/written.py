"""Rows of an export as posts: the text, and what else the file says of each."""

from __future__ import annotations

import re
from itertools import repeat
from typing import TYPE_CHECKING

from workbook.imports.moments import read_epoch
from workbook.imports.tables import Table
from workbook.mix.posts import Post

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from workbook.imports.format import Source

_SPOILED = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_LAST_NUMBER = re.compile(r"(\d{6,})\D*$")
_ADDRESSED = re.compile(r"@(\w+)")
_MOST_DIGITS = 15


def read_rows(
    source: Source,
    platform: str,
    texts: Iterable[str],
    *,
    at: Sequence[str] = (),
    number: Sequence[str] = (),
    link: Sequence[str] = (),
    shares: Sequence[str] = (),
    is_reply: bool | None = None,
) -> Iterator[Post]:
    """The rows of a table as posts.

    Args:
        source: The table; anything else holds none.
        platform: Where they were posted.
        texts: The text of each row, in order.
        at: Names of the column with the day or time; the first there is counts.
        number: Names of the column with the platform's number.
        link: Names of the column with the post's address, for numbers that Excel spoiled.
        shares: Names of the column that says how often it was passed on.
        is_reply: Whether all of them are replies; None where the file holds none.
    """
    if not isinstance(source, Table):
        return
    columns = (
        _cells(source, at), _cells(source, number), _cells(source, link), _cells(source, shares),
    )  # fmt: skip
    for text, day, name, address, passed in zip(texts, *columns, strict=False):
        yield Post(
            text,
            at=day,
            platform=platform,
            number=name_post(name, address),
            is_reply=is_reply,
            shares=read_count(passed),
        )


def _cells(table: Table, names: Sequence[str]) -> Iterable[str]:
    return table.column(*names) if names else repeat("", len(table.rows))


def name_post(number: str, address: str = "") -> str:
    """The platform's number of a post, or that in its address where Excel spoiled it."""
    if number and not _SPOILED.fullmatch(number):
        return number.removesuffix(".0")
    match = _LAST_NUMBER.search(address)
    return match[1] if match else address


def read_count(cell: str) -> int | None:
    """A count as exports write it, such as ``1,234`` or ``106.0``; None for anything else."""
    plain = cell.replace(",", "").removesuffix(".0")
    return int(plain) if plain.isdecimal() and len(plain) <= _MOST_DIGITS else None


def count_of(value: object) -> int | None:
    """A count in a JSON document, a number or a text of one."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return read_count(value) if isinstance(value, str) else None


def write_epoch(value: object) -> str:
    """Seconds since 1970 as a date and time that can be read; empty where they are none."""
    moment = read_epoch(value)
    return moment.at.isoformat() if moment else ""


def mark_addressed(post: Post) -> Post:
    """A post of X, where a reply begins with the name of whom it answers."""
    name = _ADDRESSED.match(post.text)
    return post._replace(is_reply=name is not None, to=name[1] if name else "")
