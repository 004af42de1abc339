"""Whether a file that pages are made of has changed since it was last looked at."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

#: What pages are made of; plans and what editors leave behind lie in the same folders.
_KINDS = (".py", ".toml", ".md", ".js", ".css", ".csv", ".ipynb")

#: Seconds for which one look is good enough.
_EVERY = 1.0


class Freshness:
    """Remembers folders as they stand, and notices a change by size and time of each file."""

    def __init__(
        self, folders: Iterable[Path], clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Begin with the folders as they stand now."""
        self._folders = tuple(folders)
        self._clock = clock
        self._known = self._look()
        self._looked = clock()

    @property
    def is_due(self) -> bool:
        """Whether the last look is older than a second."""
        return self._clock() - self._looked >= _EVERY

    def has_changed(self) -> bool:
        """Whether anything has changed since the last look; takes a few milliseconds."""
        before, self._known = self._known, self._look()
        self._looked = self._clock()
        return before != self._known

    def _look(self) -> frozenset[tuple[str, int, int]]:
        return frozenset(mark for folder in self._folders for mark in _mark_files(str(folder)))


def _mark_files(folder: str) -> Iterator[tuple[str, int, int]]:
    """Path, size and time of every file in a folder and those in it."""
    try:
        with os.scandir(folder) as entries:
            found = list(entries)
    except OSError:  # taken away while it was looked for
        return
    for entry in found:
        if entry.name.startswith((".", "__pycache__")):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _mark_files(entry.path)
        elif entry.name.endswith(_KINDS):
            try:
                status = entry.stat()
            except OSError:  # as above
                continue
            yield entry.path, status.st_size, status.st_mtime_ns
