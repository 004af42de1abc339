"""Posts the business wrote, from a file of any platform or a plain text; nothing is kept of them.

A plain text holds one post per block: blocks are divided by lines of ``---`` where there are any,
by blank lines otherwise. Tables of a known platform are read by their own columns; of an unknown
one by the column whose name or length says that it holds the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from workbook.imports.containers import Document, Text
from workbook.imports.format import PostFormat, Reading
from workbook.imports.moments import read_moments
from workbook.imports.pipeline import find_cut, open_known
from workbook.imports.tables import Table, clean_cell, read_plain
from workbook.mix.posts import Post
from workbook.values import Problem, clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workbook.imports.containers import Part
    from workbook.imports.pipeline import Known

MOST_POSTS: Final = 20_000
MOST_DATED: Final = 200_000
"""Posts of one file in an audit; a table is read to no more rows."""
_RULE = re.compile(r"^[ \t]*(?:-{3,}|\*{3,}|_{3,})[ \t]*$", re.MULTILINE)
_BLANK = re.compile(r"\n[^\S\n]*\n")
_TEXT_NAMES: Final = (
    "post text", "tweet text", "post message", "post", "text", "message", "caption", "body",
    "content", "description", "update", "copy", "title", "post title",
)  # fmt: skip
"""What tools call the column, or the key, that holds the text; the likelier first."""
_DAY_NAMES: Final = (
    "publish time", "date", "day", "posted", "published", "created", "created at",
    "created_at", "createdat", "date (gmt)", "timestamp", "time", "post time", "scheduled",
)  # fmt: skip
"""What tools call the column, or the key, that says when; the likelier first."""
_SENTENCE: Final = 40
_FEWEST_WORDS: Final = 3
_FEWEST_SIGNS: Final = 8
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Letters of scripts that put no space between words."""
_MEAN_SAMPLE: Final = 200


@dataclass(frozen=True, slots=True)
class Posts:
    """The posts in the order of the file, and what could not be read."""

    written: tuple[Post, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """What was written."""
        return tuple(post.text for post in self.written)


def read_posts(raw: bytes, name: str, *, most: int = MOST_POSTS) -> Posts:
    """The posts in a file: text, CSV, Excel, JSON, or the archive of a platform.

    Args:
        raw: The bytes of the file.
        name: What the file is called, to speak of it.
        most: How many posts are read.

    Returns:
        Posts without markup, none empty; and problems, each worded by
        ``workbook.imports.problems.explain``. Never raises for what a file holds.
    """
    opened, known, unknown = open_known(raw, name, PostFormat)
    problems = [*opened.problems, *find_cut(known, name)]
    ours = [each for each in known if isinstance(each.format, PostFormat)]
    found = list(_clean(post for each in ours for post in _read_known(each)))
    if not ours:
        found += _clean(post for part in unknown for post in _read_unknown(part))
    if len(found) > most:
        problems.append(Problem("posts-too-many", {"name": name, "limit": most}))
    elif not found and not problems:
        kind = "posts-other-file" if known else "posts-none"
        problems.append(Problem(kind, {"name": name}))
    return Posts(tuple(found[:most]), tuple(problems))


def read_dated(raw: bytes, name: str, *, day_first: bool | None = None) -> Posts:
    """The posts in a file with the day of each, where the file tells it.

    Args:
        raw: The bytes of the file.
        name: What the file is called, to speak of it.
        day_first: Whether 03/04/2026 is in April, for files that do not tell.

    Returns:
        The posts; those without a day where none can be read, and a problem where day and month
        of the whole file cannot be told apart. Never raises for what a file holds.
    """
    read = read_posts(raw, name, most=MOST_DATED)
    if not any(post.at for post in read.written):
        return read
    reading = Reading(zone=ZoneInfo("UTC"), day_first=day_first)
    cells = {"at": [post.at for post in read.written]}
    found = read_moments(cells, range(1, len(read.written) + 1), reading, utc=True)
    problems = (*read.problems, *reading.problems)
    if found is None:
        return Posts(read.written, problems)
    dated = tuple(
        post._replace(day=moment.at.astimezone(UTC).date()) if moment else post
        for post, moment in zip(read.written, found["at"], strict=True)
    )
    return Posts(dated, problems)


def split_posts(text: str) -> tuple[str, ...]:
    """The posts in a plain text: its blocks between lines of ``---``, or between blank lines."""
    whole = clean_text(text)
    return tuple(post.text for post in _clean(map(Post, _split(whole))))


def _split(whole: str) -> list[str]:
    return (_RULE if _RULE.search(whole) else _BLANK).split(whole)


def _clean(posts: Iterable[Post]) -> Iterator[Post]:
    """The posts that say something, with plain texts."""
    for post in posts:
        text = clean_text(post.text)
        if text:
            yield post if text == post.text else post._replace(text=text)


def _read_known(known: Known) -> Iterator[Post]:
    if isinstance(known.format, PostFormat):
        yield from known.format.read(known.source)


def _read_unknown(part: Part) -> Iterable[Post]:
    if isinstance(part, Document):
        return _read_document(part.value)
    if isinstance(part, Text) and not _is_table(part):
        return map(Post, split_posts(part.text))
    table = read_plain(part)
    return _read_longest(table) if table else ()


def _is_table(part: Text) -> bool:
    """Whether a text that no format knows is meant as a table: by its name, or by its header."""
    if part.name.lower().endswith((".csv", ".tsv")):
        return True
    table = read_plain(part)
    return table is not None and len(set(table.headers) & set(_TEXT_NAMES)) > 0 < len(table.rows)


def _read_longest(table: Table) -> Iterable[Post]:
    """The cells of the column with a telling name, or with the longest texts."""
    named = next((name for name in _TEXT_NAMES if table.has(name)), None)
    days = table.column(*_DAY_NAMES)
    if named is not None and any(len(cell.split()) > 1 for cell in table.column(named)):
        return map(Post, table.column(named), days)
    at = max(range(len(table.headers)), key=lambda i: (_weigh(table, i), -i))
    if not any(_is_sentence(row[at]) for row in table.rows[:_MEAN_SAMPLE]):
        return ()
    head = table.heading[at].strip()
    own = (head,) if len(head) > _SENTENCE or head.endswith((".", "?", "!", "…")) else ()
    cells = (clean_cell(row[at]) for row in table.rows)
    return (*map(Post, own), *map(Post, cells, days))


def _is_sentence(cell: str) -> bool:
    """Whether a cell reads as something said: a few words, or signs that need no spaces."""
    words = [word for word in cell.split() if re.search(r"[^\W\d_]", word)]
    return len(words) >= _FEWEST_WORDS or len(_UNSPACED.findall(cell)) >= _FEWEST_SIGNS


def _weigh(table: Table, at: int) -> int:
    """How much text a column holds: letters and spaces, addresses and numbers left out."""
    cells = [row[at] for row in table.rows[:_MEAN_SAMPLE]] + [table.headers[at]]
    return sum(len(re.sub(r"https?://\S+|[\d\W_]+", " ", cell).strip()) for cell in cells)


def _read_document(value: object) -> Iterator[Post]:
    """The texts in a JSON list: of texts, or of objects with a telling key."""
    items = value
    if isinstance(value, dict):
        items = max((v for v in value.values() if isinstance(v, list)), key=len, default=[value])
    for item in items if isinstance(items, list) else []:
        if isinstance(item, str):
            yield Post(item)
        elif isinstance(item, dict):
            keys = {str(key).casefold(): key for key in item}
            text, day = (_first_text(item, keys, names) for names in (_TEXT_NAMES, _DAY_NAMES))
            yield Post(text, day)


def _first_text(item: dict[Any, Any], keys: dict[str, Any], names: Iterable[str]) -> str:
    """The first text under one of some keys; empty where there is none."""
    found = (item[keys[name]] for name in names if name in keys)
    return next((text for text in found if isinstance(text, str)), "")
