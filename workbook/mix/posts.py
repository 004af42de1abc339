"""A post or reply of the business, as the file it stands in tells of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

DIGEST_BYTES = 6
"""Twelve letters: two posts of ten thousand share a digest once in millions of files."""


class Post(NamedTuple):
    """What was written, and what the file says of it; None and “” mean that it does not say."""

    text: str
    at: str = ""
    """When, as the file writes it."""
    day: date | None = None
    platform: str = ""
    """An id of ``platforms/``."""
    number: str = ""
    """What the platform calls it."""
    is_reply: bool | None = None
    """Whether it answers somebody else; None where such a file never holds answers."""
    to: str = ""
    """Whose post a reply stands below."""
    shares: int | None = None
    """How often others passed it on."""


def digest(text: str) -> str:
    """What tells a post again without its words: twelve letters that cannot be read back."""
    plain = " ".join(text.split()).casefold()
    return blake2b(plain.encode(errors="replace"), digest_size=DIGEST_BYTES).hexdigest()


class Joined(NamedTuple):
    """Posts of several files, each once, and how many were there twice."""

    posts: tuple[Post, ...]
    twice: int


def join_posts(files: Iterable[Sequence[Post]]) -> Joined:
    """The posts of several files or exports, each once.

    A post is known by its number on its platform. Where one of two has no number, they are the
    same when text and day agree; a day that is not told agrees with any. Within one file the
    same text may stand twice, as a short thank-you does.
    """
    kept: list[Post] = []
    seen: set[tuple[str, str]] = set()
    before = _Before()
    twice = 0
    given = [posts for posts in files if posts]
    for left, posts in zip(reversed(range(len(given))), given, strict=True):
        fresh = list(_leave_known(posts, seen, before))
        twice += len(posts) - len(fresh)
        kept += fresh
        if left:
            before.take(fresh)
    return Joined(tuple(kept), twice)


def _leave_known(
    posts: Sequence[Post], seen: set[tuple[str, str]], before: _Before
) -> Iterator[Post]:
    """The posts that were in no file before, nor with the same number above."""
    met: Counter[tuple[object, ...]] = Counter()
    for post in posts:
        if post.number:
            key = (post.platform, post.number)
            if key in seen:
                continue
            seen.add(key)
        if not before.is_empty and before.has(post, met):
            continue
        yield post


class _Before:
    """What earlier files held, by text and day."""

    def __init__(self) -> None:
        self._counts: defaultdict[str, Counter[tuple[object, ...]]] = defaultdict(Counter)

    @property
    def is_empty(self) -> bool:
        return not self._counts

    def take(self, posts: Iterable[Post]) -> None:
        """Add what a file held."""
        for post in posts:
            self._counts[digest(post.text)][post.day, post.platform, bool(post.number)] += 1

    def has(self, post: Post, met: Counter[tuple[object, ...]]) -> bool:
        """Whether an earlier file held it, once for each time it comes up."""
        mark = digest(post.text)
        found = self._counts.get(mark)
        if found is None:
            return False
        there = sum(n for key, n in found.items() if _agrees(post, *key))
        key = (mark, post.day, post.platform, bool(post.number))
        met[key] += 1
        return met[key] <= there


def _agrees(post: Post, day: object, platform: object, has_number: object) -> bool:
    """Whether a post may be one of an earlier file: two numbers that differ are two posts."""
    same_day = day is None or post.day is None or day == post.day
    same_place = not platform or not post.platform or platform == post.platform
    return same_day and same_place and not (has_number and post.number)
